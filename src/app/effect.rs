//! What the state asks of the world, and what comes back.

use super::library::ArticleId;
use super::palette::PaletteItem;
use super::picture::Loaded;
use super::shelf::{Answer, Ask, Program, StoredKey};
use super::timeline::{Moments, Source, Whole};
use crate::article::{Analysed, Article, Correction, Entity, EntityId, GazetteerPlace, Kind, MentionForm, PlaceCorrection, PlaceId};
use crate::config::Config;
use crate::notice::Notice;
use crate::text::{Span, titled};
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The number of a request. A report that carries an older number than the newest request is dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// Where the bytes of an article are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file that can be read again.
    File(PathBuf),
    /// A pipe or device that can be read once, when somebody writes to it.
    Stream(PathBuf),
    /// Standard input.
    Standard,
    /// An address on the web that the reader gave.
    Web(String),
    /// An article that was read already, as one of several that lay in one file or answer.
    Held(Arc<Article>),
    /// The library on disk.
    Stored(StoredKey),
    /// Bytes that are kept, with the name to show for them.
    Memory {
        /// The name to show.
        name: String,
        /// The bytes.
        bytes: Arc<[u8]>,
    },
}

impl Origin {
    /// What stands for it in lists and messages.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) | Self::Stream(path) => path.display().to_string(),
            Self::Standard => "-".to_owned(),
            Self::Web(url) => url.clone(),
            Self::Held(article) => article.source.clone(),
            Self::Stored(key) => format!("library#{}", key.0),
            Self::Memory { name, .. } => name.clone(),
        }
    }

    /// True for what lies in the library.
    #[must_use]
    pub fn is_stored(&self) -> bool {
        matches!(self, Self::Stored(_))
    }

    /// True for what can be read only once, or is long in coming: it is waited for, not asked for again.
    #[must_use]
    pub fn comes_once(&self) -> bool {
        matches!(self, Self::Stream(_) | Self::Standard | Self::Web(_))
    }
}

/// What the reader has said about the day of publication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Given {
    /// Nothing: the article's own word counts.
    #[default]
    Own,
    /// This day, whatever the article says.
    Day(Date),
    /// That it is not known, whatever the article says.
    Unknown,
}

impl Given {
    /// The day that counts, where the article itself says `own`.
    #[must_use]
    pub fn over(self, own: Option<Date>) -> Option<Date> {
        match self {
            Self::Own => own,
            Self::Day(day) => Some(day),
            Self::Unknown => None,
        }
    }
}

impl From<Option<Date>> for Given {
    fn from(day: Option<Date>) -> Self {
        day.map_or(Self::Unknown, Self::Day)
    }
}

/// An article that is to be read and analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its number.
    pub id: ArticleId,
    /// Its bytes.
    pub origin: Origin,
    /// What the reader has said about its publication day.
    pub given: Given,
    /// What the reader has said about who is who in it.
    pub corrections: Arc<[Correction]>,
    /// What the reader has said about places, in any article.
    pub places: Arc<[PlaceCorrection]>,
}

