//! The cells as they are read, before they are a report, and the account of every printed figure.

use std::borrow::Cow;

use super::align::Aligned;
use super::label::is_digit;
use super::notice::{Notice, NoticeKind};
use super::rows::Row;
use crate::form::CellAddress;
use crate::model::{Cell, read_cell};

/// What a cell reads as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) readable: bool,
    /// The line that prints it; none for a blank row.
    line: Option<usize>,
    /// Whether little tells its column.
    perhaps: bool,
    /// Whether nothing is printed for it, though figures near its label may be its own.
    bare: bool,
}

/// The cells of the tables and what there is to tell about them.
#[derive(Debug, Default)]
pub(super) struct Drafts<'a> {
    /// In printed order.
    cells: Vec<(CellAddress, Draft<'a>)>,
    pub(super) notices: Vec<Notice>,
}

impl<'a> Drafts<'a> {
    /// The cells in printed order.
    pub(super) fn cells(&self) -> impl Iterator<Item = &(CellAddress, Draft<'a>)> {
        self.cells.iter()
    }

    pub(super) fn contains(&self, cell: CellAddress) -> bool {
        self.place(cell).is_ok()
    }

    /// Where a cell is, or where it would be.
    fn place(&self, cell: CellAddress) -> Result<usize, usize> {
        match self.cells.last() {
            // Nearly every page prints the cells in the form's order.
            Some((last, _)) if cell > *last => Err(self.cells.len()),
            _ => self.cells.binary_search_by_key(&cell, |(known, _)| *known),
        }
    }

