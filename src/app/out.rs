//! What leaves the program: copied, saved, printed, handed to other programs, looked up in the browser.

use super::act::chosen_entity;
use super::action::Action;
use super::effect::Effect;
use super::open::{MarkKind, Open};
use super::state::{Pane, State};
use super::trail::Trail;
use crate::article::{Quote, QuoteKind};
use crate::config::{Does, Input};
use crate::edition::{self, Values};
use crate::locale::tr;
use crate::notice::Notice;
use crate::text::{Span, clean_line};

/// Bytes that terminals take for their clipboard: xterm, the strictest, takes 100,000 bytes as base64.
const MAX_COPIED: usize = 74_000;

/// Does what an action of this room means.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(open) = &state.open else {
        state.notice = Some(Notice::new(tr!("No article is open")));
        return Vec::new();
    };
    let article = &open.document.article;
    let file = |ending: &str, text: String| {
        let folder = state.config.settings.out.save_folder.clone();
        vec![Effect::Save { folder, name: format!("{}.{ending}", edition::file_name(article)), text }]
    };
    match action {
        Action::CopyLink | Action::OpenPage => link(state, action == Action::CopyLink),
        Action::CopyQuotation => copy(state, tr!("the words at the cursor, with their source"), quotation(state)),
        Action::CopyCitation => copy(state, tr!("the citation"), edition::citation(article)),
        Action::CopyBibtex => copy(state, tr!("the BibTeX entry"), edition::bibtex(article)),
        Action::CopyText => copy(state, tr!("the article"), edition::plain(article)),
        Action::SaveText => file("txt", edition::plain(article)),
        Action::SaveMarkdown => file("md", edition::markdown(article)),
        Action::SaveHtml => file("html", edition::html(article)),
        Action::Print => {
            let program = state.config.settings.out.print.clone();
            start(state, &program, Some(Input::Text), "print-command")
        }
        Action::Share => {
            let program = state.config.settings.out.share.clone();
            start(state, &program, None, "share-command")
        }
        Action::LookUp => look_up(state),
        _ => Vec::new(),
    }
}

/// The article's own page: copied, or opened.
fn link(state: &mut State, copied: bool) -> Vec<Effect> {
    match state.open.as_ref().and_then(|o| o.document.article.url.clone()) {
        Some(url) if copied => copy(state, tr!("the link"), url),
        Some(url) => vec![Effect::Browse(url)],
        None => {
            state.notice = Some(Notice::new(tr!("This article has no address on the web")));
            Vec::new()
        }
    }
}

/// Looks the chosen name up.
fn look_up(state: &mut State) -> Vec<Effect> {
    if name_or_word(state).is_none() {
        state.notice = Some(Notice::new(tr!("No name is chosen to look up")).hint(tr!("] goes to the next name, / finds any word")));
        return Vec::new();
    }
    vec![Effect::Browse(values(state).address(&state.config.settings.out.lookup_url))]
}

/// The chosen name, else what was searched for.
fn name_or_word(state: &State) -> Option<String> {
    let open = state.open.as_ref()?;
    let name = chosen_entity(state).and_then(|id| open.document.found.entities.get(id.0 as usize)).map(|e| e.name.clone());
    name.or_else(|| match &state.trail {
        Some(Trail::Hits { query, .. }) => Some(query.clone()),
        _ => None,
    })
}

/// Runs a command of the reader's.
pub(super) fn run(state: &mut State, does: &Does) -> Vec<Effect> {
    if state.open.is_none() {
        state.notice = Some(Notice::new(tr!("No article is open")));
        return Vec::new();
    }
    match does {
        Does::Keys(_) => Vec::new(),
        Does::Open(template) => vec![Effect::Browse(values(state).address(template))],
        Does::Copy(template) => {
            let text = values(state).fill(template);
            copy(state, tr!("that" in "what was copied"), text)
        }
        Does::Run { program, input } => start(state, program, *input, "run"),
    }
}

