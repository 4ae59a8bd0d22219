//! What the reader has to tell beside the report.

use crate::form::{CellAddress, Edition, Language, Severity, Table, cells};
use crate::model::is_space;

/// What a [`Notice`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NoticeKind {
    /// A cell holds something that is no number of its kind. It is left unreadable, with its text.
    UnreadableCell,
    /// A row prints more figures than it has columns, and every alignment reads the same. The row is read.
    SurplusFigure,
    /// A row prints more figures than it has columns, and which belongs where cannot be told. Its cells are unreadable.
    TooManyFigures,
    /// A row prints fewer figures than it has columns, and which is missing cannot be told. Its cells are unreadable.
    TooFewFigures,
    /// A figure stands where more than one column, or none, may claim it. The cells in doubt are unreadable.
    Misaligned,
    /// Figures stand beside labels of more than one row. The cells of those rows are unreadable.
    AmbiguousLabel,
    /// A row is printed more than once, with other figures. The cells that differ are unreadable.
    RepeatedRow,
    /// A row whose label the form does not have. Its figures are in no cell.
    UnknownRow,
    /// A column whose heading the form does not have. Its figures are in no cell.
    UnknownColumn,
    /// A figure in a table that is in no cell of the report.
    StrayFigure,
    /// No row prints as many figures as there are columns, and the figures are more than their last: that is taken for no total, and
    /// the totals for blank.
    BlankColumn,
    /// Another report stands below the one that is read.
    SecondReport,
    /// A heading states another unit than the form's. The figure is kept as it is printed.
    OtherUnit,
    /// Rows or columns of the form that the table does not print. Their cells are blank.
    MissingRows,
    /// A table that the page does not print. Its cells are blank.
    MissingTable,
    /// The labels of the table do not tell its form; the form of the other tables or of the year was taken.
    UnclearForm,
    /// The page does not name the authority. A placeholder stands in its place.
    NoAuthority,
    /// The title does not print the year; it was taken from the text.
    YearFromText,
    /// A line has bytes that are no character in the encoding of the page. A replacement character stands for them.
    DamagedText,
}

