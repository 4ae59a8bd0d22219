//! The tests of the library, in one binary, through its public interface.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test fails by panicking")]

mod allocation;

mod corpus;
mod decisions;
mod diagnosing;
mod examples;
mod form;
mod json;
mod oracle;
mod printing;
mod printing_columns;
mod properties;
mod reading_limits;
mod reading_pages;
mod reading_shapes;
mod reading_tabs;
#[cfg(feature = "html")]
mod reading_tags;
mod reading_traits;
mod rollup;
mod rules;
mod series;
