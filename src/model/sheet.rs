//! The storage that the three tables share: dense slots, and the printed texts beside them.

use std::collections::BTreeMap;

use super::cell::Cell;
use super::number::Number;
use super::spelling;
use crate::form::{CellAddress, CellKind, Edition};

/// A cell that a table cannot take.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum CellError {
    /// The table's form does not print the cell.
    #[error("{cell}: the {edition} form has no such cell")]
    NotInForm {
        /// The cell.
        cell: CellAddress,
        /// The form of the table.
        edition: Edition,
    },
    /// The number is none that the cell can hold.
    #[error("{cell}: expected {}, found {found}", cell.kind().expected())]
    OutOfRange {
        /// The cell.
        cell: CellAddress,
        /// The number.
        found: Number,
    },
}

impl CellError {
    /// The cell that the error is about.
    #[must_use]
    pub const fn cell(&self) -> CellAddress {
        match self {
            Self::NotInForm { cell, .. } | Self::OutOfRange { cell, .. } => *cell,
        }
    }
}

/// The cells of a table as numbers and states, and the printed text of the cells that say more than a number.
///
/// Numbers and states are apart, so that sums only add: a cell without a number adds zero, and the states of a whole row are
/// one word, in which a column has a bit for each state.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Sheet<const ROWS: usize, const COLUMNS: usize> {
    numbers: [[i64; COLUMNS]; ROWS],
    states: [States; ROWS],
    // Few cells have a text, so an empty map costs nothing and a report stays small.
    printed: BTreeMap<(u8, u8), Box<str>>,
}

/// Which cells of a row, or of several rows, hold no number: a bit for each column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct States(u64);

impl States {
    const MARK: u32 = 16;
    const UNREADABLE: u32 = 32;
    const COLUMNS: u64 = 0xffff;

    const fn blank(columns: usize) -> Self {
        Self(!(u64::MAX << columns))
    }

    /// The states of both.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The states of all rows.
    pub(crate) fn all(rows: &[Self]) -> Self {
        rows.iter().fold(Self::default(), |all, row| all.or(*row))
    }

    /// The states in those columns.
    pub(crate) const fn within(self, columns: u64) -> Self {
        Self(self.0 & (columns | columns << Self::MARK | columns << Self::UNREADABLE))
    }

    /// The columns in which some cell is no number.
    pub(crate) const fn unknown(self) -> u64 {
        (self.0 | self.0 >> Self::MARK | self.0 >> Self::UNREADABLE) & Self::COLUMNS
    }

    /// The columns in which some cell is blank or unreadable.
    pub(crate) const fn open(self) -> u64 {
        (self.0 | self.0 >> Self::UNREADABLE) & Self::COLUMNS
    }

    /// The columns in which some cell is unreadable.
    pub(crate) const fn unreadable(self) -> u64 {
        self.0 >> Self::UNREADABLE
    }

    fn get(self, column: usize) -> Option<Cell<i64>> {
        let bits = self.0 >> column;
        if bits & (1 | 1 << Self::MARK | 1 << Self::UNREADABLE) == 0 {
            None
        } else if bits & 1 != 0 {
            Some(Cell::Blank)
        } else if bits & 1 << Self::MARK != 0 {
            Some(Cell::NotApplicable)
        } else {
            Some(Cell::Unreadable)
        }
    }

    fn set(&mut self, column: usize, cell: Cell<i64>) {
        let bit = match cell {
            Cell::Value(_) => 0,
            Cell::Blank => 1,
            Cell::NotApplicable => 1 << Self::MARK,
            Cell::Unreadable => 1 << Self::UNREADABLE,
        };
        self.clear(column);
        self.0 |= bit << column;
    }

    /// The column holds a number.
    #[inline]
    const fn clear(&mut self, column: usize) {
        self.0 &= !((1 | 1 << Self::MARK | 1 << Self::UNREADABLE) << column);
    }
}

impl<const ROWS: usize, const COLUMNS: usize> Sheet<ROWS, COLUMNS> {
    pub(crate) const fn blank() -> Self {
        const { assert!(COLUMNS <= 16 && ROWS < 64, "the states of a row fit in a word, the rows of a table too") };
        Self { numbers: [[0; COLUMNS]; ROWS], states: [States::blank(COLUMNS); ROWS], printed: BTreeMap::new() }
    }

    /// The numbers, zero where there is none, and the states, row by row.
    pub(crate) const fn rows(&self) -> (&[[i64; COLUMNS]; ROWS], &[States; ROWS]) {
        (&self.numbers, &self.states)
    }

    #[inline]
    pub(crate) fn get(&self, row: usize, column: usize) -> Cell<i64> {
        let state = self.states.get(row).and_then(|states| states.get(column));
        let number = || self.numbers.get(row).and_then(|numbers| numbers.get(column)).copied();
        state.or_else(|| number().map(Cell::Value)).unwrap_or(Cell::Blank)
    }

