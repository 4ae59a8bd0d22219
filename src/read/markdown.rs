//! Markdown: pipe tables, headings, paragraphs.

use std::borrow::Cow;

use super::entity;
use super::page::{Item, Page, PageCell, is_blank};
use super::rows::is_number;
use super::text::is_page_mark;

/// Whether a line is the rule under the head of a pipe table.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("--") && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The lines of a Markdown text. A line with pipes is a row of a table, if the next one has pipes too; others end a table.
pub(super) fn page(text: &str) -> Page<'_> {
    let mut page = Page::default();
    let mut table = 0_u32;
    let mut inside = false;
    // Whether the rows of the table have pipes at their edges, as its rule has.
    let mut edges = true;
    let mut lines = text.lines().enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        let number = at.saturating_add(1);
        let line = line.trim();
        let next = lines.peek().map_or("", |(_, next)| next.trim());
        if is_rule(line) {
            inside = true;
            edges = line.starts_with('|');
        } else if line.starts_with('|') || (line.contains('|') && (inside || next.contains('|'))) {
            if !inside {
                edges = if is_rule(next) { next.starts_with('|') } else { line.starts_with('|') };
            }
            inside = true;
            page.items.push(Item { line: number, sheet: 0, table: Some(table), cells: cells(line, edges) });
        } else if !edges && inside && is_number(line) && ends_blank(&page, number) {
            // The last cell of a row without pipes at its edges, on a line of its own.
            let last = page.items.last_mut().and_then(|row| row.cells.last_mut());
            if let Some(cell) = last {
                cell.text = plain(line);
            }
        } else {
            table = table.saturating_add(u32::from(inside));
            inside = false;
            let text = line.trim_start_matches(['#', '>', ' ']);
            if !is_blank(text) && !is_page_mark(text) {
                page.items.push(Item::line(number, 0, plain(text)));
            }
        }
    }
    page
}

/// Whether the line before is a row whose last cell is blank.
fn ends_blank(page: &Page<'_>, number: usize) -> bool {
    let row = page.items.last().filter(|row| row.table.is_some() && row.line.saturating_add(1) == number);
    row.and_then(|row| row.cells.last()).is_some_and(|cell| is_blank(&cell.text))
}

/// The cells of a row: what stands between its pipes.
fn cells(line: &str, edges: bool) -> Vec<PageCell<'_>> {
    // A pipe at the end closes the last cell, unless it is escaped.
    let inside = line.strip_prefix('|').unwrap_or(line);
    let inside = inside.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(inside);
    let line = if edges { inside } else { line };
    let mut cells = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    let mut push = |text: &'_ str| -> PageCell<'_> {
        let at = start;
        start = usize::saturating_add(start, 1);
        PageCell { text: Cow::Owned(plain(text).into_owned()), from: at, to: at }
    };
    let mut from = 0;
    for (at, c) in line.char_indices() {
        if c == '|' && !escaped {
            cells.push(push(line.get(from..at).unwrap_or_default()));
            from = at.saturating_add(1);
        }
        escaped = c == '\\' && !escaped;
    }
    cells.push(push(line.get(from..).unwrap_or_default()));
    cells
}

/// A text without the signs of Markdown: emphasis, line breaks, character references, escapes.
fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.contains(['*', '_', '`', '<', '&', '\\']) {
        return Cow::Borrowed(text);
    }
    let mut plain = entity::decode(text).into_owned();
    for sign in ["**", "__", "`", "<br>", "<br/>", "<br />", "<BR>"] {
        if plain.contains(sign) {
            plain = plain.replace(sign, if sign.starts_with('<') { "\n" } else { "" });
        }
    }
    // One star on each side is emphasis; one alone is a footnote.
    if let Some(inside) = plain.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')) {
        plain = inside.to_owned();
    }
    Cow::Owned(plain.replace("\\*", "*").replace("\\_", "_").replace("\\|", "|").replace("\\-", "-").replace("\\.", "."))
}
