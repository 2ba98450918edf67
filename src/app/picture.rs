//! The pictures of the open article: which ones are wanted now, which one is on its way, and those that have come.

use super::effect::{Effect, Ticket};
use super::open::Open;
use super::state::{Overlay, State};
use crate::article::{Picture, PicturePlace};
use crate::config::{Key, KeyCode, Pictures as Setting};
use crate::locale::tr;
use crate::notice::Notice;
use std::sync::Arc;

/// Pictures that are kept, those on the screen not counted.
const KEPT: usize = 6;

/// A decoded picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Three bytes a pixel (red, green, blue), row by row from the top.
    pub rgb: Vec<u8>,
}

/// What came of a picture: its pixels, or why there are none.
pub type Loaded = Result<Arc<Pixels>, Notice>;

/// How far the picture has come that is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coming {
    /// Its number in the article.
    pub number: u16,
    /// Bytes that have come.
    pub bytes: u64,
    /// Bytes that are expected, where the server said so.
    pub of: Option<u64>,
    ticket: Ticket,
}

/// The pictures of one article, as far as they have been asked for.
#[derive(Debug, Default)]
pub struct Pictures {
    /// By number, the newest last.
    loaded: Vec<(u16, Loaded)>,
    coming: Option<Coming>,
}

impl Pictures {
    /// What came of the picture with this number.
    #[must_use]
    pub fn get(&self, number: u16) -> Option<&Loaded> {
        self.loaded.iter().find(|(n, _)| *n == number).map(|(_, loaded)| loaded)
    }

    /// How far the picture with this number has come, where it is on its way.
    #[must_use]
    pub fn coming(&self, number: u16) -> Option<Coming> {
        self.coming.filter(|c| c.number == number)
    }
}

impl Open {
    /// The picture with this number, counted from 0 in the order of the text.
    #[must_use]
    pub fn picture(&self, number: u16) -> Option<&Picture> {
        self.document.article.pictures.get(usize::from(number))
    }

    /// How many pictures the article has.
    #[must_use]
    pub fn picture_count(&self) -> u16 {
        u16::try_from(self.document.article.pictures.len()).unwrap_or(u16::MAX)
    }

    /// The words that belong to a picture: its caption, else what the page says for those who do not see it.
    #[must_use]
    pub fn picture_words(&self, number: u16) -> &str {
        let article = &self.document.article;
        let Some(picture) = self.picture(number) else { return "" };
        article.caption(picture).map_or(&picture.alt, |span| span.of(&article.text))
    }
}

/// Opens the first picture at or below the top of the screen, else the last one.
pub(super) fn open(state: &mut State) {
    let setting = state.config.settings.pictures;
    let Some(open) = &state.open else { return };
    let seen = open.pictures_on_screen().first().map(|seen| seen.number);
    let pictures = &open.document.article.pictures;
    let below = || pictures.partition_point(|p| p.at < open.top()).min(pictures.len().saturating_sub(1));
    let number = seen.or_else(|| u16::try_from(below()).ok()).unwrap_or(0);
    if pictures.is_empty() {
        state.notice = Some(Notice::new(tr!("This article has no pictures")));
    } else {
        show(state, number, setting);
    }
}

/// Opens a picture, where pictures are not off.
pub(super) fn show(state: &mut State, number: u16, setting: Setting) {
    let off = if !cfg!(feature = "pictures") {
        Some(Notice::new(tr!("This dateline was built without pictures")).hint(tr!("o opens links in the browser")))
    } else if setting == Setting::Off {
        Some(Notice::new(tr!("Pictures are off")).hint(tr!("over ssh, unless config.toml says pictures = \"on-demand\"")))
    } else {
        None
    };
    match off {
        Some(notice) => state.notice = Some(notice),
        None => state.overlay = Overlay::Picture(number),
    }
}

/// A key while a picture lies over the panes.
pub(super) fn press(state: &mut State, key: Key, action: Option<super::Action>) -> Vec<Effect> {
    use super::Action::{Bottom, Browse, Down, Left, NextMatch, NextName, PageDown, PageUp, PreviousMatch, PreviousName, Right, Top, Up};
    let (Overlay::Picture(number), Some(open)) = (&mut state.overlay, &state.open) else { return Vec::new() };
    let last = open.picture_count().saturating_sub(1);
    match (key.code, action) {
        (KeyCode::Right, _) | (_, Some(Down | NextMatch | NextName | PageDown | Right)) => *number = (*number + 1).min(last),
        (KeyCode::Left, _) | (_, Some(Up | PreviousMatch | PreviousName | PageUp | Left)) => *number = number.saturating_sub(1),
        (_, Some(Top)) => *number = 0,
        (_, Some(Bottom)) => *number = last,
        (KeyCode::Char('o'), _) | (_, Some(Browse)) => match open.picture(*number).map(|p| &p.place) {
            Some(PicturePlace::Web(url)) => return vec![Effect::Browse(url.clone())],
            _ => state.notice = Some(Notice::new(tr!("This picture has no address on the web"))),
        },
        _ => state.overlay = Overlay::None,
    }
    Vec::new()
}

/// The numbers of the pictures that are to be seen now, the first one wanted most.
fn wanted(state: &State) -> Vec<u16> {
    match (&state.overlay, &state.open) {
        (Overlay::Picture(number), _) => vec![*number],
        (_, Some(open)) if state.config.settings.pictures == Setting::Always => {
            open.pictures_on_screen().iter().map(|seen| seen.number).collect()
        }
        _ => Vec::new(),
    }
}

/// Asks for the next picture that is to be seen and is not there, and gives up what nobody waits for any longer.
pub(super) fn refresh(state: &mut State) -> Vec<Effect> {
    let wanted = wanted(state);
    let Some(open) = &mut state.open else { return Vec::new() };
    let missing = wanted.iter().copied().find(|n| open.pictures.get(*n).is_none());
    match (missing, open.pictures.coming) {
        (None, None) => Vec::new(),
        (None, Some(_)) => {
            open.pictures.coming = None;
            vec![Effect::StopPicture]
        }
        (Some(number), Some(coming)) if coming.number == number => Vec::new(),
        (Some(number), _) => {
            let document = Arc::clone(&open.document);
            state.ticket.0 += 1;
            let ticket = state.ticket;
            open.pictures.coming = Some(Coming { number, bytes: 0, of: None, ticket });
            vec![Effect::LoadPicture { ticket, document, number }]
        }
    }
}

/// Takes in how far a picture has come.
pub(super) fn progress(state: &mut State, ticket: Ticket, bytes: u64, of: Option<u64>) {
    if let Some(coming) = state.open.as_mut().and_then(|o| o.pictures.coming.as_mut()).filter(|c| c.ticket == ticket) {
        (coming.bytes, coming.of) = (bytes, of);
    }
}

/// Takes in a picture, or why there is none; the ones that nobody looks at make room.
pub(super) fn loaded(state: &mut State, ticket: Ticket, loaded: Loaded) {
    let wanted = wanted(state);
    let Some(pictures) = state.open.as_mut().map(|o| &mut o.pictures) else { return };
    let Some(coming) = pictures.coming.take_if(|c| c.ticket == ticket) else { return };
    pictures.loaded.push((coming.number, loaded));
    let mut over = pictures.loaded.len().saturating_sub(KEPT);
    pictures.loaded.retain(|(n, _)| {
        let goes = over > 0 && !wanted.contains(n);
        over -= usize::from(goes);
        !goes
    });
}
