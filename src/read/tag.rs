//! The tags of HTML.

use std::borrow::Cow;

/// A tag: its name, and the spans that it states.
pub(super) struct Tag<'a> {
    /// In small letters.
    pub(super) name: Cow<'a, str>,
    pub(super) closing: bool,
    /// `<script/>`
    pub(super) empty: bool,
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// How many bytes it takes.
    pub(super) length: usize,
}

/// The longest name and value that are looked at.
const LONGEST_NAME: usize = 24;

impl<'a> Tag<'a> {
    /// The tag that opens the text; `None` if its first sign opens none.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (closing, start) = if text.as_bytes().get(1) == Some(&b'/') { (true, 2) } else { (false, 1) };
        let inside = text.as_bytes().get(start..)?;
        if !inside.first().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'!' | b'?')) {
            return None;
        }
        let (name, mut rest) = split(inside, |byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
        let name = text.get(start..start.saturating_add(name.len().min(LONGEST_NAME))).unwrap_or_default();
        let small = !name.bytes().any(|byte| byte.is_ascii_uppercase());
        let name = if small { Cow::Borrowed(name) } else { Cow::Owned(name.to_ascii_lowercase()) };
        let mut tag = Self { name, closing, empty: false, columns: 1, rows: 1, length: 0 };
        loop {
            rest = rest.trim_ascii_start();
            match rest {
                [] => break,
                [b'>', after @ ..] => {
                    rest = after;
                    break;
                }
                [b'/', after @ ..] => {
                    tag.empty = true;
                    rest = after;
                }
                _ => rest = tag.attribute(rest),
            }
        }
        tag.length = text.len().saturating_sub(rest.len());
        Some(tag)
    }

    /// Takes in an attribute and returns what follows it.
    fn attribute<'b>(&mut self, text: &'b [u8]) -> &'b [u8] {
        // Whatever its first byte is, it is of the name.
        let (_, others) = text.split_at_checked(1).unwrap_or((text, &[]));
        let (others, rest) = split(others, |byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/'));
        let name = text.get(..others.len().saturating_add(1)).unwrap_or_default();
        let [b'=', value @ ..] = rest.trim_ascii_start() else { return rest };
        let (value, rest) = match value.trim_ascii_start() {
            [quote @ (b'"' | b'\''), inside @ ..] => {
                let (value, rest) = split(inside, |byte| byte == *quote);
                (value, rest.get(1..).unwrap_or_default())
            }
            value => split(value, |byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
        let span = match name.len() {
            7 if name.eq_ignore_ascii_case(b"colspan") => &mut self.columns,
            7 if name.eq_ignore_ascii_case(b"rowspan") => &mut self.rows,
            _ => return rest,
        };
        *span = number(value);
        rest
    }
}

/// The number of a span: one where there is none.
fn number(value: &[u8]) -> usize {
    let (digits, _) = split(value.trim_ascii_start(), |byte| !byte.is_ascii_digit());
    let value = digits.iter().fold(0_usize, |value, digit| value.saturating_mul(10).saturating_add(usize::from(digit & 0xf)));
    if digits.is_empty() { 1 } else { value }
}

/// Splits before the first byte that ends the first part.
fn split(bytes: &[u8], ends: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let at = bytes.iter().position(|&byte| ends(byte)).unwrap_or(bytes.len());
    bytes.split_at_checked(at).unwrap_or((bytes, &[]))
}
