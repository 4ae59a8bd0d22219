//! Which cell is wrong: the smallest explanations of what does not add up, all of them; what blanks must be.
//!
//! Locate first, then fill blanks, never the other way round. What is found is the smallest explanation, never the truth, and
//! nothing is corrected in place.

mod answer;
mod blanks;
mod explain;
mod flow;
mod graph;
mod search;
mod sentence;
mod shapes;
mod years;

pub use answer::{Because, Completion, Correctable, Correction, DiagnoseOptions, Diagnosis, Implied, Status};
pub use explain::Explanation;
pub use shapes::Shape;
pub use years::{YearCorrection, YearsDiagnosis};

use crate::form::{Applicant, CellAddress, Edition, Proceeding, RequestRow, Ruling};
use crate::model::{Report, Requests};
use crate::rules::{Identity, Verdict};
use graph::{EDGES, Edges, Figures, Graph};
use search::{Found, Set};
impl Report {
    /// Which cells explain what does not add up: see [`Diagnosis`].
    #[must_use]
    pub fn diagnose(&self) -> Diagnosis {
        self.diagnose_with(&DiagnoseOptions::new())
    }

    /// The same, with limits and with what the caller knows.
    #[must_use]
    pub fn diagnose_with(&self, options: &DiagnoseOptions) -> Diagnosis {
        let edition = self.requests().edition();
        let assessment = self.validate();
        let mut diagnosis = Diagnosis {
            status: Status::Clean,
            minimum_cells: Some(0),
            sets: Vec::new(),
            shapes: Vec::new(),
            suspects: Vec::new(),
            completions: Vec::new(),
            edition,
            violated: assessment.count(Verdict::Violated),
        };
        if assessment.holds() {
            return diagnosis;
        }
        let graph = Graph::of(edition);
        let figures = Figures::of(self.requests(), graph);
        let mut barred = Edges::default();
        for edge in options.vouched.iter().filter_map(|&cell| graph.number(cell)) {
            barred.insert(edge);
        }
        let found = search::search(graph, &figures, barred, options.limit, options.budget);
        diagnosis.minimum_cells = found.size.filter(|_| !found.truncated);
        let wrong = found.size != Some(0);
        if wrong {
            diagnosis.sets = corrections(self.requests(), graph, &figures, &found);
            rank(&mut diagnosis.sets, &options.suspected);
            diagnosis.shapes = shapes::find(graph, &figures);
        }
        diagnosis.suspects = suspects(self);
        let disputed = Proceeding::ALL.iter().any(|&block| assessment.verdict(Identity::Total(block)) == Some(Verdict::Violated));
        let located = matches!(found.sets.as_slice(), [_]) && !found.truncated;
        if located {
            diagnosis.completions = completions(self, graph, &figures, &found);
        }
        diagnosis.completions.extend(blanks::disputes(self));
        diagnosis.status = match (wrong, disputed) {
            _ if found.truncated => Status::Truncated,
            (true, _) => match (diagnosis.sets.len(), diagnosis.shapes.is_empty()) {
                (0, true) => Status::NotLocated,
                (0, false) => Status::Explained,
                (1, _) => Status::Located,
                _ => Status::Ambiguous,
            },
            (false, true) if diagnosis.suspects.is_empty() => Status::NotLocated,
            (false, true) => Status::Explained,
            (false, false) => Status::Completable,
        };
        diagnosis
    }

    /// A copy in which every blank that has exactly one value holds it, with the list of what was filled.
    ///
    /// Only where nothing is wrong: blanks beside wrong numbers prove nothing.
    ///
    /// ```
    /// use gongkai::{Cell, Edition, fixtures};
    ///
    /// let right = fixtures::consistent(Edition::E2021);
    /// let mut report = right.clone();
    /// report.set("T3/received/total".parse()?, Cell::Blank)?;
    /// let (filled, list) = report.fill_implied();
    /// assert_eq!((filled, list.len()), (right, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn fill_implied(&self) -> (Self, Vec<Completion>) {
        let mut filled = self.clone();
        let diagnosis = self.diagnose();
        if diagnosis.status != Status::Completable {
            return (filled, Vec::new());
        }
        let mut list = diagnosis.completions;
        // The cells are those of this report and their values counts, so setting them cannot fail; what fails is not listed.
        list.retain(|one| one.implied.value().is_some_and(|value| filled.set(one.cell, value).is_ok()));
        (filled, list)
    }
}

