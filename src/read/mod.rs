//! Reading a printed page into the typed report.
//!
//! One path for all sources: lines and rows of tables in reading order, the parts found by their titles, the tables matched
//! to the form by their labels, the figures aligned with their columns. What is not certain is left unreadable and told.

mod align;
mod assembly;
mod attach;
mod disputes;
mod draft;
mod encoding;
mod entity;
mod entries;
mod error;
mod figure;
mod grid;
mod header;
#[cfg(feature = "html")]
mod html;
mod indexed;
mod label;
mod lanes;
mod lines;
mod markdown;
mod notice;
mod page;
mod pagination;
mod parts;
mod reader;
mod rows;
mod source;
mod tables;
#[cfg(feature = "html")]
mod tag;
mod text;
mod title;
mod tokens;
mod transcript;
mod turned;
mod vocabulary;
mod zones;

pub use error::{Extent, ReadError};
pub use notice::{Notice, NoticeKind};
pub use reader::Reader;
pub use source::Source;
pub use transcript::{Transcript, TranscriptRow, TranscriptSection, TranscriptTable};

use crate::model::Report;

/// A report as it was read, and what there is to tell about the reading.
///
/// ```
/// let page = "某县教育局2020年政府信息公开工作年度报告\n\
///             一、总体情况\n全年公开信息二十条。\n\
///             二、主动公开政府信息情况\n\
///             第二十条第（一）项\n信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t0\t0\t0\n规范性文件\t1\t1\t12";
/// let gongkai::Reading { report, notices } = gongkai::read(page)?;
/// assert_eq!((report.authority().name(), report.year()), ("某县教育局", 2020));
/// assert_eq!(notices.len(), 3); // the rows and the two tables that the page does not print
/// # Ok::<(), gongkai::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The report.
    pub report: Report,
    /// What could not be read, or was read with doubt, by line.
    pub notices: Vec<Notice>,
}

/// Reads a page into a report. A blank stays blank, nothing is guessed, and what could not be read is told.
///
/// ```
/// use gongkai::{Cell, Number};
///
/// let page = "某县2023年政府信息公开工作年度报告\n第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t５５０";
/// let reading = gongkai::read(page)?;
/// assert_eq!(reading.report.cell("T2/licences/decisions".parse()?), Some(Cell::Value(Number::Count(550))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// See [`Reader::read`].
pub fn read(page: impl AsRef<[u8]>) -> Result<Reading, ReadError> {
    Reader::new().read(page)
}
