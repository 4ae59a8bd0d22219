//! The tags of HTML, held against a tokenizer of the standard: a page reads the same once that has written all its tags anew.

use gongkai::{Reading, read};
use html5gum::{Token, Tokenizer};

use crate::printing::Seed;

/// The page with every tag in small letters, every value in quotes and every entity decoded, as the tokenizer takes it.
fn anew(page: &str) -> String {
    let mut anew = String::new();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let plain = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    for Ok(token) in Tokenizer::new(page) {
        match token {
            Token::StartTag(tag) => {
                anew.extend(["<", &text(&tag.name)]);
                for (name, value) in &tag.attributes {
                    anew.extend([" ", &text(name), "=\"", &plain(&text(&value.value)), "\""]);
                }
                anew.push('>');
            }
            Token::EndTag(tag) => anew.extend(["</", &text(&tag.name), ">"]),
            Token::String(string) => anew.push_str(&plain(&text(&string.value))),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    anew
}

/// Tags as programs and people write them.
fn messed(page: &str, seed: &mut Seed) -> String {
    let mut messed = String::new();
    for piece in page.split_inclusive('>') {
        let Some((before, tag)) = piece.rsplit_once('<') else {
            messed.push_str(piece);
            continue;
        };
        let tag = tag.trim_end_matches('>');
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let name = if seed.chance(30) { name.to_uppercase() } else { name.to_owned() };
        let junk = [
            "",
            " class=MsoNormal",
            " data-a='x > y \"z\"'",
            " nowrap",
            " style=\"mso-yfti-irow:0;width:38px\"",
            "\n  lang=EN-US",
            " a/b",
            " =c",
            " e=\"<td>\"",
        ];
        let attributes = attributes.replace('"', seed.pick(&["\"", "'", ""]));
        let again = if attributes.contains("colspan") { " colspan=7" } else { "" };
        let end = seed.pick(&[">", " >", "\n>", "/>"]);
        let attributes = if attributes.is_empty() { String::new() } else { format!(" {attributes}") };
        // A closing tag has no attributes, and a document type is none.
        if name.starts_with(['/', '!']) {
            messed.extend([before, "<", &name, if seed.chance(20) { " >" } else { ">" }]);
        } else {
            let again = if seed.chance(20) { again } else { "" };
            let slash = if attributes.is_empty() { end } else { end.trim_start_matches('/') };
            messed.extend([before, "<", &name, seed.pick(&junk), &attributes, again, seed.pick(&junk), " ", slash]);
        }
        if seed.chance(3) {
            messed += seed.pick(&["<!-- <td>5</td> -->", "<o:p></o:p>", "<!--[if gte mso 9]><td>7</td><![endif]-->"]);
        }
    }
    messed
}

#[test]
fn tags_are_read_as_a_tokenizer_of_the_standard_reads_them() {
    let page = include_str!("../../examples/data/suqian-2024.html");
    let mut whole = 0;
    for at in 0..300 {
        let page = messed(page, &mut Seed::new(at));
        let cells = |Reading { report, notices }: Reading| {
            let kinds: Vec<_> = notices.into_iter().map(|notice| (notice.kind, notice.cells, notice.printed)).collect();
            (report, kinds)
        };
        let (ours, theirs) = (read(&page).map(cells), read(anew(&page)).map(cells));
        whole += usize::from(ours.as_ref().is_ok_and(|(_, notices)| notices.is_empty()));
        assert!(ours == theirs, "{at}:\n{page}\n{ours:?}\n{theirs:?}");
    }
    // Most of them are pages that browsers show as the one that was messed.
    assert!(whole > 200, "{whole} of 300");
}
