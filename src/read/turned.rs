//! Tables that are printed with their rows as columns: turned back.

use super::label::{letters, split_numbering, squeezed};
use super::page::{Item, Page, PageCell, is_blank};
use super::vocabulary::Vocabulary;
use crate::form::Table;

/// A turned table has at most so many rows: the columns of part three and their headings, with room for more.
const MOST_ROWS: usize = 24;

/// At most so many columns: the rows of part three, with room for more.
const MOST_COLUMNS: usize = 64;

/// Turns every table whose columns are rows of the form.
pub(super) fn turn_back(page: &mut Page<'_>) {
    let tables = page.items.chunk_by(|item, next| item.table == next.table);
    if !tables.clone().any(is_turned) {
        return;
    }
    let mut items = Vec::with_capacity(page.items.len());
    let mut rest = std::mem::take(&mut page.items).into_iter();
    while let Some(first) = rest.as_slice().first() {
        let table = first.table;
        let length = rest.as_slice().iter().take_while(|item| item.table == table).count();
        let rows: Vec<Item<'_>> = rest.by_ref().take(length).collect();
        if is_turned(&rows) {
            items.extend(turned(&rows));
        } else {
            items.extend(rows);
        }
    }
    page.items = items;
}

/// Whether the first cells of a table name columns of the form, and its headings rows.
fn is_turned(rows: &[Item<'_>]) -> bool {
    let in_table = rows.first().is_some_and(|row| row.table.is_some());
    // Where a cell of a row is missing, every other stands in another column.
    let even = rows.iter().all(|row| rows.first().is_some_and(|first| width(row) == width(first)));
    let fits = in_table && even && (2..=MOST_ROWS).contains(&rows.len()) && rows.iter().all(|row| width(row) <= MOST_COLUMNS);
    // Nearly every table is told by its last row.
    let last = rows.last().map(first_label);
    let of = |table| last.as_deref().is_some_and(|last| Vocabulary::of(table).is_column(last)) && names_rows(rows, Vocabulary::of(table));
    fits && (of(Table::Requests) || of(Table::Disclosure))
}

fn names_rows(rows: &[Item<'_>], words: &Vocabulary) -> bool {
    let first: Vec<String> = rows.iter().map(first_label).collect();
    let head = first.iter().take_while(|label| !words.is_column(label)).count();
    let (Some(heads), Some(bodies)) = (rows.get(..head), first.get(head..)) else { return false };
    // 其他 and 总计 are rows and columns.
    let columns = bodies.iter().all(|label| words.is_column(label)) && bodies.iter().any(|label| words.row(label).is_none());
    let cells = || heads.iter().flat_map(|row| &row.cells).filter(|cell| cell.from > 0).map(label);
    let named = cells().filter(|label| words.names_row(label)).count();
    let other = cells().filter(|label| words.is_column(label) && words.row(label).is_none()).count();
    columns && other == 0 && named > 0 && heads.last().is_some_and(|row| most_name_rows(row, words))
}

/// Whether at least half of the headings name rows.
fn most_name_rows(row: &Item<'_>, words: &Vocabulary) -> bool {
    let labels: Vec<String> = row.cells.iter().filter(|cell| cell.from > 0 && !is_blank(&cell.text)).map(label).collect();
    labels.iter().filter(|label| words.names_row(label)).count().saturating_mul(2) >= labels.len()
}

/// The rows that the columns of a table are.
fn turned<'a>(rows: &[Item<'a>]) -> Vec<Item<'a>> {
    let columns = rows.iter().map(width).max().unwrap_or(0);
    let Some(first) = rows.first() else { return Vec::new() };
    let column = |column: usize| {
        let at = |(place, row): (usize, &Item<'a>)| {
            let cell = row.cells.iter().find(|cell| cell.from <= column && column <= cell.to);
            PageCell { text: cell.map_or_else(Default::default, |cell| cell.text.clone()), from: place, to: place }
        };
        Item { cells: rows.iter().enumerate().map(at).collect(), ..Item::row(first.line, first.sheet, 0, Vec::new()) }
    };
    (0..columns).map(column).collect()
}

fn width(row: &Item<'_>) -> usize {
    row.cells.iter().map(|cell| cell.to.saturating_add(1)).max().unwrap_or(0)
}

fn first_label(row: &Item<'_>) -> String {
    row.cells.first().filter(|cell| cell.from == 0).map(label).unwrap_or_default()
}

fn label(cell: &PageCell<'_>) -> String {
    letters(split_numbering(&squeezed(&cell.text)).1)
}
