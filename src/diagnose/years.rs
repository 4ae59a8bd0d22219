//! Which cell is wrong, and in which year, when what was carried forward is not what was carried over.
//!
//! Each table is the graph that it is alone; between the two, seven cells of the one must equal seven of the other. Whatever
//! is done, in every column either the two cells agree as they stand, or one takes the value of the other, or both change to
//! one new value. Each choice fixes those cells, so what remains are two searches in two graphs that no longer touch. All
//! choices are tried, the cheapest answers kept.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::graph::{Edges, Figures, Graph};
use super::{Correction, DiagnoseOptions, Implied, Status, corrections, explain, neighbours, search};
use crate::form::{Applicant, CellAddress, Language, RequestRow};
use crate::model::Report;
use crate::rules::Series;

/// A cell that would have to be another, in the report of one year.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct YearCorrection {
    /// The year of the report.
    pub year: u16,
    /// The cell and its number.
    pub correction: Correction,
}

impl Serialize for YearCorrection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("year", &self.year)?;
        map.serialize_entry("cell", &self.correction.cell)?;
        map.serialize_entry("printed", &self.correction.printed)?;
        map.serialize_entry("implied", &self.correction.implied)?;
        map.serialize_entry("explanation", &self.correction.explanation)?;
        map.end()
    }
}

/// What explains part three of a year and the next together.
///
/// ```
/// use gongkai::{Edition, Series, Status, fixtures};
///
/// let before = fixtures::consistent(Edition::E2021);
/// let right = fixtures::following(&before);
/// let mut after = right.clone();
/// after.set("T3/carried_over/natural_person".parse()?, 103)?;
/// let diagnosis = &Series::new([&before, &after])?.diagnose()[0];
/// assert_eq!((diagnosis.status, diagnosis.minimum_cells, diagnosis.wrong_year), (Status::Located, Some(1), Some(2025)));
/// assert_eq!(diagnosis.sets[0][0].correction.cell, "T3/carried_over/natural_person".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// *JSON*: `years`, `status`, `minimum_cells`, `sets`, `wrong_year`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct YearsDiagnosis {
    /// The two years.
    pub years: [u16; 2],
    /// [`Status::Located`], [`Status::Ambiguous`], [`Status::NotLocated`] or [`Status::Truncated`].
    pub status: Status,
    /// The least number of cells, of both years together, that must change.
    pub minimum_cells: Option<usize>,
    /// Every set of that many cells, the best explained first; the cells year by year, in printed order.
    pub sets: Vec<Vec<YearCorrection>>,
    /// The year in whose report all the cells stand that any smallest set changes. `None` where arithmetic does not say.
    pub wrong_year: Option<u16>,
    #[serde(skip)]
    editions: [crate::form::Edition; 2],
}

impl YearsDiagnosis {
    /// The sentences for people: one for the whole, then one for each set.
    #[must_use]
    pub fn sentences(&self, language: Language) -> Vec<String> {
        super::sentence::years(self, self.editions, language)
    }
}

impl Series<'_> {
    /// Which cells explain what does not add up from a year to the next: one answer for every two years of which the second does
    /// not carry over what the first carried forward. What is wrong within one report alone is told by [`Report::diagnose`].
    #[must_use]
    pub fn diagnose(&self) -> Vec<YearsDiagnosis> {
        self.diagnose_with(&DiagnoseOptions::new())
    }

    /// The same, with a limit and a budget, each for two years together.
    #[must_use]
    pub fn diagnose_with(&self, options: &DiagnoseOptions) -> Vec<YearsDiagnosis> {
        self.pairs().filter_map(|(before, after)| Pair::new(before, after).diagnose(options)).collect()
    }
}

/// What is done about one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// The two cells stay as they are, or a blank takes the value of the other.
    Agree,
    /// The cell carried forward takes the value of the one carried over.
    Before(i64),
    /// The cell carried over takes the value of the one carried forward.
    After(i64),
    /// Both are whatever the sums imply, and the same: printed ones change, blanks are filled.
    Both,
}

/// One report's part three on its graph.
struct Side<'r> {
    report: &'r Report,
    graph: &'static Graph,
    figures: Figures,
    /// The edges of the seven cells that the other year knows too.
    links: Vec<usize>,
}

impl<'r> Side<'r> {
    fn new(report: &'r Report, row: RequestRow) -> Self {
        let graph = Graph::of(report.requests().edition());
        let figures = Figures::of(report.requests(), graph);
        let links = Applicant::ALL.iter().filter_map(|&who| graph.number(CellAddress::Requests(row, who))).collect();
        Self { report, graph, figures, links }
    }

    /// The number in a linked cell.
    fn link(&self, at: usize) -> Option<i64> {
        let edge = self.links.get(at).copied().filter(|&edge| !self.figures.free.has(edge))?;
        Some(self.figures.value(edge))
    }

