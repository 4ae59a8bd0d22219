//! Part three.

use super::cell::Cell;
use super::number::Number;
use super::sheet::{CellError, Cells, Sheet, cell_of, count_in_range, stored};
use crate::form::{Applicant, CellAddress, CellKind, Edition, RequestRow};

type RequestSheet = Sheet<{ RequestRow::COUNT }, { Applicant::COUNT }>;

/// Part three, 收到和处理政府信息公开申请情况: what came in, how it was concluded, what is carried forward, by applicant.
///
/// *Shape*: 23 rows in the 2019 form, 25 in the 2021 form, by 7 columns. *Units*: requests (件).
/// *Source*: 《政府信息公开条例》第五十条; the rows of outcomes go back to its articles 14 to 16 and 36.
///
/// ```
/// use gongkai::{Applicant, Cell, Edition, RequestRow, Requests};
///
/// let mut table = Requests::blank(Edition::E2021);
/// table.set(RequestRow::Received, Applicant::NaturalPerson, 12)?;
/// assert_eq!(table.get(RequestRow::Received, Applicant::NaturalPerson), Some(Cell::Value(12)));
/// assert_eq!(table.get(RequestRow::Other, Applicant::Total), None); // a row of the 2019 form
/// # Ok::<(), gongkai::CellError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Requests {
    edition: Edition,
    sheet: RequestSheet,
}

impl Requests {
    /// The table with nothing printed in it.
    #[must_use]
    pub fn blank(edition: Edition) -> Self {
        Self::from_sheet(edition, Sheet::blank())
    }

    pub(crate) fn from_sheet(edition: Edition, mut sheet: RequestSheet) -> Self {
        // Rows of the other form hold zeros that nobody sees: so the sums over the rows of both forms are right for each.
        for &row in RequestRow::ALL.iter().filter(|row| !row.is_in(edition)) {
            for &who in Applicant::ALL {
                sheet.set(row.index(), who.index(), Cell::Value(0));
            }
        }
        Self { edition, sheet }
    }

    /// The table from its parts: `part` is asked for every row but （七） and for the six kinds of applicants, in printed
    /// order; the column and the row of totals are computed. A total over a cell that is no number stays blank.
    ///
    /// ```
    /// use gongkai::{Applicant, Cell, Edition, RequestRow, Requests};
    ///
    /// let table = Requests::from_parts(Edition::E2021, |row, who| match (row, who) {
    ///     (RequestRow::Received | RequestRow::Disclosed, Applicant::NaturalPerson) => 12_u64,
    ///     _ => 0,
    /// })?;
    /// assert_eq!(table.get(RequestRow::Concluded, Applicant::Total), Some(Cell::Value(12)));
    /// # Ok::<(), gongkai::CellError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A part or a sum above 2^53 − 1, with its cell.
    pub fn from_parts<C: Into<Cell<u64>>>(edition: Edition, mut part: impl FnMut(RequestRow, Applicant) -> C) -> Result<Self, CellError> {
        let mut table = Self::blank(edition);
        let kinds = || Applicant::ALL.iter().copied().filter(|&who| who != Applicant::Total);
        for row in RequestRow::of(edition).filter(|&row| row != RequestRow::Concluded) {
            for who in kinds() {
                table.set(row, who, part(row, who))?;
            }
            let total = table.sum(kinds().map(|who| (row, who)));
            table.set(row, Applicant::Total, total)?;
        }
        for &who in Applicant::ALL {
            let total = table.sum(RequestRow::of(edition).filter(|row| row.is_outcome()).map(|row| (row, who)));
            table.set(RequestRow::Concluded, who, total)?;
        }
        Ok(table)
    }

    fn sum(&self, cells: impl Iterator<Item = (RequestRow, Applicant)>) -> Cell<u64> {
        let total =
            cells.map(|(row, who)| self.get(row, who).and_then(Cell::value)).try_fold(0_u64, |sum, value| Some(sum.saturating_add(value?)));
        total.map_or(Cell::Blank, Cell::Value)
    }

    /// The form that the table follows.
    #[must_use]
    pub const fn edition(&self) -> Edition {
        self.edition
    }

    /// The cell; `None` if the table's form does not print it.
    #[must_use]
    pub fn get(&self, row: RequestRow, who: Applicant) -> Option<Cell<u64>> {
        row.is_in(self.edition).then(|| self.sheet.count(row.index(), who.index()))
    }

    /// Sets a cell. The text that was printed there is dropped.
    ///
    /// # Errors
    ///
    /// A cell that the form lacks: `T3/other/total: the 2021 form has no such cell`. A number above 2^53 − 1:
    /// `T3/received/total: expected a whole number from 0 to 9007199254740991, found 9007199254740992`.
    pub fn set(&mut self, row: RequestRow, who: Applicant, cell: impl Into<Cell<u64>>) -> Result<(), CellError> {
        let address = CellAddress::Requests(row, who);
        if !row.is_in(self.edition) {
            return Err(CellError::NotInForm { cell: address, edition: self.edition });
        }
        self.sheet.set(row.index(), who.index(), count_in_range(address, cell.into())?);
        Ok(())
    }

    /// The cells with their addresses, in printed order.
    pub fn cells(&self) -> impl Iterator<Item = (CellAddress, Cell<u64>)> + '_ {
        RequestRow::of(self.edition).flat_map(move |row| {
            Applicant::ALL.iter().map(move |&who| (CellAddress::Requests(row, who), self.sheet.count(row.index(), who.index())))
        })
    }

    pub(crate) const fn sheet(&self) -> &RequestSheet {
        &self.sheet
    }
}

impl Cells for Requests {
    fn cell(&self, address: CellAddress) -> Option<Cell<Number>> {
        let CellAddress::Requests(row, who) = address else { return None };
        row.is_in(self.edition).then(|| cell_of(CellKind::Count, self.sheet.get(row.index(), who.index())))
    }

    fn text(&self, address: CellAddress) -> Option<&str> {
        let CellAddress::Requests(row, who) = address else { return None };
        self.sheet.printed(row.index(), who.index())
    }

    fn put(&mut self, address: CellAddress, cell: Cell<Number>, printed: Option<Box<str>>) -> Result<(), CellError> {
        match address {
            CellAddress::Requests(row, who) if row.is_in(self.edition) => {
                self.sheet.set(row.index(), who.index(), stored(address, cell)?);
                self.sheet.set_printed(row.index(), who.index(), printed);
                Ok(())
            }
            _ => Err(CellError::NotInForm { cell: address, edition: self.edition }),
        }
    }
}
