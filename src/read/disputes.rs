//! Part four: one row of fifteen figures, a row for each proceeding, a row for each result, or something between.

use std::collections::BTreeSet;

use super::align::{Aligned, Columns};
use super::draft::Drafts;
use super::grid::{Grid, Placed};
use super::lines::{Lines, is_total};
use super::notice::NoticeKind;
use super::rows::{Geometry, Piece, Row};
use super::tables::Printed;
use super::vocabulary::{Term, Vocabulary};
use crate::form::{CellAddress, Edition, Proceeding, Ruling, Table, cells};

/// Reads part four.
pub(super) fn read<'a>(mut page: Printed<'a>, drafts: &mut Drafts<'a>) {
    free_words(&mut page);
    let is_flat = |row: &Row<'_>| row.has_figures() && (row.geometry == Geometry::Grid || row.is_credible());
    let figures: Vec<usize> = page.rows.iter().enumerate().filter(|(_, row)| is_flat(row)).map(|(at, _)| at).collect();
    // Nothing but labels: all of it is blank.
    if figures.is_empty() && !page.rows.iter().any(|row| row.has_figures() || row.pieces.iter().any(|piece| piece.digits)) {
        for block in page.rows.iter().flat_map(labels).filter_map(|(_, block)| Proceeding::ALL.get(block)) {
            let cells: Vec<CellAddress> = Ruling::ALL.iter().map(|&ruling| CellAddress::Disputes(*block, ruling)).collect();
            drafts.blank(&cells);
        }
        drafts.account(&page.rows);
        return;
    }
    let named = |at: &usize| page.rows.get(*at).is_some_and(|row| labels(row).next().is_some() && rulings(row).next().is_none());
    if figures.iter().all(named) {
        let row_cells = |block: usize| {
            Proceeding::ALL.get(block).map_or_else(Vec::new, |&block| {
                Ruling::ALL.iter().map(|&ruling| (CellAddress::Disputes(block, ruling), ruling.index())).collect()
            })
        };
        page.take(drafts, row_cells, |_| 0);
        return;
    }
    if let Some(covered) = cover(&page, &figures) {
        for (at, cells) in covered {
            let Some(row) = page.rows.get_mut(at) else { continue };
            if cells.is_empty() {
                row.told = true;
                drafts.tell(NoticeKind::UnknownRow, Vec::new(), Some(row));
                continue;
            }
            let (cells, found): (Vec<CellAddress>, Vec<usize>) = cells.into_iter().unzip();
            let filled = |at: &usize| row.figures.get(*at).is_some_and(|figure| !figure.is_blank());
            let found = found.into_iter().map(|at| Some(at).filter(filled)).collect();
            drafts.take(&cells, &Aligned::Read(found), row);
        }
        drafts.account(&page.rows);
        return;
    }
    if let Some(cells) = stacked(&page, &figures) {
        for (&at, cells) in figures.iter().zip(cells.chunks(Ruling::COUNT)) {
            if let Some(row) = page.rows.get_mut(at) {
                drafts.take(cells, &Aligned::Read((0..Ruling::COUNT).map(Some).collect()), row);
            }
        }
        drafts.account(&page.rows);
        return;
    }
    let printed: Option<Vec<Block>> = figures.iter().scan(0, |from, &at| Some(block(&page, std::mem::replace(from, at), at))).collect();
    let mut taken: Vec<CellAddress> = printed.iter().flatten().flat_map(|block| block.cells.iter().copied()).collect();
    taken.sort_unstable();
    taken.dedup();
    let all: Vec<CellAddress> = cells(Table::Disputes, Edition::E2021).collect();
    match printed {
        // Every row of figures has its own headings, and no cell has two.
        Some(printed) if taken.len() == printed.iter().map(|block| block.cells.len()).sum::<usize>() => {
            for (&at, block) in figures.iter().zip(printed) {
                let placed = page.rows.get(at).map(|row| Placed { row, columns: &block.columns, padding: 0 });
                let aligned = match placed.filter(|placed| placed.row.geometry == Geometry::Grid) {
                    Some(placed) => Grid::learn(std::iter::once(placed)).align(placed),
                    None => Lines::new(vec![at], &page.rows).align(&page.rows, at, &block.columns).0,
                };
                if let Some(row) = page.rows.get_mut(at) {
                    drafts.take(&block.cells, &aligned, row);
                }
            }
        }
        _ => {
            for &at in &figures {
                if let Some(row) = page.rows.get_mut(at) {
                    drafts.refuse(NoticeKind::Misaligned, &all, row);
                }
            }
        }
    }
    drafts.account(&page.rows);
}

