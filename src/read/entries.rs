//! The figures of every label put into the cells of its row.

use std::collections::BTreeMap;

use super::align::{Aligned, Columns};
use super::assembly::Instance;
use super::draft::Drafts;
use super::grid::{Grid, Placed};
use super::header::{Under, columns};
use super::lines::{Lines, SEVERAL, adds_up, sum_and_last};
use super::notice::NoticeKind;
use super::rows::{Figure, Geometry, Row};
use super::tables::Printed;
use crate::form::{Applicant, CellAddress};

/// A row of the form as the page prints it.
struct Entry {
    label: Instance,
    /// Its cells with their columns on the axis; none for a label that the form does not have.
    cells: Vec<CellAddress>,
    wanted: Vec<usize>,
    columns: Columns,
    /// How many columns of labels its label covers beside its own.
    padding: usize,
}

/// Entries with the same columns.
struct Alike {
    wanted: Vec<usize>,
    lines: Lines,
    /// Whether they print no totals.
    untotalled: bool,
}

/// What entries with the same columns tell each other of where these stand.
struct Kinds {
    alike: Vec<Alike>,
    /// For those with the same columns in one table of the page.
    grids: Vec<Grid>,
    /// For each entry with cells, which of both are its own.
    of: Vec<Option<(usize, usize)>>,
}

impl Kinds {
    fn alike(&self, entry: usize) -> Option<&Alike> {
        self.alike.get(self.of.get(entry).copied().flatten()?.0)
    }

    fn grid(&self, entry: usize) -> Option<&Grid> {
        self.grids.get(self.of.get(entry).copied().flatten()?.1)
    }
}

impl<'a> Printed<'a> {
    /// Takes in the figures of every label; `cells` are the cells of a row with their columns on the axis, `padding` is the number
    /// of columns that its label covers beside its own, which some sources keep as blank cells.
    pub(super) fn take(
        &mut self,
        drafts: &mut Drafts<'a>,
        cells: impl Fn(usize) -> Vec<(CellAddress, usize)>,
        padding: impl Fn(usize) -> usize,
    ) {
        let labels = std::mem::take(&mut self.labels).into_iter();
        let mut entries: Vec<Entry> = labels
            .map(|label| {
                let (cells, wanted) = label.row.map(&cells).unwrap_or_default().into_iter().unzip();
                let padding = label.row.map_or(0, &padding);
                Entry { label, cells, wanted, columns: Columns::default(), padding }
            })
            .collect();
        // Most rows stand under the headings of the row before them.
        let mut before: Option<(Under, Vec<usize>, Columns)> = None;
        for entry in &mut entries {
            if entry.label.figures.len() > 1 && entry.label.doubtful.is_empty() {
                self.join_lines(&mut entry.label, entry.wanted.len());
            }
            if let Some(&at) = entry.label.figures.first() {
                let Some(under) = Under::of(&self.headings, &self.rows, at) else { continue };
                entry.columns = match &before {
                    Some((known, wanted, columns)) if *known == under && *wanted == entry.wanted => columns.clone(),
                    _ => {
                        let columns = columns(&self.headings, &self.rows, at, &entry.wanted, self.words);
                        before = Some((under, entry.wanted.clone(), columns.clone()));
                        columns
                    }
                };
            }
        }
        self.leave_out(&entries, drafts);
        let mut kinds = self.kinds(&entries);
        let mut aligned = self.align(&entries, &kinds);
        if self.doubts_totals(&entries, &aligned) {
            for alike in &mut kinds.alike {
                alike.untotalled = alike.untotalled || (alike.wanted.len() == Applicant::COUNT && alike.lines.lack_totals(&self.rows, FEW));
            }
            aligned = self.align(&entries, &kinds);
            if self.doubts_totals(&entries, &aligned) {
                for (entry, aligned) in entries.iter().zip(&mut aligned) {
                    let line =
                        entry.label.figures.first().and_then(|&at| self.rows.get(at)).is_some_and(|row| row.geometry == Geometry::Line);
                    if let Some(aligned) =
                        aligned.as_mut().filter(|aligned| line && aligned.read().is_some_and(|found| found.contains(&None)))
                    {
                        *aligned = Aligned::Astray;
                    }
                }
            }
        }
        self.fill(&entries, &kinds, aligned, drafts);
        drafts.account(&self.rows);
    }

