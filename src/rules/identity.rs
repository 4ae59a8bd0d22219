//! The identities: every sum that follows from the form, by name.

use super::RuleId;
use super::sums::{APPLICANTS, BALANCE, Family, OUTCOMES, TOTAL};
use crate::form::{Applicant, CellAddress, Edition, Language, Proceeding, RequestRow, Table, UnknownKey, separator};

/// One sum that follows from the form.
///
/// *Shape*: 42 in a report of the 2021 form (7 + 7 + 25 + 3), 40 with the 23-row part three.
///
/// ```
/// use gongkai::{Applicant, Edition, Identity, Language};
///
/// let identity: Identity = "T3-BALANCE/natural_person".parse()?;
/// assert_eq!(identity, Identity::Balance(Applicant::NaturalPerson));
/// assert_eq!(identity.place(Edition::E2021, Language::Chinese), "表三·自然人");
/// assert_eq!(Identity::of(Edition::E2021).count(), 42);
/// assert_eq!(Identity::of(Edition::E2019).count(), 40);
/// # Ok::<(), gongkai::UnknownKey>(())
/// ```
///
/// # Errors
///
/// Parsing fails for a word that names no identity: `T3-BALANCE`, `T3-BALANCE/received`, `BLANKS/total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity {
    /// `T3-BALANCE`: 一 + 二 = 三（七） + 四, in a column.
    Balance(Applicant),
    /// `T3-OUTCOMES`: the outcome rows = 三（七）, in a column.
    Outcomes(Applicant),
    /// `T3-APPLICANTS`: the six kinds of applicants = 总计, in a row.
    Applicants(RequestRow),
    /// `T4-TOTAL`: the four results = 总计, in a block.
    Total(Proceeding),
}

impl Identity {
    /// Every identity of both forms: rule by rule, in printed order.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        let columns = || Applicant::ALL.iter().copied();
        columns()
            .map(Self::Balance)
            .chain(columns().map(Self::Outcomes))
            .chain(RequestRow::ALL.iter().copied().map(Self::Applicants))
            .chain(Proceeding::ALL.iter().copied().map(Self::Total))
    }

    /// The identities of a report whose part three follows that form.
    pub fn of(edition: Edition) -> impl Iterator<Item = Self> + Clone {
        Self::all().filter(move |identity| identity.is_in(edition))
    }

    /// Whether the form of part three has it.
    #[must_use]
    pub const fn is_in(self, edition: Edition) -> bool {
        match self {
            Self::Applicants(row) => row.is_in(edition),
            Self::Balance(_) | Self::Outcomes(_) | Self::Total(_) => true,
        }
    }

    /// The table that it belongs to.
    #[must_use]
    pub const fn table(self) -> Table {
        self.family().table
    }

    /// The rule that it is an instance of.
    #[must_use]
    pub const fn rule(self) -> RuleId {
        self.family().rule
    }

    /// The cells on its left side that the form prints, in printed order.
    pub fn left(self, edition: Edition) -> impl Iterator<Item = CellAddress> + Clone {
        self.family().operands(self.line(), false).filter(move |cell| cell.is_in(edition))
    }

    /// The cells on its right side, in printed order.
    pub fn right(self, edition: Edition) -> impl Iterator<Item = CellAddress> + Clone {
        self.family().operands(self.line(), true).filter(move |cell| cell.is_in(edition))
    }

    /// Its place on the page: the table and the column, row or block.
    #[must_use]
    pub fn place(self, edition: Edition, language: Language) -> String {
        match self.family().operands(self.line(), true).next() {
            Some(cell) if matches!(self, Self::Applicants(_) | Self::Total(_)) => cell.row_place(edition, language),
            Some(cell) => {
                format!("{}{}{}", cell.table().name(edition, language), separator(language), cell.column_name(edition, language))
            }
            None => String::new(),
        }
    }

    pub(crate) const fn family(self) -> &'static Family {
        match self {
            Self::Balance(_) => &BALANCE,
            Self::Outcomes(_) => &OUTCOMES,
            Self::Applicants(_) => &APPLICANTS,
            Self::Total(_) => &TOTAL,
        }
    }

    /// Its place within its family.
    pub(crate) const fn line(self) -> usize {
        match self {
            Self::Balance(who) | Self::Outcomes(who) => who.index(),
            Self::Applicants(row) => row.index(),
            Self::Total(block) => block.index(),
        }
    }

    /// Its bit in the sets of an assessment.
    pub(crate) const fn bit(self) -> u64 {
        let offset = match self {
            Self::Balance(_) => BALANCE_BIT,
            Self::Outcomes(_) => OUTCOMES_BIT,
            Self::Applicants(_) => APPLICANTS_BIT,
            Self::Total(_) => TOTAL_BIT,
        };
        1_u64.wrapping_shl(offset.wrapping_add(bits(self.line())))
    }

    const fn line_key(self) -> &'static str {
        match self {
            Self::Balance(who) | Self::Outcomes(who) => who.key(),
            Self::Applicants(row) => row.key(),
            Self::Total(block) => block.key(),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "lines of a table, a few dozen")]
const fn bits(lines: usize) -> u32 {
    lines as u32
}

// Where the bits of each family start.
pub(crate) const BALANCE_BIT: u32 = 0;
pub(crate) const OUTCOMES_BIT: u32 = BALANCE_BIT + bits(BALANCE.lines());
pub(crate) const APPLICANTS_BIT: u32 = OUTCOMES_BIT + bits(OUTCOMES.lines());
pub(crate) const TOTAL_BIT: u32 = APPLICANTS_BIT + bits(APPLICANTS.lines());
const _: () = assert!(TOTAL_BIT as usize + TOTAL.lines() <= 64, "a set of identities fits in 64 bits");

impl std::fmt::Display for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.rule().key(), self.line_key())
    }
}

impl std::str::FromStr for Identity {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownKey::new("identity", text);
        let (rule, line) = text.split_once('/').ok_or_else(unknown)?;
        Self::all().find(|identity| identity.rule().key() == rule && identity.line_key() == line).ok_or_else(unknown)
    }
}

crate::form::text_serde!(Identity, "identity");
