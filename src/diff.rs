//! What differs between two reports of any kind: a corrected version, two years, an extraction and a transcription.

use std::fmt::{self, Display, Formatter};

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, Serializer};

use crate::form::{CellAddress, Edition, Language, Section, Table, cells};
use crate::model::{Cell, Number, Report};

/// What stands in a cell of one of two reports.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Side {
    /// The form of its table does not print the cell.
    NotInForm,
    /// The cell, and the printed text that is kept with it.
    Cell(Cell<Number>, Option<Box<str>>),
}

impl Side {
    fn of(report: &Report, cell: CellAddress) -> Self {
        match report.cell(cell) {
            Some(found) => Self::Cell(found, report.printed(cell).map(Into::into)),
            None => Self::NotInForm,
        }
    }

    /// What is shown of it: the printed text where one is kept.
    fn text(&self, language: Language) -> String {
        match self {
            Self::NotInForm => language.pick("（该格式没有此格）", "(not in this form)").to_owned(),
            Self::Cell(_, Some(printed)) => printed.to_string(),
            Self::Cell(Cell::Value(number), None) => number.to_string(),
            Self::Cell(Cell::Blank, None) => language.pick("空白", "blank").to_owned(),
            Self::Cell(Cell::NotApplicable, None) => "/".to_owned(),
            Self::Cell(Cell::Unreadable, None) => language.pick("无法识别", "unreadable").to_owned(),
        }
    }
}

impl Serialize for Side {
    /// As in the contract of a report: a number, null for a blank, the printed text. What the form lacks is `{"in_form": false}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::NotInForm => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("in_form", &false)?;
                map.end()
            }
            Self::Cell(_, Some(printed)) => serializer.serialize_str(printed),
            Self::Cell(Cell::Value(number), None) => match number.integer() {
                Some(integer) => serializer.serialize_i64(integer),
                None => serializer.collect_str(number),
            },
            Self::Cell(Cell::Blank, None) => serializer.serialize_none(),
            Self::Cell(Cell::NotApplicable, None) => serializer.serialize_str("/"),
            Self::Cell(Cell::Unreadable, None) => serializer.serialize_str("?"),
        }
    }
}

/// A cell that is not the same in both reports.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct CellChange {
    /// The cell.
    pub cell: CellAddress,
    /// What stands in it in the first report.
    pub before: Side,
    /// What stands in it in the second.
    pub after: Side,
}

/// How the text of a part differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextChange {
    /// It is the same, spaces aside.
    Same,
    /// It is another text.
    Changed,
    /// Only the first report has one.
    OnlyBefore,
    /// Only the second report has one.
    OnlyAfter,
}

/// What differs between two reports, cell by cell and part by part.
///
/// ```
/// use gongkai::{Diff, Edition, Language, fixtures};
///
/// let report = fixtures::consistent(Edition::E2021);
/// assert!(Diff::between(&report, &report).is_empty());
/// let mut corrected = report.clone();
/// corrected.set("T3/received/total".parse()?, 12)?;
/// let diff = Diff::between(&report, &corrected);
/// assert_eq!(diff.cells.len(), 1);
/// assert_eq!(diff.display(Language::Chinese).to_string(), "表三·一、本年新收政府信息公开申请数量\n  总计：708 → 12\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// *JSON*: `authority`, `year`, `published` (both values, or null where they are the same), `cells`, `sections`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Diff {
    /// The names of the authorities, where they differ.
    pub authority: Option<[String; 2]>,
    /// The years, where they differ.
    pub year: Option<[u16; 2]>,
    /// The days of publication, where they differ; empty where none is known.
    pub published: Option<[String; 2]>,
    /// The cells that differ, in printed order.
    pub cells: Vec<CellChange>,
    /// How each part's text differs, for the parts that at least one report has a text of.
    pub sections: Vec<(Section, TextChange)>,
    /// The forms by which cells are named, for part two and part three: those of the second report where it prints the cell.
    editions: [[Edition; 2]; 2],
}

