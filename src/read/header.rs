//! The headings of columns: which columns a table prints, in which order, and where.

use super::align::Columns;
use super::label::Numbering;
use super::rows::{Geometry, Row};
use super::vocabulary::Vocabulary;

/// A heading found on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heading {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether the whole label is printed in one piece.
    pub(super) whole: bool,
}

/// Every heading of a column, in reading order.
pub(super) fn headings(rows: &[Row<'_>], words: &Vocabulary) -> Vec<Heading> {
    let mut found = grid_headings(rows, words);
    found.extend(line_headings(rows, words));
    found.sort_by_key(|heading| heading.row);
    found
}

/// The headings in lines of text. Their words are cut over lines and stand between those of other columns, so each piece that
/// only one column has says where that column is.
fn line_headings(rows: &[Row<'_>], words: &Vocabulary) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut block: Vec<Heading> = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.geometry == Geometry::Line) {
        if row.letters.is_empty() || !is_heading(row, words) {
            found.append(&mut block);
            continue;
        }
        for (text, from, to) in fragments(&row.letters, words) {
            let Some(column) = words.column_of_fragment(&text) else { continue };
            let whole = words.column(&text).is_some();
            let near = |heading: &&mut Heading| {
                heading.column == column && heading.from <= to.saturating_add(2) && from <= heading.to.saturating_add(2)
            };
            if let Some(heading) = block.iter_mut().find(near) {
                heading.from = heading.from.min(from);
                heading.to = heading.to.max(to);
            } else if block.len() < LOOK_BACK {
                block.push(Heading { row: at, column, from, to, whole });
            }
        }
    }
    found.append(&mut block);
    found
}

/// The pieces of labels in a line, with their places. Letters that stand apart belong to different pieces.
fn fragments(letters: &[(char, usize)], words: &Vocabulary) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    let mut rest = letters;
    let mut text = String::new();
    while let Some((_, first)) = rest.first() {
        let mut last = *first;
        let near = rest.iter().take(40).take_while(|(_, at)| at.saturating_sub(std::mem::replace(&mut last, *at)) <= APART);
        text.clear();
        text.extend(near.map(|(c, _)| c));
        let count = words.opening_fragment(&text).map_or(0, |piece| piece.chars().count());
        if let Some((piece, after)) = rest.split_at_checked(count).filter(|_| count > 0) {
            let to = piece.last().map_or(*first, |(_, at)| *at);
            found.push((piece.iter().map(|(c, _)| c).collect(), *first, to));
            rest = after;
        } else {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    found
}

/// How far apart letters of one word stand at most.
const APART: usize = 3;

/// Every heading of a column in the rows of a grid, in reading order. A heading that is cut over lines is put together again.
fn grid_headings(rows: &[Row<'_>], words: &Vocabulary) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if row.geometry != Geometry::Grid {
            continue;
        }
        if row.has_figures() || !is_heading(row, words) {
            open.clear();
            continue;
        }
        for piece in row.pieces.iter().filter(|piece| !piece.letters.is_empty()) {
            let before = open.iter().position(|(from, _)| *from == piece.from);
            let joined = before.and_then(|before| open.get(before)).map(|(_, text)| format!("{text}{}", piece.letters));
            let column =
                words.column(&piece.letters).or_else(|| words.column_below(&piece.letters)).or_else(|| words.column(joined.as_deref()?));
            if let Some(column) = column {
                found.push(Heading { row: at, column, from: piece.from, to: piece.to, whole: true });
            } else if !words.is_frame(&piece.letters) && words.is_fragment(&piece.letters) {
                if let Some(place) = before.and_then(|before| open.get_mut(before)) {
                    place.1.push_str(&piece.letters);
                } else if open.len() < 64 {
                    open.push((piece.from, piece.letters.clone()));
                }
            }
        }
    }
    found
}

/// Whether a row prints labels of columns alone.
pub(super) fn is_header(row: &Row<'_>, words: &Vocabulary) -> bool {
    row.is_header(|| prints_headings(row, words))
}

fn prints_headings(row: &Row<'_>, words: &Vocabulary) -> bool {
    if row.has_figures() {
        return false;
    }
    // With so many headings whatever stands beside them is one as well, or names the rows below.
    if row.geometry == Geometry::Grid && has_headings(row, words) {
        return true;
    }
    let mut columns = 0_usize;
    let mut pieces = 0_usize;
    for piece in row.pieces.iter().filter(|piece| !piece.letters.is_empty()) {
        let numbered = matches!(piece.numbering, Some(Numbering::Group | Numbering::Item(_)));
        if numbered || !is_heading_text(&piece.letters, words) {
            return false;
        }
        let opening = || words.opening_fragment(&piece.letters).and_then(|first| words.column_of_fragment(first));
        let named = words.column_below(&piece.letters).or_else(opening);
        columns = columns.saturating_add(usize::from(named.is_some()));
        pieces = pieces.saturating_add(1);
    }
    columns >= 1 && pieces >= 2
}

/// Whether a row has headings of several columns, or one that cannot be the label of a row.
fn has_headings(row: &Row<'_>, words: &Vocabulary) -> bool {
    let texts = row.pieces.iter().filter(|piece| !matches!(piece.numbering, Some(Numbering::Group | Numbering::Item(_))));
    let mut columns: Vec<(usize, bool)> = texts
        .filter_map(|piece| {
            let column = words.column(&piece.letters).or_else(|| words.column_below(&piece.letters))?;
            Some((column, words.row(&piece.letters).is_none() && piece.letters.chars().count() >= LONG))
        })
        .collect();
    columns.sort_unstable();
    columns.dedup_by_key(|(column, _)| *column);
    columns.len() >= SEVERAL || columns.iter().any(|(_, alone)| *alone)
}

/// So many headings in a row, or so long a one, are no labels of rows.
const SEVERAL: usize = 3;
const LONG: usize = 4;

/// Whether a row is one of headings, or what is left of headings on the next line. 其他 and 总计 alone are rows that print nothing.
fn is_heading(row: &Row<'_>, words: &Vocabulary) -> bool {
    is_header(row, words)
        || row
            .pieces
            .iter()
            .all(|piece| piece.letters.is_empty() || (words.row(&piece.letters).is_none() && is_heading_text(&piece.letters, words)))
}

/// Whether letters are nothing but pieces of headings, or a heading after the labels that stand over it.
pub(super) fn is_heading_text(text: &str, words: &Vocabulary) -> bool {
    words.is_fragments(text) || words.column_below(text).is_some()
}

/// What the columns over a row depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Under {
    above: usize,
    geometry: Geometry,
    table: Option<u32>,
    sheet: u32,
    end: usize,
}

