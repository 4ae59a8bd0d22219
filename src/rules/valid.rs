//! A report that is known to hold.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::assessment::Assessment;
use super::sums::Verdict;
use crate::form::{Language, Severity};
use crate::model::Report;

/// A value whose every identity holds. There is no other way to get one than through the check.
///
/// ```
/// use gongkai::{Edition, Report, Valid, fixtures};
///
/// fn publish(report: &Valid<Report>) -> usize {
///     report.cells().count()
/// }
///
/// let valid = fixtures::consistent(Edition::E2021).into_valid()?;
/// assert_eq!(publish(&valid), 200);
/// # Ok::<(), gongkai::Rejected>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Valid<T>(T);

impl<T> Valid<T> {
    /// The value, to change it: a changed value must be checked again.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> std::ops::Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> AsRef<T> for Valid<T> {
    fn as_ref(&self) -> &T {
        &self.0
    }
}

/// A report that did not become [`Valid`], because some identity is violated or cannot be decided.
///
/// ```
/// use gongkai::{Edition, fixtures};
///
/// let mut report = fixtures::consistent(Edition::E2021);
/// report.set("T4/reconsideration/total".parse()?, 0)?;
/// let rejected = report.into_valid().unwrap_err();
/// assert!(rejected.to_string().starts_with("1 of 42 identities violated, 0 undetermined: Table 4 · reconsideration: upheld ("));
/// let report = rejected.into_report(); // nothing is lost
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rejected(Box<Report>);

impl Rejected {
    /// The report as it was.
    #[must_use]
    pub const fn report(&self) -> &Report {
        &self.0
    }

    /// The report as it was, to mend it.
    #[must_use]
    pub fn into_report(self) -> Report {
        *self.0
    }

    /// What is wrong with it.
    #[must_use]
    pub fn assessment(&self) -> Assessment<'_> {
        self.0.validate()
    }
}

impl std::fmt::Display for Rejected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let assessment = self.assessment();
        let (violated, undetermined) = (assessment.count(Verdict::Violated), assessment.count(Verdict::Undetermined));
        let all = assessment.identities().count();
        write!(f, "{violated} of {all} identities violated, {undetermined} undetermined")?;
        if let Some(finding) = assessment.findings_from(Severity::Error).first() {
            write!(f, ": {}", finding.display(Language::English))?;
        }
        Ok(())
    }
}

impl std::error::Error for Rejected {}

impl Report {
    /// The report as one whose every identity holds.
    ///
    /// # Errors
    ///
    /// The report comes back with its assessment if an identity is violated or undetermined: a blank total is enough.
    pub fn into_valid(self) -> Result<Valid<Self>, Rejected> {
        if self.validate().holds() { Ok(Valid(self)) } else { Err(Rejected(Box::new(self))) }
    }
}

impl<T: Serialize> Serialize for Valid<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Valid<Report> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Report::deserialize(deserializer)?.into_valid().map_err(serde::de::Error::custom)
    }
}
