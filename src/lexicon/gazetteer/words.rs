//! Words in and around names of places, by what they tell: assets/gazetteer/words.txt.

use std::collections::HashMap;
use std::sync::LazyLock;

const WORDS: &str = include_str!("../../../assets/gazetteer/words.txt");

/// What a word tells: several things at once, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Role(u8);

impl Role {
    /// Only narrows down the place behind it: "northern".
    pub const BEFORE: Self = Self(1);
    /// Says of what sort the place before it is: "county".
    pub const BEHIND: Self = Self(1 << 1);
    /// Makes a name a second-level division: "parish".
    pub const DISTRICT: Self = Self(1 << 2);
    /// A noun for a place: "the town of".
    pub const SORT: Self = Self(1 << 3);
    /// May stand between a name and what contains it: "near".
    pub const BETWEEN: Self = Self(1 << 4);
    /// Mostly a part of something else, though divisions are named so: "west".
    pub const DIRECTION: Self = Self(1 << 5);
    /// Ends the names of streets, parks and waters: "avenue".
    pub const STREET: Self = Self(1 << 6);
    /// In bodies' names, though some place is called so: "mission".
    pub const GENERIC: Self = Self(1 << 7);

    /// The names in the file, in the order of the bits.
    const NAMES: [&str; 8] = ["before", "behind", "district", "sort", "between", "direction", "street", "generic"];

    /// True where the two share anything.
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

static ROLES: LazyLock<HashMap<&str, Role>> = LazyLock::new(|| {
    let mut roles: HashMap<&str, Role> = HashMap::new();
    for (role, words) in WORDS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(':')) {
        let bit = Role::NAMES.iter().position(|n| *n == role).map_or(0, |n| 1 << n);
        words.split_whitespace().for_each(|w| roles.entry(w).or_default().0 |= bit);
    }
    roles
});

/// What a word in lower case tells.
#[must_use]
pub fn role(word: &str) -> Role {
    ROLES.get(word).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_roles() {
        assert!(role("county").is(Role::BEHIND) && role("county").is(Role::DISTRICT) && role("county").is(Role::SORT));
        assert!(role("western").is(Role::BEFORE) && role("western").is(Role::DIRECTION) && !role("western").is(Role::STREET));
        assert_eq!(role("paris"), Role::default());
    }

    #[test]
    fn every_line_has_a_role() {
        for line in WORDS.lines().filter(|l| !l.starts_with('#')) {
            let role = line.split_once(':').map_or("", |l| l.0);
            assert!(Role::NAMES.contains(&role), "{line}");
        }
    }
}
