//! A year and the next: what is carried forward is carried over, what was in force follows from the year before.

use rust_decimal::Decimal;

use super::comparison::{Comparison, Operand};
use super::finding::{Detail, Finding, Subject, stands};
use super::record::RuleId;
use super::sums::{Relation, Verdict};
use crate::form::{
    Applicant, CellAddress, DisclosureColumn, DisclosureRow, Edition, Proceeding, RequestRow, Ruling, Severity, Table, cells,
};
use crate::model::{Cell, Money, Number, Report, leading_count};

/// The reports of one authority, by year.
///
/// Whether the reports are one authority's is the caller's knowledge: names change. Where they differ it is told.
///
/// ```
/// use gongkai::{Edition, Language, RuleId, Series, fixtures};
///
/// let before = fixtures::consistent(Edition::E2021);
/// let mut after = fixtures::following(&before);
/// after.set("T3/carried_over/natural_person".parse()?, 103)?;
/// let assessment = Series::new([&after, &before])?.validate();
/// let finding = &assessment.findings()[0];
/// assert_eq!((finding.rule(), finding.years()), (RuleId::YCarriedOver, vec![2025, 2024]));
/// assert!(finding.display(Language::Chinese).to_string().starts_with("表三·自然人：2025 年度二(103)，2024 年度四("));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series<'r> {
    /// At least one, by year, no year twice.
    reports: Vec<&'r Report>,
}

/// Reports that make no series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum SeriesError {
    /// No report at all.
    #[error("a series needs at least one report")]
    Empty,
    /// Two reports for one year: a difference between two versions, not a series.
    #[error("two reports are for {0}: compare them as two versions of one report")]
    SameYear(u16),
}

impl<'r> Series<'r> {
    /// The reports in the order of their years.
    ///
    /// # Errors
    ///
    /// No report, or two for one year.
    pub fn new(reports: impl IntoIterator<Item = &'r Report>) -> Result<Self, SeriesError> {
        let mut reports: Vec<_> = reports.into_iter().collect();
        reports.sort_by_key(|report| report.year());
        let same = reports.windows(2).find_map(|pair| match pair {
            [before, after] if before.year() == after.year() => Some(after.year()),
            _ => None,
        });
        match same {
            Some(year) => Err(SeriesError::SameYear(year)),
            None if reports.is_empty() => Err(SeriesError::Empty),
            None => Ok(Self { reports }),
        }
    }

    /// The reports, by year.
    #[must_use]
    pub fn reports(&self) -> &[&'r Report] {
        &self.reports
    }

    /// Every two reports of which the second is for the next year.
    pub fn pairs(&self) -> impl Iterator<Item = (&'r Report, &'r Report)> + '_ {
        self.neighbours().filter(|(before, after)| before.year().checked_add(1) == Some(after.year()))
    }

    /// Every two reports next to each other, whatever lies between them.
    fn neighbours(&self) -> impl Iterator<Item = (&'r Report, &'r Report)> + '_ {
        self.reports.iter().zip(self.reports.iter().skip(1)).map(|(&before, &after)| (before, after))
    }

    /// Judges what must hold from a year to the next. Each report by itself is judged by [`Report::validate`].
    #[must_use]
    pub fn validate(&self) -> SeriesAssessment<'r> {
        SeriesAssessment { series: self.clone(), sums: self.pairs().flat_map(|(before, after)| sums(before, after)).collect() }
    }
}

/// What holds from a year to the next, and what was found.
///
/// *Shape*: for every two neighbouring years 7 sums of `Y-CARRIED-OVER`, and where both have the same part two 2 of
/// `Y-IN-FORCE` (2021) or 5 of `Y-ITEMS` (2019).
///
/// ```
/// use gongkai::{Edition, Series, Verdict, fixtures};
///
/// let report = fixtures::consistent(Edition::E2021);
/// let alone = Series::new([&report])?.validate();
/// assert_eq!((alone.sums().len(), alone.is_clean()), (0, false)); // nothing was compared
/// # Ok::<(), gongkai::SeriesError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesAssessment<'r> {
    series: Series<'r>,
    sums: Vec<(RuleId, Comparison)>,
}

