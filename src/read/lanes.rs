//! Where the columns of a table stand in lines of text, and which figure of a line stands in which.

use super::align::{Aligned, Columns, surplus};
use super::rows::{Figure, Row};

/// The first and the last place of a figure or a heading in its line.
type Place = (usize, usize);

/// The places of columns, twice: the middle of a figure may lie between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lanes {
    edge: Edge,
    at: Vec<usize>,
    /// The first and the last place that the figures of each column cover in complete lines.
    covered: Vec<Place>,
}

/// Which place of a figure stands in the same place for all figures of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Middle,
    Start,
    End,
}

pub(super) const EDGES: [Edge; 3] = [Edge::Middle, Edge::Start, Edge::End];

impl Edge {
    /// That place of a figure, twice.
    pub(super) const fn of(self, place: Place) -> usize {
        match self {
            Self::Middle => place.0.saturating_add(place.1),
            Self::Start => place.0.saturating_mul(2),
            Self::End => place.1.saturating_mul(2),
        }
    }

    /// The place that the figures of those lines share most.
    pub(super) fn shared<'r>(lines: impl Iterator<Item = &'r Row<'r>>) -> Self {
        let counts = count_places(lines.map(|row| (row.sheet, row.places())));
        EDGES.into_iter().zip(counts).min_by_key(|(_, count)| *count).map_or(Self::Middle, |(edge, _)| edge)
    }
}

/// In how many places of their sheets figures stand, by each of their edges; the figures of a sheet come one after the other.
pub(super) fn count_places(lines: impl Iterator<Item = (u32, impl Iterator<Item = Place>)>) -> [usize; EDGES.len()] {
    let mut counts = [0_usize; EDGES.len()];
    // A bit for each place of a sheet.
    let mut seen = [[0_u64; WORDS]; EDGES.len()];
    let mut last = None;
    for (sheet, places) in lines {
        if last.replace(sheet) != Some(sheet) {
            seen = [[0; WORDS]; EDGES.len()];
        }
        for place in places {
            for ((edge, count), seen) in EDGES.into_iter().zip(&mut counts).zip(&mut seen) {
                let (word, bit) = (edge.of(place).saturating_div(64), 1_u64 << (edge.of(place) % 64));
                // So far right no line of a table reaches: such figures share no place.
                let known = seen.get_mut(word).is_some_and(|word| std::mem::replace(word, *word | bit) & bit != 0);
                *count = count.saturating_add(usize::from(!known));
            }
        }
    }
    counts
}

/// Bits for this many places, twice, a line has room for.
const WORDS: usize = 32;

/// How far from its column a figure may stand, twice, and by how much the next best way must be worse.
const CLEAR: usize = 3;

/// How far apart the figures of a column may be in complete lines, twice.
const SPREAD: usize = 4;