impl Under {
    pub(super) fn of(headings: &[Heading], rows: &[Row<'_>], at: usize) -> Option<Self> {
        let &Row { geometry, table, sheet, end, .. } = rows.get(at)?;
        let above = headings.partition_point(|heading| heading.row < at);
        // In lines the end tells nothing.
        Some(Self { above, geometry, table, sheet, end: if geometry == Geometry::Line { 0 } else { end } })
    }
}

/// The columns over a row: the nearest heading above it for each of the columns it should have, in printed order.
///
/// `wanted` are the row's columns on their axis, in the form's order. Where a heading is missing, the form's order stands
/// and the places are not known.
pub(super) fn columns(headings: &[Heading], rows: &[Row<'_>], at: usize, wanted: &[usize], words: &Vocabulary) -> Columns {
    // A table that is broken over pages goes on under the headings of its first part, if it is as wide.
    let same = |heading: &Heading| match (rows.get(at), rows.get(heading.row)) {
        (Some(row), Some(head)) if row.geometry == Geometry::Line => row.table == head.table && row.sheet == head.sheet,
        (Some(row), Some(head)) => row.table == head.table || row.end == head.end,
        _ => false,
    };
    let above = headings.partition_point(|heading| heading.row < at);
    let mut nearest: Vec<Option<Heading>> = vec![None; wanted.len()];
    let mut missing = wanted.len();
    // Headings that stand in a row twice, apart: of two columns with one name the form has the last.
    let mut twice: Vec<(usize, usize)> = Vec::new();
    // Headings that are repeated after every page break make this a long list; a row looks at the nearest ones only.
    for heading in headings.get(..above).unwrap_or_default().iter().rev().take(LOOK_BACK) {
        if missing == 0 && nearest.iter().flatten().all(|found| found.row != heading.row) {
            break;
        }
        if !same(heading) {
            continue;
        }
        let place = wanted.iter().position(|&column| column == heading.column).and_then(|place| nearest.get_mut(place));
        match place {
            Some(place @ None) => {
                *place = Some(*heading);
                missing = missing.saturating_sub(1);
            }
            // One heading over several columns of a grid without spans is printed once for each of them.
            Some(Some(found)) if found.row == heading.row && found.whole && heading.to.saturating_add(1) == found.from => {
                found.from = heading.from;
            }
            Some(Some(found)) if found.row == heading.row && found.whole && heading.whole && heading.to < found.from => {
                twice.push((heading.from, heading.to));
            }
            _ => {}
        }
    }
    let in_line = rows.get(at).is_some_and(|row| row.geometry == Geometry::Line);
    let unknown = if in_line { Vec::new() } else { unknown_headings(&nearest, rows, words) };
    infer(&mut nearest, wanted, &unknown, words);
    let plain = Columns { shuffled: is_shuffled(&nearest), ..Columns::plain(wanted.len()) };
    let found: Vec<_> = nearest.into_iter().enumerate().map(|(place, heading)| Some((place, heading?))).collect();
    let Some(mut found) = printed(&found, rows, &unknown, in_line) else { return plain };
    if !in_line && found.first().is_some_and(|(_, heading)| heading.from == 0) {
        // Cells that labels cover were left out, and every row is pushed to the left.
        return plain;
    }
    found.sort_by_key(|(_, heading)| heading.from);
    let apart = found.windows(2).all(|pair| matches!(pair, [left, right] if left.1.to < right.1.from));
    if !apart {
        return plain;
    }
    // In lines, pieces of labels may seem to stand in another order than they do.
    let straight = found.is_sorted_by_key(|(place, _)| *place);
    if in_line && !straight && !found.iter().all(|(_, heading)| heading.whole) {
        return plain;
    }
    let beside = |(heading, text): &&(Heading, &str)| {
        !words.is_part(text) && found.iter().all(|(_, known)| heading.to < known.from || known.to < heading.from)
    };
    Columns {
        order: found.iter().map(|&(place, _)| place).collect(),
        foreign: unknown.iter().filter(beside).map(|(heading, _)| (heading.from, heading.to)).chain(twice).collect(),
        doubtful: !in_line && !straight && found.windows(2).any(|pair| matches!(pair, [left, right] if left.1.row != right.1.row)),
        places: found.iter().map(|&(_, heading)| (heading.from, heading.to)).collect(),
        end: found.iter().filter_map(|(_, heading)| rows.get(heading.row)).map(|row| row.end).max().unwrap_or(0),
        shuffled: false,
    }
}

/// Whether two headings of one row stand in another order than the form's.
fn is_shuffled(headings: &[Option<Heading>]) -> bool {
    let whole = || headings.iter().flatten().filter(|heading| heading.whole);
    whole().enumerate().any(|(at, left)| whole().skip(at.saturating_add(1)).any(|right| right.row == left.row && right.to < left.from))
}

/// The headings that are there. One that is missing is not printed where no other text stands in its place; `None` if one may.
fn printed(
    headings: &[Option<(usize, Heading)>],
    rows: &[Row<'_>],
    unknown: &[(Heading, &str)],
    in_line: bool,
) -> Option<Vec<(usize, Heading)>> {
    let found: Vec<(usize, Heading)> = headings.iter().flatten().copied().collect();
    if found.len() == headings.len() {
        return Some(found);
    }
    let end = found.iter().filter_map(|(_, heading)| rows.get(heading.row)).map(|row| row.end).max()?;
    let beside = |pair: &[Option<(usize, Heading)>]| match pair {
        [Some((_, left)), Some((_, right))] => left.to < right.from,
        _ => true,
    };
    // Between two headings, or behind the last, there is no room for another.
    let close = |at: usize| {
        let (before, after) = headings.split_at_checked(at).unwrap_or_default();
        let left = before.iter().flatten().next_back();
        let right = after.iter().flatten().next();
        left.is_some_and(|(_, left)| left.to.saturating_add(1) == right.map_or(end.saturating_add(1), |(_, right)| right.from))
    };
    let missing = (0..headings.len()).filter(|&at| headings.get(at).is_some_and(Option::is_none));
    // Left of all headings stands what names the labels of the rows.
    let first = found.iter().map(|(_, heading)| heading.from).min()?;
    let known = unknown.iter().all(|(heading, _)| heading.to < first);
    let sure = !in_line && found.len() >= SEVERAL && known && headings.windows(2).all(beside);
    (sure && missing.into_iter().all(close)).then_some(found)
}

const LOOK_BACK: usize = 96;

/// The texts in the rows of those headings that are no heading of the table's.
fn unknown_headings<'r>(headings: &[Option<Heading>], rows: &'r [Row<'_>], words: &Vocabulary) -> Vec<(Heading, &'r str)> {
    let mut heads: Vec<usize> = headings.iter().flatten().map(|heading| heading.row).collect();
    heads.sort_unstable();
    heads.dedup();
    let of = |at: usize| rows.get(at).into_iter().flat_map(move |row| row.pieces.iter().map(move |piece| (at, piece)));
    let pieces = heads.into_iter().flat_map(of);
    let named = |text: &str| words.exact(text).next().is_some() || words.column_below(text).is_some();
    let unknown = pieces.filter(|(_, piece)| !piece.letters.is_empty() && !named(&piece.letters));
    let heading = |row, from, to| Heading { row, column: usize::MAX, from, to, whole: true };
    unknown.map(|(row, piece)| (heading(row, piece.from, piece.to), &*piece.letters)).collect()
}

/// Finds the columns whose headings are misprinted: the one text between the headings beside it that is somewhat like its label.
fn infer(headings: &mut [Option<Heading>], wanted: &[usize], unknown: &[(Heading, &str)], words: &Vocabulary) {
    let found = || headings.iter().flatten();
    let straight = found().zip(found().skip(1)).all(|(left, right)| left.to < right.from);
    let free: Vec<&(Heading, &str)> =
        unknown.iter().filter(|(heading, _)| found().all(|known| heading.to < known.from || known.to < heading.from)).collect();
    for (place, &column) in wanted.iter().enumerate() {
        if headings.get(place).is_some_and(Option::is_some) {
            continue;
        }
        let (before, after) = headings.split_at_checked(place).unwrap_or_default();
        let (left, right) = (before.iter().flatten().next_back().copied(), after.iter().flatten().next().copied());
        let between = |heading: &Heading| {
            !straight || (left.is_none_or(|left| left.to < heading.from) && right.is_none_or(|right| heading.to < right.from))
        };
        let mut like = free.iter().filter(|(heading, text)| between(heading) && words.likeness(text, column) >= LIKE);
        if let (Some((heading, _)), None, Some(place)) = (like.next(), like.next(), headings.get_mut(place)) {
            *place = Some(Heading { column, ..*heading });
        }
    }
}

/// How alike a heading and the label of its column must be, in percent, where its place tells too.
const LIKE: usize = 50;
