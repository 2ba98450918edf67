//! The words of the interface in the reader's language.
//!
//! The English sentence stands in the code where it is shown, and is the key to the others: `tr!("Open the next article")`. The table of the others is
//! `assets/strings/strings.toml`; its README says how a language is added.

mod calendar;
mod fill;
mod table;
mod territory;

pub use calendar::{dated, day, decade, long_date, month, short_month, short_weekday, weekday, year, years};
pub use fill::{decimal, fill, number};
pub use table::{STRINGS, english, meant, plural, text};
pub use territory::territory;

use std::cell::Cell;
use std::sync::atomic::{AtomicU8, Ordering};

/// A language that the interface speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, the language of the keys.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// German.
    German,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::Spanish, Self::German];

    /// Its code after ISO 639-1, which is the name of its column in the table.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::German => "de",
        }
    }

    /// The language of a locale as the environment names it: `de_AT.UTF-8`, `es`, `C`.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let code = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// The language that the environment asks for, from the values of `LC_ALL`, `LC_MESSAGES` and `LANG` in this order: the first one that is not empty
    /// decides, as in POSIX. English where there is none, or one that is not spoken here.
    #[must_use]
    pub fn of_environment<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        values.into_iter().find(|v| !v.is_empty()).and_then(Self::of_locale).unwrap_or_default()
    }

    /// Which form of a word goes with `n`, counted from 0, in the order in which the table lists them.
    #[must_use]
    pub fn form(self, n: u64) -> usize {
        match self {
            Self::English | Self::Spanish | Self::German => usize::from(n != 1),
        }
    }

    /// What parts thousands. Spanish takes a space, because the point and the comma mean different things in Spain and in Mexico.
    fn thousands(self) -> char {
        match self {
            Self::English => ',',
            Self::Spanish => '\u{a0}',
            Self::German => '.',
        }
    }

    /// The first number whose digits are parted in threes; four digits are read at a glance.
    fn parted(self) -> u64 {
        match self {
            Self::English => 1_000,
            Self::Spanish | Self::German => 10_000,
        }
    }

    /// What stands before the parts of one.
    fn point(self) -> &'static str {
        match self {
            Self::English => ".",
            Self::Spanish | Self::German => ",",
        }
    }
}

/// The language of the whole program. It is chosen once, before anything is shown.
static CHOSEN: AtomicU8 = AtomicU8::new(0);

thread_local! {
    /// What this thread speaks instead, for as long as [`speaking`] runs.
    static HERE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// Chooses the language of everything that is said from now on.
pub fn choose(language: Language) {
    CHOSEN.store(language as u8, Ordering::Relaxed);
}

/// The language that is spoken.
#[must_use]
pub fn language() -> Language {
    let chosen = || Language::ALL.get(usize::from(CHOSEN.load(Ordering::Relaxed))).copied().unwrap_or_default();
    HERE.get().unwrap_or_else(chosen)
}

/// Does `work` in another language, on this thread alone: for what is always English, and for tests.
pub fn speaking<T>(language: Language, work: impl FnOnce() -> T) -> T {
    /// Puts back what was spoken before, also where `work` does not come to its end.
    struct Before(Option<Language>);
    impl Drop for Before {
        fn drop(&mut self) {
            HERE.set(self.0);
        }
    }
    let _before = Before(HERE.replace(Some(language)));
    work()
}

/// An English text in the reader's language, with what stands in braces filled in: `tr!("{n} of {all} files read", n, all = files.len())`.
///
/// Without values it is a `&'static str`, with them a `String`. Where one English word means two things, the second meaning is named:
/// `tr!("page" in "half of a screen")`; the table has it as `half of a screen|page`.
macro_rules! tr {
    ($english:literal) => { $crate::locale::text($english) };
    ($english:literal in $context:literal) => { $crate::locale::meant(concat!($context, "|", $english)) };
    ($english:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::locale::fill($crate::locale::text($english), &[$((stringify!($name), &$crate::locale::value!($name $(= $value)?))),+])
    };
}

/// The same for what is counted: `trn!(n, "{n} article", "{n} articles")`. The table has it under its first form.
macro_rules! trn {
    ($n:expr, $one:literal, $many:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        let n = $n;
        $crate::locale::fill(
            $crate::locale::plural(n, $one, $many),
            &[("n", &$crate::locale::number(n)) $(, (stringify!($name), &$crate::locale::value!($name $(= $value)?)))*],
        )
    }};
}

/// A text of a constant table that is translated where it is shown, by [`text`], or by [`meant`] where its meaning is named: it stands as it is, and the
/// table's test knows it.
macro_rules! tr_later {
    ($english:literal) => {
        $english
    };
    ($english:literal in $context:literal) => {
        concat!($context, "|", $english)
    };
}

/// A value of [`tr`]: what stands behind the `=`, or the variable of that name.
macro_rules! value {
    ($name:ident) => {
        $name
    };
    ($name:ident = $value:expr) => {
        $value
    };
}

pub(crate) use {tr, tr_later, trn, value};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        assert_eq!(Language::of_environment(["", "", "de_DE.UTF-8"]), Language::German);
        assert_eq!(Language::of_environment(["C", "", "de_DE.UTF-8"]), Language::English);
        assert_eq!(Language::of_environment(["", "es", "de_DE.UTF-8"]), Language::Spanish);
        assert_eq!(Language::of_environment(["fr_FR", "", ""]), Language::English);
        assert_eq!(Language::of_environment([]), Language::English);
        assert_eq!(Language::of_locale("de@euro"), Some(Language::German));
        assert_eq!(Language::of_locale("ES-mx"), Some(Language::Spanish));
        assert_eq!(Language::of_locale("desktop"), None);
    }

    #[test]
    fn a_language_is_spoken_on_one_thread_and_for_a_while() {
        assert_eq!(language(), Language::English);
        speaking(Language::German, || {
            assert_eq!(language(), Language::German);
            speaking(Language::English, || assert_eq!(language(), Language::English));
            assert_eq!(language(), Language::German);
            std::thread::scope(|s| s.spawn(|| assert_eq!(language(), Language::English)).join().unwrap());
        });
        assert_eq!(language(), Language::English);
    }

    #[test]
    fn words_values_and_numbers_of_each_language() {
        let settled = 3;
        let said = || (tr!("help"), tr!("{settled} of {all} read…", settled, all = 7), trn!(12_345, "{n} article", "{n} articles"));
        assert_eq!(said(), ("help", "3 of 7 read…".to_owned(), "12,345 articles".to_owned()));
        assert_eq!(speaking(Language::German, said), ("Hilfe", "3 von 7 gelesen …".to_owned(), "12.345 Artikel".to_owned()));
        assert_eq!(speaking(Language::Spanish, said), ("ayuda", "3 de 7 leídos…".to_owned(), "12\u{a0}345 artículos".to_owned()));
        assert_eq!(speaking(Language::Spanish, || trn!(1, "{n} article", "{n} articles")), "1 artículo");
    }

    #[test]
    fn what_the_table_does_not_have_stays_english() {
        assert_eq!(speaking(Language::German, || text("a word of one's own")), "a word of one's own");
        assert_eq!(meant("somewhere else|a word of one's own"), "a word of one's own");
    }
}
