//! HTML: tables with spans, pasted from office programs, with whatever stands around them.
//!
//! Browsers accept anything, and so do pages. All that reading needs is where cells and lines begin and end, so tags are
//! taken one by one and only tables are kept on a stack: linear in the page, without recursion, bounded by the limits below.

use std::borrow::Cow;

use super::ReadError;
use super::entity;
use super::error::{MAX_COLUMNS, MAX_ITEMS};
use super::page::{Item, Page, PageCell, is_blank};
use super::tag::Tag;
use super::text::is_page_mark;

/// The most columns that a cell can span: wider spans are clamped.
const MAX_SPAN: usize = 100;

/// The most rows that a cell can span, as browsers clamp it.
const MAX_ROWS: usize = 65_534;

/// How deep tables can stand in tables.
const MAX_DEPTH: usize = 32;

/// The most cells of a page.
const MAX_CELLS: usize = 200_000;

/// A text in a cell that is longer than this makes the cell a part of the layout, not of a table.
const LONGEST_CELL: usize = 300;

/// The lines and rows of an HTML page.
pub(super) fn page(html: &str) -> Result<Page<'_>, ReadError> {
    let mut reader = Reader { position: Position { html, ..Position::default() }, ..Reader::default() };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        reader.text(text);
        rest = reader.tag(tag)?;
    }
    reader.text(rest);
    while !reader.tables.is_empty() {
        reader.close_table()?;
    }
    reader.flush_line();
    Ok(reader.page)
}

#[derive(Default)]
struct Reader<'a> {
    page: Page<'a>,
    tables: Vec<OpenTable<'a>>,
    /// The text outside of cells since the last break.
    line: Cow<'a, str>,
    line_number: usize,
    position: Position<'a>,
    next_table: u32,
    cells: usize,
    /// Whether the text is set above the line, as footnote marks are.
    raised: bool,
}

/// How far the page was read. Most places are asked for no line, so lines are counted when one is.
#[derive(Default)]
struct Position<'a> {
    html: &'a str,
    at: usize,
    /// Up to where line breaks were counted, and how many there are.
    counted: usize,
    breaks: usize,
}

impl Position<'_> {
    fn pass(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    /// How many line breaks were passed.
    fn breaks(&mut self) -> usize {
        let passed = self.html.as_bytes().get(self.counted..self.at).unwrap_or_default();
        self.counted = self.at;
        self.breaks = self.breaks.saturating_add(passed.iter().map(|&byte| usize::from(byte == b'\n')).sum());
        self.breaks
    }

    /// The line that is being read, counted from one.
    fn line(&mut self) -> usize {
        self.breaks().saturating_add(1)
    }
}

/// A table whose end has not come yet.
struct OpenTable<'a> {
    id: u32,
    line: usize,
    cells: Vec<PageCell<'a>>,
    cell: Option<OpenCell<'a>>,
    column: usize,
    /// Cells that reach down from rows above: first and last column, rows left.
    spans: Vec<(usize, usize, usize)>,
    /// The spans that the open row adds.
    added: Vec<(usize, usize, usize)>,
    in_row: bool,
}

struct OpenCell<'a> {
    text: Cow<'a, str>,
    columns: usize,
    rows: usize,
    /// Whether what comes next begins a line.
    broken: bool,
    /// Whether a table stands in the cell: then its text is lines, not a cell.
    layout: bool,
}

impl OpenTable<'_> {
    /// The last column of the cell that reaches down over a column.
    fn reaches(&self, column: usize) -> Option<usize> {
        let after = self.spans.partition_point(|&(first, ..)| first <= column);
        after.checked_sub(1).and_then(|at| self.spans.get(at)).map(|&(_, last, _)| last).filter(|&last| last >= column)
    }
}

