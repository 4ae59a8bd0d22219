//! The tests of the library, in one binary, through its public interface.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod corpus;
mod printing;
mod printing_columns;
mod reading_pages;
mod reading_tabs;
