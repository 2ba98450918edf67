//! The tree of what can be listed: all, unread and starred articles, saved searches, folders and feeds.

use super::ask::Shelved;
use super::holdings::{FeedLine, Holdings};
use crate::app::Cursor;
use crate::locale::tr;
use std::collections::HashSet;
use std::sync::Arc;

/// A line of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it lists.
    pub of: Shelved,
    /// What it is called.
    pub label: Arc<str>,
    /// Steps from the left edge.
    pub depth: u16,
    /// What kind of line it is.
    pub kind: NodeKind,
    /// Articles.
    pub articles: u64,
    /// Those not yet read.
    pub unread: u64,
    /// True where something is wrong with it, or with a feed inside.
    pub trouble: bool,
}

/// What a line of the tree stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// All, unread or starred articles.
    Whole,
    /// A saved search.
    Search,
    /// Something that is followed.
    Watch,
    /// A folder of feeds; `true` where what is inside is shown.
    Folder(bool),
    /// A feed.
    Feed,
}

/// The tree, as far as it is unfolded.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// What is in the library.
    pub holdings: Arc<Holdings>,
    /// The lines.
    pub nodes: Vec<Node>,
    /// The selected line.
    pub cursor: Cursor,
    folded: HashSet<Arc<str>>,
}

impl Tree {
    /// Takes in what is in the library now; the selection stays where it is.
    pub(super) fn take(&mut self, holdings: Arc<Holdings>) {
        self.holdings = holdings;
        self.rebuild();
    }

    /// The selected line.
    #[must_use]
    pub fn selected(&self) -> Option<&Node> {
        self.nodes.get(self.cursor.selected)
    }

    /// The feed of the selected line.
    #[must_use]
    pub fn feed(&self) -> Option<&FeedLine> {
        self.selected().and_then(|n| self.feed_of(&n.of))
    }

    /// The feed that a list is of.
    #[must_use]
    pub fn feed_of(&self, of: &Shelved) -> Option<&FeedLine> {
        let Shelved::Feed(id) = of else { return None };
        self.holdings.feeds.iter().find(|f| f.id == *id)
    }

    /// What a list is called.
    #[must_use]
    pub fn label(&self, of: &Shelved) -> Arc<str> {
        let saved = |text: &Arc<str>| self.holdings.searches.iter().find(|s| *s.query == **text).map(|s| Arc::from(s.name.as_str()));
        match of {
            Shelved::All => tr!("All").into(),
            Shelved::Unread => tr!("Unread").into(),
            Shelved::Starred => tr!("Starred").into(),
            Shelved::Feed(_) => self.feed_of(of).map_or_else(|| tr!("a feed").into(), |f| f.shown.as_str().into()),
            Shelved::Folder(path) => Arc::clone(path),
            Shelved::Watch(id) => {
                let watch = self.holdings.watches.iter().find(|w| w.id == *id);
                watch.map_or_else(|| tr!("followed").into(), |w| w.name.as_str().into())
            }
            Shelved::Part(part) => Arc::clone(&part.name),
            Shelved::Query(text) => saved(text).unwrap_or_else(|| Arc::clone(text)),
        }
    }

    /// Selects the line of a list, where it is shown.
    pub(super) fn go(&mut self, of: &Shelved) {
        if let Some(at) = self.nodes.iter().position(|n| n.of == *of) {
            self.cursor.select(at, self.nodes.len());
        }
    }

    /// Folds or unfolds the selected folder; true where that changed something.
    pub(super) fn fold(&mut self, open: bool) -> bool {
        let Some(Node { of: Shelved::Folder(path), kind: NodeKind::Folder(is), .. }) = self.selected() else { return false };
        if *is == open {
            return false;
        }
        let path = Arc::clone(path);
        if open {
            self.folded.remove(&path);
        } else {
            self.folded.insert(path);
        }
        self.rebuild();
        true
    }

    /// Goes from a feed or folder to the folder that it lies in; true where there is one.
    pub(super) fn up(&mut self) -> bool {
        let Some(depth) = self.selected().map(|n| n.depth).filter(|d| *d > 0) else { return false };
        let above = self.nodes[..self.cursor.selected].iter().rposition(|n| n.depth < depth);
        if let Some(at) = above {
            self.cursor.select(at, self.nodes.len());
        }
        above.is_some()
    }

    fn rebuild(&mut self) {
        let kept = self.selected().map(|n| n.of.clone());
        self.nodes = whole(&self.holdings);
        self.nodes.extend(self.holdings.watches.iter().map(|w| Node {
            of: Shelved::Watch(w.id),
            label: w.name.as_str().into(),
            depth: 0,
            kind: NodeKind::Watch,
            articles: w.new,
            unread: w.new,
            trouble: false,
        }));
        self.nodes.extend(self.holdings.searches.iter().map(|s| Node {
            of: Shelved::Query(s.query.as_str().into()),
            label: s.name.as_str().into(),
            depth: 0,
            kind: NodeKind::Search,
            articles: s.articles,
            unread: s.unread,
            trouble: false,
        }));
        self.feeds();
        match kept {
            Some(of) if self.nodes.iter().any(|n| n.of == of) => self.go(&of),
            _ => self.cursor.select(self.cursor.selected, self.nodes.len()),
        }
    }

