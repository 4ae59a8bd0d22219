//! Plain text: lines, rows of tab-separated cells, sheets of paper.

use std::borrow::Cow;

use super::label::{is_digit, squeezed};
use super::page::{Item, Page, PageCell, is_blank};

/// The lines of a text. A line with tabs between its texts is a row of a table.
pub(super) fn page(text: &str) -> Page<'_> {
    let mut page = Page::default();
    let mut sheet = 0_u32;
    for (at, line) in text.split('\n').enumerate() {
        let number = at.saturating_add(1);
        for (part_at, part) in line.trim_end_matches('\r').split('\u{c}').enumerate() {
            if part_at > 0 {
                sheet = sheet.saturating_add(1);
            }
            if is_blank(part) {
                continue;
            }
            if is_page_mark(part) {
                sheet = sheet.saturating_add(1);
                continue;
            }
            page.items.push(if part.contains('\t') { row(number, sheet, part) } else { Item::line(number, sheet, part) });
        }
    }
    page
}

fn row(number: usize, sheet: u32, line: &str) -> Item<'_> {
    let cells: Vec<PageCell<'_>> =
        line.split('\t').enumerate().map(|(at, text)| PageCell { text: Cow::Borrowed(text), from: at, to: at }).collect();
    let mut filled = cells.iter().filter(|cell| !is_blank(&cell.text));
    match (filled.next(), filled.next()) {
        // A text with an indent of tabs is no row.
        (Some(only), None) if only.text.chars().count() > 60 => Item::line(number, sheet, only.text.clone()),
        _ => Item { line: number, sheet, table: Some(0), cells },
    }
}

/// Whether a line prints the number of its page: `- 3 -`, `—3—`, `第3页`, `第 3 页 共 5 页`.
pub(super) fn is_page_mark(line: &str) -> bool {
    const DASHES: [char; 8] = ['-', '－', '–', '—', '−', '─', '_', '·'];
    if line.len() > 400 {
        return false;
    }
    let text = squeezed(line);
    if let Some(number) = text.strip_prefix('第') {
        let mut parts = number.split('页');
        let number = |part: Option<&str>| part.is_some_and(|part| is_number(part.trim_start_matches(['共', '，', ',', '/', '第'])));
        return text.ends_with('页') && number(parts.next());
    }
    let inside = text.trim_matches(DASHES);
    is_number(inside) && text.starts_with(DASHES) && text.ends_with(DASHES)
}

fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.chars().count()) && text.chars().all(is_digit)
}
