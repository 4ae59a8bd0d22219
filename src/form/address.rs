//! The one address of every cell.

use super::kind_of;
use super::{Applicant, CellKind, DisclosureColumn, DisclosureRow, Edition, Language, Proceeding, RequestRow, Ruling, Table, UnknownKey};

/// The address of a cell, the same in findings, JSON, data sets and messages: `T3/received/natural_person`.
///
/// ```
/// use gongkai::{Applicant, CellAddress, Edition, Language, RequestRow};
///
/// let address: CellAddress = "T3/received/natural_person".parse()?;
/// assert_eq!(address, CellAddress::Requests(RequestRow::Received, Applicant::NaturalPerson));
/// assert_eq!(address.to_string(), "T3/received/natural_person");
/// assert_eq!(address.place(Edition::E2021, Language::Chinese), "表三·一、本年新收政府信息公开申请数量·自然人");
/// assert_eq!(address.place(Edition::E2021, Language::English), "Table 3 · received this year · natural persons");
/// # Ok::<(), gongkai::UnknownKey>(())
/// ```
///
/// # Errors
///
/// Parsing fails for a word that names no cell of either form: `T3/received`, `T2/rules/natural_person`, `T5/a/b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellAddress {
    /// A cell of part two.
    Disclosure(DisclosureRow, DisclosureColumn),
    /// A cell of part three.
    Requests(RequestRow, Applicant),
    /// A cell of part four.
    Disputes(Proceeding, Ruling),
}

impl CellAddress {
    /// The table that holds the cell.
    #[must_use]
    pub const fn table(self) -> Table {
        match self {
            Self::Disclosure(..) => Table::Disclosure,
            Self::Requests(..) => Table::Requests,
            Self::Disputes(..) => Table::Disputes,
        }
    }

    /// The cell at these places of the two axes of a table.
    pub(crate) fn at(table: Table, row: usize, column: usize) -> Option<Self> {
        Some(match table {
            Table::Disclosure => Self::Disclosure(*DisclosureRow::ALL.get(row)?, *DisclosureColumn::ALL.get(column)?),
            Table::Requests => Self::Requests(*RequestRow::ALL.get(row)?, *Applicant::ALL.get(column)?),
            Table::Disputes => Self::Disputes(*Proceeding::ALL.get(row)?, *Ruling::ALL.get(column)?),
        })
    }

    /// Whether that form prints the cell.
    #[must_use]
    pub fn is_in(self, edition: Edition) -> bool {
        match self {
            Self::Disclosure(row, column) => row.columns(edition).contains(&column),
            Self::Requests(row, _) => row.is_in(edition),
            Self::Disputes(..) => true,
        }
    }

    /// What the cell counts.
    #[must_use]
    pub const fn kind(self) -> CellKind {
        match self {
            Self::Disclosure(row, column) => kind_of(row, column),
            Self::Requests(..) | Self::Disputes(..) => CellKind::Count,
        }
    }

    /// The key of its row.
    #[must_use]
    pub const fn row_key(self) -> &'static str {
        match self {
            Self::Disclosure(row, _) => row.key(),
            Self::Requests(row, _) => row.key(),
            Self::Disputes(block, _) => block.key(),
        }
    }

    /// The key of its column.
    #[must_use]
    pub const fn column_key(self) -> &'static str {
        match self {
            Self::Disclosure(_, column) => column.key(),
            Self::Requests(_, who) => who.key(),
            Self::Disputes(_, ruling) => ruling.key(),
        }
    }

    /// Its place on the page in that form: table, group and row, column.
    #[must_use]
    pub fn place(self, edition: Edition, language: Language) -> String {
        format!("{}{SEPARATOR}{}", self.row_place(edition, language), self.column_name(edition, language), SEPARATOR = separator(language))
    }

    /// The place of its column: table and column.
    #[must_use]
    pub fn column_place(self, edition: Edition, language: Language) -> String {
        format!("{}{}{}", self.table().name(edition, language), separator(language), self.column_name(edition, language))
    }

    /// The place of its row: table, group and row.
    #[must_use]
    pub fn row_place(self, edition: Edition, language: Language) -> String {
        let table = self.table().name(edition, language);
        let separator = separator(language);
        let row = match self {
            Self::Disclosure(row, _) => row.name(edition, language),
            Self::Requests(row, _) => row.name(edition, language),
            Self::Disputes(block, _) => block.name(edition, language),
        };
        // The English names of grouped rows carry their group already.
        let group = match (self, language) {
            (Self::Requests(row, _), Language::Chinese) => row.group().map(|group| group.label),
            (Self::Disputes(block, _), Language::Chinese) => {
                Some(Proceeding::LITIGATION).filter(|group| group.members.contains(&block)).map(|group| group.label)
            }
            _ => None,
        };
        match group {
            Some(group) => format!("{table}{separator}{group}{separator}{row}"),
            None => format!("{table}{separator}{row}"),
        }
    }

    /// The name of its column.
    #[must_use]
    pub const fn column_name(self, edition: Edition, language: Language) -> &'static str {
        match self {
            Self::Disclosure(_, column) => column.name(edition, language),
            Self::Requests(_, who) => who.name(edition, language),
            Self::Disputes(_, ruling) => ruling.name(edition, language),
        }
    }
}

/// What stands between the parts of a place.
pub(crate) const fn separator(language: Language) -> &'static str {
    language.pick("·", " · ")
}

impl std::fmt::Display for CellAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.table().key(), self.row_key(), self.column_key())
    }
}

impl std::str::FromStr for CellAddress {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownKey::new("cell address", text);
        let (table, rest) = text.split_once('/').ok_or_else(unknown)?;
        let (row, column) = rest.split_once('/').ok_or_else(unknown)?;
        let address = match Table::from_key(table).ok_or_else(unknown)? {
            Table::Disclosure => {
                DisclosureRow::from_key(row).zip(DisclosureColumn::from_key(column)).map(|(row, column)| Self::Disclosure(row, column))
            }
            Table::Requests => RequestRow::from_key(row).zip(Applicant::from_key(column)).map(|(row, who)| Self::Requests(row, who)),
            Table::Disputes => Proceeding::from_key(row).zip(Ruling::from_key(column)).map(|(block, ruling)| Self::Disputes(block, ruling)),
        };
        address.filter(|address| Edition::ALL.iter().any(|&edition| address.is_in(edition))).ok_or_else(unknown)
    }
}

super::text_serde!(CellAddress, "cell");
