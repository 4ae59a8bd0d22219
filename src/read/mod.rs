//! Reading a printed page into the typed report.
//!
//! One path for all sources: lines and rows of tables in reading order, the parts found by their titles, the tables matched
//! to the form by their labels, the figures aligned with their columns. What is not certain is left unreadable and told.

mod align;
mod assembly;
mod draft;
mod entity;
mod header;
#[cfg(feature = "html")]
mod html;
mod label;
mod markdown;
mod notice;
mod page;
mod parts;
mod rows;
mod source;
mod tables;
mod text;
mod title;
mod vocabulary;

pub use notice::{Notice, NoticeKind};
pub use source::Source;

use draft::Drafts;
use page::Page;
use parts::Parts;
use rows::Measure;

use crate::form::{CellAddress, Edition, Table, cells};
use crate::model::{BuildError, Disclosure, Disputes, Report, Requests};

/// A report as it was read, and what there is to tell about the reading.
///
/// ```
/// let page = "某县教育局2020年政府信息公开工作年度报告\n\
///             一、总体情况\n全年公开信息二十条。\n\
///             二、主动公开政府信息情况\n\
///             第二十条第（一）项\n信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t0\t0\t0\n规范性文件\t1\t1\t12";
/// let gongkai::Reading { report, notices } = gongkai::read(page)?;
/// assert_eq!((report.authority().name(), report.year()), ("某县教育局", 2020));
/// assert_eq!(notices.len(), 3); // the rows and the two tables that the page does not print
/// # Ok::<(), gongkai::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The report.
    pub report: Report,
    /// What could not be read, or was read with doubt, by line.
    pub notices: Vec<Notice>,
}

/// A source that cannot be read as a report.
///
/// # Errors
///
/// `gongkai::read("%PDF-1.7")`: `this is a PDF; extract its text first with a tool that keeps the columns, such as …`.
/// `gongkai::read("hello")`: `the page prints none of the three tables …`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing is there.
    #[error("the source is empty")]
    Empty,
    /// The source is of a kind that is not read, or not by this build.
    #[error("{}", .0.advice())]
    Unsupported(Source),
    /// The bytes are text in no encoding that this build reads.
    #[error("the source is not UTF-8 text; {}", if cfg!(feature = "html") { "save it as UTF-8" } else { "save it as UTF-8, or build gongkai with the feature `html`, which reads GBK and GB 18030" })]
    Encoding,
    /// The source goes beyond a limit.
    #[error("the source has {found} {what}, and at most {limit} are read")]
    TooLarge {
        /// What is counted.
        what: &'static str,
        /// How many there are, or at least are.
        found: usize,
        /// How many are read.
        limit: usize,
    },
    /// None of the three tables was found.
    #[error(
        "the page prints none of the three tables of an annual report (parts two, three and four); check that it is the report and that its tables are text"
    )]
    NoTables,
    /// No year was found.
    #[error("the page does not print the year that it reports on; supply it with `Reader::year`")]
    NoYear,
    /// No report can be about the year that was supplied.
    #[error("expected a year from 2008 to 9999, found {0}")]
    Year(u16),
}

/// The most bytes of a source.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The most lines and rows of a page.
const MAX_ITEMS: usize = 200_000;

/// The name that stands for an authority that the page does not name.
const NO_NAME: &str = "（未载明机关）";

/// Reads a page, with what the caller knows better than the page.
///
/// ```
/// use gongkai::Reader;
///
/// let page = "第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t7730.28";
/// let reading = Reader::new().authority("某县税务局").year(2023).read(page)?;
/// assert_eq!((reading.report.authority().name(), reading.report.year()), ("某县税务局", 2023));
/// # Ok::<(), gongkai::ReadError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Reader {
    authority: Option<String>,
    year: Option<u16>,
    source: Option<Source>,
}

impl Reader {
    /// A reader that takes everything from the page.
    #[must_use]
    pub const fn new() -> Self {
        Self { authority: None, year: None, source: None }
    }

