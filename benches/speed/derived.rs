//! The plain way to read the contract, to compare with: a derive on nested structs with named fields.
//!
//! With `Option<u64>` for its cells it takes numbers and nulls only: no printed texts, no marks. With [`Cell`] it takes what
//! the contract takes, and keeps the text. Neither names a cell in its errors.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report<C> {
    authority: Authority,
    year: u16,
    disclosure: Disclosure<C>,
    requests: Requests<C>,
    disputes: Disputes<C>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Authority {
    name: String,
}

/// What a count may be on the wire.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Cell {
    Count(u64),
    Text(String),
    Blank,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Disclosure<C> {
    edition: String,
    rules: Documents<C>,
    normative_documents: Documents<C>,
    licences: Decisions<C>,
    penalties: Decisions<C>,
    coercive_measures: Decisions<C>,
    fees: Fees,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Documents<C> {
    issued: C,
    repealed: C,
    in_force: C,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decisions<C> {
    decisions: C,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fees {
    amount: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Requests<C> {
    edition: String,
    received: Applicants<C>,
    carried_over: Applicants<C>,
    disclosed: Applicants<C>,
    partially_disclosed: Applicants<C>,
    withheld_state_secret: Applicants<C>,
    withheld_prohibited_by_law: Applicants<C>,
    withheld_security_and_stability: Applicants<C>,
    withheld_third_party_rights: Applicants<C>,
    withheld_internal_affairs: Applicants<C>,
    withheld_deliberative_process: Applicants<C>,
    withheld_enforcement_file: Applicants<C>,
    withheld_administrative_inquiry: Applicants<C>,
    unavailable_not_held: Applicants<C>,
    unavailable_needs_creation: Applicants<C>,
    unavailable_still_unclear: Applicants<C>,
    declined_petition: Applicants<C>,
    declined_repeat: Applicants<C>,
    declined_publication: Applicants<C>,
    declined_excessive: Applicants<C>,
    declined_reconfirmation: Applicants<C>,
    other_not_corrected: Applicants<C>,
    other_fee_unpaid: Applicants<C>,
    other_reasons: Applicants<C>,
    concluded: Applicants<C>,
    carried_forward: Applicants<C>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Applicants<C> {
    natural_person: C,
    enterprise: C,
    research_institution: C,
    public_interest_organization: C,
    legal_services: C,
    other_organization: C,
    total: C,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Disputes<C> {
    reconsideration: Rulings<C>,
    direct_litigation: Rulings<C>,
    litigation_after_reconsideration: Rulings<C>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rulings<C> {
    upheld: C,
    corrected: C,
    other: C,
    pending: C,
    total: C,
}
