//! Labels put together: which rows of the form a table prints, and on which line its figures stand.
//!
//! Labels come in pieces, over several lines, with labels of the frame in between. Rows are found by their words, never by
//! counting.

use super::label::Numbering;
use super::rows::{Piece, Row};
use super::vocabulary::Vocabulary;
use crate::form::RequestRow;

/// A label of a row as it is printed: which row it names and where its pieces stand.
#[derive(Debug)]
pub(super) struct Instance {
    /// The row on its axis; `None` for a label that the table does not have.
    pub(super) row: Option<usize>,
    /// Whether the label is the form's own, to the letter.
    pub(super) exact: bool,
    text: String,
    numbering: Option<Numbering>,
    /// The rows of the page that carry a piece of it.
    pub(super) pieces: Vec<usize>,
    /// The rows of the page that carry its figures.
    pub(super) figures: Vec<usize>,
    /// Whether figures stand near that may be its own.
    pub(super) doubtful: Vec<usize>,
}

impl Instance {
    fn new(at: usize, text: &str, numbering: Option<Numbering>) -> Self {
        Self { row: None, exact: false, text: text.to_owned(), numbering, pieces: vec![at], figures: Vec::new(), doubtful: Vec::new() }
    }

    pub(super) fn first(&self) -> usize {
        self.pieces.first().copied().unwrap_or(0)
    }

    pub(super) fn last(&self) -> usize {
        self.pieces.last().copied().unwrap_or(0)
    }

    /// The row whose whole label this is.
    fn exact_row(&self, words: &Vocabulary) -> Option<usize> {
        words.row(&self.text).filter(|&row| numbering_fits(row, self.numbering))
    }

    fn extend(&mut self, at: usize, text: String) {
        self.text = text;
        if self.last() != at {
            self.pieces.push(at);
        }
    }
}

/// The labels of a table, in reading order, with their figures.
pub(super) fn assemble(rows: &[Row], words: &Vocabulary) -> Vec<Instance> {
    let mut labels: Vec<Instance> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if is_header(row, words) {
            continue;
        }
        for piece in &row.pieces {
            feed(&mut labels, at, piece, words);
        }
    }
    for label in &mut labels {
        name(label, words);
    }
    // A piece of the frame that opened nothing is no label: `本年` may be the vertical heading or 本年新收.
    labels.retain(|label| label.row.is_some() || !words.is_fragment(&label.text));
    settle_similar(&mut labels);
    attach(&mut labels, rows);
    labels
}

/// Whether a row prints labels of columns alone.
pub(super) fn is_header(row: &Row, words: &Vocabulary) -> bool {
    if row.has_figures() {
        return false;
    }
    let mut columns = 0_usize;
    let mut pieces = 0_usize;
    for piece in row.pieces.iter().filter(|piece| !piece.letters.is_empty()) {
        let numbered = matches!(piece.numbering, Some(Numbering::Group | Numbering::Item(_)));
        if numbered || !words.is_fragments(&piece.letters) {
            return false;
        }
        let named = words.opening_fragment(&piece.letters).and_then(|first| words.column_of_fragment(first));
        columns = columns.saturating_add(usize::from(named.is_some()));
        pieces = pieces.saturating_add(1);
    }
    columns >= 1 && pieces >= 2
}

