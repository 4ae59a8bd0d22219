//! The three tables on the wire: an object of rows, each an object of cells.

use std::fmt::{self, Display, Formatter};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::cell::{CellSeed, Read, Written};
use super::keys::Keys;
use crate::form::{Applicant, CellAddress, CellKind, DisclosureColumn, DisclosureRow, Edition, Proceeding, RequestRow, Ruling, Table};
use crate::model::{Cell, Cells, Disclosure, Disputes, Money, Number, Requests, Sheet};

/// The key that says which form a table follows.
const EDITION: &str = "edition";

/// `edition`, then the keys of an axis.
macro_rules! with_edition {
    ($axis:ident) => {{
        const WORDS: [&str; $axis::COUNT + 1] = {
            let mut words = [EDITION; $axis::COUNT + 1];
            if let (Some((_, mut places)), mut keys) = (words.split_first_mut(), $axis::KEYS) {
                while let (Some((place, next)), Some((key, rest))) = (places.split_first_mut(), keys.split_first()) {
                    *place = *key;
                    places = next;
                    keys = rest;
                }
            }
            words
        };
        &WORDS
    }};
}

/// The rows of a table on the wire; the first key is the form, where the table has one.
const fn row_words(table: Table) -> &'static [&'static str] {
    match table {
        Table::Disclosure => with_edition!(DisclosureRow),
        Table::Requests => with_edition!(RequestRow),
        Table::Disputes => Proceeding::KEYS,
    }
}

const fn column_words(table: Table) -> &'static [&'static str] {
    match table {
        Table::Disclosure => DisclosureColumn::KEYS,
        Table::Requests => Applicant::KEYS,
        Table::Disputes => Ruling::KEYS,
    }
}

const fn has_edition(table: Table) -> bool {
    !matches!(table, Table::Disputes)
}

/// A table that is being read. Its form may come after its rows, so the cells of both forms are there.
pub(super) struct Draft<const R: usize, const C: usize> {
    sheet: Sheet<R, C>,
    money: Cell<Money>,
}

impl<const R: usize, const C: usize> Draft<R, C> {
    /// Puts a number that fits its cell, or a state.
    fn put(&mut self, (row, column): (usize, usize), kind: CellKind, cell: Cell<Number>, printed: Option<Box<str>>) {
        if let CellKind::Money(unit) = kind {
            self.money = cell.map(|number| match number {
                Number::Money(money) => money,
                Number::Count(_) | Number::Change(_) => Money::new(number.integer().unwrap_or(0).into(), unit),
            });
        } else {
            self.sheet.set(row, column, cell.map(|number| number.integer().unwrap_or(0)));
        }
        if printed.is_some() {
            self.sheet.set_printed(row, column, printed);
        }
    }
}

/// Reads a table into a draft; its value is the form. A draft is large, so it is filled in place.
pub(super) struct TableSeed<'t, const R: usize, const C: usize> {
    pub(super) table: Table,
    pub(super) draft: &'t mut Draft<R, C>,
}

impl<'de, const R: usize, const C: usize> DeserializeSeed<'de> for TableSeed<'_, R, C> {
    type Value = Edition;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Edition, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const R: usize, const C: usize> Visitor<'de> for TableSeed<'_, R, C> {
    type Value = Edition;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: an object of rows", self.table)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Edition, A::Error> {
        let Self { table, draft } = self;
        let offset = usize::from(has_edition(table));
        let mut edition = (!has_edition(table)).then_some(Edition::E2021);
        // The cells of the rows that came before the form; the rows after it are checked where they stand.
        let (mut rows, mut checked) = ([0_u64; RequestRow::COUNT], 0_u64);
        let mut keys = Keys::new(row_words(table));
        while let Some(place) = keys.next(&mut map, &table)? {
            let Some(row) = place.checked_sub(offset) else {
                edition = Some(map.next_value_seed(EditionSeed(table))?);
                continue;
            };
            let columns = map.next_value_seed(RowSeed { draft: &mut *draft, table, row, edition })?;
            match (edition, rows.get_mut(row)) {
                (None, Some(seen)) => *seen = columns,
                _ => checked |= 1 << row,
            }
        }
        let edition = edition.ok_or_else(|| A::Error::custom(format_args!("{table}: the key \"{EDITION}\" is missing")))?;
        for row in (0..row_words(table).len().saturating_sub(offset)).filter(|row| checked >> row & 1 == 0) {
            let seen = keys.seen() >> row.saturating_add(offset) & 1 == 1;
            check_row(table, row, seen.then(|| rows.get(row).copied().unwrap_or(0)), edition)?;
        }
        Ok(edition)
    }
}

