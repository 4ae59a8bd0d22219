//! The reader: from the bytes of a page to the report.

use std::borrow::Cow;

use super::draft::Drafts;
use super::encoding::{self, Decoded};
use super::error::{MAX_BYTES, MAX_COLUMNS, MAX_ITEMS};
use super::header::Heading;
use super::lanes::{EDGES, count_places};
use super::page::Page;
use super::parts::Parts;
use super::rows::{self, Geometry, Row};
use super::vocabulary::Vocabulary;
use super::zones::Zones;
use super::{Extent, Notice, NoticeKind, ReadError, Reading, Source, Transcript};
use super::{disputes, header, indexed, markdown, source, tables, text, title, turned};
use crate::form::{CellAddress, Edition, Language, Table, cells};
use crate::model::{BuildError, Disclosure, Disputes, Report, Requests};

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
            return Err(ReadError::TooLarge { what: Extent::Bytes, found: bytes.len(), limit: MAX_BYTES });
        }
        if let Some(source) = self.source.or_else(|| Source::by_signature(bytes)).filter(|source| !source.is_page()) {
            return Err(ReadError::Unsupported(source));
        }
        let Decoded { text, damaged } = encoding::decode(bytes).ok_or(ReadError::Encoding)?;
        let source = self.source.unwrap_or_else(|| Source::of_text(&text));
        if text.trim().is_empty() {
            return Err(ReadError::Empty);
        }
        let tabbed = if source == Source::Text { text::tabbed(&text) } else { Cow::Borrowed("") };
        let (mut page, lines_are_rows) = match source {
            Source::Text => (text::page(&tabbed), true),
            Source::Markdown => (markdown::page(&text)?, false),
            Source::Html => (source::html(&text)?, false),
            other => return Err(ReadError::Unsupported(other)),
        };
        indexed::take_out(&mut page);
        turned::turn_back(&mut page);
        let others = title::settle(&mut page);
        let second = self.cut_second(&mut page, others, lines_are_rows);
        let mut reading = self.page(&page, lines_are_rows)?;
        reading.notices.extend(second);
        if damaged {
            let lines = (1_usize..).zip(text.split('\n')).filter(|(_, line)| line.contains(char::REPLACEMENT_CHARACTER));
            reading.notices.extend(lines.map(|(at, line)| Notice::new(NoticeKind::DamagedText, Vec::new(), Some(at), line)));
            reading.notices.sort_by_key(Notice::place);
        }
        Ok(reading)
    }

    /// Reads a transcript.
    ///
    /// # Errors
    ///
    /// See [`Reader::read`].
    pub fn transcript(&self, transcript: &Transcript) -> Result<Reading, ReadError> {
        if transcript.len() > MAX_BYTES {
            return Err(ReadError::TooLarge { what: Extent::Bytes, found: transcript.len(), limit: MAX_BYTES });
        }
        self.page(&transcript.page(), false)
    }

    /// Cuts off a second report that stands below a whole one, under another title, and tells of it.
    fn cut_second(&self, page: &mut Page<'_>, titles: Vec<usize>, lines_are_rows: bool) -> Option<Notice> {
        for at in titles {
            let mut rest = Page { items: page.items.split_off(at), title: None };
            let lacks = |reading: &Reading| {
                let missing = reading.notices.iter().filter(|notice| notice.kind == NoticeKind::MissingTable);
                missing.filter_map(|notice| notice.cells.first()).map(|cell| cell.table()).collect::<Vec<_>>()
            };
            let above = self.page(page, lines_are_rows).ok().map(|reading| lacks(&reading)).filter(|above| above.len() <= 1);
            let below = above.as_ref().and_then(|_| self.page(&rest, lines_are_rows).ok()).map(|reading| lacks(&reading));
            // One report is not two for a line in the midst of its tables.
            let cut = |(above, below): (Vec<Table>, Vec<Table>)| above.contains(&Table::Disputes) && below.contains(&Table::Disclosure);
            if above.zip(below).is_some_and(|tables| !cut(tables)) {
                let title = rest.items.first()?;
                return Some(Notice::new(NoticeKind::SecondReport, Vec::new(), Some(title.line), &title.printed()));
            }
            page.items.append(&mut rest.items);
        }
        None
    }

    /// Reads the lines and rows of any source.
    fn page<'a>(&self, page: &'a Page<'a>, lines_are_rows: bool) -> Result<Reading, ReadError> {
        if page.items.len() > MAX_ITEMS {
            return Err(ReadError::TooLarge { what: Extent::Items, found: page.items.len(), limit: MAX_ITEMS });
        }
        let widest = page.items.iter().map(|item| item.cells.len()).max().unwrap_or(0);
        if widest > MAX_COLUMNS {
            return Err(ReadError::TooLarge { what: Extent::Columns, found: widest, limit: MAX_COLUMNS });
        }
        let parts = Parts::find(page);
        let mut zones = Zones::find(page, &parts, lines_are_rows);
        if zones.are_empty() {
            return Err(ReadError::NoTables);
        }
        let first = parts.first().into_iter().chain(zones.first()).min();
        let head = title::Head::find(page, first.unwrap_or(page.items.len()));
        let year = self.year.or(head.year).ok_or(ReadError::NoYear)?;
        let left_over = zones.left_over(page, &parts);
        let lines = zones.have_lines();
        let rows = std::mem::take(&mut zones.rows);
        let mut tables = if lines {
            let (by_characters, sure) = measure(&rows);
            let widened = |rows: &[Option<Vec<Row<'a>>>; Table::COUNT]| {
                rows.each_ref().map(|rows| rows.as_ref().map(|rows| rows.iter().map(Row::widened).collect()))
            };
            let items = rows.each_ref().map(|rows| rows.as_ref().map(|rows| rows.iter().map(Row::item).collect::<Vec<_>>()));
            let first = if by_characters { rows } else { widened(&rows) };
            let mut tables = Tables::read(Sheets::new(first), year);
            if !sure || tables.drafts.are_doubtful() {
                // Sparse lines look straight in either way of counting. What they do not say alike is not certain.
                let mut words = Table::ALL.iter().map(|&table| Vocabulary::of(table));
                let rows = items.map(|items| {
                    let (words, items) = words.next().zip(items)?;
                    Some(items.into_iter().map(|item| Row::new(item, words)).collect())
                });
                let second = if by_characters { widened(&rows) } else { rows };
                tables.drafts.doubt(&Tables::read(Sheets::new(second), year).drafts, !sure);
            }
            tables
        } else {
            Tables::read(Sheets::new(rows), year)
        };
        for row in &left_over {
            tables.drafts.tell(NoticeKind::StrayFigure, Vec::new(), Some(row));
        }
        let mut notice = |kind, printed: &str| tables.drafts.notices.push(Notice::new(kind, Vec::new(), None, printed));
        if self.year.is_none() && head.year_from_text {
            notice(NoticeKind::YearFromText, "");
        }
        let name = self.authority.clone().or(head.authority).filter(|name| !name.trim().is_empty());
        if name.is_none() {
            notice(NoticeKind::NoAuthority, NO_NAME);
        }
        let mut builder = Report::builder(name.as_deref().unwrap_or(NO_NAME), year)
            .disclosure(Disclosure::blank(tables.disclosure.0))
            .requests(Requests::blank(tables.requests.0))
            .disputes(Disputes::blank());
        if let Some(day) = head.published {
            builder = builder.published(day);
        }
        for (section, text) in parts.texts(page, head.end, |at| zones.has(at)) {
            builder = builder.section(section, text);
        }
        let report = builder.build().map_err(|error| match error {
            BuildError::Year(year) => ReadError::Year(year),
            BuildError::NoName | BuildError::MissingTable(_) => ReadError::NoTables,
        })?;
        Ok(tables.fill(report))
    }
}

