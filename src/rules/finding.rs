//! What was found, as fields. The sentence is made from them in [`super::sentence`].

use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::SerializeMap;

use super::assessment::Assessment;
use super::comparison::Comparison;
use super::record::{Rule, RuleId};
use crate::form::{CellAddress, Edition, Language, Level, Section, Severity, Table};

/// One thing that was found: which rule, where, with which numbers.
///
/// ```
/// use gongkai::{Edition, Language, RuleId, fixtures};
///
/// let mut report = fixtures::consistent(Edition::E2021);
/// report.set("T4/reconsideration/total".parse()?, 0)?;
/// let assessment = report.validate();
/// let finding = &assessment.findings()[0];
/// assert_eq!(finding.rule(), RuleId::T4Total);
/// assert_eq!(finding.cells().len(), 5);
/// assert!(finding.display(Language::Chinese).to_string().starts_with("表四·行政复议：结果维持("));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// *JSON*: `rule`, `severity`, `cells`, and `left`, `right`, `difference` (null where the rule adds nothing up).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    rule: RuleId,
    cells: Vec<CellAddress>,
    edition: Edition,
    detail: Detail,
}

/// What a finding says beside its rule and its cells.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Detail {
    /// A sum that does not hold.
    Sum(Comparison),
    /// A table in a form that is not the year's.
    Form {
        /// The table.
        table: Table,
        /// The reporting year.
        year: u16,
        /// The form that governs the year, if one does.
        expected: Option<Edition>,
    },
    /// Numbers where there should be none, at that level.
    Level(Level),
    /// Text printed in a cell: an amount in the wrong unit, something that is no number.
    Printed(String),
    /// Published late.
    Late {
        /// The day of publication.
        published: NaiveDate,
        /// The last day in time.
        deadline: NaiveDate,
    },
    /// A part that does not say what it should.
    Text(Section),
    /// Cells with nothing in them.
    Blanks,
    /// Numbers with annotations: the printed texts, one for each cell.
    Annotated(Vec<String>),
}

impl Finding {
    pub(crate) fn sum(assessment: &Assessment<'_>, rule: RuleId, sum: Comparison) -> Self {
        let cells: Vec<_> = sum.cells().collect();
        Self::new(assessment, rule, cells, Detail::Sum(sum))
    }

    pub(crate) fn new(assessment: &Assessment<'_>, rule: RuleId, cells: Vec<CellAddress>, detail: Detail) -> Self {
        let table = cells.first().map_or(Table::Disclosure, |cell| cell.table());
        Self { rule, cells, edition: assessment.edition(table), detail }
    }

    /// The rule.
    #[must_use]
    pub const fn rule(&self) -> RuleId {
        self.rule
    }

    /// The record of the rule: what must hold, why, and its source.
    #[must_use]
    pub fn record(&self) -> &'static Rule {
        self.rule.rule()
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.record().severity
    }

    /// The cells that it is about: of a sum all operands, left then right. Empty where it is about the report's text or date.
    #[must_use]
    pub fn cells(&self) -> &[CellAddress] {
        &self.cells
    }

    /// What it says beside its cells.
    #[must_use]
    pub const fn detail(&self) -> &Detail {
        &self.detail
    }

    /// The form whose labels name its cells.
    #[must_use]
    pub const fn edition(&self) -> Edition {
        self.edition
    }

    /// The sum, if it is about one.
    #[must_use]
    pub const fn comparison(&self) -> Option<&Comparison> {
        match &self.detail {
            Detail::Sum(sum) => Some(sum),
            _ => None,
        }
    }

    /// The sentence: the printed place first, then the numbers, then what must hold.
    #[must_use]
    pub fn display(&self, language: Language) -> impl std::fmt::Display + '_ {
        super::sentence::Sentence { finding: self, language }
    }
}

impl Serialize for Finding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sum = self.comparison();
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("rule", &self.rule)?;
        map.serialize_entry("severity", &self.severity())?;
        map.serialize_entry("cells", &self.cells)?;
        map.serialize_entry("left", &sum.map(Comparison::left_sum))?;
        map.serialize_entry("right", &sum.map(Comparison::right_sum))?;
        map.serialize_entry("difference", &sum.map(Comparison::difference))?;
        map.end()
    }
}