impl Lanes {
    /// The places of the columns in complete lines; `None` if these do not agree.
    pub(super) fn of_complete(lines: &[&Row<'_>], edge: Edge, count: usize) -> Option<Self> {
        let places: Vec<Vec<usize>> = lines.iter().map(|row| row.figures.iter().map(|figure| edge.of(figure.place())).collect()).collect();
        let mut at = Vec::with_capacity(count);
        for column in 0..count {
            let mut places: Vec<usize> = places.iter().filter_map(|line: &Vec<usize>| line.get(column).copied()).collect();
            places.sort_unstable();
            if places.last()?.saturating_sub(*places.first()?) > SPREAD {
                return None;
            }
            at.push(*places.get(places.len().saturating_div(2))?);
        }
        let covers = |column: usize| {
            let places = || lines.iter().filter_map(|row| row.figures.get(column)).map(Figure::place);
            Some((places().map(|place| place.0).min()?, places().map(|place| place.1).max()?))
        };
        let covered = (0..count).map(covers).collect::<Option<_>>()?;
        at.is_sorted_by(|left, right| left < right).then_some(Self { edge, at, covered })
    }

    /// The places of groups of figures, one for each column.
    pub(super) fn of_groups(groups: &[Place], edge: Edge) -> Self {
        Self { edge, at: groups.iter().map(|group| group.0.midpoint(group.1)).collect(), covered: Vec::new() }
    }

    /// The places of headings, where every group of figures stands under one of them, all of it pushed aside by the same little or
    /// not at all. `None` if they may stand under others.
    pub(super) fn under(groups: &[Place], headings: &[Place], edge: Edge) -> Option<Self> {
        let middles: Vec<usize> = headings.iter().map(|&place| Edge::Middle.of(place)).collect();
        let spacing = middles.windows(2).filter_map(|pair| Some(pair.last()?.saturating_sub(*pair.first()?))).min()?;
        // Pushed by half the way to the next column, a figure may belong to either.
        let most = BESIDE.min(spacing.saturating_sub(2).saturating_div(2));
        let aside = Self { edge, covered: Vec::new(), at: middles.iter().map(|middle| middle.saturating_add(most)).collect() };
        let mut found: Option<Vec<Option<usize>>> = None;
        for shift in 0..=most.saturating_mul(2) {
            let shifted: Vec<usize> = groups.iter().map(|group| group.0.midpoint(group.1).saturating_add(shift)).collect();
            let Some(here) = aside.assign(&shifted) else { continue };
            let covers = |(at, heading): (&Option<usize>, &Place)| {
                at.and_then(|at| groups.get(at)).is_none_or(|group| {
                    let (from, to) = (heading.0.saturating_mul(2).saturating_add(most), heading.1.saturating_mul(2).saturating_add(most));
                    from <= group.1.saturating_add(shift) && group.0.saturating_add(shift) <= to
                })
            };
            if !here.iter().zip(headings).all(covers) {
                continue;
            }
            if found.as_ref().is_some_and(|found| *found != here) {
                return None;
            }
            found = Some(here);
        }
        let place =
            |(at, middle): (&Option<usize>, &usize)| at.and_then(|at| groups.get(at)).map_or(*middle, |group| group.0.midpoint(group.1));
        Some(Self { edge, covered: Vec::new(), at: found?.iter().zip(&middles).map(place).collect() })
    }

    pub(super) fn len(&self) -> usize {
        self.at.len()
    }

    /// The figure in each column; `None` if a figure may belong to more than one, or be two that were run together.
    pub(super) fn figures(&self, row: &Row<'_>) -> Option<Vec<Option<usize>>> {
        let places: Vec<usize> = row.figures.iter().map(|figure| self.edge.of(figure.place())).collect();
        let found = self.assign(&places)?;
        if row
            .figures
            .iter()
            .any(|figure| figure.text.starts_with('0') && figure.text.len() > 1 && figure.text.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return None;
        }
        let reaches = |(column, at): (usize, &Option<usize>)| {
            let Some(place) = at.and_then(|at| row.figures.get(at)).map(Figure::place) else { return false };
            let empty = |beside: Option<usize>| beside.filter(|&beside| found.get(beside) == Some(&None));
            let over = |beside: usize| self.covered.get(beside).is_some_and(|other| other.0 <= place.1 && place.0 <= other.1);
            empty(column.checked_sub(1)).into_iter().chain(empty(column.checked_add(1))).any(over)
        };
        (!found.iter().enumerate().any(reaches)).then_some(found)
    }

    /// Gives places to columns, in order, so that they are together as near as can be; `None` if another way is nearly as near.
    fn assign(&self, places: &[usize]) -> Option<Vec<Option<usize>>> {
        let count = self.at.len();
        if places.len() > count {
            return None;
        }
        let away = |place: usize, column: usize| {
            places.get(place).zip(self.at.get(column)).map_or(NEVER, |(place, column)| place.abs_diff(*column))
        };
        // The least that the first places cost in the first columns, and the last in the last.
        let mut ahead = vec![vec![NEVER; count.saturating_add(1)]; places.len().saturating_add(1)];
        let mut behind = ahead.clone();
        set(&mut ahead, 0, |_| 0);
        set(&mut behind, places.len(), |_| 0);
        for place in 0..places.len() {
            let mut least = NEVER;
            for column in 0..count {
                least = least.min(get(&ahead, place, column).saturating_add(away(place, column)));
                put(&mut ahead, place.saturating_add(1), column.saturating_add(1), least);
            }
        }
        for place in (0..places.len()).rev() {
            let mut least = NEVER;
            for column in (0..count).rev() {
                least = least.min(get(&behind, place.saturating_add(1), column.saturating_add(1)).saturating_add(away(place, column)));
                put(&mut behind, place, column, least);
            }
        }
        let mut found = vec![None; count];
        for place in 0..places.len() {
            let through = |column: usize| {
                let before = get(&ahead, place, column);
                let after = get(&behind, place.saturating_add(1), column.saturating_add(1));
                before.saturating_add(away(place, column)).saturating_add(after)
            };
            let mut ways: Vec<(usize, usize)> = (0..count).map(|column| (through(column), column)).collect();
            ways.sort_unstable();
            let &(least, column) = ways.first()?;
            let close = ways.get(1).is_some_and(|(next, _)| *next < least.saturating_add(CLEAR));
            if close || away(place, column) > self.reach(column) {
                return None;
            }
            *found.get_mut(column)? = Some(place);
        }
        Some(found)
    }

    /// How far from a column a figure of it may stand, twice: not beyond the middle between it and the next one.
    fn reach(&self, column: usize) -> usize {
        let at = |column: Option<usize>| column.and_then(|column| self.at.get(column)).copied();
        let Some(here) = at(Some(column)) else { return 0 };
        let beside = [at(column.checked_sub(1)), at(column.checked_add(1))].into_iter().flatten();
        beside.map(|other| other.abs_diff(here).saturating_div(2)).min().unwrap_or(WIDE).min(WIDE)
    }
}

/// How far all figures may be pushed aside from their headings, twice.
const BESIDE: usize = 6;

/// How far from its column a figure may stand at most, twice.
const WIDE: usize = 12;

/// More than any way costs.
const NEVER: usize = 1_000_000;

fn get(table: &[Vec<usize>], row: usize, column: usize) -> usize {
    table.get(row).and_then(|row| row.get(column)).copied().unwrap_or(NEVER)
}

fn put(table: &mut [Vec<usize>], row: usize, column: usize, value: usize) {
    if let Some(place) = table.get_mut(row).and_then(|row| row.get_mut(column)) {
        *place = value;
    }
}

fn set(table: &mut [Vec<usize>], row: usize, value: impl Fn(usize) -> usize) {
    if let Some(row) = table.get_mut(row) {
        row.iter_mut().enumerate().for_each(|(at, place)| *place = value(at));
    }
}

/// What is known of the places of the columns beside a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known {
    Nothing,
    At(Lanes),
    /// As far as a few figures can tell.
    Perhaps(Lanes),
    /// The figures do not stand where they should.
    Against,
}

