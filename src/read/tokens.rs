//! The texts in a line: runs of characters without spaces, and the columns that they cover.

use std::borrow::Cow;

use super::figure::is_number;
use super::label::{is_digit, is_letter};
use crate::model::{is_space, opens_unit};

/// Whether a character takes two columns of a terminal.
const fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

/// How many columns of a terminal a character takes.
pub(super) fn width_of(c: char) -> usize {
    if c >= '\u{1100}' && is_wide(c) { 2 } else { 1 }
}

/// A run of characters without spaces in a line, with the columns that it covers.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The characters of a line with their places.
pub(super) fn places(line: &str) -> impl Iterator<Item = (char, usize)> + '_ {
    line.chars().zip(0..)
}

/// The runs of characters in a line. What stands in brackets after a figure belongs to it, and a lone item number to the word
/// after it.
pub(super) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(FEW);
    // Where the last token starts in the line, while it is a piece of it.
    let mut start = 0;
    // The brackets of an annotation stay open over spaces, if they are closed at all.
    let mut open = false;
    let mut apart = true;
    let mut chars = line.char_indices();
    let mut at = 0_usize;
    while let Some((begin, c)) = chars.next() {
        if c == ' ' || is_space(c) {
            apart = apart || !open;
            at = at.saturating_add(1);
            continue;
        }
        // All up to the next space or bracket stands together.
        let (mut last, mut end, mut to) = (c, begin.saturating_add(c.len_utf8()), at);
        while !is_bracket(last)
            && let Some((_, c)) = chars.clone().next().filter(|(_, c)| *c != ' ' && !is_space(*c))
        {
            _ = chars.next();
            (last, end, to) = (c, end.saturating_add(c.len_utf8()), to.saturating_add(1));
        }
        let joins = apart && tokens.last().is_some_and(|last| at.saturating_sub(last.to) <= 2 && joins(&last.text, c));
        match tokens.last_mut() {
            Some(token) if !apart || joins => {
                let beside = at.saturating_sub(token.to) == 1;
                match &mut token.text {
                    Cow::Borrowed(text) if beside => *text = line.get(start..end).unwrap_or_default(),
                    text => text.to_mut().push_str(line.get(begin..end).unwrap_or_default()),
                }
                token.to = to;
            }
            _ => {
                start = begin;
                tokens.push(Token { text: Cow::Borrowed(line.get(begin..end).unwrap_or_default()), from: at, to });
            }
        }
        apart = false;
        open = match last {
            '（' | '(' => {
                let closed = line.get(end..).is_some_and(|rest| rest.chars().take(LONGEST_NOTE).any(|c| matches!(c, '）' | ')')));
                closed && tokens.last().is_some_and(|last| last.text.starts_with(is_digit))
            }
            '）' | ')' => false,
            _ => open,
        };
        at = to.saturating_add(1);
    }
    // Marks of columns that are narrow stand without a space between them.
    let glued = |token: &Token<'_>| token.text.strip_prefix(MARK).is_some_and(|rest| rest.starts_with(MARK));
    if tokens.iter().any(glued) { tokens.into_iter().flat_map(marks).collect() } else { tokens }
}

/// So many texts has nearly every line at most.
const FEW: usize = 12;

const fn is_bracket(c: char) -> bool {
    matches!(c, '（' | '(' | '）' | ')')
}

/// The mark of more than one character.
const MARK: &str = "不适用";

/// The marks in a text that is nothing but marks, or else the text.
fn marks(token: Token<'_>) -> Vec<Token<'_>> {
    if !token.text.replace(MARK, "").is_empty() {
        return vec![token];
    }
    let width = MARK.chars().count();
    let places = (token.from..=token.to).step_by(width);
    places.map(|from| Token { text: MARK.into(), from, to: from.saturating_add(width).saturating_sub(1) }).collect()
}

/// The longest annotation that is kept together over spaces.
const LONGEST_NOTE: usize = 40;

/// Whether a token goes on over a space: `1 .属于`, `1. 属于`, `12 （其中`, `240 万元`, `减 3`.
fn joins(token: &str, next: char) -> bool {
    if is_digit(next) {
        return matches!(token, "增" | "减" | "增加" | "减少");
    }
    if opens_unit(next) && token.ends_with(is_digit) && is_number(token) {
        return true;
    }
    let number = token.trim_end_matches(['.', '．', '、']);
    let digits = !number.is_empty() && number.chars().count() <= 2 && number.chars().all(is_digit);
    if digits && number.len() < token.len() {
        return is_letter(next);
    }
    (digits && matches!(next, '.' | '．' | '、')) || (matches!(next, '（' | '(') && !number.is_empty() && number.chars().all(is_digit))
}
