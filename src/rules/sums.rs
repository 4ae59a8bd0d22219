//! The sums as one const table, and the one evaluator that reads it.
//!
//! A family says for every row, or for every column, of a table which cells stand on the left and which on the right. The
//! identities are families of equations; some warnings are families of "at least".

use super::RuleId;
use crate::form::{Applicant, CellAddress, DisclosureColumn, Edition, Proceeding, RequestRow, Ruling, Table};
use crate::model::{Cell, Cells, Disclosure, Disputes, Number, Requests, Slot};

/// How the two sides of a sum compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The left side equals the right side.
    Equal,
    /// The left side is at least the right side.
    AtLeast,
}

/// What a family repeats over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Each {
    /// One sum for each column; its operands are rows.
    Column,
    /// One sum for each row; its operands are columns.
    Row,
}

/// A family of sums.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Family {
    pub(crate) rule: RuleId,
    pub(crate) table: Table,
    pub(crate) each: Each,
    pub(crate) relation: Relation,
    /// Places on the axis of the operands.
    pub(crate) left: &'static [u8],
    pub(crate) right: &'static [u8],
}

/// The places of the named members of an axis.
macro_rules! members {
    ($axis:ident: $($member:ident),*) => { &[$($axis::$member as u8),*] };
}

pub(crate) const BALANCE: Family = Family {
    rule: RuleId::T3Balance,
    table: Table::Requests,
    each: Each::Column,
    relation: Relation::Equal,
    left: members!(RequestRow: Received, CarriedOver),
    right: members!(RequestRow: Concluded, CarriedForward),
};

pub(crate) const OUTCOMES: Family = Family {
    rule: RuleId::T3Outcomes,
    table: Table::Requests,
    each: Each::Column,
    relation: Relation::Equal,
    left: &OUTCOME_ROWS,
    right: members!(RequestRow: Concluded),
};

pub(crate) const APPLICANTS: Family = Family {
    rule: RuleId::T3Applicants,
    table: Table::Requests,
    each: Each::Row,
    relation: Relation::Equal,
    left: members!(Applicant: NaturalPerson, Enterprise, ResearchInstitution, PublicInterestOrganization, LegalServices, OtherOrganization),
    right: members!(Applicant: Total),
};

pub(crate) const TOTAL: Family = Family {
    rule: RuleId::T4Total,
    table: Table::Disputes,
    each: Each::Row,
    relation: Relation::Equal,
    left: members!(Ruling: Upheld, Corrected, Other, Pending),
    right: members!(Ruling: Total),
};

/// The sums that are expected of part two. They are no identities: revisions and lapses break them in correct reports.
pub(crate) const EXPECTED: &[Family] = &[
    Family {
        rule: RuleId::T2Stock,
        table: Table::Disclosure,
        each: Each::Row,
        relation: Relation::AtLeast,
        left: members!(DisclosureColumn: Repealed, InForce),
        right: members!(DisclosureColumn: Issued),
    },
    Family {
        rule: RuleId::T2Disclosed,
        table: Table::Disclosure,
        each: Each::Row,
        relation: Relation::AtLeast,
        left: members!(DisclosureColumn: TotalDisclosed),
        right: members!(DisclosureColumn: Disclosed),
    },
    Family {
        rule: RuleId::T2Items,
        table: Table::Disclosure,
        each: Each::Row,
        relation: Relation::AtLeast,
        left: members!(DisclosureColumn: ItemsLastYear, ItemsChange),
        right: &[],
    },
];

/// The outcome rows of both forms, which stand together between 二 and （七）. A row that a form lacks counts as zero in its tables.
const OUTCOME_ROWS: [u8; RequestRow::COUNT - 4] = {
    let mut rows = [0; RequestRow::COUNT - 4];
    let mut places: &mut [u8] = &mut rows;
    let mut row = RequestRow::Disclosed as u8;
    while let Some((place, rest)) = places.split_first_mut() {
        *place = row;
        row = row.wrapping_add(1);
        places = rest;
    }
    assert!(row == RequestRow::Concluded as u8, "the outcomes end where the total stands");
    rows
};

/// The tables that are looked at: those of a report, or one alone.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tables<'r> {
    pub(crate) disclosure: Option<&'r Disclosure>,
    pub(crate) requests: Option<&'r Requests>,
    pub(crate) disputes: Option<&'r Disputes>,
}

