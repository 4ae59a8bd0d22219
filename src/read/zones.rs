//! Where the tables stand: which items of a page are rows of which table.

use std::collections::BTreeMap;
use std::ops::Range;

use super::figure::looks_like_figure;
use super::label::{is_digit, letters, split_numbering, squeezed};
use super::page::{Item, Page, is_blank};
use super::parts::Parts;
use super::rows::{Geometry, Row};
use super::vocabulary::{Term, Vocabulary};
use crate::form::{Section, Table};

/// The rows of each table that a page prints, and which of its items they are.
#[derive(Debug, Default)]
pub(super) struct Zones<'a> {
    pub(super) rows: [Option<Vec<Row<'a>>>; Table::COUNT],
    /// For each item whether it is a row of a table.
    taken: Vec<bool>,
}

const TABLES: [(Table, Section); Table::COUNT] =
    [(Table::Disclosure, Section::Disclosure), (Table::Requests, Section::Requests), (Table::Disputes, Section::Disputes)];

impl<'a> Zones<'a> {
    /// Finds the tables; `lines_are_rows` says that lines of text may be rows as well as the rows of grids.
    pub(super) fn find(page: &'a Page<'a>, parts: &Parts, lines_are_rows: bool) -> Self {
        let mut zones = Self { taken: vec![false; page.items.len()], ..Self::default() };
        if !lines_are_rows {
            zones.find_grids(page, parts);
        }
        for titled in [true, false] {
            for (table, section) in TABLES {
                let range = match parts.range(section, page.items.len()) {
                    Some(range) if titled => range,
                    None if !titled => 0..page.items.len(),
                    _ => continue,
                };
                zones.find_lines(page, parts, table, range, titled);
            }
        }
        // A table under the title of another part is still a table.
        for (table, _) in TABLES {
            zones.find_lines(page, parts, table, 0..page.items.len(), false);
        }
        zones
    }

    /// Whether no table was found.
    pub(super) fn are_empty(&self) -> bool {
        self.rows.iter().all(Option::is_none)
    }

    /// The first item that is a row of a table.
    pub(super) fn first(&self) -> Option<usize> {
        self.taken.iter().position(|&taken| taken)
    }

    /// Whether an item is a row of a table.
    pub(super) fn has(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or(false)
    }

    /// Whether lines of text with figures are rows of tables, so that the places of characters matter.
    pub(super) fn have_lines(&self) -> bool {
        self.rows.iter().flatten().flatten().any(|row| row.geometry == Geometry::Line && row.has_figures())
    }