/// Something to be done outside the state. Each ends in exactly one final [`Report`].
#[derive(Clone, Debug)]
pub enum Effect {
    /// List what can be read under these paths, in batches.
    Scan(Vec<PathBuf>),
    /// Read what [comes once](Origin::comes_once).
    Slurp {
        /// The entry that waits for it.
        id: ArticleId,
        /// Where it comes from.
        origin: Origin,
    },
    /// Fetch the page of an article of which only a part is known; a newer request ends this one.
    FetchWhole {
        /// The article.
        id: ArticleId,
        /// What is known of it, with the address of its page.
        document: Arc<Analysed>,
    },
    /// End the fetching that is under way.
    StopFetching,
    /// Read and analyse one article for reading; the newest request wins.
    Open {
        /// The number of the request.
        ticket: Ticket,
        /// The article.
        wanted: Wanted,
    },
    /// Analyse an article anew, now that the reader has said something about it; the newest request of this and [`Effect::Open`] wins.
    Reanalyse {
        /// The number of the request.
        ticket: Ticket,
        /// The article.
        id: ArticleId,
        /// What is on the screen of it.
        document: Arc<Analysed>,
        /// The publication day that counts, or none.
        published: Option<Date>,
        /// Who is who, in the reader's words.
        corrections: Arc<[Correction]>,
        /// What the reader has said about places, in any article.
        places: Arc<[PlaceCorrection]>,
    },
    /// Read and analyse many articles for the library's index, in the background.
    Index(Vec<Wanted>),
    /// Put the moments of all articles together; the newest request wins.
    Gather {
        /// The number of the request.
        ticket: Ticket,
        /// The articles with their moments.
        sources: Vec<Source>,
        /// The key of the name whose moments alone are wanted.
        filter: Option<u64>,
    },
    /// Search in a text; the newest request wins.
    Find {
        /// The number of the request.
        ticket: Ticket,
        /// The article.
        document: Arc<Analysed>,
        /// What the reader typed.
        query: String,
    },
    /// Order the palette's items by a query; the newest request wins.
    Rank {
        /// The number of the request.
        ticket: Ticket,
        /// What the reader typed.
        query: String,
        /// What can be found.
        items: Arc<[PaletteItem]>,
    },
    /// Look up the places that a name may mean.
    Places {
        /// The number of the request.
        ticket: Ticket,
        /// Whose name it is in the open article.
        entity: EntityId,
        /// The name.
        name: String,
    },
    /// Ask something of the library.
    Shelf(Ask),
    /// Make a library, where there is none yet; it can be asked from then on.
    Begin,
    /// Look for what can be taken over from other programs.
    LookForPrograms,
    /// Read and decode a picture; the newest request wins.
    LoadPicture {
        /// The number of the request.
        ticket: Ticket,
        /// The article.
        document: Arc<Analysed>,
        /// Which of its pictures, from 0.
        number: u16,
    },
    /// Give up the picture that is on its way.
    StopPicture,
    /// Open an address in the reader's browser.
    Browse(String),
    /// Announce a line on the reader's desktop, through the terminal.
    Announce(String),
    /// Announce a line by this program, which has it as its last argument. Nobody has asked for it now: only that it did not work is said.
    AnnounceBy(Vec<String>),
    /// Put a text into the clipboard, through the terminal.
    Copy(String),
    /// Save a text; nothing that is there is overwritten.
    Save {
        /// The folder, as the settings name it.
        folder: String,
        /// The name of the file.
        name: String,
        /// What it holds.
        text: String,
    },
    /// Start a program, without a shell.
    Run {
        /// The program and its arguments.
        program: Vec<String>,
        /// What it gets on its standard input.
        input: Option<String>,
    },
    /// Wake the state after this time; a newer request of the same kind takes the place of an older one.
    Wake(Duration, Alarm),
    /// Look for no more articles under the paths that are being walked.
    StopScan,
    /// Look at the clock in the time zone of this IANA name.
    Clock(&'static str),
    /// Stop the program until the shell wakes it.
    Suspend,
    /// Forget what is on the screen and draw all of it.
    Redraw,
}

/// What the state wants to be woken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// The reader may not know which key comes next: the number of the last one.
    Typing(u32),
    /// The text moves on by itself: the number of the step.
    Pace(u32),
}

