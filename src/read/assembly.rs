//! Labels put together: which rows of the form a table prints, and on which line its figures stand.
//!
//! Labels come in pieces, over several lines, with labels of the frame in between. Rows are found by their words, never by
//! counting.

use std::collections::{BTreeMap, BTreeSet};

use super::attach;
use super::header::is_header;
use super::label::{Numbering, is_chinese_numeral};
use super::rows::{Geometry, Piece, Row};
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
    /// Between which places its pieces stand.
    pub(super) place: (usize, usize),
    /// The rows of the page that carry its figures.
    pub(super) figures: Vec<usize>,
    /// Whether it is the label of a group of rows.
    pub(super) group: bool,
    /// Whether figures stand near that may be its own.
    pub(super) doubtful: Vec<usize>,
}

impl Instance {
    fn new(at: usize, piece: &Piece) -> Self {
        Self {
            row: None,
            exact: false,
            text: piece.letters.clone(),
            numbering: piece.numbering,
            pieces: vec![at],
            place: (piece.from, piece.to),
            figures: Vec::new(),
            group: false,
            doubtful: Vec::new(),
        }
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

    /// Whether it has no figures yet, and not so many cells that are printed empty.
    pub(super) fn is_open(&self, rows: &[Row<'_>], cells: usize) -> bool {
        self.figures.is_empty() && self.pieces.iter().filter_map(|&at| rows.get(at)).all(|row| row.figures.len() < cells)
    }

    /// Whether a piece stands below or above the others.
    fn is_over(&self, piece: &Piece) -> bool {
        piece.from <= self.place.1.saturating_add(BESIDE) && self.place.0 <= piece.to.saturating_add(BESIDE)
    }

    fn extend(&mut self, at: usize, text: String, piece: &Piece) {
        self.text = text;
        self.place = (self.place.0.min(piece.from), self.place.1.max(piece.to));
        if self.last() != at {
            self.pieces.push(at);
        }
    }
}

/// The labels of a table, in reading order, with their figures.
pub(super) fn assemble(rows: &[Row<'_>], words: &Vocabulary) -> Vec<Instance> {
    let mut labels: Vec<Instance> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if is_header(row, words) {
            continue;
        }
        for piece in &row.pieces {
            feed(&mut labels, rows, at, piece, words);
        }
    }
    for label in &mut labels {
        name(label, words);
    }
    // A piece of the frame that opened nothing is no label: `本年` may be the vertical heading or 本年新收.
    labels.retain(|label| label.row.is_some() || !words.is_fragment(&label.text));
    // 其他 and 总计 without a number and without figures are what is left of headings.
    let beside = |label: &Instance| rows.get(label.first()).is_some_and(|row| !row.figures.is_empty());
    labels.retain(|label| label.numbering.is_some() || !words.is_column(&label.text) || beside(label));
    settle_similar(&mut labels);
    // Left of the label of a row stand those of its groups.
    let mut named: BTreeMap<usize, usize> = BTreeMap::new();
    for label in labels.iter().filter(|label| label.row.is_some()) {
        for &at in &label.pieces {
            let most = named.entry(at).or_default();
            *most = label.place.1.max(*most);
        }
    }
    labels.retain(|label| label.row.is_some() || !label.pieces.iter().all(|at| named.get(at).is_some_and(|to| label.place.1 < *to)));
    infer(&mut labels, words);
    mark_groups(&mut labels);
    attach::attach(&mut labels, rows, words);
    suspect(&mut labels, rows);
    labels
}

/// Takes in the next piece of a label.
fn feed(labels: &mut Vec<Instance>, rows: &[Row<'_>], at: usize, piece: &Piece, words: &Vocabulary) {
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
        let near = at.saturating_sub(open.last()) <= APART && (!in_columns(rows, open.last(), at) || open.is_over(piece));
        if piece.numbering.is_some() || !near || (named.is_some() && open.exact_row(words).is_some()) {
            continue;
        }
        let joined = format!("{}{text}", open.text);
        if words.opens_row(&joined) {
            open.extend(at, joined, piece);
            return;
        }
    }
    if named.is_some() {
        labels.push(Instance::new(at, piece));
        return;
    }
    // What is left of a numbering opens nothing: `（五`, where the rest is on the next line.
    if words.is_frame(text) || text.chars().all(is_chinese_numeral) {
        return;
    }
    if (piece.numbering.is_some() || text.chars().count() >= 2) && words.opens_row(text) {
        labels.push(Instance::new(at, piece));
        return;
    }
    if words.is_fragment(text) {
        return;
    }
    if let Some(open) = labels.last_mut().filter(|open| piece.numbering.is_none() && open.exact_row(words).is_none()) {
        let joined = format!("{}{text}", open.text);
        if words.similar_row(&joined).is_some() && words.similar_row(text).is_none() {
            open.extend(at, joined, piece);
            return;
        }
    }
    labels.push(Instance::new(at, piece));
}

/// How many labels may be open at once, and how many lines apart their pieces stand.
const LOOK_BACK: usize = 4;
const APART: usize = 8;

/// How far beside one another the pieces of a label stand at most.
const BESIDE: usize = 2;

/// Whether two rows are lines of one sheet, so that their places can be compared.
fn in_columns(rows: &[Row<'_>], one: usize, other: usize) -> bool {
    match (rows.get(one), rows.get(other)) {
        (Some(one), Some(other)) => one.geometry == Geometry::Line && other.geometry == Geometry::Line && one.sheet == other.sheet,
        _ => false,
    }
}

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
    let mut exact: Vec<(usize, usize)> = Vec::new();
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    // The label of a group that stands left of another label, as often as it has rows, says nothing of their order.
    let followed: Vec<bool> = labels.windows(2).map(|pair| matches!(pair, [left, right] if left.last() == right.first())).collect();
    let is_group = |at: usize, row: usize| row == RequestRow::Other.index() && followed.get(at) == Some(&true);
    for (at, label) in labels.iter().enumerate() {
        let Some(row) = label.row.filter(|&row| !is_group(at, row)) else { continue };
        let count = times.entry(row).or_default();
        *count = count.saturating_add(1);
        if label.exact {
            exact.push((at, row));
        }
    }
    for (at, label) in labels.iter_mut().enumerate().filter(|(_, label)| !label.exact) {
        let Some(row) = label.row else { continue };
        let before = exact.partition_point(|&(place, _)| place < at);
        let previous = before.checked_sub(1).and_then(|before| exact.get(before));
        let in_order = previous.is_none_or(|&(_, previous)| previous < row) && exact.get(before).is_none_or(|&(_, next)| row < next);
        if !in_order || times.get(&row).is_some_and(|&times| times > 1) {
            label.row = None;
        }
    }
}

/// Finds the rows of labels that are hardly like the form's own by what stands around them: the one row that is missing between the
/// labels before and after, that is numbered alike or at least somewhat like it.
fn infer(labels: &mut [Instance], words: &Vocabulary) {
    let taken: BTreeSet<usize> = labels.iter().filter_map(|label| label.row).collect();
    let mut after: Vec<Option<usize>> = Vec::with_capacity(labels.len());
    let mut next = None;
    for label in labels.iter().rev() {
        after.push(next);
        next = label.row.or(next);
    }
    let mut before = None;
    for (label, after) in labels.iter_mut().zip(after.into_iter().rev()) {
        if label.row.is_none() && !label.text.is_empty() {
            let between = |row: usize| before.is_none_or(|before| before < row) && after.is_none_or(|after| row < after);
            let mut like = words.likely_rows(&label.text, label.numbering).filter(|row| between(*row) && !taken.contains(row));
            label.row = like.next().filter(|_| like.next().is_none());
        }
        before = label.row.or(before);
    }
}

/// 其他处理 is a row of the older form, and the label of a group where the rows of the newer one are printed.
fn mark_groups(labels: &mut [Instance]) {
    let newer = [RequestRow::OtherNotCorrected.index(), RequestRow::OtherFeeUnpaid.index()];
    if labels.iter().any(|label| label.row.is_some_and(|row| newer.contains(&row))) {
        for label in labels.iter_mut().filter(|label| label.row == Some(RequestRow::Other.index())) {
            label.group = true;
        }
    }
}

/// The nearest labels before and after a row of the page, of those that are asked for.
fn neighbours(labels: &[Instance], at: usize, wanted: impl Fn(&Instance) -> bool) -> (Option<usize>, Option<usize>) {
    let next = labels.partition_point(|label| label.first() < at);
    let wanted = |label: &usize| labels.get(*label).is_some_and(&wanted);
    ((next.saturating_sub(LOOK_BACK)..next).rev().find(wanted), (next..next.saturating_add(LOOK_BACK)).find(wanted))
}

/// Figures that no label of the form has may belong to a label beside them that has none.
fn suspect(labels: &mut [Instance], rows: &[Row<'_>]) {
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
        let (previous, next) = neighbours(labels, at, |label| label.row.is_some() && !label.group);
        // All labels of a line have the same claim.
        let line = |label: usize| {
            let first = labels.get(label).map_or(0, Instance::first);
            labels.partition_point(|label| label.first() < first)..labels.partition_point(|label| label.first() <= first)
        };
        // A label whose cells are blank has claims too, where its figures may have slipped into the next row.
        let blank = |label: &Instance| label.figures.is_empty() && (label.first()..=label.last().saturating_add(1)).contains(&at);
        let claims =
            |label: &usize| labels.get(*label).is_some_and(|label| label.row.is_some() && (label.is_open(rows, 1) || blank(label)));
        let beside: Vec<usize> = previous.into_iter().chain(next).flat_map(line).filter(claims).collect();
        doubt(labels, &beside, at);
    }
}

fn doubt(labels: &mut [Instance], several: &[usize], row: usize) {
    for &at in several {
        if let Some(label) = labels.get_mut(at) {
            label.doubtful.push(row);
        }
    }
}
