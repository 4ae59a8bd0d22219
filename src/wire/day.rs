//! A day on the wire: `2021-01-28`.

use std::fmt::{self, Formatter};

use chrono::NaiveDate;
use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde::ser::Serializer;

/// A day as it is written, and in no other way.
pub(crate) fn parse(text: &str) -> Option<NaiveDate> {
    text.parse::<NaiveDate>().ok().filter(|day| day.to_string() == text)
}

#[expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "serde hands over the field")]
pub(crate) fn serialize<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serializer.collect_str(day),
        None => serializer.serialize_none(),
    }
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    deserializer.deserialize_any(Day).map(Some)
}

struct Day;

impl<'de> Visitor<'de> for Day {
    type Value = NaiveDate;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a day such as 2021-01-28")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<NaiveDate, E> {
        parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    /// TOML has days of its own, which its readers hand over as a map of one text.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<NaiveDate, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((_, text)) => self.visit_str(&text),
            None => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}
