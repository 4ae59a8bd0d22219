//! The three tables on the wire: an object of rows, each an object of cells.

use std::fmt::{self, Display, Formatter};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::cell::{CellSeed, Written};
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
    /// Puts a count that is in range.
    #[inline]
    pub(super) fn put_count(&mut self, (row, column): (usize, usize), count: i64) {
        self.sheet.set(row, column, Cell::Value(count));
    }

    /// Puts a number that fits its cell, or a state.
    #[inline]
    pub(super) fn put(&mut self, (row, column): (usize, usize), kind: CellKind, cell: Cell<Number>, printed: Option<Box<str>>) {
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

struct TableSeed<const R: usize, const C: usize>(Table);

impl<'de, const R: usize, const C: usize> DeserializeSeed<'de> for TableSeed<R, C> {
    type Value = (Edition, Draft<R, C>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const R: usize, const C: usize> Visitor<'de> for TableSeed<R, C> {
    type Value = (Edition, Draft<R, C>);

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: an object of rows", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let table = self.0;
        let offset = usize::from(has_edition(table));
        let mut draft = Draft { sheet: Sheet::blank(), money: Cell::Blank };
        let mut edition = (!has_edition(table)).then_some(Edition::E2021);
        // The cells of the rows that came before the form; the rows after it were checked where they stand.
        let (mut rows, mut known) = ([0_u64; RequestRow::COUNT], 0_u64);
        let mut keys = Keys::new(row_words(table));
        while let Some(place) = keys.next(&mut map, &table)? {
            let Some(row) = place.checked_sub(offset) else {
                edition = Some(map.next_value_seed(EditionSeed(table))?);
                continue;
            };
            let columns = map.next_value_seed(RowSeed { draft: &mut draft, table, row, edition })?;
            match (edition, rows.get_mut(row)) {
                (None, Some(seen)) => *seen = columns,
                _ => known |= 1 << row,
            }
        }
        let edition = edition.ok_or_else(|| A::Error::custom(format_args!("{table}: the key \"{EDITION}\" is missing")))?;
        for row in 0..row_words(table).len().saturating_sub(offset) {
            if known >> row & 1 == 0 {
                let seen = keys.seen() >> row.saturating_add(offset) & 1 == 1;
                check_row(table, row, seen.then(|| rows.get(row).copied().unwrap_or(0)), edition)?;
            }
        }
        Ok((edition, draft))
    }
}

/// The cells that a form prints in a row, as bits by column.
fn printed(table: Table, row: usize, edition: Edition) -> u64 {
    let columns = column_words(table).len();
    match table {
        Table::Disclosure => {
            let cells = (0..columns).filter_map(|column| CellAddress::at(table, row, column));
            cells.enumerate().fold(0, |bits, (column, cell)| bits | u64::from(cell.is_in(edition)) << column)
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
            let Some(address) = CellAddress::at(self.table, self.row, column) else { continue };
            map.next_value_seed(CellSeed { draft: &mut *self.draft, place: (self.row, column), address })?;
        }
        // Told here where the form is known, so that the error stands at the row.
        if let Some(edition) = self.edition {
            check_row(self.table, self.row, Some(keys.seen()), edition)?;
        }
        Ok(keys.seen())
    }
}

impl<'de> Deserialize<'de> for Disclosure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (edition, draft) =
            TableSeed::<{ DisclosureRow::COUNT }, { DisclosureColumn::COUNT }>(Table::Disclosure).deserialize(deserializer)?;
        Ok(Self::from_sheet(edition, draft.sheet, draft.money))
    }
}

impl<'de> Deserialize<'de> for Requests {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (edition, draft) = TableSeed::<{ RequestRow::COUNT }, { Applicant::COUNT }>(Table::Requests).deserialize(deserializer)?;
        Ok(Self::from_sheet(edition, draft.sheet))
    }
}

impl<'de> Deserialize<'de> for Disputes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (_, draft) = TableSeed::<{ Proceeding::COUNT }, { Ruling::COUNT }>(Table::Disputes).deserialize(deserializer)?;
        Ok(Self::from_sheet(draft.sheet))
    }
}

/// A table as it is written.
struct TableOut<'r, T> {
    table: Table,
    edition: Edition,
    cells: &'r T,
}

/// A row as it is written.
struct RowOut<'r, T> {
    of: &'r TableOut<'r, T>,
    row: usize,
}

impl<T: Cells> TableOut<'_, T> {
    /// The cells of a row that the form prints.
    fn row(&self, row: usize) -> impl Iterator<Item = CellAddress> + Clone {
        let (table, edition) = (self.table, self.edition);
        let columns = 0..column_words(table).len();
        columns.filter_map(move |column| CellAddress::at(table, row, column)).filter(move |cell| cell.is_in(edition))
    }
}

impl<T: Cells> Serialize for TableOut<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let offset = usize::from(has_edition(self.table));
        let rows = 0..row_words(self.table).len().saturating_sub(offset);
        let printed = rows.filter_map(|row| Some((row, self.row(row).next()?)));
        let mut map = serializer.serialize_map(Some(printed.clone().count().saturating_add(offset)))?;
        if has_edition(self.table) {
            map.serialize_entry(EDITION, &self.edition)?;
        }
        for (row, first) in printed {
            map.serialize_entry(first.row_key(), &RowOut { of: self, row })?;
        }
        map.end()
    }
}

impl<T: Cells> Serialize for RowOut<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = self.of.row(self.row);
        let mut map = serializer.serialize_map(Some(cells.clone().count()))?;
        for address in cells {
            let cell = self.of.cells.cell(address).unwrap_or(Cell::Blank);
            map.serialize_entry(address.column_key(), &Written { cell, printed: self.of.cells.text(address), address })?;
        }
        map.end()
    }
}

impl Serialize for Disclosure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TableOut { table: Table::Disclosure, edition: self.edition(), cells: self }.serialize(serializer)
    }
}

impl Serialize for Requests {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TableOut { table: Table::Requests, edition: self.edition(), cells: self }.serialize(serializer)
    }
}

impl Serialize for Disputes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TableOut { table: Table::Disputes, edition: Edition::E2021, cells: self }.serialize(serializer)
    }
}
