//! The JSON contract of a report: the shape on the wire, apart from the types.
//!
//! Cells are read and written by address, so every error names its cell. Keys are expected in the order of the form, which
//! makes reading as fast as the order is usual; any other order is read as well.

mod cell;
pub(crate) mod day;
mod keys;
mod report;
mod tables;

/// The version of the contract. Absent means 1; it is written only above 1.
const VERSION: u64 = 1;