    /// The smallest sets beside the linked cells, when these are as chosen.
    fn search(&self, chosen: &[Link], mine: fn(Link) -> Option<i64>, given: &[Option<i64>], limit: usize, budget: u32) -> Answer {
        let mut figures = self.figures.clone();
        let mut barred = Edges::default();
        for ((&edge, &link), given) in self.links.iter().zip(chosen).zip(given) {
            barred.insert(edge);
            match (link, mine(link).or(*given)) {
                (Link::Both, _) => {
                    // A free cell counts as zero in what is left over.
                    figures.put(self.graph, edge, 0);
                    figures.free.insert(edge);
                }
                (_, Some(value)) => figures.put(self.graph, edge, value),
                (_, None) => {}
            }
        }
        let found = search::search(self.graph, &figures, barred, limit, budget);
        let sets = corrections(self.report.requests(), self.graph, &figures, &found);
        Answer { size: found.size, budget: found.budget, sets: sets.into_iter().map(|set| set.cells).collect(), figures }
    }
}

struct Answer {
    size: Option<usize>,
    /// What is left of the budget.
    budget: u32,
    sets: Vec<Vec<Correction>>,
    figures: Figures,
}

struct Pair<'r> {
    before: Side<'r>,
    after: Side<'r>,
}

impl<'r> Pair<'r> {
    fn new(before: &'r Report, after: &'r Report) -> Self {
        Self { before: Side::new(before, RequestRow::CarriedForward), after: Side::new(after, RequestRow::CarriedOver) }
    }

    fn diagnose(&self, options: &DiagnoseOptions) -> Option<YearsDiagnosis> {
        let columns = 0..Applicant::COUNT;
        let numbers: Vec<_> = columns.map(|at| (self.before.link(at), self.after.link(at))).collect();
        if !numbers.iter().any(|(before, after)| before.is_some() && after.is_some() && before != after) {
            return None;
        }
        let mut tries = Tries { pair: self, limit: options.limit, numbers, best: None, sets: Vec::new(), budget: options.budget };
        tries.column(&mut Vec::new(), 0);
        let Tries { best, mut sets, budget, .. } = tries;
        let truncated = budget == 0;
        rank(&mut sets);
        let years = [self.before.report.year(), self.after.report.year()];
        let status = match sets.len() {
            _ if truncated => Status::Truncated,
            0 => Status::NotLocated,
            1 => Status::Located,
            _ => Status::Ambiguous,
        };
        let mut changed: Vec<u16> = sets.iter().flatten().map(|one| one.year).collect();
        changed.sort_unstable();
        changed.dedup();
        let wrong_year = match *changed {
            [year] if !truncated => Some(year),
            _ => None,
        };
        let editions = [self.before.report, self.after.report].map(|report| report.requests().edition());
        Some(YearsDiagnosis { years, status, minimum_cells: best.filter(|_| !truncated), sets, wrong_year, editions })
    }
}

/// Goes through the choices for the seven columns.
struct Tries<'t, 'r> {
    pair: &'t Pair<'r>,
    limit: usize,
    numbers: Vec<(Option<i64>, Option<i64>)>,
    best: Option<usize>,
    sets: Vec<Vec<YearCorrection>>,
    budget: u32,
}

impl Tries<'_, '_> {
    /// The most cells that an answer may still have.
    fn limit(&self) -> usize {
        self.best.unwrap_or(self.limit)
    }

    fn column(&mut self, chosen: &mut Vec<Link>, cost: usize) {
        if cost > self.limit() || self.budget == 0 {
            return;
        }
        let Some(&numbers) = self.numbers.get(chosen.len()) else { return self.settle(chosen, cost) };
        let mut choose = |tries: &mut Self, link, more: usize| {
            chosen.push(link);
            tries.column(chosen, cost.saturating_add(more));
            chosen.pop();
        };
        match numbers {
            (Some(before), Some(after)) if before != after => {
                choose(self, Link::Before(after), 1);
                choose(self, Link::After(before), 1);
            }
            (None, None) => {}
            _ => choose(self, Link::Agree, 0),
        }
        let printed = usize::from(numbers.0.is_some()).saturating_add(numbers.1.is_some().into());
        choose(self, Link::Both, printed);
    }

