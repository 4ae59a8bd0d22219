//! Rows of a table, split into the pieces of their labels and their figures.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::figure::{is_number, is_ordinal, is_plain, looks_like_figure};
use super::label::{
    Numbering, digit_value, is_chinese_numeral, is_digit, is_letter, letter, letters, split_at_numberings, split_numbering, squeezed,
    unbracketed,
};
use super::page::{Item, PageCell, is_blank};
use super::tokens::{Token, places, tokens, width_of};
use super::vocabulary::Vocabulary;
use crate::form::Applicant;
use crate::model::trim;

/// How the places of figures are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Geometry {
    /// Cells of a grid: a blank cell is there, only empty.
    Grid,
    /// Positions in a line: a blank cell is a gap.
    Line,
}

/// The places among those that no figure pushed aside.
fn apart<'f, 'a: 'f>(figures: impl Iterator<Item = (&'f Figure<'a>, (usize, usize))>) -> impl Iterator<Item = (usize, usize)> {
    let mut last: Option<usize> = None;
    figures.filter_map(move |(figure, (from, to))| {
        let close = last.replace(to).is_some_and(|last| from <= last.saturating_add(2));
        (!close && !figure.is_annotated()).then_some((from, to))
    })
}

/// A row of a table zone.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    item: &'a Item<'a>,
    pub(super) line: usize,
    pub(super) sheet: u32,
    pub(super) table: Option<u32>,
    pub(super) geometry: Geometry,
    pub(super) pieces: Vec<Piece>,
    /// What stands right of the label, blanks of a grid included.
    pub(super) figures: Vec<Figure<'a>>,
    /// The grid column at which the label ends.
    pub(super) label_end: Option<usize>,
    /// The last grid column.
    pub(super) end: usize,
    /// The letters of a line without figures, each with its place.
    pub(super) letters: Vec<(char, usize)>,
    /// Whether the places of its figures tell nothing: wide spaces stand behind its label, which separate texts and do not align them.
    pub(super) ragged: bool,
    /// Whether it prints headings, once that was asked for.
    header: OnceCell<bool>,
    /// Whether its figures were placed by little.
    pub(super) perhaps: bool,
    /// Whether a notice tells of the whole row.
    pub(super) told: bool,
}

/// A piece of a label.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) letters: String,
    pub(super) numbering: Option<Numbering>,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether digits stand in it that are no numbering.
    pub(super) digits: bool,
}

/// A printed figure, or a blank cell of a grid.
#[derive(Debug, Clone)]
pub(super) struct Figure<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether a cell of the report or a notice has it.
    pub(super) told: bool,
}

impl Figure<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether an annotation stands beside the number: then the place of its end tells nothing of the column.
    pub(super) fn is_annotated(&self) -> bool {
        !is_plain(&self.text) && self.text.contains(['（', '('])
    }

    /// The place of the number in a line.
    pub(super) fn place(&self) -> (usize, usize) {
        if is_plain(&self.text) {
            return (self.from, self.to);
        }
        let number = self.text.find(['（', '(']).and_then(|at| self.text.get(..at)).map(|number| number.chars().count());
        (self.from, number.map_or(self.to, |count| self.from.saturating_add(count).saturating_sub(1)))
    }
}

impl<'a> Row<'a> {
    /// What it was read from.
    pub(super) const fn item(&self) -> &'a Item<'a> {
        self.item
    }

    /// What is printed, for messages.
    pub(super) fn printed(&self) -> String {
        self.item.printed()
    }

    /// Whether it prints headings, as that is found the first time.
    pub(super) fn is_header(&self, find: impl FnOnce() -> bool) -> bool {
        *self.header.get_or_init(find)
    }

    pub(super) fn has_figures(&self) -> bool {
        self.figures.iter().any(|figure| !figure.is_blank())
    }

    /// Whether most of its figures are numbers or marks: a line of figures, and not the date or the address at the foot of a sheet.
    pub(super) fn is_credible(&self) -> bool {
        self.filled().filter(|(_, figure)| is_number(&figure.text)).count().saturating_mul(2) > self.filled().count()
    }

    /// Whether its texts are separated by single spaces, or by spaces that no tool pads with, so that their places tell nothing.
    pub(super) fn is_packed(&self) -> bool {
        if self.ragged {
            return true;
        }
        let mut last = self.label_end;
        self.figures.iter().all(|figure| figure.from.saturating_sub(last.replace(figure.to).unwrap_or(0)) <= 2)
    }

