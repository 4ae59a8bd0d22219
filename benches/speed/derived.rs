//! The plain way to read the contract, to compare with: a derive on nested structs with named fields. It takes numbers and
//! nulls only: no printed texts, no marks, no addresses in its errors.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    authority: Authority,
    year: u16,
    disclosure: Disclosure,
    requests: Requests,
    disputes: Disputes,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Authority {
    name: String,
}

type Count = Option<u64>;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Disclosure {
    edition: String,
    rules: Documents,
    normative_documents: Documents,
    licences: Decisions,
    penalties: Decisions,
    coercive_measures: Decisions,
    fees: Fees,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Documents {
    issued: Count,
    repealed: Count,
    in_force: Count,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decisions {
    decisions: Count,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fees {
    amount: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Requests {
    edition: String,
    received: Applicants,
    carried_over: Applicants,
    disclosed: Applicants,
    partially_disclosed: Applicants,
    withheld_state_secret: Applicants,
    withheld_prohibited_by_law: Applicants,
    withheld_security_and_stability: Applicants,
    withheld_third_party_rights: Applicants,
    withheld_internal_affairs: Applicants,
    withheld_deliberative_process: Applicants,
    withheld_enforcement_file: Applicants,
    withheld_administrative_inquiry: Applicants,
    unavailable_not_held: Applicants,
    unavailable_needs_creation: Applicants,
    unavailable_still_unclear: Applicants,
    declined_petition: Applicants,
    declined_repeat: Applicants,
    declined_publication: Applicants,
    declined_excessive: Applicants,
    declined_reconfirmation: Applicants,
    other_not_corrected: Applicants,
    other_fee_unpaid: Applicants,
    other_reasons: Applicants,
    concluded: Applicants,
    carried_forward: Applicants,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Applicants {
    natural_person: Count,
    enterprise: Count,
    research_institution: Count,
    public_interest_organization: Count,
    legal_services: Count,
    other_organization: Count,
    total: Count,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Disputes {
    reconsideration: Rulings,
    direct_litigation: Rulings,
    litigation_after_reconsideration: Rulings,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rulings {
    upheld: Count,
    corrected: Count,
    other: Count,
    pending: Count,
    total: Count,
}
