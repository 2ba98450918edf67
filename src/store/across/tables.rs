//! The tables of what holds across articles: the second step of the library.

/// The step. Names that were in the library before it are joined when their articles are next indexed; see [`crate::store::Batch::catch_up`].
pub(in crate::store) const TABLES: &str = "
-- Which entity a name belongs to; a name without a row stands for itself. `subject` may belong to another one in turn.
CREATE TABLE identity (
    entity INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
    subject INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    rule INTEGER NOT NULL
) STRICT;
CREATE INDEX identity_subject ON identity (subject);
-- The parts under which names are looked up, as numbers of words.
CREATE TABLE name_part (
    part INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    PRIMARY KEY (part, entity)
) STRICT, WITHOUT ROWID;
-- What the reader calls an entity.
CREATE TABLE rename (entity INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE, name TEXT NOT NULL) STRICT;
-- Articles in which a name is somebody else's: the reader has parted two of one name.
CREATE TABLE parted (
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    entity INTEGER NOT NULL,
    part INTEGER NOT NULL,
    PRIMARY KEY (article, entity)
) STRICT, WITHOUT ROWID;

-- Articles that tell one event. `central` is how near the headline's article is to the others.
CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    headline INTEGER NOT NULL,
    central REAL NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Which story an article tells, whose copy it is, its strongest terms and its sketch.
CREATE TABLE telling (
    article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    story INTEGER NOT NULL,
    copy_of INTEGER,
    marks BLOB NOT NULL,
    sketch BLOB NOT NULL
) STRICT;
CREATE INDEX telling_story ON telling (story, article);
-- The strongest terms of articles by day, and how many articles have each term.
CREATE TABLE sign (
    term INTEGER NOT NULL,
    day INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (term, day, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE term (term INTEGER PRIMARY KEY, articles INTEGER NOT NULL) STRICT;

-- What the reader follows: an entity, or a search by its name. `seen` and `told` are the last articles looked at and announced.
CREATE TABLE watch (
    id INTEGER PRIMARY KEY,
    entity INTEGER UNIQUE REFERENCES entity ON DELETE CASCADE,
    search TEXT UNIQUE,
    announce INTEGER NOT NULL DEFAULT 0,
    seen INTEGER NOT NULL,
    told INTEGER NOT NULL,
    CHECK ((entity IS NULL) <> (search IS NULL))
) STRICT;

-- When and where articles appeared, walked in order beside the articles of an entity.
CREATE INDEX article_when ON article (id, at, source);

CREATE TRIGGER telling_added AFTER INSERT ON telling BEGIN
    UPDATE story SET articles = articles + 1 WHERE id = new.story;
END;
CREATE TRIGGER telling_left AFTER DELETE ON telling BEGIN
    UPDATE story SET articles = articles - 1 WHERE id = old.story;
    DELETE FROM story WHERE id = old.story AND articles <= 0;
    UPDATE story SET central = 0, headline = (SELECT min(article) FROM telling WHERE story = old.story)
        WHERE id = old.story AND headline = old.article;
END;
";
