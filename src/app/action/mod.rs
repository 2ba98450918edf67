//! The one table of actions: keymap, help, palette and foot line are all made from it.

mod table;

pub use table::ACTIONS;

use crate::locale;

/// Something that a reader can ask for by a key or through the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Move down in the pane in focus.
    Down,
    /// Move up.
    Up,
    /// Move left.
    Left,
    /// Move right.
    Right,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the beginning.
    Top,
    /// To the end.
    Bottom,
    /// Go to what the cursor is on.
    Select,
    /// The next mention or hit.
    NextMatch,
    /// The previous mention or hit.
    PreviousMatch,
    /// The next name in the text.
    NextName,
    /// The previous name in the text.
    PreviousName,
    /// The next moment in the text.
    NextMoment,
    /// The previous moment in the text.
    PreviousMoment,
    /// The next kind of names in the list.
    NextKind,
    /// What the article knows of a name.
    Card,
    /// Why a mention was joined to its name.
    Why,
    /// Make a mention somebody else's.
    Split,
    /// Make a mention and all later ones somebody else's.
    SplitOnward,
    /// Make two names one.
    Merge,
    /// Take the last split or merge back.
    Undo,
    /// A letter beside everything that can be jumped to.
    Hints,
    /// The number of a link to open, or all of them.
    Links,
    /// Back to where the last jump began.
    Back,
    /// Forward again.
    Forward,
    /// Search in the text.
    Find,
    /// Find anything by a few letters.
    Palette,
    /// The next article.
    NextArticle,
    /// The previous article.
    PreviousArticle,
    /// The next pane.
    NextPane,
    /// The previous pane.
    PreviousPane,
    /// The list of articles.
    Pane1,
    /// The text.
    Pane2,
    /// People, organisations and places.
    Pane3,
    /// The timeline.
    Pane4,
    /// Quotations.
    Pane5,
    /// The map.
    Pane6,
    /// The map on the whole screen, or back to the text.
    Map,
    /// The next place on the map.
    NextPlace,
    /// The previous place on the map.
    PreviousPlace,
    /// All places on the map.
    Fit,
    /// The places of the article, of the chosen name, of all articles.
    MapScope,
    /// The map as a list, or as a picture.
    MapList,
    /// The chosen place on a map of the web.
    Browse,
    /// Say which place a name means.
    CorrectPlace,
    /// The whole screen for the pane in focus, or back.
    Zoom,
    /// The moments of all articles on the whole screen, or back.
    AllMoments,
    /// Finer units of the calendar.
    ZoomIn,
    /// Coarser units of the calendar.
    ZoomOut,
    /// The timeline in order of the calendar or of the text.
    Order,
    /// The moments of one name alone, or all.
    Filter,
    /// The moments without a date, listed or not.
    Drawer,
    /// What the single articles tell of a moment.
    Unfold,
    /// Keep this place under a letter.
    Bookmark,
    /// Back to the place under a letter.
    ToBookmark,
    /// The article's own page in the browser.
    OpenPage,
    /// The chosen name in a work of reference on the web.
    LookUp,
    /// Copy the address.
    CopyLink,
    /// Copy the words at the cursor with their source.
    CopyQuotation,
    /// Copy the article's source as Markdown.
    CopyCitation,
    /// Copy the article's source as BibTeX.
    CopyBibtex,
    /// Copy the article.
    CopyText,
    /// Save the article as plain text.
    SaveText,
    /// Save the article as Markdown.
    SaveMarkdown,
    /// Save the article as a page.
    SaveHtml,
    /// Print the article.
    Print,
    /// Give the article on to somebody.
    Share,
    /// The text alone on the screen, or everything again.
    Zen,
    /// Text that scrolls by itself, faster.
    ScrollFaster,
    /// Text that scrolls by itself, slower, down to not at all.
    ScrollSlower,
    /// Longer lines.
    Wider,
    /// Shorter lines.
    Narrower,
    /// More columns for the pane in focus.
    GrowPane,
    /// Fewer columns for the pane in focus.
    ShrinkPane,
    /// The next theme.
    NextTheme,
    /// Marks in the text on or off.
    ToggleMarks,
    /// Give the article a publication day.
    SetDate,
    /// Fetch the article's page, where a feed told only its beginning.
    FetchWhole,
    /// Mark the article read, or unread again.
    ToggleRead,
    /// Give the article a star, or take it away.
    ToggleStar,
    /// Give the article tags, or take some away.
    Tag,
    /// Mark all of the list read.
    MarkAllRead,
    /// Mark what stands above in the list read.
    MarkAboveRead,
    /// Mark what stands below in the list read.
    MarkBelowRead,
    /// Mark what is older than some days read.
    MarkOldRead,
    /// The next unread article of the list.
    NextUnread,
    /// Take what is new into the list.
    TakeIn,
    /// Look at the chosen feed for what is new.
    Refresh,
    /// Look at all feeds for what is new.
    RefreshAll,
    /// Ask the library.
    Query,
    /// Keep the query under a name.
    SaveSearch,
    /// What stands together in the list.
    Group,
    /// Add a feed or a folder.
    Add,
    /// Take over what another program holds.
    Import,
    /// Remove a feed or a saved search.
    Remove,
    /// What is known of a feed, to be changed.
    FeedCard,
    /// All that the library knows of a name.
    Page,
    /// The page that was on the screen last.
    Pages,
    /// What is told these days.
    Stories,
    /// Who and what is named more than usual.
    Rising,
    /// What is followed.
    Followed,
    /// Follow whom the page is of.
    Follow,
    /// Call whom the page is of otherwise.
    Rename,
    /// What was decided about who is who.
    Decisions,
    /// Write what is looked at into a file.
    Export,
    /// The pictures of the article, as large as they go.
    Pictures,
    /// The keys.
    Help,
    /// Close what is open on top, or drop the trail.
    Cancel,
    /// Draw the screen anew.
    Redraw,
    /// Back to the shell for a while.
    Suspend,
    /// Leave.
    Quit,
}