    fn kinds(&self, entries: &[Entry]) -> Kinds {
        let mut wanted: Vec<&[usize]> = Vec::new();
        let mut members: BTreeMap<(usize, Option<u32>), Vec<&Entry>> = BTreeMap::new();
        let mut places = Vec::with_capacity(entries.len());
        for entry in entries {
            if entry.wanted.is_empty() {
                places.push(None);
                continue;
            }
            // The form has few sets of columns.
            let set = wanted.iter().position(|known| *known == entry.wanted).unwrap_or_else(|| {
                wanted.push(&entry.wanted);
                wanted.len().saturating_sub(1)
            });
            let place = (set, self.table(entry));
            members.entry(place).or_default().push(entry);
            places.push(Some(place));
        }
        let alike = wanted.into_iter().map(|wanted| {
            let figures = entries.iter().filter(|entry| entry.wanted == wanted).flat_map(|entry| entry.label.figures.iter().copied());
            let lines = Lines::new(figures.collect(), &self.rows);
            let untotalled = wanted.len() == Applicant::COUNT && lines.lack_totals(&self.rows, 0);
            Alike { wanted: wanted.to_vec(), lines, untotalled }
        });
        let learn = |members: &Vec<&Entry>| {
            Grid::learn(members.iter().filter_map(|entry| {
                let row = self.rows.get(*entry.label.figures.first()?).filter(|row| row.geometry == Geometry::Grid)?;
                Some(Placed { row, columns: &entry.columns, padding: entry.padding })
            }))
        };
        let keys: Vec<(usize, Option<u32>)> = members.keys().copied().collect();
        let of = places.into_iter().map(|place| {
            let place = place?;
            Some((place.0, keys.binary_search(&place).ok()?))
        });
        Kinds { of: of.collect(), alike: alike.collect(), grids: members.values().map(learn).collect() }
    }

    /// The table of the page that holds the figures of an entry.
    fn table(&self, entry: &Entry) -> Option<u32> {
        self.rows.get(*entry.label.figures.first()?)?.table
    }

    /// Aligns every entry with one row of figures.
    fn align(&mut self, entries: &[Entry], kinds: &Kinds) -> Vec<Option<Aligned>> {
        let mut found = Vec::with_capacity(entries.len());
        for (place, entry) in entries.iter().enumerate() {
            let single = match *entry.label.figures {
                [at] if entry.label.doubtful.is_empty() => Some(at),
                _ => None,
            };
            let Some(((at, kind), grid)) = single.zip(kinds.alike(place)).zip(kinds.grid(place)) else {
                found.push(None);
                continue;
            };
            let Some(row) = self.rows.get(at) else { continue };
            let untotalled = kind.untotalled && row.geometry == Geometry::Line;
            let (aligned, perhaps) = match row.geometry {
                // It may be the page's.
                Geometry::Line if row.item().edge => (Aligned::Astray, false),
                Geometry::Grid => (grid.align(Placed { row, columns: &entry.columns, padding: entry.padding }), false),
                Geometry::Line if untotalled => {
                    let (aligned, perhaps) = kind.lines.align(&self.rows, at, &Columns::plain(entry.wanted.len().saturating_sub(1)));
                    (aligned.with_blank(), perhaps)
                }
                Geometry::Line => kind.lines.align(&self.rows, at, &entry.columns),
            };
            if let Some(row) = self.rows.get_mut(at) {
                row.perhaps = perhaps;
            }
            found.push(Some(aligned));
        }
        found
    }

    /// Whether several lines of part three that leave a cell blank print less in their last column than in the others, where nearly
    /// all leave one blank and hardly any complete line tells where the columns are. A total never is less, so it is the columns that
    /// were mistaken.
    fn doubts_totals(&self, entries: &[Entry], aligned: &[Option<Aligned>]) -> bool {
        let (mut less, mut all, mut complete, mut short) = (0_usize, 0_usize, 0_usize, 0_usize);
        for (entry, aligned) in entries.iter().zip(aligned) {
            let row = entry.label.figures.first().and_then(|&at| self.rows.get(at)).filter(|row| row.geometry == Geometry::Line);
            let found = aligned.as_ref().and_then(Aligned::read).filter(|found| found.len() == Applicant::COUNT);
            let Some((row, found)) = row.zip(found) else { continue };
            complete = complete.saturating_add(usize::from(!found.contains(&None)));
            short = short.saturating_add(usize::from(row.figures.len().saturating_add(1) == Applicant::COUNT));
            if found.contains(&None) && found.last() != Some(&None) {
                all = all.saturating_add(1);
                let lower = sum_and_last(&row.figures).is_some_and(|(parts, last)| parts > last);
                less = less.saturating_add(usize::from(lower));
            }
        }
        less >= SEVERAL
            && less.saturating_mul(4) >= all
            && (1..=FEW).contains(&complete)
            && short.saturating_mul(4) >= all.saturating_mul(3)
    }

