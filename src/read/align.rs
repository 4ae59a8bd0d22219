//! Which figure of a row stands in which column.

use super::rows::{Figure, Row};

/// The columns that a table prints, in printed order, with the places of their headings where those are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// Which of the row's cells each printed column is.
    pub(super) order: Vec<usize>,
    /// First and last grid column of each heading.
    pub(super) places: Vec<(usize, usize)>,
    /// The last grid column of the headings' rows.
    pub(super) end: usize,
    /// Where headings stand that the form does not have.
    pub(super) foreign: Vec<(usize, usize)>,
    /// Whether the headings stand in another order than the form's and not in one row: then it may be the spans that are wrong.
    pub(super) doubtful: bool,
}

impl Columns {
    /// The form's own columns, places unknown.
    pub(super) fn plain(count: usize) -> Self {
        Self { order: (0..count).collect(), ..Self::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// The places of the headings, where all are known.
    pub(super) fn placed(&self) -> Option<&[(usize, usize)]> {
        (!self.places.is_empty() && self.places.len() == self.order.len()).then_some(&*self.places)
    }
}

/// What an alignment found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Aligned {
    /// For each printed column, the figure in it.
    Read(Vec<Option<usize>>),
    /// More figures than columns, all the same: the figure that every column has.
    Surplus(usize),
    /// More figures than columns.
    TooMany,
    /// Fewer figures than columns.
    TooFew,
    /// Figures under no one column.
    Astray,
}

/// The grid column of the first figure, if the figures stand one beside the other.
fn run(row: &Row<'_>) -> Option<usize> {
    let mut filled = row.filled();
    let (mut last, first) = filled.next()?;
    for (at, _) in filled {
        if at != last.saturating_add(1) {
            return None;
        }
        last = at;
    }
    Some(first.from)
}

/// More figures than columns are read only if every alignment reads the same: they are all the same.
pub(super) fn surplus(row: &Row<'_>, count: usize) -> Aligned {
    let mut filled = row.filled();
    let Some((first, figure)) = filled.next() else { return Aligned::TooMany };
    let same = filled.all(|(_, other)| other.text == figure.text);
    let filled = row.filled().count();
    if filled > count && same && run(row).is_some() {
        Aligned::Surplus(first)
    } else if filled >= count || row.figures.len() > count {
        Aligned::TooMany
    } else {
        Aligned::TooFew
    }
}

fn is_straight(found: &[Option<usize>]) -> bool {
    found.iter().enumerate().all(|(column, figure)| figure.is_none_or(|figure| figure == column))
}

impl Aligned {
    /// The figure in each printed column, where the row was read.
    pub(super) fn read(&self) -> Option<&[Option<usize>]> {
        if let Self::Read(found) = self { Some(found) } else { None }
    }
}

/// What is known of the places of the columns beside a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known {
    Nothing,
    At(Vec<(usize, usize)>),
    /// As far as a few figures can tell.
    Perhaps(Vec<(usize, usize)>),
    /// The figures do not stand where they should.
    Against,
}

/// Aligns a row of figures in a line of text.
pub(super) fn line(row: &Row<'_>, columns: &Columns, known: &Known) -> Aligned {
    let count = columns.len();
    let figures: Vec<(usize, usize)> = row.figures.iter().map(Figure::place).collect();
    if figures.len() > count {
        return surplus(row, count);
    }
    // What follows an annotation closely was pushed aside by it.
    let annotated = row.figures.iter().any(Figure::is_annotated);
    let pushed =
        row.figures.windows(2).any(|pair| matches!(pair, [left, right] if left.is_annotated() && right.from.saturating_sub(left.to) <= 2));
    if figures.len() == count {
        // As many figures as columns may still be a blank and a figure that is cut in two: the other lines tell.
        let shifted = match known {
            Known::Nothing => false,
            Known::At(places) | Known::Perhaps(places) => {
                is_coherent(places) && nearest(&figures, places).is_none_or(|found| !is_straight(&found))
            }
            Known::Against => true,
        };
        return if shifted && !annotated { Aligned::Astray } else { Aligned::Read((0..count).map(Some).collect()) };
    }
    match known {
        _ if figures.is_empty() => Aligned::Read(vec![None; count]),
        _ if row.is_packed() => Aligned::TooFew,
        Known::At(places) | Known::Perhaps(places) => nearest(&figures, places).filter(|_| !pushed).map_or(Aligned::Astray, Aligned::Read),
        Known::Against => Aligned::Astray,
        Known::Nothing => Aligned::TooFew,
    }
}