impl Tables<'_> {
    /// The form of that table, if the table is there.
    pub(crate) fn edition(&self, table: Table) -> Option<Edition> {
        match table {
            Table::Disclosure => self.disclosure.map(Disclosure::edition),
            Table::Requests => self.requests.map(Requests::edition),
            // Part four is the same in both forms.
            Table::Disputes => self.disputes.map(|_| Edition::E2021),
        }
    }

    pub(crate) fn cell(&self, address: CellAddress) -> Option<Cell<Number>> {
        match address.table() {
            Table::Disclosure => self.disclosure?.cell(address),
            Table::Requests => self.requests?.cell(address),
            Table::Disputes => self.disputes?.cell(address),
        }
    }

    /// The text printed in a cell, where it is kept.
    pub(crate) fn printed(&self, address: CellAddress) -> Option<&str> {
        match address.table() {
            Table::Disclosure => self.disclosure?.text(address),
            Table::Requests => self.requests?.text(address),
            Table::Disputes => self.disputes?.text(address),
        }
    }

    /// The slots of a table and its width.
    pub(crate) fn slots(&self, table: Table) -> (&[Slot], usize) {
        match table {
            Table::Disclosure => (self.disclosure.map_or(&[], |table| table.sheet().slots()), DisclosureColumn::COUNT),
            Table::Requests => (self.requests.map_or(&[], |table| table.sheet().slots()), Applicant::COUNT),
            Table::Disputes => (self.disputes.map_or(&[], |table| table.sheet().slots()), Ruling::COUNT),
        }
    }
}

/// One side of a sum: the total of its numbers, and which states stand among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Side {
    pub(crate) known: i64,
    states: i64,
}

impl Side {
    /// Adds a slot without a branch: a state adds nothing to the total, a number nothing to the states.
    #[inline]
    fn add(&mut self, slot: Slot) {
        let raw = slot.raw();
        let state = raw.wrapping_add(1 << 60) >> 63; // all ones for a state, zero for a number
        self.known = self.known.wrapping_add(raw & !state); // at most 24 numbers of 53 bits
        self.states |= raw & state;
    }

    pub(crate) const fn is_known(&self) -> bool {
        self.states == 0
    }

    /// Whether the only states are marks.
    const fn only_marks(&self) -> bool {
        self.states & (Slot::BLANK_BIT | Slot::UNREADABLE_BIT) == 0
    }
}

/// What can be said of a sum.
///
/// Blanks and unreadable cells are unknown whole numbers, not negative and not bounded above. A mark is judged both as zero
/// and as unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It adds up.
    Holds,
    /// No values of the unknown cells can make it add up.
    Violated,
    /// Some values of the unknown cells would make it add up.
    Undetermined,
}

impl Verdict {
    /// The verdict, if some operand is a number; [`Family::verdict`] sees to the case that none is.
    #[inline]
    const fn of(relation: Relation, left: Side, right: Side) -> Self {
        let as_zero = match relation {
            Relation::Equal => left.known == right.known,
            Relation::AtLeast => left.known >= right.known,
        };
        if as_zero {
            return if left.only_marks() && right.only_marks() { Self::Holds } else { Self::Undetermined };
        }
        // Unknown cells only add, so they mend the smaller side.
        let mends = if left.known < right.known { !left.is_known() } else { !right.is_known() };
        if mends { Self::Undetermined } else { Self::Violated }
    }
}

impl Family {
    /// The operands of one sum of the family, left and right, as places in the table.
    pub(crate) fn operands(&self, line: usize, right: bool) -> impl Iterator<Item = CellAddress> + Clone + use<> {
        let Self { table, each, left, right: right_side, .. } = *self;
        let side = if right { right_side } else { left };
        side.iter().filter_map(move |&place| match each {
            Each::Column => CellAddress::at(table, place.into(), line),
            Each::Row => CellAddress::at(table, line, place.into()),
        })
    }