impl SeriesAssessment<'_> {
    /// Every sum that was judged, with its rule: year by year, rule by rule, in printed order.
    #[must_use]
    pub fn sums(&self) -> &[(RuleId, Comparison)] {
        &self.sums
    }

    /// How many sums got that verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.sums.iter().filter(|(_, sum)| sum.verdict() == verdict).count()
    }

    /// Whether every sum holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.count(Verdict::Holds) == self.sums.len()
    }

    /// Whether every sum holds. A series in which nothing could be compared is not clean.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.holds() && !self.sums.is_empty()
    }

    /// The sums that cannot be decided, for blanks in one of the years.
    pub fn open(&self) -> impl Iterator<Item = &(RuleId, Comparison)> {
        self.sums.iter().filter(|(_, sum)| sum.verdict() == Verdict::Undetermined)
    }

    /// Everything that was found: errors, then warnings, then notes; within each in the order of the catalogue and of the years.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.findings_from(Severity::Note)
    }

    /// What was found of that severity or worse.
    #[must_use]
    pub fn findings_from(&self, severity: Severity) -> Vec<Finding> {
        let violated = self.sums.iter().filter(|(_, sum)| sum.verdict() == Verdict::Violated);
        let mut findings: Vec<_> = violated.filter_map(|(rule, sum)| self.violation(*rule, sum)).collect();
        self.gaps(&mut findings);
        self.names(&mut findings);
        for (before, after) in self.series.pairs() {
            jumps(before, after, &mut findings);
        }
        findings.retain(|finding| finding.severity() >= severity);
        findings.sort_by_key(Finding::rule);
        findings
    }

    fn violation(&self, rule: RuleId, sum: &Comparison) -> Option<Finding> {
        let operands = || sum.left().iter().chain(sum.right());
        let of = |year: u16| self.series.reports.iter().find(|report| report.year() == year);
        let year = operands().filter_map(|operand| operand.year).max()?;
        let after = of(year)?;
        let values: Vec<_> = operands()
            .map(|operand| {
                let report = operand.year.and_then(of);
                let stands = stands(operand.cell, Some(operand.found), report.and_then(|report| report.printed(operand.cell)));
                format!("{}:{stands}", operand.year.unwrap_or_default())
            })
            .collect();
        let cells: Vec<_> = sum.cells().collect();
        let edition = after.edition(cells.first()?.table());
        Some(Finding::about(rule, Some(Subject::of(after)), cells, edition, Detail::Sum(sum.clone()), &values))
    }

    fn gaps(&self, findings: &mut Vec<Finding>) {
        for (before, after) in self.series.neighbours() {
            let (from, to) = (before.year().saturating_add(1), after.year().saturating_sub(1));
            if from <= to {
                let values = [format!("{from}-{to}")];
                let (subject, detail) = (Some(Subject::of(after)), Detail::Gap(from, to));
                findings.push(Finding::about(RuleId::YGap, subject, Vec::new(), Edition::E2021, detail, &values));
            }
        }
    }

    fn names(&self, findings: &mut Vec<Finding>) {
        let mut names: Vec<_> = self.series.reports.iter().map(|report| report.authority().name().to_owned()).collect();
        names.dedup();
        if let (2.., Some(last)) = (names.len(), self.series.reports.last()) {
            let values = names.clone();
            let (subject, detail) = (Some(Subject::of(last)), Detail::Names(names));
            findings.push(Finding::about(RuleId::YAuthority, subject, Vec::new(), Edition::E2021, detail, &values));
        }
    }
}

/// The sums over a year and the next.
fn sums(before: &Report, after: &Report) -> Vec<(RuleId, Comparison)> {
    let operand = |report: &Report, cell: CellAddress| {
        let found = report.cell(cell).unwrap_or(Cell::Blank);
        Operand { cell, found, year: Some(report.year()) }
    };
    let mut sums = Vec::new();
    for &who in Applicant::ALL {
        let left = vec![operand(after, CellAddress::Requests(RequestRow::CarriedOver, who))];
        let right = vec![operand(before, CellAddress::Requests(RequestRow::CarriedForward, who))];
        sums.push((RuleId::YCarriedOver, Comparison::between(left, Relation::Equal, right)));
    }
    // A form that only one of the two has leaves nothing to compare.
    let edition = after.disclosure().edition();
    if before.disclosure().edition() != edition {
        return sums;
    }
    for &row in DisclosureRow::ALL {
        let columns = row.columns(edition);
        let at = |report: &Report, column| operand(report, CellAddress::Disclosure(row, column));
        if columns.contains(&DisclosureColumn::InForce) {
            let issued = at(after, DisclosureColumn::Issued);
            let stock = |issued: Operand| {
                let left = vec![at(after, DisclosureColumn::InForce), at(after, DisclosureColumn::Repealed)];
                Comparison::between(left, Relation::Equal, vec![at(before, DisclosureColumn::InForce), issued])
            };
            // A revised document takes the place of an older one. Offices count that one among the repealed, or not.
            let net = without_revisions(after, issued).map(stock).filter(|sum| sum.verdict() == Verdict::Holds);
            sums.push((RuleId::YInForce, net.unwrap_or_else(|| stock(issued))));
        }
        if columns.contains(&DisclosureColumn::ItemsLastYear) {
            let last = DisclosureColumn::ItemsLastYear;
            let right = vec![at(before, last), at(before, DisclosureColumn::ItemsChange)];
            sums.push((RuleId::YItems, Comparison::between(vec![at(after, last)], Relation::Equal, right)));
        }
    }
    sums.sort_by_key(|(rule, _)| *rule);
    sums
}

