//! The words of a name, folded, in one string: parts of it are slices, so that looking names up by their parts costs no memory.

/// The folded words of a name, with one space between two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    text: String,
    /// Where each word begins.
    starts: Vec<u32>,
}

impl Form {
    /// Adds a word, as [`crate::lexicon::who::fold_into`] folds it, without what `trimmed` says at its ends; nothing where nothing is left.
    pub fn push(&mut self, word: &str, trimmed: impl Fn(char) -> bool) {
        let before = self.text.len();
        if before > 0 {
            self.text.push(' ');
        }
        let start = self.text.len();
        crate::lexicon::who::fold_into(word, &mut self.text);
        let kept = self.text[start..].trim_end_matches(&trimmed).len();
        self.text.truncate(start + kept);
        let lead = kept - self.text[start..].trim_start_matches(&trimmed).len();
        self.text.drain(start..start + lead);
        if self.text.len() == start {
            self.text.truncate(before);
        } else {
            self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        }
    }

    /// Takes the last word away.
    pub fn pop(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.text.truncate((start as usize).saturating_sub(1));
        }
    }

    /// All words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// True where there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The word `at`; empty beyond the end.
    #[must_use]
    pub fn word(&self, at: usize) -> &str {
        self.from(at).split(' ').next().unwrap_or("")
    }

    /// The first word.
    #[must_use]
    pub fn first(&self) -> &str {
        self.word(0)
    }

    /// The last word; empty for a name without letters.
    #[must_use]
    pub fn last(&self) -> &str {
        self.from(self.len().saturating_sub(1))
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.text.split(' ').filter(|w| !w.is_empty())
    }

    /// The words from the one with the number `at` on.
    #[must_use]
    pub fn from(&self, at: usize) -> &str {
        self.starts.get(at).and_then(|start| self.text.get(*start as usize..)).unwrap_or("")
    }

    /// The words before the one with the number `at`.
    #[must_use]
    pub fn before(&self, at: usize) -> &str {
        self.starts.get(at).and_then(|start| self.text.get(..(*start as usize).saturating_sub(1))).unwrap_or(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_parts() {
        let mut form = Form::default();
        for word in ["«Ána", "--", "de", "la", "Róe»."] {
            form.push(word, |c: char| !c.is_alphanumeric());
        }
        assert_eq!((form.text(), form.len(), form.first(), form.last()), ("ana de la roe", 4, "ana", "roe"));
        assert_eq!((form.word(1), form.from(1), form.before(1), form.before(9)), ("de", "de la roe", "ana", "ana de la roe"));
        assert_eq!(form.words().rev().collect::<Vec<_>>(), ["roe", "la", "de", "ana"]);
        form.pop();
        assert_eq!(form.text(), "ana de la");
        let mut none = Form::default();
        none.push("…", |c: char| !c.is_alphanumeric());
        none.pop();
        assert_eq!((none.text(), none.len(), none.word(0), none.last(), none.words().count()), ("", 0, "", "", 0));
    }
}