    /// Puts the figures into the cells.
    fn fill(&mut self, entries: &[Entry], kinds: &Kinds, aligned: Vec<Option<Aligned>>, drafts: &mut Drafts<'a>) {
        // Rows without figures and without blank cells of their own, and whether figures are left that may be theirs.
        let mut bare: Vec<&Entry> = Vec::new();
        // Rows whose own cells are blank.
        let mut closed: Vec<&Entry> = Vec::new();
        let mut left_over = false;
        // Where figures stand that nobody has.
        let mut lost: Vec<usize> = Vec::new();
        // Where figures stand that were read for no row.
        let mut unread: Vec<usize> = Vec::new();
        let mut untotalled = Vec::new();
        for (place, (entry, aligned)) in entries.iter().zip(aligned).enumerate() {
            let label = &entry.label;
            if label.row.is_none() {
                for &at in label.figures.iter().chain(&label.doubtful) {
                    self.unknown(at, drafts);
                    left_over = true;
                }
            } else if let (Some(aligned), Some(&at)) = (aligned, label.figures.first()) {
                let untotals = kinds.alike(place).is_some_and(|alike| alike.untotalled);
                let Some(row) = self.rows.get_mut(at) else { continue };
                if aligned.read().is_none() && row.geometry == Geometry::Line {
                    unread.push(at);
                }
                // So many figures are those of several rows.
                let several = row.filled().count() >= entry.wanted.len().saturating_mul(2);
                left_over = left_over || (several && matches!(aligned, Aligned::TooMany | Aligned::Surplus(_)));
                if untotals && row.geometry == Geometry::Line {
                    untotalled.extend(entry.cells.last().copied().filter(|_| aligned.read().is_some()));
                    drafts.take(&entry.cells, &aligned, row);
                } else {
                    let printed = entry.columns.order.iter().filter_map(|&place| entry.cells.get(place).copied());
                    take_row(drafts, &printed.collect::<Vec<_>>(), &aligned, &entry.columns, row);
                }
            } else if let Some(&at) = label.figures.iter().chain(&label.doubtful).next() {
                self.refuse(label, at, &entry.cells, drafts);
                left_over = true;
                // The label of a group has no cells, and figures beside it are another's.
                lost.extend(label.figures.iter().filter(|_| entry.cells.is_empty()));
            } else if label.is_open(&self.rows, entry.wanted.len()) {
                bare.push(entry);
            } else {
                closed.push(entry);
            }
        }
        if !untotalled.is_empty() {
            drafts.tell(NoticeKind::BlankColumn, untotalled, None);
        }
        let untold = |row: &Row<'_>| !row.told && row.filled().any(|(_, figure)| !figure.told);
        lost.extend(self.rows.iter().enumerate().filter(|(_, row)| untold(row)).map(|(at, _)| at));
        left_over = left_over || !lost.is_empty();
        lost.sort_unstable();
        unread.sort_unstable();
        let near = |rows: &[usize], label: &Instance| {
            let after = rows.partition_point(|at| at.saturating_add(NEAR) < label.first());
            rows.get(after).is_some_and(|&at| at <= label.last().saturating_add(NEAR))
        };
        let bare = bare.into_iter().map(|entry| (entry, left_over || near(&unread, &entry.label)));
        // Where a label is broken, its figures may stand beside the other half.
        let closed = closed.into_iter().map(|entry| (entry, near(&lost, &entry.label)));
        for (entry, doubted) in bare.chain(closed) {
            match self.rows.get_mut(entry.label.first()).filter(|_| doubted) {
                Some(row) => drafts.refuse_bare(&entry.cells, row),
                None => drafts.blank(&entry.cells),
            }
        }
    }

