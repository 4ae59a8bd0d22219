//! The three tables: their rows and columns matched to the form, their form found from their labels.

use super::align::{Aligned, Columns};
use super::assembly::{Instance, assemble};
use super::draft::Drafts;
use super::grid::{Grid, Placed};
use super::header::{Heading, columns};
use super::lanes::{self, Edge, Known, Lanes};
use super::notice::NoticeKind;
use super::rows::{Figure, Geometry, Row};
use super::vocabulary::Vocabulary;
use crate::form::{Applicant, CellAddress, DisclosureColumn, DisclosureRow, Edition, RequestRow, Table, blocks};

/// The rows of a table as the page prints them, labels and headings found.
pub(super) struct Printed<'a> {
    pub(super) rows: Vec<Row<'a>>,
    pub(super) labels: Vec<Instance>,
    pub(super) headings: Vec<Heading>,
    words: &'static Vocabulary,
}

impl<'a> Printed<'a> {
    pub(super) fn new(rows: Vec<Row<'a>>, headings: Vec<Heading>, table: Table) -> Self {
        let words = Vocabulary::of(table);
        let labels = assemble(&rows, words);
        Self { rows, labels, headings, words }
    }

    fn prints(&self, row: usize) -> bool {
        self.labels.iter().any(|label| label.row == Some(row))
    }

    /// Aligns a row of the page with its columns.
    pub(super) fn align(&mut self, at: usize, columns: &Columns, grid: &Grid, lines: &Lines, padding: usize) -> Aligned {
        let known = match self.rows.get(at) {
            Some(row) if row.geometry == Geometry::Grid => return grid.align(Placed { row, columns, padding }),
            Some(_) => self.places(at, columns, lines),
            None => return Aligned::TooFew,
        };
        let Some(row) = self.rows.get_mut(at) else { return Aligned::TooFew };
        row.perhaps = matches!(known, Known::Perhaps(_));
        lanes::line(row, columns, &known)
    }

