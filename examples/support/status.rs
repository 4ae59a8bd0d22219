//! The exit statuses of the examples that check.

/// Nothing was found at or above the severity that was asked for.
pub(crate) const CLEAN: u8 = 0;
/// Something was found.
pub(crate) const FOUND: u8 = 1;
/// An input could not be read, or the command was not understood.
pub(crate) const UNREADABLE: u8 = 2;
