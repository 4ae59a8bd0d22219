//! The sums as one const table, and the one evaluator that reads it.
//!
//! A family says for every row, or for every column, of a table which cells stand on the left and which on the right. The
//! identities are families of equations; some warnings are families of "at least".

use super::RuleId;
use crate::form::{Applicant, CellAddress, DisclosureColumn, DisclosureRow, Edition, Proceeding, RequestRow, Ruling, Table};
use crate::model::{Cell, Cells, Disclosure, Disputes, Number, Requests, Sheet, States};

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

// The sums that are expected of part two. They are no identities: revisions and lapses break them in correct reports.

pub(crate) const STOCK: Family = Family {
    rule: RuleId::T2Stock,
    table: Table::Disclosure,
    each: Each::Row,
    relation: Relation::AtLeast,
    left: members!(DisclosureColumn: Repealed, InForce),
    right: members!(DisclosureColumn: Issued),
};

pub(crate) const DISCLOSED: Family = Family {
    rule: RuleId::T2Disclosed,
    table: Table::Disclosure,
    each: Each::Row,
    relation: Relation::AtLeast,
    left: members!(DisclosureColumn: TotalDisclosed),
    right: members!(DisclosureColumn: Disclosed),
};

pub(crate) const ITEMS: Family = Family {
    rule: RuleId::T2Items,
    table: Table::Disclosure,
    each: Each::Row,
    relation: Relation::AtLeast,
    left: members!(DisclosureColumn: ItemsLastYear, ItemsChange),
    right: &[],
};

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

    /// Whether some cell of that table could not be read.
    pub(crate) fn has_unreadable(&self, table: Table) -> bool {
        let any = |states: &[States]| States::all(states).unreadable() != 0;
        match table {
            Table::Disclosure => self.disclosure.is_some_and(|table| table.amount() == Cell::Unreadable || any(table.sheet().rows().1)),
            Table::Requests => self.requests.is_some_and(|table| any(table.sheet().rows().1)),
            Table::Disputes => self.disputes.is_some_and(|table| any(table.sheet().rows().1)),
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

/// The verdicts on the sums of a family, a bit for each line. Lines that no form has are of no meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Verdicts {
    pub(crate) violated: u64,
    pub(crate) undetermined: u64,
    /// Holds with marks as zeros. Where every operand is a mark, nothing has been added up.
    pub(crate) by_marks: u64,
}

/// How the sides of the sums of a family compare, a bit for each line.
#[derive(Default)]
struct Compared {
    equal: u64,
    less: u64,
    left_unknown: u64,
    right_unknown: u64,
    /// A blank or an unreadable cell on either side: not a mark, which may count as zero.
    open: u64,
}

impl Compared {
    /// From what the left side of each line has more than the right.
    #[inline]
    fn of(differences: &[i64]) -> Self {
        // Mostly all of them are zero, and then nothing needs to be told apart.
        if differences.iter().fold(0, |any, difference| any | difference) == 0 {
            return Self { equal: u64::MAX, ..Self::default() };
        }
        let bits = |is: fn(i64) -> bool| differences.iter().rev().fold(0, |bits, &difference| bits << 1 | u64::from(is(difference)));
        Self { equal: bits(|difference| difference == 0), less: bits(|difference| difference < 0), ..Self::default() }
    }

    #[inline]
    fn verdicts(&self, relation: Relation, lines: usize) -> Verdicts {
        let lines = !(u64::MAX << lines);
        let satisfied = match relation {
            Relation::Equal => self.equal,
            Relation::AtLeast => !self.less,
        };
        // Unknown cells only add, so they mend the smaller side.
        let mended = !satisfied & (self.less & self.left_unknown | !self.less & self.right_unknown);
        let undetermined = satisfied & self.open | mended;
        Verdicts {
            violated: lines & !satisfied & !mended,
            undetermined,
            by_marks: satisfied & !self.open & (self.left_unknown | self.right_unknown),
        }
    }
}

/// The verdict on one sum by what stands in its operands; `difference` is what the known numbers on the left have more.
pub(crate) fn judge(relation: Relation, difference: i64, left: &[Cell<()>], right: &[Cell<()>]) -> Verdict {
    let any = |side: &[Cell<()>], is: fn(&Cell<()>) -> bool| u64::from(side.iter().any(is));
    let unknown = |cell: &Cell<()>| cell.value().is_none();
    let open = |cell: &Cell<()>| matches!(cell, Cell::Blank | Cell::Unreadable);
    let compared = Compared {
        left_unknown: any(left, unknown),
        right_unknown: any(right, unknown),
        open: any(left, open) | any(right, open),
        ..Compared::of(&[difference])
    };
    let verdicts = compared.verdicts(relation, 1);
    let has_number = || left.iter().chain(right).any(|cell| cell.value().is_some());
    if verdicts.violated & 1 != 0 {
        Verdict::Violated
    } else if verdicts.undetermined & 1 != 0 || (verdicts.by_marks & 1 != 0 && !has_number()) {
        Verdict::Undetermined
    } else {
        Verdict::Holds
    }
}

/// The members of an axis as bits.
const fn bits_of(mut members: &[u8]) -> u64 {
    let mut bits = 0;
    while let Some((&member, rest)) = members.split_first() {
        bits |= 1 << member;
        members = rest;
    }
    bits
}

impl Family {
    /// The operands of one sum of the family, left or right, as cells of the union of both forms.
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
            (Table::Disclosure, Each::Row) => DisclosureRow::COUNT,
            (Table::Disclosure, Each::Column) => DisclosureColumn::COUNT,
        }
    }

    /// Whether that form has this sum: a sum over a column needs its column, a sum over a row all of its cells.
    pub(crate) fn is_in(&self, line: usize, edition: Edition) -> bool {
        line < self.lines()
            && match self.each {
                Each::Column => true,
                Each::Row => self.operands(line, false).chain(self.operands(line, true)).all(|cell| cell.is_in(edition)),
            }
    }

    /// The verdicts on all sums of the family at once.
    ///
    /// The families are constants, so this is compiled for each of them; there is no branch on a number or a state.
    #[expect(clippy::inline_always, reason = "compiled for each constant family: half the time")]
    #[inline(always)]
    pub(crate) fn verdicts<const ROWS: usize, const COLUMNS: usize>(&self, sheet: &Sheet<ROWS, COLUMNS>) -> Verdicts {
        let compared = match self.each {
            Each::Column => self.compare_columns(sheet),
            Each::Row => self.compare_rows(sheet),
        };
        compared.verdicts(self.relation, self.lines())
    }

    #[expect(clippy::inline_always, reason = "compiled for each constant family: half the time")]
    #[inline(always)]
    fn compare_columns<const ROWS: usize, const COLUMNS: usize>(&self, sheet: &Sheet<ROWS, COLUMNS>) -> Compared {
        let (numbers, states) = sheet.rows();
        let side = |members: &[u8]| {
            let (mut sums, mut found) = ([0_i64; COLUMNS], States::default());
            for place in members.iter().map(|&place| usize::from(place)) {
                let (Some(row), Some(&row_states)) = (numbers.get(place), states.get(place)) else { continue };
                for (sum, number) in sums.iter_mut().zip(row) {
                    *sum = sum.wrapping_add(*number); // at most 24 numbers of 53 bits
                }
                found = found.or(row_states);
            }
            (sums, found)
        };
        let ((left, left_states), (right, right_states)) = (side(self.left), side(self.right));
        let mut differences = left;
        for (difference, right) in differences.iter_mut().zip(&right) {
            *difference = difference.wrapping_sub(*right);
        }
        Compared {
            left_unknown: left_states.unknown(),
            right_unknown: right_states.unknown(),
            open: left_states.or(right_states).open(),
            ..Compared::of(&differences)
        }
    }

    #[expect(clippy::inline_always, reason = "compiled for each constant family: half the time")]
    #[inline(always)]
    fn compare_rows<const ROWS: usize, const COLUMNS: usize>(&self, sheet: &Sheet<ROWS, COLUMNS>) -> Compared {
        let (numbers, states) = sheet.rows();
        let mut differences = [0_i64; ROWS];
        for (difference, row) in differences.iter_mut().zip(numbers) {
            let sum = |members: &[u8]| {
                members.iter().fold(0_i64, |sum, &place| sum.wrapping_add(row.get(usize::from(place)).copied().unwrap_or(0)))
            };
            *difference = sum(self.left).wrapping_sub(sum(self.right));
        }
        let mut compared = Compared::of(&differences);
        // Most reports have no such cell, and one look at all states is cheaper than a look at each row.
        if States::all(states) != States::default() {
            let (left, right) = (bits_of(self.left), bits_of(self.right));
            for (line, states) in states.iter().enumerate() {
                compared.left_unknown |= u64::from(states.within(left).unknown() != 0) << line;
                compared.right_unknown |= u64::from(states.within(right).unknown() != 0) << line;
                compared.open |= u64::from(states.within(left | right).open() != 0) << line;
            }
        }
        compared
    }

    /// Whether some operand of a sum is a number, so that something has been added up.
    pub(crate) fn has_number(&self, line: usize, edition: Edition, tables: &Tables<'_>) -> bool {
        let mut operands = self.operands(line, false).chain(self.operands(line, true)).filter(|cell| cell.is_in(edition));
        operands.any(|cell| tables.cell(cell).is_some_and(|cell| cell.value().is_some()))
    }
}
