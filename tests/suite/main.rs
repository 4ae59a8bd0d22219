//! The tests of the library, in one binary, through its public interface.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod corpus;
