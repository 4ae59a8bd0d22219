//! Plain text: lines, rows of tab-separated cells, sheets of paper.

use std::borrow::Cow;

use super::figure::{is_number, looks_like_figure};
use super::label::squeezed;
use super::page::{Item, Page, PageCell, is_blank};
use super::pagination::{Line, PageNumbers, is_page_mark, lines, page_numbers};

use crate::form::{Applicant, Edition, Table};
use crate::model::trim;

/// The lines of a text. A line with tabs between its texts is a row of a table, unless spaces separate cells as well.
pub(super) fn page(text: &str) -> Page<'_> {
    let lines = lines(text);
    let page = page_of(&lines, row);
    // Rows are lines with tabs; where these often were taken for lines, none of them keeps its columns by tabs.
    let mixed = page.items.iter().filter(|item| item.table.is_none() && item.text().contains('\t')).count();
    if mixed < ROWS { page } else { page_of(&lines, Item::line) }
}

fn page_of<'a>(lines: &[Line<'a>], row: impl Fn(usize, u32, &'a str) -> Item<'a>) -> Page<'a> {
    let mut page = Page::default();
    // A sheet ends with its number too, where no form feed says so.
    let mut ended = 0_u32;
    let cells = Cells::of(lines);
    // Where every cell is on a line, so is every figure.
    let PageNumbers { sure, perhaps } = if cells == Cells::InLines { page_numbers(lines) } else { PageNumbers::default() };
    let mut numbers = sure.into_iter().peekable();
    let mut tabs = Tabs::default();
    let mut begun = false;
    for (at, &Line { number, sheet, text }) in lines.iter().enumerate() {
        let sheet = sheet.saturating_add(ended);
        if is_blank(text) {
            tabs.pass(text, number);
            continue;
        }
        if numbers.next_if_eq(&at).is_some() || is_page_mark(text) {
            ended = ended.saturating_add(1);
            continue;
        }
        // The figures before the first heading of a table are of its title.
        begun = begun || (cells == Cells::OnLines && is_heading(text));
        match cells {
            Cells::BesideTabs { .. } => beside(&mut page, Item::line(number, sheet, text), cells.joins(&tabs, number), tabs.count),
            Cells::OnLines if begun && is_number(text) && page.items.last().is_some_and(|item| item.table.is_none()) => {
                append(&mut page, text);
            }
            _ if text.contains('\t') => page.items.push(row(number, sheet, text)),
            Cells::InLines | Cells::OnLines => page.items.push(Item::line(number, sheet, text)),
        }
        if let Some(item) = page.items.last_mut().filter(|_| perhaps.binary_search(&at).is_ok()) {
            item.edge = true;
        }
        tabs = Tabs { text: number, ..Tabs::default() };
    }
    page
}

/// How the cells of tables are set in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cells {
    /// A row on a line.
    InLines,
    /// Every cell on a line, and a tab on a line of its own between two: what browsers copy of cells with paragraphs in them.
    /// Within a row so many lines lead from a text to its tab and from there to the next text; more lead to the next row.
    BesideTabs { before: usize, after: usize },
    /// Every cell on a line.
    OnLines,
}

