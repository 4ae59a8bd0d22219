//! Keys of objects: the expected one first, every other one by name.

use std::fmt::{self, Display, Formatter};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

/// The keys of an object in the order in which they are written, and those that were read so far.
///
/// A key is its place in the list. At most 64 keys.
pub(super) struct Keys {
    words: &'static [&'static str],
    seen: u64,
    next: usize,
}

impl Keys {
    pub(super) const fn new(words: &'static [&'static str]) -> Self {
        Self { words, seen: 0, next: 0 }
    }

    /// The next key of the object, each at most once.
    #[inline]
    pub(super) fn next<'de, A: MapAccess<'de>>(&mut self, map: &mut A, object: &impl Display) -> Result<Option<usize>, A::Error> {
        let next = self.words.get(self.next).copied().unwrap_or_default();
        let Some(found) = map.next_key_seed(Expected { words: self.words, next, object })? else { return Ok(None) };
        let place = match found {
            Found::Expected => self.next,
            Found::Place(place) => place,
        };
        let bit = 1_u64.wrapping_shl(u32::try_from(place).unwrap_or(u32::MAX));
        if self.seen & bit != 0 {
            let word = self.words.get(place).copied().unwrap_or_default();
            return Err(A::Error::custom(format_args!("{object}: the key \"{word}\" stands there twice")));
        }
        self.seen |= bit;
        self.next = place.wrapping_add(1);
        Ok(Some(place))
    }

    /// Which keys were read, as bits by place.
    pub(super) const fn seen(&self) -> u64 {
        self.seen
    }

    /// The error for a key that was not read.
    pub(super) fn missing<E: Error>(&self, place: usize, object: &impl Display) -> E {
        E::custom(format_args!("{object}: the key \"{}\" is missing", self.words.get(place).copied().unwrap_or_default()))
    }
}

enum Found {
    /// The key that should come next.
    Expected,
    /// Another key.
    Place(usize),
}

struct Expected<'a, O> {
    words: &'static [&'static str],
    next: &'static str,
    object: &'a O,
}

impl<'de, O: Display> DeserializeSeed<'de> for Expected<'_, O> {
    type Value = Found;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<O: Display> Visitor<'_> for Expected<'_, O> {
    type Value = Found;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: a key", self.object)
    }

    #[inline]
    fn visit_str<E: Error>(self, word: &str) -> Result<Found, E> {
        if same(word.as_bytes(), self.next.as_bytes()) {
            return Ok(Found::Expected);
        }
        self.words.iter().position(|known| *known == word).map(Found::Place).ok_or_else(|| {
            let word: String = word.chars().take(80).collect();
            E::custom(format_args!("{}: unknown key {word:?}", self.object))
        })
    }
}

/// Equality of short words, eight bytes at a time: keys mostly match, and a call for each costs more than the comparison.
#[inline]
fn same(word: &[u8], other: &[u8]) -> bool {
    if word.len() != other.len() {
        return false;
    }
    match (word.last_chunk::<8>(), other.last_chunk::<8>()) {
        // The last chunk overlaps the one before it.
        (Some(last), Some(other_last)) => {
            let ((chunks, _), (others, _)) = (word.as_chunks::<8>(), other.as_chunks::<8>());
            last == other_last && chunks.iter().zip(others).all(|(chunk, other)| chunk == other)
        }
        _ => word.iter().zip(other).all(|(byte, other)| byte == other),
    }
}
