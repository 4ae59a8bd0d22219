//! The rules: records, the sums as data with their evaluator, verdicts, findings and their sentences.

mod assessment;
mod catalogue;
mod checks;
mod comparison;
mod finding;
mod identity;
mod record;
mod sentence;
mod sums;
mod valid;

pub use assessment::Assessment;
pub use catalogue::{CATALOGUE, rules_document};
pub use comparison::{Comparison, Need, Operand};
pub use finding::{Detail, Finding};
pub use identity::Identity;
pub use record::{Rule, RuleId, Scope, Text};
pub use sums::{Relation, Verdict};
pub use valid::{Rejected, Valid};

use crate::form::Language;

impl Rule {
    /// The rule explained, line by line: what must hold, why, severity, forms, source, example.
    #[must_use]
    pub fn explain(&self, language: Language) -> String {
        catalogue::explanation(self, language)
    }
}
