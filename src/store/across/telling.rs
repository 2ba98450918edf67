//! Which story a new article tells: a look at the articles of these days that share its strongest terms.

use crate::article::Analysed;
use crate::link::story::{self, Chosen, Marks, Sketch, Term, Weighed};
use crate::store::ArticleKey;
use crate::store::fault::Result;
use crate::store::writer::Batch;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};

/// Days before and after an article in which another one may tell the same story.
const DAYS: i64 = 10;

/// Terms under which an article is found again.
const SIGNS: usize = 16;

/// Terms by which near articles are asked for.
const ASKED: usize = 24;

/// The latest articles that are looked at for each term, and how many are then compared.
const HAVING: usize = 32;
const COMPARED: usize = 24;

/// Articles of a story that is joined with another one at most.
const UNITED: usize = 32;

/// The statements of this file.
pub(in crate::store) mod sql {
    pub(crate) const SIGN: &str =
        "SELECT article FROM sign WHERE term = ?1 AND day >= ?2 AND day <= ?3 ORDER BY term DESC, day DESC, article DESC LIMIT ?4";
    pub(crate) const TELLING: &str = "SELECT story, copy_of, marks, sketch FROM telling WHERE article = ?1";
    pub(crate) const SMALL: &str = "SELECT 1 FROM story WHERE id = ?1 AND articles <= ?2";
    #[cfg(test)]
    pub(crate) const EACH: &[&str] = &[SIGN, TELLING, SMALL];
}

/// Makes marks and sketches of the fourth version of the tables those of the fifth: terms lose their uppermost of four bytes, hashes of sketches their lowest.
pub(in crate::store) fn shorten(connection: &Connection) -> Result<()> {
    let mut all = connection.prepare("SELECT article, marks, sketch FROM telling ORDER BY article")?;
    let mut put = connection.prepare("UPDATE telling SET marks = ?2, sketch = ?3 WHERE article = ?1")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let (article, marks, sketch): (i64, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let marks: Vec<u8> = marks.as_chunks::<5>().0.iter().flat_map(|b| [b[0], b[1], b[2], b[4]]).collect();
        let sketch: Vec<u8> = sketch.as_chunks::<4>().0.iter().flat_map(|b| [b[1], b[2], b[3]]).collect();
        put.execute(params![article, marks, sketch])?;
    }
    Ok(())
}

/// What is kept of an article that tells a story.
struct Known {
    article: i64,
    story: i64,
    copy_of: Option<i64>,
    marks: Marks,
    sketch: Sketch,
}

