//! Units and their parent: the sum of reports, cell by cell, with blanks and forms respected.

use std::collections::{BTreeMap, BTreeSet};

use super::total::Total;
use super::units::{RollupAssessment, UnitSum};
use crate::form::{CellAddress, Edition, RequestRow, Table, cells};
use crate::model::{BuildError, Cell, Disclosure, Disputes, Number, Report, Requests};

/// What the units of a parent report together, added up as they come in.
///
/// A report is added in time and space that do not depend on how many came before; of a unit only its name is kept. A unit
/// that comes twice or with another year is told and not added: the first report counts.
///
/// Where units follow different forms, a cell is added up at the level that all have: 其他处理 as one row, and what only one
/// form prints is unknown.
///
/// ```
/// use gongkai::{Cell, Edition, Rollup, fixtures};
///
/// let unit = fixtures::consistent(Edition::E2021);
/// let mut rollup = Rollup::new(unit.year());
/// rollup.expect(["甲局", "乙局"]);
/// rollup.add_as("甲局", &unit);
/// let cell = "T3/received/total".parse()?;
/// let (one, missing) = (rollup.total(cell).and_then(|total| total.value()), rollup.missing().count());
/// assert_eq!((one, missing), (unit.cell(cell).and_then(Cell::value), 1));
/// # Ok::<(), gongkai::UnknownKey>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollup {
    pub(super) year: u16,
    pub(super) units: BTreeSet<String>,
    pub(super) expected: BTreeSet<String>,
    pub(super) duplicates: BTreeMap<String, u32>,
    pub(super) other_years: BTreeMap<(String, u16), u32>,
    totals: BTreeMap<CellAddress, Total>,
    /// How many units follow each form in part two and in part three.
    editions: [[u32; 2]; 2],
}

/// Whether a report was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[must_use = "a report that was not added is not in the sum"]
pub enum Added {
    /// It was.
    Added,
    /// Its unit was added before.
    Duplicate,
    /// It is for another year.
    OtherYear,
}

/// Two rollups that cannot be joined.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// They are for different years.
    #[error("one is for {0}, the other for {1}")]
    Years(u16, u16),
    /// A unit is in both.
    #[error("{0} is in both")]
    Unit(String),
}

impl Rollup {
    /// The sum of no report yet, for that year.
    #[must_use]
    pub fn new(year: u16) -> Self {
        let union = |table| Edition::ALL.iter().flat_map(move |&edition| cells(table, edition));
        let totals = Table::ALL.iter().flat_map(|&table| union(table)).map(|cell| (cell, Total::none(cell.kind())));
        Self {
            year,
            units: BTreeSet::new(),
            expected: BTreeSet::new(),
            duplicates: BTreeMap::new(),
            other_years: BTreeMap::new(),
            totals: totals.collect(),
            editions: [[0; 2]; 2],
        }
    }

    /// The names of the units that ought to report.
    pub fn expect<N: Into<String>>(&mut self, names: impl IntoIterator<Item = N>) {
        self.expected.extend(names.into_iter().map(Into::into));
    }

    /// Adds the report of a unit, under the name that it states.
    pub fn add(&mut self, report: &Report) -> Added {
        self.add_as(report.authority().name(), report)
    }

    /// Adds the report of a unit under a name that the caller knows it by, such as a code.
    pub fn add_as(&mut self, unit: &str, report: &Report) -> Added {
        let more = |count: &mut u32| *count = count.saturating_add(1);
        if report.year() != self.year {
            more(self.other_years.entry((unit.to_owned(), report.year())).or_default());
            return Added::OtherYear;
        }
        if !self.units.insert(unit.to_owned()) {
            more(self.duplicates.entry(unit.to_owned()).or_default());
            return Added::Duplicate;
        }
        for (&cell, total) in &mut self.totals {
            total.add(at_level(report, cell));
        }
        for (table, counts) in [Table::Disclosure, Table::Requests].into_iter().zip(&mut self.editions) {
            if let Some(count) = counts.get_mut(report.edition(table) as usize) {
                more(count);
            }
        }
        Added::Added
    }

