//! The three tables: their rows and columns matched to the form, their form found from their labels.

use super::assembly::{Instance, assemble};
use super::draft::Drafts;
use super::header::Heading;
use super::label::squeezed;
use super::notice::NoticeKind;
use super::rows::Row;
use super::vocabulary::Vocabulary;
use crate::form::{Applicant, CellAddress, DisclosureColumn, DisclosureRow, Edition, RequestRow, Table, blocks};

/// The rows of a table as the page prints them, labels and headings found.
pub(super) struct Printed<'a> {
    pub(super) rows: Vec<Row<'a>>,
    pub(super) labels: Vec<Instance>,
    pub(super) headings: Vec<Heading>,
    pub(super) words: &'static Vocabulary,
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
}

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
    let fees = CellAddress::Disclosure(DisclosureRow::Fees, DisclosureColumn::Amount);
    if let Some(heading) = page.rows.iter().find(|row| heads_fees_in_yuan(row)).filter(|_| edition == Edition::E2021)
        && drafts.is_bare_number(fees)
    {
        drafts.tell(NoticeKind::OtherUnit, vec![fees], Some(heading));
    }
}

/// Whether a row prints the heading of the fees with the unit 元 where the form has 万元.
fn heads_fees_in_yuan(row: &Row<'_>) -> bool {
    if row.has_figures() || !row.pieces.iter().any(|piece| piece.letters.contains("收费金")) {
        return false;
    }
    let printed = row.printed();
    let printed = squeezed(&printed);
    printed.contains('元') && !printed.contains("万元") && !printed.contains("亿元")
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
        _ => by_widths(page),
    }
}

/// Where the words do not tell the form of part two, the figures beside its decisions do: the older form has three, the newer one.
fn by_widths(page: &Printed<'_>) -> Option<Edition> {
    const ROWS: [DisclosureRow; 3] = [DisclosureRow::Licences, DisclosureRow::Penalties, DisclosureRow::CoerciveMeasures];
    let decisions = page.labels.iter().filter(|label| ROWS.iter().any(|row| label.row == Some(row.index())));
    let rows = decisions.filter_map(|label| page.rows.get(*label.figures.first()?));
    let mut forms = rows.map(|row| match row.filled().count() {
        1 => Some(Edition::E2021),
        3 => Some(Edition::E2019),
        _ => None,
    });
    let first = forms.next().flatten()?;
    forms.all(|form| form == Some(first)).then_some(first)
}

/// The form of part three: what the one row of the older form, 其他处理, is in the newer one are three.
pub(super) fn requests_edition(page: &Printed<'_>) -> Option<Edition> {
    // 3.其他 proves nothing: a column is called 其他 too.
    let newer = [RequestRow::OtherNotCorrected, RequestRow::OtherFeeUnpaid];
    if newer.iter().any(|row| page.prints(row.index())) {
        return Some(Edition::E2021);
    }
    // Where its words do not tell, the number of its rows does.
    let place = |row: RequestRow| page.labels.iter().position(|label| label.row == Some(row.index()));
    let inside = place(RequestRow::Other).zip(place(RequestRow::Concluded)).and_then(|(from, to)| page.labels.get(from..to));
    let known = |row: usize| RequestRow::ALL.get(row).is_some_and(|row| row.is_in(Edition::E2019));
    let own = |label: &&Instance| !label.figures.is_empty() && !label.row.is_some_and(known);
    let rows = inside.unwrap_or_default().iter().filter(own).count();
    match rows {
        2.. => Some(Edition::E2021),
        _ => page.prints(RequestRow::Other.index()).then_some(Edition::E2019),
    }
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
