//! What a session leaves for the next one over the same articles: where the reader was, where they had been, and how the screen was set up.
//!
//! Articles are named by where they come from, because their numbers hold for one session only.

use super::effect::{Effect, Origin};
use super::jumps::JumpPoint;
use super::library::ArticleId;
use super::looks::Split;
use super::shelf::StoredKey;
use super::state::{Arrival, Pane, State};
use super::travel;
use crate::config::Config;
use crate::text::Place;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A place in an article that another session can find again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// Where the article comes from.
    pub source: String,
    /// Byte offset of the first row on the screen.
    pub top: u32,
    /// Byte offset of the mark under the cursor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<u32>,
}

/// What is kept of a session. All of it may be missing: a newer program may have written it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Where the reader was.
    pub here: Option<Spot>,
    /// Where the reader had been, the newest last.
    pub jumps: Vec<Spot>,
    /// Places under letters.
    pub kept: BTreeMap<char, Spot>,
    /// The number of the pane in focus, from 1.
    pub pane: Option<u8>,
    /// The numbers of the panes that stood before those that share their places: on the right, and below there.
    pub shown: Option<(u8, u8)>,
    /// Columns of the list and of the right side, and the share of its upper pane.
    pub widths: (Option<u16>, Option<u16>, Option<u16>),
    /// The longest line in columns.
    pub measure: Option<u16>,
    /// The library, where that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shelf: Option<super::shelf::Kept>,
}

/// What of a session is still to be taken up, once its articles are listed.
#[derive(Clone, Debug, Default)]
pub(super) struct Resumed {
    here: Option<Spot>,
    jumps: Vec<Spot>,
    kept: BTreeMap<char, Spot>,
}

fn number(pane: Pane) -> u8 {
    Pane::ALL.iter().position(|p| *p == pane).and_then(|n| u8::try_from(n + 1).ok()).unwrap_or(1)
}

fn pane(number: u8) -> Option<Pane> {
    usize::from(number).checked_sub(1).and_then(|n| Pane::ALL.get(n)).copied()
}

impl State {
    /// What this session leaves for the next one.
    #[must_use]
    pub fn session(&self) -> Session {
        let spot = |point: JumpPoint| {
            let source = self.library.entry(point.article)?.origin.name();
            Some(Spot { source, top: point.top, cursor: point.cursor })
        };
        let Split { list, side, upper } = self.view.split;
        Session {
            here: self.here().and_then(spot),
            jumps: self.jumps.behind().iter().copied().filter_map(spot).collect(),
            kept: self.jumps.letters().filter_map(|(letter, point)| Some((letter, spot(point)?))).collect(),
            pane: Some(number(self.focus)),
            shown: Some((number(self.view.right), number(self.view.lower))),
            widths: (list, side, upper),
            measure: self.view.measure,
            shelf: self.view.shelf.as_ref().map(super::shelf::Kept::of),
        }
    }

    /// A reader who opens the library where an earlier session ended, and the effects that bring its list and the article in.
    #[must_use]
    pub fn resumed_library(config: Config, mut session: Session) -> (Self, Vec<Effect>) {
        let (mut state, mut effects) = Self::with_library(config);
        if let Some(kept) = session.shelf.take() {
            effects = kept.resume(&mut state);
        }
        let here = session.here.take();
        let (jumps, letters) = (std::mem::take(&mut session.jumps), std::mem::take(&mut session.kept));
        let focus = session.pane.and_then(pane);
        state.resume(session);
        for spot in jumps.iter().chain(letters.values()) {
            stored(&mut state, spot);
        }
        take_places(&mut state, &jumps, &letters);
        match here.and_then(|spot| Some((stored(&mut state, &spot)?, spot))) {
            Some((id, spot)) => effects.extend(travel::open(&mut state, id, Arrival::Point(point(&spot, id)))),
            // Without an article there is nothing to be seen beside the list.
            None => state.focus = Pane::Articles,
        }
        if state.arriving().is_some() {
            state.focus = focus.unwrap_or(Pane::Articles);
        }
        (state, effects)
    }

    /// Takes up an earlier session: the screen at once, articles as soon as they are listed.
    pub fn resume(&mut self, session: Session) {
        let (list, side, upper) = session.widths;
        self.view.split = Split { list, side, upper };
        self.view.measure = session.measure.map(|m| m.clamp(20, 200));
        if let Some((right, lower)) = session.shown {
            self.view.right = pane(right).unwrap_or(self.view.right);
            self.view.lower = pane(lower).filter(|p| matches!(p, Pane::Timeline | Pane::Quotations | Pane::Map)).unwrap_or(self.view.lower);
        }
        if let Some(pane) = session.pane.and_then(pane) {
            self.focus = pane;
        }
        self.jumps.resumed = Resumed { here: session.here, jumps: session.jumps, kept: session.kept };
    }
}

fn point(spot: &Spot, article: ArticleId) -> JumpPoint {
    // No measure is that long: the row is found by its words.
    JumpPoint { article, top: spot.top, place: Place::default(), measure: usize::MAX, cursor: spot.cursor }
}

/// The entry of an article of the library, made where there is none; `None` for what is no such article.
fn stored(state: &mut State, spot: &Spot) -> Option<ArticleId> {
    let key = StoredKey(spot.source.strip_prefix("library#")?.parse().ok()?);
    Some(state.library.stored(key).unwrap_or_else(|| state.library.add(Origin::Stored(key), None)))
}

/// More articles are listed, perhaps all: goes to where the reader was as soon as that article is there, unless the reader has gone elsewhere.
pub(super) fn listed(state: &mut State, from: usize, done: bool) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(spot) = state.jumps.resumed.here.clone() {
        let entries = state.library.entries();
        let at = entries.iter().skip(from).position(|e| e.origin.name() == spot.source).map(|n| n + from);
        if let Some(id) = at.and_then(|n| u32::try_from(n).ok()).map(ArticleId) {
            state.jumps.resumed.here = None;
            if state.open.as_ref().is_none_or(|o| o.at_start()) {
                effects = travel::open(state, id, Arrival::Point(point(&spot, id)));
            }
        }
    }
    if done {
        let Resumed { jumps, kept, .. } = std::mem::take(&mut state.jumps.resumed);
        take_places(state, &jumps, &kept);
    }
    effects
}

/// Takes up the places of an earlier session whose articles are here.
fn take_places(state: &mut State, jumps: &[Spot], kept: &BTreeMap<char, Spot>) {
    if jumps.is_empty() && kept.is_empty() {
        return;
    }
    let entries = (0..).map(ArticleId).zip(state.library.entries());
    let ids: HashMap<String, ArticleId> = entries.map(|(id, entry)| (entry.origin.name(), id)).collect();
    let found = |spot: &Spot| ids.get(&spot.source).map(|id| point(spot, *id));
    state.jumps.before(jumps.iter().filter_map(found).collect());
    for (letter, spot) in kept {
        if let Some(point) = found(spot)
            && state.jumps.kept(*letter).is_none()
        {
            state.jumps.keep(*letter, point);
        }
    }
}
