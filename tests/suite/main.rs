//! The tests of the library, in one binary, through its public interface.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod corpus;
mod reading_tabs;
