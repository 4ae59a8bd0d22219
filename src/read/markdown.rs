//! Markdown: pipe tables, grids, drawn boxes, headings, paragraphs, and the HTML tables that stand among them.

use std::borrow::Cow;

use super::figure::is_number;
use super::label::{is_digit, superscript};
use super::page::{Item, Page, PageCell, is_blank};
use super::pagination::is_page_mark;
use super::{ReadError, entity, source};

/// What stands between the cells of a row.
const fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '￨' | '│' | '┃' | '║' | '¦')
}

/// What the lines between the rows of a table are drawn with.
const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '=' | '─' | '━' | '═' | '┄' | '╌')
}

const fn is_corner(c: char) -> bool {
    matches!(c, '+' | '\u{250c}'..='\u{254b}' | '\u{2552}'..='\u{256c}')
}

/// Whether a line is drawn between the rows of a table, as the rule under the head of a pipe table is.
fn is_rule(line: &str) -> bool {
    let drawn = |c: char| is_bar(c) || is_dash(c) || is_corner(c) || matches!(c, ':' | ' ' | '\t');
    let dashes = || line.chars().zip(line.chars().skip(1)).any(|(left, right)| is_dash(left) && (is_dash(right) || right == ':'));
    line.starts_with(drawn) && line.contains(|c| is_bar(c) || is_corner(c)) && line.chars().all(drawn) && dashes()
}

/// Whether a line is a rule that is drawn as short as possible. A row of marks may look like it.
fn is_short_rule(line: &str) -> bool {
    line.contains('-') && line.contains(is_bar) && line.chars().all(|c| is_bar(c) || matches!(c, '-' | ':' | ' ' | '\t'))
}

/// Whether every cell of a line is two dashes: below other rows or a rule that is what an office prints for numbers.
fn is_row_of_dashes(line: &str) -> bool {
    let mut cells = line.split(is_bar).map(str::trim).filter(|cell| !cell.is_empty());
    cells.all(|cell| cell == "--")
}

/// A line without the spaces around it and what quotes it.
fn bare(line: &str) -> &str {
    let line = line.trim();
    line.strip_prefix('>').map_or(line, |rest| rest.trim_start_matches(['>', ' ']))
}

/// How many rows in a row with bars at their edge make a table that has no rule.
const ROWS: usize = 3;

/// How many bars a line without bars at its edge has at least to be such a row.
const BARS: usize = 3;

/// Whether a text has tables of bars.
pub(super) fn has_tables(text: &str) -> bool {
    let mut rows = 0_usize;
    text.lines().any(|line| {
        let line = bare(line);
        let row = line.starts_with(is_bar) || line.matches(is_bar).take(BARS).count() == BARS;
        rows = if row { rows.saturating_add(1) } else { 0 };
        rows >= ROWS || is_rule(line)
    })
}

/// The lines and rows of a Markdown text.
///
/// # Errors
///
/// Those of HTML, where HTML tables stand in it.
pub(super) fn page(text: &str) -> Result<Page<'_>, ReadError> {
    let mut reader = Reader::default();
    let (mut rest, mut line) = (text, 0_usize);
    let breaks = |text: &str| text.matches('\n').count();
    while let Some((before, table, after)) = split_table(rest) {
        reader.lines(before, line);
        line = line.saturating_add(breaks(before));
        reader.fragment(source::html(table)?, line);
        line = line.saturating_add(breaks(table));
        rest = after;
    }
    reader.lines(rest, line);
    reader.end_table();
    Ok(reader.page)
}

/// The text before the first HTML table, that table, and what follows it. A table that never ends is a word.
fn split_table(text: &str) -> Option<(&str, &str, &str)> {
    let tags = |word: &'static str| {
        let is = move |at: &usize| text.get(*at..at.saturating_add(word.len())).is_some_and(|found| found.eq_ignore_ascii_case(word));
        text.match_indices('<').map(|(at, _)| at).filter(is)
    };
    let start = tags("<table").next()?;
    let mut opens = tags("<table").skip(1).peekable();
    let mut open = 1_usize;
    for close in tags("</table").filter(|&close| close > start) {
        while opens.next_if(|&at| at < close).is_some() {
            open = open.saturating_add(1);
        }
        open = open.saturating_sub(1);
        if open == 0 {
            let end = text.get(close..)?.find('>').map_or(text.len(), |at| close.saturating_add(at).saturating_add(1));
            return Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?));
        }
    }
    None
}

#[derive(Default)]
struct Reader<'a> {
    page: Page<'a>,
    /// The number of the table, and the first item of the open one.
    table: u32,
    first: Option<usize>,
    /// Whether the rows of the open table have bars at their edges.
    edges: bool,
    /// Before which items of the open table a line is drawn.
    drawn: Vec<usize>,
}

