//! A cell: what is printed there, as a state.

/// What stands in a cell of a table.
///
/// A blank is not a zero: an authority that printed nothing has not said none.
///
/// ```
/// use gongkai::Cell;
///
/// assert_eq!(Cell::from(0), Cell::Value(0_u64));
/// assert_eq!(Cell::<u64>::Blank.value(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell<T> {
    /// Nothing is printed.
    Blank,
    /// A number.
    Value(T),
    /// A mark that says "does not apply": `/`, `—`, 无, 不适用.
    NotApplicable,
    /// Something is printed that is no number of the cell's kind, or that could not be read with certainty.
    Unreadable,
}

impl<T> Cell<T> {
    /// The number, where one is printed.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Blank | Self::NotApplicable | Self::Unreadable => None,
        }
    }

    /// Whether nothing is printed.
    pub const fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    /// The same state over another number.
    pub fn map<U>(self, number: impl FnOnce(T) -> U) -> Cell<U> {
        match self {
            Self::Blank => Cell::Blank,
            Self::Value(value) => Cell::Value(number(value)),
            Self::NotApplicable => Cell::NotApplicable,
            Self::Unreadable => Cell::Unreadable,
        }
    }
}

// One integer conversion for each kind of number, so that `set(.., 12)` infers.
impl From<u64> for Cell<u64> {
    fn from(value: u64) -> Self {
        Self::Value(value)
    }
}

impl From<i64> for Cell<i64> {
    fn from(value: i64) -> Self {
        Self::Value(value)
    }
}

/// The largest count, 2^53 − 1: exact in JSON, SQL and columns, and sums of a table fit in 64 bits.
pub const MAX_COUNT: u64 = (1 << 53) - 1;

/// [`MAX_COUNT`] with a sign.
pub(crate) const MAX_SIGNED: i64 = (1 << 53) - 1;

/// A count or a change with its state in eight bytes: half of a `Cell`, and summed without a branch.
///
/// Numbers lie within ±(2^53 − 1). A state is a number far below that range, so that for counts "negative" means "no number".
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Slot(i64);

impl Slot {
    pub(crate) const ZERO: Self = Self(0);
    pub(crate) const BLANK: Self = Self(i64::MIN | Self::BLANK_BIT);
    pub(crate) const NOT_APPLICABLE: Self = Self(i64::MIN | Self::MARK_BIT);
    pub(crate) const UNREADABLE: Self = Self(i64::MIN | Self::UNREADABLE_BIT);

    pub(crate) const BLANK_BIT: i64 = 1;
    pub(crate) const MARK_BIT: i64 = 2;
    pub(crate) const UNREADABLE_BIT: i64 = 4;

    /// The number of a count cell, as it is when it is a number; negative when it is a state.
    pub(crate) const fn raw(self) -> i64 {
        self.0
    }

    /// The cell; `None` if the number is out of range.
    pub(crate) fn new(cell: Cell<i64>) -> Option<Self> {
        match cell {
            Cell::Blank => Some(Self::BLANK),
            Cell::NotApplicable => Some(Self::NOT_APPLICABLE),
            Cell::Unreadable => Some(Self::UNREADABLE),
            Cell::Value(value) => (-MAX_SIGNED..=MAX_SIGNED).contains(&value).then_some(Self(value)),
        }
    }

    pub(crate) fn count(cell: Cell<u64>) -> Option<Self> {
        Self::new(cell.map(|value| i64::try_from(value).unwrap_or(i64::MAX)))
    }

    pub(crate) const fn signed(self) -> Cell<i64> {
        match self {
            Self::BLANK => Cell::Blank,
            Self::NOT_APPLICABLE => Cell::NotApplicable,
            Self::UNREADABLE => Cell::Unreadable,
            Self(value) => Cell::Value(value),
        }
    }

    pub(crate) fn unsigned(self) -> Cell<u64> {
        self.signed().map(i64::unsigned_abs)
    }
}

impl std::fmt::Debug for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.signed().fmt(f)
    }
}
