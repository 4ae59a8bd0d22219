//! Why a source cannot be read as a report, and the limits of what is read.

use super::Source;
use crate::form::Language;

/// A source that cannot be read as a report.
///
/// # Errors
///
/// `gongkai::read("%PDF-1.7")`: `this is a PDF; extract its text first with a tool that keeps the columns, such as …`.
/// `gongkai::read("hello")`: `the page prints none of the three tables …`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing is there.
    #[error("the source is empty")]
    Empty,
    /// The source is of a kind that is not read, or not by this build.
    #[error("{}", .0.advice(Language::English))]
    Unsupported(Source),
    /// The bytes are text in no encoding that this build reads.
    #[error("the source is not UTF-8 text; {}", if cfg!(feature = "html") { "save it as UTF-8" } else { "save it as UTF-8, or build gongkai with the feature `html`, which reads GBK and GB 18030" })]
    Encoding,
    /// The source goes beyond a limit.
    #[error("the source has {found} {}, and at most {limit} are read", .what.name(Language::English))]
    TooLarge {
        /// What is counted.
        what: Extent,
        /// How many there are, or at least are.
        found: usize,
        /// How many are read.
        limit: usize,
    },
    /// None of the three tables was found.
    #[error(
        "the page prints none of the three tables of an annual report (parts two, three and four); check that it is the report and that its tables are text"
    )]
    NoTables,
    /// No year was found.
    #[error("the page does not print the year that it reports on; it has to be supplied, with `Reader::year` or `read --year`")]
    NoYear,
    /// No report can be about the year that was supplied.
    #[error("expected a year from 2008 to 9999, found {0}")]
    Year(u16),
}

impl ReadError {
    /// The sentence in that language; in English it is that of `Display`.
    ///
    /// ```
    /// use gongkai::Language;
    ///
    /// let error = gongkai::read("%PDF-1.7").unwrap_err();
    /// assert!(error.display(Language::Chinese).to_string().starts_with("这是 PDF 文件"));
    /// assert!(error.to_string().starts_with("this is a PDF"));
    /// ```
    #[must_use]
    pub const fn display(&self, language: Language) -> impl std::fmt::Display + '_ {
        Sentence { error: self, language }
    }
}

struct Sentence<'a> {
    error: &'a ReadError,
    language: Language,
}

impl std::fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { error, language } = *self;
        match (language, error) {
            (Language::English, _) => write!(f, "{error}"),
            (_, ReadError::Empty) => f.write_str("内容为空"),
            (_, ReadError::Unsupported(source)) => f.write_str(source.advice(language)),
            (_, ReadError::Encoding) if cfg!(feature = "html") => f.write_str("不是可识别的文字编码，请另存为 UTF-8"),
            (_, ReadError::Encoding) => {
                f.write_str("不是 UTF-8 文字，请另存为 UTF-8，或启用 `html` 功能编译 gongkai（可读 GBK、GB 18030）")
            }
            (_, ReadError::TooLarge { what, found, limit }) => write!(f, "{}有 {found}，最多读取 {limit}", what.name(language)),
            (_, ReadError::NoTables) => {
                f.write_str("页面上没有年度报告的三张表（第二、三、四部分）；请确认是年度报告，且表格是文字而不是图片")
            }
            (_, ReadError::NoYear) => f.write_str("页面未印报告年度，需要另行给出：`Reader::year` 或 `read --year`"),
            (_, ReadError::Year(year)) => write!(f, "年度应在 2008 至 9999 之间，实为 {year}"),
        }
    }
}

/// What of a source is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Extent {
    /// Bytes.
    Bytes,
    /// Lines and rows.
    Items,
    /// Columns in one table.
    Columns,
    /// Cells.
    Cells,
    /// Tables inside one another.
    Depth,
}

impl Extent {
    /// The name in that language.
    const fn name(self, language: Language) -> &'static str {
        match self {
            Self::Bytes => language.pick("字节数", "bytes"),
            Self::Items => language.pick("行数", "lines and rows"),
            Self::Columns => language.pick("表格栏数", "columns in a table"),
            Self::Cells => language.pick("单元格数", "cells"),
            Self::Depth => language.pick("表格嵌套层数", "tables inside one another"),
        }
    }
}

/// The most bytes of a source.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The most lines and rows of a page.
pub(super) const MAX_ITEMS: usize = 200_000;

/// The widest table, in grid columns. The form's tables have fifteen; what office programs make of them has some dozens.
pub(super) const MAX_COLUMNS: usize = 400;