    /// Sets a cell that has no printed text to a number in range.
    #[inline]
    pub(crate) fn set_number(&mut self, row: usize, column: usize, number: i64) {
        if let (Some(place), Some(states)) = (self.numbers.get_mut(row).and_then(|row| row.get_mut(column)), self.states.get_mut(row)) {
            *place = number;
            states.clear(column);
        }
    }

    pub(crate) fn count(&self, row: usize, column: usize) -> Cell<u64> {
        self.get(row, column).map(i64::unsigned_abs)
    }

    /// Sets a cell to a number in range or a state; its printed text is dropped.
    #[inline]
    pub(crate) fn set(&mut self, row: usize, column: usize, cell: Cell<i64>) {
        if let (Some(number), Some(states)) = (self.numbers.get_mut(row).and_then(|row| row.get_mut(column)), self.states.get_mut(row)) {
            *number = cell.value().unwrap_or(0);
            states.set(column, cell);
        }
        if !self.printed.is_empty() {
            self.set_printed(row, column, None);
        }
    }

    /// The numbers of a row in which every cell is a number, if no cell of the sheet says more than that.
    pub(crate) fn plain_row(&self, row: usize) -> Option<&[i64; COLUMNS]> {
        let plain = self.printed.is_empty() && self.states.get(row) == Some(&States::default());
        plain.then(|| self.numbers.get(row)).flatten()
    }

    pub(crate) fn printed(&self, row: usize, column: usize) -> Option<&str> {
        if self.printed.is_empty() {
            return None;
        }
        self.printed.get(&(u8::try_from(row).ok()?, u8::try_from(column).ok()?)).map(|text| &**text)
    }

    pub(crate) fn set_printed(&mut self, row: usize, column: usize, text: Option<Box<str>>) {
        let (Ok(row), Ok(column)) = (u8::try_from(row), u8::try_from(column)) else { return };
        match text {
            Some(text) => _ = self.printed.insert((row, column), text),
            None => _ = self.printed.remove(&(row, column)),
        }
    }
}

/// A table, cell by cell: what the three have in common. The typed interfaces of the tables are on the tables themselves.
pub(crate) trait Cells {
    /// The cell; `None` if the table's form does not print it.
    fn cell(&self, address: CellAddress) -> Option<Cell<Number>>;

    /// The printed text kept with the cell.
    fn text(&self, address: CellAddress) -> Option<&str>;

    /// Sets a cell, its text with it.
    fn put(&mut self, address: CellAddress, cell: Cell<Number>, printed: Option<Box<str>>) -> Result<(), CellError>;

    /// Sets a cell from its printed text. What is no number of the cell's kind is unreadable, not an error.
    fn put_text(&mut self, address: CellAddress, text: &str) -> Result<(), CellError> {
        let read = spelling::read_cell(text, address.kind());
        self.put(address, read.cell, read.printed)
    }

    /// Marks a cell as unreadable, whatever its text would read as alone.
    fn put_unreadable(&mut self, address: CellAddress, text: &str) -> Result<(), CellError> {
        let read = spelling::read_cell(text, address.kind());
        let read = if read.cell == Cell::Unreadable { read } else { spelling::unreadable(spelling::trim(text)) };
        self.put(address, read.cell, read.printed)
    }
}

/// The number as the cell holds it, or the error that names the cell.
pub(crate) fn fitted(address: CellAddress, number: Number) -> Result<Number, CellError> {
    number.as_kind(address.kind()).ok_or(CellError::OutOfRange { cell: address, found: number })
}

/// A count or a change as it is stored.
pub(crate) fn stored(address: CellAddress, cell: Cell<Number>) -> Result<Cell<i64>, CellError> {
    Ok(match cell {
        Cell::Value(number) => {
            let integer = fitted(address, number)?.integer();
            Cell::Value(integer.ok_or(CellError::OutOfRange { cell: address, found: number })?)
        }
        Cell::Blank => Cell::Blank,
        Cell::NotApplicable => Cell::NotApplicable,
        Cell::Unreadable => Cell::Unreadable,
    })
}

/// A count as it is stored.
pub(crate) fn count_in_range(address: CellAddress, cell: Cell<u64>) -> Result<Cell<i64>, CellError> {
    stored(address, cell.map(Number::Count))
}

/// The cell of any kind that is stored as an integer.
pub(crate) fn cell_of(kind: CellKind, stored: Cell<i64>) -> Cell<Number> {
    match kind {
        CellKind::Change => stored.map(Number::Change),
        CellKind::Count | CellKind::Money(_) => stored.map(|value| Number::Count(value.unsigned_abs())),
    }
}
