//! Bytes → characters: byte order marks, UTF-16 without one, UTF-8, what was declared, and the older encodings by their statistics (chardetng).

use super::Decoded;
use crate::locale::tr;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes looked at to tell text from other data.
const HEAD: usize = 8 << 10;

/// Bytes given to the statistics, from the first that is not ASCII.
const SAMPLE: usize = 64 << 10;

/// How files begin that are not text.
const MAGIC: &[&[u8]] = &[
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\0",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x28\xb5\x2f\xfd",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"fLaC",
    b"\x7fELF",
    b"MZ\x90\0",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\0asm",
    b"SQLite format 3\0",
    b"\xd0\xcf\x11\xe0",
];

/// True where the beginning of a file shows that it is not text: a known signature, NUL bytes outside UTF-16, or mostly control characters.
///
/// The first 8 KiB are enough.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if MAGIC.iter().any(|m| head.starts_with(m)) {
        return true;
    }
    if Encoding::for_bom(head).is_some() || utf16_without_mark(head).is_some() {
        return false;
    }
    let odd = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    head.contains(&0) || odd * 10 > head.len() * 3
}

/// The characters of `bytes`, and a sentence where some could not be decoded.
///
/// A byte order mark decides; then valid UTF-8 wins over everything, the `declared` encoding (a label as on the web) over statistics.
pub(super) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> (Decoded<'a>, Option<String>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or(&[]));
    }
    if let Some(encoding) = utf16_without_mark(bytes.get(..HEAD).unwrap_or(bytes)) {
        return decode_as(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Decoded::Borrowed(text), None);
    }
    // UTF-16 would have shown by its zeros, so who declares it is wrong.
    let named = || declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|e| ![UTF_8, UTF_16LE, UTF_16BE].contains(e));
    let encoding = if is_damaged_utf8(bytes) { UTF_8 } else { named().unwrap_or_else(|| guess(bytes)) };
    decode_as(encoding, bytes)
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> (Decoded<'a>, Option<String>) {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let problem = damaged
        .then(|| tr!("some bytes are not {name} and are shown as {sign}", name = encoding.name(), sign = char::REPLACEMENT_CHARACTER));
    (text, problem)
}

/// UTF-16 shows by zero bytes in every other place: the halves of ASCII letters, digits and spaces.
fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    let many = (pairs * 3 / 10).max(2);
    let few = pairs / 20;
    match () {
        () if low >= many && high <= few => Some(UTF_16LE),
        () if high >= many && low <= few => Some(UTF_16BE),
        () => None,
    }
}

/// True for UTF-8 in which a few bytes were spoiled or cut off: guessing another encoding would spoil all the rest.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut spoiled) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        spoiled += usize::from(!chunk.invalid().is_empty());
    }
    sound > spoiled * 4
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let start = first.saturating_sub(SAMPLE / 64);
    let end = bytes.len().min(start + SAMPLE);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let sample = bytes.get(start..end).unwrap_or(bytes);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // A name or two with accents in English are too little to tell the Latin encodings apart, and the western one is by far the commonest.
    let rare = sample.iter().filter(|b| !b.is_ascii()).count() * FEW < sample.len();
    if rare && LATIN.contains(&guess) { encoding_rs::WINDOWS_1252 } else { guess }
}

/// One character in so many is beyond ASCII where a text in English has foreign names.
const FEW: usize = 50;

/// Encodings of Latin letters that differ from Windows-1252 in some accents.
const LATIN: [&Encoding; 6] = [
    encoding_rs::WINDOWS_1250,
    encoding_rs::WINDOWS_1254,
    encoding_rs::WINDOWS_1257,
    encoding_rs::WINDOWS_1258,
    encoding_rs::ISO_8859_2,
    encoding_rs::ISO_8859_4,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn all_encodings_give_the_same_words() {
        let text = "The mayor of Málaga said “enough” at the café on the Rue Cortège, near São Paulo’s old quarter.";
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        let inputs = [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            [b"\xff\xfe".to_vec(), utf16(text, true)].concat(),
            [b"\xfe\xff".to_vec(), utf16(text, false)].concat(),
            utf16(text, true),
            utf16(text, false),
            windows.into_owned(),
        ];
        for bytes in inputs {
            let (got, problem) = decode(&bytes, None);
            assert_eq!(got, text);
            assert_eq!(problem, None);
            assert!(!is_binary(&bytes));
        }
    }

    #[test]
    fn spoiled_utf8_stays_utf8() {
        let mut bytes = "Zürich, Genève, Malmö, København, Besançon".as_bytes().to_vec();
        bytes.push(0xff);
        let (text, problem) = decode(&bytes, None);
        assert!(text.starts_with("Zürich, Genève"));
        assert!(problem.is_some_and(|p| p.contains("UTF-8")));
    }

    #[test]
    fn older_encodings_by_their_statistics() {
        let text = "Президент заявил, что переговоры начнутся на следующей неделе в столице.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(decode(&bytes, None).0, text);
    }

    #[test]
    fn what_is_declared_goes_before_statistics_and_after_utf8() {
        let text = "Zażółć gęślą jaźń";
        let (bytes, _, _) = encoding_rs::ISO_8859_2.encode(text);
        assert_eq!(decode(&bytes, Some("iso-8859-2")).0, text);
        assert_eq!(decode(text.as_bytes(), Some("iso-8859-2")).0, text);
        assert_eq!(decode(&bytes, Some("no such encoding")).0, decode(&bytes, None).0);
        assert_eq!(decode(b"caf\xe9 au lait", Some("utf-16")).0, "café au lait");
    }

    #[test]
    fn data_is_not_text() {
        for bytes in [&b"%PDF-1.7"[..], b"\x89PNG\r\n\x1a\n", b"abc\0def", b"\0\0\0\0", &[1, 2, 3, 4, 5, 200]] {
            assert!(is_binary(bytes), "{bytes:?}");
        }
        for bytes in [&b""[..], b"a", b"\x1b[31mred\x1b[0m", "日本語".as_bytes(), b"M\xfcnchen"] {
            assert!(!is_binary(bytes), "{bytes:?}");
        }
    }

    #[test]
    fn a_few_accents_in_english_are_western() {
        let text = "President Enrique Peña met the mayor on Monday. He said that the old bridge over the river would be closed for a year.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(decode(&bytes, None).0, text);
    }
}
