//! Compression of texts: zstd, with a dictionary made from the library's own articles once there are enough.
//!
//! News is short and repeats itself; alone, an article of 3 KB shrinks to about a half, with a dictionary to about a third. Packed bytes begin with
//! the number of their dictionary, 0 for none, so that articles of several dictionaries can stand beside each other.

use super::fault::Result;
use crate::notice::Notice;
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// How hard zstd tries; above 6 an article takes several times as long for a few bytes.
const LEVEL: i32 = 5;

/// Bytes of a dictionary. Twice as much saves 1 % more.
const DICTIONARY: usize = 64 << 10;

/// Articles that a dictionary is made from.
pub(super) const SAMPLES: usize = 1000;

/// The largest text that is unpacked, in bytes: nothing larger goes in.
const MAX_BYTES: usize = 1 << 30;

/// Packs and unpacks the texts of one library.
#[derive(Default)]
pub(super) struct Packer {
    newest: Option<(u8, EncoderDictionary<'static>)>,
    known: HashMap<u8, DecoderDictionary<'static>>,
}

impl std::fmt::Debug for Packer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packer").field("dictionaries", &self.known.len()).finish_non_exhaustive()
    }
}

impl Packer {
    /// The packer with the dictionaries that stand in the library.
    pub(super) fn load(connection: &Connection) -> Result<Self> {
        let mut packer = Self::default();
        let mut rows = connection.prepare("SELECT id, bytes FROM dictionary ORDER BY id")?;
        for row in rows.query_map([], |row| Ok((row.get::<_, u8>(0)?, row.get::<_, Vec<u8>>(1)?)))? {
            let (id, bytes) = row?;
            packer.known.insert(id, DecoderDictionary::copy(&bytes));
            packer.newest = Some((id, EncoderDictionary::copy(&bytes, LEVEL)));
        }
        Ok(packer)
    }

    /// True where there is a dictionary.
    pub(super) fn is_trained(&self) -> bool {
        self.newest.is_some()
    }

    /// Packs `bytes`.
    pub(super) fn pack(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        let packed = match &self.newest {
            Some((id, dictionary)) => {
                Compressor::with_prepared_dictionary(dictionary).and_then(|mut c| c.compress(bytes)).map(|p| (*id, p))
            }
            None => zstd::bulk::compress(bytes, LEVEL).map(|p| (0, p)),
        };
        let (id, packed) = packed.map_err(|e| Notice::new("The text cannot be compressed").because(e))?;
        let mut out = Vec::with_capacity(packed.len() + 1);
        out.push(id);
        out.extend_from_slice(&packed);
        Ok(out)
    }

    /// Unpacks what [`Packer::pack`] made.
    pub(super) fn unpack(&self, packed: &[u8]) -> Result<Vec<u8>> {
        let damaged = |why: String| Notice::new("The article's text is damaged").because(why).hint("dateline check says what else is");
        let (id, frame) = packed.split_first().ok_or_else(|| damaged("it is empty".to_owned()))?;
        let size = zstd::zstd_safe::get_frame_content_size(frame).ok().flatten().unwrap_or(0);
        let size = usize::try_from(size).ok().filter(|s| *s <= MAX_BYTES).ok_or_else(|| damaged("it is too long".to_owned()))?;
        let unpacked = match (id, self.known.get(id)) {
            (0, _) => zstd::bulk::decompress(frame, size),
            (_, Some(dictionary)) => Decompressor::with_prepared_dictionary(dictionary).and_then(|mut d| d.decompress(frame, size)),
            (_, None) => return Err(damaged(format!("its dictionary {id} is missing"))),
        };
        unpacked.map_err(|e| damaged(e.to_string()))
    }

    /// Unpacks text.
    pub(super) fn text(&self, packed: &[u8]) -> Result<String> {
        String::from_utf8(self.unpack(packed)?).map_err(|e| Notice::new("The article's text is damaged").because(e))
    }
}

/// Makes the library's first dictionary from its articles; `false` where there are too few, or there is one already.
pub(super) fn train(connection: &Connection) -> Result<bool> {
    let packer = Packer::load(connection)?;
    let count: usize = connection.query_row("SELECT count(*) FROM (SELECT 1 FROM body LIMIT ?1)", [SAMPLES], |row| row.get(0))?;
    if packer.is_trained() || count < SAMPLES {
        return Ok(false);
    }
    let mut samples = Vec::new();
    // Evenly over all articles: those that arrived together are alike.
    let (low, high): (i64, i64) =
        connection.query_row("SELECT min(article), max(article) FROM body", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut one = connection.prepare("SELECT text FROM body WHERE article >= ?1 ORDER BY article LIMIT 1")?;
    for n in 0..SAMPLES as i64 {
        let at = low + (high - low) / SAMPLES as i64 * n + n.min((high - low) % SAMPLES as i64);
        if let Some(packed) = one.query_row([at], |row| row.get::<_, Vec<u8>>(0)).optional()? {
            let mut text = packer.unpack(&packed)?;
            text.truncate(16 << 10);
            samples.push(text);
        }
    }
    let Ok(bytes) = zstd::dict::from_samples(&samples, DICTIONARY) else { return Ok(false) };
    connection.execute("INSERT INTO dictionary (id, bytes) VALUES (1, ?1)", [bytes])?;
    Ok(true)
}
