//! Reports that are right by construction, for tests: start from a valid one and break it.

use crate::form::{Applicant, CellAddress, CellKind, DisclosureColumn as Column, DisclosureRow, Edition, RequestRow, Table, cells};
use crate::model::{BuildError, Cell, CellError, Disclosure, Disputes, Money, Number, Report, Requests};
use rust_decimal::Decimal;

/// A report of that form in which every identity holds, nothing warns and every cell holds a number above zero.
///
/// ```
/// use gongkai::{Edition, fixtures};
///
/// let mut report = fixtures::consistent(Edition::E2019);
/// assert!(report.validate().is_clean());
/// report.set("T3/other/total".parse()?, 99)?;
/// assert!(!report.validate().is_clean());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
#[expect(clippy::missing_panics_doc, clippy::expect_used, reason = "the numbers are constants that fit, as a test shows for both forms")]
pub fn consistent(edition: Edition) -> Report {
    let disclosure = disclosure(edition).expect("constants fit");
    let requests = requests(edition).expect("constants fit");
    let disputes = Disputes::from_parts(|block, ruling| small(block.index(), ruling.index())).expect("constants fit");
    report(edition, disclosure, requests, disputes).expect("nothing is missing")
}

/// The report of the next year that follows from a consistent one: what it carried forward is carried over, what was in force
/// and what was done since is in force. Everything else, the forms too, is as it was.
///
/// ```
/// use gongkai::{Edition, Series, fixtures};
///
/// let before = fixtures::consistent(Edition::E2021);
/// let after = fixtures::following(&before);
/// assert!(after.validate().is_clean() && Series::new([&before, &after])?.validate().is_clean());
/// # Ok::<(), gongkai::SeriesError>(())
/// ```
#[must_use]
pub fn following(report: &Report) -> Report {
    let mut next = Report::builder(report.authority().name(), report.year().saturating_add(1))
        .disclosure(report.disclosure().clone())
        .requests(report.requests().clone())
        .disputes(report.disputes().clone())
        .build()
        .unwrap_or_else(|_| report.clone());
    let count = |cell: CellAddress| report.cell(cell).and_then(Cell::value).and_then(Number::integer);
    let mut set = |cell: CellAddress, sum: Option<i64>| {
        // What cannot be a count stays as it was: the report was not consistent.
        _ = sum.and_then(|sum| u64::try_from(sum).ok()).map(|sum| next.set(cell, Cell::Value(Number::Count(sum))));
    };
    for &who in Applicant::ALL {
        let at = |row| count(CellAddress::Requests(row, who));
        let forward = at(RequestRow::CarriedForward);
        set(CellAddress::Requests(RequestRow::CarriedOver, who), forward);
        // All of it came in before, so as many as are concluded came in now.
        set(CellAddress::Requests(RequestRow::Received, who), at(RequestRow::Concluded));
    }
    for &row in DisclosureRow::ALL {
        let at = |column| count(CellAddress::Disclosure(row, column));
        let sum = |parts: [Option<i64>; 3]| parts.into_iter().try_fold(0_i64, |sum, part| sum.checked_add(part?));
        let in_force = [at(Column::InForce), at(Column::Issued), at(Column::Repealed).and_then(i64::checked_neg)];
        set(CellAddress::Disclosure(row, Column::InForce), sum(in_force));
        let items = [at(Column::ItemsLastYear), at(Column::ItemsChange), Some(0)];
        set(CellAddress::Disclosure(row, Column::ItemsLastYear), sum(items));
    }
    next
}

fn report(edition: Edition, disclosure: Disclosure, requests: Requests, disputes: Disputes) -> Result<Report, BuildError> {
    let year = match edition {
        Edition::E2019 => 2020,
        Edition::E2021 => 2024,
    };
    Report::builder("某市人民政府", year).disclosure(disclosure).requests(requests).disputes(disputes).build()
}

fn disclosure(edition: Edition) -> Result<Disclosure, CellError> {
    let mut table = Disclosure::blank(edition);
    for cell in cells(Table::Disclosure, edition) {
        let CellAddress::Disclosure(row, column) = cell else { continue };
        // Rising from left to right, so that what is disclosed in total or in force is the largest.
        let value = small(row.index(), column.index()).saturating_add((column.index() as u64).saturating_mul(10));
        let number = match cell.kind() {
            CellKind::Money(unit) => Number::Money(Money::new(Decimal::new(1_234_567, 2), unit)),
            CellKind::Count | CellKind::Change => Number::Count(value),
        };
        table.set(row, column, Cell::Value(number))?;
    }
    Ok(table)
}

fn requests(edition: Edition) -> Result<Requests, CellError> {
    let over = |who: Applicant| small(who.index(), 1);
    let forward = |who: Applicant| small(who.index(), 2);
    let outcome = |row: RequestRow, who: Applicant| small(row.index(), who.index());
    Requests::from_parts(edition, |row, who| match row {
        RequestRow::Received => {
            let outcomes = RequestRow::of(edition).filter(|row| row.is_outcome()).map(|row| outcome(row, who)).sum::<u64>();
            outcomes.saturating_add(forward(who)).saturating_sub(over(who))
        }
        RequestRow::CarriedOver => over(who),
        RequestRow::CarriedForward => forward(who),
        _ => outcome(row, who),
    })
}

/// A small number above zero that differs between neighbours.
const fn small(row: usize, column: usize) -> u64 {
    (row.wrapping_mul(5).wrapping_add(column.wrapping_mul(3)) % 11) as u64 | 1
}
