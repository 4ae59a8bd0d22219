//! Amounts of money, and a number of any kind.

use rust_decimal::Decimal;

use super::Cell;
use super::cell::{MAX_COUNT, MAX_SIGNED};
use crate::form::{CellKind, Unit};

/// An amount of money as it is printed, digit for digit, with the unit that its cell or its column states.
///
/// ```
/// use gongkai::{Money, Unit, rust_decimal::Decimal};
///
/// let fees = Money::new("7730.28".parse()?, Unit::TenThousandYuan);
/// assert_eq!(fees.in_yuan(), Some(Decimal::new(77_302_800, 0)));
/// // 采购总金额 prints no unit: 251000 may be 元 or 万元, and nobody can tell.
/// assert_eq!(Money::new(Decimal::new(251_000, 0), Unit::NotStated).in_yuan(), None);
/// # Ok::<(), gongkai::rust_decimal::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// The number as printed.
    pub amount: Decimal,
    /// Its unit.
    pub unit: Unit,
}

impl Money {
    /// An amount with its unit.
    #[must_use]
    pub const fn new(amount: Decimal, unit: Unit) -> Self {
        Self { amount, unit }
    }

    /// The amount in yuan. `None` where no unit is known, or beyond what a `Decimal` holds.
    #[must_use]
    pub fn in_yuan(self) -> Option<Decimal> {
        match self.unit {
            Unit::NotStated => None,
            Unit::Yuan => Some(self.amount),
            Unit::TenThousandYuan => self.amount.checked_mul(Decimal::new(10_000, 0)),
        }
    }

    /// The text in a column that prints `unit`: the amount, and its own unit where that is another one.
    pub(crate) fn text_in(self, unit: Unit) -> String {
        let label = if self.unit == unit { "" } else { self.unit.label() };
        format!("{}{label}", self.amount)
    }
}

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.text_in(Unit::NotStated))
    }
}

/// A number of any kind, for code that works on cells by address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Number {
    /// A count.
    Count(u64),
    /// A change.
    Change(i64),
    /// An amount of money.
    Money(Money),
}

impl Number {
    /// The number as a signed integer; `None` for money.
    #[must_use]
    pub fn integer(self) -> Option<i64> {
        match self {
            Self::Count(value) => i64::try_from(value).ok(),
            Self::Change(value) => Some(value),
            Self::Money(_) => None,
        }
    }

    /// The number as a cell of that kind holds it; `None` if it is out of range or of another kind.
    pub(crate) fn as_kind(self, kind: CellKind) -> Option<Self> {
        match (kind, self) {
            (CellKind::Count, Self::Count(value)) => (value <= MAX_COUNT).then_some(self),
            (CellKind::Count, Self::Change(value)) => Self::Count(u64::try_from(value).ok()?).as_kind(kind),
            (CellKind::Change, Self::Change(value)) => (-MAX_SIGNED..=MAX_SIGNED).contains(&value).then_some(self),
            (CellKind::Change, Self::Count(value)) => Self::Change(i64::try_from(value).ok()?).as_kind(kind),
            (CellKind::Money(unit), Self::Money(money)) => {
                let stated = if money.unit == Unit::NotStated { unit } else { money.unit };
                (!money.amount.is_sign_negative() || money.amount.is_zero()).then_some(Self::Money(Money::new(money.amount, stated)))
            }
            (CellKind::Money(unit), Self::Count(value)) => Some(Self::Money(Money::new(Decimal::from(value), unit))),
            (CellKind::Money(unit), Self::Change(value)) => Some(Self::Money(Money::new(Decimal::from(u64::try_from(value).ok()?), unit))),
            (CellKind::Count | CellKind::Change, Self::Money(_)) => None,
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count(value) => value.fmt(f),
            Self::Change(value) => value.fmt(f),
            Self::Money(money) => money.fmt(f),
        }
    }
}

// The one integer conversion of a cell of any kind: a count, a change or a whole amount, as the cell has it.
impl From<i64> for Cell<Number> {
    fn from(value: i64) -> Self {
        Self::Value(Number::Change(value))
    }
}

impl From<Money> for Cell<Number> {
    fn from(money: Money) -> Self {
        Self::Value(Number::Money(money))
    }
}

impl From<Number> for Cell<Number> {
    fn from(number: Number) -> Self {
        Self::Value(number)
    }
}
