//! The sum of one cell over many reports.

use rust_decimal::Decimal;

use crate::form::{CellKind, Unit};
use crate::model::{Cell, MAX_COUNT, Money, Number};

/// The sum of one cell over the units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Total {
    kind: CellKind,
    pub(super) integer: i128,
    pub(super) yuan: Decimal,
    numbers: u32,
    marks: u32,
    unknown: u32,
}

impl Total {
    pub(super) const fn none(kind: CellKind) -> Self {
        Self { kind, integer: 0, yuan: Decimal::ZERO, numbers: 0, marks: 0, unknown: 0 }
    }

    /// What the numbers of the units are together: the sum if no unit's is unknown, otherwise its lower bound.
    ///
    /// `None` for a sum of changes with an unknown one, which has no bound, and beyond what a cell can hold.
    #[must_use]
    pub fn at_least(&self) -> Option<Number> {
        match self.kind {
            CellKind::Change if self.unknown > 0 => None,
            _ => self.known(),
        }
    }

    /// The sum, where no unit's number is unknown. A mark counts as zero.
    #[must_use]
    pub fn value(&self) -> Option<Number> {
        (self.unknown == 0).then(|| self.known()).flatten()
    }

    /// How many units have a number.
    #[must_use]
    pub const fn numbers(&self) -> u32 {
        self.numbers
    }

    /// How many units have a mark: `/`, 不适用.
    #[must_use]
    pub const fn marks(&self) -> u32 {
        self.marks
    }

    /// In how many units the number is unknown: blank, unreadable, not printed by their form, an amount without a unit.
    #[must_use]
    pub const fn unknown(&self) -> u32 {
        self.unknown
    }

    pub(super) fn known(&self) -> Option<Number> {
        let number = match self.kind {
            CellKind::Count => Number::Count(u64::try_from(self.integer).ok().filter(|&sum| sum <= MAX_COUNT)?),
            CellKind::Change => Number::Change(i64::try_from(self.integer).ok()?),
            CellKind::Money(unit) => {
                let amount = match unit {
                    Unit::TenThousandYuan => self.yuan.checked_div(Decimal::from(10_000))?,
                    Unit::Yuan | Unit::NotStated => self.yuan,
                };
                // 采购总金额 prints no unit, so a sum of amounts says its own.
                let unit = if unit == Unit::NotStated && !amount.is_zero() { Unit::Yuan } else { unit };
                Number::Money(Money::new(amount.normalize(), unit))
            }
        };
        number.as_kind(self.kind)
    }

    /// The sum as a cell: blank where it is unknown, a mark where every unit has one.
    pub(super) fn cell(&self) -> Cell<Number> {
        match self.value() {
            _ if self.numbers == 0 && self.unknown == 0 && self.marks > 0 => Cell::NotApplicable,
            Some(number) => Cell::Value(number),
            None => Cell::Blank,
        }
    }

    pub(super) fn add(&mut self, found: Cell<Number>) {
        match found {
            Cell::Value(Number::Money(money)) => {
                let yuan = if money.amount.is_zero() { Some(Decimal::ZERO) } else { money.in_yuan() };
                match yuan.and_then(|yuan| self.yuan.checked_add(yuan)) {
                    Some(sum) => {
                        self.yuan = sum.normalize();
                        self.numbers = self.numbers.saturating_add(1);
                    }
                    None => self.unknown = self.unknown.saturating_add(1),
                }
            }
            Cell::Value(number) => {
                let integer = number.integer().map_or(0, i128::from);
                self.integer = self.integer.saturating_add(integer);
                self.numbers = self.numbers.saturating_add(1);
            }
            Cell::NotApplicable => self.marks = self.marks.saturating_add(1),
            Cell::Blank | Cell::Unreadable => self.unknown = self.unknown.saturating_add(1),
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        match self.yuan.checked_add(other.yuan) {
            Some(sum) => self.yuan = sum.normalize(),
            None => self.unknown = self.unknown.saturating_add(1),
        }
        self.integer = self.integer.saturating_add(other.integer);
        self.numbers = self.numbers.saturating_add(other.numbers);
        self.marks = self.marks.saturating_add(other.marks);
        self.unknown = self.unknown.saturating_add(other.unknown);
    }
}
