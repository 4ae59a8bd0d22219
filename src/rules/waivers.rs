//! Decisions that last: findings that were looked into, and why they may stand.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::finding::{Detail, Finding, Subject};
use super::fingerprint::Fingerprint;
use super::record::RuleId;
use crate::form::{CellAddress, Edition, Language};

/// One decision: which finding may stand, why, who says so, and until when.
///
/// A finding is named by its fingerprint, which no longer matches as soon as one of its values changes, or by its rule and its
/// place, which match whatever the values are. A waiver without a reason waives nothing.
///
/// *Shape*: all keys but `reason` may be absent; `fingerprint` or `rule` must be there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Waiver {
    /// The finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Fingerprint>,
    /// The rule of the findings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// A cell that the findings are about: `T3/received/total`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellAddress>,
    /// The authority, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// The reporting year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Why the finding may stand.
    #[serde(default)]
    pub reason: String,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The last day on which it counts.
    #[serde(default, with = "crate::wire::day", skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Waiver {
    /// Whether it names that finding.
    #[must_use]
    pub fn names(&self, finding: &Finding) -> bool {
        let same = |wanted: Option<bool>| wanted.unwrap_or(true);
        let subject = finding.subject();
        (self.fingerprint.is_some() || self.rule.is_some())
            && same(self.rule.map(|rule| rule == finding.rule()))
            && same(self.fingerprint.map(|fingerprint| fingerprint == finding.fingerprint()))
            && same(self.cell.map(|cell| finding.cells().contains(&cell)))
            && same(self.authority.as_ref().map(|name| subject.is_some_and(|subject| subject.authority == *name)))
            && same(self.year.map(|year| subject.is_some_and(|subject| subject.year == year)))
    }

    fn has_reason(&self) -> bool {
        self.reason.chars().any(char::is_alphanumeric)
    }

    fn is_expired(&self, on: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < on)
    }

    /// What it names, in a word or two.
    fn title(&self) -> String {
        let parts = [
            self.fingerprint.map(|fingerprint| fingerprint.to_string()),
            self.rule.map(|rule| rule.to_string()),
            self.cell.map(|cell| cell.to_string()),
            self.authority.clone(),
            self.year.map(|year| year.to_string()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The decisions of a desk, with the day on which they are applied.
///
/// ```
/// use gongkai::{Edition, Waivers, chrono::NaiveDate, fixtures};
///
/// let mut report = fixtures::consistent(Edition::E2021);
/// report.set("T4/reconsideration/total".parse()?, 0)?;
/// let waivers: Waivers = serde_json::from_str(r#"{"waivers": [
///     {"rule": "T4-TOTAL", "cell": "T4/reconsideration/total", "reason": "已电话核实，网页漏填", "by": "张三", "until": "2026-12-31"}
/// ]}"#)?;
/// let today = NaiveDate::from_ymd_opt(2026, 3, 1).ok_or("no day")?;
/// let findings = report.validate().findings();
/// assert_eq!(waivers.waiver(&findings[0], today), Some(0));
/// // The decision lapses, and that is told.
/// let later = NaiveDate::from_ymd_opt(2027, 1, 1).ok_or("no day")?;
/// assert_eq!(waivers.waiver(&findings[0], later), None);
/// assert_eq!(waivers.review(&[0].into(), later)[0].rule().key(), "W-EXPIRED");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waivers {
    /// The decisions, in the order of the file.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
}

impl Waivers {
    /// The place in [`Self::waivers`] of the first one that waives a finding on that day; `None` if the finding stands. What is wrong
    /// with a waiver itself is never waived.
    #[must_use]
    pub fn waiver(&self, finding: &Finding, on: NaiveDate) -> Option<usize> {
        if matches!(finding.rule(), RuleId::WReason | RuleId::WExpired | RuleId::WUnused) {
            return None;
        }
        self.waivers.iter().position(|waiver| waiver.names(finding) && waiver.has_reason() && !waiver.is_expired(on))
    }

    /// The places of all that name a finding, whether they still count or not.
    pub fn naming<'w>(&'w self, finding: &'w Finding) -> impl Iterator<Item = usize> + 'w {
        self.waivers.iter().enumerate().filter(|(_, waiver)| waiver.names(finding)).map(|(at, _)| at)
    }

    /// What is wrong with the decisions themselves: no reason, expired, or naming nothing; `named` are the places of those that
    /// named some finding.
    #[must_use]
    pub fn review(&self, named: &BTreeSet<usize>, on: NaiveDate) -> Vec<Finding> {
        let found = self.waivers.iter().enumerate().filter_map(|(at, waiver)| {
            let rule = match waiver {
                _ if !waiver.has_reason() => RuleId::WReason,
                _ if waiver.is_expired(on) => RuleId::WExpired,
                _ if !named.contains(&at) => RuleId::WUnused,
                _ => return None,
            };
            let place = at.saturating_add(1);
            let detail = Detail::Waiver { place, title: waiver.title(), until: waiver.until };
            let subject = waiver.authority.clone().zip(waiver.year).map(|(authority, year)| Subject { authority, year });
            let values = [waiver.title(), waiver.reason.clone()];
            Some(Finding::about(rule, subject, waiver.cell.into_iter().collect(), Edition::E2021, detail, &values))
        });
        let mut found: Vec<_> = found.collect();
        found.sort_by_key(Finding::rule);
        found
    }

    /// The waiver that lets a finding stand, as an entry to be copied into a file; its reason is left to be written.
    #[must_use]
    pub fn entry(finding: &Finding) -> Waiver {
        Waiver {
            fingerprint: Some(finding.fingerprint()),
            rule: Some(finding.rule()),
            authority: finding.subject().map(|subject| subject.authority.clone()),
            year: finding.subject().map(|subject| subject.year),
            ..Waiver::default()
        }
    }
}

impl Waiver {
    /// The words after a finding that it waives.
    #[must_use]
    pub fn note(&self, language: Language) -> String {
        let by = self.by.as_deref().unwrap_or_default();
        let until = self.until.map(|until| until.to_string()).unwrap_or_default();
        let parts: Vec<_> = [&*self.reason, by, &*until].into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}{}", language.pick("已豁免：", "waived: "), parts.join(language.pick("，", ", ")))
    }
}
