//! The tables, and the steps from one version of them to the next.

use super::fault::Result;
use rusqlite::Connection;

/// What marks a file as a library of dateline, in SQLite's header: `DtLn`.
pub(super) const APPLICATION: i32 = 0x4474_4c6e;

/// A step from one version of the tables to the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// The change of the tables.
    pub(super) sql: &'static str,
    /// What has to be made anew from the texts, behind the change.
    pub(super) then: fn(&Connection) -> Result<()>,
}

/// The steps from an empty file to the newest version: after step `n` the file's `user_version` is `n + 1`. Steps that were published never change.
pub(super) const MIGRATIONS: &[Step] = &[
    Step { sql: FIRST, then: |_| Ok(()) },
    Step { sql: super::across::TABLES, then: |_| Ok(()) },
    Step { sql: THIRD, then: super::intake::index_all },
    Step { sql: FOURTH, then: super::annotate::index_said },
    Step { sql: FIFTH, then: super::across::telling::shorten },
    Step { sql: SIXTH, then: |_| Ok(()) },
];

/// Instants are seconds since 1970 in UTC, moments of the civil calendar minutes since 1970-01-01 00:00.
const FIRST: &str = "
-- What is kept under a name: the reader's session, the compression's dictionaries.
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE dictionary (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    site_url TEXT,
    -- As the feed calls itself, and as the reader does.
    title TEXT NOT NULL DEFAULT '',
    name TEXT,
    folder TEXT NOT NULL DEFAULT '',
    -- 0 when the feed holds too little, 1 on demand, 2 never.
    full_text INTEGER NOT NULL DEFAULT 0,
    keep_days INTEGER,
    etag TEXT,
    modified TEXT,
    checked INTEGER,
    retry INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    -- The last failure, {what, why, hint} as JSON.
    failure TEXT,
    gone INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE feed_tag (
    tag TEXT NOT NULL,
    feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
    PRIMARY KEY (tag, feed)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_tag_feed ON feed_tag (feed, tag);

CREATE TABLE source (id INTEGER PRIMARY KEY, site TEXT NOT NULL UNIQUE) STRICT;

-- What lists show and sort by. The text stands in `body`, so that walking a list reads few pages.
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    arrived INTEGER NOT NULL,
    read INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    source INTEGER REFERENCES source,
    language TEXT,
    link INTEGER,
    hash INTEGER NOT NULL,
    -- The version of the analysis; 0 before the first.
    analysis INTEGER NOT NULL DEFAULT 0,
    published INTEGER,
    title TEXT NOT NULL,
    place TEXT
) STRICT;
CREATE INDEX article_at ON article (at, id);
CREATE INDEX article_unread ON article (at, id, read) WHERE read = 0;
CREATE INDEX article_starred ON article (at, id, starred) WHERE starred = 1;
CREATE INDEX article_source ON article (source);
CREATE INDEX article_language ON article (language);
CREATE INDEX article_link ON article (link) WHERE link IS NOT NULL;
CREATE INDEX article_hash ON article (hash);
CREATE INDEX article_analysis ON article (analysis);

-- Bytes: a dictionary's number, then a frame of zstd; `raw` where what came in is not the text.
CREATE TABLE body (
    article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    head BLOB NOT NULL,
    text BLOB NOT NULL,
    raw BLOB,
    found BLOB,
    entities BLOB
) STRICT;

-- Which article each item of a feed is. Without an article: it was deleted, and must not come back while the feed still has it.
CREATE TABLE item (
    feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
    key INTEGER NOT NULL,
    article INTEGER REFERENCES article ON DELETE SET NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_article ON item (article) WHERE article IS NOT NULL;

CREATE TABLE tag (
    tag TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (tag, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_article ON tag (article, tag);

-- Everybody and everything named in the library. `key` is a number made of the folded name, or of the
-- gazetteer's number.
CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    key INTEGER NOT NULL,
    name TEXT NOT NULL,
    place INTEGER,
    articles INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, key)
) STRICT;
CREATE INDEX entity_place ON entity (place) WHERE place IS NOT NULL;
CREATE TABLE form (
    entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    form TEXT NOT NULL,
    PRIMARY KEY (entity, form)
) STRICT, WITHOUT ROWID;
CREATE TABLE posting (
    entity INTEGER NOT NULL,
    article INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (entity, article)
) STRICT, WITHOUT ROWID;

-- The places of the gazetteer that the library names, with what they lie in.
CREATE TABLE place (id INTEGER PRIMARY KEY, country TEXT, division INTEGER) STRICT;
CREATE INDEX place_country ON place (country);
CREATE INDEX place_division ON place (division);

-- Moments told of. `size` is the length in days as a power of two, so that moments that meet a stretch of days lie in few short ranges.
CREATE TABLE moment (
    size INTEGER NOT NULL,
    first INTEGER NOT NULL,
    article INTEGER NOT NULL,
    event INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    PRIMARY KEY (size, first, article, event)
) STRICT, WITHOUT ROWID;

-- Who says something where: `quote` counts the article's quotations.
CREATE TABLE quotation (
    entity INTEGER NOT NULL,
    article INTEGER NOT NULL,
    quote INTEGER NOT NULL,
    PRIMARY KEY (entity, article, quote)
) STRICT, WITHOUT ROWID;

-- The text is folded before it gets here.
CREATE VIRTUAL TABLE words USING fts5 (title, byline, text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE said USING fts5 (text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE names USING fts5 (forms, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');

CREATE TABLE search (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What the reader put right; `undone` ones stay, so that undoing can be undone.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    made INTEGER NOT NULL,
    article INTEGER REFERENCES article ON DELETE SET NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX correction_article ON correction (article, id);

CREATE TABLE jump (
    id INTEGER PRIMARY KEY,
    made INTEGER NOT NULL,
    article INTEGER REFERENCES article ON DELETE CASCADE,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX jump_article ON jump (article);

-- Counts of the whole library, one row.
CREATE TABLE tally (articles INTEGER NOT NULL, unread INTEGER NOT NULL, starred INTEGER NOT NULL) STRICT;
INSERT INTO tally VALUES (0, 0, 0);

-- Counts are kept by the database, so that no writer can forget them.
CREATE TRIGGER item_added AFTER INSERT ON item WHEN new.article IS NOT NULL BEGIN
    UPDATE feed SET articles = articles + 1, unread = unread + (SELECT 1 - read FROM article WHERE id = new.article) WHERE id = new.feed;
END;
CREATE TRIGGER article_leaves BEFORE DELETE ON article BEGIN
    UPDATE feed SET articles = articles - 1, unread = unread - (1 - old.read) WHERE id IN (SELECT feed FROM item WHERE article = old.id);
    UPDATE tally SET articles = articles - 1, unread = unread - (1 - old.read), starred = starred - old.starred;
    DELETE FROM words WHERE rowid = old.id;
    DELETE FROM said WHERE rowid = old.id;
END;
CREATE TRIGGER article_arrives AFTER INSERT ON article BEGIN
    UPDATE tally SET articles = articles + 1, unread = unread + (1 - new.read), starred = starred + new.starred;
END;
CREATE TRIGGER article_starred_too AFTER UPDATE OF starred ON article WHEN old.starred <> new.starred BEGIN
    UPDATE tally SET starred = starred + new.starred - old.starred;
END;
CREATE TRIGGER article_read AFTER UPDATE OF read ON article WHEN old.read <> new.read BEGIN
    UPDATE tally SET unread = unread + old.read - new.read;
    UPDATE feed SET unread = unread + old.read - new.read WHERE id IN (SELECT feed FROM item WHERE article = new.id);
END;
CREATE TRIGGER posting_added AFTER INSERT ON posting BEGIN
    UPDATE entity SET articles = articles + 1 WHERE id = new.entity;
END;
CREATE TRIGGER posting_left AFTER DELETE ON posting BEGIN
    UPDATE entity SET articles = articles - 1 WHERE id = old.entity;
END;
";

/// Less space: what the analysis found has a table of its own, whose rows are written once and never grow, so that its pages are full; the text comes
/// first in the index of words, because every other column costs two bytes for each word of each article. What was found before is found again, as its
/// layout is another one; who is named where is known until then.
const THIRD: &str = "
CREATE TABLE finding (
    article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    found BLOB NOT NULL,
    entities BLOB NOT NULL
) STRICT;
INSERT INTO finding SELECT article, x'', entities FROM body WHERE entities IS NOT NULL;
DELETE FROM moment;
UPDATE article SET analysis = 0;
ALTER TABLE body DROP COLUMN found;
ALTER TABLE body DROP COLUMN entities;

-- The text is folded before it gets here.
DROP TABLE words;
CREATE VIRTUAL TABLE words USING fts5 (text, title, byline, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');

-- What the reader's own server calls a feed, and the name and folder that both last agreed on. Without a feed it was removed here.
CREATE TABLE remote_feed (
    id TEXT PRIMARY KEY,
    feed INTEGER REFERENCES feed ON DELETE SET NULL,
    title TEXT NOT NULL,
    folder TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_feed_feed ON remote_feed (feed) WHERE feed IS NOT NULL;

-- What it calls an article, and the marks that both last agreed on. `changed` is when the reader marked it since: what has to be sent.
CREATE TABLE remote_item (
    id TEXT PRIMARY KEY,
    article INTEGER REFERENCES article ON DELETE SET NULL,
    read INTEGER NOT NULL,
    starred INTEGER NOT NULL,
    changed INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_item_article ON remote_item (article) WHERE article IS NOT NULL;
CREATE INDEX remote_item_changed ON remote_item (changed) WHERE changed IS NOT NULL;
-- The one clock in here: whatever marks an article, nothing that was done without the network is forgotten.
CREATE TRIGGER article_marked AFTER UPDATE OF read, starred ON article WHEN old.read <> new.read OR old.starred <> new.starred BEGIN
    UPDATE remote_item SET changed = CAST(strftime('%s', 'now') AS INTEGER) WHERE article = new.id;
END;
";

/// Words in quotations are looked up one by one and keep no places, which are half of that index. What the reader removes can come back; what a feed gave in
/// part is on a list; tags that a server knows.
const FOURTH: &str = "
DROP TABLE said;
CREATE VIRTUAL TABLE said USING fts5 (text, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');

-- Articles of which the feed gave only the beginning, and how often their pages were asked for in vain.
CREATE TABLE wanting (article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, tries INTEGER NOT NULL DEFAULT 0) STRICT;

-- Feeds that the reader removed, with what they had; `tags` is a list as JSON, `remote` what the reader's own server calls it.
CREATE TABLE removed (
    id INTEGER PRIMARY KEY,
    made INTEGER NOT NULL,
    url TEXT NOT NULL,
    site_url TEXT,
    title TEXT NOT NULL,
    name TEXT,
    folder TEXT NOT NULL,
    full_text INTEGER NOT NULL,
    keep_days INTEGER,
    etag TEXT,
    modified TEXT,
    tags TEXT NOT NULL,
    remote TEXT
) STRICT;
CREATE TABLE removed_item (
    removed INTEGER NOT NULL REFERENCES removed ON DELETE CASCADE,
    key INTEGER NOT NULL,
    article INTEGER,
    seen INTEGER NOT NULL,
    PRIMARY KEY (removed, key)
) STRICT, WITHOUT ROWID;
-- The articles that went with them, as they were packed; `corrections` are numbers as JSON.
CREATE TABLE removed_article (
    removed INTEGER NOT NULL REFERENCES removed ON DELETE CASCADE,
    article INTEGER NOT NULL,
    at INTEGER NOT NULL,
    arrived INTEGER NOT NULL,
    read INTEGER NOT NULL,
    site TEXT,
    language TEXT,
    link INTEGER,
    hash INTEGER NOT NULL,
    analysis INTEGER NOT NULL,
    published INTEGER,
    title TEXT NOT NULL,
    place TEXT,
    head BLOB NOT NULL,
    text BLOB NOT NULL,
    raw BLOB,
    found BLOB,
    remote TEXT,
    corrections TEXT,
    PRIMARY KEY (removed, article)
) STRICT, WITHOUT ROWID;

-- The tags of articles that the reader's own server has too: what both last agreed on.
CREATE TABLE remote_tag (
    tag TEXT NOT NULL,
    id TEXT NOT NULL REFERENCES remote_item ON DELETE CASCADE,
    PRIMARY KEY (tag, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_tag_id ON remote_tag (id);
";

/// Less space: a name is no form of itself, and terms have three bytes instead of four.
const FIFTH: &str = "
DELETE FROM form WHERE form = (SELECT name FROM entity WHERE id = form.entity);
CREATE TABLE shorter (term INTEGER PRIMARY KEY, articles INTEGER NOT NULL) STRICT;
INSERT INTO shorter SELECT term & 0xffffff, sum(articles) FROM term GROUP BY 1;
DROP TABLE term;
ALTER TABLE shorter RENAME TO term;
CREATE TABLE shorter (
    term INTEGER NOT NULL,
    day INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (term, day, article)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO shorter SELECT term & 0xffffff, day, article FROM sign ORDER BY 1, 2, 3;
DROP TABLE sign;
ALTER TABLE shorter RENAME TO sign;
";

/// A number is never given twice: what another program still does for an article that is gone must not meet the next one, and lists of what is new go by
/// numbers.
const SIXTH: &str = "
-- The highest number of an article and of a feed that is gone.
CREATE TABLE spent (kind TEXT PRIMARY KEY, id INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO spent SELECT 'article', coalesce(max(article), 0) FROM removed_article;
INSERT INTO spent VALUES ('feed', 0);
-- 1 where a page or a redirect named its address on a host that the reader had not typed: it is asked as any link is.
ALTER TABLE feed ADD COLUMN found INTEGER NOT NULL DEFAULT 0;
ALTER TABLE removed ADD COLUMN found INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_undated ON article (published, id) WHERE published IS NULL;
CREATE INDEX removed_item_article ON removed_item (removed, article);
CREATE TRIGGER article_spent AFTER DELETE ON article BEGIN
    UPDATE spent SET id = old.id WHERE kind = 'article' AND id < old.id;
END;
CREATE TRIGGER feed_spent AFTER DELETE ON feed BEGIN
    UPDATE spent SET id = old.id WHERE kind = 'feed' AND id < old.id;
END;
";

/// The number of the next article, as an expression.
pub(super) const NEXT_ARTICLE: &str = "(SELECT max(coalesce((SELECT max(id) FROM article), 0), id) + 1 FROM spent WHERE kind = 'article')";

/// The number of the next feed.
pub(super) const NEXT_FEED: &str = "(SELECT max(coalesce((SELECT max(id) FROM feed), 0), id) + 1 FROM spent WHERE kind = 'feed')";
