//! The parts of a report: where each starts, and where in them the tables stand.

use std::ops::Range;
use std::sync::LazyLock;

use super::label::{Numbering, is_digit, is_letter, letter, letters, similarity, split_numbering, squeezed};
use super::page::{Item, Page};
use super::rows::Row;
use super::vocabulary::{Term, Vocabulary};
use crate::form::{Edition, Section, Table};

/// The parts of a page.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    /// Where each section starts, in order: the item of its title, and what of that item is already its text.
    starts: Vec<(Section, usize, String)>,
    /// The items of each table.
    zones: [Option<Range<usize>>; Table::COUNT],
    /// The rows of each table, places counted in characters.
    rows: [Vec<Row<'a>>; Table::COUNT],
    /// Whether lines of text inside of a zone are rows of its table.
    lines_are_rows: bool,
}

/// The longest title of a part, in characters.
const LONGEST_TITLE: usize = 60;

impl<'a> Parts<'a> {
    pub(super) fn find(page: &'a Page<'a>, lines_are_rows: bool) -> Self {
        let mut parts =
            Self { starts: starts(&page.items), zones: [None, None, None], rows: [const { Vec::new() }; Table::COUNT], lines_are_rows };
        for titled in [true, false] {
            for (table, section) in TABLES {
                if parts.zones.get(table.index()).is_some_and(Option::is_some) {
                    continue;
                }
                let range = match parts.range(section, page.items.len()) {
                    Some(range) if titled => range,
                    None if !titled => 0..page.items.len(),
                    _ => continue,
                };
                parts.look(page, table, range, titled);
            }
        }
        // A table under the title of another part is still a table.
        for (table, _) in TABLES {
            if parts.zones.get(table.index()).is_some_and(Option::is_none) {
                parts.look(page, table, 0..page.items.len(), false);
            }
        }
        parts
    }

    /// Looks for a table among those items.
    fn look(&mut self, page: &'a Page<'a>, table: Table, range: Range<usize>, titled: bool) {
        let Some((zone, rows)) = self.zone(page, table, range, titled) else { return };
        if let (Some(place), Some(found)) = (self.zones.get_mut(table.index()), self.rows.get_mut(table.index())) {
            (*place, *found) = (Some(zone), rows);
        }
    }

    /// The items under the title of a part.
    fn range(&self, section: Section, end: usize) -> Option<Range<usize>> {
        let at = self.starts.iter().position(|(known, ..)| *known == section)?;
        let start = self.starts.get(at)?.1.saturating_add(1);
        Some(start..self.starts.get(at.saturating_add(1)).map_or(end, |next| next.1))
    }

