//! Tables as programs write them that count rows and columns: the numbers taken out, which are no figures.

use super::figure::is_plain;
use super::page::{Item, Page, PageCell, is_blank};
use crate::model::trim;

/// A table has at least so many rows that are counted.
const ROWS: usize = 3;

/// So many rows, with headings of their own, may stand above those.
const HEADS: usize = 3;

/// Takes out the numbers of rows and columns.
pub(super) fn take_out(page: &mut Page<'_>) {
    for rows in page.items.chunk_by_mut(|row, next| row.table == next.table) {
        if rows.first().is_some_and(|row| row.table.is_some()) {
            if let Some(heads) = counted(rows) {
                for row in rows.iter_mut().skip(heads) {
                    clear(row.cells.first_mut());
                }
            }
            if let Some(first) = rows.first_mut().filter(|row| counts_columns(row)) {
                clear(&mut first.cells);
            }
        }
    }
}

fn clear<'c, 'a: 'c>(cells: impl IntoIterator<Item = &'c mut PageCell<'a>>) {
    cells.into_iter().for_each(|cell| cell.text = "".into());
}

/// How many rows stand above those that are counted in the first column, from nought or from one.
fn counted(rows: &[Item<'_>]) -> Option<usize> {
    let number = |row: &Item<'_>| row.cells.first().filter(|cell| cell.from == 0).and_then(|cell| value(&cell.text));
    let heads = rows.iter().take(HEADS).take_while(|row| number(row).is_none()).count();
    let body = rows.get(heads..)?;
    let start = number(body.first()?).filter(|&start| start <= 1)?;
    let all = body.iter().zip(start..).all(|(row, expected)| number(row) == Some(expected) && row.cells.len() > 1);
    (all && body.len() >= ROWS).then_some(heads)
}

/// Whether a row counts the columns from nought.
fn counts_columns(row: &Item<'_>) -> bool {
    let mut filled = row.cells.iter().filter(|cell| !is_blank(&cell.text));
    let all = filled.clone().zip(0_usize..).all(|(cell, expected)| value(&cell.text) == Some(expected));
    all && filled.nth(ROWS).is_some()
}

/// The value of a text that is nothing but a few digits.
fn value(text: &str) -> Option<usize> {
    let text = trim(text);
    (text.len() <= 3 && is_plain(text)).then(|| text.parse().ok())?
}
