//! The tests of the library, in one binary, through its public interface.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod allocation;
mod check_cli;
mod corpus;
mod form;
mod json;
mod oracle;
mod properties;
mod reading_tabs;
mod rules;
