//! Why a mention was joined to its entity, and a quotation to its speaker.

use super::effect::Effect;
use super::open::{MarkKind, Open};
use super::shelf::{self, Ask};
use super::state::{Pane, State};
use crate::article::Quote;
use crate::locale::{self, tr, trn};
use crate::notice::Notice;

/// Says in the foot line which rule joined the mention under the cursor to its entity, or the quotation to its speaker. Of a name of a stored article
/// the library is asked why it joined it with those of other articles.
pub(super) fn explain(state: &mut State) -> Vec<Effect> {
    let selected = state.view.panes.quotations.selected;
    let quoted =
        state.open.as_ref().filter(|_| state.focus == Pane::Quotations).and_then(|o| Some((o, o.document.found.quotes.get(selected)?)));
    let quoted = quoted.map(|(open, quote)| speaker(open, quote));
    let notice = quoted.clone().or_else(|| state.open.as_ref().and_then(reason));
    state.notice = Some(
        notice
            .unwrap_or_else(|| Notice::new(tr!("No name under the cursor")).hint(tr!("] goes to the next name, f shows letters to jump"))),
    );
    let named = state.open.as_ref().filter(|_| quoted.is_none()).and_then(Open::mark_at_cursor).and_then(|m| match m.kind {
        MarkKind::Name(entity, _) => Some(entity),
        _ => None,
    });
    let asked = named.zip(shelf::on_screen(state)).map(|(entity, article)| Effect::Shelf(Ask::Why(article, entity)));
    asked.into_iter().collect()
}

/// Why a quotation is its speaker's.
fn speaker(open: &Open, quote: &Quote) -> Notice {
    let text = &open.document.article.text;
    let Some((rule, words)) = quote.rule.zip(quote.speaker_words(text)) else {
        return Notice::new(tr!("The text does not say who said this"));
    };
    let named = quote.speaker.and_then(|id| open.document.found.entities.get(id.0 as usize)).map(|e| e.name.as_str());
    let who = match named {
        Some(name) if name != words => format!("{words}, {name},"),
        _ => words.to_owned(),
    };
    let cue = quote.cue.map(|c| format!(" ({})", c.of(text))).unwrap_or_default();
    let sure = (quote.score * 100.0).round();
    Notice::new(tr!("{who} said this", who)).because(tr!(
        "{rule}{cue}; right in {sure} of 100",
        rule = locale::text(rule.words()),
        cue,
        sure
    ))
}

fn reason(open: &Open) -> Option<Notice> {
    let mark = open.mark_at_cursor()?;
    let found = &open.document.found;
    let entity = match mark.kind {
        MarkKind::Name(entity, _) => entity,
        MarkKind::Quotation(n) => return found.quotes.get(n as usize).map(|q| speaker(open, q)),
        MarkKind::Moment(_) => return None,
    };
    let text = &open.document.article.text;
    let join = found.joins.get(found.mentions.iter().position(|m| m.span == mark.span)?)?;
    let entity = found.entities.get(entity.0 as usize)?;
    let here = mark.span.of(text);
    let Some(before) = join.antecedent else {
        return Some(
            Notice::new(tr!("{here} is {name}, {kind}", here, name = entity.name, kind = locale::text(entity.kind.word())))
                .because(locale::text(join.reason.words())),
        );
    };
    let between = text.get(before.end as usize..mark.span.start as usize).unwrap_or("");
    let away = match between.matches('\n').count() {
        0 => tr!("in this paragraph").to_owned(),
        n => trn!(n, "one paragraph before", "{n} paragraphs before"),
    };
    let gender = title(text, mark.span.start).map(|t| format!("; {t}")).unwrap_or_default();
    let why = tr!("{reason} {name}, {away}{gender}", reason = locale::text(join.reason.words()), name = before.of(text), away, gender);
    Some(Notice::new(tr!("{here} is {name}, {kind}", here, name = entity.name, kind = locale::text(entity.kind.word()))).because(why))
}

/// What a title right before the byte `at` tells.
fn title(text: &str, at: u32) -> Option<&'static str> {
    match text.get(..at as usize)?.trim_end().rsplit(char::is_whitespace).next()?.trim_end_matches('.') {
        "Mr" => Some(tr!("Mr. tells a man")),
        "Mrs" => Some(tr!("Mrs. tells a woman")),
        "Ms" => Some(tr!("Ms. tells a woman")),
        "Miss" => Some(tr!("Miss tells a woman")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell() {
        assert_eq!(title("So Ms. Roe", 7), Some("Ms. tells a woman"));
        assert_eq!(title("Roe", 0), None);
        assert_eq!(title("the Roe", 4), None);
    }
}
