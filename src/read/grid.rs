//! Which figure of a row of a grid stands in which column.
//!
//! A grid keeps its blank cells, but not always those that labels cover. So there are several ways in which the figures of a table
//! may find their columns, and its complete rows tell which it is. Where the ways that are left do not read a row alike, it is not
//! read.

use super::align::{Aligned, Columns, surplus};
use super::figure::is_number;
use super::rows::{Figure, Row};
use crate::model::is_space;

/// How figures find their columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// They stand under the headings.
    Headings,
    /// They begin right behind the label.
    Behind,
    /// They begin behind the label and a blank cell for each column of labels that it covers.
    Padded,
    /// They end where the row does.
    Ahead,
}

const WAYS: [Way; 4] = [Way::Headings, Way::Behind, Way::Padded, Way::Ahead];

/// A row with its columns and the number of columns of labels that its label covers beside its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'r> {
    pub(super) row: &'r Row<'r>,
    pub(super) columns: &'r Columns,
    pub(super) padding: usize,
}

/// What the rows of a table say about the places of their figures.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// How many rows each way reads, and how many it does not, by where the labels end and what they cover.
    ways: Vec<(Label, [(usize, usize); WAYS.len()])>,
    /// How many complete rows stand under the headings.
    headed: usize,
    /// How many rows end where the headings do, and how many elsewhere: where most do, nothing was left out.
    ends: (usize, usize),
    /// Where labels end, where rows end and how many cells are between, and how many rows say so.
    shapes: Vec<(Shape, usize)>,
}

/// Where a label ends, and how many columns of labels it covers beside its own.
type Label = (usize, usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    label: Label,
    end: usize,
    cells: usize,
}

/// The most shapes of rows that are told apart.
const SHAPES: usize = 64;

/// So many complete rows leave no doubt about a way that none denies.
const SURELY: usize = 3;

impl Placed<'_> {
    fn shape(&self) -> Shape {
        let label = self.row.label_end.map_or(0, |end| end.saturating_add(1));
        Shape { label: (label, self.padding), end: self.row.end, cells: self.row.figures.len() }
    }

    /// The figures, if there are as many as columns, one beside the other or each under its heading.
    fn complete(&self) -> Option<Vec<Option<usize>>> {
        let filled: Vec<Option<usize>> = self.row.filled().map(|(at, _)| Some(at)).collect();
        let beside = filled.windows(2).all(|pair| matches!(pair, [Some(left), Some(right)] if left.saturating_add(1) == *right));
        let complete = filled.len() == self.columns.len() && (beside || self.along(Way::Headings).as_ref() == Some(&filled));
        complete.then_some(filled)
    }

    /// The figure of each column; `None` if one is in no column.
    fn along(&self, way: Way) -> Option<Vec<Option<usize>>> {
        let (figures, count) = (&self.row.figures, self.columns.len());
        let first = match way {
            Way::Headings => return under(figures, self.columns.placed()?),
            Way::Behind => 0,
            Way::Padded => self.padding,
            Way::Ahead => figures.len().checked_sub(count)?,
        };
        let window = first..first.saturating_add(count);
        let inside = window.end <= figures.len() && self.row.filled().all(|(at, _)| window.contains(&at));
        inside.then(|| window.map(|at| figures.get(at).filter(|figure| !figure.is_blank()).map(|_| at)).collect())
    }
}