impl Cells {
    fn of(lines: &[Line<'_>]) -> Self {
        let (mut alone, mut among) = (0_usize, 0_usize);
        let (mut before, mut after) = (usize::MAX, usize::MAX);
        let (mut rows, mut run) = (0_usize, 0_usize);
        let mut tabs = Tabs::default();
        for &Line { number: at, text: line, .. } in lines {
            if is_blank(line) {
                tabs.pass(line, at);
                continue;
            }
            alone = alone.saturating_add(tabs.count);
            if tabs.count > 0 {
                before = before.min(tabs.first.saturating_sub(tabs.text));
                after = after.min(at.saturating_sub(tabs.last));
            }
            tabs = Tabs { text: at, ..Tabs::default() };
            let tabbed = line.contains('\t');
            among = among.saturating_add(usize::from(tabbed));
            if !tabbed && line.len() <= LONGEST_FIGURE && looks_like_figure(line) {
                run = run.saturating_add(1);
            } else {
                rows = rows.saturating_add(usize::from(run == Applicant::COUNT));
                run = 0;
            }
        }
        match () {
            () if alone >= ROWS && among == 0 => Self::BesideTabs { before, after },
            // Tables that are printed column by column have no such rows.
            () if rows >= ROWS => Self::OnLines,
            () => Self::InLines,
        }
    }

    /// Where a text belongs that stands after those tabs.
    fn joins(self, tabs: &Tabs, at: usize) -> Joins {
        match self {
            Self::BesideTabs { before, after } if tabs.count > 0 => match () {
                () if at.saturating_sub(tabs.last) > after => Joins::NextRow,
                () if tabs.first.saturating_sub(tabs.text) > before => Joins::NextRowAfterBlanks,
                () => Joins::Row,
            },
            Self::BesideTabs { .. } | Self::InLines | Self::OnLines => Joins::NextRow,
        }
    }
}

/// How many rows show how the cells of a text are set.
const ROWS: usize = 10;

/// A figure alone on a line is at most so many bytes long, with its annotation.
const LONGEST_FIGURE: usize = 80;

/// The tabs on lines of their own since the last text.
#[derive(Debug, Default)]
struct Tabs {
    /// The line of the last text.
    text: usize,
    count: usize,
    first: usize,
    last: usize,
}

impl Tabs {
    fn pass(&mut self, line: &str, at: usize) {
        let tabs = line.matches('\t').count();
        if tabs > 0 {
            self.first = if self.count == 0 { at } else { self.first };
            self.last = at;
            self.count = self.count.saturating_add(tabs);
        }
    }
}

/// Where a text belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joins {
    /// To the row before it.
    Row,
    /// To a row of its own; the blanks end the row before it.
    NextRow,
    /// To a row of its own that the blanks begin.
    NextRowAfterBlanks,
}

/// Puts a text into the row before it, or opens a new one.
fn beside<'a>(page: &mut Page<'a>, mut line: Item<'a>, joins: Joins, tabs: usize) {
    let tabs = tabs.min(MAX_CELLS);
    if joins == Joins::NextRowAfterBlanks {
        line.table = Some(0);
        let text = line.cells.pop().map_or(Cow::Borrowed(""), |cell| cell.text);
        line.cells.extend((0..tabs).map(blank).chain([PageCell { text, from: tabs, to: tabs }]));
    } else if let Some(row) = page.items.last_mut().filter(|row| tabs > 0 && row.cells.len() <= MAX_CELLS) {
        // Right of a figure stand figures; a text opens the next row, where a table ends with a blank.
        let figures = row.table.is_some() && row.cells.iter().any(|cell| looks_like_figure(&cell.text));
        let ends = figures && !line.cells.iter().all(|cell| looks_like_figure(&cell.text));
        let next = row.cells.len();
        row.table = Some(0);
        row.cells.extend((next..next.saturating_add(tabs).saturating_sub(1)).map(blank));
        let at = row.cells.len();
        if joins == Joins::Row && !ends {
            row.cells.extend(line.cells.into_iter().map(|cell| PageCell { from: at, to: at, ..cell }));
            return;
        }
        row.cells.push(blank(at));
    }
    page.items.push(line);
}

fn blank<'a>(at: usize) -> PageCell<'a> {
    PageCell { text: Cow::Borrowed(""), from: at, to: at }
}

/// Puts a figure at the end of the line before it. Wide spaces tell nothing of its column.
fn append(page: &mut Page<'_>, text: &str) {
    if let Some(cell) = page.items.last_mut().and_then(|item| item.cells.first_mut()) {
        let line = cell.text.to_mut();
        line.push_str("\u{3000}\u{3000}\u{3000}");
        line.push_str(text.trim());
    }
}

/// Whether a line holds a heading with which the tables begin.
fn is_heading(line: &str) -> bool {
    let text = squeezed(line);
    [Table::DISCLOSURE_HEADER, Applicant::HEADING, Applicant::NaturalPerson.label(Edition::E2021)].contains(&&*text)
}

