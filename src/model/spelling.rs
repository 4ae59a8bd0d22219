//! The cell reader: what a printed text says, for every kind of cell. Pages and JSON strings go through it alike.

use rust_decimal::Decimal;

use super::cell::{Cell, MAX_COUNT, MAX_SIGNED};
use super::number::{Money, Number};
use crate::form::{CellKind, Unit};

/// A cell as read from printed text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CellText {
    /// The state.
    pub cell: Cell<Number>,
    /// Whether an annotation stands beside the number: `22（其中修订16件）`, `12①`.
    pub annotated: bool,
    /// The text where it says more than the number: a unit, an annotation, a mark other than `/`, what could not be read.
    pub printed: Option<Box<str>>,
}

/// The marks that say "does not apply". All other text that is no number is unreadable.
const MARKS: &[&str] = &["/", "／", "-", "－", "–", "—", "不适用", "无"];

/// The mark that needs no text of its own.
pub(crate) const PLAIN_MARK: &str = "/";

/// What opens a string that is unreadable whatever follows.
const UNREADABLE_PREFIX: char = '?';

/// Units of counts, as offices print them.
const COUNT_UNITS: &[&str] = &["件", "条", "项", "个", "份", "宗", "次", "例", "起", "部"];

/// Whether a unit begins with that character.
pub(crate) fn opens_unit(c: char) -> bool {
    matches!(c, '元' | '万') || COUNT_UNITS.iter().any(|unit| unit.starts_with(c))
}

/// Reads a printed cell of that kind.
///
/// Width, thousands separators, spaces around and a leading `+` are spelling and leave no trace. Digits that a space cuts
/// in two are not joined: `2 0` may be 20 or two cells.
///
/// ```
/// use gongkai::{Cell, CellKind, Number, read_cell};
///
/// let read = |text| read_cell(text, CellKind::Count);
/// assert_eq!(read("１,２３４").cell, Cell::Value(Number::Count(1234)));
/// assert_eq!(read(" ").cell, Cell::Blank);
/// assert_eq!(read("—").cell, Cell::NotApplicable);
/// assert_eq!(read("约20").cell, Cell::Unreadable);
/// assert_eq!(read("2 0").cell, Cell::Unreadable);
/// assert!(read("12①").annotated); // 12, and never 121
/// ```
#[must_use]
pub fn read_cell(text: &str, kind: CellKind) -> CellText {
    let text = trim(text);
    if let Some(rest) = text.strip_prefix(UNREADABLE_PREFIX) {
        return unreadable(if read_plain(rest, kind).cell == Cell::Unreadable { text } else { rest });
    }
    read_plain(text, kind)
}

/// An unreadable cell that keeps its text.
pub(crate) fn unreadable(text: &str) -> CellText {
    CellText { cell: Cell::Unreadable, annotated: false, printed: (!text.is_empty()).then(|| text.into()) }
}

/// The string that reads as that unreadable cell again.
pub(crate) fn unreadable_text(printed: &str, kind: CellKind) -> std::borrow::Cow<'_, str> {
    if read_cell(printed, kind) == unreadable(printed) { printed.into() } else { format!("{UNREADABLE_PREFIX}{printed}").into() }
}

fn read_plain(text: &str, kind: CellKind) -> CellText {
    let plain = |cell| CellText { cell, annotated: false, printed: None };
    if text.is_empty() {
        return plain(Cell::Blank);
    }
    // Nearly every figure: a few plain digits. What is longer goes the long way.
    if kind == CellKind::Count && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let count = text.bytes().fold(0_u64, |count, digit| count.wrapping_mul(10).wrapping_add(u64::from(digit & 0xf)));
        return plain(Cell::Value(Number::Count(count)));
    }
    if MARKS.contains(&text) {
        let printed = (text != PLAIN_MARK).then(|| text.into());
        return CellText { cell: Cell::NotApplicable, annotated: false, printed };
    }
    let Some((number, rest)) = leading_number(text) else { return unreadable(text) };
    let (unit, note) = split_unit(rest.trim_start_matches(is_space));
    let Some(value) = typed(&number, unit, kind) else { return unreadable(text) };
    if !is_annotation(note) {
        return unreadable(text);
    }
    // A unit of money is in the value; beside the column's own it says nothing that writing would not say again.
    let written = matches!(value, Number::Money(money) if money.text_in(column_unit(kind)) == text);
    let more = (!unit.is_empty() || !note.is_empty()) && !written;
    CellText { cell: Cell::Value(value), annotated: !note.is_empty(), printed: more.then(|| text.into()) }
}

