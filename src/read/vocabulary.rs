//! The words of each table, taken from the form: which printed texts name its rows, its columns and its frame.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::label::{Numbering, letters, similarity, split_numbering, squeezed, unbracketed};
use crate::form::{Applicant, DisclosureColumn, DisclosureRow, Edition, Proceeding, RequestRow, Ruling, Table, blocks, groups};

/// What a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    /// A row, by its place on its axis.
    Row(usize),
    /// A column, by its place on its axis.
    Column(usize),
    /// A label of the frame: headings of groups, articles, the corner.
    Frame,
}

#[derive(Debug)]
struct Word {
    term: Term,
    numbering: Option<Numbering>,
    text: String,
    letters: Vec<char>,
}

/// The words of a table.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Vec<Word>,
    /// Every run of letters in a word, and what it is: labels are looked up piece by piece.
    parts: HashMap<Box<str>, Part, BuildHasherDefault<Words>>,
}

/// A hash for few and short words that are the form's own: nobody chooses them to collide.
#[derive(Debug, Default)]
struct Words(u64);

impl Words {
    const fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Words {
    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in words.by_ref() {
            self.add(u64::from_le_bytes(word.try_into().unwrap_or_default()));
        }
        self.add(words.remainder().iter().fold(0, |word, &byte| word << 8 | u64::from(byte)));
    }

    fn finish(&self) -> u64 {
        // The table looks at the highest bits too.
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32)
    }
}

/// What a run of letters is to a table.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
struct Part {
    /// The row whose whole label it is.
    row: Option<usize>,
    /// The column whose whole label it is.
    column: Option<usize>,
    /// Whether it is a whole label of the frame.
    frame: bool,
    /// Whether the label of a row starts with it.
    opens_row: bool,
    /// Whether a label starts with it.
    opens: bool,
    /// Whether it stands in a label of a column or of the frame.
    fragment: bool,
    /// The one column in whose labels it stands.
    owner: Owner,
}

/// To how many columns a run of letters belongs, when no label of the frame has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Owner {
    #[default]
    Nobody,
    One(usize),
    Several,
}

/// Labels that offices print for another label of the form.
const COLUMN_MISPRINTS: &[(&str, Applicant)] = &[("社会组织", Applicant::PublicInterestOrganization)];

/// Other names that offices give to proceedings.
const PROCEEDING_NAMES: &[(&str, Proceeding)] = &[
    ("行政复议案件", Proceeding::Reconsideration),
    ("行政复议情况", Proceeding::Reconsideration),
    ("未经复议直接起诉的", Proceeding::DirectLitigation),
    ("未经复议起诉", Proceeding::DirectLitigation),
    ("经复议后起诉", Proceeding::LitigationAfterReconsideration),
    ("复议后诉讼", Proceeding::LitigationAfterReconsideration),
    ("复议后起诉的", Proceeding::LitigationAfterReconsideration),
];

static DISCLOSURE: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut words = Vocabulary::default();
    for &edition in Edition::ALL {
        for &row in DisclosureRow::ALL {
            words.add(Term::Row(row.index()), row.label(edition));
        }
        for &column in DisclosureColumn::ALL {
            words.add(Term::Column(column.index()), column.label(edition));
        }
        for block in blocks(edition) {
            words.add(Term::Frame, block.article);
        }
    }
    words.add(Term::Frame, Table::DISCLOSURE_HEADER);
    words.indexed()
});

static REQUESTS: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut words = Vocabulary::default();
    for &row in RequestRow::ALL {
        words.add(Term::Row(row.index()), row.label(Edition::E2021));
    }
    for &who in Applicant::ALL {
        words.add(Term::Column(who.index()), who.label(Edition::E2021));
    }
    for &(label, who) in COLUMN_MISPRINTS {
        words.add(Term::Column(who.index()), label);
    }
    for group in groups(Edition::E2021) {
        words.add(Term::Frame, group.label);
    }
    for label in [RequestRow::OUTCOMES_LABEL, Applicant::HEADING, Applicant::ORGANIZATIONS.label, Table::REQUESTS_NOTE] {
        words.add(Term::Frame, label);
    }
    words.indexed()
});

