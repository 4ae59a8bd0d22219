#![doc = include_str!("../README.md")]

mod diagnose;
pub mod fixtures;
pub mod form;
mod model;
mod read;
mod rules;
mod wire;

pub use chrono;
pub use diagnose::{
    Because, Completion, Correctable, Correction, DiagnoseOptions, Diagnosis, Explanation, Implied, Shape, Status, sign_structure,
};
pub use form::{
    Applicant, CellAddress, CellKind, Content, DisclosureColumn, DisclosureRow, Edition, Language, Level, Proceeding, RequestRow, Ruling,
    Section, Severity, Table, Unit, UnknownKey,
};
pub use model::{
    Authority, BuildError, Cell, CellError, CellText, Disclosure, Disputes, MAX_COUNT, Money, Number, Report, ReportBuilder, Requests,
    read_cell,
};
pub use read::{
    Notice, NoticeKind, ReadError, Reader, Reading, Source, Transcript, TranscriptRow, TranscriptSection, TranscriptTable, read,
};
pub use rules::{
    Assessment, CATALOGUE, Comparison, Detail, Finding, Identity, Need, Operand, Rejected, Relation, Rule, RuleId, Scope, Text, Valid,
    Verdict, rules_document,
};
pub use rust_decimal;
