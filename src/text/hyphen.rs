//! Where long words may be parted at the end of a row, by the language's own patterns (hypher).

use hypher::Lang;
use textwrap::WordSplitter;

/// The longest word, in bytes, that is looked up for syllables; hypher takes no longer ones.
const MAX_WORD: usize = 40;

/// The shortest word, in bytes, that is worth parting.
const MIN_WORD: usize = 8;

/// A language with its way of parting words.
struct Tongue {
    language: Lang,
    /// True where every noun has a capital, so that a capital does not make a name.
    capitals: bool,
    splitter: WordSplitter,
}

const fn tongue<const N: usize>(language: Lang, capitals: bool) -> Tongue {
    Tongue { language, capitals, splitter: WordSplitter::Custom(split::<N>) }
}

/// The languages whose patterns are in the program; each carries its own number, because a splitter is a function without a memory.
static TONGUES: [Tongue; 13] = [
    tongue::<0>(Lang::English, false),
    tongue::<1>(Lang::German, true),
    tongue::<2>(Lang::Spanish, false),
    tongue::<3>(Lang::French, false),
    tongue::<4>(Lang::Italian, false),
    tongue::<5>(Lang::Portuguese, false),
    tongue::<6>(Lang::Dutch, false),
    tongue::<7>(Lang::Catalan, false),
    tongue::<8>(Lang::Danish, false),
    tongue::<9>(Lang::Swedish, false),
    tongue::<10>(Lang::Finnish, false),
    tongue::<11>(Lang::Polish, false),
    tongue::<12>(Lang::Russian, false),
];

/// How words of a language (ISO 639-1) are parted. English where it is not known; only at hyphens where there are no patterns for it.
pub(super) fn splitter(language: Option<[u8; 2]>) -> &'static WordSplitter {
    static HYPHENS: WordSplitter = WordSplitter::HyphenSplitter;
    let wanted = language.map_or(Some(Lang::English), Lang::from_iso);
    let tongue = TONGUES.iter().find(|t| Some(t.language) == wanted);
    tongue.map_or(&HYPHENS, |t| &t.splitter)
}

/// Places at which a word may be parted. Words with a capital stay whole where that makes a name: it is easier to find that way.
fn split<const N: usize>(word: &str) -> Vec<usize> {
    let tongue = &TONGUES[N];
    let plain = word.trim_end_matches(|c: char| !c.is_alphabetic());
    let length = (MIN_WORD..=MAX_WORD).contains(&plain.len());
    let common = tongue.capitals || plain.starts_with(char::is_lowercase);
    if !(length && common && plain.chars().all(char::is_alphabetic)) {
        return WordSplitter::HyphenSplitter.split_points(word);
    }
    let mut at = 0;
    let mut points: Vec<usize> = hypher::hyphenate(plain, tongue.language)
        .map(|part| {
            at += part.len();
            at
        })
        .collect();
    points.pop();
    points.retain(|n| *n >= 2 && plain.len() - *n >= 3);
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(language: &str, word: &str) -> String {
        let code = language.as_bytes().try_into().ok();
        let points = splitter(code).split_points(word);
        let bounds: Vec<usize> = std::iter::once(0).chain(points).chain([word.len()]).collect();
        bounds.windows(2).map(|w| &word[w[0]..w[1]]).collect::<Vec<_>>().join("·")
    }

    #[test]
    fn each_language_by_its_own_patterns() {
        assert_eq!(parts("en", "demonstrations,"), "demon·stra·tions,");
        assert_eq!(parts("de", "Bundesregierung"), "Bun·des·re·gie·rung");
        assert_eq!(parts("es", "manifestaciones"), "ma·ni·fes·ta·cio·nes");
        assert_eq!(parts("fr", "gouvernement"), "gou·ver·ne·ment");
        // Not known, and known without patterns.
        assert_eq!(parts("", "demonstrations"), "demon·stra·tions");
        assert_eq!(parts("ja", "demonstrations"), "demonstrations");
    }

    #[test]
    fn names_and_odd_words_stay_whole() {
        assert_eq!(parts("en", "Venezuelan"), "Venezuelan");
        assert_eq!(parts("en", "co-operate"), "co-·operate");
        for word in ["a".repeat(45), "a".repeat(46), "ж".repeat(30), "a".repeat(10_000)] {
            for tongue in &TONGUES {
                assert!(tongue.splitter.split_points(&word).len() < 40);
            }
        }
    }
}
