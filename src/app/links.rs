//! The links of the open article by their numbers: a number that is typed opens one in the browser, and all of them can be listed.

use super::effect::Effect;
use super::open::Open;
use super::palette::{Palette, PaletteItem, PaletteTarget};
use super::state::{Overlay, Pane, State};
use crate::article::{Link, LinkKind};
use crate::config::{Key, KeyCode};
use crate::locale::tr;
use crate::notice::Notice;
use crate::text::Span;

impl Open {
    /// The link with a number, counted from 1 in the order of [`crate::article::Article::links`].
    #[must_use]
    pub fn link(&self, number: u32) -> Option<&Link> {
        let n = usize::try_from(number).ok()?.checked_sub(1)?;
        self.document.article.links.get(n)
    }

    /// The links whose words begin in `window`, with their numbers, in order of the text.
    pub fn links_in(&self, window: Span) -> impl Iterator<Item = (u32, Span)> + '_ {
        // Links with words come first, in the order of the text; those without stand at the end.
        let links = self.document.article.links.as_slice();
        let from = links.partition_point(|l| !l.span.is_empty() && l.span.start < window.start);
        let inside = links.get(from..).unwrap_or_default().iter().take_while(move |l| !l.span.is_empty() && l.span.start < window.end);
        (1u32..).skip(from).zip(inside).map(|(n, l)| (n, l.span))
    }
}

/// Asks for the number of a link.
pub(super) fn ask(state: &mut State) {
    let Some(open) = &state.open else { return };
    if open.document.article.links.is_empty() {
        let hint = if open.document.article.url.is_some() { page_hint(state) } else { String::new() };
        state.notice = Some(Notice::new(tr!("This article has no links")).hint(hint));
        return;
    }
    state.focus_on(Pane::Text);
    state.overlay = Overlay::Links(String::new());
}

fn page_hint(state: &State) -> String {
    let keys = state.keys_of(super::action::Action::OpenPage);
    keys.split(' ').next().filter(|key| !key.is_empty()).map_or_else(String::new, |key| tr!("{key} opens its page in the browser", key))
}

/// Takes a key while a number is typed. A number that cannot grow is taken at once.
pub(super) fn press(state: &mut State, key: Key) -> Vec<Effect> {
    let count = state.open.as_ref().map_or(0, |o| u32::try_from(o.document.article.links.len()).unwrap_or(u32::MAX));
    let Overlay::Links(typed) = &mut state.overlay else { return Vec::new() };
    match key.code {
        KeyCode::Backspace => drop(typed.pop()),
        KeyCode::Enter if typed.is_empty() => list(state),
        KeyCode::Enter => return open_typed(state),
        KeyCode::Char(c @ '0'..='9') if !key.ctrl && !key.alt => {
            typed.push(c);
            let number: u32 = typed.parse().unwrap_or(u32::MAX);
            if number == 0 || number > count {
                typed.pop();
                state.notice = Some(Notice::new(numbers(count as usize)));
            } else if number.saturating_mul(10) > count {
                return open_typed(state);
            }
        }
        _ => state.overlay = Overlay::None,
    }
    Vec::new()
}

fn open_typed(state: &mut State) -> Vec<Effect> {
    let Overlay::Links(typed) = std::mem::take(&mut state.overlay) else { return Vec::new() };
    typed.parse().map(|number| open(state, number)).unwrap_or_default()
}

/// Opens the link with a number in the browser.
pub(super) fn open(state: &State, number: u32) -> Vec<Effect> {
    let link = state.open.as_ref().and_then(|open| open.link(number));
    link.map(|link| Effect::Browse(link.url.clone())).into_iter().collect()
}

/// Opens the link with a number that was typed as a count; says what there is where no link has it.
pub(super) fn open_numbered(state: &mut State, number: u32) -> Vec<Effect> {
    let effects = open(state, number);
    if effects.is_empty() {
        ask(state);
        if let Overlay::Links(_) = state.overlay {
            state.overlay = Overlay::None;
            let count = state.open.as_ref().map_or(0, |o| o.document.article.links.len());
            state.notice = Some(Notice::new(numbers(count)));
        }
    }
    effects
}

/// Which numbers links have.
fn numbers(count: usize) -> String {
    if count == 1 { tr!("The article has one link").to_owned() } else { tr!("The links are numbered from 1 to {count}", count) }
}

