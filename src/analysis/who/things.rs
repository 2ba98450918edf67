//! The mentions of organisations, places and other things joined: the same name, initials, short forms, other names of the same.

use super::Joined;
use crate::analysis::Reading;
use crate::article::{Kind, Mention, Reason};
use crate::lexicon::who::{Class, class};
use crate::link::body::{SAME, initials, is_acronym, read};
use crate::link::form::Form;
use crate::text::{Map, Span};

/// The things that were named, and how each is found again.
#[derive(Debug, Default)]
struct Things<'n> {
    /// Full names, folded, without article and legal form.
    by_name: Map<&'n str, usize>,
    /// Initials of names of two words and more.
    by_initials: Map<String, usize>,
    /// The beginnings and ends of names of two words and more: the latest thing that has them.
    by_part: Map<&'n str, usize>,
    /// The first mention of each thing and the latest by its fullest name.
    seen: Vec<usize>,
}

/// Joins the mentions with the indices `which`, all of one kind; the answers stand in their order, clusters counted from 0.
pub(super) fn join(reading: &Reading<'_>, mentions: &[Mention], which: &[usize], kind: Kind) -> Vec<Joined> {
    let text = &reading.article.text;
    let (forms, of) = forms(text, mentions, which);
    let mut things = Things::default();
    let mut out: Vec<Joined> = Vec::with_capacity(which.len());
    for (n, (at, form)) in which.iter().zip(of).enumerate() {
        let span = mentions[*at].span;
        let form = &forms[form];
        let bracketed = n.checked_sub(1).filter(|p| opens_bracket(text, mentions[which[*p]].span, span));
        let defined = bracketed.filter(|_| is_acronym(span.of(text))).map(|p| out[p].cluster);
        let (cluster, reason) = match defined {
            Some(cluster) => (cluster, Reason::Acronym),
            None => things.find(form, kind, span.of(text)),
        };
        if reason != Reason::Same {
            things.enter(cluster, form, kind);
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

/// The names of mentions, each spelling once, and for each mention the number of its own.
fn forms(text: &str, mentions: &[Mention], which: &[usize]) -> (Vec<Form>, Vec<usize>) {
    let mut forms = Vec::new();
    let mut known: Map<&str, usize> = Map::default();
    let mut form = |name| {
        *known.entry(name).or_insert_with(|| {
            forms.push(read(name));
            forms.len() - 1
        })
    };
    let of = which.iter().map(|m| form(mentions[*m].span.of(text))).collect();
    (forms, of)
}

/// True where only an opening bracket lies between the two.
fn opens_bracket(text: &str, before: Span, span: Span) -> bool {
    let gap = Span { start: before.end, end: span.start };
    gap.len() <= 6 && gap.of(text).trim_matches(|c: char| c.is_whitespace() || "\"“'’s".contains(c)) == "("
}

impl<'n> Things<'n> {
    /// The thing that the words name, or the number of a new one.
    fn find(&self, form: &Form, kind: Kind, name: &str) -> (usize, Reason) {
        let key = form.text();
        if let Some(known) = self.by_name.get(key) {
            return (*known, Reason::Same);
        }
        if let Some(known) = SAME.iter().filter(|s| s.contains(&key)).flat_map(|s| s.iter()).find_map(|s| self.by_name.get(*s)) {
            return (*known, Reason::OtherName);
        }
        if is_acronym(name)
            && let Some(known) = self.by_initials.get(key)
        {
            return (*known, Reason::Acronym);
        }
        if let Some(known) = self.by_part.get(key).filter(|_| kind == Kind::Organization) {
            return (*known, Reason::ShortForm);
        }
        let initials = initials(form).filter(|_| form.len() > 2);
        if let Some(known) = initials.and_then(|i| self.by_name.get(i.as_str())) {
            return (*known, Reason::Acronym);
        }
        (self.seen.len(), Reason::First)
    }

    /// Enters a name of a thing with its initials and parts.
    fn enter(&mut self, cluster: usize, form: &'n Form, kind: Kind) {
        self.by_name.entry(form.text()).or_insert(cluster);
        if form.len() < 2 || kind == Kind::Place && form.len() < 3 {
            return;
        }
        if let Some(initials) = initials(form) {
            self.by_initials.insert(initials, cluster);
        }
        if kind != Kind::Organization || form.len() > 12 {
            return;
        }
        let qualifies = class(form.word(1)).is(Class::ORGANIZATION | Class::TITLE);
        for cut in 1..form.len() {
            // A beginning must be more than an adjective or a country: "Goldman" or "Board", not "National".
            if cut > 1 || !qualifies {
                self.by_part.insert(form.before(cut), cluster);
            }
            self.by_part.insert(form.from(cut), cluster);
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
