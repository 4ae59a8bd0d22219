//! The rules: records, the sums as data with their evaluator, verdicts, findings and their sentences.

mod assessment;
mod catalogue;
mod checks;
mod comparison;
mod finding;
mod fingerprint;
mod identity;
mod record;
mod rollup;
mod sentence;
mod series;
mod sums;
mod total;
mod units;
mod valid;
mod waivers;

pub use assessment::Assessment;
pub use catalogue::{CATALOGUE, rules_document};
pub use comparison::{Comparison, Need, Operand};
pub use finding::{Detail, Finding, Subject};
pub use fingerprint::Fingerprint;
pub use identity::Identity;
pub use record::{Rule, RuleId, Scope, Text};
pub use rollup::{Added, MergeError, Rollup};
pub use series::{Series, SeriesAssessment, SeriesError};
pub use sums::{Relation, Verdict};
pub use total::Total;
pub use units::{RollupAssessment, UnitSum};
pub use valid::{Rejected, Valid};
pub use waivers::{Waiver, Waivers};

use crate::form::Language;

impl Rule {
    /// The rule explained, line by line: what must hold, why, severity, forms, source, example.
    #[must_use]
    pub fn explain(&self, language: Language) -> String {
        catalogue::explanation(self, language)
    }
}
