//! The typed report: cells, numbers, the three tables, the report and its builder.

mod cell;
mod disclosure;
mod disputes;
mod number;
mod report;
mod requests;
mod sheet;
mod spelling;

pub use cell::{Cell, MAX_COUNT};
pub use disclosure::Disclosure;
pub use disputes::Disputes;
pub use number::{Money, Number};
pub(crate) use report::Texts;
pub use report::{Authority, BuildError, Report, ReportBuilder};
pub use requests::Requests;
pub use sheet::CellError;
pub use spelling::{CellText, read_cell};

pub(crate) use sheet::{Cells, Sheet, States};
pub(crate) use spelling::{PLAIN_MARK, is_space, leading_count, opens_unit, trim, unreadable_text};
