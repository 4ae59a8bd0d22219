//! The tags of HTML.

use std::borrow::Cow;

/// A tag: its name, and the spans that it states.
#[derive(Debug, Clone)]
pub(super) struct Tag<'a> {
    /// In small letters.
    pub(super) name: Cow<'a, str>,
    pub(super) closing: bool,
    /// `<script/>`
    pub(super) empty: bool,
    /// The first of two attributes with one name holds.
    pub(super) columns: Option<usize>,
    pub(super) rows: Option<usize>,
    pub(super) shown: Shown,
    /// What an `<input>` holds, and whether that is shown as text.
    value: &'a [u8],
    is_text: bool,
    /// How many bytes it takes.
    pub(super) length: usize,
}

/// The tags that were read last: pages repeat few tags, with all that stands in them, in every cell.
#[derive(Debug, Default)]
pub(super) struct Tags<'a> {
    known: [Option<(&'a str, Tag<'a>)>; TAGS],
}

const TAGS: usize = 32;

/// By so many bytes tags are told apart.
const KEY: usize = 32;

impl<'a> Tags<'a> {
    /// The tag that opens the text, as [`Tag::parse`] reads it: what it reads depends on the bytes of the tag alone.
    pub(super) fn parse(&mut self, text: &'a str) -> Option<Tag<'a>> {
        if text.starts_with("</") {
            return Tag::parse(text);
        }
        let words = text.as_bytes().get(..KEY).unwrap_or_default().chunks_exact(size_of::<usize>());
        let word = |word: &[u8]| usize::from_le_bytes(word.try_into().unwrap_or_default());
        let key = words.fold(0_usize, |key, bytes| (key.rotate_left(5) ^ word(bytes)).wrapping_mul(0x9e37_79b1));
        let known = self.known.get_mut(key >> 24 & (TAGS - 1))?;
        if let Some((_, tag)) = known.as_ref().filter(|(whole, _)| text.starts_with(whole)) {
            return Some(tag.clone());
        }
        let tag = Tag::parse(text)?;
        // A text that ends within a tag may be the beginning of another.
        *known = text.get(..tag.length).filter(|whole| whole.ends_with('>')).map(|whole| (whole, tag.clone()));
        Some(tag)
    }
}

/// How a style shows an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    AsIs,
    /// Not at all.
    Hidden,
    /// Above the line, as footnote marks are.
    Raised,
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
        let mut tag =
            Self { name, closing, empty: false, columns: None, rows: None, shown: Shown::AsIs, value: &[], is_text: true, length: 0 };
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

    /// The text that a field of a form shows.
    pub(super) fn value(&self) -> &'a str {
        if self.is_text { std::str::from_utf8(self.value).unwrap_or_default() } else { "" }
    }

    /// Takes in an attribute and returns what follows it.
    fn attribute(&mut self, text: &'a [u8]) -> &'a [u8] {
        // Whatever its first byte is, it is of the name.
        let (_, others) = text.split_at_checked(1).unwrap_or((text, &[]));
        let (others, rest) = split(others, |byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/'));
        let name = text.get(..others.len().saturating_add(1)).unwrap_or_default();
        let [b'=', value @ ..] = rest.trim_ascii_start() else {
            if name.eq_ignore_ascii_case(b"hidden") {
                self.shown = Shown::Hidden;
            }
            return rest;
        };
        let (value, rest) = match value.trim_ascii_start() {
            [quote @ (b'"' | b'\''), inside @ ..] => {
                let (value, rest) = split(inside, |byte| byte == *quote);
                (value, rest.get(1..).unwrap_or_default())
            }
            value => split(value, |byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
        match name.len() {
            7 if name.eq_ignore_ascii_case(b"colspan") => _ = self.columns.get_or_insert_with(|| number(value)),
            7 if name.eq_ignore_ascii_case(b"rowspan") => _ = self.rows.get_or_insert_with(|| number(value)),
            5 if name.eq_ignore_ascii_case(b"style") && self.shown == Shown::AsIs => self.shown = style(value),
            5 if name.eq_ignore_ascii_case(b"value") && self.name == "input" => self.value = value,
            4 if name.eq_ignore_ascii_case(b"type") => {
                self.is_text = [&b"text"[..], b"number", b"tel", b""].iter().any(|kind| value.eq_ignore_ascii_case(kind));
            }
            6 if name.eq_ignore_ascii_case(b"hidden") => self.shown = Shown::Hidden,
            _ => {}
        }
        rest
    }
}

/// What a style says of how an element is shown.
fn style(value: &[u8]) -> Shown {
    let mut shown = Shown::AsIs;
    for rule in value.split(|&byte| byte == b';').filter(|rule| rule.len() > 10) {
        let (property, value) = split(rule, |byte| byte == b':');
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        match property.trim_ascii() {
            property if property.eq_ignore_ascii_case(b"display") && starts(value, b"none") => return Shown::Hidden,
            property if starts(property, b"text-decoration") && has(value, b"line-through") => return Shown::Hidden,
            property if property.eq_ignore_ascii_case(b"font-size") && number_of(value) == Some(0) => return Shown::Hidden,
            property if property.eq_ignore_ascii_case(b"vertical-align") && starts(value, b"su") => shown = Shown::Raised,
            property if property.eq_ignore_ascii_case(b"mso-text-raise") && number_of(value).is_some_and(|raise| raise > 0) => {
                shown = Shown::Raised;
            }
            _ => {}
        }
    }
    shown
}

fn has(value: &[u8], word: &[u8]) -> bool {
    value.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

fn starts(value: &[u8], word: &[u8]) -> bool {
    value.get(..word.len()).is_some_and(|opening| opening.eq_ignore_ascii_case(word))
}

/// The number of a span: one where there is none.
fn number(value: &[u8]) -> usize {
    number_of(value).unwrap_or(1)
}

/// The whole number with which a value begins.
fn number_of(value: &[u8]) -> Option<usize> {
    let (digits, _) = split(value.trim_ascii_start(), |byte| !byte.is_ascii_digit());
    let value = digits.iter().fold(0_usize, |value, digit| value.saturating_mul(10).saturating_add(usize::from(digit & 0xf)));
    (!digits.is_empty()).then_some(value)
}

/// Splits before the first byte that ends the first part.
fn split(bytes: &[u8], ends: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let at = bytes.iter().position(|&byte| ends(byte)).unwrap_or(bytes.len());
    bytes.split_at_checked(at).unwrap_or((bytes, &[]))
}