    /// How many lines the family repeats over, in the union of both forms.
    pub(crate) const fn lines(&self) -> usize {
        match (self.table, self.each) {
            (Table::Requests, Each::Column) => Applicant::COUNT,
            (Table::Requests, Each::Row) => RequestRow::COUNT,
            (Table::Disputes, Each::Row) => Proceeding::COUNT,
            (Table::Disputes, Each::Column) => Ruling::COUNT,
            (Table::Disclosure, Each::Row) => crate::form::DisclosureRow::COUNT,
            (Table::Disclosure, Each::Column) => DisclosureColumn::COUNT,
        }
    }

    /// Whether that form has this sum: a sum over a column needs its column, a sum over a row all of its cells.
    pub(crate) fn is_in(&self, line: usize, edition: Edition) -> bool {
        match self.each {
            Each::Column => line < self.lines(),
            Each::Row => line < self.lines() && self.operands(line, false).chain(self.operands(line, true)).all(|cell| cell.is_in(edition)),
        }
    }

    /// Both sides of one sum.
    pub(crate) fn sides(&self, line: usize, tables: &Tables<'_>) -> (Side, Side) {
        let (slots, width) = tables.slots(self.table);
        let side = |members: &[u8]| {
            let mut side = Side::default();
            for &place in members {
                let (row, column) = match self.each {
                    Each::Column => (usize::from(place), line),
                    Each::Row => (line, usize::from(place)),
                };
                side.add(slots.get(row.wrapping_mul(width).wrapping_add(column)).copied().unwrap_or(Slot::BLANK));
            }
            side
        };
        (side(self.left), side(self.right))
    }

    /// The verdict on one sum; `None` if its table is not there or its form lacks it.
    pub(crate) fn verdict(&self, line: usize, tables: &Tables<'_>) -> Option<Verdict> {
        let edition = tables.edition(self.table).filter(|&edition| self.is_in(line, edition))?;
        let (left, right) = self.sides(line, tables);
        let verdict = Verdict::of(self.relation, left, right);
        let marks = !(left.is_known() && right.is_known());
        // Marks alone say nothing: where every operand is one, nothing has been added up.
        let empty = verdict == Verdict::Holds && marks && !self.has_number(line, edition, tables);
        Some(if empty { Verdict::Undetermined } else { verdict })
    }

    fn has_number(&self, line: usize, edition: Edition, tables: &Tables<'_>) -> bool {
        let mut operands = self.operands(line, false).chain(self.operands(line, true)).filter(|cell| cell.is_in(edition));
        operands.any(|cell| tables.cell(cell).is_some_and(|cell| cell.value().is_some()))
    }

    /// Which sums of the family do not plainly hold, as bits by line: the sides differ, or some operand is no number.
    ///
    /// This is the path of reports that add up, so it only adds: a state is a negative slot, so "or" over all slots tells
    /// whether there is one.
    #[inline]
    pub(crate) fn suspects<const WIDTH: usize>(&self, slots: &[Slot]) -> u64 {
        let (rows, _) = slots.as_chunks::<WIDTH>();
        match self.each {
            Each::Column => {
                let mut difference = [0_i64; WIDTH];
                let mut states = [0_i64; WIDTH];
                let mut add = |members: &[u8], sign: i64| {
                    for &place in members {
                        let Some(row) = rows.get(usize::from(place)) else { continue };
                        for ((difference, states), slot) in difference.iter_mut().zip(&mut states).zip(row) {
                            *difference = difference.wrapping_add(sign.wrapping_mul(slot.raw()));
                            *states |= slot.raw();
                        }
                    }
                };
                add(self.left, 1);
                add(self.right, -1);
                bits(difference.iter().zip(&states).map(|(&difference, &states)| difference != 0 || states < 0))
            }
            Each::Row => bits(rows.iter().map(|row| {
                let sum = |members: &[u8]| {
                    members.iter().fold((0_i64, 0_i64), |(sum, states), &place| {
                        let raw = row.get(usize::from(place)).map_or(0, |slot| slot.raw());
                        (sum.wrapping_add(raw), states | raw)
                    })
                };
                let ((left, left_states), (right, right_states)) = (sum(self.left), sum(self.right));
                left != right || (left_states | right_states) < 0
            })),
        }
    }
}

/// The bits of a row of answers, the first the lowest.
#[inline]
fn bits(answers: impl DoubleEndedIterator<Item = bool>) -> u64 {
    answers.rev().fold(0, |bits, answer| bits << 1 | u64::from(answer))
}
