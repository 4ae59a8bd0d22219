//! How a wrong number may have come about: the slips of hands and copies.

use serde::Serialize;

use super::Correction;
use crate::form::{Applicant, CellAddress, Language, RequestRow};

/// A slip that turns the implied number into the printed one. An explanation is no proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Explanation {
    /// Two neighbouring digits changed places: 21 for 12.
    InterchangedDigits,
    /// One digit too many: 123 for 12.
    AddedDigit,
    /// One digit too few: 12 for 123.
    OmittedDigit,
    /// One digit is another: 15 for 12.
    ReplacedDigit,
    /// A zero too many: 430 for 43.
    TimesTen,
    /// A zero too few: 43 for 430.
    DividedByTen,
    /// The total was never filled in.
    TotalLeftAtZero,
    /// The total is that of a neighbour.
    CopiedFromNeighbour,
    /// Two numbers of a row changed places.
    SwappedInRow,
    /// Two numbers of a column changed places.
    SwappedInColumn,
    /// What one cell has too much, another of the row has too little: filed under the wrong column.
    WrongColumn,
}

impl Explanation {
    /// The words for readers of that language.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        match self {
            Self::InterchangedDigits => language.pick("相邻两位数字颠倒", "two digits interchanged"),
            Self::AddedDigit => language.pick("多写一位数字", "one digit too many"),
            Self::OmittedDigit => language.pick("漏写一位数字", "one digit too few"),
            Self::ReplacedDigit => language.pick("写错一位数字", "one digit wrong"),
            Self::TimesTen => language.pick("多写一个 0", "a zero too many"),
            Self::DividedByTen => language.pick("少写一个 0", "a zero too few"),
            Self::TotalLeftAtZero => language.pick("总计没有填写，仍为 0", "the total was left at 0"),
            Self::CopiedFromNeighbour => language.pick("总计抄了相邻一格", "the total of a neighbour was copied"),
            Self::SwappedInRow => language.pick("同一行两格对调", "two cells of the row swapped"),
            Self::SwappedInColumn => language.pick("同一列两格对调", "two cells of the column swapped"),
            Self::WrongColumn => language.pick("记入了另一栏", "filed under another column"),
        }
    }

    /// How unlikely it is beside the others: one digit replaced is by far the most frequent slip in surveys.
    pub(super) const fn cost(this: Option<Self>) -> u32 {
        match this {
            // One act explains two cells.
            Some(Self::WrongColumn) => 1,
            Some(Self::ReplacedDigit | Self::TimesTen | Self::TotalLeftAtZero | Self::SwappedInRow | Self::SwappedInColumn) => 2,
            Some(Self::InterchangedDigits | Self::AddedDigit | Self::OmittedDigit | Self::DividedByTen) => 3,
            Some(Self::CopiedFromNeighbour) => 4,
            None => 8,
        }
    }
}

const fn is_total(cell: CellAddress) -> bool {
    matches!(
        cell,
        CellAddress::Requests(RequestRow::Concluded, _)
            | CellAddress::Requests(_, Applicant::Total)
            | CellAddress::Disputes(_, crate::form::Ruling::Total)
    )
}

/// What explains a printed number by the number that is implied. `neighbours` are the numbers beside and above it.
pub(super) fn slip(cell: CellAddress, printed: i64, implied: i64, neighbours: &[i64]) -> Option<Explanation> {
    if is_total(cell) && printed == 0 {
        return Some(Explanation::TotalLeftAtZero);
    }
    digits(printed, implied)
        .or_else(|| (is_total(cell) && printed > 0 && neighbours.contains(&printed)).then_some(Explanation::CopiedFromNeighbour))
}

/// A slip of digits. Between two one-digit numbers everything is a slip of one digit, so nothing is explained by it.
fn digits(printed: i64, implied: i64) -> Option<Explanation> {
    if printed < 0 || implied < 0 || (printed < 10 && implied < 10) {
        return None;
    }
    if implied.checked_mul(10) == Some(printed) {
        return Some(Explanation::TimesTen);
    }
    if printed.checked_mul(10) == Some(implied) {
        return Some(Explanation::DividedByTen);
    }
    let (printed, implied) = (printed.to_string(), implied.to_string());
    let (printed, implied) = (printed.as_bytes(), implied.as_bytes());
    let same = printed.iter().zip(implied).take_while(|(a, b)| a == b).count();
    let rest = |text: &[u8], skip: usize| text.get(same.saturating_add(skip)..).map(<[u8]>::to_vec);
    match printed.len().cmp(&implied.len()) {
        std::cmp::Ordering::Equal => match (printed.get(same..), implied.get(same..)) {
            (Some([a, b, tail @ ..]), Some([c, d, rest @ ..])) if a == d && b == c && tail == rest => Some(Explanation::InterchangedDigits),
            (Some([_, tail @ ..]), Some([_, rest @ ..])) if tail == rest => Some(Explanation::ReplacedDigit),
            _ => None,
        },
        std::cmp::Ordering::Greater => {
            let one = printed.len() == implied.len().saturating_add(1);
            (one && rest(printed, 1) == rest(implied, 0)).then_some(Explanation::AddedDigit)
        }
        std::cmp::Ordering::Less => {
            let one = implied.len() == printed.len().saturating_add(1);
            (one && rest(printed, 0) == rest(implied, 1)).then_some(Explanation::OmittedDigit)
        }
    }
}

/// What explains two corrections by each other.
pub(super) fn pairs(corrections: &mut [Correction]) {
    let known: Vec<_> = corrections.iter().map(|one| one.implied.value().map(|implied| (one.cell, one.printed, implied))).collect();
    for (at, one) in corrections.iter_mut().enumerate() {
        let Some((cell, printed, implied)) = known.get(at).copied().flatten() else { continue };
        for &(other, other_printed, other_implied) in known.iter().flatten().filter(|other| other.0 != cell) {
            let row = cell.row_key() == other.row_key();
            let column = cell.column_key() == other.column_key();
            let swapped = printed == other_implied && implied == other_printed;
            let opposite = printed.wrapping_sub(implied) == other_implied.wrapping_sub(other_printed);
            let found = match (row, column) {
                (true, _) if swapped => Some(Explanation::SwappedInRow),
                (_, true) if swapped => Some(Explanation::SwappedInColumn),
                (true, _) if opposite && !is_total(cell) && !is_total(other) => Some(Explanation::WrongColumn),
                _ => None,
            };
            if found.is_some() && Explanation::cost(found) < Explanation::cost(one.explanation) {
                one.explanation = found;
            }
        }
    }
}