/// Takes the words in a row below the headings for figures, where the table knows none of them: 不涉及, 零.
fn free_words(page: &mut Printed<'_>) {
    let words = Vocabulary::of(Table::Disputes);
    let headed = page.headings.iter().map(|heading| heading.row).min();
    let first = page.headings.iter().map(|heading| heading.from).min();
    for (at, row) in page.rows.iter_mut().enumerate().filter(|(_, row)| row.geometry == Geometry::Grid) {
        let below = headed.is_some_and(|headed| headed < at);
        // Left of the headings stands a label, whatever it says.
        if row.pieces.iter().any(|piece| first.is_some_and(|first| piece.from < first)) {
            continue;
        }
        if below && row.cells() > 1 && row.pieces.iter().all(|piece| piece.letters.is_empty() || !words.is_known(&piece.letters)) {
            row.free_labels();
        }
    }
}

/// The cells where the figures of the three proceedings stand below one another without their names, under headings in the form's order,
/// and add up in each row.
fn stacked(page: &Printed<'_>, figures: &[usize]) -> Option<Vec<CellAddress>> {
    let [first, _, _] = *figures else { return None };
    let whole = |row: &Row<'_>| row.figures.len() == Ruling::COUNT && row.filled().count() == Ruling::COUNT && row.pieces.is_empty();
    let sums = |&at: &usize| page.rows.get(at).is_some_and(|row| whole(row) && is_total(&row.figures));
    if !figures.iter().all(sums) {
        return None;
    }
    block(page, 0, first).map(|block| block.cells).filter(|cells| cells.len() == Proceeding::COUNT * Ruling::COUNT)
}

/// A cell of the report with the place of its figure in a row.
type Covered = Vec<(CellAddress, usize)>;

/// The cells of the figures by the labels that stand over and beside them; none for a row that the form does not have. `None` where
/// those do not name one cell for each figure.
fn cover(page: &Printed<'_>, figures: &[usize]) -> Option<Vec<(usize, Covered)>> {
    let words = Vocabulary::of(Table::Disputes);
    let mut covered: Vec<(usize, Covered)> = Vec::new();
    let mut taken: Vec<CellAddress> = Vec::new();
    // The grids with proceedings beside their figures.
    let beside = figures.iter().filter_map(|&at| page.rows.get(at)).filter(|row| labels(row).next().is_some());
    let named: BTreeSet<Option<u32>> = beside.map(|row| row.table).collect();
    // The last proceeding that is named at the left or over a grid.
    let mut open: Option<usize> = None;
    for (at, row) in page.rows.iter().enumerate() {
        let beside = labels(row).last().map(|(_, block)| block);
        if row.has_figures() || row.geometry == Geometry::Line {
            open = beside.or(open);
        }
        if figures.binary_search(&at).is_err() {
            continue;
        }
        if row.geometry != Geometry::Grid {
            return None;
        }
        let ruling_beside = rulings(row).last().map(|(.., ruling)| ruling);
        let unknown = |letters: &str| !letters.is_empty() && !words.is_known(letters);
        let foreign = ruling_beside.is_none() && row.pieces.iter().any(|piece| unknown(&piece.letters));
        if beside.is_none() && (foreign || (named.contains(&row.table) && is_sum(page, row, at))) {
            covered.push((at, Vec::new()));
            continue;
        }
        let mut cells: Covered = Vec::new();
        for (place, figure) in row.figures.iter().enumerate() {
            let ruling = ruling_beside.or_else(|| over(page, at, figure.from, ruling));
            let block = beside.or_else(|| over(page, at, figure.from, proceeding)).or(open);
            let Some((block, ruling)) = block.zip(ruling) else {
                if figure.is_blank() {
                    continue;
                }
                return None;
            };
            let cell = CellAddress::Disputes(*Proceeding::ALL.get(block)?, *Ruling::ALL.get(ruling)?);
            if taken.contains(&cell) {
                return None;
            }
            taken.push(cell);
            cells.push((cell, place));
        }
        covered.push((at, cells));
    }
    Some(covered)
}