impl<'a> Reader<'a> {
    /// Takes in lines; so many lines stand before them.
    fn lines(&mut self, text: &'a str, before: usize) {
        let mut lines = text.split('\n').map(bare).zip(before.saturating_add(1)..).peekable();
        while let Some((line, number)) = lines.next() {
            let next = lines.peek().map_or("", |(next, _)| *next);
            self.line(line, number, next);
        }
    }

    fn line(&mut self, line: &'a str, number: usize, next: &str) {
        let rows = self.first.map_or(0, |first| self.page.items.len().saturating_sub(first));
        let ruled = rows > 0 && self.drawn.last() == Some(&self.page.items.len());
        let marks = || (rows > 1 || ruled) && is_row_of_dashes(line);
        if (is_rule(line) && !marks()) || (is_short_rule(line) && rows == 1 && next.contains(is_bar)) {
            self.open(line.starts_with(|c| is_bar(c) || is_corner(c)));
            self.drawn.push(self.page.items.len());
        } else if line.starts_with(is_bar) || (line.contains(is_bar) && (self.first.is_some() || next.contains(is_bar))) {
            self.open(if is_rule(next) { next.starts_with(|c| is_bar(c) || is_corner(c)) } else { line.starts_with(is_bar) });
            let cells = cells(line, self.edges);
            self.page.items.push(Item::row(number, 0, self.table, cells));
        } else if !self.edges && self.first.is_some() && is_number(line) && self.ends_blank(number) {
            // The last cell of a row without bars at its edges, on a line of its own.
            let last = self.page.items.last_mut().and_then(|row| row.cells.last_mut());
            if let Some(cell) = last {
                cell.text = plain(line);
            }
        } else {
            self.end_table();
            let text = line.trim_start_matches(['#', '>', ' ']);
            let fence = text.starts_with("```") || text.starts_with("~~~");
            let text = plain(text);
            if !fence && !is_blank(&text) && !is_page_mark(&text) {
                self.page.items.push(Item::line(number, 0, text));
            }
        }
    }

    fn open(&mut self, edges: bool) {
        if self.first.is_none() {
            self.first = Some(self.page.items.len());
            self.edges = edges;
        }
    }

    /// Whether the line before is a row whose last cell is blank.
    fn ends_blank(&self, number: usize) -> bool {
        let row = self.page.items.last().filter(|row| row.table.is_some() && row.line.saturating_add(1) == number);
        row.and_then(|row| row.cells.last()).is_some_and(|cell| is_blank(&cell.text))
    }

    /// Ends the open table. In a grid a line is drawn between every two rows, and what stands between two lines is one row.
    fn end_table(&mut self) {
        let Some(first) = self.first.take() else { return };
        self.table = self.table.saturating_add(1);
        let drawn = std::mem::take(&mut self.drawn);
        if drawn.len() < LINES {
            return;
        }
        let rows = self.page.items.split_off(first.min(self.page.items.len()));
        let mut ends = drawn.into_iter().peekable();
        let mut group: Vec<Item<'a>> = Vec::new();
        for (row, at) in rows.into_iter().zip(first..) {
            if ends.next_if(|&end| end <= at).is_some() {
                while ends.next_if(|&end| end <= at).is_some() {}
                self.close_group(std::mem::take(&mut group));
            }
            group.push(row);
        }
        self.close_group(group);
    }

    /// Takes in the lines between two drawn ones: one row, unless several of them have figures at their end.
    fn close_group(&mut self, group: Vec<Item<'a>>) {
        let ends = |row: &Item<'_>| row.cells.last().is_some_and(|cell| !is_blank(&cell.text) && is_number(&cell.text));
        let width = group.first().map_or(0, |row| row.cells.len());
        if group.iter().filter(|row| ends(row)).count() > 1 || group.iter().any(|row| row.cells.len() != width) {
            self.page.items.extend(group);
            return;
        }
        let mut group = group.into_iter();
        let Some(mut row) = group.next() else { return };
        for (cell, more) in group.flat_map(|other| other.cells).enumerate().map(|(at, more)| (at.checked_rem(width).unwrap_or(0), more)) {
            if let Some(cell) = row.cells.get_mut(cell).filter(|_| !is_blank(&more.text)) {
                if !is_blank(&cell.text) {
                    cell.text.to_mut().push('\n');
                }
                cell.text.to_mut().push_str(&more.text);
            }
        }
        self.page.items.push(row);
    }