impl<'a> Reader<'a> {
    fn text(&mut self, text: &'a str) {
        if text.is_empty() {
            return;
        }
        let decoded = entity::decode(text);
        if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            if !cell.broken {
                append(&mut cell.text, decoded, self.raised);
            } else if !is_blank(&decoded) {
                cell.broken = false;
                cell.text.to_mut().push('\n');
                append(&mut cell.text, decoded, self.raised);
            }
        } else if self.line.is_empty() && !decoded.contains('\n') {
            if !is_blank(&decoded) {
                self.line_number = self.position.breaks();
                append(&mut self.line, decoded, self.raised);
            }
        } else if self.tables.is_empty() || !is_blank(&decoded) {
            // Text between the rows of a table is printed before it. A blank line, or a heading of Markdown, ends a line.
            for (at, part) in decoded.split('\n').enumerate() {
                if at > 0 {
                    if is_blank(part) || part.starts_with('#') {
                        self.flush_line();
                    }
                    append(&mut self.line, Cow::Borrowed("\n"), false);
                }
                if is_blank(&self.line) {
                    self.line_number = self.position.breaks().saturating_add(at);
                }
                append(&mut self.line, Cow::Owned(part.to_owned()), self.raised);
            }
        }
        self.position.pass(text.len());
    }

    /// Takes in the tag that opens the text and returns what follows it.
    fn tag(&mut self, text: &'a str) -> Result<&'a str, ReadError> {
        if let Some(comment) = text.strip_prefix("<!--") {
            let end = comment.find("-->").map_or(comment.len(), |at| at.saturating_add(3));
            return Ok(self.skip(text, end.saturating_add(4)));
        }
        let Some(tag) = Tag::parse(text) else {
            // A sign, not a tag.
            self.text(text.get(..1).unwrap_or_default());
            return Ok(text.get(1..).unwrap_or_default());
        };
        let rest = self.skip(text, tag.length);
        match (&*tag.name, tag.closing) {
            ("script" | "style" | "noscript" | "template" | "svg" | "select", false) if !tag.empty => {
                Ok(self.skip_element(rest, &tag.name))
            }
            ("title", false) => {
                let end = find_closing(rest, "title");
                let title = rest.get(..end).unwrap_or_default();
                if self.page.title.is_none() {
                    self.page.title = Some(entity::decode(title));
                }
                Ok(self.skip(rest, end))
            }
            ("sup", closing) => {
                self.raised = !closing;
                Ok(rest)
            }
            ("table", false) => self.open_table().map(|()| rest),
            ("table", true) => self.close_table().map(|()| rest),
            ("tr", _) => {
                self.close_row()?;
                if let Some(table) = self.tables.last_mut().filter(|_| !tag.closing) {
                    table.in_row = true;
                    table.line = self.position.line();
                }
                Ok(rest)
            }
            ("thead" | "tbody" | "tfoot", _) => self.close_row().map(|()| rest),
            ("td" | "th", false) => {
                self.close_cell()?;
                if let Some(table) = self.tables.last_mut() {
                    if !table.in_row {
                        table.in_row = true;
                        table.line = self.position.line();
                    }
                    let columns = tag.columns.clamp(1, MAX_SPAN);
                    // No rows means all that are left.
                    let rows = if tag.rows == 0 { MAX_ROWS } else { tag.rows.min(MAX_ROWS) };
                    table.cell = Some(OpenCell { text: Cow::Borrowed(""), columns, rows, broken: false, layout: false });
                } else {
                    self.break_line();
                }
                Ok(rest)
            }
            ("td" | "th", true) => self.close_cell().map(|()| rest),
            (name, _) => {
                if is_block(name) {
                    self.break_line();
                }
                Ok(rest)
            }
        }
    }

    /// Passes over so many bytes.
    fn skip(&mut self, text: &'a str, length: usize) -> &'a str {
        let (passed, rest) = text.split_at_checked(length).unwrap_or((text, ""));
        self.position.pass(passed.len());
        rest
    }

    fn skip_element(&mut self, text: &'a str, name: &str) -> &'a str {
        let end = find_closing(text, name);
        self.skip(text, end)
    }

    /// A block begins or ends: a new line, in a cell as outside.
    fn break_line(&mut self) {
        match self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            Some(cell) => cell.broken = !cell.text.is_empty(),
            None => self.flush_line(),
        }
    }

    fn flush_line(&mut self) {
        let text = std::mem::take(&mut self.line);
        self.push_line(self.line_number, &text);
    }

    fn push_line(&mut self, breaks: usize, text: &str) {
        let text = text.trim_start_matches(['#', '>', ' ']).trim();
        if !is_blank(text) && !is_page_mark(text) {
            self.page.items.push(Item::line(breaks.saturating_add(1), 0, text.to_owned()));
        }
    }

    fn open_table(&mut self) -> Result<(), ReadError> {
        if self.tables.len() >= MAX_DEPTH {
            return Err(ReadError::TooLarge {
                what: "tables inside one another",
                found: self.tables.len().saturating_add(1),
                limit: MAX_DEPTH,
            });
        }
        self.flush_line();
        let line = self.position.breaks();
        if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            cell.layout = true;
            let text = std::mem::take(&mut cell.text);
            for text in text.split('\n') {
                self.push_line(line, text);
            }
        }
        let table = OpenTable {
            id: self.next_table,
            line: line.saturating_add(1),
            cells: Vec::new(),
            cell: None,
            column: 0,
            spans: Vec::new(),
            added: Vec::new(),
            in_row: false,
        };
        self.next_table = self.next_table.saturating_add(1);
        self.tables.push(table);
        Ok(())
    }

    fn close_table(&mut self) -> Result<(), ReadError> {
        self.close_row()?;
        self.tables.pop();
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), ReadError> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let Some(cell) = table.cell.take() else { return Ok(()) };
        self.cells = self.cells.saturating_add(1);
        if self.cells > MAX_CELLS {
            return Err(ReadError::TooLarge { what: "cells", found: self.cells, limit: MAX_CELLS });
        }
        if cell.layout {
            let line = self.position.breaks();
            for text in cell.text.split('\n') {
                self.push_line(line, text);
            }
            return Ok(());
        }
        // The cell stands right of those that reach down from above.
        while let Some(last) = table.reaches(table.column) {
            table.column = last.saturating_add(1);
        }
        let from = table.column;
        let to = from.saturating_add(cell.columns).saturating_sub(1);
        if to >= MAX_COLUMNS {
            return Err(ReadError::TooLarge { what: "columns in a table", found: to.saturating_add(1), limit: MAX_COLUMNS });
        }
        table.column = to.saturating_add(1);
        if cell.rows > 1 {
            table.added.push((from, to, cell.rows));
        }
        table.cells.push(PageCell { text: trimmed(cell.text), from, to });
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), ReadError> {
        self.close_cell()?;
        let Some(table) = self.tables.last_mut().filter(|table| table.in_row) else { return Ok(()) };
        let cells = std::mem::take(&mut table.cells);
        let (line, id) = (table.line, table.id);
        table.in_row = false;
        table.column = 0;
        let added = std::mem::take(&mut table.added);
        if !added.is_empty() {
            table.spans.extend(added);
            table.spans.sort_unstable();
        }
        table.spans.retain_mut(|span| {
            span.2 = span.2.saturating_sub(1);
            span.2 > 0
        });
        if self.page.items.len() >= MAX_ITEMS {
            return Err(ReadError::TooLarge { what: "lines and rows", found: MAX_ITEMS.saturating_add(1), limit: MAX_ITEMS });
        }
        if cells.iter().any(|cell| is_layout(&cell.text)) {
            for cell in &cells {
                for text in cell.text.split('\n') {
                    self.push_line(line.saturating_sub(1), text);
                }
            }
        } else if !cells.is_empty() {
            self.page.items.push(Item { line, sheet: 0, table: Some(id), cells });
        }
        Ok(())
    }
}