/// Whether a row of a grid that names proceedings beside its rows names none, under headings of results: it sums up others, which the
/// form does not do: 行政诉讼, 总计.
fn is_sum(page: &Printed<'_>, row: &Row<'_>, at: usize) -> bool {
    let under = |place: usize| over(page, at, place, ruling).is_some() && over(page, at, place, proceeding).is_none();
    let said = row.pieces.iter().any(|piece| !piece.letters.is_empty());
    said && row.filled().all(|(_, figure)| under(figure.from))
}

/// What the headings over a place of a row say: in the nearest row of the same grid in which what covers the place is one of those.
fn over(page: &Printed<'_>, at: usize, place: usize, named: fn(Term) -> Option<usize>) -> Option<usize> {
    let row = page.rows.get(at)?;
    let above = page.rows.get(..at)?.iter().rev().take(HEADINGS).filter(|head| head.table == row.table && !head.has_figures());
    above.filter(|head| head.end == row.end).find_map(|head| {
        // A heading reaches to the next one.
        let covers = head.pieces.iter().filter(|piece| piece.from <= place).max_by_key(|piece| piece.from)?;
        head.pieces.iter().filter(|piece| piece.from == covers.from).flat_map(terms).find_map(named)
    })
}

/// So many rows above a row are looked at for its headings.
const HEADINGS: usize = 16;

/// The cells that a row of figures prints, left to right, and the places of their headings.
struct Block {
    cells: Vec<CellAddress>,
    columns: Columns,
}