    fn get(&self, cell: CellAddress) -> Option<&Draft<'a>> {
        self.cells.get(self.place(cell).ok()?).map(|(_, draft)| draft)
    }

    pub(super) fn tell(&mut self, kind: NoticeKind, cells: Vec<CellAddress>, row: Option<&Row<'_>>) {
        self.notices.push(Notice::new(kind, cells, row.map(|row| row.line), &row.map_or_else(String::new, Row::printed)));
    }

    /// Takes in a row as it was aligned; `cells` are the row's cells in printed order.
    pub(super) fn take(&mut self, cells: &[CellAddress], aligned: &Aligned, row: &mut Row<'a>) {
        match aligned {
            Aligned::Read(found) => {
                for (&cell, figure) in cells.iter().zip(found) {
                    let figure = figure.and_then(|at| row.figures.get_mut(at));
                    let text = figure.map_or(Cow::Borrowed(""), |figure| {
                        figure.told = true;
                        figure.text.clone()
                    });
                    self.put(cell, text, row);
                }
                // The same text again under the same heading is the same figure.
                let again = || {
                    let told = |text: &str| row.figures.iter().any(|figure| figure.told && figure.text == text);
                    row.filled().all(|(_, figure)| figure.told || told(&figure.text))
                };
                if found.iter().flatten().count() == row.filled().count() || again() {
                    row.figures.iter_mut().for_each(|figure| figure.told = true);
                }
            }
            Aligned::Surplus(at) => {
                let text = row.figures.get(*at).map_or(Cow::Borrowed(""), |figure| figure.text.clone());
                for &cell in cells {
                    self.put(cell, text.clone(), row);
                }
                row.told = true;
                self.tell(NoticeKind::SurplusFigure, cells.to_vec(), Some(row));
            }
            Aligned::TooMany => self.refuse(NoticeKind::TooManyFigures, cells, row),
            Aligned::TooFew => self.refuse(NoticeKind::TooFewFigures, cells, row),
            Aligned::Astray => self.refuse(NoticeKind::Misaligned, cells, row),
        }
    }

    /// A row that prints nothing.
    pub(super) fn blank(&mut self, cells: &[CellAddress]) {
        for &cell in cells {
            if let Err(at) = self.place(cell) {
                self.cells.insert(at, (cell, Draft { text: Cow::Borrowed(""), readable: true, line: None, perhaps: false, bare: true }));
            }
        }
    }

    /// Leaves the cells of a row unreadable.
    pub(super) fn refuse(&mut self, kind: NoticeKind, cells: &[CellAddress], row: &mut Row<'a>) {
        self.leave(kind, cells, row, false);
    }

    /// Leaves the cells of a row unreadable that prints nothing, where figures near it may be its own.
    pub(super) fn refuse_bare(&mut self, cells: &[CellAddress], row: &mut Row<'a>) {
        self.leave(NoticeKind::AmbiguousLabel, cells, row, true);
    }

    fn leave(&mut self, kind: NoticeKind, cells: &[CellAddress], row: &mut Row<'a>, bare: bool) {
        for &cell in cells {
            let draft = Draft { text: Cow::Borrowed(""), readable: false, line: Some(row.line), perhaps: false, bare };
            match self.place(cell) {
                Ok(at) => {
                    if let Some((_, known)) = self.cells.get_mut(at) {
                        *known = draft;
                    }
                }
                Err(at) => self.cells.insert(at, (cell, draft)),
            }
        }
        row.told = true;
        let notice = Notice::new(kind, cells.to_vec(), Some(row.line), &row.printed());
        self.notices.push(notice.counting(row.filled().count(), cells.len()));
    }

    /// A cell with its printed text. A row that is printed again must say the same.
    fn put(&mut self, cell: CellAddress, text: Cow<'a, str>, row: &Row<'a>) {
        let at = match self.place(cell) {
            Err(at) => at,
            Ok(at) => {
                let known = self.cells.get_mut(at).map(|(_, known)| known);
                if let Some(known) = known.filter(|known| known.readable && known.text != text) {
                    known.readable = false;
                    self.tell(NoticeKind::RepeatedRow, vec![cell], Some(row));
                }
                return;
            }
        };
        if read_cell(&text, cell.kind()).cell == Cell::Unreadable {
            self.notices.push(Notice::new(NoticeKind::UnreadableCell, vec![cell], Some(row.line), &text));
        }
        self.cells.insert(at, (cell, Draft { text, readable: true, line: Some(row.line), perhaps: row.perhaps, bare: false }));
    }

    /// Whether a cell holds a number without a unit.
    pub(super) fn is_bare_number(&self, cell: CellAddress) -> bool {
        self.get(cell).is_some_and(|draft| draft.readable && draft.text.ends_with(is_digit))
    }

    /// Whether a cell was read whose column little tells.
    pub(super) fn are_doubtful(&self) -> bool {
        self.cells.iter().any(|(_, draft)| draft.perhaps)
    }

    /// Leaves unreadable what another reading of the same page does not read alike.
    pub(super) fn doubt(&mut self, other: &Self, everything: bool) {
        let mut rows: Vec<(Option<usize>, Vec<CellAddress>)> = Vec::new();
        for (cell, draft) in self.cells.iter_mut().filter(|(_, draft)| draft.readable && (everything || draft.perhaps)) {
            let cell = *cell;
            if other.get(cell).is_none_or(|other| !(other.readable || (draft.bare && other.bare)) || other.text != draft.text) {
                draft.readable = false;
                match rows.last_mut() {
                    Some((line, cells)) if *line == draft.line => cells.push(cell),
                    _ => rows.push((draft.line, vec![cell])),
                }
            }
        }
        for (line, cells) in rows {
            let texts: Vec<&str> = cells.iter().filter_map(|&cell| self.get(cell)).map(|draft| &*draft.text).collect();
            self.notices.push(Notice::new(NoticeKind::Misaligned, cells, line, &texts.join(" ")));
        }
    }

    /// Tells of every figure that is in no cell and in no notice.
    pub(super) fn account(&mut self, rows: &[Row<'_>]) {
        for row in rows.iter().filter(|row| !row.told) {
            for (_, figure) in row.filled().filter(|(_, figure)| !figure.told) {
                self.notices.push(Notice::new(NoticeKind::StrayFigure, Vec::new(), Some(row.line), &figure.text));
            }
            if row.pieces.iter().any(|piece| piece.digits) {
                self.tell(NoticeKind::StrayFigure, Vec::new(), Some(row));
            }
        }
    }
}