impl Diff {
    /// What differs from the first report to the second.
    #[must_use]
    pub fn between(before: &Report, after: &Report) -> Self {
        let differ = |pair: [String; 2]| Some(pair).filter(|[before, after]| before != after);
        let name = |report: &Report| report.authority().name().to_owned();
        let day = |report: &Report| report.published().map_or_else(String::new, |day| day.to_string());
        let cells = Table::ALL.iter().flat_map(|&table| union(table, before.edition(table), after.edition(table)));
        let cells = cells.filter_map(|cell| {
            let change = CellChange { cell, before: Side::of(before, cell), after: Side::of(after, cell) };
            (change.before != change.after).then_some(change)
        });
        let letters = |text: &str| text.chars().filter(|&c| !crate::model::is_space(c)).collect::<String>();
        let sections = Section::ALL.iter().filter_map(|&section| {
            let change = match (before.section(section), after.section(section)) {
                (None, None) => return None,
                (Some(_), None) => TextChange::OnlyBefore,
                (None, Some(_)) => TextChange::OnlyAfter,
                (Some(before), Some(after)) if letters(before) == letters(after) => TextChange::Same,
                (Some(_), Some(_)) => TextChange::Changed,
            };
            Some((section, change))
        });
        let editions = [Table::Disclosure, Table::Requests].map(|table| [before.edition(table), after.edition(table)]);
        Self {
            authority: differ([name(before), name(after)]),
            year: (before.year() != after.year()).then(|| [before.year(), after.year()]),
            published: differ([day(before), day(after)]),
            cells: cells.collect(),
            sections: sections.collect(),
            editions,
        }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let same = self.sections.iter().all(|(_, change)| *change == TextChange::Same);
        same && self.authority.is_none() && self.year.is_none() && self.published.is_none() && self.cells.is_empty()
    }

    /// The form whose labels name a cell.
    #[must_use]
    pub fn edition(&self, cell: CellAddress) -> Edition {
        let [disclosure, requests] = self.editions;
        let [before, after] = if cell.table() == Table::Disclosure { disclosure } else { requests };
        if cell.is_in(after) { after } else { before }
    }

    /// What differs, for people: head, cells under their rows, parts. Empty if nothing does.
    #[must_use]
    pub fn display(&self, language: Language) -> impl Display + '_ {
        Shown { diff: self, language }
    }
}

/// The cells of either form, in printed order.
fn union(table: Table, before: Edition, after: Edition) -> Vec<CellAddress> {
    let mut all: Vec<_> = cells(table, before).collect();
    all.extend(cells(table, after).filter(|cell| !cell.is_in(before)));
    all.sort_unstable();
    all
}

struct Shown<'d> {
    diff: &'d Diff,
    language: Language,
}

impl Shown<'_> {
    fn head(&self, f: &mut Formatter<'_>, chinese: &str, english: &str, [before, after]: [&dyn Display; 2]) -> fmt::Result {
        writeln!(f, "{}{}{before} → {after}", self.language.pick(chinese, english), self.language.pick("：", ": "))
    }
}

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { diff, language } = *self;
        if let Some([before, after]) = &diff.authority {
            self.head(f, "机关", "authority", [before, after])?;
        }
        if let Some([before, after]) = &diff.year {
            self.head(f, "年度", "year", [before, after])?;
        }
        if let Some([before, after]) = &diff.published {
            let none = language.pick("未注明", "not stated");
            let shown = |day: &String| if day.is_empty() { none.to_owned() } else { day.clone() };
            self.head(f, "发布日期", "published", [&shown(before), &shown(after)])?;
        }
        for row in diff.cells.chunk_by(|one, next| one.cell.table() == next.cell.table() && one.cell.row_key() == next.cell.row_key()) {
            for (at, change) in row.iter().enumerate() {
                let edition = diff.edition(change.cell);
                if at == 0 {
                    writeln!(f, "{}", change.cell.row_place(edition, language))?;
                }
                let column = change.cell.column_name(edition, language);
                let (before, after) = (change.before.text(language), change.after.text(language));
                writeln!(f, "  {column}{}{before} → {after}", language.pick("：", ": "))?;
            }
        }
        for (section, change) in &diff.sections {
            let change = match change {
                TextChange::Same => continue,
                TextChange::Changed => language.pick("文字不同", "another text"),
                TextChange::OnlyBefore => language.pick("只有前一份有文字", "only the first has a text"),
                TextChange::OnlyAfter => language.pick("只有后一份有文字", "only the second has a text"),
            };
            writeln!(f, "{}{}{change}", section.name(Edition::E2021, language), language.pick("：", ": "))?;
        }
        Ok(())
    }
}

impl Serialize for Diff {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Diff", 5)?;
        fields.serialize_field("authority", &self.authority)?;
        fields.serialize_field("year", &self.year)?;
        fields.serialize_field("published", &self.published)?;
        fields.serialize_field("cells", &self.cells)?;
        let sections: std::collections::BTreeMap<_, _> = self.sections.iter().map(|(section, change)| (section.key(), change)).collect();
        fields.serialize_field("sections", &sections)?;
        fields.end()
    }
}
