//! HTML: tables with spans, pasted from office programs, with whatever stands around them.
//!
//! Browsers accept anything, and so do pages. All that reading needs is where cells and lines begin and end, so tags are
//! taken one by one and only tables are kept on a stack: linear in the page, without recursion, bounded by the limits below.

use std::borrow::Cow;

use super::entity;
use super::error::{MAX_COLUMNS, MAX_ITEMS};
use super::figure::looks_like_figure;
use super::label::{is_digit, superscript};
use super::page::{Item, Page, PageCell, is_blank};
use super::pagination::is_page_mark;
use super::tag::{Shown, Tag, Tags};
use super::{Extent, ReadError};

/// The most columns that a cell can span: wider spans are clamped.
const MAX_SPAN: usize = 100;

/// The most rows that a cell can span, as browsers clamp it.
const MAX_ROWS: usize = 65_534;

/// How deep tables can stand in tables.
const MAX_DEPTH: usize = 32;

/// The most elements inside one another within a line that are looked at.
const MAX_INLINE: usize = 64;

/// The most cells of a page.
const MAX_CELLS: usize = 200_000;

/// A text in a cell that is longer than this makes the cell a part of the layout, not of a table.
const LONGEST_CELL: usize = 300;

/// The lines and rows of an HTML page.
pub(super) fn page(html: &str) -> Result<Page<'_>, ReadError> {
    let reader = read(html, false)?;
    // What hides an element that never ends hides nothing.
    if reader.hidden.is_some() { Ok(read(html, true)?.page) } else { Ok(reader.page) }
}

fn read(html: &str, all: bool) -> Result<Reader<'_>, ReadError> {
    let mut reader = Reader { position: Position { html, ..Position::default() }, all, ..Reader::default() };
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
    Ok(reader)
}

#[derive(Default)]
struct Reader<'a> {
    page: Page<'a>,
    tables: Vec<OpenTable<'a>>,
    /// The text outside of cells since the last break.
    line: Cow<'a, str>,
    line_number: usize,
    position: Position<'a>,
    known: Tags<'a>,
    next_table: u32,
    cells: usize,
    /// The open elements that may set their text above the line, as footnote marks are.
    raised: Vec<Raised>,
    /// Whether elements that are not shown are read too.
    all: bool,
    /// The name of the element that is not shown, and how many of that name are open.
    hidden: Option<(Cow<'a, str>, usize)>,
}

/// Whether the text of an element is set above the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Raised {
    No,
    /// If it is digits right behind a digit: `12<a>1</a>`.
    AfterDigit,
    Yes,
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
    /// Cells that reach down from rows above, by their columns.
    spans: Vec<Span<'a>>,
    /// The spans that the open row adds.
    added: Vec<Span<'a>>,
    in_row: bool,
    /// Whether the row is not shown.
    hidden: bool,
}

/// A cell that reaches down over other rows.
struct Span<'a> {
    first: usize,
    last: usize,
    /// How many rows are left.
    rows: usize,
    /// What each of them prints there, if that is a figure.
    figure: Option<Cow<'a, str>>,
}

struct OpenCell<'a> {
    text: Cow<'a, str>,
    columns: usize,
    rows: usize,
    /// Whether what comes next begins a line.
    broken: bool,
    hidden: bool,
    /// Whether a table stands in the cell: then its text is lines, not a cell.
    layout: bool,
}

impl OpenTable<'_> {
    /// The last column of the cell that reaches down over a column.
    fn reaches(&self, column: usize) -> Option<usize> {
        let after = self.spans.partition_point(|span| span.first <= column);
        after.checked_sub(1).and_then(|at| self.spans.get(at)).map(|span| span.last).filter(|&last| last >= column)
    }
}

impl<'a> Reader<'a> {
    fn text(&mut self, text: &'a str) {
        if text.is_empty() || self.hidden.is_some() {
            return self.position.pass(text.len());
        }
        self.show(text);
        self.position.pass(text.len());
    }