/// The cells over which the headings between two rows of the page stand; `None` if those contradict the form.
fn block(page: &Printed<'_>, from: usize, at: usize) -> Option<Block> {
    let above = page.rows.get(from..at)?;
    let in_line = page.rows.get(at)?.geometry == Geometry::Line;
    let end = above.iter().map(|row| row.end).max().unwrap_or(0);
    // In lines, pieces of labels may seem to stand where they do not.
    let found = page.headings.iter().filter(|heading| (from..at).contains(&heading.row) && (heading.whole || !in_line));
    let mut headings: Vec<(usize, usize, usize)> = found.map(|heading| (heading.from, heading.to, heading.column)).collect();
    // Beside the names of the proceedings stand headings too.
    headings.extend(above.iter().filter(|row| row.geometry == Geometry::Grid).flat_map(rulings));
    headings.sort_unstable();
    headings.dedup();
    // A heading that the form does not have, beside all that it has, is a column more.
    let words = Vocabulary::of(Table::Disputes);
    let first = headings.first().map_or(0, |heading| heading.0);
    let heads = above.iter().filter(|row| row.geometry == Geometry::Grid && rulings(row).count() >= Ruling::COUNT);
    let foreign = |piece: &Piece| piece.from > first && !piece.letters.is_empty() && !words.is_known(&piece.letters);
    if headings.len() >= Ruling::COUNT.saturating_mul(Proceeding::COUNT) && heads.flat_map(|row| &row.pieces).any(foreign) {
        return None;
    }
    let mut blocks: Vec<(usize, usize)> = above.iter().flat_map(labels).collect();
    blocks.sort_unstable();
    // A label over several columns of a grid without spans is printed in each of them.
    blocks.dedup_by_key(|(_, proceeding)| *proceeding);
    let count = headings.len().checked_div(Ruling::COUNT)?;
    let whole = headings.chunks(Ruling::COUNT).all(|chunk| {
        let mut columns: Vec<usize> = chunk.iter().map(|&(.., column)| column).collect();
        columns.sort_unstable();
        columns.into_iter().eq(0..Ruling::COUNT)
    });
    if whole && count > 0 && blocks.len() == count && (!in_line || count == Proceeding::COUNT) {
        let blocks = blocks.iter().flat_map(|&(_, block)| std::iter::repeat_n(block, Ruling::COUNT));
        let cell = |(&(.., ruling), block): (&(usize, usize, usize), usize)| {
            Some(CellAddress::Disputes(*Proceeding::ALL.get(block)?, *Ruling::ALL.get(ruling)?))
        };
        return Some(Block { cells: headings.iter().zip(blocks).map(cell).collect::<Option<_>>()?, ..plain(&headings, end) });
    }
    // What is left of the headings must stand in the form's order, from left to right or line by line.
    let by_line: Vec<usize> = above.iter().flat_map(rulings).map(|(.., ruling)| ruling).collect();
    let in_form = |rulings: Vec<usize>| {
        let mut form = (0..Ruling::COUNT).cycle().take(Ruling::COUNT.saturating_mul(Proceeding::COUNT));
        rulings.into_iter().all(|ruling| form.any(|known| known == ruling))
    };
    let in_form = in_line || in_form(headings.iter().map(|&(.., ruling)| ruling).collect()) || in_form(by_line);
    // Headings that are cut over lines tell the places at least.
    let mut pieces: Vec<(usize, usize, usize)> = page
        .headings
        .iter()
        .filter(|heading| (from..at).contains(&heading.row))
        .map(|heading| (heading.from, heading.to, heading.column))
        .collect();
    pieces.sort_unstable();
    pieces.dedup();
    let all = pieces.iter().map(|&(.., ruling)| ruling).eq((0..Proceeding::COUNT).flat_map(|_| 0..Ruling::COUNT));
    let named: Vec<usize> = above.iter().flat_map(labels).map(|(_, proceeding)| proceeding).collect();
    (from == 0 && in_form && (in_line || named.is_sorted())).then(|| plain(if all { &pieces } else { &[] }, end))
}

fn plain(headings: &[(usize, usize, usize)], end: usize) -> Block {
    let cells: Vec<CellAddress> = cells(Table::Disputes, Edition::E2021).collect();
    let count = if headings.is_empty() { cells.len() } else { headings.len() };
    let places = headings.iter().map(|&(from, to, _)| (from, to)).collect();
    Block { columns: Columns { places, end, ..Columns::plain(count) }, cells }
}

/// The headings in a row, with their places. Headings that are run together have one.
fn rulings<'r>(row: &'r Row<'_>) -> impl Iterator<Item = (usize, usize, usize)> + 'r {
    row.pieces.iter().flat_map(|piece| terms(piece).into_iter().filter_map(ruling).map(|ruling| (piece.from, piece.to, ruling)))
}

/// The proceedings that a row names, with their places.
fn labels<'r>(row: &'r Row<'_>) -> impl Iterator<Item = (usize, usize)> + 'r {
    row.pieces.iter().flat_map(|piece| terms(piece).into_iter().filter_map(proceeding).map(|block| (piece.from, block)))
}

const fn ruling(term: Term) -> Option<usize> {
    if let Term::Column(ruling) = term { Some(ruling) } else { None }
}

const fn proceeding(term: Term) -> Option<usize> {
    if let Term::Row(block) = term { Some(block) } else { None }
}

/// What the letters of a piece name, one after the other.
fn terms(piece: &Piece) -> Vec<Term> {
    let (words, text) = (Vocabulary::of(Table::Disputes), &*piece.letters);
    let exact: Vec<Term> = words.exact(text).collect();
    if !exact.is_empty() {
        return exact;
    }
    let similar = || words.similar_column(text).map(Term::Column).or_else(|| words.similar_row(text).map(Term::Row));
    words.compound(text).unwrap_or_else(|| similar().into_iter().collect())
}
