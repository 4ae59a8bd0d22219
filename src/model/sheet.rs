//! The storage that the three tables share: dense slots, and the printed texts beside them.

use std::collections::BTreeMap;

use super::cell::{Cell, Slot};
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

/// Counts and changes with their states, and the printed text of the cells that say more than a number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Sheet<const N: usize> {
    slots: [Slot; N],
    // Keyed by slot. Few cells have a text, so an empty map costs nothing and a report stays small.
    printed: BTreeMap<u8, Box<str>>,
}

impl<const N: usize> Sheet<N> {
    pub(crate) const fn blank() -> Self {
        Self { slots: [Slot::BLANK; N], printed: BTreeMap::new() }
    }

    pub(crate) const fn slots(&self) -> &[Slot; N] {
        &self.slots
    }

    pub(crate) fn slot(&self, index: usize) -> Slot {
        self.slots.get(index).copied().unwrap_or(Slot::BLANK)
    }

    /// Sets a slot; its printed text is dropped.
    pub(crate) fn set(&mut self, index: usize, slot: Slot) {
        if let Some(place) = self.slots.get_mut(index) {
            *place = slot;
        }
        if !self.printed.is_empty() {
            self.set_printed(index, None);
        }
    }

    pub(crate) fn printed(&self, index: usize) -> Option<&str> {
        self.printed.get(&u8::try_from(index).ok()?).map(|text| &**text)
    }

    pub(crate) fn set_printed(&mut self, index: usize, text: Option<Box<str>>) {
        let Ok(index) = u8::try_from(index) else { return };
        match text {
            Some(text) => _ = self.printed.insert(index, text),
            None => _ = self.printed.remove(&index),
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
pub(crate) fn slot_of(address: CellAddress, cell: Cell<Number>) -> Result<Slot, CellError> {
    let out_of_range = |found| CellError::OutOfRange { cell: address, found };
    match cell {
        Cell::Value(number) => {
            let fitted = fitted(address, number)?;
            fitted.integer().and_then(|value| Slot::new(Cell::Value(value))).ok_or_else(|| out_of_range(number))
        }
        Cell::Blank => Ok(Slot::BLANK),
        Cell::NotApplicable => Ok(Slot::NOT_APPLICABLE),
        Cell::Unreadable => Ok(Slot::UNREADABLE),
    }
}

/// The cell of any kind that stands in a slot.
pub(crate) fn cell_of(kind: CellKind, slot: Slot) -> Cell<Number> {
    match kind {
        CellKind::Change => slot.signed().map(Number::Change),
        CellKind::Count | CellKind::Money(_) => slot.unsigned().map(Number::Count),
    }
}
