//! The answer of a validation: a verdict for every identity, and the findings.

use super::comparison::Comparison;
use super::finding::Finding;
use super::identity::{APPLICANTS_BIT, BALANCE_BIT, OUTCOMES_BIT, TOTAL_BIT};
use super::sums::{APPLICANTS, BALANCE, OUTCOMES, TOTAL, Tables, Verdicts};
use super::{Identity, Verdict, checks};
use crate::form::{Applicant, Edition, Severity, Table};
use crate::model::{Disclosure, Disputes, Report, Requests};

/// What validation says of a report, or of one table.
///
/// It holds a verdict for every identity of the tables that were looked at. Findings, comparisons and sentences are made
/// when they are asked for, so validating a report allocates nothing.
///
/// ```
/// use gongkai::{Edition, Verdict, fixtures};
///
/// let mut report = fixtures::consistent(Edition::E2021);
/// assert!(report.validate().is_clean());
///
/// report.set("T3/received/natural_person".parse()?, 1_000)?;
/// let assessment = report.validate();
/// assert_eq!(assessment.verdict("T3-BALANCE/natural_person".parse()?), Some(Verdict::Violated));
/// assert_eq!((assessment.count(Verdict::Holds), assessment.count(Verdict::Violated)), (40, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Assessment<'r> {
    pub(crate) tables: Tables<'r>,
    pub(crate) report: Option<&'r Report>,
    /// The identities of the tables, and of those the ones that are violated or undetermined.
    all: u64,
    violated: u64,
    undetermined: u64,
}

/// The identities of part three in that form, as bits.
const fn requests_bits(edition: Edition) -> u64 {
    let mut bits = ((1 << Applicant::COUNT) - 1) << BALANCE_BIT | ((1 << Applicant::COUNT) - 1) << OUTCOMES_BIT;
    let mut rows = crate::form::RequestRow::ALL;
    while let Some((&row, rest)) = rows.split_first() {
        if row.is_in(edition) {
            bits |= Identity::Applicants(row).bit();
        }
        rows = rest;
    }
    bits
}

const REQUESTS_2019: u64 = requests_bits(Edition::E2019);
const REQUESTS_2021: u64 = requests_bits(Edition::E2021);
const DISPUTES: u64 = ((1 << TOTAL.lines()) - 1) << TOTAL_BIT;

impl<'r> Assessment<'r> {
    #[inline]
    pub(crate) fn new(tables: Tables<'r>, report: Option<&'r Report>) -> Self {
        let mut assessment = Self { tables, report, all: 0, violated: 0, undetermined: 0 };
        let mut by_marks = 0;
        if let Some(requests) = tables.requests {
            assessment.all |= match requests.edition() {
                Edition::E2019 => REQUESTS_2019,
                Edition::E2021 => REQUESTS_2021,
            };
            let sheet = requests.sheet();
            by_marks |= assessment.note(BALANCE.verdicts(sheet), BALANCE_BIT);
            by_marks |= assessment.note(OUTCOMES.verdicts(sheet), OUTCOMES_BIT);
            by_marks |= assessment.note(APPLICANTS.verdicts(sheet), APPLICANTS_BIT);
        }
        if let Some(disputes) = tables.disputes {
            assessment.all |= DISPUTES;
            by_marks |= assessment.note(TOTAL.verdicts(disputes.sheet()), TOTAL_BIT);
        }
        assessment.violated &= assessment.all;
        assessment.undetermined &= assessment.all;
        if by_marks & assessment.all != 0 {
            assessment.doubt(by_marks);
        }
        assessment
    }

    #[inline]
    const fn note(&mut self, verdicts: Verdicts, offset: u32) -> u64 {
        self.violated |= verdicts.violated << offset;
        self.undetermined |= verdicts.undetermined << offset;
        verdicts.by_marks << offset
    }

    /// Of the identities that hold with marks as zeros, those without a single number hold nothing.
    #[cold]
    fn doubt(&mut self, by_marks: u64) {
        for identity in Identity::all().filter(|identity| identity.bit() & by_marks & self.all != 0) {
            let edition = self.edition(identity.table());
            if !identity.family().has_number(identity.line(), edition, &self.tables) {
                self.undetermined |= identity.bit();
            }
        }
    }