/// The three tables as they were read.
struct Tables<'a> {
    drafts: Drafts<'a>,
    /// The form of part two and of part three, and whether its labels tell it.
    disclosure: (Edition, bool),
    requests: (Edition, bool),
    /// Which tables the page prints.
    printed: [bool; Table::COUNT],
}

impl<'a> Tables<'a> {
    fn read(Sheets([disclosure, requests, disputes]): Sheets<'a>, year: u16) -> Self {
        let printed = |table, sheet: Option<Sheet<'a>>| sheet.map(|(rows, headings)| tables::Printed::new(rows, headings, table));
        let disclosure = printed(Table::Disclosure, disclosure);
        let requests = printed(Table::Requests, requests);
        let disputes = printed(Table::Disputes, disputes);
        let printed = [disclosure.is_some(), requests.is_some(), disputes.is_some()];
        // The form belongs to each table. Where its labels do not tell, the other table does, and then the year.
        let part_two = disclosure.as_ref().and_then(tables::disclosure_edition);
        let part_three = requests.as_ref().and_then(tables::requests_edition);
        let by_year = Edition::for_year(year).unwrap_or(Edition::E2021);
        let editions = (part_two.or(part_three).unwrap_or(by_year), part_three.or(part_two).unwrap_or(by_year));
        let mut drafts = Drafts::default();
        if let Some(table) = disclosure {
            tables::disclosure(table, editions.0, &mut drafts);
        }
        if let Some(table) = requests {
            tables::requests(table, editions.1, &mut drafts);
        }
        if let Some(table) = disputes {
            disputes::read(table, &mut drafts);
        }
        Self { drafts, disclosure: (editions.0, part_two.is_some()), requests: (editions.1, part_three.is_some()), printed }
    }