    /// The name of the authority, whatever the page prints.
    #[must_use]
    pub fn authority(mut self, name: impl Into<String>) -> Self {
        self.authority = Some(name.into());
        self
    }

    /// The year that is reported on, whatever the page prints.
    #[must_use]
    pub const fn year(mut self, year: u16) -> Self {
        self.year = Some(year);
        self
    }

    /// The kind of the source, where it is known better than [`Source::detect`] can tell.
    #[must_use]
    pub const fn source(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }

    /// Reads a page. A pure function of its bytes.
    ///
    /// # Errors
    ///
    /// A source of a kind that is not read (a PDF, a picture, an office document, JSON), in an unknown encoding or beyond a
    /// limit; a page that prints none of the three tables; a page without a year where none was supplied.
    pub fn read(&self, page: impl AsRef<[u8]>) -> Result<Reading, ReadError> {
        let bytes = page.as_ref();
        if bytes.len() > MAX_BYTES {
            return Err(ReadError::TooLarge { what: "bytes", found: bytes.len(), limit: MAX_BYTES });
        }
        let source = self.source.unwrap_or_else(|| Source::detect(bytes));
        if !matches!(source, Source::Text | Source::Markdown | Source::Html) {
            return Err(ReadError::Unsupported(source));
        }
        let text = source::decode(bytes).ok_or(ReadError::Encoding)?;
        // Bytes in another encoding show what they are only as text.
        let source = self.source.unwrap_or_else(|| Source::of_text(&text));
        if text.trim().is_empty() {
            return Err(ReadError::Empty);
        }
        let (page, lines_are_rows) = match source {
            Source::Text => (text::page(&text), true),
            Source::Markdown => (markdown::page(&text), false),
            #[cfg(feature = "html")]
            Source::Html => (html::page(&text)?, false),
            other => return Err(ReadError::Unsupported(other)),
        };
        self.page(&page, lines_are_rows)
    }

    fn page(&self, page: &Page<'_>, lines_are_rows: bool) -> Result<Reading, ReadError> {
        if page.items.len() > MAX_ITEMS {
            return Err(ReadError::TooLarge { what: "lines and rows", found: page.items.len(), limit: MAX_ITEMS });
        }
        let parts = Parts::find(page, lines_are_rows);
        let head = title::Head::find(page, parts.first(page));
        let measure = measure(page, &parts);
        let zone = |table| parts.rows(page, table, measure).map(|rows| tables::Printed::new(rows, table));
        let (disclosure, requests, disputes) = (zone(Table::Disclosure), zone(Table::Requests), zone(Table::Disputes));
        if disclosure.is_none() && requests.is_none() && disputes.is_none() {
            return Err(ReadError::NoTables);
        }
        let year = self.year.or(head.year).ok_or(ReadError::NoYear)?;
        let mut drafts = Drafts::default();
        let printed = [disclosure.is_some(), requests.is_some(), disputes.is_some()];
        // The form belongs to each table. Where its labels do not tell, the other table does, and then the year.
        let part_two = disclosure.as_ref().and_then(tables::disclosure_edition);
        let part_three = requests.as_ref().and_then(tables::requests_edition);
        let by_year = Edition::for_year(year).unwrap_or(Edition::E2021);
        let editions = (part_two.or(part_three).unwrap_or(by_year), part_three.or(part_two).unwrap_or(by_year));
        if let Some(table) = disclosure {
            tables::disclosure(table, editions.0, &mut drafts);
        }
        if let Some(table) = requests {
            tables::requests(table, editions.1, &mut drafts);
        }
        if let Some(table) = disputes {
            tables::disputes(table, &mut drafts);
        }
        if self.year.is_none() && head.year_from_text {
            drafts.notices.push(Notice::new(NoticeKind::YearFromText, Vec::new(), None, ""));
        }
        let name = self.authority.clone().or(head.authority).filter(|name| !name.trim().is_empty());
        if name.is_none() {
            drafts.notices.push(Notice::new(NoticeKind::NoAuthority, Vec::new(), None, NO_NAME));
        }
        let mut builder = Report::builder(name.as_deref().unwrap_or(NO_NAME), year)
            .disclosure(Disclosure::blank(editions.0))
            .requests(Requests::blank(editions.1))
            .disputes(Disputes::blank());
        if let Some(day) = head.published {
            builder = builder.published(day);
        }
        for (section, text) in parts.texts(page, head.end) {
            builder = builder.section(section, text);
        }
        let report = builder.build().map_err(|error| match error {
            BuildError::Year(year) => ReadError::Year(year),
            BuildError::NoName | BuildError::MissingTable(_) => ReadError::NoTables,
        })?;
        Ok(fill(report, drafts, printed, [part_two.is_some(), part_three.is_some()]))
    }
}

