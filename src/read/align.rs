//! Which figure of a row stands in which column.

use super::rows::Row;

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
    /// Whether the headings stand in another order than the form's, but where is not known.
    pub(super) shuffled: bool,
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
    match row.filled().count() {
        filled if filled > count && same && run(row).is_some() => Aligned::Surplus(first),
        filled if filled > count => Aligned::TooMany,
        // Blank cells are too many, not figures.
        filled if filled == count || row.figures.len() > count => Aligned::Astray,
        _ => Aligned::TooFew,
    }
}

impl Aligned {
    /// The same with a blank column behind the others.
    pub(super) fn with_blank(mut self) -> Self {
        if let Self::Read(found) = &mut self {
            found.push(None);
        }
        self
    }

    /// The figure in each printed column, where the row was read.
    pub(super) fn read(&self) -> Option<&[Option<usize>]> {
        if let Self::Read(found) = self { Some(found) } else { None }
    }
}