    /// Folders with what is inside, in the order of the alphabet; feeds without a folder last.
    fn feeds(&mut self) {
        let holdings = Arc::clone(&self.holdings);
        let (outside, mut inside): (Vec<_>, Vec<_>) = holdings.feeds.iter().partition(|f| f.choice.folder.is_empty());
        // So that what lies in a folder comes before another one whose name only begins with its name.
        inside.sort_by_cached_key(|f| (f.choice.folder.to_lowercase().replace('/', "\0"), f.choice.folder.clone()));
        // The folders around the feed, each with its line where that is shown.
        let mut around: Vec<(&str, Option<usize>)> = Vec::new();
        for feed in inside {
            let path = feed.choice.folder.as_str();
            while around.last().is_some_and(|(last, _)| !lies_in(path, last)) {
                around.pop();
            }
            for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
                if around.last().map_or(0, |(last, _)| last.len()) < end {
                    let shown = self.is_open(&around).then(|| self.folder(&path[..end], around.len()));
                    around.push((&path[..end], shown));
                }
            }
            for node in around.iter().filter_map(|(_, line)| *line) {
                let node = &mut self.nodes[node];
                (node.articles, node.unread) = (node.articles + feed.articles, node.unread + feed.unread);
                node.trouble |= feed.trouble.is_some();
            }
            if self.is_open(&around) {
                self.nodes.push(line(feed, around.len()));
            }
        }
        self.nodes.extend(outside.into_iter().map(|feed| line(feed, 0)));
    }

    /// True where what lies in the innermost of these folders is shown.
    fn is_open(&self, around: &[(&str, Option<usize>)]) -> bool {
        around.iter().all(|(path, _)| !self.folded.contains(*path))
    }

    /// Adds the line of a folder; answers its index.
    fn folder(&mut self, path: &str, depth: usize) -> usize {
        self.nodes.push(Node {
            of: Shelved::Folder(path.into()),
            label: path.rsplit('/').next().unwrap_or(path).into(),
            depth: u16::try_from(depth).unwrap_or(u16::MAX),
            kind: NodeKind::Folder(!self.folded.contains(path)),
            articles: 0,
            unread: 0,
            trouble: false,
        });
        self.nodes.len() - 1
    }
}

/// True where a folder is another one or lies inside it.
fn lies_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn whole(holdings: &Holdings) -> Vec<Node> {
    let node = |of, label: &str, articles, unread| Node {
        of,
        label: label.into(),
        depth: 0,
        kind: NodeKind::Whole,
        articles,
        unread,
        trouble: false,
    };
    vec![
        node(Shelved::Unread, tr!("Unread"), holdings.unread, holdings.unread),
        node(Shelved::All, tr!("All"), holdings.articles, 0),
        node(Shelved::Starred, tr!("Starred"), holdings.starred, 0),
    ]
}

fn line(feed: &FeedLine, depth: usize) -> Node {
    Node {
        of: Shelved::Feed(feed.id),
        label: feed.shown.as_str().into(),
        depth: u16::try_from(depth).unwrap_or(u16::MAX),
        kind: NodeKind::Feed,
        articles: feed.articles,
        unread: feed.unread,
        trouble: feed.trouble.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::holdings::{FeedChoice, FeedId};
    use super::*;

    fn feed(id: i64, folder: &str) -> FeedLine {
        let choice = FeedChoice { folder: folder.into(), ..FeedChoice::default() };
        FeedLine { id: FeedId(id), shown: format!("feed {id}"), unread: 1, choice, ..FeedLine::default() }
    }

    fn shown(tree: &Tree) -> Vec<String> {
        tree.nodes[3..].iter().map(|n| format!("{}{} {}", "  ".repeat(n.depth.into()), n.label, n.unread)).collect()
    }

    #[test]
    fn folders_hold_feeds_and_folders_and_can_be_folded() {
        let mut tree = Tree::default();
        let feeds = vec![feed(1, ""), feed(2, "news"), feed(5, "news-old/old"), feed(3, "news/latam"), feed(4, "news/latam")];
        let holdings = Arc::new(Holdings { feeds, ..Holdings::default() });
        tree.take(Arc::clone(&holdings));
        let all =
            ["news 3", "  feed 2 1", "  latam 2", "    feed 3 1", "    feed 4 1", "news-old 1", "  old 1", "    feed 5 1", "feed 1 1"];
        assert_eq!(shown(&tree), all);
        tree.go(&Shelved::Feed(FeedId(3)));
        assert!(tree.up() && tree.up() && !tree.up());
        assert!(tree.fold(false) && !tree.fold(false));
        assert_eq!(shown(&tree), ["news 3", "news-old 1", "  old 1", "    feed 5 1", "feed 1 1"]);
        // New counts leave the selection and what is folded.
        tree.take(holdings);
        assert_eq!(tree.selected().unwrap().label.as_ref(), "news");
        assert!(tree.fold(true));
        assert_eq!(shown(&tree), all);
    }
}
