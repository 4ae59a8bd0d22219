//! The report and its builder.

use chrono::NaiveDate;

use super::sheet::{CellError, Cells};
use super::{Cell, Disclosure, Disputes, Number, Requests};
use crate::form::{CellAddress, Edition, Level, Section, Table, cells};

/// Who reports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Authority {
    /// The name, as printed. Never empty.
    name: String,
    code: Option<String>,
    level: Option<Level>,
}

impl Authority {
    pub(crate) fn new(name: String, code: Option<String>, level: Option<Level>) -> Result<Self, BuildError> {
        if name.trim().is_empty() { Err(BuildError::NoName) } else { Ok(Self { name, code, level }) }
    }

    /// The name, as printed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A code that identifies the authority, where the source has one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Its level, where the source states it. Rules that depend on it are silent otherwise.
    #[must_use]
    pub const fn level(&self) -> Option<Level> {
        self.level
    }
}

/// The texts of the parts, without their tables.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Texts([Option<Box<str>>; Section::COUNT]);

impl Texts {
    pub(crate) fn get(&self, section: Section) -> Option<&str> {
        self.0.get(section.index()).and_then(Option::as_deref)
    }

    pub(crate) fn set(&mut self, section: Section, text: Option<Box<str>>) {
        if let Some(place) = self.0.get_mut(section.index()) {
            *place = text;
        }
    }
}

/// One authority's annual report for one year: who, when, the text of its parts and the three tables.
///
/// *Shape*: the forms of the tables are independent of each other and of the year. *Size*: under 4 KB beside its texts.
///
/// ```
/// use gongkai::{Cell, Disclosure, Disputes, Edition, Number, Report, Requests};
///
/// let report = Report::builder("某县教育局", 2024)
///     .disclosure(Disclosure::blank(Edition::E2021))
///     .requests(Requests::blank(Edition::E2021))
///     .disputes(Disputes::blank())
///     .build()?;
/// assert_eq!(report.cell("T4/reconsideration/upheld".parse()?), Some(Cell::Blank));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Report {
    authority: Authority,
    year: u16,
    published: Option<NaiveDate>,
    sections: Texts,
    disclosure: Disclosure,
    requests: Requests,
    disputes: Disputes,
}

impl Report {
    /// The years that a report can be about: the Regulations came into force in 2008.
    pub const YEARS: std::ops::RangeInclusive<u16> = 2008..=9999;

    /// Starts a report. The three tables are required, everything else may be left out.
    #[must_use]
    pub fn builder(authority: impl Into<String>, year: u16) -> ReportBuilder {
        ReportBuilder {
            authority: Authority { name: authority.into(), code: None, level: None },
            year,
            published: None,
            sections: Texts::default(),
            disclosure: None,
            requests: None,
            disputes: None,
        }
    }

    /// A report from parts that are right: a named authority, a year in [`Self::YEARS`].
    pub(crate) const fn from_parts(
        authority: Authority,
        year: u16,
        published: Option<NaiveDate>,
        sections: Texts,
        disclosure: Disclosure,
        requests: Requests,
        disputes: Disputes,
    ) -> Self {
        Self { authority, year, published, sections, disclosure, requests, disputes }
    }

    /// Who reports.
    #[must_use]
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The year that is reported on.
    #[must_use]
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// The day of publication, where it is known.
    #[must_use]
    pub const fn published(&self) -> Option<NaiveDate> {
        self.published
    }

    /// The text of a part, without its tables. `None` where no text was supplied, which is not the same as an empty part.
    #[must_use]
    pub fn section(&self, section: Section) -> Option<&str> {
        self.sections.get(section)
    }

    /// Part two.
    #[must_use]
    pub const fn disclosure(&self) -> &Disclosure {
        &self.disclosure
    }

    /// Part three.
    #[must_use]
    pub const fn requests(&self) -> &Requests {
        &self.requests
    }

    /// Part four.
    #[must_use]
    pub const fn disputes(&self) -> &Disputes {
        &self.disputes
    }

    /// Part two, to change it.
    pub const fn disclosure_mut(&mut self) -> &mut Disclosure {
        &mut self.disclosure
    }

    /// Part three, to change it.
    pub const fn requests_mut(&mut self) -> &mut Requests {
        &mut self.requests
    }

    /// Part four, to change it.
    pub const fn disputes_mut(&mut self) -> &mut Disputes {
        &mut self.disputes
    }

    /// Replaces the text of a part.
    pub fn set_section(&mut self, section: Section, text: Option<String>) {
        self.sections.set(section, text.map(String::into_boxed_str));
    }

    /// The form of a table, for labels. Part four prints the same labels in both.
    #[must_use]
    pub const fn edition(&self, table: Table) -> Edition {
        match table {
            Table::Disclosure => self.disclosure.edition(),
            Table::Requests | Table::Disputes => self.requests.edition(),
        }
    }