/// Reads a page into a report. A blank stays blank, nothing is guessed, and what could not be read is told.
///
/// ```
/// use gongkai::{Cell, Number};
///
/// let page = "某县2023年政府信息公开工作年度报告\n第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t５５０";
/// let reading = gongkai::read(page)?;
/// assert_eq!(reading.report.cell("T2/licences/decisions".parse()?), Some(Cell::Value(Number::Count(550))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// See [`Reader::read`].
pub fn read(page: impl AsRef<[u8]>) -> Result<Reading, ReadError> {
    Reader::new().read(page)
}

/// How the places in the lines of a page are counted: the way in which the figures of its tables cover less room, because they
/// stand below one another and below their headings.
fn measure(page: &Page<'_>, parts: &Parts) -> Measure {
    let covered = |measure| -> usize {
        let rows = parts.rows(page, Table::Requests, measure).unwrap_or_default();
        let headings = header::headings(&rows, vocabulary::Vocabulary::of(Table::Requests));
        let sheet_of = |row: usize| rows.get(row).map(|row: &rows::Row| row.sheet);
        let sheets = rows.chunk_by(|above, below| above.sheet == below.sheet);
        let clusters = sheets.flat_map(|rows| {
            let sheet = rows.first().map(|row| row.sheet);
            let lines = rows.iter().filter(|row| row.geometry == rows::Geometry::Line);
            let above = headings.iter().filter(|heading| sheet_of(heading.row) == sheet).map(header::Heading::middle);
            align::clusters(lines.flat_map(rows::Row::places).chain(above))
        });
        clusters.map(|(from, to)| to.saturating_sub(from).saturating_add(2)).sum()
    };
    if covered(Measure::Widths) < covered(Measure::Characters) { Measure::Widths } else { Measure::Characters }
}

/// Puts the cells into the report, and tells of those that the page does not print.
fn fill(mut report: Report, drafts: Drafts, printed: [bool; Table::COUNT], clear: [bool; 2]) -> Reading {
    let Drafts { cells: drafts, mut notices } = drafts;
    for (&table, printed) in Table::ALL.iter().zip(printed) {
        let edition = report.edition(table);
        if printed && clear.get(table.index()) == Some(&false) {
            notices.push(Notice::new(NoticeKind::UnclearForm, Vec::new(), None, table.name(edition, crate::form::Language::Chinese)));
        }
        let missing: Vec<CellAddress> = cells(table, edition).filter(|cell| !drafts.contains_key(cell)).collect();
        if !missing.is_empty() {
            let kind = if printed { NoticeKind::MissingRows } else { NoticeKind::MissingTable };
            notices.push(Notice::new(kind, missing, None, ""));
        }
    }
    for (cell, draft) in &drafts {
        // The cells come from the form of their table, and a text is no number at worst: neither fails.
        _ = if draft.readable { report.set_printed(*cell, &draft.text) } else { report.set_unreadable(*cell, &draft.text) };
    }
    for notice in &mut notices {
        let table = notice.cells.first().map_or(Table::Requests, |cell| cell.table());
        notice.edition = report.edition(table);
        notice.cells.sort_unstable();
    }
    notices.sort_by_key(|notice| (notice.line.is_none(), notice.line));
    Reading { report, notices }
}