/// Takes in the next piece of a label.
fn feed(labels: &mut Vec<Instance>, at: usize, piece: &Piece, words: &Vocabulary) {
    let text = &*piece.letters;
    if text.is_empty() {
        return;
    }
    // A label over several columns of a grid without spans is printed in each of them.
    if labels.last().is_some_and(|open| open.last() == at && open.text == text) {
        return;
    }
    let named = words.row(text).filter(|&row| numbering_fits(row, piece.numbering));
    // Pieces of a label in the next column, or of a heading that is set vertically, stand between its own.
    for open in labels.iter_mut().rev().take(LOOK_BACK) {
        let joined = format!("{}{text}", open.text);
        let complete = named.is_some() && open.exact_row(words).is_some();
        if piece.numbering.is_none() && !complete && at.saturating_sub(open.last()) <= APART && words.opens_row(&joined) {
            open.extend(at, joined);
            return;
        }
    }
    if named.is_some() {
        labels.push(Instance::new(at, text, piece.numbering));
        return;
    }
    if words.is_frame(text) {
        return;
    }
    if text.chars().count() >= 2 && words.opens_row(text) {
        labels.push(Instance::new(at, text, piece.numbering));
        return;
    }
    if words.is_fragment(text) {
        return;
    }
    if let Some(open) = labels.last_mut().filter(|open| piece.numbering.is_none() && open.exact_row(words).is_none()) {
        let joined = format!("{}{text}", open.text);
        if words.similar_row(&joined).is_some() && words.similar_row(text).is_none() {
            open.extend(at, joined);
            return;
        }
    }
    labels.push(Instance::new(at, text, piece.numbering));
}

/// How many labels may be open at once, and how many lines apart their pieces stand.
const LOOK_BACK: usize = 4;
const APART: usize = 8;

/// 其他 alone is a row only where it is not numbered as another one: `2.其他` opens a longer label.
fn numbering_fits(row: usize, numbering: Option<Numbering>) -> bool {
    row != RequestRow::OtherReasons.index() || !matches!(numbering, Some(Numbering::Item(item)) if item != 3)
}

/// Finds the row that a label names.
fn name(label: &mut Instance, words: &Vocabulary) {
    if let Some(row) = label.exact_row(words) {
        label.row = Some(row);
        label.exact = true;
        return;
    }
    if let Some(row) = words.row_after_fragment(&label.text) {
        label.row = Some(row);
        label.exact = true;
        return;
    }
    if words.row(&label.text).is_some() {
        return;
    }
    label.row = words.row_opened(&label.text).or_else(|| words.similar_row(&label.text));
}

/// A label that is only like the form's own stands for its row where no exact one does, where no other is as much like it,
/// and where it stands in the form's order between the exact ones around it.
fn settle_similar(labels: &mut [Instance]) {
    let exact: Vec<(usize, usize)> =
        labels.iter().enumerate().filter_map(|(at, label)| Some((at, label.row.filter(|_| label.exact)?))).collect();
    let similar: Vec<(usize, usize)> =
        labels.iter().enumerate().filter_map(|(at, label)| Some((at, label.row.filter(|_| !label.exact)?))).collect();
    for &(at, row) in &similar {
        let before = exact.partition_point(|&(place, _)| place < at);
        let previous = before.checked_sub(1).and_then(|before| exact.get(before));
        let in_order = previous.is_none_or(|&(_, previous)| previous < row) && exact.get(before).is_none_or(|&(_, next)| row < next);
        let taken = exact.iter().any(|&(_, other)| other == row) || similar.iter().any(|&(place, other)| place != at && other == row);
        if let Some(label) = labels.get_mut(at).filter(|_| taken || !in_order) {
            label.row = None;
        }
    }
}

/// Finds the figures of each label: on a line with a piece of it, or between its pieces, or right after it.
fn attach(labels: &mut [Instance], rows: &[Row]) {
    let mut owners: Vec<Vec<usize>> = rows.iter().map(|_| Vec::new()).collect();
    for (at, label) in labels.iter().enumerate() {
        for &piece in &label.pieces {
            if let Some(owners) = owners.get_mut(piece) {
                owners.push(at);
            }
        }
    }
    let mut free = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.has_figures()) {
        let beside = owners.get(at).map_or(&[][..], Vec::as_slice);
        // The label of a group that is a row of its own in the other form gives way to the row beside it.
        let own: Vec<usize> = beside.iter().copied().filter(|&label| beside.len() == 1 || !is_group_row(labels.get(label))).collect();
        match *own {
            [owner] => give(labels, owner, at),
            [] if row.is_credible() => free.push(at),
            [] => {}
            ref several => doubt(labels, several, at),
        }
    }
    // Figures between the pieces of a label are its own; the others can only be placed when these are.
    let mut loose = Vec::new();
    for at in free {
        let next = labels.partition_point(|label| label.first() < at);
        let near = next.saturating_sub(LOOK_BACK)..next;
        let around = |label: &usize| labels.get(*label).is_some_and(|label| label.last() > at && !is_group_row(Some(label)));
        let around: Vec<usize> = near.filter(around).collect();
        match *around {
            [] => loose.push(neighbours(labels, at)),
            [label] => give(labels, label, at),
            ref several => doubt(labels, several, at),
        }
    }
    settle_loose(labels, loose);
    suspect(labels, rows);
}

