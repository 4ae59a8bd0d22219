//! The answer of a diagnosis.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Explanation, Shape, search, sentence};
use crate::form::{CellAddress, Edition};
use crate::model::Report;
use crate::rules::Identity;

/// What a diagnosis says of a report as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Every sum holds and nothing is blank.
    Clean,
    /// Nothing is wrong; blanks can be filled so that every sum holds.
    Completable,
    /// One smallest set of cells explains everything.
    Located,
    /// Several sets of the same size do.
    Ambiguous,
    /// No set within the limit does, but one act of a shape: a shifted row, or a suspect where only explanations can tell.
    Explained,
    /// Nothing within the limit does.
    NotLocated,
    /// The budget ended the search before it was complete.
    Truncated,
}

/// The number that a cell would have to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Implied {
    /// Exactly this.
    Value(i64),
    /// At least `min`, at most `max` where there is a bound.
    Range {
        /// The least.
        min: i64,
        /// The greatest.
        max: Option<i64>,
    },
}

impl Implied {
    pub(super) const fn range(min: i64, max: Option<i64>) -> Self {
        match max {
            Some(max) if min == max => Self::Value(min),
            max => Self::Range { min, max },
        }
    }

    /// The number, where there is exactly one.
    #[must_use]
    pub const fn value(self) -> Option<i64> {
        match self {
            Self::Value(value) => Some(value),
            Self::Range { .. } => None,
        }
    }
}

impl Serialize for Implied {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => serializer.serialize_i64(*value),
            Self::Range { min, max } => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("min", min)?;
                map.serialize_entry("max", max)?;
                map.end()
            }
        }
    }
}

/// A cell that is printed one way and would have to be another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Correction {
    /// The cell.
    pub cell: CellAddress,
    /// The number that is printed.
    pub printed: i64,
    /// The number that is implied.
    pub implied: Implied,
    /// The slip that may have led from one to the other.
    pub explanation: Option<Explanation>,
}

/// A smallest set of cells whose change makes every sum of part three hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Correctable {
    /// Its cells, in printed order.
    pub cells: Vec<Correction>,
}

/// Why a blank has the value that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// This sum, with what the others leave.
    Sum(Identity),
    /// Only all sums together.
    AllSums,
}

impl Serialize for Because {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Sum(identity) => serializer.collect_str(identity),
            Self::AllSums => serializer.serialize_str("all sums"),
        }
    }
}

/// What a blank must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Completion {
    /// The cell.
    pub cell: CellAddress,
    /// Its value or range.
    pub implied: Implied,
    /// What it follows from.
    pub because: Because,
}

impl Serialize for Completion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("cell", &self.cell)?;
        match self.implied {
            Implied::Value(value) => map.serialize_entry("value", &value)?,
            Implied::Range { min, max } => {
                map.serialize_entry("min", &min)?;
                map.serialize_entry("max", &max)?;
            }
        }
        map.serialize_entry("because", &self.because)?;
        map.end()
    }
}

/// How to diagnose.
///
/// ```
/// use gongkai::{DiagnoseOptions, Edition, fixtures};
///
/// let mut report = fixtures::consistent(Edition::E2021);
/// report.set("T3/disclosed/natural_person".parse()?, 500)?;
/// let cell = "T3/disclosed/natural_person".parse()?;
/// assert_eq!(report.diagnose().sets[0].cells[0].cell, cell);
/// // The caller knows better: that cell was checked against the register.
/// let vouched = report.diagnose_with(&DiagnoseOptions::new().vouch(cell));
/// assert!(vouched.sets.iter().all(|set| set.cells.iter().all(|one| one.cell != cell)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DiagnoseOptions {
    pub(super) limit: usize,
    pub(super) budget: u32,
    pub(super) vouched: Vec<CellAddress>,
    pub(super) suspected: Vec<CellAddress>,
}

impl Default for DiagnoseOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl DiagnoseOptions {
    /// Sets of at most four cells, 50 000 steps.
    #[must_use]
    pub const fn new() -> Self {
        Self { limit: 4, budget: 50_000, vouched: Vec::new(), suspected: Vec::new() }
    }

    /// The largest set that is looked for, at most twelve cells.
    #[must_use]
    pub const fn limit(mut self, cells: usize) -> Self {
        self.limit = if cells > search::LARGEST { search::LARGEST } else { cells };
        self
    }

    /// The steps after which the search gives up.
    #[must_use]
    pub const fn budget(mut self, steps: u32) -> Self {
        self.budget = steps;
        self
    }

    /// A cell that is right, whatever the sums say: it is in no set.
    #[must_use]
    pub fn vouch(mut self, cell: CellAddress) -> Self {
        self.vouched.push(cell);
        self
    }

    /// A cell that may well be wrong: sets that contain it come first.
    #[must_use]
    pub fn suspect(mut self, cell: CellAddress) -> Self {
        self.suspected.push(cell);
        self
    }
}

/// What explains what does not add up.
///
/// ```
/// use gongkai::{Edition, Status, fixtures};
///
/// let right = fixtures::consistent(Edition::E2021);
/// let mut report = right.clone();
/// report.set("T3/concluded/enterprise".parse()?, 1170)?;
/// let diagnosis = report.diagnose();
/// assert_eq!((diagnosis.status, diagnosis.minimum_cells), (Status::Located, Some(1)));
/// let wrong = &diagnosis.sets[0].cells[0];
/// assert_eq!(wrong.cell, "T3/concluded/enterprise".parse()?);
/// // Nothing was changed in place; the corrected copy is made on request.
/// assert_eq!(diagnosis.apply(&report, &diagnosis.sets[0])?, right);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// *JSON*: `status`, `minimum_cells`, `sets`, `shapes`, `suspects`, `completions`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Diagnosis {
    /// The whole in a word.
    pub status: Status,
    /// The least number of filled cells of part three that must change. `None` if that is above the limit.
    pub minimum_cells: Option<usize>,
    /// Every set of that many cells, the best explained first.
    pub sets: Vec<Correctable>,
    /// Single acts that explain everything in part three. They stand apart from the sets.
    pub shapes: Vec<Shape>,
    /// Cells of part four whose correction would be a known slip. Arithmetic does not tell them from their neighbours.
    pub suspects: Vec<Correction>,
    /// What blanks must be, if the one located set is corrected.
    pub completions: Vec<Completion>,
    #[serde(skip)]
    pub(super) edition: Edition,
    /// How many sums do not hold, blanks or not.
    #[serde(skip)]
    pub(super) violated: u32,
}

impl Diagnosis {
    /// A copy of the report with that set corrected. A cell that has no single implied value is left as it is.
    ///
    /// # Errors
    ///
    /// A cell that the report's form does not print: the set is another report's.
    pub fn apply(&self, report: &Report, set: &Correctable) -> Result<Report, crate::model::CellError> {
        let mut corrected = report.clone();
        for one in &set.cells {
            if let Implied::Value(value) = one.implied {
                corrected.set(one.cell, value)?;
            }
        }
        Ok(corrected)
    }

    /// The sentences for people: one for the whole, then one for each set, shape, suspect and completion.
    #[must_use]
    pub fn sentences(&self, language: crate::form::Language) -> Vec<String> {
        sentence::sentences(self, language)
    }

    /// The form whose labels name its cells.
    #[must_use]
    pub const fn edition(&self) -> Edition {
        self.edition
    }
}
