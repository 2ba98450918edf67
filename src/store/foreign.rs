//! What other readers keep in databases of their own.

use super::fault::Result;
use super::reader::connect;
use super::remote::Marks;
use crate::locale::tr;
use crate::notice::Notice;
use std::path::Path;

/// An article in the database of another program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreign {
    /// The address of its feed.
    pub feed: String,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// Its text as HTML.
    pub html: String,
    /// When it was published, in seconds since 1970.
    pub published: Option<i64>,
    /// Read and starred.
    pub marks: Marks,
}

/// The articles of newsboat's cache.
const NEWSBOAT: &str = "SELECT feedurl, url, title, author, content, pubDate, NOT unread, coalesce(flags, '') <> '' FROM rss_item WHERE deleted = 0 ORDER BY id";

/// The articles of newsraft's database. Its texts are pieces parted by signs of its own; the articles come again with their feeds.
const NEWSRAFT: &str = "SELECT feed_url, link, title, '', '', publication_date, NOT unread, important FROM items ORDER BY rowid";

/// The articles of eilmeldung's database; since 2026 their texts have a table of their own.
const EILMELDUNG: &str = "SELECT f.feed_url, a.url, a.title, a.author, c.html, strftime('%s', a.date), NOT a.unread, NOT a.marked
    FROM articles a JOIN feeds f ON f.feed_id = a.feed_id LEFT JOIN article_contents c ON c.article_id = a.article_id ORDER BY a.rowid";
const EILMELDUNG_BEFORE: &str = "SELECT f.feed_url, a.url, a.title, a.author, a.html, strftime('%s', a.date), NOT a.unread, NOT a.marked
    FROM articles a JOIN feeds f ON f.feed_id = a.feed_id ORDER BY a.rowid";

/// The feeds of eilmeldung's database, with the category of each.
const EILMELDUNG_FEEDS: &str =
    "SELECT f.feed_url, f.label, coalesce((SELECT c.label FROM feed_mapping m JOIN categories c ON c.category_id = m.category_id
    WHERE m.feed_id = f.feed_id LIMIT 1), '') FROM feeds f WHERE f.feed_url IS NOT NULL ORDER BY f.rowid";

/// Gives the articles in newsboat's cache to `each`, which stops by failing. The cache is only read.
///
/// # Errors
/// Where it cannot be read or is none, and those of `each`.
pub fn newsboat_cache(path: &Path, each: &mut dyn FnMut(Foreign) -> Result<()>) -> Result<()> {
    articles(path, "cache.db (newsboat)", &[NEWSBOAT], each)
}

/// Gives the articles in newsraft's database to `each`, which stops by failing. The database is only read.
///
/// # Errors
/// As of [`newsboat_cache`].
pub fn newsraft_cache(path: &Path, each: &mut dyn FnMut(Foreign) -> Result<()>) -> Result<()> {
    articles(path, "newsraft.sqlite3 (newsraft)", &[NEWSRAFT], each)
}

/// Gives the articles in eilmeldung's database to `each`, which stops by failing. The database is only read.
///
/// # Errors
/// As of [`newsboat_cache`].
pub fn eilmeldung_cache(path: &Path, each: &mut dyn FnMut(Foreign) -> Result<()>) -> Result<()> {
    articles(path, "database.sqlite (eilmeldung)", &[EILMELDUNG, EILMELDUNG_BEFORE], each)
}

/// The feeds in eilmeldung's database: address, name and category of each, empty where it has none.
///
/// # Errors
/// Where it cannot be read or is none.
pub fn eilmeldung_feeds(path: &Path) -> Result<Vec<(String, String, String)>> {
    let told = |e| no_such(path, "database.sqlite (eilmeldung)", e);
    let connection = connect(path)?;
    let mut some = connection.prepare(EILMELDUNG_FEEDS).map_err(told)?;
    let rows = some.query_map([], |row| Ok((words(row, 0), words(row, 1), words(row, 2)))).map_err(told)?;
    rows.collect::<rusqlite::Result<_>>().map_err(told)
}

fn no_such(path: &Path, what: &str, error: rusqlite::Error) -> Notice {
    Notice::new(path.display().to_string()).because(error).hint(tr!("it should be {what}; see that the program is not running", what))
}

/// A column as text; columns that newer versions fill otherwise are taken as they are.
fn words(row: &rusqlite::Row<'_>, n: usize) -> String {
    row.get_ref(n).ok().and_then(|v| v.as_bytes().ok()).map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default()
}

