//! The numbers of pages, which stand among the rows of tables.

use std::collections::BTreeMap;

use super::label::{digit_value, is_digit, squeezed};
use super::page::is_blank;
use crate::model::trim;

const DASHES: [char; 9] = ['-', '－', '–', '—', '−', '─', '_', '·', '~'];

/// Whether a line prints the number of its page and says so: `- 3 -`, `—3—`, `第3页`, `第 3 页 共 5 页`, `3 / 9`.
pub(super) fn is_page_mark(line: &str) -> bool {
    // Nearly every line is none, and its first sign tells.
    let line = trim(line);
    let first = line.chars().next();
    if line.len() > 100 || !first.is_some_and(|c| c == '第' || is_digit(c) || DASHES.contains(&c)) {
        return false;
    }
    if line.starts_with('第') {
        let text = squeezed(line);
        let mut parts = text.trim_start_matches('第').split('页');
        let number = |part: Option<&str>| part.is_some_and(|part| is_number(part.trim_start_matches(['共', '，', ',', '/', '第'])));
        return text.ends_with('页') && number(parts.next());
    }
    if let Some((number, all)) = line.split_once(['/', '／']) {
        let value = |text: &str| number_of(trim(text));
        // Wide spaces stand between the columns of a table, and the stroke is a mark.
        return !line.contains("   ") && value(number).zip(value(all)).is_some_and(|(number, all)| (1..=all).contains(&number));
    }
    // Dashes that stand apart are marks.
    let inside = line.trim_matches(DASHES);
    line.starts_with(DASHES) && line.ends_with(DASHES) && is_number(trim(inside))
}

fn is_number(text: &str) -> bool {
    number_of(text).is_some()
}

/// The value of a text that is nothing but a few digits.
fn number_of(text: &str) -> Option<u32> {
    let digits = (1..=4).contains(&text.chars().count()) && text.chars().all(is_digit);
    digits.then(|| text.chars().fold(0_u32, |value, c| value.saturating_mul(10).saturating_add(digit_value(c))))
}

/// A line of a text that is not empty.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Counted from one.
    pub(super) number: usize,
    /// The sheet of paper that it stands on.
    pub(super) sheet: u32,
    pub(super) text: &'a str,
}

/// The lines of a text, without those that have nothing but spaces. A form feed begins a sheet.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut sheet = 0_u32;
    for (number, line) in (1_usize..).zip(text.split('\n')) {
        for (at, text) in line.trim_end_matches('\r').split('\u{c}').enumerate() {
            sheet = sheet.saturating_add(u32::from(at > 0));
            if !is_blank(text) || text.contains('\t') {
                lines.push(Line { number, sheet, text });
            }
        }
    }
    lines
}

/// So many lines are at least between the numbers of two pages.
const PAGE: usize = 10;

/// The places of lines that are nothing but a number, in order.
#[derive(Debug, Default)]
pub(super) struct PageNumbers {
    /// Those that number their page.
    pub(super) sure: Vec<usize>,
    /// Those that begin or end a sheet, and may do so.
    pub(super) perhaps: Vec<usize>,
}

/// The places of the lines that are nothing but the number of their page, in order.
///
/// A number that stands alone may be a figure. It is its page's where it begins or ends a sheet and counts the sheets, or where
/// the lone numbers of a text without sheets count from one.
pub(super) fn page_numbers(lines: &[Line<'_>]) -> PageNumbers {
    let lone = lines.iter().enumerate().filter_map(|(at, line)| Some((at, line, number_of(trim(line.text))?)));
    // Tabs alone are no text.
    let beside = |at: usize| {
        let (before, after) = lines.split_at_checked(at).unwrap_or_default();
        let text = |line: &&Line<'_>| !is_blank(line.text);
        (before.iter().rev().find(text), after.iter().skip(1).find(text))
    };
    if lines.last().is_some_and(|line| line.sheet > 0) {
        // By how much more than its sheet a number is at the edge of that sheet.
        let more = |line: &Line<'_>, number: u32| i64::from(number).wrapping_sub(i64::from(line.sheet));
        let edge = |(at, line, _): &(usize, &Line<'_>, u32)| {
            let (before, after) = beside(*at);
            [before, after].into_iter().any(|other| other.is_none_or(|other| other.sheet != line.sheet))
        };
        let edges: Vec<(usize, i64)> = lone.filter(edge).map(|(at, line, number)| (at, more(line, number))).collect();
        let mut alike: BTreeMap<i64, usize> = BTreeMap::new();
        for (_, by) in &edges {
            let count = alike.entry(*by).or_default();
            *count = count.saturating_add(1);
        }
        let counts = |(_, by): &(usize, i64)| *by == 1 || alike.get(by).is_some_and(|&count| count >= 2);
        let (sure, perhaps): (Vec<_>, Vec<_>) = edges.into_iter().partition(counts);
        let places = |edges: Vec<(usize, i64)>| edges.into_iter().map(|(at, _)| at).collect();
        return PageNumbers { sure: places(sure), perhaps: places(perhaps) };
    }
    let (mut found, mut next, mut last) = (Vec::new(), 1, None);
    let (mut apart, mut others) = (true, 0_usize);
    for (at, line, number) in lone {
        if number == next && last.is_none_or(|last| line.number.saturating_sub(last) >= PAGE) {
            let (before, after) = beside(at);
            apart = apart
                && before.is_none_or(|before| before.number.saturating_add(1) < line.number)
                && after.is_none_or(|after| line.number.saturating_add(1) < after.number);
            found.push(at);
            (next, last) = (next.saturating_add(1), Some(line.number));
        } else {
            others = others.saturating_add(1);
        }
    }
    // Where figures stand alone too, the numbers of pages are those with blank lines around them.
    let sure = if found.len() >= 2 && (apart || others < found.len()) { found } else { Vec::new() };
    PageNumbers { sure, perhaps: Vec::new() }
}
