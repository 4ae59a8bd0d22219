//! Why a source cannot be read as a report, and the limits of what is read.

use super::Source;

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
    #[error("{}", .0.advice())]
    Unsupported(Source),
    /// The bytes are text in no encoding that this build reads.
    #[error("the source is not UTF-8 text; {}", if cfg!(feature = "html") { "save it as UTF-8" } else { "save it as UTF-8, or build gongkai with the feature `html`, which reads GBK and GB 18030" })]
    Encoding,
    /// The source goes beyond a limit.
    #[error("the source has {found} {what}, and at most {limit} are read")]
    TooLarge {
        /// What is counted.
        what: &'static str,
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

/// The most bytes of a source.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The most lines and rows of a page.
pub(super) const MAX_ITEMS: usize = 200_000;

/// The widest table, in grid columns. The form's tables have fifteen; what office programs make of them has some dozens.
pub(super) const MAX_COLUMNS: usize = 400;