    /// Puts the cells into the report, and tells of those that the page does not print.
    fn fill(mut self, mut report: Report) -> Reading {
        let mut notices = std::mem::take(&mut self.drafts.notices);
        let drafts = self.drafts;
        let clear = [self.disclosure.1, self.requests.1, true];
        for ((&table, printed), clear) in Table::ALL.iter().zip(self.printed).zip(clear) {
            let edition = report.edition(table);
            if printed && !clear {
                notices.push(Notice::new(NoticeKind::UnclearForm, Vec::new(), None, table.name(edition, Language::Chinese)));
            }
            let missing: Vec<CellAddress> = cells(table, edition).filter(|&cell| !drafts.contains(cell)).collect();
            if !missing.is_empty() {
                let kind = if printed { NoticeKind::MissingRows } else { NoticeKind::MissingTable };
                notices.push(Notice::new(kind, missing, None, ""));
            }
        }
        for (cell, draft) in drafts.cells() {
            // The cells come from the form of their table, and a text is no number at worst: neither fails.
            _ = if draft.readable { report.set_printed(*cell, &draft.text) } else { report.set_unreadable(*cell, &draft.text) };
        }
        for notice in &mut notices {
            let table = notice.cells.first().map_or(Table::Requests, |cell| cell.table());
            notice.edition = report.edition(table);
            notice.cells.sort_unstable();
        }
        notices.sort_by_key(Notice::place);
        Reading { report, notices }
    }
}

/// The rows of a table and its headings.
type Sheet<'a> = (Vec<Row<'a>>, Vec<Heading>);

/// The rows and headings of the three tables, places counted in one way.
struct Sheets<'a>([Option<Sheet<'a>>; Table::COUNT]);

impl<'a> Sheets<'a> {
    fn new([disclosure, requests, disputes]: [Option<Vec<Row<'a>>>; Table::COUNT]) -> Self {
        let sheet = |table: Table, rows: Option<Vec<Row<'a>>>| {
            rows.map(|mut rows| {
                if table == Table::Requests {
                    rows::set_upright(&mut rows);
                }
                let headings = header::headings(&rows, Vocabulary::of(table));
                (rows, headings)
            })
        };
        Self([sheet(Table::Disclosure, disclosure), sheet(Table::Requests, requests), sheet(Table::Disputes, disputes)])
    }
}

/// Whether the places in the lines of a page are counted in characters rather than in widths, and whether that is sure: in the
/// right way the figures of its tables stand in fewer places, because they stand below one another.
fn measure(tables: &[Option<Vec<Row<'_>>>; Table::COUNT]) -> (bool, bool) {
    let (mut characters, mut widths) = (0_usize, 0_usize);
    for rows in tables.iter().flatten() {
        let lines = || rows.iter().filter(|row| row.geometry == Geometry::Line && !row.is_packed());
        let least = |counts: [usize; EDGES.len()]| counts.into_iter().min().unwrap_or(0);
        characters = characters.saturating_add(least(count_places(lines().map(|row| (row.sheet, row.places())))));
        widths = widths.saturating_add(least(count_places(lines().map(|row| (row.sheet, row.widths())))));
    }
    let most = characters.max(widths);
    (characters <= widths, characters.abs_diff(widths) >= SURELY.max(most.saturating_div(8)))
}

/// How many more places one way of counting must have to be surely wrong.
const SURELY: usize = 4;