/// Gives articles to `each`, asked for in the first of these ways that the database understands.
fn articles(path: &Path, what: &str, ways: &[&str], each: &mut dyn FnMut(Foreign) -> Result<()>) -> Result<()> {
    let told = |e| no_such(path, what, e);
    let connection = connect(path)?;
    let known = ways.iter().find(|sql| connection.prepare(sql).is_ok()).or(ways.last());
    let mut some = connection.prepare(known.copied().unwrap_or_default()).map_err(told)?;
    let mut rows = some.query([]).map_err(told)?;
    while let Some(row) = rows.next().map_err(told)? {
        // Seconds, as a number or in digits.
        let published = row.get::<_, i64>(5).ok().or_else(|| words(row, 5).parse().ok());
        each(Foreign {
            feed: words(row, 0),
            url: words(row, 1),
            title: words(row, 2),
            author: words(row, 3),
            html: words(row, 4),
            published: published.filter(|at| *at > 0),
            marks: Marks { read: row.get(6).unwrap_or(false), starred: row.get(7).unwrap_or(false) },
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A database made by `sql`, and its articles as `each` gets them.
    fn kept(name: &str, sql: &str, read: impl Fn(&Path, &mut dyn FnMut(Foreign) -> Result<()>) -> Result<()>) -> Vec<Foreign> {
        let path = std::env::temp_dir().join(format!("dateline-foreign-{name}-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let mut out = Vec::new();
        read(&path, &mut |article| {
            out.push(article);
            Ok(())
        })
        .unwrap();
        std::fs::remove_file(&path).unwrap();
        out
    }

    #[test]
    fn newsraft_keeps_what_was_read_and_what_is_important() {
        let sql = "CREATE TABLE items(feed_url TEXT, link TEXT, title TEXT, publication_date INTEGER, unread INTEGER, important INTEGER);
            INSERT INTO items VALUES ('https://a.example/f', 'https://a.example/1', 'One', 1548028800, 0, 1), ('https://a.example/f', 'https://a.example/2', 'Two', 0, 1, 0);";
        let articles = kept("newsraft", sql, newsraft_cache);
        assert_eq!(articles.len(), 2);
        assert_eq!((articles[0].published, articles[0].marks), (Some(1_548_028_800), Marks { read: true, starred: true }));
        assert_eq!((articles[1].published, articles[1].marks), (None, Marks { read: false, starred: false }));
    }

    #[test]
    fn eilmeldung_of_before_and_after_its_texts_moved() {
        let feeds =
            "CREATE TABLE feeds(feed_id TEXT, label TEXT, feed_url TEXT); INSERT INTO feeds VALUES ('f', 'A', 'https://a.example/f');
            CREATE TABLE categories(category_id TEXT, label TEXT); INSERT INTO categories VALUES ('c', 'World');
            CREATE TABLE feed_mapping(feed_id TEXT, category_id TEXT); INSERT INTO feed_mapping VALUES ('f', 'c');";
        let before = "CREATE TABLE articles(article_id TEXT, title TEXT, author TEXT, feed_id TEXT, url TEXT, date TEXT, html TEXT, unread INTEGER, marked INTEGER);
            INSERT INTO articles VALUES ('1', 'One', 'Ada', 'f', 'https://a.example/1', '2019-01-21T00:00:00+00:00', '<p>Text', 0, 0);";
        let after = "CREATE TABLE articles(article_id TEXT, title TEXT, author TEXT, feed_id TEXT, url TEXT, date TEXT, unread INTEGER, marked INTEGER);
            INSERT INTO articles VALUES ('1', 'One', 'Ada', 'f', 'https://a.example/1', '2019-01-21 00:00:00', 0, 0);
            CREATE TABLE article_contents(article_id TEXT, html TEXT); INSERT INTO article_contents VALUES ('1', '<p>Text');";
        for (name, articles) in [("before", before), ("after", after)] {
            let found = kept(name, &format!("{feeds}{articles}"), |path, each| {
                let feeds = eilmeldung_feeds(path)?;
                assert_eq!(feeds, [("https://a.example/f".to_owned(), "A".to_owned(), "World".to_owned())]);
                eilmeldung_cache(path, each)
            });
            let wanted = Foreign {
                feed: "https://a.example/f".into(),
                url: "https://a.example/1".into(),
                title: "One".into(),
                author: "Ada".into(),
                html: "<p>Text".into(),
                published: Some(1_548_028_800),
                marks: Marks { read: true, starred: true },
            };
            assert_eq!(found, [wanted], "{name}");
        }
    }
}