    /// The cell, a number of any kind; `None` if its table's form does not print it.
    #[must_use]
    pub fn cell(&self, address: CellAddress) -> Option<Cell<Number>> {
        self.table(address.table()).cell(address)
    }

    /// The printed text of a cell, where it says more than the number: `22（其中修订16件）`.
    #[must_use]
    pub fn printed(&self, address: CellAddress) -> Option<&str> {
        self.table(address.table()).text(address)
    }

    /// Sets a cell. The text that was printed there is dropped.
    ///
    /// # Errors
    ///
    /// A cell that the form of its table lacks, a number that the cell cannot hold: see [`CellError`].
    pub fn set(&mut self, address: CellAddress, cell: impl Into<Cell<Number>>) -> Result<(), CellError> {
        self.table_mut(address.table()).put(address, cell.into(), None)
    }

    /// Sets a cell from its printed text, as [`read_cell`](crate::read_cell) reads it. What is no number is unreadable, not an error.
    ///
    /// # Errors
    ///
    /// A cell that the form of its table lacks.
    pub fn set_printed(&mut self, address: CellAddress, text: &str) -> Result<(), CellError> {
        self.table_mut(address.table()).put_text(address, text)
    }

    /// Marks a cell as unreadable and keeps what is printed there, whatever that would read as alone.
    ///
    /// # Errors
    ///
    /// A cell that the form of its table lacks.
    pub fn set_unreadable(&mut self, address: CellAddress, text: &str) -> Result<(), CellError> {
        self.table_mut(address.table()).put_unreadable(address, text)
    }

    /// Every cell with its address: part two, three, four, each in printed order.
    pub fn cells(&self) -> impl Iterator<Item = (CellAddress, Cell<Number>)> + '_ {
        Table::ALL.iter().flat_map(|&table| cells(table, self.edition(table))).filter_map(|address| Some((address, self.cell(address)?)))
    }

    fn table(&self, table: Table) -> &dyn Cells {
        match table {
            Table::Disclosure => &self.disclosure,
            Table::Requests => &self.requests,
            Table::Disputes => &self.disputes,
        }
    }

    fn table_mut(&mut self, table: Table) -> &mut dyn Cells {
        match table {
            Table::Disclosure => &mut self.disclosure,
            Table::Requests => &mut self.requests,
            Table::Disputes => &mut self.disputes,
        }
    }
}

/// A report that cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A table was not supplied.
    #[error("{} ({}) is missing", .0.key(), .0.name(Edition::E2021, crate::form::Language::Chinese))]
    MissingTable(Table),
    /// The authority has no name.
    #[error("the authority has no name")]
    NoName,
    /// No report can be about that year.
    #[error("expected a year from 2008 to 9999, found {0}")]
    Year(u16),
}

/// Builds a [`Report`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReportBuilder {
    authority: Authority,
    year: u16,
    published: Option<NaiveDate>,
    sections: Texts,
    disclosure: Option<Disclosure>,
    requests: Option<Requests>,
    disputes: Option<Disputes>,
}

impl ReportBuilder {
    /// A code that identifies the authority.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.authority.code = Some(code.into());
        self
    }

    /// The level of the authority.
    #[must_use]
    pub const fn level(mut self, level: Level) -> Self {
        self.authority.level = Some(level);
        self
    }

    /// The day of publication.
    #[must_use]
    pub const fn published(mut self, day: NaiveDate) -> Self {
        self.published = Some(day);
        self
    }

    /// The text of a part, without its tables.
    #[must_use]
    pub fn section(mut self, section: Section, text: impl Into<Box<str>>) -> Self {
        self.sections.set(section, Some(text.into()));
        self
    }

    /// Part two.
    #[must_use]
    pub fn disclosure(mut self, table: Disclosure) -> Self {
        self.disclosure = Some(table);
        self
    }

    /// Part three.
    #[must_use]
    pub fn requests(mut self, table: Requests) -> Self {
        self.requests = Some(table);
        self
    }

    /// Part four.
    #[must_use]
    pub fn disputes(mut self, table: Disputes) -> Self {
        self.disputes = Some(table);
        self
    }

    /// The report.
    ///
    /// # Errors
    ///
    /// A table that was not supplied, an authority without a name, a year before 2008 or after 9999.
    pub fn build(self) -> Result<Report, BuildError> {
        let Authority { name, code, level } = self.authority;
        let authority = Authority::new(name, code, level)?;
        if !Report::YEARS.contains(&self.year) {
            return Err(BuildError::Year(self.year));
        }
        let missing = BuildError::MissingTable;
        Ok(Report::from_parts(
            authority,
            self.year,
            self.published,
            self.sections,
            self.disclosure.ok_or(missing(Table::Disclosure))?,
            self.requests.ok_or(missing(Table::Requests))?,
            self.disputes.ok_or(missing(Table::Disputes))?,
        ))
    }
}
