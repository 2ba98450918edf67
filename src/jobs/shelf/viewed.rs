//! Which articles a view of the library is of.

use super::list::{self, unread};
use super::page;
use crate::app::page::PageOf;
use crate::app::shelf::{ListWish, Viewed};
use crate::notice::Notice;
use crate::store::{ArticleKey, Bits, EntityKey, Matches, Snapshot};

/// Articles of a story that belong to its view.
const TELLINGS: usize = 2000;

/// The articles of a view.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Which.
    pub bits: Bits,
    /// The names of the entity that it is of; none where it is of no entity.
    pub names: Vec<EntityKey>,
}

/// The articles of a view, and whose it is.
///
/// # Errors
/// Where the library cannot be read, or does not have it any more.
pub fn seen(snapshot: &Snapshot<'_>, of: &Viewed, now: i64) -> Result<Seen, Notice> {
    let of = match of {
        Viewed::List(of, unread_only) => {
            let wish = ListWish { of: of.clone(), unread_only: *unread_only, ..ListWish::default() };
            return Ok(Seen { bits: list::wanted(snapshot, &wish)?, names: Vec::new() });
        }
        Viewed::Page(of) => of,
    };
    let told =
        |story: i64| -> Result<Bits, Notice> { Ok(snapshot.tellings(story, TELLINGS)?.iter().map(|t| t.row.cursor.key.0).collect()) };
    let bits = match of {
        PageOf::Entity(_) | PageOf::Named(..) => {
            let key = page::who(snapshot, of)?;
            return Ok(Seen { bits: all(snapshot, snapshot.naming_all(key)?)?, names: snapshot.names(key)? });
        }
        PageOf::Story(story) => told(*story)?,
        PageOf::Copies(article) => snapshot.story_of(ArticleKey(article.0))?.map_or_else(|| Ok(Bits::default()), told)?,
        PageOf::Stories | PageOf::Rising => {
            let days = if *of == PageOf::Stories { page::STORIES } else { page::RISING };
            let to = page::newest(snapshot)?.unwrap_or(now).min(now) + 1;
            snapshot.between(to - days, to)?
        }
        PageOf::Followed => {
            let mut bits = Bits::default();
            for watch in snapshot.watches()? {
                bits.add(&all(snapshot, snapshot.of_watch(&watch.what)?)?);
            }
            bits
        }
        PageOf::Decisions => Bits::default(),
    };
    Ok(Seen { bits, names: Vec::new() })
}

fn all(snapshot: &Snapshot<'_>, matches: Matches) -> Result<Bits, Notice> {
    list::bits(snapshot, matches)
}

/// What is read together with an article: its copies, or all of its story; those that are not read.
///
/// # Errors
/// Where the library cannot be read.
pub(super) fn read_with(snapshot: &Snapshot<'_>, key: ArticleKey, copies_only: bool) -> Result<Vec<ArticleKey>, Notice> {
    let Some(story) = snapshot.story_of(key)? else { return Ok(vec![key]) };
    let tellings = snapshot.tellings(story, TELLINGS)?;
    let first = |t: &crate::store::Telling| t.copy_of.unwrap_or(t.row.cursor.key);
    let own = tellings.iter().find(|t| t.row.cursor.key == key).map(first);
    let wanted = tellings.iter().filter(|t| !copies_only || Some(first(t)) == own).map(|t| t.row.cursor.key);
    let mut keys: Vec<ArticleKey> = wanted.chain([key]).collect();
    let unread = unread(snapshot)?;
    keys.retain(|k| unread.contains(k.0));
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}