static DISPUTES: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut words = Vocabulary::default();
    for &block in Proceeding::ALL {
        words.add(Term::Row(block.index()), block.label(Edition::E2021));
    }
    for &ruling in Ruling::ALL {
        words.add(Term::Column(ruling.index()), ruling.label(Edition::E2021));
    }
    for &(name, block) in PROCEEDING_NAMES {
        words.add(Term::Row(block.index()), name);
    }
    words.add(Term::Frame, Proceeding::LITIGATION.label);
    words.indexed()
});

/// How alike a printed label and a label of the form must be, in percent.
const ALIKE: usize = 75;

/// How alike they must be where the place of the label tells too, and where its number does as well.
const LIKELY: usize = 50;
const NUMBERED: usize = 34;

/// So many letters of a label stand for it where its place tells too.
const PART: usize = 4;

/// The most letters of a label.
const MOST_LETTERS: usize = 40;

/// By how much the best label must lead the next one.
const LEAD: usize = 12;

impl Vocabulary {
    /// The words of that table.
    pub(super) fn of(table: Table) -> &'static Self {
        match table {
            Table::Disclosure => &DISCLOSURE,
            Table::Requests => &REQUESTS,
            Table::Disputes => &DISPUTES,
        }
    }

    fn add(&mut self, term: Term, label: &str) {
        let squeezed = squeezed(label);
        let (numbering, rest) = split_numbering(&squeezed);
        let whole = letters(rest);
        // Offices leave the explanation in brackets out, or print it in a smaller type of its own.
        let short = letters(&unbracketed(split_numbering(&squeezed).1));
        for text in [whole, short] {
            if !text.is_empty() && !self.words.iter().any(|word| word.term == term && word.text == text) {
                self.words.push(Word { term, numbering, letters: text.chars().collect(), text });
            }
        }
    }

    /// Indexes every run of letters.
    fn indexed(mut self) -> Self {
        for word in &self.words {
            for start in 0..word.letters.len() {
                let mut run = String::new();
                for (end, &letter) in word.letters.iter().enumerate().skip(start) {
                    run.push(letter);
                    let whole = start == 0 && end.saturating_add(1) == word.letters.len();
                    self.parts.entry(run.as_str().into()).or_default().add(word.term, start == 0, whole);
                }
            }
        }
        self
    }

    fn part(&self, text: &str) -> Part {
        self.parts.get(text).copied().unwrap_or_default()
    }

    /// What those letters name exactly.
    pub(super) fn exact(&self, text: &str) -> impl Iterator<Item = Term> {
        let part = self.part(text);
        part.row.map(Term::Row).into_iter().chain(part.column.map(Term::Column)).chain(part.frame.then_some(Term::Frame))
    }

    /// What those letters name: one label exactly, or labels put together.
    pub(super) fn named(&self, text: &str) -> impl Iterator<Item = Term> {
        let mut exact = self.exact(text).peekable();
        let among = if exact.peek().is_none() { self.put_together(text) } else { None };
        exact.chain(among.into_iter().flatten())
    }

    pub(super) fn is_column(&self, text: &str) -> bool {
        self.part(text).column.is_some()
    }

    pub(super) fn is_frame(&self, text: &str) -> bool {
        self.part(text).frame
    }

    /// The row that those letters name exactly.
    pub(super) fn row(&self, text: &str) -> Option<usize> {
        self.part(text).row
    }

    /// Whether those letters name a row, exactly or nearly.
    pub(super) fn names_row(&self, text: &str) -> bool {
        self.row(text).is_some() || self.similar_row(text).is_some()
    }

    /// The column that those letters name exactly.
    pub(super) fn column(&self, text: &str) -> Option<usize> {
        self.part(text).column
    }

    /// Whether the label of a row starts with those letters.
    pub(super) fn opens_row(&self, text: &str) -> bool {
        self.part(text).opens_row
    }

    /// Whether a label starts with those letters.
    pub(super) fn opens(&self, text: &str) -> bool {
        self.part(text).opens
    }

    /// Whether the letters stand in a label.
    pub(super) fn is_part(&self, text: &str) -> bool {
        self.parts.contains_key(text)
    }

    /// The one row whose label starts with those letters, if they are enough of it.
    pub(super) fn row_opened(&self, text: &str) -> Option<usize> {
        let count = text.chars().count();
        let mut rows =
            self.rows().filter(|(_, word)| word.text.starts_with(text) && (count >= 4 || count.saturating_mul(2) >= word.letters.len()));
        let (row, _) = rows.next()?;
        (self.rows().filter(|(_, word)| word.text.starts_with(text)).all(|(other, _)| other == row)).then_some(row)
    }

    /// How alike those letters and a label of a column are, in percent.
    pub(super) fn likeness(&self, text: &str, column: usize) -> usize {
        let text: Vec<char> = text.chars().take(MOST_LETTERS).collect();
        let labels = self.words.iter().filter(|word| word.term == Term::Column(column));
        labels.map(|word| similarity(&text, &word.letters)).max().unwrap_or(0)
    }

    /// The rows whose labels those letters may stand for where their place tells too: somewhat like them, less so if they are numbered
    /// alike, or a part of them.
    pub(super) fn likely_rows(&self, text: &str, numbering: Option<Numbering>) -> impl Iterator<Item = usize> {
        let letters: Vec<char> = text.chars().take(MOST_LETTERS).collect();
        let part = letters.len() >= PART;
        let mut rows: Vec<usize> = self
            .rows()
            .filter(|(_, word)| {
                let least = if numbering.is_some() && numbering == word.numbering { NUMBERED } else { LIKELY };
                (part && word.text.contains(text)) || similarity(&letters, &word.letters) >= least
            })
            .map(|(row, _)| row)
            .collect();
        rows.dedup();
        rows.into_iter()
    }

    /// The row whose label is most like those letters, if it is like enough and leads the others.
    pub(super) fn similar_row(&self, text: &str) -> Option<usize> {
        self.similar(text, |term| if let Term::Row(row) = term { Some(row) } else { None })
    }

    /// The column whose label is most like those letters, if it is like enough and leads the others.
    pub(super) fn similar_column(&self, text: &str) -> Option<usize> {
        self.similar(text, |term| if let Term::Column(column) = term { Some(column) } else { None })
    }

    fn similar(&self, text: &str, wanted: impl Fn(Term) -> Option<usize>) -> Option<usize> {
        let text: Vec<char> = text.chars().take(MOST_LETTERS.saturating_mul(2)).collect();
        let (mut best, mut second) = ((0, None), 0);
        for word in &self.words {
            let Some(named) = wanted(word.term) else { continue };
            // Lengths that are far apart cannot be alike, whatever the letters are.
            let (short, long) = (text.len().min(word.letters.len()), text.len().max(word.letters.len()));
            if short.saturating_mul(200) < ALIKE.saturating_mul(short.saturating_add(long)).saturating_sub(LEAD.saturating_mul(long)) {
                continue;
            }
            let alike = similarity(&text, &word.letters);
            if alike > best.0 {
                if best.1 != Some(named) {
                    second = best.0;
                }
                best = (alike, Some(named));
            } else if best.1 != Some(named) {
                second = second.max(alike);
            }
        }
        best.1.filter(|_| best.0 >= ALIKE && best.0 >= usize::saturating_add(second, LEAD))
    }

    /// Whether the letters are a part of a label of the frame or of a column: a label that is cut into pieces.
    pub(super) fn is_fragment(&self, text: &str) -> bool {
        self.part(text).fragment
    }

    /// The longest piece of a label of a column or of the frame that opens the text.
    pub(super) fn opening_fragment<'a>(&self, text: &'a str) -> Option<&'a str> {
        // Nearly every text is one whole label.
        if self.is_fragment(text) {
            return Some(text);
        }
        let ends = text.char_indices().map(|(at, c)| at.saturating_add(c.len_utf8())).take(MOST_LETTERS);
        ends.filter_map(|end| text.get(..end)).take_while(|piece| self.is_fragment(piece)).last()
    }

    /// The one column whose label has those letters in it, if no label of the frame has.
    pub(super) fn column_of_fragment(&self, text: &str) -> Option<usize> {
        let part = self.part(text);
        part.column.or(match part.owner {
            Owner::One(column) if text.chars().nth(1).is_some() => Some(column),
            Owner::One(_) | Owner::Nobody | Owner::Several => None,
        })
    }

    /// Whether the letters are nothing but pieces of labels of columns and of the frame, one after the other.
    pub(super) fn is_fragments(&self, text: &str) -> bool {
        let mut rest = text;
        while !rest.is_empty() {
            let Some(piece) = self.opening_fragment(rest) else { return false };
            rest = rest.get(piece.len()..).unwrap_or_default();
        }
        true
    }

    /// Whether the letters are a word of the table, or a part of one.
    pub(super) fn is_known(&self, text: &str) -> bool {
        self.is_part(text) || self.similar_row(text).is_some() || self.compound(text).is_some()
    }

    /// The labels that the letters are put together of, one after the other: 法人或其他组织 and 商业企业.
    pub(super) fn compound(&self, text: &str) -> Option<Vec<Term>> {
        // One label is not put together of several.
        if self.exact(text).next().is_some() { None } else { self.put_together(text) }
    }

    fn put_together(&self, text: &str) -> Option<Vec<Term>> {
        let mut found = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, c)| at.saturating_add(c.len_utf8())).take(MOST_LETTERS);
            // What no label has in it opens none.
            let parts = ends.map_while(|end| rest.split_at_checked(end).filter(|(part, _)| self.parts.contains_key(*part)));
            let (term, after) = parts.filter_map(|(word, after)| Some((self.exact(word).next()?, after))).last()?;
            found.push(term);
            rest = after;
        }
        (found.len() >= 2).then_some(found)
    }

    /// The row that those letters name among other labels.
    pub(super) fn row_in(&self, text: &str) -> Option<usize> {
        let mut rows = self.compound(text)?.into_iter().filter_map(|term| if let Term::Row(row) = term { Some(row) } else { None });
        rows.next_back()
    }

    /// The column that those letters name, after the labels that stand over it.
    pub(super) fn column_below(&self, text: &str) -> Option<usize> {
        match self.compound(text)?.last() {
            Some(Term::Column(column)) => Some(*column),
            _ => None,
        }
    }

    /// The row label that ends the letters, if what stands before it is a piece of the frame.
    pub(super) fn row_after_fragment(&self, text: &str) -> Option<usize> {
        self.rows().filter(|(_, word)| word.letters.len() >= 4).find_map(|(row, word)| {
            let before = text.strip_suffix(&*word.text)?;
            (!before.is_empty() && self.is_fragment(before)).then_some(row)
        })
    }

    fn rows(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.words.iter().filter_map(|word| match word.term {
            Term::Row(row) => Some((row, word)),
            Term::Column(_) | Term::Frame => None,
        })
    }
}

impl Part {
    fn add(&mut self, term: Term, opens: bool, whole: bool) {
        self.opens = self.opens || opens;
        match term {
            Term::Row(row) => {
                self.opens_row = self.opens_row || opens;
                if whole {
                    self.row = self.row.or(Some(row));
                }
            }
            Term::Column(column) => {
                self.fragment = true;
                self.owner = match self.owner {
                    Owner::Nobody => Owner::One(column),
                    Owner::One(known) if known == column => Owner::One(column),
                    Owner::One(_) | Owner::Several => Owner::Several,
                };
                if whole {
                    self.column = self.column.or(Some(column));
                }
            }
            Term::Frame => {
                self.fragment = true;
                self.owner = Owner::Several;
                self.frame = self.frame || whole;
            }
        }
    }
}