impl NoticeKind {
    /// The key, in `snake_case`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::UnreadableCell => "unreadable_cell",
            Self::SurplusFigure => "surplus_figure",
            Self::TooManyFigures => "too_many_figures",
            Self::TooFewFigures => "too_few_figures",
            Self::Misaligned => "misaligned",
            Self::AmbiguousLabel => "ambiguous_label",
            Self::RepeatedRow => "repeated_row",
            Self::UnknownRow => "unknown_row",
            Self::UnknownColumn => "unknown_column",
            Self::StrayFigure => "stray_figure",
            Self::BlankColumn => "blank_column",
            Self::SecondReport => "second_report",
            Self::OtherUnit => "other_unit",
            Self::MissingRows => "missing_rows",
            Self::MissingTable => "missing_table",
            Self::UnclearForm => "unclear_form",
            Self::NoAuthority => "no_authority",
            Self::YearFromText => "year_from_text",
            Self::DamagedText => "damaged_text",
        }
    }

    /// How much such a notice weighs: a warning where a figure is in doubt or lost, otherwise a note.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::SurplusFigure | Self::BlankColumn | Self::NoAuthority | Self::YearFromText | Self::DamagedText => Severity::Note,
            Self::UnreadableCell
            | Self::TooManyFigures
            | Self::TooFewFigures
            | Self::Misaligned
            | Self::AmbiguousLabel
            | Self::RepeatedRow
            | Self::UnknownRow
            | Self::UnknownColumn
            | Self::StrayFigure
            | Self::SecondReport
            | Self::OtherUnit
            | Self::MissingRows
            | Self::MissingTable
            | Self::UnclearForm => Severity::Warning,
        }
    }

    /// What it means for the cells, in one sentence.
    const fn meaning(self, language: Language) -> &'static str {
        match self {
            Self::UnreadableCell => language.pick("不是该格应填的数，未读取", "is no number that the cell can hold; left unreadable"),
            Self::SurplusFigure => language.pick(
                "数字多于栏数，但各种对法读数相同，已读取",
                "prints more figures than columns, but every alignment reads the same; read",
            ),
            Self::TooManyFigures => language.pick(
                "数字多于栏数，无法确定归属，该行未读取",
                "prints more figures than columns, and their places cannot be told; left unreadable",
            ),
            Self::TooFewFigures => language.pick(
                "数字少于栏数，无法确定归属，该行未读取",
                "prints fewer figures than columns, and their places cannot be told; left unreadable",
            ),
            Self::Misaligned => language.pick("数字与各栏对不齐，未读取", "has figures that stand under no one column; left unreadable"),
            Self::AmbiguousLabel => {
                language.pick("无法确定数字属于哪一行，未读取", "has figures that may belong to another row; left unreadable")
            }
            Self::RepeatedRow => {
                language.pick("重复出现且数字不同，不同的格未读取", "is printed again with other figures; what differs is left unreadable")
            }
            Self::UnknownRow => {
                language.pick("表中有格式所没有的行，其数字未计入", "a row that the form does not have; its figures are in no cell")
            }
            Self::UnknownColumn => {
                language.pick("表中有格式所没有的栏，其数字未计入", "a column that the form does not have; its figures are in no cell")
            }
            Self::StrayFigure => language.pick("表中有不属于任何格的数字，未计入", "a figure that belongs to no cell; it is in no cell"),
            Self::BlankColumn => language.pick(
                "各行都少一个数字，且其余之和大于末位数字，总计按空白读取",
                "rows print one figure less than columns, and the others are more than the last; the totals are taken for blank",
            ),
            Self::SecondReport => language
                .pick("页面上另有一份报告，未读取；请分开核对", "is another report on the page, and is not read; check it by itself"),
            Self::OtherUnit => language.pick(
                "栏名所写单位与格式不同，数字照印读取，请核对单位",
                "stands under a heading with another unit than the form's; read as printed, look at its unit",
            ),
            Self::MissingRows => language.pick("页面未印该项，按空白处理", "is not printed on the page; left blank"),
            Self::MissingTable => language.pick("页面未印该表，按空白处理", "is not printed on the page; left blank"),
            Self::UnclearForm => language.pick(
                "表中行名不足以判断所用格式，按其他表或年度的格式处理",
                "the labels do not tell the form; that of the other tables or of the year was taken",
            ),
            Self::NoAuthority => {
                language.pick("页面未印机关名称，以占位名代替", "the page does not name the authority; a placeholder stands for it")
            }
            Self::YearFromText => language.pick("标题未印年度，取自正文", "the title does not print the year; it was taken from the text"),
            Self::DamagedText => language.pick("含有无法解码的字节", "has bytes that are no character"),
        }
    }
}

impl std::fmt::Display for NoticeKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.key())
    }
}

/// Something that could not be read, or was read with doubt, and where.
///
/// A notice is fields; its sentence is rendered from them. It names no cell that it does not concern.
///
/// ```
/// use gongkai::{Language, NoticeKind};
///
/// let page = "某县教育局2024年政府信息公开工作年度报告\n\
///             第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t约20";
/// let reading = gongkai::read(page)?;
/// let notice = &reading.notices[0];
/// assert_eq!((notice.kind, notice.line), (NoticeKind::UnreadableCell, Some(4)));
/// assert_eq!(notice.cells, ["T2/licences/decisions".parse()?]);
/// assert_eq!(
///     notice.display(Language::Chinese).to_string(),
///     "第4行：表二·行政许可·本年处理决定数量：不是该格应填的数，未读取：“约20”"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Notice {
    /// How much it weighs.
    pub severity: Severity,
    /// What it is about.
    pub kind: NoticeKind,
    /// The cells that it concerns, in printed order.
    pub cells: Vec<CellAddress>,
    /// The form by whose labels the cells are named.
    pub edition: Edition,
    /// The line of the source, counted from one.
    pub line: Option<usize>,
    /// What is printed there, runs of spaces as one, cut to its first 240 characters.
    pub printed: String,
    /// How many figures a row prints and how many it has cells, where those are too many or too few.
    pub counted: Option<(usize, usize)>,
}