/// Lists all links, with their numbers.
fn list(state: &mut State) {
    let Some(open) = &state.open else { return };
    let article = &open.document.article;
    let item = |(number, link): (u32, &Link)| {
        let words = match link.kind {
            LinkKind::Image => tr!("the article's picture"),
            _ if link.span.is_empty() => "",
            _ => link.span.of(&article.text),
        };
        let shown = if words.is_empty() { format!("{number}  {}", link.url) } else { format!("{number}  {words}  {}", link.url) };
        PaletteItem { text: shown.into(), note: "".into(), target: PaletteTarget::Link(number, link.kind) }
    };
    let items = (1..).zip(&article.links).map(item).collect();
    state.overlay = Overlay::Palette(Palette::new(items, state.next_ticket()));
}

#[cfg(test)]
mod tests {
    use super::super::{Action, ArticleId};
    use super::*;
    use crate::article::{Analysed, Article, Block, BlockKind};
    use crate::config::Config;
    use std::sync::Arc;

    const TEXT: &str = "See the report and the map of it.";

    fn state(count: usize) -> State {
        let (mut state, _) = State::new(Config::load(None, &[]), Vec::new(), None);
        let link = |kind, n: usize, span| Link { kind, url: format!("https://a.example/{n}"), span };
        let mut links: Vec<Link> =
            [(8, 14), (23, 26)].iter().zip(1..=count).map(|((a, b), n)| link(LinkKind::Page, n, Span::new(*a, *b))).collect();
        links.extend((3..=count).map(|n| link(LinkKind::Enclosure, n, Span::default())));
        let article = Article {
            text: TEXT.to_owned(),
            blocks: vec![Block { span: Span::new(0, TEXT.len()), kind: BlockKind::Paragraph }],
            links,
            ..Article::default()
        };
        state.open = Some(Open::new(ArticleId(0), Arc::new(Analysed { article, ..Analysed::default() }), true));
        state
    }

    /// The addresses that are opened when `keys` are typed; a line break is Enter.
    fn typed(state: &mut State, keys: &str) -> Vec<String> {
        ask(state);
        let key = |c| if c == '\n' { "Enter".to_owned() } else { String::from(c) };
        addresses(keys.chars().flat_map(|c| press(state, key(c).parse().unwrap())).collect())
    }

    fn addresses(effects: Vec<Effect>) -> Vec<String> {
        let address = |effect| match effect {
            Effect::Browse(url) => url,
            other => panic!("{other:?}"),
        };
        effects.into_iter().map(address).collect()
    }

    fn opened(n: u32) -> Vec<String> {
        vec![format!("https://a.example/{n}")]
    }

    #[test]
    fn a_number_opens_its_link_as_soon_as_it_is_the_only_one() {
        assert_eq!(typed(&mut state(2), "2"), opened(2));
        assert_eq!(typed(&mut state(30), "4"), opened(4));
        assert!(typed(&mut state(30), "3").is_empty());
        assert_eq!(typed(&mut state(30), "30"), opened(30));
        assert_eq!(typed(&mut state(30), "3\n"), opened(3));
    }

    #[test]
    fn numbers_that_no_link_has_open_nothing() {
        let mut state = state(2);
        assert!(typed(&mut state, "307").is_empty());
        assert!(matches!(&state.overlay, Overlay::Links(typed) if typed.is_empty()));
        assert!(state.notice.as_ref().is_some_and(|n| n.what.contains("1 to 2")));
        assert!(typed(&mut state, "q").is_empty());
        assert!(matches!(state.overlay, Overlay::None));
    }

    #[test]
    fn all_links_are_listed_with_their_numbers() {
        let mut state = state(3);
        assert!(typed(&mut state, "\n").is_empty());
        let Overlay::Palette(palette) = &state.overlay else { panic!("no list") };
        let shown: Vec<&str> = palette.items.iter().map(|i| &*i.text).collect();
        assert_eq!(shown, ["1  report  https://a.example/1", "2  map  https://a.example/2", "3  https://a.example/3"]);
    }

    #[test]
    fn the_links_of_a_part_of_the_text() {
        let state = state(3);
        let found = |from, to| state.open.as_ref().unwrap().links_in(Span::new(from, to)).map(|(n, _)| n).collect::<Vec<_>>();
        assert_eq!((found(0, 33), found(0, 10), found(15, 33), found(27, 33)), (vec![1, 2], vec![1], vec![2], vec![]));
    }

    #[test]
    fn an_article_without_links_says_so() {
        let mut state = state(0);
        assert!(super::super::act::act(&mut state, Action::Links).is_empty());
        assert_eq!(state.notice.take().unwrap().what, "This article has no links");
    }
}
