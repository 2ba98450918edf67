//! The thread that reads: lists and their rows, the tree, completions. A newer question of one kind takes the place of an older one that waits.

use super::analyse::places;
use super::folders::Word;
use super::list::{self, List};
use super::write::{Following, Job};
use super::{Library, Stop, decide, now, opened, page, server, viewed, words};
use crate::app::shelf::{Answer, Ask, FeedId, ListWish, ViewFormat, Viewed, Which};
use crate::app::{Report, Ticket};
use crate::config::ShareRead;
use crate::jobs::{Reporter, browse, file, folder, guarded};
use crate::locale::tr;
use crate::notice::Notice;
use crate::query::{self, Candidates, Field};
use crate::store::{ArticleKey, Feed, FeedKey, Reader, Snapshot, Watched};
use std::mem::discriminant;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// How often another program's changes are looked for.
const LOOK: Duration = Duration::from_secs(2);

/// Changes of our own are shown this often at most.
const PAUSE: Duration = Duration::from_millis(200);

/// Offers of a completion.
const OFFERS: usize = 8;

/// Tags in use that are told.
const TAGS: usize = 500;

/// Something to read.
#[derive(Debug)]
pub(super) enum Look {
    /// What the reader asks.
    Ask(Ask),
    /// Something was written; `true` where the reader waits to see it.
    Changed(bool),
    /// Nobody reads any more.
    End,
}

/// True for what is answered by reading alone, or has to be looked up before it is written.
pub(super) fn reads(ask: &Ask) -> bool {
    let looked_up = |which: &Which| !matches!(which, Which::One(_));
    match ask {
        Ask::List { .. } | Ask::Rows { .. } | Ask::NextUnread { .. } | Ask::Complete { .. } => true,
        Ask::Browse(_) | Ask::Refresh { .. } | Ask::Page { .. } | Ask::Follow(_) | Ask::FollowSearch(_) | Ask::Along { .. } => true,
        Ask::Export { .. } | Ask::Decide(_) | Ask::Candidates(..) | Ask::Why(..) | Ask::Tags(_) => true,
        Ask::Mark { which, .. } => looked_up(which),
        _ => false,
    }
}

/// Where word goes.
pub(super) struct Ways {
    pub(super) writing: Sender<Job>,
    /// The folders that are sources of the library.
    pub(super) watching: Sender<Word>,
}

/// The thread's things.
pub(super) struct Reading {
    library: Library,
    reader: Option<Reader>,
    list: Option<List>,
    ways: Ways,
    /// The folders as they were told last.
    folders: Vec<FeedKey>,
    stop: Stop,
    reporter: Reporter,
    /// Since when something has been written that was not shown.
    changed: Option<Instant>,
    greeted: bool,
}

impl Reading {
    pub(super) fn new(library: Library, ways: Ways, stop: Stop, reporter: Reporter) -> Self {
        Self { library, reader: None, list: None, ways, folders: Vec::new(), stop, reporter, changed: None, greeted: false }
    }

    /// Answers until nobody asks any more.
    pub(super) fn serve(mut self, looks: &Receiver<Look>) {
        loop {
            let wait = self.changed.map_or(LOOK, |since| PAUSE.saturating_sub(since.elapsed()));
            let mut asks = match looks.recv_timeout(wait) {
                Ok(look) => std::iter::once(look).chain(looks.try_iter()).collect(),
                Err(RecvTimeoutError::Timeout) => Vec::new(),
                Err(RecvTimeoutError::Disconnected) => return,
            };
            newest(&mut asks);
            let idle = asks.is_empty();
            for look in asks {
                match look {
                    Look::Ask(ask) => self.answer(ask),
                    Look::Changed(true) => self.show(),
                    Look::End => return,
                    Look::Changed(false) => drop(self.changed.get_or_insert_with(Instant::now)),
                }
            }
            let others = idle && self.reader.as_ref().is_some_and(|r| r.has_changed().unwrap_or(false));
            if others || self.changed.is_some_and(|since| since.elapsed() >= PAUSE) {
                self.show();
            }
        }
    }

