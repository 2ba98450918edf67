//! Hash tables for words of a text: a hash that is several times as fast as the standard one on short strings, and seeded anew in every process, so that
//! no text can be written whose words all collide.

/// A table by words, or by what was read from a text.
pub type Map<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// A set of words, or of what was read from a text.
pub type Set<K> = std::collections::HashSet<K, foldhash::fast::RandomState>;
