//! Units held against their parent.

use rust_decimal::Decimal;

use super::finding::{Detail, Finding, Subject, stands};
use super::record::RuleId;
use super::rollup::Rollup;
use super::sums::{Relation, Verdict, judge};
use super::total::Total;
use crate::form::{CellAddress, CellKind, Edition, Severity, Unit};
use crate::model::{Cell, Money, Number, Report};

/// A number of the parent beside the sum of its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UnitSum {
    /// The cell.
    pub cell: CellAddress,
    /// The units' sum.
    pub units: Total,
    /// What the parent reports.
    pub parent: Cell<Number>,
    /// Whether the parent's number is the sum.
    ///
    /// While units are missing nothing is violated: what is there already may still be more than the parent reports, which
    /// [`RuleId::UExcess`] tells.
    pub verdict: Verdict,
}

impl UnitSum {
    pub(super) fn new(cell: CellAddress, units: Total, parent: Cell<Number>, missing: bool) -> Self {
        let mut sum = Self { cell, units, parent, verdict: Verdict::Undetermined };
        let Some(difference) = sum.compared() else { return sum };
        let states = |count: u32, state| (count > 0).then_some(state);
        let left: Vec<_> = [
            states(units.numbers(), Cell::Value(())),
            states(units.marks(), Cell::NotApplicable),
            states(units.unknown(), Cell::Blank),
            states(missing.into(), Cell::Blank),
        ]
        .into_iter()
        .flatten()
        .collect();
        let signed = cell.kind() == CellKind::Change && (left.contains(&Cell::Blank) || parent.value().is_none());
        let verdict = judge(Relation::Equal, difference, &left, &[parent.map(|_| ())]);
        sum.verdict = if verdict == Verdict::Violated && (missing || signed) { Verdict::Undetermined } else { verdict };
        sum
    }

    /// The units' known sum minus the parent's number, scaled to a whole number by its sign; `None` where they cannot be compared.
    fn compared(&self) -> Option<i64> {
        match self.parent {
            Cell::Value(Number::Money(money)) => {
                let yuan = if money.amount.is_zero() { Some(Decimal::ZERO) } else { money.in_yuan() }?;
                Some(match self.units.yuan.cmp(&yuan) {
                    std::cmp::Ordering::Less => -1,
                    std::cmp::Ordering::Equal => 0,
                    std::cmp::Ordering::Greater => 1,
                })
            }
            Cell::Value(number) => i64::try_from(self.units.integer.saturating_sub(i128::from(number.integer()?))).ok(),
            Cell::Blank | Cell::NotApplicable | Cell::Unreadable => {
                let money = i64::from(!self.units.yuan.is_zero());
                i64::try_from(self.units.integer).ok().map(|integer| if money == 0 { integer } else { money })
            }
        }
    }

    /// Whether the units that are there have more than the parent reports.
    fn exceeds(&self) -> bool {
        self.cell.kind() != CellKind::Change && self.parent.value().is_some() && self.compared().is_some_and(|difference| difference > 0)
    }

    /// The units' sum minus the parent's number; `None` where one of them is unknown, or an amount without a unit.
    #[must_use]
    pub fn difference(&self) -> Option<Number> {
        match (self.units.known()?, self.parent.value()?) {
            (Number::Money(units), Number::Money(parent)) => {
                let yuan = self.units.yuan.checked_sub(parent.in_yuan()?)?;
                let amount = if units.unit == Unit::TenThousandYuan { yuan.checked_div(Decimal::from(10_000))? } else { yuan };
                Some(Number::Money(Money::new(amount.normalize(), units.unit)))
            }
            _ => self.compared().map(Number::Change),
        }
    }
}

/// What holds between units and their parent, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollupAssessment<'r> {
    rollup: &'r Rollup,
    parent: Option<&'r Report>,
    sums: Vec<UnitSum>,
}

impl<'r> RollupAssessment<'r> {
    pub(super) const fn new(rollup: &'r Rollup, parent: Option<&'r Report>, sums: Vec<UnitSum>) -> Self {
        Self { rollup, parent, sums }
    }

    /// Every cell of the parent beside its sum, in printed order.
    #[must_use]
    pub fn sums(&self) -> &[UnitSum] {
        &self.sums
    }

    /// The verdict on a cell; `None` if the two have no such cell in common.
    #[must_use]
    pub fn verdict(&self, cell: CellAddress) -> Option<Verdict> {
        self.sums.iter().find(|sum| sum.cell == cell).map(|sum| sum.verdict)
    }

    /// How many cells got that verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.sums.iter().filter(|sum| sum.verdict == verdict).count()
    }

    /// Whether every number of the parent is the sum of its units.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.count(Verdict::Holds) == self.sums.len()
    }

    /// Whether every number of the parent is the sum of its units and nothing warns. Where nothing was compared it is not clean.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.holds() && !self.sums.is_empty() && self.findings_from(Severity::Warning).is_empty()
    }

    /// Everything that was found: errors, then warnings; the sums in printed order.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.findings_from(Severity::Note)
    }

    /// What was found of that severity or worse.
    #[must_use]
    pub fn findings_from(&self, severity: Severity) -> Vec<Finding> {
        let mut findings = Vec::new();
        let missing: Vec<_> = self.rollup.missing().map(str::to_owned).collect();
        for sum in &self.sums {
            let rule = match sum.verdict {
                Verdict::Violated => RuleId::USum,
                Verdict::Undetermined if !missing.is_empty() && sum.exceeds() => RuleId::UExcess,
                Verdict::Undetermined | Verdict::Holds => continue,
            };
            findings.extend(self.parent.map(|parent| Self::sum(rule, parent, *sum)));
        }
        let years = self.rollup.other_years.keys().map(|(name, year)| format!("{name} {year}")).collect();
        let unlisted = if self.rollup.expected.is_empty() {
            Vec::new()
        } else {
            self.rollup.units.difference(&self.rollup.expected).cloned().collect()
        };
        let duplicates = self.rollup.duplicates.keys().cloned().collect();
        for (rule, names) in
            [(RuleId::UMissing, missing), (RuleId::UDuplicate, duplicates), (RuleId::UYear, years), (RuleId::UUnlisted, unlisted)]
        {
            if !names.is_empty() {
                let authority = self.parent.map_or_else(String::new, |parent| parent.authority().name().to_owned());
                let subject = Subject { authority, year: self.rollup.year };
                let values = names.clone();
                findings.push(Finding::about(rule, Some(subject), Vec::new(), Edition::E2021, Detail::Names(names), &values));
            }
        }
        findings.retain(|finding| finding.severity() >= severity);
        findings.sort_by_key(Finding::rule);
        findings
    }

    fn sum(rule: RuleId, parent: &Report, sum: UnitSum) -> Finding {
        let parents = stands(sum.cell, Some(sum.parent), parent.printed(sum.cell));
        let units = format!("{}+{}", sum.units.known().map_or_else(String::new, |number| number.to_string()), sum.units.unknown());
        // 其他处理 of one form beside three rows of the other is named as the form that has it names it.
        let edition = if sum.cell.is_in(parent.edition(sum.cell.table())) { parent.edition(sum.cell.table()) } else { Edition::E2019 };
        Finding::about(rule, Some(Subject::of(parent)), vec![sum.cell], edition, Detail::Units(sum), &[parents, units])
    }
}