/// A row of figures with the labels before and after it.
#[derive(Clone, Copy)]
struct Loose {
    at: usize,
    previous: Option<usize>,
    next: Option<usize>,
}

fn neighbours(labels: &[Instance], at: usize) -> Loose {
    let next = labels.partition_point(|label| label.first() < at);
    let is_row = |label: &usize| labels.get(*label).is_some_and(|label| !is_group_row(Some(label)));
    let previous = (next.saturating_sub(LOOK_BACK)..next).rev().find(is_row);
    Loose { at, previous, next: (next..next.saturating_add(LOOK_BACK)).find(is_row) }
}

/// Figures that no label of the form has may belong to a label beside them that has none.
fn suspect(labels: &mut [Instance], rows: &[Row]) {
    let mut owned = vec![false; rows.len()];
    for label in labels.iter().filter(|label| label.row.is_some()) {
        for &at in label.figures.iter().chain(&label.doubtful) {
            if let Some(owned) = owned.get_mut(at) {
                *owned = true;
            }
        }
    }
    let lost = rows.iter().zip(owned).enumerate().filter(|(_, (row, owned))| !owned && row.has_numbers());
    for (at, _) in lost {
        let Loose { previous, next, .. } = neighbours(labels, at);
        // Where the cells of a row are printed empty, the row is blank.
        let empty = |label: &Instance| {
            let blank = label.pieces.iter().filter_map(|&at| rows.get(at)).all(|row| row.figures.is_empty());
            label.row.is_some() && label.figures.is_empty() && blank
        };
        let beside: Vec<usize> = previous.into_iter().chain(next).filter(|&label| labels.get(label).is_some_and(empty)).collect();
        doubt(labels, &beside, at);
    }
}

/// Figures between two labels hang in the middle of a label of several lines, so they may follow or precede it. What can only
/// belong to one label goes there, which may leave one label for the next.
fn settle_loose(labels: &mut [Instance], mut loose: Vec<Loose>) {
    let open = |labels: &[Instance], label: Option<usize>| {
        label.filter(|&at| labels.get(at).is_some_and(|label| label.figures.is_empty() && label.pieces.len() >= 2))
    };
    for _ in 0..2 {
        loose.retain(|&Loose { at, previous, next }| {
            let forced = match (open(labels, previous), open(labels, next)) {
                (Some(label), None) | (None, Some(label)) => Some(label),
                (Some(_), Some(_)) | (None, None) => None,
            };
            if let Some(label) = forced {
                give(labels, label, at);
            }
            forced.is_none()
        });
        // The second time from the end.
        loose.reverse();
    }
    for Loose { at, previous, next } in loose {
        let free = |&label: &usize| labels.get(label).is_some_and(|label| label.figures.is_empty());
        let free: Vec<usize> = previous.into_iter().chain(next).filter(free).collect();
        doubt(labels, &free, at);
    }
}

fn is_group_row(label: Option<&Instance>) -> bool {
    label.is_some_and(|label| label.row == Some(RequestRow::Other.index()))
}

fn give(labels: &mut [Instance], label: usize, row: usize) {
    if let Some(label) = labels.get_mut(label) {
        label.figures.push(row);
    }
}

fn doubt(labels: &mut [Instance], several: &[usize], row: usize) {
    for &at in several {
        if let Some(label) = labels.get_mut(at) {
            label.doubtful.push(row);
        }
    }
}
