//! Under construction.

pub mod form;
mod model;

pub use chrono;
pub use form::{
    Applicant, CellAddress, CellKind, Content, DisclosureColumn, DisclosureRow, Edition, Language, Level, Proceeding, RequestRow, Ruling,
    Section, Severity, Table, Unit, UnknownKey,
};
pub use model::{
    Authority, BuildError, Cell, CellError, CellText, Disclosure, Disputes, MAX_COUNT, Money, Number, Report, ReportBuilder, Requests,
    read_cell,
};
pub use rust_decimal;
