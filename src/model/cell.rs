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