/// Aligns a row of figures in a line of text.
pub(super) fn line(row: &Row<'_>, columns: &Columns, known: &Known) -> Aligned {
    let count = columns.len();
    if row.figures.len() > count {
        return surplus(row, count);
    }
    // What follows an annotation closely was pushed aside by it.
    let pushed =
        row.figures.windows(2).any(|pair| matches!(pair, [left, right] if left.is_annotated() && right.from.saturating_sub(left.to) <= 2));
    if row.figures.len() == count {
        return if *known == Known::Against { Aligned::Astray } else { Aligned::Read((0..count).map(Some).collect()) };
    }
    match known {
        _ if row.figures.is_empty() => Aligned::Read(vec![None; count]),
        _ if row.is_packed() => Aligned::TooFew,
        Known::At(lanes) | Known::Perhaps(lanes) => lanes.figures(row).filter(|_| !pushed).map_or(Aligned::Astray, Aligned::Read),
        Known::Against => Aligned::Astray,
        Known::Nothing => Aligned::TooFew,
    }
}

/// The places, twice, that the figures of lines cover, one for each column that they leave between them.
pub(super) fn groups<'r>(lines: impl Iterator<Item = &'r Row<'r>>) -> Vec<Place> {
    let mut places: Vec<Place> = lines.flat_map(Row::places).collect();
    places.sort_unstable();
    let mut groups: Vec<Place> = Vec::new();
    for (from, to) in places {
        match groups.last_mut() {
            // Two figures of a line have a space between them.
            Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
            _ => groups.push((from, to)),
        }
    }
    groups.into_iter().map(|(from, to)| (from.saturating_mul(2), to.saturating_mul(2))).collect()
}