    /// Takes in a text that is shown.
    fn show(&mut self, text: &'a str) {
        let decoded = entity::decode(text);
        let raised = self.raised.iter().max().copied().unwrap_or(Raised::No);
        if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            if !cell.broken {
                append(&mut cell.text, decoded, raised);
            } else if !is_blank(&decoded) {
                cell.broken = false;
                cell.text.to_mut().push('\n');
                append(&mut cell.text, decoded, raised);
            }
        } else if self.line.is_empty() && !decoded.contains('\n') {
            if !is_blank(&decoded) {
                self.line_number = self.position.breaks();
                append(&mut self.line, decoded, raised);
            }
        } else if self.tables.is_empty() || !is_blank(&decoded) {
            // Text between the rows of a table is printed before it. A blank line, or a heading of Markdown, ends a line.
            for (at, part) in decoded.split('\n').enumerate() {
                if at > 0 {
                    if is_blank(part) || part.starts_with('#') {
                        self.flush_line();
                    }
                    append(&mut self.line, Cow::Borrowed("\n"), Raised::No);
                }
                if is_blank(&self.line) {
                    self.line_number = self.position.breaks().saturating_add(at);
                }
                append(&mut self.line, Cow::Owned(part.to_owned()), raised);
            }
        }
    }

    /// Takes in the tag that opens the text and returns what follows it.
    fn tag(&mut self, text: &'a str) -> Result<&'a str, ReadError> {
        if let Some(comment) = text.strip_prefix("<!--") {
            let end = comment.find("-->").map_or(comment.len(), |at| at.saturating_add(3));
            return Ok(self.skip(text, end.saturating_add(4)));
        }
        let Some(tag) = self.known.parse(text) else {
            // A sign, not a tag.
            self.text(text.get(..1).unwrap_or_default());
            return Ok(text.get(1..).unwrap_or_default());
        };
        let rest = self.skip(text, tag.length);
        if self.is_hidden(&tag) {
            return Ok(rest);
        }
        match (&*tag.name, tag.closing) {
            // What is struck out is no longer said.
            ("script" | "style" | "noscript" | "template" | "svg" | "select" | "del" | "s" | "strike", false) if !tag.empty => {
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
            ("sup" | "sub" | "span" | "font" | "small" | "a", closing) => {
                self.inline(&tag, closing);
                Ok(rest)
            }
            ("input", _) => {
                self.show(tag.value());
                Ok(rest)
            }
            ("table", false) => self.open_table().map(|()| rest),
            ("table", true) => self.close_table().map(|()| rest),
            ("tr", _) => {
                self.close_row()?;
                if let Some(table) = self.tables.last_mut().filter(|_| !tag.closing) {
                    table.in_row = true;
                    table.hidden = tag.shown == Shown::Hidden;
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
                    let columns = tag.columns.unwrap_or(1).clamp(1, MAX_SPAN);
                    // No rows means all that are left.
                    let rows = tag.rows.map_or(1, |rows| if rows == 0 { MAX_ROWS } else { rows.min(MAX_ROWS) });
                    let hidden = tag.shown == Shown::Hidden;
                    table.cell = Some(OpenCell { text: Cow::Borrowed(""), columns, rows, broken: false, hidden, layout: false });
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

    /// Whether a tag stands in an element that is not shown, or opens one.
    fn is_hidden(&mut self, tag: &Tag<'a>) -> bool {
        if let Some((name, open)) = &mut self.hidden {
            if *name == tag.name {
                *open = if tag.closing { open.saturating_sub(1) } else { open.saturating_add(1) };
                if *open == 0 {
                    self.hidden = None;
                }
            } else if tag.closing && matches!(&*tag.name, "td" | "th" | "tr" | "table" | "body") && name != "table" {
                // It was never closed.
                self.hidden = None;
                return false;
            }
            return true;
        }
        let hides = tag.shown == Shown::Hidden && !tag.closing && !tag.empty && !self.all;
        // Hidden cells and rows end with their table, whether they are closed or not; fields have no content.
        if hides && !matches!(&*tag.name, "td" | "th" | "tr" | "input" | "br" | "img" | "hr" | "meta" | "link") {
            self.hidden = Some((tag.name.clone(), 1));
            return true;
        }
        hides && tag.name == "input"
    }

    /// An element within a line begins or ends.
    fn inline(&mut self, tag: &Tag<'a>, closing: bool) {
        if closing {
            self.raised.pop();
        } else if self.raised.len() < MAX_INLINE {
            self.raised.push(match &*tag.name {
                "sup" => Raised::Yes,
                _ if tag.shown == Shown::Raised => Raised::Yes,
                "sub" | "small" | "a" => Raised::AfterDigit,
                _ => Raised::No,
            });
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
            return Err(ReadError::TooLarge { what: Extent::Depth, found: self.tables.len().saturating_add(1), limit: MAX_DEPTH });
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
            hidden: false,
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
        self.raised.clear();
        if (cell.hidden || table.hidden) && !self.all {
            return Ok(());
        }
        self.cells = self.cells.saturating_add(1);
        if self.cells > MAX_CELLS {
            return Err(ReadError::TooLarge { what: Extent::Cells, found: self.cells, limit: MAX_CELLS });
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
            return Err(ReadError::TooLarge { what: Extent::Columns, found: to.saturating_add(1), limit: MAX_COLUMNS });
        }
        table.column = to.saturating_add(1);
        let mut text = trimmed(cell.text);
        if cell.rows > 1 {
            let mut figure = looks_like_figure(&text).then(|| text.clone());
            // Whose a number is that stands beside several rows, nobody can say; a mark is every one's.
            if let Some(figure) = figure.as_mut().filter(|figure| figure.contains(is_digit)) {
                figure.to_mut().push(UP);
                text.to_mut().push(DOWN);
            }
            table.added.push(Span { first: from, last: to, rows: cell.rows, figure });
        }
        table.cells.push(PageCell { text, from, to });
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), ReadError> {
        self.close_cell()?;
        let Some(table) = self.tables.last_mut().filter(|table| table.in_row) else { return Ok(()) };
        // The next row has as many cells, more or less.
        let next = Vec::with_capacity(table.cells.len());
        let mut cells = std::mem::replace(&mut table.cells, next);
        let (line, id) = (table.line, table.id);
        // A row that is not shown has no cells.
        let own = cells.len();
        for span in table.spans.iter().filter(|_| own > 0) {
            cells.extend(span.figure.clone().map(|text| PageCell { text, from: span.first, to: span.last }));
        }
        if cells.len() > own {
            self.cells = self.cells.saturating_add(cells.len().saturating_sub(own));
            cells.sort_by_key(|cell| cell.from);
        }
        table.in_row = false;
        table.column = 0;
        let added = std::mem::take(&mut table.added);
        if !added.is_empty() {
            table.spans.extend(added);
            table.spans.sort_by_key(|span| span.first);
        }
        table.spans.retain_mut(|span| {
            span.rows = span.rows.saturating_sub(1);
            span.rows > 0
        });
        if self.page.items.len() >= MAX_ITEMS {
            return Err(ReadError::TooLarge { what: Extent::Items, found: MAX_ITEMS.saturating_add(1), limit: MAX_ITEMS });
        }
        if cells.iter().any(|cell| is_layout(&cell.text)) {
            for cell in &cells {
                for text in cell.text.split('\n') {
                    self.push_line(line.saturating_sub(1), text);
                }
            }
        } else if !cells.is_empty() {
            self.page.items.push(Item::row(line, 0, id, cells));
        }
        Ok(())
    }
}

/// What is put behind a number that stands beside several rows: where it goes on, and where it began.
const DOWN: char = '↓';
const UP: char = '↑';

/// Whether a cell holds paragraphs of a page that is laid out with tables.
fn is_layout(text: &str) -> bool {
    text.len() > LONGEST_CELL && text.chars().count() > LONGEST_CELL
}

/// Appends a text as it is shown: runs of space are one, digits above the line are footnotes.
fn append<'a>(line: &mut Cow<'a, str>, text: Cow<'a, str>, raised: Raised) {
    let raised = match raised {
        Raised::Yes => true,
        Raised::AfterDigit => line.ends_with(is_digit) && text.chars().all(is_digit),
        Raised::No => false,
    };
    // Nearly every text is shown as it is.
    if !raised && !text.bytes().any(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0xc2 | 0xe2 | 0xef)) {
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
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            ' ' | '\t' | '\r' | '\n' => {
                if !line.ends_with([' ', '\n']) && !line.is_empty() {
                    line.push(' ');
                }
            }
            '0'..='9' if raised => line.push(superscript(c)),
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