    fn tell(&self, answer: Answer) {
        self.reporter.tell(Report::Shelf(answer));
    }

    /// Does `work` with one state of the library; what goes wrong is told.
    fn with(&mut self, work: impl FnOnce(&Snapshot<'_>, &mut Option<List>, &Sender<Job>) -> Result<Vec<Answer>, Notice>) {
        let Self { library, reader, list, ways: Ways { writing, .. }, .. } = self;
        let answers = opened(reader, &library.path).and_then(|reader| {
            let snapshot = reader.snapshot(now())?;
            guarded(|| Ok(work(&snapshot, list, writing))).unwrap_or_else(|fault| Err(Notice::new(fault)))
        });
        match answers {
            Ok(answers) => answers.into_iter().for_each(|answer| self.tell(answer)),
            Err(notice) => self.tell(Answer::Refused { ticket: None, notice }),
        }
    }

    /// Shows what is in the library now, and the rows on the screen as they are now.
    fn show(&mut self) {
        self.changed = None;
        let mut folders = None;
        self.with(|snapshot, list, _| {
            let feeds = snapshot.feeds()?;
            let mut answers = vec![Answer::Holdings(Arc::new(words::holdings(snapshot, &feeds, now())?))];
            folders = Some(feeds.into_iter().filter(folder::is_folder).collect::<Vec<_>>());
            if let Some(list) = list {
                list.mark_followed(snapshot)?;
                let shown = list.shown.clone();
                let (ticket, new) = (list.ticket, list.waiting(snapshot)?);
                let rows = list.rows(snapshot, shown.start, shown.len())?;
                answers.extend([Answer::Rows { list: ticket, from: shown.start, rows }, Answer::Waiting { list: ticket, new }]);
            }
            Ok(answers)
        });
        self.watch(folders.unwrap_or_default());
    }

    /// Has folders watched that were added, and no longer those that were removed.
    fn watch(&mut self, folders: Vec<Feed>) {
        let keys: Vec<FeedKey> = folders.iter().map(|f| f.key).collect();
        if keys != self.folders {
            self.folders = keys;
            drop(self.ways.watching.send(Word::Folders(folders)));
        }
    }

    /// What the reader said in earlier sessions and holds everywhere.
    fn greet(&mut self) {
        self.greeted = true;
        self.with(|snapshot, _, _| {
            let places = places(snapshot)?;
            Ok(if places.is_empty() { Vec::new() } else { vec![Answer::Places(places.into())] })
        });
    }

    fn answer(&mut self, ask: Ask) {
        match ask {
            Ask::List { ticket, wish } => {
                self.with(|snapshot, list, _| {
                    make(snapshot, list, ticket, wish).or_else(|notice| {
                        // A list that cannot be made is an empty one: nobody waits for it.
                        *list = None;
                        let empty = Answer::Listed { list: ticket, total: 0, at: 0, from: 0, rows: Vec::new() };
                        Ok(vec![empty, Answer::Refused { ticket: None, notice }])
                    })
                });
                if !self.greeted {
                    self.show();
                    self.greet();
                }
            }
            Ask::Rows { list: ticket, from, count } => self.with(|snapshot, list, _| {
                let Some(list) = list.as_mut().filter(|l| l.ticket == ticket) else { return Ok(Vec::new()) };
                Ok(vec![Answer::Rows { list: ticket, from, rows: list.rows(snapshot, from, count)? }])
            }),
            Ask::NextUnread { list: ticket, from } => self.with(|snapshot, list, _| next_unread(snapshot, list, ticket, from)),
            Ask::Complete { ticket, text, cursor } => self.with(|snapshot, _, _| {
                Ok(vec![Answer::Completed { ticket, completion: query::complete(&text, cursor, snapshot, OFFERS) }])
            }),
            Ask::Page { ticket, of } => self.with(|snapshot, _, _| {
                let sheet = Box::new(page::sheet(snapshot, &of, now())?);
                Ok(vec![Answer::Page { ticket, sheet }])
            }),
            Ask::Browse(key) => {
                let reporter = self.reporter.clone();
                self.with(move |snapshot, _, _| {
                    let url = snapshot.open(ArticleKey(key.0))?.and_then(|s| s.analysed.article.url);
                    let said = url.map_or_else(|| Notice::new(tr!("This article has no address on the web")), |url| browse::open(&url));
                    reporter.tell(Report::Said(said));
                    Ok(Vec::new())
                });
            }
            Ask::Mark { ticket, which, mark } => self.with(|snapshot, list, writing| {
                let mut keys = match (which, list) {
                    (Which::One(key), _) => vec![ArticleKey(key.0)],
                    (Which::Shared(key, share), _) => viewed::read_with(snapshot, ArticleKey(key.0), share == ShareRead::Copies)?,
                    (Which::Rows(from, to), Some(list)) => list.keys(snapshot, from..to)?,
                    (Which::Older(days), Some(list)) => list.older(snapshot, now() - i64::from(days) * 86_400)?,
                    (_, None) => Vec::new(),
                };
                let unread = list::unread(snapshot)?;
                keys.retain(|key| unread.contains(key.0));
                drop(writing.send(Job::Mark { ticket, keys, mark: words::mark(&mark) }));
                Ok(Vec::new())
            }),
            Ask::Refresh { feeds } => self.refresh(&feeds),
            ask => self.across(ask),
        }
    }

    /// What holds across articles: who is followed, who is who, and views as files.
    fn across(&mut self, ask: Ask) {
        match ask {
            Ask::Along { article, entity, forward } => self.with(|snapshot, _, _| {
                let next = page::along(snapshot, (article, entity), forward)?;
                Ok(vec![Answer::Along { from: article, next, forward }])
            }),
            Ask::Follow(of) => self.with(|snapshot, _, writing| {
                let key = snapshot.subject(page::who(snapshot, &of)?)?;
                follow(snapshot, Watched::Entity(key), snapshot.called(key)?, writing)
            }),
            Ask::FollowSearch(query) => self.with(|snapshot, _, writing| {
                let saved = snapshot.searches()?.into_iter().find(|s| s.query == *query);
                let none = || Notice::new(tr!("This search has no name yet")).hint(tr!("keep it under one first, then it can be followed"));
                let name = saved.ok_or_else(none)?.name;
                follow(snapshot, Watched::Search(name.clone()), name, writing)
            }),
            Ask::Decide(decision) => self.with(|snapshot, _, writing| {
                let (looked, said) = decide::look(snapshot, &decision)?;
                drop(writing.send(Job::Decide(looked, said)));
                Ok(Vec::new())
            }),
            Ask::Candidates(of, name) => {
                self.with(|snapshot, _, _| Ok(vec![Answer::Candidates(decide::candidates(snapshot, &of, &name)?)]));
            }
            Ask::Why(article, entity) => self.with(|snapshot, _, _| {
                let why = decide::why(snapshot, ArticleKey(article.0), entity.0 as usize)?;
                Ok(why.map(Answer::Why).into_iter().collect())
            }),
            Ask::Tags(key) => self.with(|snapshot, _, _| {
                let (has, known) = (snapshot.tags(ArticleKey(key.0))?, snapshot.candidates(Field::Tag, "", TAGS));
                Ok(vec![Answer::Tags { key, has, known }])
            }),
            Ask::Export { of, format, folder, name } => self.export(of, format, (folder, name)),
            _ => {}
        }
    }
}

impl Reading {
    /// Has these feeds looked at, or all: those of the reader's own server by that one.
    fn refresh(&mut self, feeds: &[FeedId]) {
        let (stop, reporter, library) = (self.stop.clone(), self.reporter.clone(), self.library.clone());
        self.with(move |snapshot, _, writing| {
            let all = snapshot.feeds().inspect_err(|_| reporter.tell(Report::Shelf(Answer::Refreshing(None))))?;
            let asked = |f: &Feed| feeds.is_empty() || feeds.iter().any(|id| words::feed_key(*id) == f.key);
            let served: Vec<FeedKey> = snapshot.remote_feeds()?.into_iter().filter_map(|f| f.feed).collect();
            let (served, own): (Vec<Feed>, Vec<Feed>) = all.into_iter().filter(asked).partition(|f| served.contains(&f.key));
            let (folders, web) = own.into_iter().partition(folder::is_folder);
            let server = feeds.is_empty() || !served.is_empty();
            let round = server::Round { web, folders, served, all: !feeds.is_empty(), server };
            server::refresh(round, library, stop, writing.clone(), reporter);
            Ok(Vec::new())
        });
    }
}

impl Reading {
    /// Writes a view into a file of its own and says where that is; on a thread of its own, because a view may hold the whole library.
    fn export(&self, of: Viewed, format: ViewFormat, (folder, name): (String, String)) {
        let (export, reporter, path) = (self.library.export, self.reporter.clone(), self.library.path.clone());
        let work = move || {
            let written = guarded(|| Ok(Reader::open(&path).and_then(|mut r| export(&r.snapshot(now())?, &of, format, now()))));
            reporter.tell(Report::Said(match written.unwrap_or_else(|fault| Err(Notice::new(fault))) {
                Ok(text) => file::save(&folder, &name, &text),
                Err(notice) => notice,
            }));
        };
        if let Err(error) = std::thread::Builder::new().name("export".to_owned()).spawn(work) {
            self.reporter.tell(Report::Said(Notice::new(tr!("The view cannot be written")).because(error)));
        }
    }
}

/// Follows something; announces what is new of it where it is followed already; follows it no longer where that is announced.
fn follow(snapshot: &Snapshot<'_>, what: Watched, name: String, writing: &Sender<Job>) -> Result<Vec<Answer>, Notice> {
    let known = snapshot.watches()?.into_iter().find(|w| w.what == what);
    let next = match known {
        None => Following::On,
        Some(watch) if !watch.announce => Following::Announced,
        Some(watch) => Following::Off(watch.id),
    };
    drop(writing.send(Job::Follow(what, name, next)));
    Ok(Vec::new())
}

/// Of questions that wait, the newest of a kind is answered.
fn newest(asks: &mut Vec<Look>) {
    let replaced = |look: &Look, later: &Look| match (look, later) {
        (Look::Ask(Ask::Mark { .. } | Ask::Refresh { .. } | Ask::Browse(_) | Ask::Page { .. } | Ask::Follow(_) | Ask::Decide(_)), _) => {
            false
        }
        (Look::Ask(Ask::FollowSearch(_) | Ask::Export { .. }), _) => false,
        (Look::Ask(a), Look::Ask(b)) => discriminant(a) == discriminant(b),
        (Look::Changed(a), Look::Changed(b)) => a == b,
        _ => false,
    };
    let mut at = 0;
    while at < asks.len() {
        if asks[at + 1..].iter().any(|later| replaced(&asks[at], later)) {
            asks.remove(at);
        } else {
            at += 1;
        }
    }
}

fn make(snapshot: &Snapshot<'_>, list: &mut Option<List>, ticket: Ticket, wish: ListWish) -> Result<Vec<Answer>, Notice> {
    let (around, count) = (wish.around, wish.rows);
    let made = list.insert(List::new(snapshot, ticket, wish)?);
    let at = around.map(|key| made.position(snapshot, key)).transpose()?.flatten().unwrap_or(0);
    let from = at.saturating_sub(count / 2).min(made.total().saturating_sub(count));
    let rows = made.rows(snapshot, from, count)?;
    Ok(vec![Answer::Listed { list: ticket, total: made.total(), at, from, rows }])
}

fn next_unread(snapshot: &Snapshot<'_>, list: &mut Option<List>, ticket: Ticket, from: usize) -> Result<Vec<Answer>, Notice> {
    let Some(list) = list.as_mut().filter(|l| l.ticket == ticket) else { return Ok(Vec::new()) };
    let unread = list::unread(snapshot)?;
    let next = match list.next(snapshot, from, &unread)? {
        None if from > 0 => list.next(snapshot, 0, &unread)?,
        next => next,
    };
    let row = next.map(|(at, key)| snapshot.row(key).map(|row| row.map(|row| (at, words::row(row, None))))).transpose()?.flatten();
    Ok(vec![Answer::NextUnread { list: ticket, at: row }])
}
