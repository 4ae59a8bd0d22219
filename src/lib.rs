#![doc = include_str!("../README.md")]

mod diagnose;
mod diff;
pub mod fixtures;
pub mod form;
mod model;
mod read;
mod rules;
mod wire;

pub use chrono;
pub use diagnose::{
    Because, Completion, Correctable, Correction, DiagnoseOptions, Diagnosis, Explanation, Implied, Shape, Status, YearCorrection,
    YearsDiagnosis, sign_structure,
};
pub use diff::{CellChange, Diff, Side, TextChange};
pub use form::{
    Applicant, CellAddress, CellKind, Content, DisclosureColumn, DisclosureRow, Edition, Language, Level, Proceeding, RequestRow, Ruling,
    Section, Severity, Table, Unit, UnknownKey,
};
pub use model::{
    Authority, BuildError, Cell, CellError, CellText, Disclosure, Disputes, MAX_COUNT, Money, Number, Report, ReportBuilder, Requests,
    read_cell,
};
pub use read::{
    Extent, Notice, NoticeKind, ReadError, Reader, Reading, Source, Transcript, TranscriptRow, TranscriptSection, TranscriptTable, read,
};
pub use rules::{
    Added, Assessment, CATALOGUE, Comparison, Detail, Finding, Fingerprint, Identity, MergeError, Need, Operand, Rejected, Relation,
    Rollup, RollupAssessment, Rule, RuleId, Scope, Series, SeriesAssessment, SeriesError, Subject, Text, Total, UnitSum, Valid, Verdict,
    Waiver, Waivers, rules_document,
};
pub use rust_decimal;
