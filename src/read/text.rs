//! Plain text: lines, rows of tab-separated cells, sheets of paper.

use std::borrow::Cow;

use super::label::{is_digit, squeezed};
use super::page::{Item, Page, PageCell, is_blank};
use super::rows::is_figure;
use crate::form::Applicant;

/// The lines of a text. A line with tabs between its texts is a row of a table.
pub(super) fn page(text: &str) -> Page<'_> {
    let mut page = Page::default();
    let mut sheet = 0_u32;
    let cells = Cells::of(text);
    // Whether a tab on a line of its own has been passed since the last text.
    let mut tabs = 0_usize;
    for (at, line) in text.split('\n').enumerate() {
        let number = at.saturating_add(1);
        for (part_at, part) in line.trim_end_matches('\r').split('\u{c}').enumerate() {
            if part_at > 0 {
                sheet = sheet.saturating_add(1);
            }
            if is_blank(part) {
                tabs = tabs.saturating_add(part.matches('\t').count());
                continue;
            }
            if is_page_mark(part) {
                sheet = sheet.saturating_add(1);
                continue;
            }
            let tabs = std::mem::take(&mut tabs);
            match cells {
                Cells::BesideTabs => beside(&mut page, number, sheet, part, tabs),
                Cells::OnLines if is_figure(part) && page.items.last().is_some_and(|item| item.table.is_none()) => append(&mut page, part),
                _ if part.contains('\t') => page.items.push(row(number, sheet, part)),
                Cells::InLines | Cells::OnLines => page.items.push(Item::line(number, sheet, part)),
            }
        }
    }
    page
}

/// How the cells of tables are set in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cells {
    /// A row on a line.
    InLines,
    /// Every cell on a line, and a tab on a line of its own between two: what browsers copy of cells with paragraphs in them.
    BesideTabs,
    /// Every cell on a line.
    OnLines,
}

impl Cells {
    fn of(text: &str) -> Self {
        let (mut alone, mut among) = (0_usize, 0_usize);
        let (mut rows, mut run) = (0_usize, 0_usize);
        for line in text.split(['\n', '\u{c}']).filter(|line| !line.is_empty()) {
            if is_blank(line) {
                alone = alone.saturating_add(usize::from(line.contains('\t')));
                continue;
            }
            among = among.saturating_add(usize::from(line.contains('\t')));
            if is_figure(line) {
                run = run.saturating_add(1);
            } else {
                rows = rows.saturating_add(usize::from(run == Applicant::COUNT));
                run = 0;
            }
        }
        match () {
            () if alone >= ROWS && among == 0 => Self::BesideTabs,
            // Tables that are printed column by column have no such rows.
            () if rows >= ROWS => Self::OnLines,
            () => Self::InLines,
        }
    }
}

/// How many rows show how the cells of a text are set.
const ROWS: usize = 10;

/// Puts a text into the row before it, or opens a new one.
fn beside<'a>(page: &mut Page<'a>, number: usize, sheet: u32, text: &'a str, tabs: usize) {
    let at = page.items.last().and_then(|item| item.cells.last()).map_or(0, |cell| cell.to.saturating_add(tabs));
    match page.items.last_mut() {
        Some(item) if tabs > 0 && at <= MAX_CELLS => {
            item.table = Some(0);
            item.cells.push(PageCell { text: Cow::Borrowed(text), from: at, to: at });
        }
        _ => page.items.push(Item::line(number, sheet, text)),
    }
}

/// Puts a figure at the end of the line before it. One space tells nothing of its column.
fn append(page: &mut Page<'_>, text: &str) {
    if let Some(cell) = page.items.last_mut().and_then(|item| item.cells.first_mut()) {
        let line = cell.text.to_mut();
        line.push(' ');
        line.push_str(text.trim());
    }
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

/// The most cells of a row.
const MAX_CELLS: usize = 400;

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
