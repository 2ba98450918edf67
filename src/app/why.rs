//! Why a mention was joined to its entity.

use super::open::{MarkKind, Open};
use super::state::State;
use crate::notice::Notice;

/// Says in the foot line which rule joined the mention under the cursor to its entity.
pub(super) fn explain(state: &mut State) {
    let notice = state.open.as_ref().and_then(reason);
    state.notice =
        Some(notice.unwrap_or_else(|| Notice::new("No name under the cursor").hint("] goes to the next name, f shows letters to jump")));
}

fn reason(open: &Open) -> Option<Notice> {
    let mark = open.mark_at_cursor()?;
    let MarkKind::Name(entity, _) = mark.kind else { return None };
    let found = &open.document.found;
    let text = &open.document.article.text;
    let join = found.joins.get(found.mentions.iter().position(|m| m.span == mark.span)?)?;
    let entity = found.entities.get(entity.0 as usize)?;
    let here = mark.span.of(text);
    let Some(before) = join.antecedent else {
        return Some(Notice::new(format!("{here} is {}, {}", entity.name, entity.kind.name())).because(join.reason.words()));
    };
    let between = text.get(before.end as usize..mark.span.start as usize).unwrap_or("");
    let away = match between.matches('\n').count() {
        0 => "in this paragraph".to_owned(),
        1 => "one paragraph before".to_owned(),
        n => format!("{n} paragraphs before"),
    };
    let why = format!("{} {}, {away}", join.reason.words(), before.of(text));
    Some(Notice::new(format!("{here} is {}, {}", entity.name, entity.kind.name())).because(why))
}
