//! The words of each table, taken from the form: which printed texts name its rows, its columns and its frame.

use std::sync::LazyLock;

use super::label::{letters, similarity, split_numbering, squeezed, unbracketed};
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
    text: String,
    letters: Vec<char>,
}

/// The words of a table.
#[derive(Debug)]
pub(super) struct Vocabulary {
    words: Vec<Word>,
}

/// Labels that offices print for another label of the form.
const COLUMN_MISPRINTS: &[(&str, Applicant)] = &[("社会组织", Applicant::PublicInterestOrganization)];

static DISCLOSURE: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut words = Vocabulary { words: Vec::new() };
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
    words
});

static REQUESTS: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut words = Vocabulary { words: Vec::new() };
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
    words
});

static DISPUTES: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut words = Vocabulary { words: Vec::new() };
    for &block in Proceeding::ALL {
        words.add(Term::Row(block.index()), block.label(Edition::E2021));
    }
    for &ruling in Ruling::ALL {
        words.add(Term::Column(ruling.index()), ruling.label(Edition::E2021));
    }
    words.add(Term::Frame, Proceeding::LITIGATION.label);
    words
});

/// How alike a printed label and a label of the form must be, in percent.
const ALIKE: usize = 75;

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
        let whole = letters(split_numbering(&squeezed).1);
        // Offices leave the explanation in brackets out, or print it in a smaller type of its own.
        let short = letters(&unbracketed(split_numbering(&squeezed).1));
        for text in [whole, short] {
            if !text.is_empty() && !self.words.iter().any(|word| word.term == term && word.text == text) {
                self.words.push(Word { term, letters: text.chars().collect(), text });
            }
        }
    }

    /// What those letters name exactly.
    pub(super) fn exact<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Term> + 'a {
        self.words.iter().filter(move |word| word.text == text).map(|word| word.term)
    }

    pub(super) fn is_column(&self, text: &str) -> bool {
        self.exact(text).any(|term| matches!(term, Term::Column(_)))
    }

    pub(super) fn is_frame(&self, text: &str) -> bool {
        self.exact(text).any(|term| term == Term::Frame)
    }

    /// The row that those letters name exactly.
    pub(super) fn row(&self, text: &str) -> Option<usize> {
        self.exact(text).find_map(|term| match term {
            Term::Row(row) => Some(row),
            Term::Column(_) | Term::Frame => None,
        })
    }

    /// The column that those letters name exactly.
    pub(super) fn column(&self, text: &str) -> Option<usize> {
        self.exact(text).find_map(|term| match term {
            Term::Column(column) => Some(column),
            Term::Row(_) | Term::Frame => None,
        })
    }

    /// Whether the label of a row starts with those letters.
    pub(super) fn opens_row(&self, text: &str) -> bool {
        self.rows().any(|(_, word)| word.text.starts_with(text))
    }

    /// The one row whose label starts with those letters, if they are enough of it.
    pub(super) fn row_opened(&self, text: &str) -> Option<usize> {
        let count = text.chars().count();
        let mut rows =
            self.rows().filter(|(_, word)| word.text.starts_with(text) && (count >= 4 || count.saturating_mul(2) >= word.letters.len()));
        let (row, _) = rows.next()?;
        (self.rows().filter(|(_, word)| word.text.starts_with(text)).all(|(other, _)| other == row)).then_some(row)
    }

    /// The row whose label is most like those letters, if it is like enough and leads the others.
    pub(super) fn similar_row(&self, text: &str) -> Option<usize> {
        let text: Vec<char> = text.chars().take(MOST_LETTERS.saturating_mul(2)).collect();
        let (mut best, mut second) = ((0, None), 0);
        for (row, word) in self.rows() {
            // Lengths that are far apart cannot be alike, whatever the letters are.
            let (short, long) = (text.len().min(word.letters.len()), text.len().max(word.letters.len()));
            if short.saturating_mul(200) < ALIKE.saturating_mul(short.saturating_add(long)).saturating_sub(LEAD.saturating_mul(long)) {
                continue;
            }
            let alike = similarity(&text, &word.letters);
            if alike > best.0 {
                if best.1 != Some(row) {
                    second = best.0;
                }
                best = (alike, Some(row));
            } else if best.1 != Some(row) {
                second = second.max(alike);
            }
        }
        best.1.filter(|_| best.0 >= ALIKE && best.0 >= usize::saturating_add(second, LEAD))
    }

    /// Whether the letters are a part of a label of the frame or of a column: a label that is cut into pieces.
    pub(super) fn is_fragment(&self, text: &str) -> bool {
        self.words.iter().any(|word| !matches!(word.term, Term::Row(_)) && word.text.contains(text))
    }

    /// The longest piece of a label of a column or of the frame that opens the text.
    pub(super) fn opening_fragment<'a>(&self, text: &'a str) -> Option<&'a str> {
        let ends = text.char_indices().map(|(at, c)| at.saturating_add(c.len_utf8())).take(MOST_LETTERS);
        ends.filter_map(|end| text.get(..end)).take_while(|piece| self.is_fragment(piece)).last()
    }

    /// The one column whose label has those letters in it, if no label of the frame has.
    pub(super) fn column_of_fragment(&self, text: &str) -> Option<usize> {
        if let Some(column) = self.column(text) {
            return Some(column);
        }
        let mut found = None;
        for word in self.words.iter().filter(|word| word.text.contains(text)) {
            match word.term {
                Term::Column(column) if found.is_none_or(|found| found == column) => found = Some(column),
                Term::Row(_) => {}
                Term::Column(_) | Term::Frame => return None,
            }
        }
        found.filter(|_| text.chars().nth(1).is_some())
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
        self.words.iter().any(|word| word.text.contains(text)) || self.similar_row(text).is_some()
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