const fn column_unit(kind: CellKind) -> Unit {
    match kind {
        CellKind::Money(unit) => unit,
        CellKind::Count | CellKind::Change => Unit::NotStated,
    }
}

/// The number as a cell of that kind holds it.
fn typed(number: &Digits, unit: &str, kind: CellKind) -> Option<Number> {
    let whole = || number.fraction.is_none().then(|| number.text.parse::<u64>().ok()).flatten().filter(|&value| value <= MAX_COUNT);
    match kind {
        CellKind::Count => {
            (unit.is_empty() || COUNT_UNITS.contains(&unit)).then_some(())?;
            matches!(number.sign, Sign::None | Sign::Plus).then_some(Number::Count(whole()?))
        }
        CellKind::Change => {
            (unit.is_empty() || COUNT_UNITS.contains(&unit)).then_some(())?;
            let value = i64::try_from(whole()?).ok().filter(|&value| value <= MAX_SIGNED)?;
            Some(Number::Change(if number.sign.is_negative() { value.checked_neg()? } else { value }))
        }
        CellKind::Money(column) => {
            let unit = match unit {
                "" => column,
                "元" => Unit::Yuan,
                "万元" => Unit::TenThousandYuan,
                _ => return None,
            };
            matches!(number.sign, Sign::None | Sign::Plus).then_some(())?;
            let text = match &number.fraction {
                Some(fraction) => format!("{}.{fraction}", number.text),
                None => number.text.clone(),
            };
            Some(Number::Money(Money::new(Decimal::from_str_exact(&text).ok()?, unit)))
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    None,
    Plus,
    Minus,
    /// 增
    More,
    /// 减
    Less,
}

impl Sign {
    const fn is_negative(self) -> bool {
        matches!(self, Self::Minus | Self::Less)
    }
}

struct Digits {
    sign: Sign,
    /// The digits before the point, without separators.
    text: String,
    fraction: Option<String>,
}

/// The longest run of digits that is looked at: beyond it nothing is a number here.
const LONGEST: usize = 40;

/// The number that opens the text, and what follows it.
fn leading_number(text: &str) -> Option<(Digits, &str)> {
    let (sign, text) = leading_sign(text);
    let (groups, rest) = leading_groups(text)?;
    let (fraction, rest) = match rest.strip_prefix(['.', '．']) {
        Some(after) => {
            let (digits, rest) = leading_digits(after);
            (Some(digits), rest)
        }
        None => (None, rest),
    };
    if fraction.as_deref() == Some("") {
        return None;
    }
    Some((Digits { sign, text: groups, fraction }, rest))
}

fn leading_sign(text: &str) -> (Sign, &str) {
    const SIGNS: &[(&str, Sign)] = &[
        ("+", Sign::Plus),
        ("＋", Sign::Plus),
        ("-", Sign::Minus),
        ("－", Sign::Minus),
        ("−", Sign::Minus),
        ("增加", Sign::More),
        ("减少", Sign::Less),
        ("增", Sign::More),
        ("减", Sign::Less),
    ];
    let found = SIGNS.iter().find_map(|&(sign, meaning)| text.strip_prefix(sign).map(|rest| (meaning, rest.trim_start_matches(is_space))));
    found.unwrap_or((Sign::None, text))
}

/// Digits, joined over thousands separators: one to three digits, then groups of exactly three, all after the same separator.
fn leading_groups(text: &str) -> Option<(String, &str)> {
    let (mut number, mut rest) = leading_digits(text);
    if number.is_empty() || number.len() > LONGEST {
        return None;
    }
    let mut separator = None;
    while let Some((found, after)) = split_first(rest) {
        if !(matches!(found, ',' | '，') || is_space(found)) {
            break;
        }
        let (group, next) = leading_digits(after);
        let grouped =
            group.len() == 3 && (separator.is_some() || number.len() <= 3) && separator.is_none_or(|separator| separator == found);
        if !grouped || number.len() > LONGEST {
            // A space before a unit ends the number; a separator, or a space between digits, that groups nothing spoils it.
            return (is_space(found) && group.is_empty()).then_some((number, rest));
        }
        if number.starts_with('0') {
            return None;
        }
        separator = Some(found);
        number.push_str(&group);
        rest = next;
    }
    Some((number, rest))
}

/// The plain count that opens the text.
pub(crate) fn leading_count(text: &str) -> Option<u64> {
    leading_digits(trim(text)).0.parse().ok().filter(|&count| count <= MAX_COUNT)
}

/// The digits that open the text, in ASCII.
fn leading_digits(text: &str) -> (String, &str) {
    let end = text.find(|c| digit(c).is_none()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (digits.chars().take(LONGEST.saturating_add(1)).filter_map(digit).collect(), rest)
}

fn digit(c: char) -> Option<char> {
    let offset = u32::from(c).checked_sub(u32::from('０'));
    match offset {
        _ if c.is_ascii_digit() => Some(c),
        Some(offset @ 0..=9) => char::from_digit(offset, 10),
        _ => None,
    }
}

/// The unit that opens the rest: a run of characters that neither open a bracket nor mark a footnote.
fn split_unit(rest: &str) -> (&str, &str) {
    let end = rest.find(opens_annotation).unwrap_or(rest.len());
    let (unit, note) = rest.split_at_checked(end).unwrap_or((rest, ""));
    (unit.trim_end_matches(is_space), note)
}

const BRACKETS: &[(char, char)] = &[('（', '）'), ('(', ')'), ('[', ']'), ('【', '】'), ('〔', '〕'), ('［', '］')];

fn opens_annotation(c: char) -> bool {
    is_footnote(c) || BRACKETS.iter().any(|&(open, _)| open == c)
}

fn is_footnote(c: char) -> bool {
    matches!(c, '①'..='⒇' | '⓪'..='⓿' | '❶'..='➓' | '*' | '＊' | '※' | '†' | '‡' | '¹' | '²' | '³' | '⁰'..='⁹')
}

/// Nothing, footnote marks, or texts in brackets.
fn is_annotation(mut note: &str) -> bool {
    loop {
        note = note.trim_start_matches(|c| is_footnote(c) || is_space(c));
        let Some((first, inside)) = split_first(note) else { return true };
        let Some(&(_, closing)) = BRACKETS.iter().find(|&&(open, _)| open == first) else { return false };
        // Half-width and full-width brackets are mixed often enough.
        let closes = |c: char| c == closing || (matches!(closing, ')' | '）') && matches!(c, ')' | '）'));
        let Some(after) = inside.find(closes).and_then(|at| inside.get(at..)).and_then(split_first) else { return false };
        note = after.1;
    }
}

fn split_first(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    chars.next().map(|first| (first, chars.as_str()))
}

/// A text without the spaces around it.
pub(crate) fn trim(text: &str) -> &str {
    // Nearly every figure has none.
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        [only] if only.is_ascii_graphic() => text,
        _ => text.trim_matches(is_space),
    }
}

/// Spaces of all widths, also those that `char::is_whitespace` leaves out.
pub(crate) const fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}
