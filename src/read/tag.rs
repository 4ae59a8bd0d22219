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
        let inside = text.get(1..)?;
        let (closing, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
        let first = inside.chars().next()?;
        if !(first.is_ascii_alphabetic() || matches!(first, '!' | '?')) {
            return None;
        }
        let end = position(inside, |byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
        let name = inside.get(..end.min(LONGEST_NAME)).unwrap_or_default();
        let small = !name.bytes().any(|byte| byte.is_ascii_uppercase());
        let name = if small { Cow::Borrowed(name) } else { Cow::Owned(name.to_ascii_lowercase()) };
        let mut tag = Self { name, closing, empty: false, columns: 1, rows: 1, length: 0 };
        let mut rest = inside.get(end..).unwrap_or_default();
        loop {
            rest = rest.trim_ascii_start();
            match rest.chars().next() {
                None => break,
                Some('>') => {
                    rest = rest.get(1..).unwrap_or_default();
                    break;
                }
                Some('/') => {
                    tag.empty = true;
                    rest = rest.get(1..).unwrap_or_default();
                }
                Some(_) => rest = tag.attribute(rest),
            }
        }
        tag.length = text.len().saturating_sub(rest.len());
        Some(tag)
    }

    /// Takes in an attribute and returns what follows it.
    fn attribute(&mut self, text: &'a str) -> &'a str {
        let end = position(text, |byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/')).max(1);
        let Some((name, rest)) = text.split_at_checked(end) else {
            return text.get(text.chars().next().map_or(1, char::len_utf8)..).unwrap_or_default();
        };
        let after = rest.trim_ascii_start();
        let Some(value) = after.strip_prefix('=') else { return rest };
        let value = value.trim_ascii_start();
        let (value, rest) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = value.get(1..).unwrap_or_default();
                let end = inside.find(quote).unwrap_or(inside.len());
                (inside.get(..end).unwrap_or_default(), inside.get(end.saturating_add(1)..).unwrap_or_default())
            }
            _ => value.split_at_checked(position(value, |byte| byte.is_ascii_whitespace() || byte == b'>')).unwrap_or((value, "")),
        };
        let number = || {
            let value = value.trim();
            let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
            let digits = value.get(..end).unwrap_or_default();
            if digits.is_empty() { 1 } else { digits.parse().unwrap_or(usize::MAX) }
        };
        if name.eq_ignore_ascii_case("colspan") {
            self.columns = number();
        } else if name.eq_ignore_ascii_case("rowspan") {
            self.rows = number();
        }
        rest
    }
}

/// The first byte of ASCII that is looked for, or the end.
fn position(text: &str, is: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(is).unwrap_or(text.len())
}
