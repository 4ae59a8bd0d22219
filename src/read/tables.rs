//! The three tables: their rows and columns matched to the form, their form found from their labels.

use super::align::{self, Aligned, Columns, Known};
use super::assembly::{Instance, assemble};
use super::draft::Drafts;
use super::grid::{Grid, Placed};
use super::header::{Heading, columns};
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
    pub(super) fn align(&mut self, at: usize, columns: &Columns, grid: &Grid, lines: &[usize], padding: usize) -> Aligned {
        let known = match self.rows.get(at) {
            Some(row) if row.geometry == Geometry::Grid => return grid.align(Placed { row, columns, padding }),
            Some(_) => self.places(at, columns, lines),
            None => return Aligned::TooFew,
        };
        let Some(row) = self.rows.get_mut(at) else { return Aligned::TooFew };
        row.perhaps = matches!(known, Known::Perhaps(_));
        align::line(row, columns, &known)
    }

    /// Where the columns stand beside a line: as the complete lines of its sheet say, or all its lines together, or headings
    /// that stand far enough apart to be trusted.
    fn places(&self, at: usize, columns: &Columns, lines: &[usize]) -> Known {
        let Some(row) = self.rows.get(at) else { return Known::Nothing };
        let on_sheet = |line: &&usize| self.rows.get(**line).is_some_and(|other| other.sheet == row.sheet);
        let row_at = |line: &usize| self.rows.get(*line);
        let place = lines.partition_point(|&line| line < at);
        let before = lines.get(..place).unwrap_or_default().iter().rev().take(NEAREST);
        let after = lines.get(place..).unwrap_or_default().iter().filter(|&&line| line != at).take(NEAREST);
        let complete = || {
            let near = before.clone().chain(after.clone()).filter(on_sheet).filter_map(row_at);
            near.filter(|other| other.figures.len() == columns.len())
        };
        if row.figures.len() == columns.len() {
            let headings = columns.placed();
            // A complete line is taken as it stands, whatever the others say: text tools do not print all lines of a sheet on the
            // same scale. Only where a figure may be cut in two, which takes a blank beside it, the others or headings must agree.
            let own: Vec<(usize, usize)> = row.figures.iter().map(Figure::place).collect();
            if !align::is_cut(&own) {
                return Known::Nothing;
            }
            let near = before.clone().chain(after.clone()).filter_map(row_at).filter(|other| other.figures.len() == columns.len());
            let others: Vec<Vec<(usize, usize)>> = near.map(|other| other.figures.iter().map(Figure::place).collect()).collect();
            return match headings {
                _ if others.len() >= NEAREST => {
                    if align::is_spaced(&own, &others) {
                        Known::Nothing
                    } else {
                        Known::Against
                    }
                }
                Some(headings) if align::is_spaced(&own, &[headings.to_vec()]) => Known::Nothing,
                Some(_) | None => Known::Against,
            };
        }
        let headings = columns.placed().filter(|headings| align::are_apart(headings));
        let start = lines.partition_point(|&line| self.rows.get(line).is_some_and(|other| other.sheet < row.sheet));
        let sheet = lines.get(start..).unwrap_or_default().iter().take_while(on_sheet).take(WHOLE_SHEET).filter_map(row_at);
        let clusters = align::clusters(sheet.flat_map(Row::places));
        let confirmed = complete().count() >= 1 || headings.is_some_and(|headings| align::are_under(&clusters, headings));
        if clusters.len() == columns.len() && confirmed {
            return Known::At(clusters);
        }
        let lines = (complete().count() >= 2).then(|| align::union(complete())).flatten();
        if let Some(lines) = lines {
            return Known::At(lines);
        }
        let under = headings.and_then(|headings| align::under_headings(&clusters, headings));
        match under {
            // So few figures stand under some of many headings in any way of counting.
            Some(places) if clusters.len() <= FEW && places.len() > MANY => Known::Perhaps(places),
            Some(places) => Known::At(places),
            None => Known::Nothing,
        }
    }

    /// Takes in the figures of every label; `cells` are the cells of a row with their columns on the axis, `padding` is the number
    /// of columns that its label covers beside its own, which some sources keep as blank cells.
    pub(super) fn take(
        &mut self,
        drafts: &mut Drafts<'a>,
        cells: impl Fn(usize) -> Vec<(CellAddress, usize)>,
        padding: impl Fn(usize) -> usize,
    ) {
        let labels = std::mem::take(&mut self.labels);
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
        let mut kinds: Vec<(&[usize], Option<u32>, Grid, Vec<usize>)> = Vec::new();
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
            kinds.push((wanted, kind, Grid::learn(placed), lines));
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
