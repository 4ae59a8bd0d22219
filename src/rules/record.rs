//! What a rule is: a record, from which findings, documents and the catalogue are made.

use crate::form::{Edition, Language, Severity};

/// The name of a rule. Names are words, are never reused, and never change their meaning.
///
/// ```
/// use gongkai::RuleId;
///
/// assert_eq!("T3-BALANCE".parse(), Ok(RuleId::T3Balance));
/// assert_eq!(RuleId::T3Balance.to_string(), "T3-BALANCE");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RuleId {
    /// `T3-BALANCE`: 一 + 二 = 三（七） + 四.
    T3Balance,
    /// `T3-OUTCOMES`: the rows of outcomes add up to （七）总计.
    T3Outcomes,
    /// `T3-APPLICANTS`: the six kinds of applicants add up to 总计.
    T3Applicants,
    /// `T4-TOTAL`: the four results add up to 总计.
    T4Total,
    /// `Y-CARRIED-OVER`: what a year carries forward is what the next carries over.
    YCarriedOver,
    /// `U-SUM`: the parent's number is the sum of its units.
    USum,
    /// `FORM-YEAR`: the form of a table is the one of the reporting year.
    FormYear,
    /// `T2-STOCK`: what is in force is at least what the year's issue and repeal leave.
    T2Stock,
    /// `T2-DISCLOSED`: what was newly disclosed is part of what is disclosed in total.
    T2Disclosed,
    /// `T2-ITEMS`: last year's items and their change leave no negative number.
    T2Items,
    /// `T2-FEE-UNIT`: fees are stated in 万元.
    T2FeeUnit,
    /// `T2-RULES-LEVEL`: no rules (规章) below the level that can make them.
    T2RulesLevel,
    /// `UNREADABLE`: every cell can be read.
    Unreadable,
    /// `DEADLINE`: published in time.
    Deadline,
    /// `S5-EMPTY`: part five says something.
    S5Empty,
    /// `S6-FEE`: part six reports the 信息处理费.
    S6Fee,
    /// `Y-IN-FORCE`: what is in force follows from the year before.
    YInForce,
    /// `Y-ITEMS`: last year's items follow from the year before.
    YItems,
    /// `U-MISSING`: every unit of the roster has reported.
    UMissing,
    /// `U-DUPLICATE`: no unit comes twice.
    UDuplicate,
    /// `U-YEAR`: all units report on the same year.
    UYear,
    /// `U-UNLISTED`: every unit is in the roster.
    UUnlisted,
    /// `U-EXCESS`: while units are missing, the others have no more than the parent.
    UExcess,
    /// `W-REASON`: a waiver has a reason.
    WReason,
    /// `W-EXPIRED`: a waiver has not expired.
    WExpired,
    /// `W-UNUSED`: a waiver names some finding.
    WUnused,
    /// `BLANKS`: cells with nothing in them.
    Blanks,
    /// `ANNOTATED`: numbers with an annotation.
    Annotated,
    /// `Y-GAP`: no year is missing between two reports.
    YGap,
    /// `Y-AUTHORITY`: the authority has one name.
    YAuthority,
    /// `Y-JUMP`: a number is of the same order as the year before.
    YJump,
    /// `Y-UNIT`: an amount is in the same unit as the year before.
    YUnit,
}

impl RuleId {
    /// The name as a word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::T3Balance => "T3-BALANCE",
            Self::T3Outcomes => "T3-OUTCOMES",
            Self::T3Applicants => "T3-APPLICANTS",
            Self::T4Total => "T4-TOTAL",
            Self::YCarriedOver => "Y-CARRIED-OVER",
            Self::USum => "U-SUM",
            Self::FormYear => "FORM-YEAR",
            Self::T2Stock => "T2-STOCK",
            Self::T2Disclosed => "T2-DISCLOSED",
            Self::T2Items => "T2-ITEMS",
            Self::T2FeeUnit => "T2-FEE-UNIT",
            Self::T2RulesLevel => "T2-RULES-LEVEL",
            Self::Unreadable => "UNREADABLE",
            Self::Deadline => "DEADLINE",
            Self::S5Empty => "S5-EMPTY",
            Self::S6Fee => "S6-FEE",
            Self::YInForce => "Y-IN-FORCE",
            Self::YItems => "Y-ITEMS",
            Self::UMissing => "U-MISSING",
            Self::UDuplicate => "U-DUPLICATE",
            Self::UYear => "U-YEAR",
            Self::UUnlisted => "U-UNLISTED",
            Self::UExcess => "U-EXCESS",
            Self::WReason => "W-REASON",
            Self::WExpired => "W-EXPIRED",
            Self::WUnused => "W-UNUSED",
            Self::Blanks => "BLANKS",
            Self::Annotated => "ANNOTATED",
            Self::YGap => "Y-GAP",
            Self::YAuthority => "Y-AUTHORITY",
            Self::YJump => "Y-JUMP",
            Self::YUnit => "Y-UNIT",
        }
    }

    /// The record of this rule.
    #[must_use]
    pub fn rule(self) -> &'static Rule {
        super::catalogue::record(self)
    }
}

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.key())
    }
}

impl std::str::FromStr for RuleId {
    type Err = crate::form::UnknownKey;

    fn from_str(key: &str) -> Result<Self, Self::Err> {
        let found = super::CATALOGUE.iter().find(|rule| rule.id.key() == key);
        found.map(|rule| rule.id).ok_or_else(|| crate::form::UnknownKey::new("rule", key))
    }
}

crate::form::text_serde!(RuleId, "rule");

/// A sentence in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text {
    /// 中文.
    pub chinese: &'static str,
    /// English.
    pub english: &'static str,
}

impl Text {
    pub(crate) const fn new(chinese: &'static str, english: &'static str) -> Self {
        Self { chinese, english }
    }

    /// The sentence in that language.
    #[must_use]
    pub const fn in_language(self, language: Language) -> &'static str {
        language.pick(self.chinese, self.english)
    }
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// One table.
    Table,
    /// One report: its tables, its year, its texts.
    Report,
    /// The reports of one authority, by year.
    Series,
    /// The reports of units, and that of their parent.
    Rollup,
    /// The decisions on findings.
    Waivers,
}

/// A rule of the catalogue.
///
/// ```
/// use gongkai::{Language, RuleId};
///
/// let rule = RuleId::T3Balance.rule();
/// assert_eq!(rule.must_hold.in_language(Language::Chinese), "第一项加第二项之和，应等于第三项（七）加第四项之和");
/// assert!(rule.source.contains("国办公开办函〔2021〕30号"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Rule {
    /// Its name.
    pub id: RuleId,
    /// The weight of its findings.
    pub severity: Severity,
    /// What it looks at.
    pub scope: Scope,
    /// What must hold.
    pub must_hold: Text,
    /// Why.
    pub why: Text,
    /// The legal or printed source, or who applies the rule.
    pub source: &'static str,
    /// The forms of the tables, or of the year, that it applies to.
    pub forms: &'static [Edition],
    /// What breaks it.
    pub example: Text,
}