    /// The rows with figures that stand beside the tables that were found, though their words are those of a table: another report on
    /// the page, or what stands over a title that is printed again.
    pub(super) fn left_over(&self, page: &'a Page<'a>, parts: &Parts) -> Vec<Row<'a>> {
        let may_be_row = |item: &Item<'_>| item.table.is_some() || item.text().contains('\t') || item.text().contains("   ");
        let items = page.items.iter().enumerate().filter(|(at, item)| !self.has(*at) && !parts.starts_at(*at) && may_be_row(item));
        let with_digits = items.filter(|(_, item)| item.cells.iter().any(|cell| cell.text.contains(is_digit)));
        let row = |(_, item): (usize, &'a Item<'a>)| {
            let rows = Table::ALL.iter().map(|&table| place(item, Vocabulary::of(table), table));
            let mut rows = rows.filter_map(|(place, row)| row.filter(|_| matches!(place, Place::Anchor)));
            rows.find(|row| row.has_numbers() && !row.pieces.is_empty())
        };
        with_digits.filter_map(row).collect()
    }

    /// Takes in the rows of a table.
    fn put(&mut self, table: Table, rows: Vec<(usize, Row<'a>)>) {
        for (at, _) in &rows {
            if let Some(taken) = self.taken.get_mut(*at) {
                *taken = true;
            }
        }
        if let Some(found) = self.rows.get_mut(table.index()) {
            *found = Some(rows.into_iter().map(|(_, row)| row).collect());
        }
    }

    /// Finds tables whose rows are rows of grids: by their words, and under the titles of their parts where they stand there.
    fn find_grids(&mut self, page: &'a Page<'a>, parts: &Parts) {
        let segments = segments(page, parts);
        for (table, section) in TABLES {
            let of = |segment: &&Segment| segment.table == table;
            let range = parts.range(section, page.items.len());
            let titled =
                |segment: &&Segment| range.as_ref().is_some_and(|range| segment.items.first().is_some_and(|first| range.contains(first)));
            let known = segments.iter().filter(of).filter(titled).fold(0, |known, segment| known | segment.rows);
            // What stands under another title belongs to the table if it prints rows that are missing here.
            let chosen = segments.iter().filter(of).filter(|segment| titled(segment) || segment.rows & !known != 0 || known == 0);
            let mut items: Vec<usize> = chosen.flat_map(|segment| segment.items.iter().copied()).collect();
            let (Some(&first), Some(&last)) = (items.first(), items.last()) else { continue };
            let words = Vocabulary::of(table);
            if table == Table::Disputes {
                // A grid for each proceeding has its name over it.
                let from = range.filter(|range| range.contains(&first)).map_or(first.saturating_sub(OVER), |range| range.start);
                let names =
                    (from..last).filter(|&at| page.items.get(at).is_some_and(|item| item.table.is_none() && names_row(item, words)));
                items.extend(names);
                items.sort_unstable();
            }
            // Where a grid has headings only, its figures may stand below it in lines.
            if table == Table::Disputes && !items.iter().any(|&at| has_figures(page, at)) {
                let below = last.saturating_add(1)..parts.range(section, page.items.len()).map_or(last, |range| range.end);
                let figures = |row: &Row<'_>| row.pieces.is_empty() && row.is_credible() && row.filled().count() >= FIGURES;
                let lines =
                    below.filter(|&at| page.items.get(at).is_some_and(|item| item.table.is_none() && figures(&Row::new(item, words))));
                items.extend(lines);
            }
            let rows = items.into_iter().filter_map(|at| Some((at, Row::new(page.items.get(at)?, words))));
            self.put(table, rows.collect());
        }
    }

    /// Finds a table among those items: from its first word to its last.
    fn find_lines(&mut self, page: &'a Page<'a>, parts: &Parts, table: Table, range: Range<usize>, titled: bool) {
        if self.rows.get(table.index()).is_some_and(Option::is_some) {
            return;
        }
        let words = Vocabulary::of(table);
        let mut zone: Option<Range<usize>> = None;
        let mut seen: Vec<(usize, Row<'a>)> = Vec::new();
        // Whether another table has begun since: then what has no words of its own is that one's.
        let mut passed = false;
        for at in range {
            let Some(item) = page.items.get(at) else { break };
            if self.has(at) || parts.starts_at(at) {
                if zone.is_some() && !titled {
                    break;
                }
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
        let Some(zone) = zone else { return };
        let mut seen = seen.into_iter().peekable();
        let items = page.items.get(zone.clone()).unwrap_or_default().iter().zip(zone.start..);
        let rows = items.map(|(item, at)| seen.next_if(|(seen, _)| *seen == at).unwrap_or_else(|| (at, Row::new(item, words))));
        let rows = rows.collect();
        self.put(table, rows);
    }
}

/// So many items before a grid its name may stand.
const OVER: usize = 2;

/// Whether a line is nothing but the name of a row.
fn names_row(item: &Item<'_>, words: &Vocabulary) -> bool {
    let squeezed = squeezed(item.text());
    let text = letters(split_numbering(&squeezed).1);
    words.row(&text).or_else(|| words.row_in(&text)).is_some()
}

/// A row of a grid and what its words claim for each table.
type Claimed = (usize, [Claim; Table::COUNT]);

/// Rows of one grid that belong to one table.
struct Segment {
    table: Table,
    items: Vec<usize>,
    /// Which rows of the table it names, a bit for each.
    rows: u64,
}

/// What the words of a row say about one of the three tables.
#[derive(Debug, Clone, Copy, Default)]
struct Claim {
    /// Which rows and columns of the table they name, a bit for each.
    rows: u64,
    columns: u64,
    /// Whether they name a part of its frame.
    frame: bool,
    /// Whether figures stand beside the name of a row.
    figures: bool,
}

impl Claim {
    const fn or(self, other: Self) -> Self {
        Self {
            rows: self.rows | other.rows,
            columns: self.columns | other.columns,
            frame: self.frame || other.frame,
            figures: self.figures || other.figures,
        }
    }

    const fn weight(self) -> u32 {
        self.rows.count_ones().saturating_add(self.columns.count_ones()).saturating_add(self.frame as u32)
    }

    /// Whether a grid with these words is that table or a piece of it.
    const fn names(self, table: Table) -> bool {
        match table {
            Table::Disclosure => self.columns > 0 || self.frame || self.figures,
            Table::Requests => self.figures || self.rows.count_ones() >= 3 || self.columns.count_ones() >= 3,
            Table::Disputes => self.columns.count_ones() >= 2,
        }
    }
}

/// The claims of the three tables to a row.
fn claims(item: &Item<'_>) -> [Claim; Table::COUNT] {
    let mut claims = [Claim::default(); Table::COUNT];
    let mut figures = false;
    for cell in item.cells.iter().filter(|cell| !is_blank(&cell.text)) {
        if looks_like_figure(&cell.text) {
            figures = true;
            continue;
        }
        let squeezed = squeezed(&cell.text);
        let text = letters(split_numbering(&squeezed).1);
        for (claim, (table, _)) in claims.iter_mut().zip(TABLES) {
            let words = Vocabulary::of(table);
            for term in words.named(&text).filter(|term| is_strong(*term, &text, table)) {
                match term {
                    Term::Row(row) => {
                        claim.rows |= 1_u64.checked_shl(u32::try_from(row).unwrap_or(u32::MAX)).unwrap_or(0);
                    }
                    Term::Column(column) => claim.columns |= 1_u64.checked_shl(u32::try_from(column).unwrap_or(u32::MAX)).unwrap_or(0),
                    Term::Frame => claim.frame = true,
                }
            }
        }
    }
    for claim in &mut claims {
        claim.figures = figures && claim.rows != 0;
    }
    claims
}

/// The pieces of the three tables among the grids of a page.
fn segments(page: &Page<'_>, parts: &Parts) -> Vec<Segment> {
    let mut grids: BTreeMap<u32, Vec<Claimed>> = BTreeMap::new();
    for (at, item) in page.items.iter().enumerate().filter(|(at, _)| !parts.starts_at(*at)) {
        if let Some(id) = item.table {
            grids.entry(id).or_default().push((at, claims(item)));
        }
    }
    let mut segments: Vec<Segment> = Vec::new();
    let mut unnamed: Vec<Vec<usize>> = Vec::new();
    for rows in grids.into_values() {
        let all = rows.iter().fold([Claim::default(); Table::COUNT], |all, (_, claims)| join(all, *claims));
        let named: Vec<Table> =
            TABLES.iter().zip(all).filter(|((table, _), claim)| claim.names(*table)).map(|((table, _), _)| *table).collect();
        let Some(&first) = named.first() else {
            if rows.iter().any(|row| has_figures(page, row.0)) {
                unnamed.push(rows.into_iter().map(|(at, _)| at).collect());
            }
            continue;
        };
        // Where several tables are one grid, every row belongs to the table that its words name; headings belong to what follows.
        let claimed = |claims: &[Claim; Table::COUNT]| {
            let weights = TABLES.iter().zip(claims).filter(|((table, _), claim)| named.contains(table) && claim.weight() > 0);
            weights.max_by_key(|(_, claim)| claim.weight()).map(|((table, _), _)| *table)
        };
        let mut table = rows.iter().find_map(|(_, claims)| claimed(claims)).unwrap_or(first);
        let mut open: Vec<Claimed> = Vec::new();
        let mut pieces: Vec<(Table, Vec<Claimed>)> = vec![(table, Vec::new())];
        for row in rows {
            match claimed(&row.1) {
                Some(next) if next != table => {
                    table = next;
                    pieces.push((table, std::mem::take(&mut open)));
                }
                None if named.len() > 1 && !has_figures(page, row.0) => {
                    open.push(row);
                    continue;
                }
                _ => {}
            }
            if let Some((_, piece)) = pieces.last_mut() {
                piece.append(&mut open);
                piece.push(row);
            }
        }
        if let Some((_, piece)) = pieces.last_mut() {
            piece.append(&mut open);
        }
        for (table, rows) in pieces.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let claims = rows.iter().filter_map(|(_, claims)| claims.get(table.index()));
            let named = claims.fold(0, |named, claim| named | claim.rows);
            segments.push(Segment { table, items: rows.into_iter().map(|(at, _)| at).collect(), rows: named });
        }
    }
    segments.sort_by_key(|segment| segment.items.first().copied());
    for items in unnamed {
        go_on(&mut segments, items, page, parts);
    }
    segments
}

/// Where a table is broken over pages, its figures may stand in a grid of their own, right behind the one with its words.
fn go_on(segments: &mut [Segment], mut items: Vec<usize>, page: &Page<'_>, parts: &Parts) {
    let Some(&first) = items.first() else { return };
    let place = segments.partition_point(|segment| segment.items.first().is_some_and(|&at| at < first));
    let Some(segment) = place.checked_sub(1).and_then(|before| segments.get_mut(before)) else { return };
    let last = segment.items.last().map_or(first, |last| last.saturating_add(1));
    let words = Vocabulary::of(segment.table);
    let texts = items.iter().filter_map(|&at| page.items.get(at)).flat_map(|item| &item.cells);
    let mut labels = texts.filter(|cell| !is_blank(&cell.text) && !looks_like_figure(&cell.text));
    let known = labels.all(|cell| words.is_known(&letters(split_numbering(&squeezed(&cell.text)).1)));
    if known && !(last..first).any(|at| parts.starts_at(at)) {
        segment.items.append(&mut items);
    }
}

fn has_figures(page: &Page<'_>, at: usize) -> bool {
    page.items.get(at).is_some_and(|item| item.cells.iter().any(|cell| looks_like_figure(&cell.text)))
}

fn join(left: [Claim; Table::COUNT], right: [Claim; Table::COUNT]) -> [Claim; Table::COUNT] {
    let mut joined = left;
    for (claim, other) in joined.iter_mut().zip(right) {
        *claim = claim.or(other);
    }
    joined
}

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
    let mut unknown = false;
    for piece in row.pieces.iter().filter(|piece| !piece.letters.is_empty()) {
        let text = &*piece.letters;
        let strong = words.named(text).any(|term| is_strong(term, text, table));
        anchored = anchored || strong;
        unknown = unknown || !(strong || words.is_known(text));
    }
    // A row that the form does not have stands in the middle of the others, or is none.
    let least = if item.table.is_some() { 1 } else { FIGURES };
    match () {
        () if anchored && (!unknown || item.table.is_some()) => Place::Anchor,
        () if unknown && row.is_credible() && row.filled().count() >= least => Place::Figures,
        () if !unknown && (row.has_figures() || !row.pieces.is_empty()) => Place::Inside,
        () => Place::Outside,
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