/// The cells that a form prints in a row, as bits by column.
fn printed(table: Table, row: usize, edition: Edition) -> u64 {
    let columns = column_words(table).len();
    match table {
        Table::Disclosure => {
            let columns = DisclosureRow::ALL.get(row).map_or(&[][..], |row| row.columns(edition));
            columns.iter().fold(0, |bits, column| bits | 1 << column.index())
        }
        Table::Requests if RequestRow::ALL.get(row).is_none_or(|row| !row.is_in(edition)) => 0,
        Table::Requests | Table::Disputes => !(u64::MAX << columns),
    }
}

/// Whether a row has the cells that its form prints, and no others. `None`: the row was not there.
fn check_row<E: Error>(table: Table, row: usize, columns: Option<u64>, edition: Edition) -> Result<(), E> {
    let printed = printed(table, row, edition);
    if columns.unwrap_or(0) == printed {
        return Ok(());
    }
    let key = CellAddress::at(table, row, 0).map_or("", CellAddress::row_key);
    let Some(columns) = columns else { return Err(E::custom(format_args!("{table}/{key}: missing"))) };
    if printed == 0 {
        return Err(E::custom(format_args!("{table}/{key}: the {edition} form has no such row")));
    }
    let (surplus, missing) = (columns & !printed, printed & !columns);
    let first = |bits: u64| column_words(table).get(bits.trailing_zeros() as usize).copied().unwrap_or_default();
    Err(if surplus == 0 {
        E::custom(format_args!("{table}/{key}/{}: missing", first(missing)))
    } else {
        E::custom(format_args!("{table}/{key}/{}: the {edition} form has no such cell", first(surplus)))
    })
}

struct EditionSeed(Table);

impl<'de> DeserializeSeed<'de> for EditionSeed {
    type Value = Edition;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Edition, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for EditionSeed {
    type Value = Edition;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the form, \"2019\" or \"2021\"", self.0)
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Edition, E> {
        Edition::from_key(key).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(key), &self))
    }
}

/// A row; its value is the columns that it has, as bits.
struct RowSeed<'t, const R: usize, const C: usize> {
    draft: &'t mut Draft<R, C>,
    table: Table,
    row: usize,
    edition: Option<Edition>,
}

impl<const R: usize, const C: usize> Display for RowSeed<'_, R, C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let key = CellAddress::at(self.table, self.row, 0).map_or("", CellAddress::row_key);
        write!(f, "{}/{key}", self.table)
    }
}

impl<'de, const R: usize, const C: usize> DeserializeSeed<'de> for RowSeed<'_, R, C> {
    type Value = u64;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<u64, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const R: usize, const C: usize> Visitor<'de> for RowSeed<'_, R, C> {
    type Value = u64;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "in {self}: an object of cells")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<u64, A::Error> {
        let words = column_words(self.table);
        let mut keys = Keys::new(words);
        while let Some(column) = keys.next(&mut map, &self)? {
            match map.next_value_seed(CellSeed { table: self.table, row: self.row, column })? {
                Read::Count(count) => self.draft.sheet.set_number(self.row, column, count),
                Read::Blank => {} // as a draft is, and no cell is read twice
                Read::Other(kind, read) => self.draft.put((self.row, column), kind, read.cell, read.printed),
            }
        }
        // Told here where the form is known, so that the error stands at the row.
        if let Some(edition) = self.edition {
            check_row(self.table, self.row, Some(keys.seen()), edition)?;
        }
        Ok(keys.seen())
    }
}

pub(super) type DisclosureDraft = Draft<{ DisclosureRow::COUNT }, { DisclosureColumn::COUNT }>;
pub(super) type RequestsDraft = Draft<{ RequestRow::COUNT }, { Applicant::COUNT }>;
pub(super) type DisputesDraft = Draft<{ Proceeding::COUNT }, { Ruling::COUNT }>;

