//! Compression: zstd, with dictionaries made from the library's own articles once there are enough, one for texts and one for what was found in them.
//!
//! News is short and repeats itself; alone, an article of 3 KB shrinks to about a half, with a dictionary to about two fifths. Packed bytes begin with
//! the number of their dictionary, 0 for none, so that those from before and after it can stand beside each other.

use super::fault::Result;
use crate::locale::tr;
use crate::notice::Notice;
use rusqlite::{Connection, OptionalExtension, params};
use std::cell::RefCell;
use std::collections::HashMap;
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{self, CCtx, DCtx};

/// How hard zstd tries; above 6 an article takes several times as long for a few bytes.
const LEVEL: i32 = 5;

/// What is packed. The numbers are those of the dictionaries in the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// What came in.
    Text = 1,
    /// What was found in it.
    Finding = 2,
}

impl Content {
    const ALL: [Self; 2] = [Self::Text, Self::Finding];

    /// Where samples of it are.
    const fn samples(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("body", "text"),
            Self::Finding => ("finding", "found"),
        }
    }

    /// Bytes of its dictionary. Twice as much saves 1 % more.
    const fn dictionary(self) -> usize {
        match self {
            Self::Text => 64 << 10,
            Self::Finding => 16 << 10,
        }
    }
}

/// Articles that a dictionary is made from.
pub(super) const SAMPLES: usize = 1000;

/// The largest text that is unpacked, in bytes: nothing larger goes in.
const MAX_BYTES: usize = 1 << 30;

/// Packs and unpacks the texts of one library.
pub(super) struct Packer {
    /// The dictionaries to pack with, in the order of [`Content::ALL`].
    newest: [Option<EncoderDictionary<'static>>; 2],
    known: HashMap<u8, DecoderDictionary<'static>>,
    /// The tables of zstd, which take longer to make than to use.
    tools: RefCell<(CCtx<'static>, DCtx<'static>)>,
}

impl Default for Packer {
    fn default() -> Self {
        Self { newest: [None, None], known: HashMap::new(), tools: RefCell::new((CCtx::create(), DCtx::create())) }
    }
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
            if let Some(newest) = usize::from(id).checked_sub(1).and_then(|n| packer.newest.get_mut(n)) {
                *newest = Some(EncoderDictionary::copy(&bytes, LEVEL));
            }
        }
        Ok(packer)
    }

    /// What there is no dictionary for yet.
    pub(super) fn untrained(&self) -> impl Iterator<Item = Content> {
        Content::ALL.into_iter().zip(&self.newest).filter(|(_, newest)| newest.is_none()).map(|(content, _)| content)
    }

    /// Packs `bytes`.
    pub(super) fn pack(&self, content: Content, bytes: &[u8]) -> Result<Vec<u8>> {
        let mut out = Vec::with_capacity(1 + zstd_safe::compress_bound(bytes.len()));
        let mut frame = Vec::with_capacity(out.capacity());
        let (packer, _) = &mut *self.tools.borrow_mut();
        let packed = match &self.newest[content as usize - 1] {
            Some(dictionary) => {
                out.push(content as u8);
                packer.compress_using_cdict(&mut frame, bytes, dictionary.as_cdict())
            }
            None => {
                out.push(0);
                packer.compress(&mut frame, bytes, LEVEL)
            }
        };
        packed.map_err(|e| Notice::new(tr!("The text cannot be compressed")).because(zstd_safe::get_error_name(e)))?;
        out.extend_from_slice(&frame);
        Ok(out)
    }

    /// Unpacks what [`Packer::pack`] made.
    pub(super) fn unpack(&self, packed: &[u8]) -> Result<Vec<u8>> {
        let damaged =
            |why: &str| Notice::new(tr!("The article's text is damaged")).because(why).hint(tr!("dateline check says what else is"));
        let (id, frame) = packed.split_first().ok_or_else(|| damaged(tr!("it is empty")))?;
        let size = zstd_safe::get_frame_content_size(frame).ok().flatten().unwrap_or(0);
        let size = usize::try_from(size).ok().filter(|s| *s <= MAX_BYTES).ok_or_else(|| damaged(tr!("it is too long")))?;
        let mut out = Vec::with_capacity(size);
        let (_, unpacker) = &mut *self.tools.borrow_mut();
        let unpacked = match (id, self.known.get(id)) {
            (0, _) => unpacker.decompress(&mut out, frame),
            (_, Some(dictionary)) => unpacker.decompress_using_ddict(&mut out, frame, dictionary.as_ddict()),
            (_, None) => return Err(damaged(&tr!("its dictionary {id} is missing", id))),
        };
        unpacked.map_err(|e| damaged(zstd_safe::get_error_name(e)))?;
        Ok(out)
    }

    /// Unpacks text.
    pub(super) fn text(&self, packed: &[u8]) -> Result<String> {
        String::from_utf8(self.unpack(packed)?).map_err(|e| Notice::new(tr!("The article's text is damaged")).because(e))
    }
}

/// Makes the library's dictionary for `content` from its articles; `false` where there are too few.
pub(super) fn train(connection: &Connection, packer: &Packer, content: Content) -> Result<bool> {
    let (table, column) = content.samples();
    let count: usize =
        connection.query_row(&format!("SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT ?1)"), [SAMPLES], |row| row.get(0))?;
    if count < SAMPLES {
        return Ok(false);
    }
    let mut samples = Vec::new();
    // Evenly over all articles: those that arrived together are alike.
    let (low, high): (i64, i64) =
        connection.query_row(&format!("SELECT min(article), max(article) FROM {table}"), [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut one = connection.prepare(&format!("SELECT {column} FROM {table} WHERE article >= ?1 ORDER BY article LIMIT 1"))?;
    for n in 0..SAMPLES as i64 {
        let at = low + (high - low) / SAMPLES as i64 * n + n.min((high - low) % SAMPLES as i64);
        if let Some(packed) = one.query_row([at], |row| row.get::<_, Vec<u8>>(0)).optional()? {
            let mut sample = packer.unpack(&packed)?;
            sample.truncate(16 << 10);
            samples.push(sample);
        }
    }
    let Ok(bytes) = zstd::dict::from_samples(&samples, content.dictionary()) else { return Ok(false) };
    connection.execute("INSERT INTO dictionary (id, bytes) VALUES (?1, ?2)", params![content as u8, bytes])?;
    Ok(true)
}