/// The places of the columns in complete lines; `None` if there are none.
pub(super) fn union<'a>(rows: impl Iterator<Item = &'a Row<'a>>) -> Option<Vec<(usize, usize)>> {
    let places = rows.map(|row| row.figures.iter().map(Figure::place).collect::<Vec<_>>());
    places.reduce(|known, places| known.iter().zip(places).map(|(known, place)| (known.0.min(place.0), known.1.max(place.1))).collect())
}

/// The places of all columns where the lines of a sheet leave some of them blank: the headings, if everything that is printed
/// stands under them, all of it pushed aside by the same little or not at all. `None` if it may stand under others.
pub(super) fn under_headings(clusters: &[(usize, usize)], headings: &[(usize, usize)]) -> Option<Vec<(usize, usize)>> {
    let mut found: Option<Vec<Option<usize>>> = None;
    // Pushed by half the way to the next column, a figure may belong to either.
    let spacing = headings.windows(2).filter_map(|pair| Some(pair.last()?.0.abs_diff(pair.first()?.0))).min().unwrap_or(0);
    let most = BESIDE.min(spacing.saturating_sub(1).saturating_div(2));
    let headings_aside: Vec<(usize, usize)> = headings.iter().map(|place| aside(*place, most)).collect();
    for shift in 0..=most.saturating_mul(2) {
        let shifted: Vec<(usize, usize)> = clusters.iter().map(|place| aside(*place, shift)).collect();
        let Some(here) = nearest(&shifted, &headings_aside) else { continue };
        let covered = |(at, heading): (&Option<usize>, &(usize, usize))| {
            at.and_then(|at| shifted.get(at)).is_none_or(|place| heading.0 <= place.1 && place.0 <= heading.1)
        };
        if !here.iter().zip(&headings_aside).all(covered) {
            continue;
        }
        if found.as_ref().is_some_and(|found| *found != here) {
            return None;
        }
        found = Some(here);
    }
    let place = |(at, heading): (&Option<usize>, &(usize, usize))| at.and_then(|at| clusters.get(at)).copied().unwrap_or(*heading);
    Some(found?.iter().zip(headings).map(place).collect())
}

/// Whether a short figure of a line stands one space before the next and others stand much farther apart: the two may be one
/// figure that is cut in two. A long one reaches to the next column by itself, and evenly spaced columns are what they seem.
pub(super) fn is_cut(figures: &[(usize, usize)]) -> bool {
    let close = figures.windows(2).any(|pair| is_close(pair) && pair.first().is_some_and(|left| left.1.saturating_sub(left.0) <= 2));
    let apart = figures.windows(2).filter(|pair| matches!(pair, [left, right] if right.0.saturating_sub(left.1) >= 4)).count();
    let evenly = EDGES.iter().any(|&edge| {
        let apart = distances(figures, edge);
        let (least, most) = (apart.iter().min().copied().unwrap_or(0), apart.iter().max().copied().unwrap_or(0));
        least.saturating_mul(3) >= most.saturating_mul(2)
    });
    close && !evenly && apart.saturating_mul(2) >= figures.len().saturating_sub(1)
}

/// A place of a figure: its middle, its start or its end, twice.
type Edge = fn(&(usize, usize)) -> usize;

const EDGES: [Edge; 3] = [|place| place.0.saturating_add(place.1), |place| place.0.saturating_mul(2), |place| place.1.saturating_mul(2)];

