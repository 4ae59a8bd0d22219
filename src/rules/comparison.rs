//! A sum with its numbers.

use super::sums::{Family, Relation, Tables, Verdict, judge};
use crate::form::{CellAddress, CellKind};
use crate::model::{Cell, Number};

/// A cell of a sum, with what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Operand {
    /// The cell.
    pub cell: CellAddress,
    /// What stands in it.
    pub found: Cell<Number>,
    /// The year of its report, where a sum goes over the reports of several years.
    pub year: Option<u16>,
}

impl Operand {
    /// Whether its number is unknown: blank, unreadable or a mark.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        !matches!(self.found, Cell::Value(_))
    }

    /// Whether its number is unknown and may be below zero.
    fn is_signed(&self) -> bool {
        self.is_unknown() && self.cell.kind() == CellKind::Change
    }
}

/// What the unknown cells of an undetermined sum need, so that it adds up. None of them is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// The one unknown cell is this.
    Value(i64),
    /// The unknown cells are together this, so each is at most this.
    Together(i64),
    /// The unknown cells on the left are together this much more than those on the right.
    Difference(i64),
}

/// A sum with its numbers: operands, totals, difference.
///
/// ```
/// use gongkai::{Cell, Edition, Need, fixtures};
///
/// let mut report = fixtures::consistent(Edition::E2021);
/// let cell = "T4/reconsideration/upheld".parse()?;
/// let before = report.cell(cell);
/// report.set(cell, Cell::Blank)?;
/// let sum = report.validate().comparison("T4-TOTAL/reconsideration".parse()?).ok_or("no such sum")?;
/// assert_eq!(sum.unknown().collect::<Vec<_>>(), [cell]);
/// let Some(Need::Value(value)) = sum.need() else { return Err("one blank has one value".into()) };
/// report.set(cell, value)?;
/// assert_eq!(report.cell(cell), before);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Comparison {
    pub(crate) left: Vec<Operand>,
    pub(crate) right: Vec<Operand>,
    relation: Relation,
    verdict: Verdict,
    left_known: i64,
    right_known: i64,
}

impl Comparison {
    pub(crate) fn of(family: &Family, line: usize, tables: &Tables<'_>) -> Option<Self> {
        let edition = tables.edition(family.table).filter(|&edition| family.is_in(line, edition))?;
        let operands = |right| -> Vec<Operand> {
            let cells = family.operands(line, right).filter(|cell| cell.is_in(edition));
            cells.filter_map(|cell| Some(Operand { cell, found: tables.cell(cell)?, year: None })).collect()
        };
        Some(Self::between(operands(false), family.relation, operands(true)))
    }

    /// A sum of any operands.
    pub(crate) fn between(left: Vec<Operand>, relation: Relation, right: Vec<Operand>) -> Self {
        let known = |side: &[Operand]| side.iter().filter_map(|operand| operand.found.value()?.integer()).fold(0, i64::wrapping_add);
        let (left_known, right_known) = (known(&left), known(&right));
        let found = |side: &[Operand]| side.iter().map(|operand| operand.found.map(|_| ())).collect::<Vec<_>>();
        let verdict = match judge(relation, left_known.wrapping_sub(right_known), &found(&left), &found(&right)) {
            // An unknown change may be below zero, so no sum with one is beyond mending.
            Verdict::Violated if left.iter().chain(&right).any(Operand::is_signed) => Verdict::Undetermined,
            verdict => verdict,
        };
        Self { left, right, relation, verdict, left_known, right_known }
    }

    /// The verdict.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// How the sides must compare.
    #[must_use]
    pub const fn relation(&self) -> Relation {
        self.relation
    }

    /// The operands on the left, in printed order.
    #[must_use]
    pub fn left(&self) -> &[Operand] {
        &self.left
    }

    /// The operands on the right, in printed order.
    #[must_use]
    pub fn right(&self) -> &[Operand] {
        &self.right
    }

    /// The sum of the numbers on the left.
    #[must_use]
    pub const fn left_sum(&self) -> i64 {
        self.left_known
    }

    /// The sum of the numbers on the right.
    #[must_use]
    pub const fn right_sum(&self) -> i64 {
        self.right_known
    }

    /// Left minus right, unknown cells counted as zero.
    #[must_use]
    pub const fn difference(&self) -> i64 {
        self.left_known.wrapping_sub(self.right_known) // two sums of at most 24 numbers of 53 bits
    }

    /// Every cell of the sum, left then right.
    pub fn cells(&self) -> impl Iterator<Item = CellAddress> + '_ {
        self.left.iter().chain(&self.right).map(|operand| operand.cell)
    }

    /// The cells whose numbers are unknown, left then right.
    pub fn unknown(&self) -> impl Iterator<Item = CellAddress> + '_ {
        self.left.iter().chain(&self.right).filter(|operand| operand.is_unknown()).map(|operand| operand.cell)
    }

    /// What the unknown cells need. `None` unless the sum is an undetermined equation.
    #[must_use]
    pub fn need(&self) -> Option<Need> {
        if self.verdict != Verdict::Undetermined || self.relation != Relation::Equal {
            return None;
        }
        let unknown = |side: &[Operand]| side.iter().filter(|operand| operand.is_unknown()).count();
        let missing = self.difference().wrapping_neg();
        let signed = self.left.iter().chain(&self.right).any(Operand::is_signed);
        Some(match (unknown(&self.left), unknown(&self.right)) {
            (1, 0) => Need::Value(missing),
            (0, 1) => Need::Value(missing.wrapping_neg()),
            (_, _) if signed => return None,
            (_, 0) => Need::Together(missing),
            (0, _) => Need::Together(missing.wrapping_neg()),
            (_, _) => Need::Difference(missing),
        })
    }
}
