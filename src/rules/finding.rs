//! What was found, as fields. The sentence is made from them in [`super::sentence`].

use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::SerializeMap;

use super::assessment::Assessment;
use super::comparison::Comparison;
use super::fingerprint::Fingerprint;
use super::record::{Rule, RuleId};
use super::units::UnitSum;
use crate::form::{CellAddress, Edition, Language, Level, Section, Severity, Table};
use crate::model::{Cell, Number, Report};

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
/// *JSON*: `rule`, `severity`, `cells`, then `left`, `right`, `difference` (null where the rule adds nothing up), `fingerprint`,
/// and where the cells stand in reports of several years `years`, one for each cell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    rule: RuleId,
    subject: Option<Subject>,
    cells: Vec<CellAddress>,
    edition: Edition,
    detail: Detail,
    fingerprint: Fingerprint,
}

/// Whose report, and for which year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The name of the authority.
    pub authority: String,
    /// The reporting year.
    pub year: u16,
}

impl Subject {
    pub(crate) fn of(report: &Report) -> Self {
        Self { authority: report.authority().name().to_owned(), year: report.year() }
    }
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
    /// A number that is many times that of the year before, or a small part of it.
    Jump {
        /// The year, and the year before.
        years: [u16; 2],
        /// The numbers of both.
        numbers: [Number; 2],
    },
    /// A number of the parent that is not the sum of its units.
    Units(UnitSum),
    /// Names: of authorities, of units.
    Names(Vec<String>),
    /// Years without a report, from the first to the last.
    Gap(u16, u16),
    /// A waiver.
    Waiver {
        /// Which one of the file, from 1.
        place: usize,
        /// What it names.
        title: String,
        /// The last day on which it counts.
        until: Option<NaiveDate>,
    },
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
        let mut values: Vec<_> =
            cells.iter().map(|&cell| stands(cell, assessment.tables.cell(cell), assessment.tables.printed(cell))).collect();
        values.extend(match &detail {
            Detail::Form { table, .. } => Some(format!("{}={}", table.key(), assessment.edition(*table))),
            Detail::Late { published, .. } => Some(published.to_string()),
            Detail::Text(section) => {
                let text = assessment.report.and_then(|report| report.section(*section)).unwrap_or_default();
                Some(format!("{}={text}", section.key()))
            }
            _ => None,
        });
        Self::about(rule, assessment.report.map(Subject::of), cells, assessment.edition(table), detail, &values)
    }

    /// A finding about cells of any reports; `values` are what stands in them.
    pub(crate) fn about(
        rule: RuleId,
        subject: Option<Subject>,
        cells: Vec<CellAddress>,
        edition: Edition,
        detail: Detail,
        values: &[String],
    ) -> Self {
        let (authority, year) = subject.as_ref().map_or(("", 0), |subject| (&*subject.authority, subject.year));
        let head: [&dyn std::fmt::Display; 3] = [&rule, &authority, &year];
        let values = values.iter().map(|value| -> &dyn std::fmt::Display { value });
        let fingerprint = Fingerprint::of(head.into_iter().chain(values));
        Self { rule, subject, cells, edition, detail, fingerprint }
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

    /// Whose report it is about, and for which year; of several years the last. `None` where a table was judged alone.
    #[must_use]
    pub const fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// What tells it from every other finding, in every run and on every machine.
    #[must_use]
    pub const fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
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

    /// The years in whose reports its cells stand, one for each cell. Empty where all are the one report's.
    #[must_use]
    pub fn years(&self) -> Vec<u16> {
        match &self.detail {
            Detail::Sum(sum) => sum.left().iter().chain(sum.right()).filter_map(|operand| operand.year).collect(),
            Detail::Jump { years, .. } => years.to_vec(),
            _ => Vec::new(),
        }
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
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", &self.rule)?;
        map.serialize_entry("severity", &self.severity())?;
        map.serialize_entry("cells", &self.cells)?;
        if let Detail::Units(sum) = &self.detail {
            map.serialize_entry("left", &sum.units.at_least().map(Figure))?;
            map.serialize_entry("right", &sum.parent.value().map(Figure))?;
            map.serialize_entry("difference", &sum.difference().map(Figure))?;
        } else {
            let sum = self.comparison();
            map.serialize_entry("left", &sum.map(Comparison::left_sum))?;
            map.serialize_entry("right", &sum.map(Comparison::right_sum))?;
            map.serialize_entry("difference", &sum.map(Comparison::difference))?;
        }
        map.serialize_entry("fingerprint", &self.fingerprint)?;
        let years = self.years();
        if !years.is_empty() {
            map.serialize_entry("years", &years)?;
        }
        map.end()
    }
}

/// A number as JSON has it: whole, or an amount as a string.
struct Figure(Number);

impl Serialize for Figure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.integer() {
            Some(integer) => serializer.serialize_i64(integer),
            None => serializer.collect_str(&self.0),
        }
    }
}

/// What stands in a cell, as a text for its fingerprint: the printed text where one is kept.
pub(crate) fn stands(cell: CellAddress, found: Option<Cell<Number>>, printed: Option<&str>) -> String {
    let state = match found {
        Some(Cell::Value(_)) | None => "",
        Some(Cell::Blank) => "blank",
        Some(Cell::NotApplicable) => "/",
        Some(Cell::Unreadable) => "?",
    };
    match (found.and_then(Cell::value), printed) {
        (_, Some(printed)) => format!("{cell}={state}{printed}"),
        (Some(number), None) => format!("{cell}={number}"),
        (None, None) => format!("{cell}={state}"),
    }
}
