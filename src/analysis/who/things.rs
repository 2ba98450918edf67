//! The mentions of organisations, places and other things joined: the same name, initials, short forms, other names of the same.

use super::Joined;
use crate::analysis::Reading;
use crate::article::{Kind, Mention, Reason};
use crate::lexicon::who::{Class, class};
use crate::link::body::{SAME, initials, is_acronym, words};
use crate::text::Span;
use std::collections::HashMap;

/// A thing that was named: how it is found again.
#[derive(Debug, Default)]
struct Things {
    /// Full names, folded, without article and legal form.
    by_name: HashMap<String, usize>,
    /// Initials of names of two words and more.
    by_initials: HashMap<String, usize>,
    /// The beginnings and ends of names of two words and more: the latest thing that has them.
    by_part: HashMap<String, usize>,
    /// The first mention of each thing and the latest by its fullest name.
    seen: Vec<usize>,
}

/// Joins the mentions with the indices `which`, all of one kind; the answers stand in their order, clusters counted from 0.
pub(super) fn join(reading: &Reading<'_>, mentions: &[Mention], which: &[usize], kind: Kind) -> Vec<Joined> {
    let text = &reading.article.text;
    let mut things = Things::default();
    let mut out: Vec<Joined> = Vec::with_capacity(which.len());
    for (n, at) in which.iter().enumerate() {
        let span = mentions[*at].span;
        let words = words(span.of(text));
        let bracketed = n.checked_sub(1).filter(|p| opens_bracket(text, mentions[which[*p]].span, span));
        let defined = bracketed.filter(|_| is_acronym(span.of(text))).map(|p| out[p].cluster);
        let (cluster, reason) = match defined {
            Some(cluster) => (cluster, Reason::Acronym),
            None => things.find(&words, kind, span.of(text)),
        };
        if reason != Reason::Same {
            things.enter(cluster, &words, kind);
        }
        let antecedent = things.seen.get(cluster).copied();
        match things.seen.get_mut(cluster) {
            Some(last) => *last = n,
            None => things.seen.push(n),
        }
        let reason = if antecedent.is_none() { Reason::First } else { reason };
        out.push(Joined { cluster, reason, antecedent });
    }
    out
}

/// True where only an opening bracket lies between the two.
fn opens_bracket(text: &str, before: Span, span: Span) -> bool {
    let gap = Span { start: before.end, end: span.start };
    gap.len() <= 6 && gap.of(text).trim_matches(|c: char| c.is_whitespace() || "\"“'’s".contains(c)) == "("
}

impl Things {
    /// The thing that the words name, or the number of a new one.
    fn find(&self, words: &[String], kind: Kind, name: &str) -> (usize, Reason) {
        let key = words.join(" ");
        if let Some(known) = self.by_name.get(&key) {
            return (*known, Reason::Same);
        }
        if let Some(known) = SAME.iter().filter(|s| s.contains(&key.as_str())).flat_map(|s| s.iter()).find_map(|s| self.by_name.get(*s)) {
            return (*known, Reason::OtherName);
        }
        if is_acronym(name)
            && let Some(known) = self.by_initials.get(&key)
        {
            return (*known, Reason::Acronym);
        }
        if let Some(known) = self.by_part.get(&key).filter(|_| kind == Kind::Organization) {
            return (*known, Reason::ShortForm);
        }
        let initials = initials(words).filter(|_| words.len() > 2);
        if let Some(known) = initials.and_then(|i| self.by_name.get(&i)) {
            return (*known, Reason::Acronym);
        }
        (self.seen.len(), Reason::First)
    }

    /// Enters a name of a thing with its initials and parts.
    fn enter(&mut self, cluster: usize, words: &[String], kind: Kind) {
        self.by_name.entry(words.join(" ")).or_insert(cluster);
        if words.len() < 2 || kind == Kind::Place && words.len() < 3 {
            return;
        }
        if let Some(initials) = initials(words) {
            self.by_initials.insert(initials, cluster);
        }
        if kind != Kind::Organization || words.len() > 12 {
            return;
        }
        for cut in 1..words.len() {
            // A beginning must be more than an adjective or a country: "Goldman" or "Board", not "National".
            let (head, tail) = (&words[..cut], &words[cut..]);
            if head.len() > 1 || !class(&words[1]).is(Class::ORGANIZATION | Class::TITLE) {
                self.by_part.insert(head.join(" "), cluster);
            }
            self.by_part.insert(tail.join(" "), cluster);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, EntityId, MentionForm};

    fn clusters(text: &str, names: &[&str], kind: Kind) -> Vec<usize> {
        let article = Article { text: text.to_owned(), ..Article::default() };
        let reading = Reading::new(&article);
        let mut from = 0;
        let mentions: Vec<Mention> = names
            .iter()
            .map(|name| {
                let start = from + text[from..].find(name).unwrap();
                from = start + name.len();
                Mention { span: Span::new(start, from), kind, form: MentionForm::Name, score: 1.0, entity: EntityId::UNJOINED }
            })
            .collect();
        let which: Vec<usize> = (0..mentions.len()).collect();
        join(&reading, &mentions, &which, kind).iter().map(|j| j.cluster).collect()
    }

    #[test]
    fn acronyms_and_short_forms() {
        let text =
            "The Board of River Trade (BRT) met Acme Widgets Inc. The BRT fined Acme. The Board and B.R.T. agreed with ACME WIDGETS.";
        let names = ["Board of River Trade", "BRT", "Acme Widgets Inc.", "BRT", "Acme", "Board", "B.R.T.", "ACME WIDGETS"];
        assert_eq!(clusters(text, &names, Kind::Organization), [0, 0, 1, 0, 1, 0, 0, 1]);
    }

    #[test]
    fn places_and_other_names() {
        let text = "The United States and Britain; the U.S. and the UK; CARACAS, Caracas; New York and York";
        let names = ["United States", "Britain", "U.S.", "UK", "CARACAS", "Caracas", "New York", "York"];
        assert_eq!(clusters(text, &names, Kind::Place), [0, 1, 0, 1, 2, 2, 3, 4]);
    }
}