/// The longest text that a notice keeps.
const PRINTED: usize = 240;

impl Notice {
    pub(super) fn new(kind: NoticeKind, cells: Vec<CellAddress>, line: Option<usize>, printed: &str) -> Self {
        // Spaces that only align say nothing here.
        let words: Vec<&str> = printed.split(is_space).filter(|word| !word.is_empty()).collect();
        let printed = words.join(" ").chars().take(PRINTED).collect();
        // A transcript has no lines.
        let line = line.filter(|&line| line > 0);
        Self { severity: kind.severity(), kind, cells, edition: Edition::E2021, line, printed, counted: None }
    }

    /// With how many figures a row prints for so many cells, if the notice is about that.
    pub(super) fn counting(mut self, found: usize, cells: usize) -> Self {
        let told = match self.kind {
            NoticeKind::TooManyFigures => found > cells && cells > 0,
            NoticeKind::TooFewFigures => found < cells,
            _ => false,
        };
        self.counted = told.then_some((found, cells));
        self
    }

    /// Where it stands among others: by line, those without one last.
    pub(super) const fn place(&self) -> (bool, Option<usize>) {
        (self.line.is_none(), self.line)
    }

    /// The sentence in that language: line, place, what it means, what is printed.
    #[must_use]
    pub fn display(&self, language: Language) -> impl std::fmt::Display + '_ {
        Sentence { notice: self, language }
    }

    /// The places that it concerns: a cell, rows, or a table.
    fn places(&self, language: Language) -> Vec<String> {
        if let [cell] = *self.cells {
            return vec![cell.place(self.edition, language)];
        }
        let mut places: Vec<String> = Vec::new();
        for &table in Table::ALL {
            let inside = || self.cells.iter().filter(move |cell| cell.table() == table);
            if inside().next().is_none() {
                continue;
            }
            if inside().count() == cells(table, self.edition).count() {
                places.push(table.name(self.edition, language).to_owned());
                continue;
            }
            // A column that no row prints is one place.
            let same = |one: &CellAddress, other: &CellAddress| one.column_key() == other.column_key();
            let in_table: Vec<CellAddress> = cells(table, self.edition).collect();
            let whole = |cell: &&CellAddress| {
                let column = in_table.iter().filter(|other| same(cell, other)).count();
                table != Table::Disclosure && column > 1 && inside().filter(|other| same(cell, other)).count() == column
            };
            let mut columns: Vec<&CellAddress> = Vec::new();
            for cell in inside().filter(whole) {
                if !columns.iter().any(|known| same(known, cell)) {
                    columns.push(cell);
                    places.push(cell.column_place(self.edition, language));
                }
            }
            let mut last = None;
            for cell in inside().filter(|cell| !whole(cell)).filter(|cell| last.replace(cell.row_key()) != Some(cell.row_key())) {
                places.push(cell.row_place(self.edition, language));
            }
        }
        places
    }
}

struct Sentence<'a> {
    notice: &'a Notice,
    language: Language,
}

impl std::fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { notice, language } = *self;
        let colon = language.pick("：", ": ");
        if let Some(line) = notice.line {
            match language {
                Language::Chinese => write!(f, "第{line}行{colon}")?,
                Language::English => write!(f, "line {line}{colon}")?,
            }
        }
        let places = notice.places(language).join(language.pick("、", ", "));
        if !places.is_empty() {
            write!(f, "{places}{colon}")?;
        }
        f.write_str(notice.kind.meaning(language))?;
        if let Some((found, cells)) = notice.counted {
            match language {
                Language::Chinese => write!(f, "（印有 {found} 个，应有 {cells} 个）")?,
                Language::English => write!(f, " ({found} printed, {cells} expected)")?,
            }
        }
        if !notice.printed.is_empty() {
            match language {
                Language::Chinese => write!(f, "{colon}“{}”", notice.printed)?,
                Language::English => write!(f, "{colon}{:?}", notice.printed)?,
            }
        }
        Ok(())
    }
}
