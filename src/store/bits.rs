//! A set of articles, as bits by their numbers: what a term of a query matches, put together with what others match.

/// A set of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// Adds an article.
    pub fn insert(&mut self, id: i64) {
        let Ok(id) = usize::try_from(id) else { return };
        let word = id / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (id % 64);
    }

    /// True where the article is in the set.
    #[must_use]
    pub fn contains(&self, id: i64) -> bool {
        usize::try_from(id).is_ok_and(|id| self.0.get(id / 64).is_some_and(|w| w >> (id % 64) & 1 == 1))
    }

    /// How many articles are in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// True where none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|w| *w == 0)
    }

    /// Keeps what is in both.
    pub fn keep(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    /// Takes out what is in the other.
    pub fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= !b);
    }

    /// Adds what is in the other.
    pub fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// The articles, in order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = i64> {
        self.0.iter().enumerate().flat_map(|(n, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some((n * 64) as i64 + i64::from(bit))
            })
        })
    }
}

impl FromIterator<i64> for Bits {
    fn from_iter<I: IntoIterator<Item = i64>>(ids: I) -> Self {
        let mut bits = Self::default();
        ids.into_iter().for_each(|id| bits.insert(id));
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets() {
        let set = |ids: &[i64]| ids.iter().copied().collect::<Bits>();
        let mut a = set(&[1, 63, 64, 200]);
        assert_eq!(a.iter().collect::<Vec<_>>(), [1, 63, 64, 200]);
        assert!(a.contains(64) && !a.contains(65) && !a.contains(-1) && !a.contains(9999));
        a.keep(&set(&[1, 64]));
        assert_eq!(a.iter().collect::<Vec<_>>(), [1, 64]);
        a.add(&set(&[500]));
        a.remove(&set(&[64]));
        assert_eq!((a.len(), a.iter().collect::<Vec<_>>()), (2, vec![1, 500]));
        assert!(set(&[]).is_empty());
    }
}