impl<const R: usize, const C: usize> Draft<R, C> {
    pub(super) const fn blank() -> Self {
        Self { sheet: Sheet::blank(), money: Cell::Blank }
    }
}

impl DisclosureDraft {
    pub(super) fn table(self, edition: Edition) -> Disclosure {
        Disclosure::from_sheet(edition, self.sheet, self.money)
    }
}

impl RequestsDraft {
    pub(super) fn table(self, edition: Edition) -> Requests {
        Requests::from_sheet(edition, self.sheet)
    }
}

impl DisputesDraft {
    pub(super) fn table(self) -> Disputes {
        Disputes::from_sheet(self.sheet)
    }
}

impl<'de> Deserialize<'de> for Disclosure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut draft = DisclosureDraft::blank();
        let edition = TableSeed { table: Table::Disclosure, draft: &mut draft }.deserialize(deserializer)?;
        Ok(draft.table(edition))
    }
}

impl<'de> Deserialize<'de> for Requests {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut draft = RequestsDraft::blank();
        let edition = TableSeed { table: Table::Requests, draft: &mut draft }.deserialize(deserializer)?;
        Ok(draft.table(edition))
    }
}

impl<'de> Deserialize<'de> for Disputes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut draft = DisputesDraft::blank();
        TableSeed { table: Table::Disputes, draft: &mut draft }.deserialize(deserializer)?;
        Ok(draft.table())
    }
}

/// A table as it is written.
struct TableOut<'r, T, const R: usize, const C: usize> {
    table: Table,
    edition: Edition,
    sheet: &'r Sheet<R, C>,
    cells: &'r T,
}

/// A row as it is written, with the cells that its form prints as bits.
struct RowOut<'r, T, const R: usize, const C: usize> {
    of: &'r TableOut<'r, T, R, C>,
    row: usize,
    printed: u64,
}

impl<T: Cells, const R: usize, const C: usize> Serialize for TableOut<'_, T, R, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let offset = usize::from(has_edition(self.table));
        let words = row_words(self.table).iter().skip(offset);
        let rows = words.enumerate().map(|(row, key)| (key, RowOut { of: self, row, printed: printed(self.table, row, self.edition) }));
        let rows = rows.filter(|(_, row)| row.printed != 0);
        let mut map = serializer.serialize_map(Some(rows.clone().count().saturating_add(offset)))?;
        if has_edition(self.table) {
            map.serialize_entry(EDITION, &self.edition)?;
        }
        for (key, row) in rows {
            map.serialize_entry(key, &row)?;
        }
        map.end()
    }
}

impl<T: Cells, const R: usize, const C: usize> Serialize for RowOut<'_, T, R, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TableOut { table, sheet, cells, .. } = *self.of;
        let mut map = serializer.serialize_map(Some(self.printed.count_ones() as usize))?;
        // Nearly every row of a report: nothing but counts.
        if let Some(counts) = sheet.plain_row(self.row).filter(|_| table != Table::Disclosure) {
            for (key, count) in column_words(table).iter().zip(counts) {
                map.serialize_entry(key, &count.unsigned_abs())?;
            }
            return map.end();
        }
        for (column, key) in column_words(table).iter().enumerate().filter(|(column, _)| self.printed >> column & 1 == 1) {
            let Some(address) = CellAddress::at(table, self.row, column) else { continue };
            let cell = cells.cell(address).unwrap_or(Cell::Blank);
            map.serialize_entry(key, &Written { cell, printed: cells.text(address), address })?;
        }
        map.end()
    }
}

impl Serialize for Disclosure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TableOut { table: Table::Disclosure, edition: self.edition(), sheet: self.sheet(), cells: self }.serialize(serializer)
    }
}

impl Serialize for Requests {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TableOut { table: Table::Requests, edition: self.edition(), sheet: self.sheet(), cells: self }.serialize(serializer)
    }
}

impl Serialize for Disputes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TableOut { table: Table::Disputes, edition: Edition::E2021, sheet: self.sheet(), cells: self }.serialize(serializer)
    }
}
