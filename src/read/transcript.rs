//! The transcript: what an extraction step hands over when it copies a page without understanding it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::page::{Item, Page, PageCell};
use super::parts;
use super::{ReadError, Reader, Reading};
use crate::form::Section;

/// A page as copied by an extraction step: titles, texts, and tables as rows of a label and verbatim strings.
///
/// Every field is a string or a list, all of them are required, nothing is optional, bounded or one of several types, so every
/// service that writes to a schema accepts this one. Nothing is interpreted on the way: a blank cell is an empty string, a
/// footnote stays beside its number, and a label stays as it is printed. Reading it is the work of this crate, with the same
/// care as for any other page.
///
/// *Shape*: `columns` are the headings over `cells`, left to right, and may be empty. A table whose headings change, as in part
/// two, is either several tables or has the headings as a row of their own.
///
/// ```
/// use gongkai::Transcript;
///
/// let transcript: Transcript = serde_json::from_str(r#"{
///     "title": "某县教育局2023年政府信息公开工作年度报告",
///     "sections": [{"title": "六、其他需要报告的事项", "text": "无"}],
///     "tables": [{
///         "title": "二、主动公开政府信息情况",
///         "columns": ["本年制发件数", "本年废止件数", "现行有效件数"],
///         "rows": [{"label": "行政规范性文件", "cells": ["2", "", "１,２３４"]}]
///     }]
/// }"#)?;
/// let report = transcript.read()?.report;
/// assert_eq!(report.cell("T2/normative_documents/in_force".parse()?).and_then(|cell| cell.value()).and_then(|n| n.integer()), Some(1234));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// The title of the report, as printed: it names the authority and the year.
    pub title: String,
    /// The parts with their texts, in printed order, tables left out.
    pub sections: Vec<TranscriptSection>,
    /// The tables, in printed order.
    pub tables: Vec<TranscriptTable>,
}

/// A part of the report and its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscriptSection {
    /// The title, as printed: `一、总体情况`.
    pub title: String,
    /// The text under it.
    pub text: String,
}

/// A table as rows of strings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscriptTable {
    /// The title of the part that holds it, or nothing.
    pub title: String,
    /// The headings of the columns of figures, left to right, or nothing.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<TranscriptRow>,
}

/// A row: its label and its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscriptRow {
    /// The label, as printed; nothing where the row has none, as in part four.
    pub label: String,
    /// The cells right of the label, as printed; an empty string is a blank.
    pub cells: Vec<String>,
}

impl Transcript {
    /// Reads the transcript into a report.
    ///
    /// # Errors
    ///
    /// See [`Reader::read`].
    pub fn read(&self) -> Result<Reading, ReadError> {
        Reader::new().transcript(self)
    }

    /// The lines and rows, in the order in which a page prints them: every table under the title of its part.
    pub(super) fn page(&self) -> Page<'_> {
        let mut parts: Vec<(usize, Vec<Item<'_>>)> = Vec::new();
        // What has a title that is no part's stays with what stands before it.
        let mut place = 0;
        for section in &self.sections {
            place = parts::section(&section.title).map_or(place, Section::index);
            let mut items = vec![Item::line(0, 0, &*section.title)];
            items.extend(section.text.lines().map(|line| Item::line(0, 0, line)));
            parts.push((place, items));
        }
        let mut place = 0;
        for (id, table) in (0_u32..).zip(&self.tables) {
            let part = parts::section(&table.title).map(Section::index);
            place = part.unwrap_or(place);
            let titled = part.is_some_and(|part| parts.iter().any(|(place, _)| *place == part));
            let row = |label: &'_ str, cells: &'_ [String]| {
                let label = (!label.is_empty()).then(|| PageCell { text: Cow::Owned(label.to_owned()), from: 0, to: 0 });
                let cells = (1..).zip(cells).map(|(at, text)| PageCell { text: Cow::Owned(text.clone()), from: at, to: at });
                Item::row(0, 0, id, label.into_iter().chain(cells).collect())
            };
            let mut items = Vec::new();
            if !titled && !table.title.is_empty() {
                items.push(Item::line(0, 0, &*table.title));
            }
            items.push(row("", &table.columns));
            items.extend(table.rows.iter().map(|found| row(&found.label, &found.cells)));
            parts.push((place, items));
        }
        parts.sort_by_key(|(place, _)| *place);
        Page { items: parts.into_iter().flat_map(|(_, items)| items).collect(), title: Some(Cow::Borrowed(&self.title)) }
    }

    /// How many bytes of text there are.
    pub(super) fn len(&self) -> usize {
        let tables = self.tables.iter().flat_map(|table| &table.rows).flat_map(|row| row.cells.iter().chain([&row.label]));
        self.sections.iter().map(|section| &section.text).chain(tables).map(|text| text.len().saturating_add(1)).sum()
    }
}