/// The sets with their implied values and explanations.
fn corrections(table: &Requests, graph: &Graph, figures: &Figures, found: &Found) -> Vec<Correctable> {
    let correct = |set: &Set| {
        let (free, left_over) = search::freed(graph, figures, set.edges());
        let values = flow::settle(graph, &free, &left_over).unwrap_or([0; EDGES]);
        // Without blanks and without a cycle of cells, a value is the only one.
        let unique = figures.free.count() == 0 && set.edges().count() < SHORTEST_CYCLE;
        let mut cells: Vec<_> = set
            .edges()
            .map(|edge| {
                let edge_of = graph.edge(edge);
                let (min, max) = if unique {
                    let value = blanks::value(&values, edge);
                    (value, Some(value))
                } else {
                    flow::range(graph, &free, &values, edge)
                };
                let (cell, printed, implied) = (edge_of.cell(), figures.value(edge), Implied::range(min, max));
                let explanation =
                    implied.value().and_then(|value| explain::slip(cell, printed, value, &neighbours(table, edge_of.row, edge_of.who)));
                Correction { cell, printed, implied, explanation }
            })
            .collect();
        explain::pairs(&mut cells);
        Correctable { cells }
    };
    found.sets.iter().map(correct).collect()
}

/// The shortest cycle of cells: two rows by two columns.
const SHORTEST_CYCLE: usize = 4;

/// The numbers left and right of a cell, above and below it.
fn neighbours(table: &Requests, row: RequestRow, who: Applicant) -> Vec<i64> {
    let rows: Vec<_> = RequestRow::of(table.edition()).collect();
    let at = rows.iter().position(|&of| of == row).unwrap_or(0);
    let beside = |at: usize| [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
    let columns = beside(who.index()).filter_map(|at| Some((row, *Applicant::ALL.get(at)?)));
    let lines = beside(at).filter_map(|at| Some((*rows.get(at)?, who)));
    columns.chain(lines).filter_map(|(row, who)| i64::try_from(table.get(row, who)?.value()?).ok()).collect()
}

/// Sets with suspected cells first, then the best explained, then in printed order.
fn rank(sets: &mut [Correctable], suspected: &[CellAddress]) {
    sets.sort_by_key(|set| {
        let suspects = set.cells.iter().filter(|one| suspected.contains(&one.cell)).count();
        let cost: u32 = set.cells.iter().map(|one| Explanation::cost(one.explanation)).sum();
        (std::cmp::Reverse(suspects), cost, set.cells.iter().map(|one| one.cell).collect::<Vec<_>>())
    });
}

/// Cells of part four whose correction would be a known slip.
fn suspects(report: &Report) -> Vec<Correction> {
    let mut suspects = Vec::new();
    let table = report.disputes();
    for &block in Proceeding::ALL {
        let values = Ruling::ALL.iter().map(|&ruling| table.get(block, ruling).value().and_then(|value| i64::try_from(value).ok()));
        let Some(values) = values.collect::<Option<Vec<_>>>() else { continue };
        let Some((&total, parts)) = values.split_last() else { continue };
        let wrong = parts.iter().sum::<i64>().wrapping_sub(total);
        if wrong == 0 {
            continue;
        }
        for (at, (&ruling, &printed)) in Ruling::ALL.iter().zip(&values).enumerate() {
            let implied = if ruling == Ruling::Total { printed.wrapping_add(wrong) } else { printed.wrapping_sub(wrong) };
            let beside = at.checked_sub(1).and_then(|at| values.get(at)).copied();
            let cell = CellAddress::Disputes(block, ruling);
            if implied < 0 {
                continue;
            }
            if let Some(explanation) = explain::slip(cell, printed, implied, beside.as_slice()) {
                suspects.push(Correction { cell, printed, implied: Implied::Value(implied), explanation: Some(explanation) });
            }
        }
    }
    suspects
}

/// The blanks of part three, once the one located set is corrected.
fn completions(report: &Report, graph: &Graph, figures: &Figures, found: &Found) -> Vec<Completion> {
    if figures.free.count() == 0 {
        return Vec::new();
    }
    let chosen = found.sets.iter().flat_map(Set::edges);
    let (free, left_over) = search::freed(graph, figures, chosen);
    match flow::settle(graph, &free, &left_over) {
        Ok(values) => blanks::requests(report, graph, &free, &values),
        Err(_) => Vec::new(),
    }
}

/// Whether the graph of that form is what everything here rests on: every cell in exactly two sums, with opposite signs.
///
/// Its nodes and cells: 38 and 175 in the 2021 form, 36 and 161 with the 23-row part three.
#[must_use]
pub fn sign_structure(edition: Edition) -> Option<(usize, usize)> {
    let graph = Graph::of(edition);
    graph.is_sound.then_some((graph.nodes, graph.edges.len()))
}