/// How an action is called and explained.
#[derive(Debug)]
pub struct ActionInfo {
    /// The action.
    pub action: Action,
    /// Its name in `keymap.toml`.
    pub name: &'static str,
    /// Two or three words for the foot line, in English.
    pub label: &'static str,
    /// A sentence for the help, in English.
    pub help: &'static str,
}

impl ActionInfo {
    /// The words for the foot line in the reader's language.
    #[must_use]
    pub fn label(&self) -> &'static str {
        locale::text(self.label)
    }

    /// The sentence for the help in the reader's language.
    #[must_use]
    pub fn help(&self) -> &'static str {
        locale::text(self.help)
    }
}

impl Action {
    /// True for what a count before it repeats.
    #[must_use]
    pub fn repeats(self) -> bool {
        use Action::{
            Back, Down, Forward, GrowPane, HalfPageDown, HalfPageUp, Left, Narrower, NextArticle, NextKind, NextMatch, NextMoment,
            NextName, NextPane, NextPlace, PageDown, PageUp, PreviousArticle, PreviousMatch, PreviousMoment, PreviousName, PreviousPane,
            PreviousPlace, Right, ScrollFaster, ScrollSlower, ShrinkPane, Undo, Up, Wider, ZoomIn, ZoomOut,
        };
        let moves =
            matches!(self, Down | Up | Left | Right | HalfPageDown | HalfPageUp | PageDown | PageUp | ZoomIn | ZoomOut | Back | Forward);
        let next = matches!(
            self,
            NextMatch | NextName | NextMoment | NextKind | NextArticle | NextPane | NextPlace | ScrollFaster | Wider | GrowPane
        );
        let previous = matches!(self, PreviousMatch | PreviousName | PreviousMoment | PreviousArticle | PreviousPane | PreviousPlace);
        moves || next || previous || matches!(self, ScrollSlower | Narrower | ShrinkPane | Undo)
    }

    /// The action that `keymap.toml` calls `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        ACTIONS.iter().find(|row| row.name == name).map(|row| row.action)
    }

    /// The action's row in [`ACTIONS`].
    #[must_use]
    pub fn info(self) -> &'static ActionInfo {
        static MISSING: ActionInfo = table::row(Action::Cancel, "", "", "");
        ACTIONS.iter().find(|row| row.action == self).unwrap_or(&MISSING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_lead_back() {
        let names: HashSet<_> = ACTIONS.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), ACTIONS.len());
        for row in ACTIONS {
            assert_eq!(Action::named(row.name), Some(row.action));
            assert_eq!(row.action.info().name, row.name);
        }
    }
}