impl Grid {
    /// Learns from the rows of a table that have the same columns.
    pub(super) fn learn<'r>(rows: impl Iterator<Item = Placed<'r>>) -> Self {
        let mut grid = Self::default();
        for placed in rows.filter(|placed| placed.row.has_figures()) {
            let complete = placed.complete();
            count(&mut grid.shapes, placed.shape());
            let (same, other) = &mut grid.ends;
            let ends = if placed.columns.end == placed.row.end { same } else { other };
            *ends = ends.saturating_add(1);
            // A row with too many figures fits nowhere.
            if placed.row.filled().count() > placed.columns.len() {
                continue;
            }
            let Some(at) = grid.kind(placed.shape().label) else { continue };
            for (way, (reads, denied)) in WAYS.into_iter().zip(grid.ways.get_mut(at).into_iter().flat_map(|kind| &mut kind.1)) {
                let found = placed.along(way);
                if found.is_some() && (complete.is_none() || found == complete) {
                    *reads = reads.saturating_add(1);
                    grid.headed = grid.headed.saturating_add(usize::from(way == Way::Headings && complete.is_some()));
                } else {
                    *denied = denied.saturating_add(1);
                }
            }
        }
        grid
    }

    /// Where rows are counted whose labels end alike.
    fn kind(&mut self, label: Label) -> Option<usize> {
        self.ways.iter().position(|known| known.0 == label).or_else(|| {
            let at = self.ways.len();
            (at < SHAPES).then(|| self.ways.push((label, Default::default()))).map(|()| at)
        })
    }

    /// How many rows of some kinds a way reads and how many it does not.
    fn tally(&self, way: Way, of: impl Fn(Label) -> bool) -> (usize, usize) {
        let tallies = self.ways.iter().filter(|kind| of(kind.0)).filter_map(|(_, ways)| ways.get(way as usize));
        tallies.fold((0, 0), |sum, tally| (usize::saturating_add(sum.0, tally.0), usize::saturating_add(sum.1, tally.1)))
    }

    /// Whether a way is not denied by the rows to which it would apply, or by few of many.
    fn allows(&self, way: Way, label: Label) -> bool {
        // Where labels end matters only to ways that begin there.
        let (reads, denied) = self.tally(way, |kind| kind.1 == label.1 || matches!(way, Way::Headings | Way::Ahead));
        denied.saturating_mul(4) <= reads
    }

    /// Whether rows whose labels end alike bear a way out.
    fn bears_out(&self, way: Way, label: Label) -> bool {
        let (reads, denied) = self.tally(way, |kind| kind == label);
        reads > 0 && denied.saturating_mul(4) <= reads
    }

    /// The figures along the ways among some that read a row; `Err` if they differ.
    fn agreed(placed: Placed<'_>, of: impl Fn(Way) -> bool) -> Result<Option<Vec<Option<usize>>>, ()> {
        WAYS.into_iter().filter(|&way| of(way)).filter_map(|way| placed.along(way)).try_fold(None, |found, here| match found {
            Some(found) if found != here => Err(()),
            _ => Ok(Some(here)),
        })
    }

    /// Whether nearly all rows end where the headings do.
    fn is_whole(&self) -> bool {
        self.ends.0 >= SURELY && self.ends.1.saturating_mul(2) <= self.ends.0
    }

    /// Whether the headings stand over the figures without doubt.
    fn trusts_headings(&self) -> bool {
        let (reads, denied) = self.tally(Way::Headings, |_| true);
        let sure = if self.is_whole() { reads } else { self.headed };
        sure >= SURELY && denied.saturating_mul(8) <= reads
    }

    /// Whether other rows have the shape of a row: nothing was lost or added at its end.
    fn is_usual(&self, placed: Placed<'_>) -> bool {
        let shape = placed.shape();
        if self.is_whole() {
            return placed.columns.end == shape.end;
        }
        // A row is no witness for itself.
        let times = |known: &(Shape, usize)| known.1.saturating_sub(usize::from(known.0 == shape));
        let known = || self.shapes.iter().filter(|known| times(known) > 0);
        let alike = || known().filter(|(known, _)| known.label == shape.label);
        let most = |shapes: &mut dyn Iterator<Item = &(Shape, usize)>| shapes.map(times).max().unwrap_or(0);
        // Where many rows end with the headings, those that end elsewhere are to be most.
        let aside = self.ends.0.saturating_mul(2) > self.ends.1 && placed.columns.end != shape.end;
        let (many, few) = if aside { (1, SURELY) } else { (2, 1) };
        let (here, anywhere) = (most(&mut alike()).div_ceil(many), most(&mut known()).div_ceil(2));
        match () {
            () if anywhere == 0 => {
                shape.cells == placed.columns.len() || (placed.columns.placed().is_some() && placed.columns.end == shape.end)
            }
            () if here > 0 => alike().any(|known| known.0.end == shape.end && times(known) >= here.max(few)),
            // A label as no other row has it: as many cells as most rows have, or the end that most rows have.
            () => {
                let all: usize = known().map(times).sum();
                let ending: usize = known().filter(|known| known.0.end == shape.end).map(times).sum();
                let blanks = placed.row.figures.iter().take(placed.padding).take_while(|figure| figure.is_blank()).count();
                let cells = shape.cells.saturating_sub(blanks);
                ending.saturating_mul(2) >= all || known().any(|known| times(known) >= anywhere && known.0.cells == cells)
            }
        }
    }

    /// Aligns a row with its columns.
    pub(super) fn align(&self, placed: Placed<'_>) -> Aligned {
        let Placed { row, columns, .. } = placed;
        let (count, filled) = (columns.len(), row.filled().count());
        if filled == 0 {
            return Aligned::Read(vec![None; count]);
        }
        if columns.shuffled {
            return Aligned::Astray;
        }
        // Two numbers in one cell beside a blank one: columns were taken together, and the others may stand aside.
        if row.figures.iter().any(|figure| is_double(&figure.text)) && filled < count.max(row.figures.len()) {
            return Aligned::Astray;
        }
        let complete = placed.complete();
        if row.figures.len() == count
            && let Some(complete) = complete
        {
            return Aligned::Read(complete);
        }
        let usual = self.is_usual(placed);
        let headings = placed.along(Way::Headings);
        // Headings over several columns take what is repeated in these.
        let wide = columns.placed().is_some_and(|places| places.iter().any(|place| place.0 < place.1)) && columns.end == row.end;
        if self.trusts_headings() || wide {
            return match headings.or_else(|| without_fillers(placed)) {
                Some(found) if usual => Aligned::Read(found),
                _ => surplus(row, count),
            };
        }
        let label = placed.shape().label;
        let bears_out = |way| self.bears_out(way, label);
        let found = Self::agreed(placed, |way| self.allows(way, label) || (way == Way::Headings && bears_out(way)))
            .and_then(|found| found.map_or_else(|| Self::agreed(placed, bears_out), |found| Ok(Some(found))));
        match found {
            Ok(found) if usual => found.or(complete).map_or_else(|| surplus(row, count), Aligned::Read),
            _ => surplus(row, count),
        }
    }
}