    /// Whether a number or a mark stands in it.
    pub(super) fn has_numbers(&self) -> bool {
        self.filled().any(|(_, figure)| is_number(&figure.text))
    }

    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &Figure<'a>)> {
        self.figures.iter().enumerate().filter(|(_, figure)| !figure.is_blank())
    }

    /// The places of the figures that stand where they should: not pushed aside by the one before them.
    pub(super) fn places(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        apart(self.figures.iter().map(|figure| (figure, (figure.from, figure.to))))
    }

    /// The same places, counted in the widths of a terminal.
    pub(super) fn widths(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let mut characters = self.item.text().chars();
        let (mut passed, mut width) = (0_usize, 0_usize);
        let mut until = move |at: usize| {
            let count = at.saturating_sub(passed);
            passed = at.max(passed);
            width = characters.by_ref().take(count).fold(width, |width, c| width.saturating_add(width_of(c)));
            width
        };
        let place = move |figure: &Figure<'_>| (until(figure.from), until(figure.to.saturating_add(1)).saturating_sub(1));
        let mut place = place;
        apart(self.figures.iter().map(move |figure| (figure, place(figure))))
    }

    /// How many cells there are, blank ones not counted.
    pub(super) fn cells(&self) -> usize {
        self.item.cells.iter().filter(|cell| !is_blank(&cell.text)).count()
    }

    /// Takes all cells of a row of a grid for figures.
    pub(super) fn free_labels(&mut self) {
        self.pieces.clear();
        self.label_end = None;
        self.figures = figures(self.item.cells.iter());
    }

    /// Tells a row of labels from a row of figures.
    pub(super) fn new(item: &'a Item<'a>, words: &Vocabulary) -> Self {
        let geometry = if item.table.is_some() { Geometry::Grid } else { Geometry::Line };
        let mut row = Self {
            item,
            line: item.line,
            sheet: item.sheet,
            table: item.table,
            geometry,
            pieces: Vec::new(),
            figures: Vec::new(),
            label_end: None,
            end: item.cells.last().map_or(0, |cell| cell.to),
            letters: Vec::new(),
            ragged: false,
            header: OnceCell::new(),
            perhaps: false,
            told: false,
        };
        match geometry {
            Geometry::Grid => row.split_cells(words),
            Geometry::Line => row.split_line(words),
        }
        row
    }

    /// The same row with its places counted in the widths of a terminal, as printing programs do; PDF tools count characters.
    pub(super) fn widened(&self) -> Self {
        let mut row = self.clone();
        if self.geometry == Geometry::Grid {
            return row;
        }
        let line = self.item.text();
        // Where each character begins; the next one's place is where it ends.
        let mut starts: Vec<usize> = Vec::with_capacity(line.len());
        let mut end = 0_usize;
        for c in line.chars() {
            starts.push(end);
            end = end.saturating_add(width_of(c));
        }
        let from = |at: usize| starts.get(at).copied().unwrap_or(end);
        let to = |at: usize| from(at.saturating_add(1)).saturating_sub(1);
        for piece in &mut row.pieces {
            (piece.from, piece.to) = (from(piece.from), to(piece.to));
        }
        for figure in &mut row.figures {
            (figure.from, figure.to) = (from(figure.from), to(figure.to));
        }
        for (_, at) in &mut row.letters {
            *at = from(*at);
        }
        row.label_end = row.label_end.map(to);
        row.end = to(row.end);
        row
    }

    fn split_cells(&mut self, words: &Vocabulary) {
        let item = self.item;
        let mut labels = 0;
        let mut named = false;
        let filled = || item.cells.iter().enumerate().filter(|(_, cell)| !is_blank(&cell.text));
        // The running number of a row stands before its label and is no figure of it.
        let ordinal = filled().next().filter(|(_, cell)| is_ordinal(&cell.text)).map(|(at, _)| at);
        let next = filled().nth(1).map_or("", |(_, cell)| &*cell.text);
        let ordinal = ordinal.filter(|_| !is_figure(next, words) && words.names_row(&letters(next)));
        for (at, cell) in filled().filter(|(at, _)| ordinal != Some(*at)) {
            // Other signs for numbers, behind a label, are none of it: `③`, `Ⅲ`.
            if is_figure(&cell.text, words) || (named && !cell.text.contains(is_letter)) {
                break;
            }
            let found = pieces(&cell.text, cell.from, cell.to, words);
            // Right of its label a row has figures: a text that the table does not know is one that cannot be read.
            let single = |text: &str| text.chars().nth(1).is_none();
            let whole = |text: &str| words.exact(text).next().is_some() || (!single(text) && words.is_known(text));
            if named && !found.iter().all(|piece| piece.letters.is_empty() || whole(&piece.letters)) {
                break;
            }
            let is_row = |piece: &Piece| {
                words.row(&piece.letters).or_else(|| words.row_in(&piece.letters)).is_some()
                    && (piece.numbering.is_some() || !words.is_column(&piece.letters))
            };
            named = named || found.iter().any(is_row);
            self.pieces.extend(found);
            self.label_end = Some(cell.to);
            labels = at.saturating_add(1);
        }
        self.figures = figures(item.cells.iter().enumerate().skip(labels).filter(|(at, _)| ordinal != Some(*at)).map(|(_, cell)| cell));
    }

    fn split_line(&mut self, words: &Vocabulary) {
        let line = self.item.text();
        let tokens = tokens(line);
        let figures = first_figure(&tokens, words);
        if figures == tokens.len() {
            self.letters.reserve_exact(line.len().div_ceil('中'.len_utf8()));
            self.letters.extend(places(line).filter_map(|(c, at)| Some((letter(c)?, at))));
        }
        let mut run: Vec<&Token<'_>> = Vec::new();
        for token in tokens.iter().take(figures) {
            // One space is inside a label or between two; more are between two.
            if run.last().is_some_and(|last| token.from.saturating_sub(last.to) > 2) {
                self.close_run(&std::mem::take(&mut run), words);
            }
            run.push(token);
        }
        self.close_run(&run, words);
        self.end = tokens.last().map_or(0, |token| token.to);
        self.label_end = self.pieces.last().map(|piece| piece.to);
        let behind = |at: usize| self.label_end.is_some_and(|end| end < at) && at < self.end;
        // Every wide space ends with the one byte.
        let wide = line.bytes().any(|byte| matches!(byte, 0x80 | b'\t'));
        self.ragged = wide && places(line).any(|(c, at)| matches!(c, '\u{3000}' | '\t') && behind(at));
        self.figures.reserve_exact(tokens.len().saturating_sub(figures));
        self.figures.extend(tokens.into_iter().skip(figures).map(|token| Figure {
            text: token.text,
            from: token.from,
            to: token.to,
            told: false,
        }));
    }

    /// Takes in the labels of a run of texts with one space between them: the longest that the table knows, one after the other,
    /// or else all of it as one.
    fn close_run(&mut self, run: &[&Token<'_>], words: &Vocabulary) {
        let join = |run: &[&Token<'_>]| run.iter().map(|token| &*token.text).collect::<String>();
        // A text by itself is a label or none, whatever it is.
        if let [token] = run {
            return self.pieces.extend(pieces(&token.text, token.from, token.to, words));
        }
        let place = |run: &[&Token<'_>]| (run.first().map_or(0, |token| token.from), run.last().map_or(0, |token| token.to));
        let mut found = Vec::new();
        let mut rest = run.get(..run.len().min(LONGEST_RUN)).unwrap_or_default();
        while !rest.is_empty() {
            let known =
                (1..=rest.len()).rev().filter_map(|count| rest.split_at_checked(count)).find(|(run, _)| is_label(&join(run), words));
            let Some((label, after)) = known else { break };
            let (from, to) = place(label);
            found.extend(pieces(&join(label), from, to, words));
            rest = after;
        }
        if rest.is_empty() && run.len() <= LONGEST_RUN {
            self.pieces.extend(found);
        } else if !run.is_empty() {
            let (from, to) = place(run);
            self.pieces.extend(pieces(&join(run), from, to, words));
        }
    }
}

/// The figures in cells of a grid.
fn figures<'a>(cells: impl Iterator<Item = &'a PageCell<'a>>) -> Vec<Figure<'a>> {
    let mut figures = Vec::with_capacity(cells.size_hint().1.unwrap_or(0));
    let figure = |cell: &'a PageCell<'a>| Figure { text: Cow::Borrowed(trim(&cell.text)), from: cell.from, to: cell.to, told: false };
    figures.extend(cells.map(figure));
    figures
}

/// Where the figures of a line begin. The number of a row stands before its label and is no figure, nor is the 无 of 无法提供 where
/// that is set vertically.
fn first_figure(tokens: &[Token<'_>], words: &Vocabulary) -> usize {
    let figure = |token: &Token<'_>| is_figure(&token.text, words);
    let next = |from: usize| tokens.iter().skip(from).position(figure).map_or(tokens.len(), |at| from.saturating_add(at));
    let mut at = next(0);
    while let Some(first) = tokens.get(at) {
        let second = tokens.get(at.saturating_add(1));
        let opens = is_ordinal(&first.text) || first.text == UPRIGHT;
        let label = opens && second.is_some_and(|second| !figure(second) && is_word(&letters(&second.text), words));
        // Behind the label of a row stand its figures.
        if tokens.iter().take(at).any(|token| words.row(piece(&token.text, 0, 0).letters.as_str()).is_some()) {
            break;
        }
        // An office that prints 无 for a number does so more than once in a row. Where it completes the row, its place tells.
        let lone = first.text == UPRIGHT
            && at == next(0)
            && tokens.len() > at.saturating_add(2)
            && tokens.len() != at.saturating_add(Applicant::COUNT)
            && tokens.iter().filter(|token| token.text == UPRIGHT).count() == 1;
        // With its point a number opens a label even where that stands on another line.
        let pointed = is_ordinal(&first.text) && first.text.ends_with(['.', '．', '、']);
        if !(label || lone || pointed) {
            break;
        }
        at = next(at.saturating_add(if label { 2 } else { 1 }));
    }
    at
}

/// Takes the 无 of 无法提供 for the letter that it is where that label is set vertically: left of all other rows of figures, alone in
/// its line or in a table that has no such mark.
pub(super) fn set_upright(rows: &mut [Row<'_>]) {
    let is_mark = |figure: &Figure<'_>| figure.text == UPRIGHT;
    let opens = |row: &Row<'_>| row.geometry == Geometry::Line && row.figures.first().is_some_and(is_mark);
    if !rows.iter().any(opens) {
        return;
    }
    let whole = rows.iter().filter(|row| row.geometry == Geometry::Line && row.figures.len() > 2 && row.is_credible() && !opens(row));
    let Some(leftmost) = whole.filter_map(|row| row.figures.first()).map(|figure| figure.from).min() else { return };
    let marks = rows.iter().any(|row| row.figures.iter().skip(1).any(is_mark));
    for row in rows.iter_mut().filter(|row| opens(row) && (row.figures.len() == 1 || !marks)) {
        let letters = row.figures.extract_if(..1, |figure| figure.to < leftmost);
        row.pieces.extend(letters.map(|figure| piece(&figure.text, figure.from, figure.to)));
    }
}

/// The letter of a label that by itself is a mark.
const UPRIGHT: &str = "无";

/// Whether letters are more than one and known to the table.
fn is_word(letters: &str, words: &Vocabulary) -> bool {
    letters.chars().nth(1).is_some() && words.is_known(letters)
}

/// The most texts in a line that are put together to labels.
const LONGEST_RUN: usize = 12;

/// Whether a text is a label or a piece of one. What is numbered opens a label.
fn is_label(text: &str, words: &Vocabulary) -> bool {
    split_at_numberings(text).into_iter().all(|text| {
        let piece = piece(text, 0, 0);
        let letters = &*piece.letters;
        let part = if piece.numbering.is_some() { words.opens(letters) } else { words.is_part(letters) };
        // What is left of a numbering is no more than that: `（三`, where the bracket is closed on another line.
        !piece.digits && (letters.chars().all(is_chinese_numeral) || part || words.similar_row(letters).is_some())
    })
}

/// The labels in a text.
fn pieces(text: &str, from: usize, to: usize, words: &Vocabulary) -> Vec<Piece> {
    let text = squeezed(text);
    let whole = piece(&text, from, to);
    if !whole.digits && (words.exact(&whole.letters).next().is_some() || words.compound(&whole.letters).is_some()) {
        return vec![whole];
    }
    if let Some((numbering, letters)) = noted(&text, words) {
        return vec![Piece { letters, numbering, digits: false, ..whole }];
    }
    split_at_numberings(&text).into_iter().map(|text| piece(text, from, to)).collect()
}

fn piece(text: &str, from: usize, to: usize) -> Piece {
    let (numbering, rest) = split_numbering(text);
    Piece { letters: letters(rest), numbering, from, to, digits: rest.contains(is_digit) }
}

/// The label of the table in a text without spaces that adds a note in brackets, or has its number without a point:
/// `1.属于国家秘密（2022年）`, `1属于国家秘密`.
fn noted(text: &str, words: &Vocabulary) -> Option<(Option<Numbering>, String)> {
    let (numbering, rest) = split_numbering(text);
    let bare = if rest.ends_with(['）', ')']) { Cow::Owned(unbracketed(rest)) } else { Cow::Borrowed(rest) };
    let name = bare.trim_start_matches(is_digit);
    let number: Vec<char> = bare.chars().take_while(|&c| is_digit(c)).collect();
    let numbering = match (numbering, &*number) {
        (numbering, []) if bare.len() < rest.len() => numbering,
        (None, [_] | [_, _]) => {
            Some(Numbering::Item(number.iter().fold(0_u32, |value, &c| value.saturating_mul(10).saturating_add(digit_value(c)))))
        }
        _ => return None,
    };
    let letters = letters(name);
    (!name.contains(is_digit) && words.exact(&letters).next().is_some()).then_some((numbering, letters))
}

/// Whether a text is printed as a figure: a number, a mark, or anything else with digits that is no label.
fn is_figure(text: &str, words: &Vocabulary) -> bool {
    looks_like_figure(text) && noted(&squeezed(text), words).is_none()
}
