//! What is printed as a figure, as far as a text shows by itself.

use super::label::{is_digit, is_letter, split_at_numberings, split_numbering, squeezed};
use crate::form::{CellKind, Unit};
use crate::model::{Cell, is_space, read_cell, trim};

/// Whether a text is printed as a figure, as far as it shows by itself.
pub(super) fn looks_like_figure(text: &str) -> bool {
    if is_plain(text) {
        return true;
    }
    let text = trim(text);
    if is_plainly_label(text) {
        return false;
    }
    if !text.contains(is_digit) {
        // A mark, or signs that offices print for one, need no dictionary of labels: no label of the form is one.
        let signs = !text.is_empty() && text.chars().all(is_sign) && !is_rule(text);
        return signs || (text.chars().nth(3).is_none() && read_cell(text, CellKind::Count).cell == Cell::NotApplicable);
    }
    let squeezed = squeezed(text);
    // The digits of a label are all in its numbering, and in that of the groups printed before it.
    let named = || split_at_numberings(&squeezed).into_iter().map(|text| split_numbering(text).1);
    if squeezed.contains(is_letter) && !named().any(|text| text.contains(is_digit)) && named().any(|text| text.contains(is_letter)) {
        return false;
    }
    // `第20条第（1）项` is a heading.
    !(squeezed.starts_with('第') && squeezed.ends_with('项'))
}

/// Whether a text is a line drawn between rows: `--------`.
fn is_rule(text: &str) -> bool {
    text.len() > RULE && text.chars().all(|c| matches!(c, '-' | '=' | '_' | '─' | '━'))
}

/// Longer than any mark.
const RULE: usize = 3;

/// Whether a sign may stand for a number that there is none of; brackets, quotes and stops are what is left of labels.
fn is_sign(c: char) -> bool {
    const PUNCTUATION: &str = "（）()《》〈〉【】[]〔〕［］{}“”‘’\"'、，,。.；;：:．·";
    !(is_letter(c) || is_digit(c) || is_space(c) || c.is_alphanumeric() || PUNCTUATION.contains(c))
}

/// Whether a text can be the running number of a row.
pub(super) fn is_ordinal(text: &str) -> bool {
    let number = trim(text).trim_end_matches(['.', '．', '、']);
    !number.is_empty() && number.chars().count() <= 3 && number.chars().all(is_digit)
}

/// Whether a text begins with a letter, or with a number and a point before one, and has no other digit in it, as nearly every label.
fn is_plainly_label(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let unnumbered = if rest.len() < text.len() { rest.strip_prefix(['.', '．', '、']) } else { Some(rest) };
    // No byte of another character is one of these; a digit of full width starts with the last one.
    let digits = |text: &str| text.bytes().any(|byte| matches!(byte, b'0'..=b'9' | 0xef));
    unnumbered.is_some_and(|rest| rest.len() > MARK && rest.starts_with(is_letter) && !digits(rest))
}

/// A mark is at most so many bytes long.
const MARK: usize = 9;

/// Whether a text is nothing but digits, as nearly every figure is.
pub(super) fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text reads as a number of some kind, or as a mark.
pub(super) fn is_number(text: &str) -> bool {
    is_plain(text) && text.len() <= 15
        || [CellKind::Change, CellKind::Money(Unit::NotStated)].into_iter().any(|kind| read_cell(text, kind).cell != Cell::Unreadable)
}