fn row(number: usize, sheet: u32, line: &str) -> Item<'_> {
    let mut cells: Vec<PageCell<'_>> = Vec::with_capacity(line.bytes().filter(|byte| *byte == b'\t').count().saturating_add(1));
    cells.extend(line.split('\t').enumerate().map(|(at, text)| PageCell { text: Cow::Borrowed(text), from: at, to: at }));
    if is_mixed(&cells) {
        return Item::line(number, sheet, line);
    }
    let mut filled = cells.iter().filter(|cell| !is_blank(&cell.text));
    match (filled.next(), filled.next()) {
        // A text with an indent of tabs is no row.
        (Some(only), None) if only.text.chars().count() > 60 => Item::line(number, sheet, only.text.clone()),
        _ => Item::row(number, sheet, 0, cells),
    }
}

/// Whether some cells of a line are between tabs and others between spaces: a cell holds a label and a figure, or several figures.
/// Then blanks do not show. Two numbers in one cell of a whole row are a cell that was cut in two, or two that were taken together.
fn is_mixed(cells: &[PageCell<'_>]) -> bool {
    let (mut filled, mut several, mut figures) = (0_usize, 0_usize, 0_usize);
    for cell in cells.iter().map(|cell| &*cell.text).filter(|cell| !is_blank(cell)) {
        filled = filled.saturating_add(1);
        // Nearly every cell is one word: every space between words has one of these bytes.
        if !cell.bytes().any(|byte| matches!(byte, b' ' | 0x80 | 0xa0)) {
            continue;
        }
        let mut tokens = cell.split_whitespace();
        let count = tokens.clone().count();
        let number = count >= 2 && tokens.next_back().is_some_and(is_number);
        // So far apart are the columns of a table, and not the halves of a figure.
        if number && trim(cell).contains("   ") {
            return true;
        }
        if !number || is_number(cell) {
            continue;
        }
        if !tokens.all(is_number) {
            // A text, and a number behind it.
            return filled == 1;
        }
        several = several.saturating_add(1);
        figures = figures.max(count);
    }
    several > 1 || figures > 2 || (several == 1 && filled <= 2)
}

/// Text whose cells are separated by commas, or put between quotes, as a text with tabs between its cells. What is put between quotes may be
/// broken over lines; every line keeps its number.
pub(super) fn tabbed(text: &str) -> Cow<'_, str> {
    let commas = !text.contains('\t') && text.lines().filter(|line| is_record(line)).take(RECORDS).count() == RECORDS;
    let separator = if commas { ',' } else { '\t' };
    if !commas && (!text.contains('"') || !(text.contains("\t\"") || text.contains("\n\""))) {
        return Cow::Borrowed(text);
    }
    let mut tabbed = String::with_capacity(text.len());
    let (mut rest, mut starts, mut broken) = (text, true, 0_usize);
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '"'
            && starts
            && let Some((cell, after)) = quoted(after, separator)
        {
            broken = broken.saturating_add(cell.matches('\n').count());
            tabbed.extend(cell.replace("\"\"", "\"").chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')));
            rest = after;
            starts = false;
            continue;
        }
        starts = c == separator || c == '\n';
        tabbed.push(if c == separator { '\t' } else { c });
        if c == '\n' {
            tabbed.extend(std::iter::repeat_n('\n', std::mem::take(&mut broken)));
        }
        rest = after;
    }
    Cow::Owned(tabbed)
}

/// So many lines with commas between figures make a text one of records.
const RECORDS: usize = 10;

/// Whether a line has a column for each applicant between commas.
fn is_record(line: &str) -> bool {
    let cells = line.split(',').filter(|cell| is_blank(cell) || is_number(cell.trim_matches('"')));
    line.matches(',').count() >= Applicant::COUNT && cells.count() >= Applicant::COUNT
}

/// What stands before the closing quote of a cell, and what follows it.
fn quoted(text: &str, separator: char) -> Option<(&str, &str)> {
    let mut quotes = text.char_indices().take(LONGEST_QUOTED).filter(|(_, c)| *c == '"').map(|(at, _)| at).peekable();
    while let Some(at) = quotes.next() {
        if quotes.next_if_eq(&at.saturating_add(1)).is_some() {
            continue;
        }
        let after = text.get(at.saturating_add(1)..)?;
        let ends = after.is_empty() || after.starts_with([separator, '\n', '\r']);
        return ends.then(|| text.split_at(at)).map(|(cell, _)| (cell, after));
    }
    None
}

/// The longest text between quotes.
const LONGEST_QUOTED: usize = 1_000;

/// The most cells of a row.
const MAX_CELLS: usize = 400;