    /// The linked cells are settled. What else must change in each of the two tables?
    fn settle(&mut self, chosen: &[Link], cost: usize) {
        let Pair { before, after } = self.pair;
        let (numbers_before, numbers_after): (Vec<_>, Vec<_>) = self.numbers.iter().copied().unzip();
        let forward = |link: Link| if let Link::Before(value) = link { Some(value) } else { None };
        let over = |link: Link| if let Link::After(value) = link { Some(value) } else { None };
        // A blank takes the value of the other year.
        let given = |own: &[Option<i64>], other: &[Option<i64>]| -> Vec<Option<i64>> {
            own.iter().zip(other).map(|(own, other)| own.is_none().then_some(*other).flatten()).collect()
        };
        let left = self.limit().saturating_sub(cost);
        let first = before.search(chosen, forward, &given(&numbers_before, &numbers_after), left, self.budget);
        self.budget = first.budget.saturating_sub(1);
        let Some(size) = first.size else { return };
        let second = after.search(chosen, over, &given(&numbers_after, &numbers_before), left.saturating_sub(size), self.budget);
        self.budget = second.budget.saturating_sub(1);
        let Some(total) = second.size.map(|more| cost.saturating_add(size).saturating_add(more)) else { return };
        for one in &first.sets_or_none() {
            for other in &second.sets_or_none() {
                if let Some(set) = self.join(chosen, (&first, one), (&second, other)) {
                    self.keep(set, total);
                }
            }
        }
    }

    /// The changes in both years. `None` if a cell that is whatever the sums imply would be two different things.
    fn join(&self, chosen: &[Link], before: (&Answer, &[Correction]), after: (&Answer, &[Correction])) -> Option<Vec<YearCorrection>> {
        let Pair { before: earlier, after: later } = self.pair;
        let (mut one, mut other) = (before.1.to_vec(), after.1.to_vec());
        let links = earlier.links.iter().zip(&later.links).zip(chosen).zip(&self.numbers);
        for (((&forward, &over), &link), numbers) in links {
            match link {
                Link::Agree => {}
                Link::Before(value) => one.push(earlier.correction(forward, Implied::Value(value))),
                Link::After(value) => other.push(later.correction(over, Implied::Value(value))),
                Link::Both => {
                    let (least, most) = earlier.implied(before, forward)?;
                    let (also_least, also_most) = later.implied(after, over)?;
                    let (least, most) = (least.max(also_least), most.into_iter().chain(also_most).min());
                    let implied = Implied::range(least, most);
                    let stays = |printed: Option<i64>| printed.map(Implied::Value) == Some(implied);
                    if most.is_some_and(|most| most < least) || stays(numbers.0) || stays(numbers.1) {
                        return None;
                    }
                    one.extend(numbers.0.map(|_| earlier.correction(forward, implied)));
                    other.extend(numbers.1.map(|_| later.correction(over, implied)));
                }
            }
        }
        let of = |side: &Side<'_>, mut cells: Vec<Correction>| {
            let year = side.report.year();
            cells.sort_by_key(|one| one.cell);
            explain::pairs(&mut cells);
            cells.into_iter().map(move |correction| YearCorrection { year, correction })
        };
        Some(of(earlier, one).chain(of(later, other)).collect())
    }

    fn keep(&mut self, set: Vec<YearCorrection>, size: usize) {
        if self.best.is_none_or(|best| size < best) {
            self.best = Some(size);
            self.sets.clear();
        }
        if self.best == Some(size) && self.sets.len() < MOST && !self.sets.contains(&set) {
            self.sets.push(set);
        }
    }
}

/// More sets of one size than anyone looks at.
const MOST: usize = 4096;

impl Answer {
    /// The sets; the empty one where nothing more must change.
    fn sets_or_none(&self) -> Vec<&[Correction]> {
        if self.size == Some(0) { vec![&[]] } else { self.sets.iter().map(Vec::as_slice).collect() }
    }
}

impl Side<'_> {
    /// What a free linked cell can be once the others are corrected.
    fn implied(&self, (answer, changes): (&Answer, &[Correction]), edge: usize) -> Option<(i64, Option<i64>)> {
        let chosen: Vec<usize> = changes.iter().filter_map(|one| self.graph.number(one.cell)).collect();
        let (free, left_over) = search::freed(self.graph, &answer.figures, chosen.into_iter());
        let values = super::flow::settle(self.graph, &free, &left_over).ok()?;
        Some(super::flow::range(self.graph, &free, &values, edge))
    }

    fn correction(&self, edge: usize, implied: Implied) -> Correction {
        let of = self.graph.edge(edge);
        let printed = self.figures.value(edge);
        let neighbours = neighbours(self.report.requests(), of.row, of.who);
        let explanation = implied.value().and_then(|value| explain::slip(of.cell(), printed, value, &neighbours));
        Correction { cell: of.cell(), printed, implied, explanation }
    }
}

/// The best explained first, then in the order of the years and of the page.
fn rank(sets: &mut [Vec<YearCorrection>]) {
    sets.sort_by_key(|set| {
        let cost: u32 = set.iter().map(|one| super::Explanation::cost(one.correction.explanation)).sum();
        (cost, set.iter().map(|one| (one.year, one.correction.cell)).collect::<Vec<_>>())
    });
}
