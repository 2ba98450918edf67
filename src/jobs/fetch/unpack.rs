//! Bodies that a server packed: gzip, Brotli, zstd, within a limit.

use crate::locale::tr;
use std::io::Read;

/// The encodings that are asked for.
pub(super) const ENCODINGS: &str = "gzip, br, zstd";

/// Unpacks `bytes`, which a server says to be packed as `encodings`, the last one on the outside; `true` where they break off, and what came before is all.
///
/// # Errors
/// Where the packing is unknown or damaged, or more than `limit` bytes come out.
pub(super) fn unpack(bytes: Vec<u8>, encodings: &str, limit: usize) -> Result<(Vec<u8>, bool), String> {
    let (mut bytes, mut broken) = (bytes, false);
    // Each layer is work: nobody packs three times who means well.
    let layers: Vec<String> = encodings.split(',').map(|e| e.trim().to_ascii_lowercase()).filter(|e| !e.is_empty()).collect();
    if layers.len() > 2 {
        return Err(tr!("it is packed more than twice").to_owned());
    }
    for encoding in layers.iter().rev() {
        let (unpacked, off) = match encoding.as_str() {
            "identity" => (bytes, false),
            // Some servers say that a page is packed that is not.
            "gzip" | "x-gzip" if !bytes.starts_with(b"\x1f\x8b") => (bytes, false),
            "gzip" | "x-gzip" => all(flate2::read::MultiGzDecoder::new(bytes.as_slice()), limit)?,
            "br" => all(brotli_decompressor::Decompressor::new(bytes.as_slice(), 4096), limit)?,
            "zstd" => all(crate::source::zstd_reader(&bytes).map_err(|e| tr!("its packing is damaged ({error})", error = e))?, limit)?,
            other => return Err(tr!("it is packed as “{other}”, which dateline does not know", other = crate::text::clean_line(other))),
        };
        (bytes, broken) = (unpacked, broken || off);
    }
    Ok((bytes, broken))
}

fn all(from: impl Read, limit: usize) -> Result<(Vec<u8>, bool), String> {
    let mut out = Vec::new();
    let read = from.take(limit as u64 + 1).read_to_end(&mut out);
    if out.len() > limit {
        return Err(tr!("it unpacks to more than {size} MiB", size = limit >> 20));
    }
    match read {
        // What came before the damage is worth reading.
        Err(error) if out.is_empty() => Err(tr!("its packing is damaged ({error})", error)),
        read => Ok((out, read.is_err())),
    }
}
