//! A page as the sources hand it over: lines of text and rows of tables, in reading order.

use std::borrow::Cow;

/// A page: what is printed, in reading order.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub(super) items: Vec<Item<'a>>,
    /// The title that stands outside the text, such as the `<title>` of HTML.
    pub(super) title: Option<Cow<'a, str>>,
}

/// A line of text, or a row of a table.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// The line of the source, counted from one.
    pub(super) line: usize,
    /// The sheet of paper that it stands on: positions of columns hold within one sheet.
    pub(super) sheet: u32,
    /// The table that the row belongs to; lines have none.
    pub(super) table: Option<u32>,
    /// Whether it is a lone number that begins or ends a sheet: it may be the number of the page.
    pub(super) edge: bool,
    /// One cell for a line.
    pub(super) cells: Vec<PageCell<'a>>,
}

/// A cell of a row: its text and the grid columns that it covers, both ends included.
#[derive(Debug, Clone)]
pub(super) struct PageCell<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl<'a> Item<'a> {
    pub(super) fn line(line: usize, sheet: u32, text: impl Into<Cow<'a, str>>) -> Self {
        Self { line, sheet, table: None, edge: false, cells: vec![PageCell { text: text.into(), from: 0, to: 0 }] }
    }

    /// A row of that table.
    pub(super) const fn row(line: usize, sheet: u32, table: u32, cells: Vec<PageCell<'a>>) -> Self {
        Self { line, sheet, table: Some(table), edge: false, cells }
    }

    /// The text of a line.
    pub(super) fn text(&self) -> &str {
        self.cells.first().map_or("", |cell| &*cell.text)
    }

    /// The text, if this is a line or a row with nothing but one text in it.
    pub(super) fn single(&self) -> Option<&str> {
        let mut filled = self.cells.iter().map(|cell| &*cell.text).filter(|text| !is_blank(text));
        let first = filled.next()?;
        filled.next().is_none().then_some(first)
    }

    /// What is printed, for messages and for the text of a part.
    pub(super) fn printed(&self) -> String {
        let mut printed = String::with_capacity(self.cells.iter().map(|cell| cell.text.len().saturating_add(1)).sum());
        for cell in &self.cells {
            let text = cell.text.trim();
            if !printed.is_empty() {
                printed.push(' ');
            }
            printed.push_str(text);
        }
        printed.truncate(printed.trim_end().len());
        printed
    }
}

pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(crate::model::is_space)
}
