//! Part four.

use super::cell::Cell;
use super::number::Number;
use super::sheet::{CellError, Cells, Sheet, cell_of, count_in_range, stored};
use crate::form::{CellAddress, CellKind, Edition, Proceeding, Ruling};

type DisputeSheet = Sheet<{ Proceeding::COUNT }, { Ruling::COUNT }>;

/// Part four, 政府信息公开行政复议、行政诉讼情况: reconsideration and litigation, and how they ended. The same in both forms.
///
/// *Shape*: three blocks of five cells, printed as one row of fifteen. *Units*: cases (件).
/// *Source*: 《政府信息公开条例》第五十条. Part four is not tied to part three: cases may concern earlier years.
///
/// ```
/// use gongkai::{Cell, Disputes, Proceeding, Ruling};
///
/// let table = Disputes::from_parts(|block, ruling| u64::from(block == Proceeding::Reconsideration && ruling == Ruling::Upheld))?;
/// assert_eq!(table.get(Proceeding::Reconsideration, Ruling::Total), Cell::Value(1));
/// # Ok::<(), gongkai::CellError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Disputes {
    sheet: DisputeSheet,
}

impl Disputes {
    /// The table with nothing printed in it.
    #[must_use]
    pub const fn blank() -> Self {
        Self { sheet: Sheet::blank() }
    }

    /// The table from its parts: `part` is asked for the four results of each block, in printed order; totals are computed.
    /// A total over a cell that is no number stays blank.
    ///
    /// # Errors
    ///
    /// A part or a sum above 2^53 − 1, with its cell.
    pub fn from_parts<C: Into<Cell<u64>>>(mut part: impl FnMut(Proceeding, Ruling) -> C) -> Result<Self, CellError> {
        let mut table = Self::blank();
        for &block in Proceeding::ALL {
            let mut total = Some(0_u64);
            for &ruling in Ruling::ALL.iter().filter(|&&ruling| ruling != Ruling::Total) {
                let cell = part(block, ruling).into();
                table.set(block, ruling, cell)?;
                total = total.zip(cell.value()).map(|(sum, value)| sum.saturating_add(value));
            }
            table.set(block, Ruling::Total, total.map_or(Cell::Blank, Cell::Value))?;
        }
        Ok(table)
    }

    /// The cell.
    #[must_use]
    pub fn get(&self, block: Proceeding, ruling: Ruling) -> Cell<u64> {
        self.sheet.count(block.index(), ruling.index())
    }

    /// Sets a cell. The text that was printed there is dropped.
    ///
    /// # Errors
    ///
    /// A number above 2^53 − 1, with its cell.
    pub fn set(&mut self, block: Proceeding, ruling: Ruling, cell: impl Into<Cell<u64>>) -> Result<(), CellError> {
        let cell = count_in_range(CellAddress::Disputes(block, ruling), cell.into())?;
        self.sheet.set(block.index(), ruling.index(), cell);
        Ok(())
    }

    /// The cells with their addresses, in printed order.
    pub fn cells(&self) -> impl Iterator<Item = (CellAddress, Cell<u64>)> + '_ {
        Proceeding::ALL
            .iter()
            .flat_map(move |&block| Ruling::ALL.iter().map(move |&ruling| (CellAddress::Disputes(block, ruling), self.get(block, ruling))))
    }

    pub(crate) const fn sheet(&self) -> &DisputeSheet {
        &self.sheet
    }

    pub(crate) const fn from_sheet(sheet: DisputeSheet) -> Self {
        Self { sheet }
    }
}

impl Cells for Disputes {
    fn cell(&self, address: CellAddress) -> Option<Cell<Number>> {
        let CellAddress::Disputes(block, ruling) = address else { return None };
        Some(cell_of(CellKind::Count, self.sheet.get(block.index(), ruling.index())))
    }

    fn text(&self, address: CellAddress) -> Option<&str> {
        let CellAddress::Disputes(block, ruling) = address else { return None };
        self.sheet.printed(block.index(), ruling.index())
    }

    fn put(&mut self, address: CellAddress, cell: Cell<Number>, printed: Option<Box<str>>) -> Result<(), CellError> {
        let CellAddress::Disputes(block, ruling) = address else {
            return Err(CellError::NotInForm { cell: address, edition: Edition::E2021 });
        };
        self.sheet.set(block.index(), ruling.index(), stored(address, cell)?);
        self.sheet.set_printed(block.index(), ruling.index(), printed);
        Ok(())
    }
}