    /// The form whose labels name the cells of a table.
    #[must_use]
    pub fn edition(&self, table: Table) -> Edition {
        self.tables.edition(table).unwrap_or(Edition::E2021)
    }

    /// The identities that were judged: rule by rule, in printed order.
    pub fn identities(&self) -> impl Iterator<Item = Identity> + Clone + use<> {
        let all = self.all;
        Identity::all().filter(move |identity| identity.bit() & all != 0)
    }

    /// The verdict on an identity; `None` if it is not one of these tables.
    #[must_use]
    pub fn verdict(&self, identity: Identity) -> Option<Verdict> {
        let bit = identity.bit();
        (self.all & bit != 0).then_some(if self.violated & bit != 0 {
            Verdict::Violated
        } else if self.undetermined & bit != 0 {
            Verdict::Undetermined
        } else {
            Verdict::Holds
        })
    }

    /// How many identities got that verdict.
    #[must_use]
    pub const fn count(&self, verdict: Verdict) -> u32 {
        match verdict {
            Verdict::Violated => self.violated.count_ones(),
            Verdict::Undetermined => self.undetermined.count_ones(),
            Verdict::Holds => (self.all & !self.violated & !self.undetermined).count_ones(),
        }
    }

    /// Whether every identity holds.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.violated | self.undetermined == 0
    }

    /// Whether every identity holds and nothing warns. A report in which nothing could be checked is not clean.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.holds() && self.all != 0 && !checks::any_warning(self)
    }

    /// An identity with its numbers: both sides, the difference, what is unknown. `None` if it is not one of these tables.
    #[must_use]
    pub fn comparison(&self, identity: Identity) -> Option<Comparison> {
        (self.all & identity.bit() != 0).then(|| Comparison::of(identity.family(), identity.line(), &self.tables)).flatten()
    }

    /// The identities that cannot be decided, each with the cells that are unknown and what they need.
    #[must_use]
    pub fn open(&self) -> Vec<(Identity, Comparison)> {
        let undetermined = self.undetermined;
        let open = self.identities().filter(|identity| identity.bit() & undetermined != 0);
        open.filter_map(|identity| Some((identity, self.comparison(identity)?))).collect()
    }

    /// Everything that was found: errors, then warnings, then notes; within each in the order of the catalogue and of the page.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.findings_from(Severity::Note)
    }

    /// What was found of that severity or worse.
    #[must_use]
    pub fn findings_from(&self, severity: Severity) -> Vec<Finding> {
        let mut findings = Vec::new();
        let violated = self.violated;
        for identity in self.identities().filter(|identity| identity.bit() & violated != 0) {
            findings.extend(self.comparison(identity).map(|sum| Finding::sum(self, identity.rule(), sum)));
        }
        if severity <= Severity::Warning {
            checks::warnings(self, &mut |finding| {
                findings.push(finding);
                true
            });
        }
        if severity <= Severity::Note {
            checks::notes(self, &mut findings);
        }
        findings
    }
}

impl Report {
    /// Judges every identity of the three tables and everything else in the catalogue.
    ///
    /// ```
    /// use gongkai::{Edition, Language, fixtures};
    ///
    /// let mut report = fixtures::consistent(Edition::E2021);
    /// report.set("T4/reconsideration/total".parse()?, 0)?;
    /// for finding in report.validate().findings() {
    ///     println!("{}", finding.display(Language::Chinese));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn validate(&self) -> Assessment<'_> {
        let tables = Tables { disclosure: Some(self.disclosure()), requests: Some(self.requests()), disputes: Some(self.disputes()) };
        Assessment::new(tables, Some(self))
    }
}

impl Disclosure {
    /// Judges this table alone. Part two has no identities, so the answer is findings only, and never clean.
    #[must_use]
    pub fn validate(&self) -> Assessment<'_> {
        Assessment::new(Tables { disclosure: Some(self), ..Tables::default() }, None)
    }
}

impl Requests {
    /// Judges this table alone.
    #[must_use]
    pub fn validate(&self) -> Assessment<'_> {
        Assessment::new(Tables { requests: Some(self), ..Tables::default() }, None)
    }
}

impl Disputes {
    /// Judges this table alone.
    #[must_use]
    pub fn validate(&self) -> Assessment<'_> {
        Assessment::new(Tables { disputes: Some(self), ..Tables::default() }, None)
    }
}
