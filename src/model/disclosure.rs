//! Part two.

use super::cell::Cell;
use super::number::{Money, Number};
use super::sheet::{CellError, Cells, Sheet, cell_of, fitted, stored};
use crate::form::{CellAddress, CellKind, DisclosureColumn, DisclosureRow, Edition, Table, cells};

type DisclosureSheet = Sheet<{ DisclosureRow::COUNT }, { DisclosureColumn::COUNT }>;

/// Part two, 主动公开政府信息情况: what the authority issued, decided and charged under Article 20 of the Regulations.
///
/// *Shape*: 22 cells in the 2019 form, 10 in the 2021 form; [`form::blocks`](crate::form::blocks) tells which.
/// *Units*: documents, decisions, items, projects; one amount of money in each form.
/// *Source*: 《政府信息公开条例》第二十条 items (一), (五), (六), (八), and (九) in the 2019 form.
///
/// ```
/// use gongkai::{Cell, Disclosure, DisclosureColumn, DisclosureRow, Edition, Number};
///
/// let mut table = Disclosure::blank(Edition::E2019);
/// table.set(DisclosureRow::Licences, DisclosureColumn::ItemsChange, -3)?;
/// assert_eq!(table.get(DisclosureRow::Licences, DisclosureColumn::ItemsChange), Some(Cell::Value(Number::Change(-3))));
/// assert_eq!(table.get(DisclosureRow::Rules, DisclosureColumn::Issued), None); // a cell of the 2021 form
/// # Ok::<(), gongkai::CellError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Disclosure {
    edition: Edition,
    sheet: DisclosureSheet,
    // Each form prints exactly one amount of money: 行政事业性收费 since 2021, 采购总金额 before.
    money: Cell<Money>,
}

impl Disclosure {
    /// The table with nothing printed in it.
    #[must_use]
    pub const fn blank(edition: Edition) -> Self {
        Self { edition, sheet: Sheet::blank(), money: Cell::Blank }
    }

    /// The form that the table follows.
    #[must_use]
    pub const fn edition(&self) -> Edition {
        self.edition
    }

    /// The cell; `None` if the table's form does not print it.
    #[must_use]
    pub fn get(&self, row: DisclosureRow, column: DisclosureColumn) -> Option<Cell<Number>> {
        self.cell(CellAddress::Disclosure(row, column))
    }

    /// The count in a cell; `None` if the form does not print the cell or it holds no count.
    #[must_use]
    pub fn count(&self, row: DisclosureRow, column: DisclosureColumn) -> Option<Cell<u64>> {
        let address = CellAddress::Disclosure(row, column);
        (address.kind() == CellKind::Count && address.is_in(self.edition)).then(|| self.sheet.count(row.index(), column.index()))
    }

    /// The change in 本年增/减 of a row; `None` if the form does not print it.
    #[must_use]
    pub fn change(&self, row: DisclosureRow) -> Option<Cell<i64>> {
        let column = DisclosureColumn::ItemsChange;
        CellAddress::Disclosure(row, column).is_in(self.edition).then(|| self.sheet.get(row.index(), column.index()))
    }

    /// The table's one amount of money: 行政事业性收费 (2021, in 万元) or 采购总金额 (2019, no unit printed).
    #[must_use]
    pub const fn amount(&self) -> Cell<Money> {
        self.money
    }

    /// Sets a cell. The text that was printed there is dropped.
    ///
    /// # Errors
    ///
    /// A cell that the form lacks: `T2/rules/made: the 2021 form has no such cell`. A number that the cell cannot hold:
    /// `T2/rules/issued: expected a whole number from 0 to 9007199254740991, found -1`.
    pub fn set(&mut self, row: DisclosureRow, column: DisclosureColumn, cell: impl Into<Cell<Number>>) -> Result<(), CellError> {
        self.put(CellAddress::Disclosure(row, column), cell.into(), None)
    }

    /// The cells with their addresses, in printed order.
    pub fn cells(&self) -> impl Iterator<Item = (CellAddress, Cell<Number>)> + '_ {
        cells(Table::Disclosure, self.edition).filter_map(|address| Some((address, self.cell(address)?)))
    }

    pub(crate) const fn from_sheet(edition: Edition, sheet: DisclosureSheet, money: Cell<Money>) -> Self {
        Self { edition, sheet, money }
    }

    pub(crate) const fn sheet(&self) -> &DisclosureSheet {
        &self.sheet
    }
}

impl Cells for Disclosure {
    fn cell(&self, address: CellAddress) -> Option<Cell<Number>> {
        let CellAddress::Disclosure(row, column) = address else { return None };
        address.is_in(self.edition).then(|| match address.kind() {
            CellKind::Money(_) => self.money.map(Number::Money),
            kind => cell_of(kind, self.sheet.get(row.index(), column.index())),
        })
    }

    fn text(&self, address: CellAddress) -> Option<&str> {
        let CellAddress::Disclosure(row, column) = address else { return None };
        self.sheet.printed(row.index(), column.index())
    }

    fn put(&mut self, address: CellAddress, cell: Cell<Number>, printed: Option<Box<str>>) -> Result<(), CellError> {
        let CellAddress::Disclosure(row, column) = address else {
            return Err(CellError::NotInForm { cell: address, edition: self.edition });
        };
        if !address.is_in(self.edition) {
            return Err(CellError::NotInForm { cell: address, edition: self.edition });
        }
        if let CellKind::Money(_) = address.kind() {
            self.money = match cell {
                Cell::Value(number) => match fitted(address, number)? {
                    Number::Money(money) => Cell::Value(money),
                    found @ (Number::Count(_) | Number::Change(_)) => return Err(CellError::OutOfRange { cell: address, found }),
                },
                Cell::Blank => Cell::Blank,
                Cell::NotApplicable => Cell::NotApplicable,
                Cell::Unreadable => Cell::Unreadable,
            };
        } else {
            self.sheet.set(row.index(), column.index(), stored(address, cell)?);
        }
        self.sheet.set_printed(row.index(), column.index(), printed);
        Ok(())
    }
}