/// How far the figures of a line are apart.
fn distances(figures: &[(usize, usize)], edge: Edge) -> Vec<usize> {
    figures.windows(2).filter_map(|pair| Some(edge(pair.last()?).saturating_sub(edge(pair.first()?)))).collect()
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
        pairs.filter(|(_, pair)| is_close(pair)).all(|((apart, usual), _)| apart.saturating_mul(4) >= usual.saturating_mul(3))
    })
}

/// Whether one space or none stands between two figures.
fn is_close(pair: &[(usize, usize)]) -> bool {
    matches!(pair, [left, right] if right.0.saturating_sub(left.1) <= 2)
}

/// Whether headings stand far enough apart to say where their columns are. Text tools push the words of narrow columns together,
/// and then they stand over their neighbours.
pub(super) fn are_apart(headings: &[(usize, usize)]) -> bool {
    headings.windows(2).all(|pair| matches!(pair, [left, right] if right.0.saturating_sub(left.0) >= APART))
}

/// How far apart headings start at least that are where their columns are.
const APART: usize = 5;

/// Whether each of the places is nearest to its own heading.
pub(super) fn are_under(places: &[(usize, usize)], headings: &[(usize, usize)]) -> bool {
    let away =
        |place: &(usize, usize), heading: &(usize, usize)| place.0.saturating_add(place.1).abs_diff(heading.0.saturating_add(heading.1));
    places.iter().enumerate().all(|(at, place)| {
        let own = headings.get(at).map_or(usize::MAX, |heading| away(place, heading));
        headings.iter().all(|heading| own <= away(place, heading))
    })
}

const fn aside(place: (usize, usize), by: usize) -> (usize, usize) {
    (place.0.saturating_add(by), place.1.saturating_add(by))
}

/// How far all figures may be pushed aside from their headings.
const BESIDE: usize = 3;

/// The places that figures of several lines cover, one for each column that they leave between them.
pub(super) fn clusters(figures: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let mut figures: Vec<(usize, usize)> = figures.collect();
    figures.sort_unstable();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (from, to) in figures {
        match places.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => places.push((from, to)),
        }
    }
    places
}

/// Whether the columns stand apart: lines that keep no columns tell nothing of each other.
pub(super) fn is_coherent(places: &[(usize, usize)]) -> bool {
    places.windows(2).all(|pair| matches!(pair, [left, right] if left.1 < right.0))
}

/// The figure nearest to each column; `None` if a figure may belong to more than one column, or a column to more than one figure.
fn nearest(figures: &[(usize, usize)], places: &[(usize, usize)]) -> Option<Vec<Option<usize>>> {
    let mut found: Vec<Option<usize>> = vec![None; places.len()];
    let mut last = None;
    for (at, &(from, to)) in figures.iter().enumerate() {
        // Twice the distance of the centres, and the gap between the edges.
        let distance = |place: &(usize, usize)| {
            let centres = from.saturating_add(to).abs_diff(place.0.saturating_add(place.1));
            let gap = place.0.saturating_sub(to).max(from.saturating_sub(place.1));
            (gap, centres)
        };
        let mut best: Option<(usize, (usize, usize))> = None;
        let mut second: Option<(usize, usize)> = None;
        for (column, place) in places.iter().enumerate() {
            let here = distance(place);
            if best.is_none_or(|(_, best)| here < best) {
                second = best.map(|(_, best)| best);
                best = Some((column, here));
            } else if second.is_none_or(|second| here < second) {
                second = Some(here);
            }
        }
        let (column, (gap, centres)) = best?;
        // The next column must be clearly farther, by edges or at least by centres.
        let clear = second.is_none_or(|(other_gap, other_centres)| {
            gap.saturating_mul(2) < other_gap || (gap == 0 && other_gap > 0) || (other_gap > 0 && centres.saturating_mul(2) < other_centres)
        });
        if !clear || last.is_some_and(|last| column <= last) {
            return None;
        }
        last = Some(column);
        *found.get_mut(column)? = Some(at);
    }
    Some(found)
}
