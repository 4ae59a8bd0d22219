//! The report on the wire.

use std::fmt::{self, Formatter};

use chrono::NaiveDate;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::VERSION;
use super::keys::Keys;
use super::tables::{DisclosureDraft, DisputesDraft, RequestsDraft, TableSeed};
use crate::form::{Level, Section, Table};
use crate::model::{Authority, Report, Texts};

/// The keys of a report, in the order in which they are written.
const KEYS: &[&str] = &["version", "authority", "year", "published", "sections", "disclosure", "requests", "disputes"];
const AUTHORITY_KEYS: &[&str] = &["name", "code", "level"];

/// A text that is named in errors.
struct TextAt(&'static str);

impl<'de> DeserializeSeed<'de> for TextAt {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_string(self)
    }
}

impl Visitor<'_> for TextAt {
    type Value = String;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: a text", self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}

struct YearSeed;

impl<'de> DeserializeSeed<'de> for YearSeed {
    type Value = u16;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<u16, D::Error> {
        deserializer.deserialize_u16(self)
    }
}

impl Visitor<'_> for YearSeed {
    type Value = u16;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "year: a year from {} to {}", Report::YEARS.start(), Report::YEARS.end())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<u16, E> {
        let year = u16::try_from(value).ok().filter(|year| Report::YEARS.contains(year));
        year.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &self))
    }
}

/// An object of which only the visitor differs.
struct Object<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Object<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_map(self.0)
    }
}

struct AuthorityVisitor;

impl<'de> Visitor<'de> for AuthorityVisitor {
    type Value = Authority;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("authority: an object with a name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut name, mut code, mut level) = (None, None, None);
        let mut keys = Keys::new(AUTHORITY_KEYS);
        while let Some(key) = keys.next(&mut map, &"authority")? {
            match key {
                0 => name = Some(map.next_value_seed(TextAt("authority.name"))?),
                1 => code = Some(map.next_value_seed(TextAt("authority.code"))?),
                _ => {
                    let word = map.next_value_seed(TextAt("authority.level"))?;
                    let known = Level::from_key(&word);
                    level = Some(known.ok_or_else(|| A::Error::custom(format_args!("authority.level: unknown level {word:?}")))?);
                }
            }
        }
        let name = name.ok_or_else(|| keys.missing(0, &"authority"))?;
        Authority::new(name, code, level).map_err(A::Error::custom)
    }
}

struct SectionsVisitor;

impl<'de> Visitor<'de> for SectionsVisitor {
    type Value = Texts;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("sections: an object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut sections = Texts::default();
        let mut keys = Keys::new(Section::KEYS);
        while let Some(place) = keys.next(&mut map, &"sections")? {
            let Some(&section) = Section::ALL.get(place) else { continue };
            sections.set(section, Some(map.next_value_seed(TextAt(section.key()))?.into_boxed_str()));
        }
        Ok(sections)
    }
}

struct ReportVisitor;

