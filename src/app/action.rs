//! The one table of actions: keymap, help, palette and foot line are all made from it.

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

const fn row(action: Action, name: &'static str, label: &'static str, help: &'static str) -> ActionInfo {
    ActionInfo { action, name, label, help }
}

/// All actions in the order in which the help lists them.
pub const ACTIONS: &[ActionInfo] = &[
    row(Action::Down, "down", "down", "Scroll the text, or move down the list"),
    row(Action::Up, "up", "up", "Scroll the text, or move up the list"),
    row(
        Action::Left,
        "left",
        "left",
        "One step out: from the text to the list, from there to the tree and its folders; the map to the left",
    ),
    row(Action::Right, "right", "right", "One step in: from the tree to the list, from there to the article; the map to the right"),
    row(Action::HalfPageDown, "half-page-down", "half page", "Half a page down"),
    row(Action::HalfPageUp, "half-page-up", "half page up", "Half a page up"),
    row(Action::PageDown, "page-down", "page", "A page down"),
    row(Action::PageUp, "page-up", "page up", "A page up"),
    row(Action::Top, "top", "top", "To the beginning"),
    row(Action::Bottom, "bottom", "end", "To the end"),
    row(
        Action::Select,
        "select",
        "go there",
        "Go to what the cursor is on: an article, a clause, a quotation; on a name: its card, whose first line is the first mention",
    ),
    row(
        Action::NextMatch,
        "next-match",
        "next mention",
        "Next mention of the chosen name, or next hit of the search; on into the other articles",
    ),
    row(Action::PreviousMatch, "previous-match", "previous mention", "Previous mention or hit"),
    row(Action::NextName, "next-name", "next name", "To the next name in the text"),
    row(Action::PreviousName, "previous-name", "previous name", "To the previous name in the text"),
    row(Action::NextMoment, "next-moment", "next moment", "To the next moment in the text"),
    row(Action::PreviousMoment, "previous-moment", "previous moment", "To the previous moment in the text"),
    row(Action::NextKind, "next-kind", "next kind", "To the next kind of names: people, organisations, places, others"),
    row(
        Action::Card,
        "card",
        "card",
        "The card of the chosen name: forms, roles, what they said, their moments and company; Enter on a line goes there",
    ),
    row(
        Action::Why,
        "why",
        "why",
        "Say why the mention under the cursor belongs to its name, or a quotation to its speaker; in a list by story what the copies of an article do not share",
    ),
    row(
        Action::Split,
        "split",
        "split off",
        "Split: the mention under the cursor is somebody else's; on a page: the selected name stands for itself",
    ),
    row(
        Action::SplitOnward,
        "split-onward",
        "split from here on",
        "Split: this mention and all later ones of the name are somebody else's; on a page: in the selected article, source, story or company, or in the time under the bar's cursor, the name is somebody else's",
    ),
    row(Action::Merge, "merge", "join with", "Join: the chosen name, or on a page its entity, is one with another, which you then choose"),
    row(Action::Undo, "undo", "undo", "Take back what was done last: a mark, a correction, a choice"),
    row(Action::Hints, "hints", "jump to a name", "Show a letter beside every name, moment and quotation; type it to jump"),
    row(Action::Links, "links", "open a link", "Type a link's number to open it in the browser; Enter lists all links"),
    row(Action::Back, "back", "back", "Back to where the last jump began"),
    row(Action::Forward, "forward", "forward", "Forward again after going back"),
    row(Action::Find, "find", "search", "Search in the text while typing; in the library ask it"),
    row(Action::Palette, "palette", "find anything", "Find articles, people, places, moments and commands by a few letters"),
    row(Action::NextArticle, "next-article", "next article", "Open the next article"),
    row(Action::PreviousArticle, "previous-article", "previous article", "Open the previous article"),
    row(Action::NextPane, "next-pane", "next pane", "To the next pane"),
    row(Action::PreviousPane, "previous-pane", "previous pane", "To the previous pane"),
    row(Action::Pane1, "pane-1", "articles", "To the list of articles"),
    row(Action::Pane2, "pane-2", "text", "To the text"),
    row(Action::Pane3, "pane-3", "who and where", "To people, organisations and places"),
    row(Action::Pane4, "pane-4", "timeline", "To the timeline"),
    row(Action::Pane5, "pane-5", "quotations", "To the quotations"),
    row(Action::Pane6, "pane-6", "map", "To the map"),
    row(Action::Map, "map", "map", "The map on the whole screen, or back to the text; on a page: its graph, its map, its rows"),
    row(Action::NextPlace, "next-place", "next place", "To the next place on the map, the most mentioned first"),
    row(Action::PreviousPlace, "previous-place", "previous place", "To the previous place on the map"),
    row(Action::Fit, "fit", "all places", "Show all places on the map"),
    row(Action::MapScope, "map-scope", "whose places", "The places of the article, of the sentences with the chosen name, of all articles"),
    row(Action::MapList, "map-list", "list", "The map as a list of places by continent and country, or as a picture"),
    row(Action::Browse, "browse", "in the browser", "Open the chosen place on a map in the browser"),
    row(
        Action::CorrectPlace,
        "correct-place",
        "another place",
        "Say which place the chosen name means, here and in all articles of the source",
    ),
    row(Action::Zoom, "zoom", "whole screen", "Give the pane in focus the whole screen, or take it back"),
    row(
        Action::AllMoments,
        "all-moments",
        "all moments",
        "The timeline of all articles on the whole screen, or back; in the library that of the list or page",
    ),
    row(Action::ZoomIn, "zoom-in", "closer", "The map nearer; finer units of the calendar, down to hours"),
    row(
        Action::ZoomOut,
        "zoom-out",
        "farther",
        "The map farther away; coarser units of the calendar, up to centuries: what lies in one is one row",
    ),
    row(
        Action::Order,
        "order",
        "order",
        "The timeline in order of the text, or of the calendar again; a list of the library with the oldest first, or the newest",
    ),
    row(
        Action::Filter,
        "filter",
        "one name",
        "The timeline with the chosen name's moments alone, or with all again; a list of the library with the unread alone, or with all",
    ),
    row(Action::Drawer, "drawer", "undated", "Open or close the drawer with what is vague or has no date"),
    row(
        Action::Unfold,
        "unfold",
        "unfold",
        "List what each article tells of a moment that several share; in a list by story the copies of an article; elsewhere in a list its page in the browser",
    ),
    row(Action::Bookmark, "bookmark", "keep this place", "Keep this place under a letter, which you then type"),
    row(Action::ToBookmark, "to-bookmark", "to a kept place", "Back to the place under a letter, in whatever article it is"),
    row(Action::OpenPage, "open-page", "in the browser", "Open the article's own page in the browser"),
    row(
        Action::LookUp,
        "look-up",
        "look up",
        "Look the chosen name up in the browser, or the word that was searched for; lookup-url says where",
    ),
    row(Action::CopyLink, "copy-link", "copy link", "Copy the article's address"),
    row(
        Action::CopyQuotation,
        "copy-quotation",
        "copy quotation",
        "Copy the quotation at the cursor, or the sentence that is read, with its source",
    ),
    row(Action::CopyCitation, "copy-citation", "copy citation", "Copy the article's title, link, paper and day as Markdown"),
    row(Action::CopyBibtex, "copy-bibtex", "copy BibTeX", "Copy the article's entry for BibTeX"),
    row(Action::CopyText, "copy-text", "copy text", "Copy the whole article as plain text"),
    row(Action::SaveText, "save-text", "save text", "Save the article as plain text in the folder that save-folder names"),
    row(Action::SaveMarkdown, "save-markdown", "save Markdown", "Save the article as Markdown"),
    row(Action::SaveHtml, "save-html", "save page", "Save the article as a page"),
    row(Action::Print, "print", "print", "Print the article as plain text, by print-command"),
    row(Action::Share, "share", "share", "Give the article on to somebody, by share-command"),
    row(Action::Zen, "zen", "text alone", "The text alone on the screen, or everything again"),
    row(Action::ScrollFaster, "scroll-faster", "scroll by itself", "Let the text scroll by itself; again for a faster pace; Esc stops it"),
    row(Action::ScrollSlower, "scroll-slower", "slower", "Let the text that scrolls by itself go slower, down to a stop"),
    row(Action::Wider, "wider", "longer lines", "Longer lines of text"),
    row(Action::Narrower, "narrower", "shorter lines", "Shorter lines of text"),
    row(
        Action::GrowPane,
        "grow-pane",
        "widen the pane",
        "More columns for the pane in focus; the lines between panes can be drawn with the mouse too",
    ),
    row(Action::ShrinkPane, "shrink-pane", "narrow the pane", "Fewer columns for the pane in focus"),
    row(Action::NextTheme, "next-theme", "next theme", "Show everything in the next theme"),
    row(Action::ToggleMarks, "toggle-marks", "marks", "Show or hide the marks on names, moments and quotations"),
    row(Action::SetDate, "set-date", "set the date", "Say when the article was published, so that \"Monday\" has a date"),
    row(
        Action::FetchWhole,
        "fetch-whole",
        "whole article",
        "Fetch the article's page from the web, where a feed told only its beginning; Esc stops it",
    ),
    row(Action::Pictures, "pictures", "pictures", "The article's pictures, as large as they go, one after the other"),
    row(Action::NextUnread, "next-unread", "next unread", "Open the next unread article of the list"),
    row(Action::ToggleRead, "toggle-read", "read, unread", "Mark the article read, or unread again"),
    row(Action::ToggleStar, "toggle-star", "star", "Give the article a star, or take it away"),
    row(Action::Tag, "tag", "tag", "Give the article tags; one with a minus is taken away"),
    row(Action::MarkAllRead, "mark-all-read", "all read", "Mark all of the list read"),
    row(Action::MarkAboveRead, "mark-above-read", "above read", "Mark what stands above in the list read"),
    row(Action::MarkBelowRead, "mark-below-read", "below read", "Mark what stands below in the list read"),
    row(Action::MarkOldRead, "mark-old-read", "old read", "Mark what is older than some days read"),
    row(Action::TakeIn, "take-in", "take in", "Take new articles, which wait in the pane's title, into the list"),
    row(Action::Refresh, "refresh", "refresh", "Look at the chosen feed, or at all of the chosen folder, for what is new; Esc stops"),
    row(Action::RefreshAll, "refresh-all", "refresh all", "Look at all feeds for what is new; Esc stops"),
    row(Action::Query, "query", "ask", "Ask the library: who:… where:… when:… said:… and words; Tab completes"),
    row(Action::SaveSearch, "save-search", "keep the search", "Keep the query under a name in the tree"),
    row(Action::Group, "group", "group", "The list by day, by source, by person, by place, by story"),
    row(Action::Add, "add", "add a feed", "Add a feed by the address of it or of its page, or a folder of files"),
    row(
        Action::Import,
        "import",
        "import feeds",
        "Take over the feeds of newsboat, newsraft or eilmeldung, with what was read, or a list in OPML",
    ),
    row(Action::Remove, "remove", "remove", "Remove the chosen feed or saved search"),
    row(
        Action::FeedCard,
        "feed-card",
        "the feed",
        "The chosen feed: name, folder, tags, full text, how long articles are kept, what went wrong",
    ),
    row(Action::Page, "page", "page", "All that the library knows of the chosen name: roles, words, moments, company, places, articles"),
    row(Action::Pages, "pages", "last page", "The page that was on the screen last"),
    row(Action::Stories, "stories", "stories", "The stories of these days, those of most sources first"),
    row(Action::Rising, "rising", "who rises", "Who and what is named more than usual"),
    row(Action::Followed, "followed", "followed", "What is followed, with its new articles"),
    row(
        Action::Follow,
        "follow",
        "follow",
        "On a page: follow whom it is of; again: announce what is new; again: no longer. In the list of a saved search: follow that",
    ),
    row(Action::Rename, "rename", "call it", "On a page: call whom it is of otherwise, on all pages and lists"),
    row(
        Action::Decisions,
        "decisions",
        "decisions",
        "What you decided about who is who in all articles; Enter takes one back, or lets it hold again",
    ),
    row(
        Action::Export,
        "export",
        "write",
        "Write the page, the timeline or the list into a file: Markdown, JSON, CSV, GeoJSON, iCalendar or GraphML",
    ),
    row(Action::Help, "help", "help", "The keys of this pane"),
    row(Action::Cancel, "cancel", "close", "Close what lies on top; give up the whole screen; drop the chosen name or search"),
    row(Action::Redraw, "redraw", "redraw", "Draw the screen anew"),
    row(Action::Suspend, "suspend", "to the shell", "Back to the shell; `fg` returns"),
    row(Action::Quit, "quit", "quit", "Leave dateline"),
];

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
        static MISSING: ActionInfo = row(Action::Cancel, "", "", "");
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