fn copy(state: &mut State, what: &str, text: String) -> Vec<Effect> {
    let program = state.config.settings.out.copy.clone();
    if program.is_empty() && text.len() > MAX_COPIED {
        let says = tr!("{size} KiB are more than terminals take to their clipboard", size = text.len() >> 10);
        state.notice = Some(Notice::new(says).hint(tr!("save the article, or set copy-command")));
        return Vec::new();
    }
    state.notice = Some(Notice::new(tr!("Copied {what}", what)));
    if program.is_empty() { vec![Effect::Copy(text)] } else { vec![Effect::Run { program, input: Some(text) }] }
}

/// Starts a program with the article's words in its arguments.
fn start(state: &mut State, program: &[String], input: Option<Input>, setting: &str) -> Vec<Effect> {
    let Some(open) = &state.open else { return Vec::new() };
    let article = &open.document.article;
    let values = values(state);
    let Some((first, others)) = program.split_first() else {
        state.notice = Some(Notice::new(tr!("No program is set for that")).hint(tr!("{setting} in config.toml names one", setting)));
        return Vec::new();
    };
    // An empty argument would be a file without a name to many programs; the program itself is never filled in by an article.
    let mut argv = vec![first.clone()];
    argv.extend(others.iter().map(|part| values.fill(part)));
    let input = input.map(|input| match input {
        Input::Text => edition::plain(article),
        Input::Markdown => edition::markdown(article),
        Input::Html => edition::html(article),
        Input::Quotation => quotation(state),
        Input::Url => article.url.clone().unwrap_or_default(),
    });
    vec![Effect::Run { program: argv, input }]
}

/// What templates are filled in with. None of it begins with a dash, so that no argument becomes an option.
fn values(state: &State) -> Values {
    let Some(open) = &state.open else { return Values::default() };
    let article = &open.document.article;
    let line = |text: Option<String>| clean_line(&text.unwrap_or_default()).trim_start_matches('-').to_owned();
    Values::new(vec![
        ("title", line(Some(article.title.clone()))),
        ("url", line(article.url.clone())),
        ("site", line(article.site.clone())),
        ("byline", line(article.byline.clone())),
        ("date", line(article.published.map(|d| d.to_string()))),
        ("name", line(name_or_word(state))),
        ("quotation", line(words(state, open).map(|(span, _)| span.of(&article.text).to_owned()))),
        ("source", line(Some(article.source.clone()))),
    ])
}

/// The quotation or sentence at the cursor with its source.
fn quotation(state: &State) -> String {
    let Some(open) = &state.open else { return String::new() };
    let (span, quote) = words(state, open).unwrap_or_default();
    let article = &open.document.article;
    // What a writer tells of somebody's words is the writer's.
    let speaker = quote.filter(|q| q.kind != QuoteKind::Indirect).and_then(|q| {
        let named = q.speaker.and_then(|id| open.document.found.entities.get(id.0 as usize)).map(|e| e.name.as_str());
        named.or_else(|| q.speaker_words(&article.text)).filter(|_| !q.is_doubtful())
    });
    edition::quotation(article, span, speaker)
}

/// The words at the cursor: of the selected quotation in their list, else of the quotation under the cursor, else the sentence that is being read.
fn words<'a>(state: &State, open: &'a Open) -> Option<(Span, Option<&'a Quote>)> {
    let found = &open.document.found;
    let eye = open.eye();
    let quote = match (state.focus, open.mark_at(eye).map(|m| m.kind)) {
        (Pane::Quotations, _) => found.quotes.get(state.view.panes.quotations.selected),
        (_, Some(MarkKind::Quotation(n))) => found.quotes.get(n as usize),
        // A name inside of somebody's words stands for them.
        _ => found.quotes.iter().rev().find(|q| open.cursor.is_some() && q.span.contains(eye)),
    };
    let sentence = || {
        let n = found.sentences.partition_point(|s| s.end <= eye);
        found.sentences.get(n).or_else(|| found.sentences.last()).copied()
    };
    quote.map(|q| (q.span, Some(q))).or_else(|| sentence().map(|s| (s, None)))
}