impl<'de> Visitor<'de> for ReportVisitor {
    type Value = Report;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a report: an object with authority, year and three tables")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Report, A::Error> {
        let (mut authority, mut year, mut published, mut sections) = (None, None, None, Texts::default());
        let (mut disclosure, mut requests, mut disputes) = (DisclosureDraft::blank(), RequestsDraft::blank(), DisputesDraft::blank());
        let (mut disclosure_form, mut requests_form, mut disputes_form) = (None, None, None);
        let mut keys = Keys::new(KEYS);
        while let Some(key) = keys.next(&mut map, &"report")? {
            match key {
                0 => {
                    let version: u64 = map.next_value()?;
                    if version != VERSION {
                        return Err(A::Error::custom(format_args!("version: expected {VERSION}, found {version}")));
                    }
                }
                1 => authority = Some(map.next_value_seed(Object(AuthorityVisitor))?),
                2 => year = Some(map.next_value_seed(YearSeed)?),
                3 => published = Some(day(&map.next_value_seed(TextAt("published"))?).map_err(A::Error::custom)?),
                4 => sections = map.next_value_seed(Object(SectionsVisitor))?,
                5 => disclosure_form = Some(map.next_value_seed(TableSeed { table: Table::Disclosure, draft: &mut disclosure })?),
                6 => requests_form = Some(map.next_value_seed(TableSeed { table: Table::Requests, draft: &mut requests })?),
                _ => disputes_form = Some(map.next_value_seed(TableSeed { table: Table::Disputes, draft: &mut disputes })?),
            }
        }
        let missing = |place| keys.missing::<A::Error>(place, &"report");
        let authority = authority.ok_or_else(|| missing(1))?;
        let year = year.ok_or_else(|| missing(2))?;
        let disclosure = disclosure.table(disclosure_form.ok_or_else(|| missing(5))?);
        let requests = requests.table(requests_form.ok_or_else(|| missing(6))?);
        disputes_form.ok_or_else(|| missing(7))?;
        Ok(Report::from_parts(authority, year, published, sections, disclosure, requests, disputes.table()))
    }
}

/// A day, `2021-01-28` and in no other way.
fn day(text: &str) -> Result<NaiveDate, String> {
    super::day::parse(text)
        .ok_or_else(|| format!("published: expected a day such as 2021-01-28, found {:?}", text.chars().take(80).collect::<String>()))
}

/// ```
/// let json = include_str!("../../tests/data/reports/shanghai-office-2019.json");
/// let report: gongkai::Report = serde_json::from_str(json)?;
/// assert_eq!(report.printed("T2/procurement/amount".parse()?), None);
/// assert_eq!(serde_json::to_value(&report)?["disclosure"]["procurement"]["amount"], "251000元");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// A missing row or column, an unknown or double key, a number that its cell cannot hold; each names the cell and what was
/// found: `invalid value: integer `-1`, expected in T3/received/total: a whole number from 0 to 9007199254740991, null or
/// the printed text`.
impl<'de> Deserialize<'de> for Report {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ReportVisitor)
    }
}

struct AuthorityOut<'r>(&'r Authority);

impl Serialize for AuthorityOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let optional = usize::from(self.0.code().is_some()).saturating_add(usize::from(self.0.level().is_some()));
        let mut map = serializer.serialize_map(Some(optional.saturating_add(1)))?;
        map.serialize_entry("name", self.0.name())?;
        if let Some(code) = self.0.code() {
            map.serialize_entry("code", code)?;
        }
        if let Some(level) = self.0.level() {
            map.serialize_entry("level", &level)?;
        }
        map.end()
    }
}

struct SectionsOut<'r>(&'r Report);

impl SectionsOut<'_> {
    fn texts(&self) -> impl Iterator<Item = (Section, &str)> + Clone {
        Section::ALL.iter().filter_map(|&section| Some((section, self.0.section(section)?)))
    }
}

impl Serialize for SectionsOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.texts().count()))?;
        for (section, text) in self.texts() {
            map.serialize_entry(section.key(), text)?;
        }
        map.end()
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sections = SectionsOut(self);
        let has_sections = sections.texts().next().is_some();
        let optional = usize::from(self.published().is_some()).saturating_add(usize::from(has_sections));
        let mut map = serializer.serialize_map(Some(optional.saturating_add(5)))?;
        map.serialize_entry("authority", &AuthorityOut(self.authority()))?;
        map.serialize_entry("year", &self.year())?;
        if let Some(day) = self.published() {
            map.serialize_entry("published", &day.to_string())?;
        }
        if has_sections {
            map.serialize_entry("sections", &sections)?;
        }
        map.serialize_entry("disclosure", self.disclosure())?;
        map.serialize_entry("requests", self.requests())?;
        map.serialize_entry("disputes", self.disputes())?;
        map.end()
    }
}
