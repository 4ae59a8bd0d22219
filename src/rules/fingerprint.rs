//! The fingerprint of a finding: the same for the same finding, on every machine and in every run.

use std::fmt::{self, Display, Formatter, Write};

use crate::form::UnknownKey;

/// What tells a finding from all others: its rule, the authority, the year, its cells and what stands in them.
///
/// It does not change with the language, the order of the findings, the machine or the version of this crate. It changes as
/// soon as one of the values does.
///
/// *Shape*: 16 hexadecimal digits, the 64-bit FNV-1a hash of those parts in a fixed order.
///
/// ```
/// use gongkai::{Edition, Fingerprint, fixtures};
///
/// let mut report = fixtures::consistent(Edition::E2021);
/// report.set("T4/reconsideration/total".parse()?, 0)?;
/// let before = report.validate().findings()[0].fingerprint();
/// assert_eq!(before.to_string().parse(), Ok(before));
/// report.set("T4/reconsideration/total".parse()?, 1)?;
/// assert_ne!(report.validate().findings()[0].fingerprint(), before);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Parsing fails for anything but 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Takes in the parts, one by one.
    pub(super) fn of<'p>(parts: impl IntoIterator<Item = &'p dyn Display>) -> Self {
        let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
        for part in parts {
            // A hash takes in everything, so writing to it cannot fail; the mark between the parts is in no text.
            _ = write!(hash, "{part}\u{0}");
        }
        Self(hash.0)
    }
}

struct Fnv(u64);

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(())
    }
}

impl Display for Fingerprint {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl std::str::FromStr for Fingerprint {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = u64::from_str_radix(text, 16).ok().filter(|_| digits);
        value.map(Self).ok_or_else(|| UnknownKey::new("fingerprint", text))
    }
}

crate::form::text_serde!(Fingerprint, "fingerprint");