    /// Takes in the lines and rows of an HTML table; so many lines stand before it.
    fn fragment(&mut self, fragment: Page<'a>, before: usize) {
        self.end_table();
        let mut tables = 0;
        for mut item in fragment.items {
            item.line = item.line.saturating_add(before);
            item.table = item.table.map(|table| {
                tables = tables.max(table.saturating_add(1));
                self.table.saturating_add(table)
            });
            self.page.items.push(item);
        }
        self.table = self.table.saturating_add(tables);
    }
}

/// With fewer drawn lines a table is no grid: they stand over it, under its head and under it.
const LINES: usize = 4;

/// The cells of a row: what stands between its bars.
fn cells(line: &str, edges: bool) -> Vec<PageCell<'_>> {
    // A bar at the end closes the last cell, unless it is escaped.
    let inside = line.strip_prefix(is_bar).unwrap_or(line);
    let inside = inside.strip_suffix(is_bar).filter(|rest| !rest.ends_with('\\')).unwrap_or(inside);
    let line = if edges { inside } else { line };
    let mut escaped = false;
    let between = |c: char| {
        let bar = is_bar(c) && !escaped;
        escaped = c == '\\' && !escaped;
        bar
    };
    line.split(between).zip(0..).map(|(text, at)| PageCell { text: plain(text), from: at, to: at }).collect()
}

/// A text without the signs of Markdown: emphasis, tags, character references, escapes, the signs around formulas.
fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.contains(['*', '_', '`', '<', '&', '\\', '$', '~']) {
        return Cow::Borrowed(text);
    }
    let text = text.strip_prefix('$').and_then(|rest| rest.strip_suffix('$')).unwrap_or(text);
    let decoded = entity::decode(text);
    let mut plain = String::with_capacity(decoded.len());
    let mut rest = &*decoded;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '<' => without_tag(rest, &mut plain).unwrap_or_else(|| {
                plain.push(c);
                after
            }),
            '\\' => {
                let escaped = after.chars().next().filter(char::is_ascii_punctuation);
                plain.push(escaped.unwrap_or(c));
                escaped.map_or(after, |escaped| after.get(escaped.len_utf8()..).unwrap_or_default())
            }
            '`' => after,
            '~' if after.starts_with('~') && before(after.get(1..).unwrap_or_default(), "~~").is_some() => {
                let struck = before(after.get(1..).unwrap_or_default(), "~~");
                struck.and_then(|(_, rest)| rest.get(2..)).unwrap_or_default()
            }
            '*' | '_' if after.starts_with(c) => after.trim_start_matches(c),
            _ => {
                plain.push(c);
                after
            }
        };
    }
    // One star on each side is emphasis; one alone is a footnote.
    for star in ['*', '_'] {
        if let Some(inside) = plain.strip_prefix(star).and_then(|rest| rest.strip_suffix(star)).filter(|inside| !inside.is_empty()) {
            plain = inside.to_owned();
        }
    }
    Cow::Owned(plain)
}

/// What follows the tag that opens the text; a tag that breaks the line leaves a break behind, a raised text its footnote marks, and
/// what is struck out nothing.
fn without_tag<'a>(text: &'a str, plain: &mut String) -> Option<&'a str> {
    let closing = text.starts_with("</");
    let inside = text.get(1..)?.trim_start_matches('/');
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
        return None;
    }
    let end = inside.char_indices().take(LONGEST_TAG).find(|(_, c)| *c == '>')?.0;
    let (tag, after) = (inside.get(..end)?, inside.get(end.saturating_add(1)..)?);
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    let element = |name: &str| before(after, &format!("</{name}>"));
    match &*name {
        "br" => plain.push('\n'),
        "sup" | "sub" | "a" if !closing && plain.ends_with(is_digit) => {
            if let Some((marks, rest)) = element(&name).filter(|(marks, _)| !marks.is_empty() && marks.chars().all(|c| c.is_ascii_digit()))
            {
                plain.extend(marks.chars().map(superscript));
                return Some(rest);
            }
        }
        "del" | "s" | "strike" if !closing => {
            if let Some((_, rest)) = element(&name) {
                return Some(rest);
            }
        }
        _ => {}
    }
    Some(after)
}

/// What stands before those signs, in letters of any case, and what begins with them.
fn before<'a>(text: &'a str, signs: &str) -> Option<(&'a str, &'a str)> {
    let begins = |at: usize| text.get(at..at.saturating_add(signs.len())).is_some_and(|found| found.eq_ignore_ascii_case(signs));
    let at = text.char_indices().take(LONGEST_TAG).map(|(at, _)| at).find(|&at| begins(at))?;
    text.split_at_checked(at)
}

/// The longest tag or struck text in a cell that is looked at.
const LONGEST_TAG: usize = 200;
