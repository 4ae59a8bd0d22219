//! A file of waivers, and the day on which they are applied.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use gongkai::chrono::{DateTime, NaiveDate};
use gongkai::{Finding, Waiver, Waivers};

/// Beijing's offset from UTC, in seconds.
const BEIJING: u64 = 8 * 60 * 60;

/// The decisions of a desk.
pub(crate) struct Decisions {
    pub(crate) file: String,
    waivers: Waivers,
    on: NaiveDate,
}

impl Decisions {
    /// Reads a file of waivers: TOML, or JSON if its name says so or it begins with a brace.
    pub(crate) fn open(file: &str, on: Option<NaiveDate>) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let is_json = text.starts_with('{') || Path::new(file).extension().is_some_and(|kind| kind.eq_ignore_ascii_case("json"));
        let waivers: Result<Waivers, String> = if is_json {
            serde_json::from_str(text).map_err(|error| error.to_string())
        } else {
            toml::from_str(text).map_err(|error| error.to_string())
        };
        Ok(Self { file: file.to_owned(), waivers: waivers.map_err(|error| format!("{file}: {error}"))?, on: on.unwrap_or_else(today) })
    }

    /// The waiver that lets a finding stand.
    pub(crate) fn waiver(&self, finding: &Finding) -> Option<&Waiver> {
        self.waivers.waivers.get(self.waivers.waiver(finding, self.on)?)
    }

    /// The places of the waivers that name a finding.
    pub(crate) fn naming(&self, finding: &Finding) -> Vec<usize> {
        self.waivers.naming(finding).collect()
    }

    /// What is wrong with the waivers themselves.
    pub(crate) fn review(&self, named: &std::collections::BTreeSet<usize>) -> Vec<Finding> {
        self.waivers.review(named, self.on)
    }
}

/// A day as it is given on the command line.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "expected a day such as 2026-03-01".to_owned())
}

/// The day in Beijing.
fn today() -> NaiveDate {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().saturating_add(BEIJING));
    i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0)).unwrap_or_default().date_naive()
}
