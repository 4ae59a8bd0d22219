//! Character references, as HTML and Markdown print them.

use std::borrow::Cow;

/// The named references that office programs write. An unknown one stays as it is printed, and is then no number.
const NAMED: &[(&str, char)] = &[
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("minus", '−'),
    ("hellip", '…'),
    ("middot", '·'),
    ("bull", '•'),
    ("times", '×'),
    ("lpar", '('),
    ("rpar", ')'),
    ("period", '.'),
    ("comma", ','),
    ("sol", '/'),
    ("num", '#'),
    ("sup1", '¹'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("copy", '©'),
    ("laquo", '«'),
    ("raquo", '»'),
];

/// The text with its character references resolved.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at_checked(at).unwrap_or((rest, ""));
        decoded.push_str(before);
        if let Some((c, after)) = reference.get(1..).and_then(character) {
            decoded.push(c);
            rest = after;
        } else {
            decoded.push('&');
            rest = reference.get(1..).unwrap_or("");
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The character of the reference that opens the text after its `&`, and what follows it.
fn character(text: &str) -> Option<(char, &str)> {
    if let Some(number) = text.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => (hexadecimal, 16),
            None => (number, 10),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let (digits, after) = digits.split_at_checked(end)?;
        let code = u32::from_str_radix(digits, radix).ok()?;
        return Some((char::from_u32(code)?, after.strip_prefix(';').unwrap_or(after)));
    }
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (name, after) = text.split_at_checked(end)?;
    let (_, c) = NAMED.iter().find(|(known, _)| *known == name)?;
    Some((*c, after.strip_prefix(';').unwrap_or(after)))
}
