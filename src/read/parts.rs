//! The parts of a report: where each starts, and its text.

use std::ops::Range;
use std::sync::LazyLock;

use super::label::{Numbering, is_letter, letter, letters, similarity, split_numbering, squeezed};
use super::page::{Item, Page};
use crate::form::{Edition, Section};

/// The parts of a page.
#[derive(Debug)]
pub(super) struct Parts {
    /// Where each section starts, in order: the item of its title, and what of that item is already its text.
    starts: Vec<(Section, usize, String)>,
}

/// The longest title of a part, in characters.
const LONGEST_TITLE: usize = 60;

impl Parts {
    pub(super) fn find(page: &Page<'_>) -> Self {
        Self { starts: starts(&page.items) }
    }

    /// The items under the title of a part.
    pub(super) fn range(&self, section: Section, end: usize) -> Option<Range<usize>> {
        let at = self.starts.iter().position(|(known, ..)| *known == section)?;
        let start = self.starts.get(at)?.1.saturating_add(1);
        Some(start..self.starts.get(at.saturating_add(1)).map_or(end, |next| next.1))
    }

    /// Whether an item is the title of a part.
    pub(super) fn starts_at(&self, at: usize) -> bool {
        self.starts.iter().any(|start| start.1 == at)
    }

    /// The item at which the first part starts.
    pub(super) fn first(&self) -> Option<usize> {
        self.starts.first().map(|start| start.1)
    }

    /// The text of every part, tables and titles left out; `from` is where the text before the first part begins,
    /// `is_row` tells the rows of tables.
    pub(super) fn texts(&self, page: &Page<'_>, from: usize, is_row: impl Fn(usize) -> bool) -> Vec<(Section, String)> {
        let mut texts: Vec<(Section, String)> = vec![(Section::Preamble, String::new())];
        let mut starts = self.starts.iter().peekable();
        for (at, item) in page.items.iter().enumerate().skip(from) {
            if let Some((section, _, rest)) = starts.next_if(|start| start.1 == at) {
                texts.push((*section, rest.clone()));
                continue;
            }
            if is_row(at) {
                continue;
            }
            let printed = item.printed();
            if printed.is_empty() {
                continue;
            }
            if let Some((_, text)) = texts.last_mut() {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&printed);
            }
        }
        texts.retain(|(section, text)| *section != Section::Preamble || !text.is_empty());
        texts
    }
}

/// The titles of the parts that a page prints: the best chain of them in the form's order, the later one where two are as good.
fn starts(items: &[Item<'_>]) -> Vec<(Section, usize, String)> {
    type Chain = Option<(usize, usize)>; // score, place in `links`
    let mut links: Vec<(Section, usize, String, Option<usize>)> = Vec::new();
    let mut best: [Chain; Section::COUNT] = [None; Section::COUNT];
    for (at, item) in items.iter().enumerate() {
        let Some((section, score, rest)) = item.single().and_then(title) else { continue };
        let before = best.iter().take(section.index()).flatten().max_by_key(|chain| (chain.0, chain.1)).copied();
        let score = before.map_or(0, |chain| chain.0).saturating_add(score);
        if best.get(section.index()).copied().flatten().is_none_or(|chain| score >= chain.0) {
            if let Some(place) = best.get_mut(section.index()) {
                *place = Some((score, links.len()));
            }
            links.push((section, at, rest, before.map(|chain| chain.1)));
        }
    }
    let mut starts = Vec::new();
    let mut next = best.iter().flatten().max_by_key(|chain| (chain.0, chain.1)).map(|chain| chain.1);
    while let Some((section, at, rest, before)) = next.and_then(|at| links.get(at)) {
        starts.push((*section, *at, rest.clone()));
        next = *before;
    }
    starts.reverse();
    starts
}

/// The part that a text is the title of.
pub(super) fn section(text: &str) -> Option<Section> {
    title(text).map(|(section, ..)| section)
}

/// The part that a text is the title of, how surely, and what of the text stands after the title.
fn title(text: &str) -> Option<(Section, usize, String)> {
    let head = text.char_indices().nth(LONGEST_TITLE).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
    // Nearly every line is none, and one look tells.
    if !head.contains(IN_TITLES) {
        return None;
    }
    let squeezed = squeezed(head.trim_start_matches(['#', '*', ' ', '>']));
    let (numbering, rest) = split_numbering(&squeezed);
    // A table of contents ends its lines with the number of a page.
    if matches!(numbering, Some(Numbering::Group)) || squeezed.ends_with(super::label::is_digit) {
        return None;
    }
    let named = letters(rest);
    for (section, own) in &*TITLES {
        if named == *own {
            return Some((*section, 4, String::new()));
        }
        if numbering == Some(Numbering::Part) && named.starts_with(own) {
            return Some((*section, 3, after(text, own)));
        }
    }
    if text.chars().count() > LONGEST_TITLE.saturating_div(2) || named.chars().count() > 28 || rest.contains(['。', '；', '，']) {
        return None;
    }
    variant(&named).map(|section| (section, if numbering == Some(Numbering::Part) { 2 } else { 1 }, String::new()))
}

/// The letters of the parts' own titles, without their numbers.
static TITLES: LazyLock<Vec<(Section, String)>> = LazyLock::new(|| {
    let parts = Section::ALL.iter().filter(|&&section| section != Section::Preamble);
    parts.map(|&section| (section, letters(split_numbering(section.label(Edition::E2021)).1))).collect()
});

/// Every title of a part, in whatever words, has one of these.
const IN_TITLES: [char; 8] = ['况', '述', '项', '题', '足', '请', '讼', '息'];

/// The part that a title in other words is meant for.
fn variant(named: &str) -> Option<Section> {
    let has = |word: &str| named.contains(word);
    if has("行政复议") && has("诉讼") && !has("一") {
        return Some(Section::Disputes);
    }
    if has("申请") && (has("收到") || has("依申请公开")) && has("政府信息") {
        return Some(Section::Requests);
    }
    if has("主动公开") && has("政府信息") {
        return Some(Section::Disclosure);
    }
    if named.ends_with("总体情况") || named == "概述" || named == "总体概述" {
        return Some(Section::Overview);
    }
    if has("其他") && has("报告") && has("事项") {
        return Some(Section::OtherMatters);
    }
    if !(has("问题") || has("不足")) {
        return None;
    }
    let improves = ["改进", "措施", "打算", "下一步"].iter().any(|word| has(word));
    let own = TITLES.iter().find(|(section, _)| *section == Section::Problems)?;
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    (improves || similarity(&letters(named), &letters(&own.1)) >= 70).then_some(Section::Problems)
}

/// What stands in a text after those letters.
fn after(text: &str, named: &str) -> String {
    let mut left = named.chars().peekable();
    let start = split_point(text);
    let mut rest = text.get(start..).unwrap_or_default().char_indices();
    for (at, c) in rest.by_ref() {
        if left.peek().is_none() {
            let tail = text.get(start.saturating_add(at)..).unwrap_or_default();
            return tail.trim_start_matches(|c: char| !is_letter(c) && !super::label::is_digit(c)).trim_end().to_owned();
        }
        if letter(c).is_some_and(|c| left.peek() == Some(&c)) {
            left.next();
        }
    }
    String::new()
}

/// Where a text goes on after its numbering.
fn split_point(text: &str) -> usize {
    text.find(['、', '.', '．', ',', '，'])
        .map_or(0, |at| at.saturating_add(text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)))
}