    /// Puts the figures of a row together that stand on several lines: no two of them in one place, or all of them one after the other
    /// where they add up.
    fn join_lines(&mut self, label: &mut Instance, count: usize) {
        let rows: Vec<&Row<'a>> = label.figures.iter().filter_map(|&at| self.rows.get(at)).collect();
        let Some((&first, others)) = label.figures.split_first() else { return };
        let lines = rows.windows(2).all(|pair| {
            matches!(pair, [one, other] if one.sheet == other.sheet && one.geometry == Geometry::Line && other.geometry == Geometry::Line)
        });
        let in_turn: Vec<Figure<'a>> = rows.iter().flat_map(|row| row.figures.iter().cloned()).collect();
        let mut in_place = in_turn.clone();
        in_place.sort_by_key(|figure| figure.from);
        let apart = in_place.windows(2).all(|pair| matches!(pair, [left, right] if left.to.saturating_add(1) < right.from));
        let packed = rows.iter().any(|row| row.is_packed());
        // A lone number may be the page's, or the end of a figure that was broken.
        let sure = rows.iter().all(|row| row.figures.len() >= 2) || (in_place.len() == count && adds_up(&in_place));
        // Zeros add up in any order.
        let turns = in_turn.len() == count && adds_up(&in_turn) && sum_and_last(&in_turn).is_some_and(|(_, last)| last > 0);
        let (figures, placed) = match () {
            () if !lines || in_turn.len() > count => return,
            () if apart && sure && !packed => (in_place, true),
            () if turns => (in_turn, false),
            () => return,
        };
        for &other in others {
            if let Some(row) = self.rows.get_mut(other) {
                row.figures.clear();
            }
        }
        if let Some(row) = self.rows.get_mut(first) {
            row.figures = figures;
            row.ragged = row.ragged || !placed;
        }
        label.figures = vec![first];
    }

    /// Leaves out the figures under headings that the form does not have, and tells of them.
    fn leave_out(&mut self, entries: &[Entry], drafts: &mut Drafts<'a>) {
        let mut told: Vec<(usize, usize)> = Vec::new();
        for Entry { label, columns, .. } in entries.iter().filter(|entry| !entry.columns.foreign.is_empty()) {
            let Some(row) = label.figures.first().and_then(|&at| self.rows.get_mut(at)).filter(|row| row.geometry == Geometry::Grid) else {
                continue;
            };
            let under = |figure: &Figure<'_>| {
                let over = |place: &&(usize, usize)| place.0 <= figure.to && figure.from <= place.1;
                let own = columns.places.iter().any(|place| over(&place));
                columns.foreign.iter().find(over).filter(|_| !own).copied()
            };
            for place in row.filled().filter_map(|(_, figure)| under(figure)) {
                if !told.contains(&place) {
                    told.push(place);
                }
            }
            row.figures.retain(|figure| under(figure).is_none());
        }
        for place in told {
            let heading = |row: &&Row<'_>| row.pieces.iter().any(|piece| (piece.from, piece.to) == place) && !row.has_figures();
            drafts.tell(NoticeKind::UnknownColumn, Vec::new(), self.rows.iter().find(heading));
        }
    }

    /// Leaves the cells of a row unreadable whose figures may be another row's, or stand on several lines.
    fn refuse(&mut self, label: &Instance, at: usize, cells: &[CellAddress], drafts: &mut Drafts<'a>) {
        let kind = if label.doubtful.is_empty() { NoticeKind::TooManyFigures } else { NoticeKind::AmbiguousLabel };
        for other in label.figures.iter().chain(&label.doubtful).copied().filter(|&other| other != at) {
            if let Some(row) = self.rows.get_mut(other).filter(|row| !row.told) {
                drafts.refuse(kind, cells, row);
            }
        }
        if let Some(row) = self.rows.get_mut(at) {
            drafts.refuse(kind, cells, row);
        }
    }

    fn unknown(&mut self, at: usize, drafts: &mut Drafts<'a>) {
        if let Some(row) = self.rows.get_mut(at).filter(|row| !row.told) {
            row.told = true;
            drafts.tell(NoticeKind::UnknownRow, Vec::new(), Some(row));
        }
    }
}

/// So near a label without figures stand figures that may be its own.
const NEAR: usize = 2;

/// So few complete rows among many that print no totals have a number too many.
const FEW: usize = 2;

/// Takes in a row as it was aligned. Where it is doubtful whether the headings stand over their columns, those that stand in another
/// order than the form's are not read.
fn take_row<'a>(drafts: &mut Drafts<'a>, printed: &[CellAddress], aligned: &Aligned, columns: &Columns, row: &mut Row<'a>) {
    let Some(found) = Some(aligned).filter(|_| columns.doubtful).and_then(Aligned::read) else {
        return drafts.take(printed, aligned, row);
    };
    let moved = |at: usize| columns.order.get(at) != Some(&at);
    let cells = |keep: fn(bool) -> bool| printed.iter().enumerate().filter(move |(at, _)| keep(moved(*at))).map(|(_, cell)| *cell);
    let sure = found.iter().enumerate().filter(|(at, _)| !moved(*at)).map(|(_, figure)| *figure).collect();
    drafts.take(&cells(|moved| !moved).collect::<Vec<_>>(), &Aligned::Read(sure), row);
    drafts.refuse(NoticeKind::Misaligned, &cells(|moved| moved).collect::<Vec<_>>(), row);
}