    /// Where the columns stand beside a line: as the complete lines near it say, or all lines of its sheet together, or headings
    /// that stand far enough apart to be trusted.
    fn places(&self, at: usize, columns: &Columns, lines: &Lines) -> Known {
        let Some(row) = self.rows.get(at) else { return Known::Nothing };
        let count = columns.len();
        let row_at = |line: &usize| self.rows.get(*line);
        let place = lines.rows.partition_point(|&line| line < at);
        let (before, after) = lines.rows.split_at_checked(place).unwrap_or_default();
        let after = after.iter().filter(|&&line| line != at);
        let complete = |row: &&Row<'_>| row.figures.len() == count && !row.is_packed();
        if row.figures.len() == count {
            // A complete line is taken as it stands, whatever the others say: text tools do not print all lines of a sheet on the
            // same scale. Only where a figure may be cut in two, which takes a blank beside it, the others or headings must agree.
            let own: Vec<(usize, usize)> = row.figures.iter().map(Figure::place).collect();
            if !lanes::is_cut(&own) || (columns.order.is_sorted() && adds_up(&row.figures)) {
                return Known::Nothing;
            }
            let near = before.iter().rev().take(NEAREST).chain(after.take(NEAREST));
            let others: Vec<Vec<(usize, usize)>> =
                near.filter_map(row_at).filter(complete).map(|other| other.figures.iter().map(Figure::place).collect()).collect();
            return match columns.placed() {
                _ if others.len() >= NEAREST && lanes::is_spaced(&own, &others) => Known::Nothing,
                Some(headings) if others.len() < NEAREST && lanes::is_spaced(&own, &[headings.to_vec()]) => Known::Nothing,
                _ => Known::Against,
            };
        }
        let here = |other: &&Row<'_>| other.sheet == row.sheet;
        let above: Vec<&Row<'_>> =
            before.iter().rev().take(WHOLE_SHEET).filter_map(row_at).take_while(here).filter(complete).take(NEAREST).collect();
        let below: Vec<&Row<'_>> =
            after.clone().take(WHOLE_SHEET).filter_map(row_at).take_while(here).filter(complete).take(NEAREST).collect();
        let both: Vec<&Row<'_>> = above.iter().chain(&below).copied().collect();
        if !both.is_empty() {
            let lanes = |rows: &[&Row<'_>]| (!rows.is_empty()).then(|| Lanes::of_complete(rows, lines.edge, count)).flatten();
            if let Some(lanes) = lanes(&both) {
                return Known::At(lanes);
            }
            // A table may go on at another place of the page: what both sides say alike is certain.
            return match (lanes(&above), lanes(&below)) {
                (Some(above), Some(below)) if above.figures(row) == below.figures(row) => Known::At(above),
                (Some(lanes), None) | (None, Some(lanes)) => Known::At(lanes),
                _ => Known::Against,
            };
        }
        let start = lines.rows.partition_point(|&line| self.rows.get(line).is_some_and(|other| other.sheet < row.sheet));
        let sheet = lines.rows.get(start..).unwrap_or_default().iter().take(WHOLE_SHEET).filter_map(row_at).take_while(here);
        let groups = lanes::groups(sheet);
        let headings = columns.placed().filter(|headings| are_apart(headings));
        // As many groups of figures as columns, each nearest to its own heading.
        if groups.len() == count && headings.is_some_and(|headings| lanes::are_under(&groups, headings)) {
            return Known::At(Lanes::of_groups(&groups, lines.edge));
        }
        let Some(under) = headings.and_then(|headings| Lanes::under(&groups, headings, lines.edge)) else {
            return Known::Nothing;
        };
        // So few figures stand under some of many headings in any way of counting.
        if groups.len() <= FEW && under.len() > MANY { Known::Perhaps(under) } else { Known::At(under) }
    }

    /// Takes in the figures of every label; `cells` are the cells of a row with their columns on the axis, `padding` is the number
    /// of columns that its label covers beside its own, which some sources keep as blank cells.
    pub(super) fn take(
        &mut self,
        drafts: &mut Drafts<'a>,
        cells: impl Fn(usize) -> Vec<(CellAddress, usize)>,
        padding: impl Fn(usize) -> usize,
    ) {
        let mut labels = std::mem::take(&mut self.labels);
        for label in labels.iter_mut().filter(|label| label.figures.len() > 1 && label.doubtful.is_empty()) {
            let count = label.row.map(&cells).unwrap_or_default().len();
            self.join_lines(label, count);
        }
        let rows: Vec<(Vec<CellAddress>, Vec<usize>)> =
            labels.iter().map(|label| label.row.map(&cells).unwrap_or_default().into_iter().unzip()).collect();
        let columns: Vec<Columns> = labels
            .iter()
            .zip(&rows)
            .map(|(label, (_, wanted))| {
                label.figures.first().map_or_else(Columns::default, |&at| columns(&self.headings, &self.rows, at, wanted, self.words))
            })
            .collect();
        self.leave_out(&labels, &columns, drafts);
        // Rows of a table with the same columns tell each other where these stand.
        let table = |label: &Instance| label.figures.first().and_then(|&at| self.rows.get(at)?.table);
        let mut kinds: Vec<(&[usize], Option<u32>, Grid, Lines)> = Vec::new();
        for (label, (_, wanted)) in labels.iter().zip(&rows) {
            let kind = table(label);
            if wanted.is_empty() || kinds.iter().any(|(known, table, ..)| known == wanted && *table == kind) {
                continue;
            }
            let alike = || labels.iter().zip(&rows).zip(&columns).filter(|((_, (_, columns)), _)| columns == wanted);
            let mut lines: Vec<usize> = alike().flat_map(|((label, _), _)| label.figures.iter().copied()).collect();
            lines.sort_unstable();
            let placed = alike().filter(|((label, _), _)| table(label) == kind).filter_map(|((label, _), columns)| {
                let row = self.rows.get(*label.figures.first()?).filter(|row| row.geometry == Geometry::Grid)?;
                Some(Placed { row, columns, padding: label.row.map_or(0, &padding) })
            });
            kinds.push((wanted, kind, Grid::learn(placed), Lines::new(lines, &self.rows)));
        }
        // Rows without figures and without blank cells of their own, and whether figures are left that may be theirs.
        let mut bare: Vec<(usize, &[CellAddress])> = Vec::new();
        let mut left_over = false;
        let kinds: Vec<_> = labels
            .iter()
            .zip(&rows)
            .map(|(label, (_, wanted))| kinds.iter().find(|(known, kind, ..)| known == wanted && *kind == table(label)))
            .collect();
        for (((label, (addresses, wanted)), columns), kind) in labels.iter().zip(&rows).zip(&columns).zip(kinds) {
            if label.row.is_none() {
                for &at in label.figures.iter().chain(&label.doubtful) {
                    self.unknown(at, drafts);
                    left_over = true;
                }
                continue;
            }
            let Some((.., grid, lines)) = kind else { continue };
            match (&*label.figures, &*label.doubtful) {
                ([], []) if label.is_open(&self.rows) => bare.push((label.first(), addresses)),
                ([], []) => drafts.blank(addresses),
                (&[at], []) => {
                    let aligned = self.align(at, columns, grid, lines, label.row.map_or(0, &padding));
                    let printed: Vec<CellAddress> = columns.order.iter().filter_map(|&place| addresses.get(place).copied()).collect();
                    if let Some(row) = self.rows.get_mut(at) {
                        // So many figures are those of several rows.
                        left_over = left_over
                            || (matches!(aligned, Aligned::TooMany | Aligned::Surplus(_))
                                && row.filled().count() >= wanted.len().saturating_mul(2));
                        take_row(drafts, &printed, &aligned, columns, row);
                    }
                }
                ([], &[at, ..]) | (&[at, ..], _) => {
                    self.refuse(label, at, addresses, drafts);
                    left_over = true;
                }
            }
        }
        left_over = left_over || self.rows.iter().any(|row| !row.told && row.filled().any(|(_, figure)| !figure.told));
        for (at, addresses) in bare {
            match self.rows.get_mut(at).filter(|_| left_over) {
                Some(row) => drafts.refuse(NoticeKind::AmbiguousLabel, addresses, row),
                None => drafts.blank(addresses),
            }
        }
        drafts.account(&self.rows);
    }

    /// Puts the figures of a row together that stand on several lines, no two of them in one place.
    fn join_lines(&mut self, label: &mut Instance, count: usize) {
        let rows: Vec<&Row<'a>> = label.figures.iter().filter_map(|&at| self.rows.get(at)).collect();
        let Some((&first, others)) = label.figures.split_first() else { return };
        let lines = rows.windows(2).all(|pair| {
            matches!(pair, [one, other] if one.sheet == other.sheet && one.geometry == Geometry::Line && other.geometry == Geometry::Line)
        });
        let mut figures: Vec<Figure<'a>> = rows.iter().flat_map(|row| row.figures.iter().cloned()).collect();
        figures.sort_by_key(|figure| figure.from);
        let apart = figures.windows(2).all(|pair| matches!(pair, [left, right] if left.to.saturating_add(1) < right.from));
        // A lone number may be the page's, or the end of a figure that was broken.
        let sure = rows.iter().all(|row| row.figures.len() >= 2) || (figures.len() == count && adds_up(&figures));
        if !lines || !apart || !sure || figures.len() > count || rows.iter().any(|row| row.is_packed()) {
            return;
        }
        for &other in others {
            if let Some(row) = self.rows.get_mut(other) {
                row.figures.clear();
            }
        }
        if let Some(row) = self.rows.get_mut(first) {
            row.figures = figures;
        }
        label.figures = vec![first];
    }

    /// Leaves out the figures under headings that the form does not have, and tells of them.
    fn leave_out(&mut self, labels: &[Instance], columns: &[Columns], drafts: &mut Drafts<'a>) {
        let mut told: Vec<(usize, usize)> = Vec::new();
        for (label, columns) in labels.iter().zip(columns).filter(|(_, columns)| !columns.foreign.is_empty()) {
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

/// Rows of a page that have the same columns.
#[derive(Debug)]
pub(super) struct Lines {
    rows: Vec<usize>,
    /// Which place of their figures tells their column.
    edge: Edge,
}

impl Lines {
    pub(super) fn new(rows: Vec<usize>, all: &[Row<'_>]) -> Self {
        let lines = rows.iter().filter_map(|&at| all.get(at)).filter(|row| row.geometry == Geometry::Line && !row.is_packed());
        Self { edge: Edge::shared(lines), rows }
    }
}

/// Whether the figures of a row of part three add up to the last: then none of them is cut in two.
fn adds_up(figures: &[Figure<'_>]) -> bool {
    let numbers: Option<Vec<u64>> = figures.iter().map(|figure| figure.text.parse().ok()).collect();
    figures.len() == Applicant::COUNT
        && numbers.is_some_and(|numbers| {
            let Some((total, parts)) = numbers.split_last() else { return false };
            parts.iter().fold(0_u64, |sum, part| sum.saturating_add(*part)) == *total
        })
}

/// Whether headings stand far enough apart to say where their columns are. Text tools push the words of narrow columns together,
/// and then they stand over their neighbours.
fn are_apart(headings: &[(usize, usize)]) -> bool {
    headings.windows(2).all(|pair| matches!(pair, [left, right] if right.0.saturating_sub(left.0) >= APART))
}

/// How far apart headings start at least that are where their columns are.
const APART: usize = 5;

/// How many complete lines on each side of a line tell where its columns stand.
const NEAREST: usize = 3;

/// How many columns of a sheet with figures are few.
const FEW: usize = 2;

/// How many columns stand so close that a few figures do not tell them apart.
const MANY: usize = 3;

/// How many lines of a sheet tell together where its columns stand.
const WHOLE_SHEET: usize = 64;

/// Reads part two in that form.
pub(super) fn disclosure<'a>(mut page: Printed<'a>, edition: Edition, drafts: &mut Drafts<'a>) {
    let row_cells = |row| {
        let Some(&row) = DisclosureRow::ALL.get(row) else { return Vec::new() };
        blocks(edition)
            .iter()
            .filter(|block| block.rows.contains(&row))
            .flat_map(|block| block.columns.iter().map(move |&column| (CellAddress::Disclosure(row, column), column.index())))
            .collect()
    };
    page.take(drafts, row_cells, |_| 0);
}

/// The form whose own rows and columns the table prints.
pub(super) fn disclosure_edition(page: &Printed<'_>) -> Option<Edition> {
    let rows = page.labels.iter().filter_map(|label| DisclosureRow::ALL.get(label.row?));
    let columns = page.headings.iter().filter_map(|heading| DisclosureColumn::ALL.get(heading.column));
    let mut votes = [0_usize; 2];
    let own = rows
        .map(|row| (row.is_in(Edition::E2019), row.is_in(Edition::E2021)))
        .chain(columns.map(|column| (column.is_in(Edition::E2019), column.is_in(Edition::E2021))));
    for (older, newer) in own {
        let [in_older, in_newer] = &mut votes;
        *in_older = in_older.saturating_add(usize::from(older && !newer));
        *in_newer = in_newer.saturating_add(usize::from(newer && !older));
    }
    match votes {
        [older, newer] if older > newer => Some(Edition::E2019),
        [older, newer] if newer > older => Some(Edition::E2021),
        _ => None,
    }
}

/// The form of part three: what the one row of the older form, 其他处理, is in the newer one are three.
pub(super) fn requests_edition(page: &Printed<'_>) -> Option<Edition> {
    // 3.其他 proves nothing: a column is called 其他 too.
    let newer = [RequestRow::OtherNotCorrected, RequestRow::OtherFeeUnpaid];
    if newer.iter().any(|row| page.prints(row.index())) {
        return Some(Edition::E2021);
    }
    page.prints(RequestRow::Other.index()).then_some(Edition::E2019)
}

/// Reads part three in that form.
pub(super) fn requests<'a>(mut page: Printed<'a>, edition: Edition, drafts: &mut Drafts<'a>) {
    let row_cells = |row: usize| {
        let row = RequestRow::ALL.get(row).filter(|row| row.is_in(edition));
        row.map_or_else(Vec::new, |&row| Applicant::ALL.iter().map(|&who| (CellAddress::Requests(row, who), who.index())).collect())
    };
    let padding = |row: usize| {
        RequestRow::ALL.get(row).map_or(0, |row| match () {
            () if row.group().is_some() => 0,
            () if row.is_outcome() || *row == RequestRow::Concluded => 1,
            () => 2,
        })
    };
    page.take(drafts, row_cells, padding);
}