/// What was issued without the revisions that the annotation of the cell names: 6 for `22（其中修订16件）`.
fn without_revisions(report: &Report, issued: Operand) -> Option<Operand> {
    let (Some(Number::Count(count)), Some(text)) = (issued.found.value(), report.printed(issued.cell)) else { return None };
    let note = text.find(['（', '(']).and_then(|at| text.get(at..))?;
    let revised = ["修订", "修改", "修正"].iter().find_map(|word| {
        let (head, tail) = note.split_once(word)?;
        // `修订16件`, or `16件修订`.
        leading_count(tail).or_else(|| leading_count(head.trim_start_matches(|c: char| !c.is_numeric())))
    })?;
    Some(Operand { found: Cell::Value(Number::Count(count.checked_sub(revised)?)), ..issued })
}

/// Numbers below this say nothing by being many times each other.
const SMALL: u64 = 20;
/// How many times the other a number is before that is told.
const MANY: u64 = 5;
/// About ten thousand times: an amount in 元 where the other is in 万元.
const UNITS: std::ops::RangeInclusive<u64> = 5_000..=20_000;

/// `Y-JUMP`, `Y-UNIT`.
fn jumps(before: &Report, after: &Report, findings: &mut Vec<Finding>) {
    let totals = RequestRow::ALL.iter().map(|&row| CellAddress::Requests(row, Applicant::Total));
    let blocks = Proceeding::ALL.iter().map(|&block| CellAddress::Disputes(block, Ruling::Total));
    for cell in cells(Table::Disclosure, after.edition(Table::Disclosure)).chain(totals).chain(blocks) {
        let value = |report: &Report| report.cell(cell).and_then(Cell::value);
        let (Some(then), Some(now)) = (value(before), value(after)) else { continue };
        let rule = match (then, now) {
            (Number::Money(then), Number::Money(now)) => money_jump(then, now),
            (Number::Count(then), Number::Count(now)) => {
                let small = then.min(now) < SMALL;
                (!small && (now > then.saturating_mul(MANY) || then > now.saturating_mul(MANY))).then_some(RuleId::YJump)
            }
            _ => None,
        };
        let Some(rule) = rule else { continue };
        let stands = |report: &Report| format!("{}:{}", report.year(), stands(cell, report.cell(cell), report.printed(cell)));
        let values = [stands(after), stands(before)];
        let detail = Detail::Jump { years: [after.year(), before.year()], numbers: [now, then] };
        let (subject, edition) = (Some(Subject::of(after)), after.edition(cell.table()));
        findings.push(Finding::about(rule, subject, vec![cell, cell], edition, detail, &values));
    }
}

/// Amounts are compared in yuan, or as they are printed where neither states a unit.
fn money_jump(then: Money, now: Money) -> Option<RuleId> {
    let (small, then, now) = match (then.in_yuan(), now.in_yuan()) {
        (Some(then), Some(now)) => (Decimal::from(SMALL).checked_mul(Decimal::from(10_000))?, then, now),
        (None, None) => (Decimal::from(SMALL), then.amount, now.amount),
        _ => return None,
    };
    let (less, more) = (then.min(now), then.max(now));
    let times = |factor: u64| less.checked_mul(Decimal::from(factor));
    let near = times(*UNITS.start()).is_some_and(|least| least <= more) && times(*UNITS.end()).is_some_and(|most| more <= most);
    if near && !less.is_zero() {
        return Some(RuleId::YUnit);
    }
    (less >= small && times(MANY).is_some_and(|limit| more > limit)).then_some(RuleId::YJump)
}