    /// Joins another rollup of other units. The order does not matter.
    ///
    /// # Errors
    ///
    /// Another year, or a unit that is in both: what was added cannot be told apart any more. Nothing is joined then.
    pub fn merge(&mut self, other: &Self) -> Result<(), MergeError> {
        if self.year != other.year {
            return Err(MergeError::Years(self.year, other.year));
        }
        if let Some(unit) = self.units.intersection(&other.units).next() {
            return Err(MergeError::Unit(unit.clone()));
        }
        self.units.extend(other.units.iter().cloned());
        self.expected.extend(other.expected.iter().cloned());
        for (name, count) in &other.duplicates {
            let mine = self.duplicates.entry(name.clone()).or_default();
            *mine = mine.saturating_add(*count);
        }
        for (name, count) in &other.other_years {
            let mine = self.other_years.entry(name.clone()).or_default();
            *mine = mine.saturating_add(*count);
        }
        for (total, other) in self.totals.values_mut().zip(other.totals.values()) {
            total.join(other);
        }
        for (mine, other) in self.editions.iter_mut().flatten().zip(other.editions.iter().flatten()) {
            *mine = mine.saturating_add(*other);
        }
        Ok(())
    }

    /// The year that is added up.
    #[must_use]
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// The units that were added, by name.
    pub fn units(&self) -> impl ExactSizeIterator<Item = &str> {
        self.units.iter().map(String::as_str)
    }

    /// The units that were expected and have not come.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.expected.difference(&self.units).map(String::as_str)
    }

    /// The sum of a cell of either form.
    #[must_use]
    pub fn total(&self, cell: CellAddress) -> Option<Total> {
        self.totals.get(&cell).copied()
    }

    /// The form of the sum's table: the one that all units follow, and where they differ the one in which the sum can be
    /// written: the 23 rows for part three, the year's own for part two.
    #[must_use]
    pub fn edition(&self, table: Table) -> Edition {
        let [disclosure, requests] = self.editions;
        let by_year = Edition::for_year(self.year).unwrap_or(Edition::E2021);
        let counts = if table == Table::Disclosure { disclosure } else { requests };
        match counts.map(|count| count > 0) {
            [true, false] => Edition::E2019,
            [false, true] => Edition::E2021,
            [true, true] if table != Table::Disclosure => Edition::E2019,
            [true, true] | [false, false] => by_year,
        }
    }

    /// The sum as a report of its own. A cell that some unit leaves unknown is blank there; [`Self::total`] has its lower bound.
    ///
    /// # Errors
    ///
    /// A name that is empty, a year that no report can have.
    pub fn report(&self, authority: &str) -> Result<Report, BuildError> {
        let mut report = Report::builder(authority, self.year)
            .disclosure(Disclosure::blank(self.edition(Table::Disclosure)))
            .requests(Requests::blank(self.edition(Table::Requests)))
            .disputes(Disputes::blank())
            .build()?;
        for (&cell, total) in &self.totals {
            if self.is_in_sum(cell) {
                // The cells are those of the report and the numbers of their kinds, so setting them cannot fail.
                _ = report.set(cell, total.cell());
            }
        }
        Ok(report)
    }

    fn is_in_sum(&self, cell: CellAddress) -> bool {
        cell.is_in(self.edition(cell.table()))
    }

    /// Holds the sums against the parent's own report.
    #[must_use]
    pub fn against<'r>(&'r self, parent: &'r Report) -> RollupAssessment<'r> {
        // Where the two follow different forms, at the level that both have.
        let level = |cell: &CellAddress| {
            self.is_in_sum(*cell)
                && (cell.is_in(parent.edition(cell.table())) || matches!(cell, CellAddress::Requests(RequestRow::Other, _)))
        };
        let coarse = self.edition(Table::Requests) == Edition::E2021 && parent.requests().edition() == Edition::E2019;
        let other = |cell: &CellAddress| coarse && matches!(cell, CellAddress::Requests(RequestRow::Other, _));
        let missing = self.missing().count();
        let sums = self.totals.iter().filter(|(cell, _)| level(cell) || other(cell));
        let sums = sums.map(|(&cell, total)| UnitSum::new(cell, *total, at_level(parent, cell), missing > 0)).collect();
        RollupAssessment::new(self, Some(parent), sums)
    }

    /// What is to be told of the units alone, where there is no report of the parent: who is missing, twice there or out of its year.
    #[must_use]
    pub const fn alone(&self) -> RollupAssessment<'_> {
        RollupAssessment::new(self, None, Vec::new())
    }
}

/// A cell of a report. 其他处理 of the 2021 form is what its three rows are together, and what the form lacks is blank.
fn at_level(report: &Report, cell: CellAddress) -> Cell<Number> {
    match (report.cell(cell), cell) {
        (Some(found), _) => found,
        (None, CellAddress::Requests(RequestRow::Other, who)) => {
            let rows = [RequestRow::OtherNotCorrected, RequestRow::OtherFeeUnpaid, RequestRow::OtherReasons];
            let mut total = Total::none(cell.kind());
            for row in rows {
                total.add(report.cell(CellAddress::Requests(row, who)).unwrap_or(Cell::Blank));
            }
            total.cell()
        }
        (None, _) => Cell::Blank,
    }
}