impl Batch<'_> {
    /// Gives an article its story. It stays there, however often the article is analysed again.
    pub(in crate::store) fn tell(&self, article: ArticleKey, analysed: &Analysed, keys: &[i64]) -> Result<()> {
        if self.telling(article.0)?.is_some() {
            return Ok(());
        }
        let day = self.setting(article.0)?.at.div_euclid(86_400);
        let (marks, known) = self.marks(&story::terms(analysed, keys))?;
        let sketch = Sketch::new(&analysed.article.text);
        let near = self.near(&known, day)?;
        let own = marks.index();
        let likeness: Vec<(i64, f32)> = near.iter().map(|n| (n.story, n.marks.likeness(&own))).collect();
        let chosen = story::choose(&likeness);
        let same = |story: i64| chosen.as_ref().is_some_and(|c| c.story == story || c.also.contains(&story));
        let copy = near.iter().find(|n| same(n.story) && sketch.is_copy(&n.sketch));
        let story = match &chosen {
            Some(chosen) => {
                self.unite(chosen)?;
                let mut put =
                    self.connection.prepare_cached("UPDATE story SET headline = ?2, central = ?3 WHERE id = ?1 AND central < ?3")?;
                put.execute(params![chosen.story, article.0, chosen.likeness])?;
                chosen.story
            }
            None => {
                self.connection.prepare_cached("INSERT INTO story (headline) VALUES (?1)")?.execute([article.0])?;
                self.connection.last_insert_rowid()
            }
        };
        let copy_of = copy.map(|c| c.copy_of.unwrap_or(c.article));
        let mut put =
            self.connection.prepare_cached("INSERT INTO telling (article, story, copy_of, marks, sketch) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        put.execute(params![article.0, story, copy_of, marks.to_bytes(), sketch.to_bytes()])?;
        let mut put = self.connection.prepare_cached("INSERT OR IGNORE INTO sign (term, day, article) VALUES (?1, ?2, ?3)")?;
        marks.strongest(SIGNS).try_for_each(|term| put.execute(params![term, day, article.0]).map(drop))?;
        Ok(())
    }

    /// Makes stories one that an article has shown to be one; what is large already stays, so that the work is bounded.
    fn unite(&self, chosen: &Chosen) -> Result<()> {
        for other in &chosen.also {
            let run = |sql: &str| self.connection.prepare_cached(sql).and_then(|mut s| s.execute([chosen.story, *other]));
            if self.connection.prepare_cached(sql::SMALL)?.exists(params![other, UNITED])? {
                run("UPDATE story SET articles = articles + (SELECT articles FROM story WHERE id = ?2) WHERE id = ?1")?;
                run("UPDATE telling SET story = ?1 WHERE story = ?2")?;
                self.connection.prepare_cached("DELETE FROM story WHERE id = ?1")?.execute([other])?;
            }
        }
        Ok(())
    }

    /// The article's terms weighed by how many articles of the library have them, which are counted on the way; and the strongest of those that others have.
    fn marks(&self, terms: &[Weighed]) -> Result<(Marks, Vec<Term>)> {
        let articles: i64 = self.connection.prepare_cached("SELECT articles FROM tally")?.query_row([], |row| row.get(0))?;
        let mut having = Vec::with_capacity(terms.len());
        let mut count = self.connection.prepare_cached(
            "INSERT INTO term (term, articles) VALUES (?1, 1) ON CONFLICT DO UPDATE SET articles = articles + 1 RETURNING articles",
        )?;
        for Weighed { term, .. } in terms {
            having.push(count.query_row([term], |row| row.get::<_, i64>(0))?.unsigned_abs().saturating_sub(1));
        }
        let marks = Marks::new(terms, &having, articles.unsigned_abs());
        let others: HashSet<Term> = terms.iter().zip(&having).filter(|(_, n)| **n > 0).map(|(t, _)| t.term).collect();
        let known = marks.strongest(usize::MAX).filter(|t| others.contains(t)).take(ASKED).collect();
        Ok((marks, known))
    }

    /// The articles of these days that share the most of the strongest terms.
    fn near(&self, terms: &[Term], day: i64) -> Result<Vec<Known>> {
        let mut shared: HashMap<i64, usize> = HashMap::new();
        let mut some = self.connection.prepare_cached(sql::SIGN)?;
        for term in terms {
            for article in some.query_map(params![term, day - DAYS, day + DAYS, HAVING], |row| row.get(0))? {
                *shared.entry(article?).or_default() += 1;
            }
        }
        let mut all: Vec<(i64, usize)> = shared.into_iter().collect();
        all.sort_unstable_by_key(|(article, shared)| (std::cmp::Reverse(*shared), std::cmp::Reverse(*article)));
        all.into_iter().take(COMPARED).filter_map(|(article, _)| self.telling(article).transpose()).collect()
    }

    fn telling(&self, article: i64) -> Result<Option<Known>> {
        let mut one = self.connection.prepare_cached(sql::TELLING)?;
        let known = one.query_row([article], |row| {
            let (marks, sketch): (Vec<u8>, Vec<u8>) = (row.get(2)?, row.get(3)?);
            let (marks, sketch) = (Marks::of_bytes(&marks), Sketch::of_bytes(&sketch));
            Ok(Known { article, story: row.get(0)?, copy_of: row.get(1)?, marks, sketch })
        });
        Ok(known.optional()?)
    }

    /// Takes an article that goes out of its story.
    pub(in crate::store) fn untell(&self, article: ArticleKey) -> Result<()> {
        let Some(known) = self.telling(article.0)? else { return Ok(()) };
        let day = self.setting(article.0)?.at.div_euclid(86_400);
        let mut gone = self.connection.prepare_cached("DELETE FROM sign WHERE term = ?1 AND day = ?2 AND article = ?3")?;
        known.marks.strongest(SIGNS).try_for_each(|term| gone.execute(params![term, day, article.0]).map(drop))?;
        // The next copy of it stands for the others.
        let mut next = self.connection.prepare_cached("SELECT min(article) FROM telling WHERE story = ?1 AND copy_of = ?2")?;
        let next: Option<i64> = next.query_row([known.story, article.0], |row| row.get(0))?;
        let mut moved = self.connection.prepare_cached(
            "UPDATE telling SET copy_of = CASE WHEN article = ?3 THEN NULL ELSE ?3 END WHERE story = ?1 AND copy_of = ?2",
        )?;
        moved.execute(params![known.story, article.0, next])?;
        self.connection.prepare_cached("DELETE FROM telling WHERE article = ?1")?.execute([article.0])?;
        Ok(())
    }
}
