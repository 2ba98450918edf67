//! With whom, what and where an entity occurs, or a story.

use super::identity::root;
use crate::article::{Kind, PlaceId};
use crate::lexicon::gazetteer;
use crate::store::EntityKey;
use crate::store::fault::Result;
use crate::store::reader::{Snapshot, Stored};
use std::collections::HashMap;

/// Companions that are kept.
const COMPANIONS: usize = 60;

/// Companions between whom ties are looked for.
const TIED: usize = 16;

/// With whom or what an entity occurs.
#[derive(Clone, Debug, PartialEq)]
pub struct Companion {
    /// The name that stands for it.
    pub key: EntityKey,
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// Its place in the gazetteer.
    pub place: Option<PlaceId>,
    /// Degrees north and east of that.
    pub at: Option<(f64, f64)>,
    /// How close: the more, the nearer the two stand and the more often. Of no unit.
    pub weight: f32,
    /// In how many of the articles that were read.
    pub articles: usize,
}

/// Some companions, the closest first, and which of them occur together, by their indices.
pub type Circle = (Vec<Companion>, Vec<(usize, usize)>);

impl Snapshot<'_> {
    /// Who and what some articles are about: weighed by mentions, three at most for an article.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn company_of(&self, articles: &[&Stored]) -> Result<Circle> {
        let mut company: HashMap<i64, (f32, usize)> = HashMap::new();
        for stored in articles {
            let mut here: HashMap<i64, f32> = HashMap::new();
            for mention in &stored.analysed.found.mentions {
                if let Some(key) = stored.entities.get(mention.entity.0 as usize) {
                    *here.entry(key.0).or_default() += 1.0;
                }
            }
            for (key, mentions) in here {
                let sum = company.entry(key).or_default();
                *sum = (sum.0 + mentions.min(3.0), sum.1 + 1);
            }
        }
        let company = self.companions(company)?;
        let together: Vec<&[EntityKey]> = articles.iter().map(|stored| stored.entities.as_slice()).collect();
        let ties = self.ties(&company, &together)?;
        Ok((company, ties))
    }

    /// Names that belong to one entity together, the closest first.
    pub(super) fn companions(&self, company: HashMap<i64, (f32, usize)>) -> Result<Vec<Companion>> {
        let mut all: HashMap<i64, (f32, usize)> = HashMap::new();
        for (id, (weight, articles)) in company {
            let sum = all.entry(root(&self.transaction, id)?).or_default();
            *sum = (sum.0 + weight, sum.1 + articles);
        }
        let mut all: Vec<(i64, (f32, usize))> = all.into_iter().collect();
        all.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
        let mut out = Vec::new();
        for (id, (weight, articles)) in all.into_iter().take(COMPANIONS) {
            let Some(line) = self.line(id)? else { continue };
            out.push(Companion {
                key: EntityKey(id),
                kind: line.kind,
                name: self.called(EntityKey(id))?,
                place: line.place,
                at: line.place.and_then(gazetteer::place).map(|p| (p.latitude(), p.longitude())),
                weight,
                articles,
            });
        }
        Ok(out)
    }

    /// Which of the closest companions occur together in at least two of the articles, whose names are given; each is tied to few.
    pub(super) fn ties(&self, company: &[Companion], articles: &[impl AsRef<[EntityKey]>]) -> Result<Vec<(usize, usize)>> {
        let mut at: HashMap<i64, usize> = HashMap::new();
        for (n, companion) in company.iter().take(TIED).enumerate() {
            at.extend(self.names(companion.key)?.into_iter().map(|name| (name.0, n)));
        }
        let mut counts: HashMap<(usize, usize), usize> = HashMap::new();
        for names in articles {
            let mut here: Vec<usize> = names.as_ref().iter().filter_map(|name| at.get(&name.0).copied()).collect();
            here.sort_unstable();
            here.dedup();
            for (n, a) in here.iter().enumerate() {
                here[n + 1..].iter().for_each(|b| *counts.entry((*a, *b)).or_default() += 1);
            }
        }
        let mut ties: Vec<((usize, usize), usize)> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
        ties.sort_unstable_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
        Ok(ties.into_iter().take(2 * TIED).map(|(pair, _)| pair).collect())
    }
}
