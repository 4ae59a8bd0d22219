//! The form: one description of both editions, from which everything else is derived.
//!
//! Rows and columns with their keys, labels and editions are in the axes; blocks, groups, spans and the kind of each cell
//! in the layout; the name of every cell is its [`CellAddress`].

mod address;
mod axes;
mod edition;
mod layout;

pub use address::CellAddress;
pub(crate) use address::separator;
pub use axes::{Applicant, DisclosureColumn, DisclosureRow, Level, Proceeding, RequestRow, Ruling, Section, Table};
pub use edition::{Edition, Language, Severity};
use layout::kind_of;
pub use layout::{Block, CellKind, Content, Group, PrintedCell, Unit, blocks, cells, groups, printed};

/// A word that names no member of an axis, no form, no cell and no rule.
///
/// # Errors
///
/// `"T3/received/naturalperson".parse::<CellAddress>()`: `unknown cell address "T3/received/naturalperson"`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[error("unknown {what} {key:?}")]
pub struct UnknownKey {
    what: &'static str,
    key: String,
}

impl UnknownKey {
    pub(crate) fn new(what: &'static str, key: &str) -> Self {
        Self { what, key: key.chars().take(80).collect() }
    }

    /// The word that was not known, cut to its first 80 characters.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// Serde for a type that is written as a word: `Display` out, `FromStr` in.
macro_rules! text_serde {
    ($type:ty, $what:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;

                impl serde::de::Visitor<'_> for Text {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("the key of a ", $what))
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                        text.parse().map_err(E::custom)
                    }
                }

                deserializer.deserialize_str(Text)
            }
        }
    };
}
pub(crate) use text_serde;