/// Whether a cell holds paragraphs of a page that is laid out with tables.
fn is_layout(text: &str) -> bool {
    text.len() > LONGEST_CELL && text.chars().count() > LONGEST_CELL
}

/// Appends a text as it is shown: runs of space are one, digits above the line are footnotes.
fn append<'a>(line: &mut Cow<'a, str>, text: Cow<'a, str>, raised: bool) {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    // Nearly every text is shown as it is.
    if !raised && !text.bytes().any(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0xe2 | 0xef)) {
        if line.is_empty() {
            *line = text;
        } else {
            line.to_mut().push_str(&text);
        }
        return;
    }
    let line = line.to_mut();
    for c in text.chars() {
        match c {
            // What has no width is not seen.
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            ' ' | '\t' | '\r' | '\n' => {
                if !line.ends_with([' ', '\n']) && !line.is_empty() {
                    line.push(' ');
                }
            }
            '0'..='9' if raised => {
                let at = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()).unwrap_or(0);
                line.push(RAISED.get(at).copied().unwrap_or(c));
            }
            _ => line.push(c),
        }
    }
}

/// The text without the spaces around it.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// Elements that begin and end a line.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "br"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "body"
            | "html"
            | "head"
            | "center"
            | "caption"
            | "blockquote"
            | "pre"
            | "form"
            | "fieldset"
            | "figure"
            | "figcaption"
    )
}

/// Where the closing tag of an element begins.
fn find_closing(text: &str, name: &str) -> usize {
    let closes = |at: usize| {
        text.get(at.saturating_add(2)..).is_some_and(|rest| rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)))
    };
    text.match_indices("</").map(|(at, _)| at).find(|&at| closes(at)).unwrap_or(text.len())
}
