//! Printed labels: what is left of them when spaces, punctuation, quotes and numbering are taken away.

use std::borrow::Cow;

use crate::model::is_space;

/// The letters of a label: no spaces, punctuation, quotes, digits.
pub(super) fn letters(text: &str) -> String {
    kept(text, letter)
}

/// What is kept of the characters, in one allocation.
fn kept(text: &str, keep: impl Fn(char) -> Option<char>) -> String {
    let mut kept = String::with_capacity(text.len());
    kept.extend(text.chars().filter_map(keep));
    kept
}

/// A letter as it is compared. Offices print 本年 and 本年度, 申请数 and 申请数量, 其它 and 其他, 合计 and 总计 for each other.
pub(super) fn letter(c: char) -> Option<char> {
    match c {
        '度' | '量' => None,
        '它' => Some('他'),
        '合' => Some('总'),
        _ => is_letter(c).then_some(c),
    }
}

/// Chinese characters and Latin letters; full-width punctuation and digits are none.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// A digit, of either width.
pub(super) const fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// A digit set above the line, as footnote marks are.
pub(super) const fn superscript(digit: char) -> char {
    match digit {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        other => other,
    }
}

pub(super) const fn is_chinese_numeral(c: char) -> bool {
    matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// How a label is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbering {
    /// `一、`
    Part,
    /// `（一）`
    Group,
    /// `1.`, with its number
    Item(u32),
}

/// Takes the numbering off the front of a text without spaces.
pub(super) fn split_numbering(text: &str) -> (Option<Numbering>, &str) {
    numbering(text).map_or((None, text), |(numbering, rest)| (Some(numbering), rest))
}

fn numbering(text: &str) -> Option<(Numbering, &str)> {
    let first = text.chars().next()?;
    if let Some(numbering) = enclosed(first) {
        let rest = text.get(first.len_utf8()..)?;
        // `12①` ends a figure, `①属于` opens a label.
        return rest.starts_with(is_letter).then_some((numbering, rest.trim_start_matches(['、', '.', '．'])));
    }
    if matches!(first, '（' | '(' | '〔' | '[' | '［') {
        let inside = text.get(first.len_utf8()..)?;
        let end = inside.find(|c| !(is_chinese_numeral(c) || is_digit(c)))?;
        let (number, rest) = inside.split_at_checked(end)?;
        let closing = rest.chars().next().filter(|c| matches!(c, '）' | ')' | '〕' | ']' | '］'))?;
        return (!number.is_empty()).then_some((Numbering::Group, rest.get(closing.len_utf8()..)?));
    }
    if is_chinese_numeral(first) {
        let end = text.find(|c| !is_chinese_numeral(c))?;
        let (_, rest) = text.split_at_checked(end)?;
        let mark = rest.chars().next().filter(|c| matches!(c, '、' | '.' | '．' | ',' | '，' | ':' | '：' | '。' | '﹑' | '､'))?;
        return Some((Numbering::Part, rest.get(mark.len_utf8()..)?));
    }
    if is_digit(first) {
        let end = text.find(|c| !is_digit(c))?;
        let (number, rest) = text.split_at_checked(end)?;
        let mark = rest.chars().next().filter(|c| matches!(c, '、' | '.' | '．' | '）' | ')' | '﹑' | '､' | '。'))?;
        let rest = rest.get(mark.len_utf8()..)?;
        // `12.5` is a number, and so is nothing that goes on with a digit.
        let opens = number.chars().count() <= 2 && !rest.starts_with(is_digit);
        let value = number.chars().fold(0_u32, |value, c| value.saturating_mul(10).saturating_add(digit_value(c)));
        return opens.then_some((Numbering::Item(value), rest));
    }
    None
}

/// A number with its brackets or its point in one character: ㈠ ⑴ ⒈ ①.
fn enclosed(c: char) -> Option<Numbering> {
    let since = |first: char| u32::from(c).saturating_sub(u32::from(first)).saturating_add(1);
    match c {
        '㈠'..='㈩' => Some(Numbering::Group),
        '①'..='⑳' => Some(Numbering::Item(since('①'))),
        '⑴'..='⒇' => Some(Numbering::Item(since('⑴'))),
        '⒈'..='⒛' => Some(Numbering::Item(since('⒈'))),
        _ => None,
    }
}

pub(super) fn digit_value(c: char) -> u32 {
    c.to_digit(10).unwrap_or_else(|| u32::from(c).saturating_sub(u32::from('０')).min(9))
}

/// The text without spaces.
pub(super) fn squeezed(text: &str) -> Cow<'_, str> {
    if text.contains(is_space) { Cow::Owned(kept(text, |c| (!is_space(c)).then_some(c))) } else { Cow::Borrowed(text) }
}

/// The text without what stands in brackets.
pub(super) fn unbracketed(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '（' | '(' => depth = depth.saturating_add(1),
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// Splits a text without spaces where an inner numbering opens the next label.
pub(super) fn split_at_numberings(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous = None;
    for (at, c) in text.char_indices() {
        // A numeral that follows another one is inside of its numbering; inside a word, `一` opens nothing.
        let may_open = match c {
            '（' | '(' => true,
            _ => {
                (is_chinese_numeral(c) || is_digit(c))
                    && previous.is_none_or(|p| !(is_chinese_numeral(p) || is_digit(p) || matches!(p, '（' | '(')))
            }
        };
        if may_open && at > start && text.get(at..).is_some_and(|rest| numbering(rest).is_some()) {
            pieces.extend(text.get(start..at));
            start = at;
        }
        previous = Some(c);
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// The longest text that is compared by similarity.
const LONGEST: usize = 64;

/// How alike two runs of letters are, in percent: twice the longest common subsequence over both lengths.
pub(super) fn similarity(left: &[char], right: &[char]) -> usize {
    if left.len() > LONGEST || right.len() > LONGEST || left.is_empty() || right.is_empty() {
        return 0;
    }
    let mut row = [0_usize; LONGEST + 1];
    for &a in left {
        let mut diagonal = 0;
        let mut before = 0;
        for (&b, place) in right.iter().zip(row.iter_mut().skip(1)) {
            let above = *place;
            *place = if a == b { usize::saturating_add(diagonal, 1) } else { above.max(before) };
            diagonal = above;
            before = *place;
        }
    }
    let common = row.get(right.len()).copied().unwrap_or(0);
    common.saturating_mul(200).checked_div(left.len().saturating_add(right.len())).unwrap_or(0)
}