fn count(shapes: &mut Vec<(Shape, usize)>, shape: Shape) {
    if let Some((_, times)) = shapes.iter_mut().find(|(known, _)| *known == shape) {
        *times = times.saturating_add(1);
    } else if shapes.len() < SHAPES {
        shapes.push((shape, 1));
    }
}

/// The figures under the headings where marks fill the cells left of them that a label covers.
fn without_fillers(placed: Placed<'_>) -> Option<Vec<Option<usize>>> {
    let headings = placed.columns.placed()?;
    let first = headings.first()?.0;
    let fillers = placed.row.figures.iter().take_while(|figure| figure.to < first);
    let skipped = fillers.take_while(|figure| figure.is_blank() || !figure.text.chars().any(char::is_alphanumeric)).count();
    let found = under(placed.row.figures.get(skipped..)?, headings)?;
    Some(found.into_iter().map(|at| at.map(|at| at.saturating_add(skipped))).collect())
}

/// Whether a cell holds two numbers with a space between them.
fn is_double(text: &str) -> bool {
    let mut parts = text.split(is_space).filter(|part| !part.is_empty());
    parts.next().is_some_and(is_number) && parts.next().is_some_and(is_number)
}

/// The figure under each heading; `None` if one stands under several or none. A text repeated under one heading is one figure.
fn under(figures: &[Figure<'_>], places: &[(usize, usize)]) -> Option<Vec<Option<usize>>> {
    let mut found: Vec<Option<usize>> = vec![None; places.len()];
    for (at, figure) in figures.iter().enumerate().filter(|(_, figure)| !figure.is_blank()) {
        let mut over = places.iter().enumerate().filter(|(_, place)| place.0 <= figure.to && figure.from <= place.1);
        let (column, _) = over.next()?;
        if over.next().is_some() {
            return None;
        }
        let place = found.get_mut(column)?;
        match place.and_then(|before| figures.get(before)) {
            Some(before) if before.text != figure.text => return None,
            Some(_) => {}
            None => *place = Some(at),
        }
    }
    Some(found)
}