/// Whether each group of figures is nearest to its own heading.
pub(super) fn are_under(groups: &[Place], headings: &[Place]) -> bool {
    let away = |group: &Place, heading: &Place| group.0.midpoint(group.1).abs_diff(Edge::Middle.of(*heading));
    groups.iter().zip(headings).all(|(group, own)| headings.iter().all(|heading| away(group, own) <= away(group, heading)))
}

/// Whether a short figure of a line stands one space before the next and others stand much farther apart: the two may be one
/// figure that is cut in two. A long one reaches to the next column by itself, no figure begins with a zero, and evenly spaced columns
/// are what they seem.
pub(super) fn is_cut(figures: &[Figure<'_>]) -> bool {
    let opens = |figure: &Figure<'_>| figure.to.saturating_sub(figure.from) <= 2 && !figure.text.starts_with('0');
    let close = figures.windows(2).any(|pair| matches!(pair, [left, right] if opens(left) && is_close(left.place(), right.place())));
    if !close {
        return false;
    }
    let places: Vec<Place> = figures.iter().map(Figure::place).collect();
    let apart = places.windows(2).filter(|pair| matches!(pair, [left, right] if right.0.saturating_sub(left.1) >= 4)).count();
    let evenly = EDGES.iter().any(|&edge| {
        let apart = distances(&places, edge);
        let (least, most) = (apart.iter().min().copied().unwrap_or(0), apart.iter().max().copied().unwrap_or(0));
        least.saturating_mul(3) >= most.saturating_mul(2)
    });
    !evenly && apart.saturating_mul(2) >= figures.len().saturating_sub(1)
}

/// How far the figures of a line are apart.
fn distances(figures: &[(usize, usize)], edge: Edge) -> Vec<usize> {
    figures.windows(2).filter_map(|pair| Some(edge.of(*pair.last()?).saturating_sub(edge.of(*pair.first()?)))).collect()
}

/// Whether figures that stand close together in a line do so in other lines, wherever the lines start: by that edge of the
/// figures that varies least.
pub(super) fn is_spaced(figures: &[(usize, usize)], others: &[Vec<(usize, usize)>]) -> bool {
    // For each edge, the usual distances between the columns and by how much they vary.
    let usual = |edge: Edge| {
        let lines: Vec<Vec<usize>> = others.iter().map(|other| distances(other, edge)).collect();
        let mut varies = 0_usize;
        let mut usual = Vec::new();
        for at in 1..figures.len() {
            let mut column: Vec<usize> = lines.iter().filter_map(|line| line.get(at.saturating_sub(1)).copied()).collect();
            column.sort_unstable();
            varies = varies.saturating_add(column.last().copied().unwrap_or(0).saturating_sub(column.first().copied().unwrap_or(0)));
            usual.push(column.get(column.len().saturating_div(2)).copied().unwrap_or(0));
        }
        (varies, usual)
    };
    let best = EDGES.iter().map(|&edge| (edge, usual(edge))).min_by_key(|(_, (varies, _))| *varies);
    best.is_some_and(|(edge, (_, usual))| {
        let pairs = distances(figures, edge).into_iter().zip(usual).zip(figures.windows(2));
        pairs
            .filter(|(_, pair)| matches!(pair, [left, right] if is_close(*left, *right)))
            .all(|((apart, usual), _)| apart.saturating_mul(4) >= usual.saturating_mul(3))
    })
}

/// Whether one space or none stands between two figures.
const fn is_close(left: Place, right: Place) -> bool {
    right.0.saturating_sub(left.1) <= 2
}