    /// The items of a table, from its first word to its last, and its rows.
    fn zone(&self, page: &'a Page<'a>, table: Table, range: Range<usize>, titled: bool) -> Option<(Range<usize>, Vec<Row<'a>>)> {
        let words = Vocabulary::of(table);
        let mut zone: Option<Range<usize>> = None;
        let mut seen: Vec<(usize, Row<'a>)> = Vec::new();
        // Whether another table has begun since: then what has no words of its own is that one's.
        let mut passed = false;
        for at in range {
            let Some(item) = page.items.get(at) else { break };
            if self.zones.iter().flatten().any(|other| other.contains(&at)) || self.starts.iter().any(|start| start.1 == at) {
                if zone.is_some() && !titled {
                    break;
                }
                continue;
            }
            if !self.lines_are_rows && item.table.is_none() {
                continue;
            }
            let (place, row) = place(item, words, table);
            if zone.is_some() || matches!(place, Place::Anchor) {
                seen.extend(row.map(|row| (at, row)));
            }
            match place {
                Place::Anchor => {
                    zone = Some(zone.map_or(at, |zone| zone.start)..at.saturating_add(1));
                    passed = false;
                }
                Place::Inside => {
                    if let Some(zone) = zone.as_mut().filter(|_| !passed) {
                        zone.end = at.saturating_add(1);
                    }
                }
                // Figures at the end of a table belong to it, whatever label stands beside them.
                Place::Figures if titled => {
                    let before = zone.as_ref().and_then(|zone| page.items.get(zone.end.checked_sub(1)?));
                    let same = |before: &Item<'_>| item.table.is_some() && before.table == item.table;
                    let next = zone.as_ref().is_some_and(|zone| zone.end == at);
                    if begins_another(item, table) {
                        passed = true;
                    } else if let Some(zone) = zone.as_mut().filter(|_| !passed && (next || before.is_some_and(same))) {
                        zone.end = at.saturating_add(1);
                    }
                }
                Place::Figures | Place::Outside => passed = passed || (zone.is_some() && begins_another(item, table)),
            }
        }
        let zone = zone?;
        let mut seen = seen.into_iter().peekable();
        let items = page.items.get(zone.clone()).unwrap_or_default().iter().zip(zone.start..);
        let items = items.filter(|(item, _)| self.lines_are_rows || item.table.is_some());
        let rows = items.map(|(item, at)| match seen.next_if(|(seen, _)| *seen == at) {
            Some((_, row)) => row,
            None => Row::new(item, words),
        });
        let rows = rows.collect();
        Some((zone, rows))
    }

    /// The rows of each table that was found, places counted in characters. They are handed over once.
    pub(super) fn take_rows(&mut self) -> [Option<Vec<Row<'a>>>; Table::COUNT] {
        let mut rows = self.zones.each_ref().map(|zone| zone.as_ref().map(|_| Vec::new()));
        for (place, found) in rows.iter_mut().zip(&mut self.rows) {
            if let Some(place) = place {
                *place = std::mem::take(found);
            }
        }
        rows
    }

    /// Whether no table was found.
    pub(super) fn are_empty(&self) -> bool {
        self.zones.iter().all(Option::is_none)
    }

    /// Whether lines of text are rows of tables, so that the places of characters matter.
    pub(super) fn have_lines(&self, page: &Page<'_>) -> bool {
        let zones = self.zones.iter().flatten().filter_map(|zone| page.items.get(zone.clone()));
        let figures = |item: &Item<'_>| item.table.is_none() && item.cells.iter().any(|cell| cell.text.contains(is_digit));
        self.lines_are_rows && zones.flatten().any(figures)
    }

    /// The item at which the first part starts.
    pub(super) fn first(&self, page: &Page<'_>) -> usize {
        let zones = self.zones.iter().flatten().map(|zone| zone.start);
        self.starts.iter().map(|start| start.1).chain(zones).min().unwrap_or(page.items.len())
    }

    /// The text of every part, tables and titles left out; `from` is where the text before the first part begins.
    pub(super) fn texts(&self, page: &Page<'_>, from: usize) -> Vec<(Section, String)> {
        let mut texts: Vec<(Section, String)> = vec![(Section::Preamble, String::new())];
        let mut starts = self.starts.iter().peekable();
        for (at, item) in page.items.iter().enumerate().skip(from) {
            if let Some((section, _, rest)) = starts.next_if(|start| start.1 == at) {
                texts.push((*section, rest.clone()));
                continue;
            }
            let in_table = self.zones.iter().flatten().any(|zone| zone.contains(&at)) && (self.lines_are_rows || item.table.is_some());
            let printed = item.printed();
            if in_table || printed.is_empty() {
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

const TABLES: [(Table, Section); Table::COUNT] =
    [(Table::Disclosure, Section::Disclosure), (Table::Requests, Section::Requests), (Table::Disputes, Section::Disputes)];

/// What an item is to a table.
enum Place {
    /// A row of the table by its words.
    Anchor,
    /// What may belong to the table if it stands after a row of it.
    Inside,
    /// Figures beside a label that the table does not know.
    Figures,
    Outside,
}

fn place<'a>(item: &'a Item<'a>, words: &Vocabulary, table: Table) -> (Place, Option<Row<'a>>) {
    // Before the words are looked at one by one: a paragraph is no row.
    let length: usize = item.cells.iter().map(|cell| cell.text.len()).sum();
    if item.table.is_none() && length > 900 {
        return (Place::Outside, None);
    }
    let row = Row::new(item, words);
    (place_of(&row, item, words, table), Some(row))
}

fn place_of(row: &Row<'_>, item: &Item<'_>, words: &Vocabulary, table: Table) -> Place {
    let mut anchored = false;
    for piece in row.pieces.iter().filter(|piece| !piece.letters.is_empty()) {
        let text = &*piece.letters;
        let among = words.compound(text).into_iter().flatten();
        let strong = words.exact(text).chain(among).any(|term| is_strong(term, text, table));
        anchored = anchored || strong;
        if !strong && !words.is_known(text) {
            // A row that the form does not have stands in the middle of the others, or is none.
            let least = if item.table.is_some() { 1 } else { FIGURES };
            return match () {
                () if anchored && item.table.is_some() => Place::Anchor,
                () if row.is_credible() && row.filled().count() >= least => Place::Figures,
                () => Place::Outside,
            };
        }
    }
    match (anchored, row.has_figures() || !row.pieces.is_empty()) {
        (true, _) => Place::Anchor,
        (false, true) => Place::Inside,
        (false, false) => Place::Outside,
    }
}

/// Whether an item is a row of another table by its words.
fn begins_another(item: &Item<'_>, table: Table) -> bool {
    let others = Table::ALL.iter().filter(|&&other| other != table);
    others.into_iter().any(|&other| matches!(place(item, Vocabulary::of(other), other), (Place::Anchor, _)))
}

/// So many figures in a line of text are figures of a table.
const FIGURES: usize = 3;

/// Whether a word belongs to one table alone.
fn is_strong(term: Term, text: &str, table: Table) -> bool {
    match table {
        Table::Disclosure => true,
        Table::Requests => match term {
            Term::Row(_) => text.chars().count() >= 4,
            Term::Column(_) => !matches!(text, "其他" | "总计"),
            Term::Frame => true,
        },
        Table::Disputes => text != "总计",
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
