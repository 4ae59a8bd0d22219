//! Markdown: pipe tables, headings, paragraphs.

use std::borrow::Cow;

use super::entity;
use super::page::{Item, Page, PageCell, is_blank};
use super::text::is_page_mark;

/// Whether a line is the rule under the head of a pipe table.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("--") && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The lines of a Markdown text. A line with pipes is a row of a table; blank lines end a table.
pub(super) fn page(text: &str) -> Page<'_> {
    let mut page = Page::default();
    let mut table = 0_u32;
    let mut inside = false;
    // A line with pipes that is the head of a table if a rule follows it.
    let mut head: Option<(usize, &str)> = None;
    for (at, line) in text.lines().enumerate() {
        let number = at.saturating_add(1);
        let line = line.trim();
        let row = |line| Item { line: number, sheet: 0, table: Some(table), cells: cells(line) };
        if is_rule(line) {
            if let (false, Some((number, line))) = (inside, head) {
                page.items.pop();
                page.items.push(Item { line: number, ..row(line) });
            }
            inside = true;
        } else if line.starts_with('|') || (inside && line.contains('|')) {
            inside = true;
            page.items.push(row(line));
        } else {
            table = table.saturating_add(u32::from(inside));
            inside = false;
            head = None;
            let text = line.trim_start_matches(['#', '>', ' ']);
            if !is_blank(text) && !is_page_mark(text) {
                page.items.push(Item::line(number, 0, plain(text)));
                head = line.contains('|').then_some((number, line));
            }
        }
    }
    page
}

/// The cells of a row: what stands between its pipes.
fn cells(line: &str) -> Vec<PageCell<'_>> {
    let line = line.strip_prefix('|').unwrap_or(line);
    // A pipe at the end closes the last cell, unless it is escaped.
    let line = line.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(line);
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
