//! Names of countries and continents in the reader's language. English has its own in the gazetteer.

use super::{Language, language};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A line for each: code of the country or English name of the continent, then a column for each language but English.
const TABLE: &str = include_str!("../../assets/strings/territories.tsv");

/// The name of a country by its code of two letters (ISO 3166), or of a continent by its English name; `None` in English and where none is known.
#[must_use]
pub fn territory(key: &str) -> Option<&'static str> {
    static LINES: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    // English has no column.
    let column = Language::ALL.iter().position(|l| *l == language())?.checked_sub(1)?;
    let lines = LINES.get_or_init(|| TABLE.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect());
    lines.get(key)?.split('\t').nth(column)
}

#[cfg(test)]
mod tests {
    use super::super::speaking;
    use super::*;

    #[test]
    fn countries_and_continents() {
        let said = || [territory("US"), territory("VE"), territory("South America"), territory("nowhere")];
        assert_eq!(said(), [None; 4]);
        assert_eq!(speaking(Language::German, said), [Some("Vereinigte Staaten"), Some("Venezuela"), Some("Südamerika"), None]);
        assert_eq!(speaking(Language::Spanish, said), [Some("Estados Unidos"), Some("Venezuela"), Some("Sudamérica"), None]);
    }

    #[test]
    fn every_line_has_a_name_in_every_language() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            assert_eq!(line.split('\t').filter(|cell| !cell.trim().is_empty()).count(), Language::ALL.len(), "{line}");
        }
    }
}