impl Alarm {
    /// True where one alarm takes the other's place.
    #[must_use]
    pub fn replaces(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// Word from the world.
#[derive(Clone, Debug)]
pub enum Report {
    /// More entries for the list; after the last batch [`Listing::done`] is set.
    Listed(Listing),
    /// A stream was read to its end, or not.
    Slurped {
        /// The entry that waited.
        id: ArticleId,
        /// Its articles, or bytes that are one; or why there are none.
        origins: Result<Vec<Origin>, String>,
    },
    /// The page of an article came in, or not.
    FetchedWhole {
        /// The article.
        id: ArticleId,
        /// It with all of its text.
        origin: Result<Origin, Notice>,
    },
    /// How far a page has come.
    Fetching {
        /// Bytes that have come.
        bytes: u64,
        /// Bytes that are expected, where the server said so.
        of: Option<u64>,
    },
    /// The text of an article, before anything was found in it. Only for texts so long that the analysis takes its time.
    Text {
        /// The request.
        ticket: Ticket,
        /// The article.
        id: ArticleId,
        /// Its text; nothing found yet.
        document: Arc<Analysed>,
    },
    /// An article to read, or why it cannot be read.
    Opened {
        /// The request.
        ticket: Ticket,
        /// The article.
        id: ArticleId,
        /// The article with everything that was found in it.
        document: Result<Arc<Analysed>, String>,
    },
    /// Some articles for the index.
    Indexed(Vec<(ArticleId, Result<Summary, String>)>),
    /// The timeline of all articles.
    Gathered {
        /// The request.
        ticket: Ticket,
        /// Their moments.
        whole: Arc<Whole>,
    },
    /// Hits of a search, in order of the text.
    Hits {
        /// The request.
        ticket: Ticket,
        /// Where.
        spans: Vec<Span>,
    },
    /// The palette's items that fit, best first, as indices.
    Ranked {
        /// The request.
        ticket: Ticket,
        /// Indices into the items of the request.
        order: Vec<u32>,
    },
    /// The places that a name may mean, the likeliest first: number, name and a note on each.
    Places {
        /// The request.
        ticket: Ticket,
        /// Whose name it is in the open article.
        entity: EntityId,
        /// The name that was asked for.
        name: String,
        /// The places.
        places: Vec<(PlaceId, String, String)>,
    },
    /// How far a picture has come.
    PictureComing {
        /// The request.
        ticket: Ticket,
        /// Bytes that have come.
        bytes: u64,
        /// Bytes that are expected, where the server said so.
        of: Option<u64>,
    },
    /// A picture, or why there is none.
    Picture {
        /// The request.
        ticket: Ticket,
        /// Its pixels.
        picture: Loaded,
    },
    /// The time of the day in a time zone; none where the system does not know the zone.
    Clock(Option<String>),
    /// Something that the reader should know.
    Said(Notice),
    /// What can be taken over from other programs: each with the file that was found.
    Programs(Vec<(Program, String)>),
    /// Word from the library.
    Shelf(Answer),
    /// The files of the configuration have changed.
    Configured(Box<Config>),
}

/// A batch of what was found under the paths of a scan.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// New entries, in order.
    pub found: Vec<Found>,
    /// Hidden files and folders passed over so far.
    pub hidden: u32,
    /// Files passed over so far because they are no text.
    pub binary: u32,
    /// True for the last batch.
    pub done: bool,
    /// True for the samples that come with the program.
    pub samples: bool,
}

/// One entry that a scan found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its bytes.
    pub origin: Origin,
    /// Why it cannot be read, where that is known already.
    pub problem: Option<String>,
}

/// What the library keeps of an article that is not open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// The title.
    pub title: String,
    /// Day of publication.
    pub published: Option<Date>,
    /// The place of the dateline, as printed.
    pub place: Option<String>,
    /// Who and what is named in it.
    pub entities: Vec<SummaryEntity>,
    /// Its moments.
    pub moments: Arc<Moments>,
}

impl Summary {
    /// The summary of an analysed article.
    #[must_use]
    pub fn of(analysed: &Analysed) -> Self {
        let Analysed { article, found } = analysed;
        let place = |e: &Entity| e.place.clone().filter(super::map::is_shown);
        let unnamed = |e: &Entity| SummaryEntity { kind: e.kind, name: e.name.clone(), count: 0, place: place(e) };
        let mut entities: Vec<SummaryEntity> = found.entities.iter().map(unnamed).collect();
        for mention in found.mentions.iter().filter(|m| m.form == MentionForm::Name) {
            if let Some(entity) = entities.get_mut(mention.entity.0 as usize) {
                entity.count += 1;
            }
        }
        entities.retain(|e| e.count > 0);
        Self {
            title: article.title.clone(),
            published: article.published,
            place: article.dateline.as_ref().map(|d| titled(d.place.of(&article.text))).filter(|p| !p.is_empty()),
            entities,
            moments: Arc::new(Moments::of(analysed)),
        }
    }
}

/// An entity of a [`Summary`].
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryEntity {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// How often it is named.
    pub count: u32,
    /// Where it is on the map.
    pub place: Option<GazetteerPlace>,
}
