//! Which cell is wrong: sizes and complete sets against proven answers, against brute force, and the theorems behind them.

use std::collections::BTreeSet;

use gongkai::{
    Applicant, Because, Cell, CellAddress, DiagnoseOptions, Diagnosis, Edition, Explanation, Implied, Report, RequestRow, Shape, Status,
    Table, fixtures, form, sign_structure,
};
use serde_json::Value;

use crate::corpus::{data, report};

fn cell(address: &str) -> CellAddress {
    address.parse().unwrap()
}

/// A report with that part three: rows and columns in printed order, null for a blank.
fn with_table(edition: Edition, table: &Value) -> Report {
    let mut report = fixtures::consistent(edition);
    for (row, cells) in RequestRow::of(edition).zip(table.as_array().unwrap()) {
        for (&who, found) in Applicant::ALL.iter().zip(cells.as_array().unwrap()) {
            let found = found.as_u64().map_or(Cell::Blank, Cell::Value);
            report.requests_mut().set(row, who, found).unwrap();
        }
    }
    report
}

fn sets(diagnosis: &Diagnosis) -> BTreeSet<Vec<CellAddress>> {
    diagnosis.sets.iter().map(|set| set.cells.iter().map(|one| one.cell).collect()).collect()
}

#[test]
fn sizes_and_complete_sets_are_those_that_are_proven() {
    let cases: Value = serde_json::from_str(&data("diagnose/cases.json")).unwrap();
    let rows: Vec<_> = RequestRow::of(Edition::E2021).collect();
    for case in cases.as_array().unwrap() {
        let report = with_table(Edition::E2021, &case["table"]);
        let diagnosis = report.diagnose_with(&DiagnoseOptions::new().limit(6).budget(u32::MAX));
        let expected: BTreeSet<Vec<CellAddress>> = case["supports"]
            .as_array()
            .unwrap()
            .iter()
            .map(|set| {
                let place = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
                let mut cells: Vec<_> = set
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|pair| CellAddress::Requests(rows[place(&pair[0])], Applicant::ALL[place(&pair[1])]))
                    .collect();
                cells.sort_unstable();
                cells
            })
            .collect();
        assert_eq!(diagnosis.minimum_cells.map(|size| size as u64), case["minimum_cells"].as_u64(), "{}", case["id"]);
        assert_eq!(diagnosis.sets.len(), expected.len(), "{}: no set comes twice", case["id"]);
        assert_eq!(sets(&diagnosis), expected, "{}", case["id"]);
    }
}

#[test]
fn every_corrected_copy_adds_up() {
    let cases: Value = serde_json::from_str(&data("diagnose/cases.json")).unwrap();
    for case in cases.as_array().unwrap() {
        let report = with_table(Edition::E2021, &case["table"]);
        let diagnosis = report.diagnose_with(&DiagnoseOptions::new().limit(6));
        for set in diagnosis.sets.iter().filter(|set| set.cells.iter().all(|one| one.implied.value().is_some())) {
            let corrected = diagnosis.apply(&report, set).unwrap();
            assert_eq!(corrected.validate().count(gongkai::Verdict::Violated), 0, "{}", case["id"]);
            assert!(matches!(corrected.diagnose().status, Status::Clean | Status::Completable), "{}", case["id"]);
        }
    }
}

#[test]
fn every_cell_stands_in_two_sums_with_opposite_signs() {
    assert_eq!(sign_structure(Edition::E2021), Some((38, 175)));
    assert_eq!(sign_structure(Edition::E2019), Some((36, 161)));
}

#[test]
fn every_single_wrong_cell_is_located_with_its_value() {
    for &edition in Edition::ALL {
        let right = fixtures::consistent(edition);
        for address in form::cells(Table::Requests, edition) {
            let Some(Cell::Value(number)) = right.cell(address) else { panic!("a number") };
            let value = number.integer().unwrap();
            for wrong in [0, value + 1, value * 10, value + 1000, 9_007_199_254_740_991] {
                let mut report = right.clone();
                report.set(address, wrong).unwrap();
                let diagnosis = report.diagnose();
                assert_eq!((diagnosis.status, diagnosis.minimum_cells), (Status::Located, Some(1)), "{address} {wrong}");
                let [set] = &diagnosis.sets[..] else { panic!("one set") };
                assert_eq!((set.cells[0].cell, set.cells[0].printed, set.cells[0].implied), (address, wrong, Implied::Value(value)));
            }
        }
    }
}

/// Numbers that are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

#[test]
fn any_three_wrong_cells_are_noticed_and_any_three_blanks_are_filled() {
    let mut numbers = Numbers(7);
    for &edition in Edition::ALL {
        let right = fixtures::consistent(edition);
        let cells: Vec<_> = form::cells(Table::Requests, edition).collect();
        for _ in 0..500 {
            let three: BTreeSet<_> = (0..3).map(|_| cells[numbers.below(cells.len())]).collect();
            let (mut wrong, mut blank) = (right.clone(), right.clone());
            for &address in &three {
                wrong.set(address, 100 + i64::try_from(numbers.below(50)).unwrap()).unwrap();
                blank.set(address, Cell::Blank).unwrap();
            }
            if wrong != right {
                assert_ne!(wrong.diagnose().minimum_cells, Some(0), "{three:?}");
            }
            let (filled, list) = blank.fill_implied();
            assert_eq!((&filled, list.len()), (&right, three.len()), "{three:?}");
        }
    }
}

#[test]
fn one_wrong_cell_beside_one_blank_is_located() {
    let mut numbers = Numbers(11);
    let right = fixtures::consistent(Edition::E2021);
    let cells: Vec<_> = form::cells(Table::Requests, Edition::E2021).collect();
    for _ in 0..500 {
        let (wrong, blank) = (cells[numbers.below(cells.len())], cells[numbers.below(cells.len())]);
        if wrong == blank {
            continue;
        }
        let mut report = right.clone();
        report.set(wrong, 5_000).unwrap();
        report.set(blank, Cell::Blank).unwrap();
        let diagnosis = report.diagnose();
        assert_eq!(diagnosis.minimum_cells, Some(1));
        let holds = |set: &gongkai::Correctable| set.cells[0].cell == wrong && Some(set.cells[0].implied) == implied(&right, wrong);
        assert!(diagnosis.sets.iter().any(holds), "{wrong} {blank}: {diagnosis:?}");
    }
}

fn implied(right: &Report, address: CellAddress) -> Option<Implied> {
    right.cell(address)?.value()?.integer().map(Implied::Value)
}

/// An independent check of a set: are there values, none negative, for these cells and the blanks, so that every sum holds?
///
/// By elimination over the sums as equations and a search for a vertex, sharing nothing with the library's graph.
mod independent {
    use gongkai::{Applicant, Edition, Report, RequestRow};

    /// The sums as rows of coefficients over the free cells, and what the others leave.
    pub(crate) fn feasible(report: &Report, free: &[(RequestRow, Applicant)]) -> bool {
        let edition = report.requests().edition();
        let rows: Vec<_> = RequestRow::of(edition).collect();
        let known = |row: RequestRow, who: Applicant| {
            if free.contains(&(row, who)) { 0 } else { i128::from(report.requests().get(row, who).unwrap().value().unwrap()) }
        };
        let place = |row: RequestRow, who: Applicant| free.iter().position(|&cell| cell == (row, who));
        let mut equations: Vec<(Vec<i128>, i128)> = Vec::new();
        let mut equation = |terms: &[(RequestRow, Applicant, i128)]| {
            let mut coefficients = vec![0; free.len()];
            let mut constant = 0;
            for &(row, who, sign) in terms {
                match place(row, who) {
                    Some(at) => coefficients[at] += sign,
                    None => constant -= sign * known(row, who),
                }
            }
            equations.push((coefficients, constant));
        };
        for &row in &rows {
            let terms: Vec<_> = Applicant::ALL.iter().map(|&who| (row, who, if who == Applicant::Total { -1 } else { 1 })).collect();
            equation(&terms);
        }
        for &who in Applicant::ALL {
            let outcomes: Vec<_> = rows.iter().filter(|row| row.is_outcome()).map(|&row| (row, who, 1)).collect();
            equation(&[outcomes, vec![(RequestRow::Concluded, who, -1)]].concat());
            equation(&[
                (RequestRow::Received, who, 1),
                (RequestRow::CarriedOver, who, 1),
                (RequestRow::Concluded, who, -1),
                (RequestRow::CarriedForward, who, -1),
            ]);
        }
        vertex(&equations, free.len(), &mut vec![None; free.len()])
    }

    /// Whether some vertex exists: values are fixed by equations with one unknown; where none has, each unknown is tried at zero.
    fn vertex(equations: &[(Vec<i128>, i128)], size: usize, values: &mut [Option<i128>]) -> bool {
        loop {
            let mut progress = false;
            for (coefficients, constant) in equations {
                let rest = *constant - (0..size).filter_map(|at| Some(coefficients[at] * values[at]?)).sum::<i128>();
                let unknown: Vec<_> = (0..size).filter(|&at| coefficients[at] != 0 && values[at].is_none()).collect();
                match unknown[..] {
                    [] if rest != 0 => return false,
                    [at] => {
                        let value = rest * coefficients[at];
                        if value < 0 {
                            return false;
                        }
                        values[at] = Some(value);
                        progress = true;
                    }
                    _ => {}
                }
            }
            if !progress {
                break;
            }
        }
        let unknown: Vec<_> = (0..size).filter(|&at| values[at].is_none()).collect();
        unknown.is_empty()
            || unknown.iter().any(|&at| {
                let mut tried = values.to_vec();
                tried[at] = Some(0);
                vertex(equations, size, &mut tried)
            })
    }

    pub(crate) const EDITION: Edition = Edition::E2021;
}

#[test]
fn sets_of_one_and_two_are_those_that_brute_force_finds() {
    let mut numbers = Numbers(23);
    for round in 0..40 {
        let mut report = fixtures::consistent(independent::EDITION);
        let cells: Vec<_> =
            RequestRow::of(independent::EDITION).flat_map(|row| Applicant::ALL.iter().map(move |&who| (row, who))).collect();
        let mut pick = || cells[numbers.below(cells.len())];
        let (wrong, blanks) = ([pick(), pick()], if round % 2 == 0 { vec![] } else { vec![pick(), pick(), pick()] });
        for (at, &(row, who)) in wrong.iter().enumerate() {
            report.requests_mut().set(row, who, [3, 60][at] + u64::try_from(round % 3).unwrap()).unwrap();
        }
        for &(row, who) in &blanks {
            report.requests_mut().set(row, who, Cell::Blank).unwrap();
        }
        let filled: Vec<_> = cells.iter().copied().filter(|cell| !blanks.contains(cell)).collect();
        let free = |set: &[(RequestRow, Applicant)]| [set, &blanks[..]].concat();
        let address = |&(row, who): &(RequestRow, Applicant)| CellAddress::Requests(row, who);
        let mut expected = BTreeSet::new();
        if independent::feasible(&report, &free(&[])) {
            expected.insert(Vec::new());
        }
        if expected.is_empty() {
            expected.extend(filled.iter().filter(|&&one| independent::feasible(&report, &free(&[one]))).map(|one| vec![address(one)]));
        }
        if expected.is_empty() {
            // Two cells can only do it if one of them is in a sum that does not hold.
            for (at, &one) in filled.iter().enumerate() {
                for &other in &filled[at + 1..] {
                    if independent::feasible(&report, &free(&[one, other])) {
                        expected.insert(vec![address(&one), address(&other)]);
                    }
                }
            }
        }
        let diagnosis = report.diagnose();
        let expected_size = expected.iter().next().map(Vec::len);
        assert_eq!(diagnosis.minimum_cells, expected_size, "round {round}");
        if expected_size != Some(0) {
            assert_eq!(sets(&diagnosis), expected, "round {round}");
        }
    }
}

#[test]
fn blanks_of_real_reports_are_computed() {
    let office = report("shanghai-office-2019");
    let diagnosis = office.diagnose();
    assert_eq!(diagnosis.status, Status::Completable);
    for row in RequestRow::of(Edition::E2019) {
        let total = CellAddress::Requests(row, Applicant::Total);
        if office.cell(total) == Some(Cell::Blank) {
            let found = diagnosis.completions.iter().find(|one| one.cell == total);
            assert!(found.is_some_and(|one| one.implied.value().is_some()), "{total}: {found:?}");
        }
    }
    let science = report("haiyuan-science-2020");
    let diagnosis = science.diagnose();
    assert_eq!((diagnosis.status, diagnosis.completions.len()), (Status::Completable, 14));
    for one in &diagnosis.completions {
        assert_eq!(one.implied, Implied::Value(0), "{}", one.cell);
        assert!(matches!(one.because, Because::Sum(_)), "{}", one.cell);
    }
    let (filled, list) = science.fill_implied();
    assert_eq!(list.len(), 14);
    assert!(filled.validate().is_clean());
}

#[test]
fn blank_columns_are_forced_to_zero() {
    let mut report = report("suqian-2023");
    let cells: Vec<_> = report.requests().cells().map(|(cell, _)| cell).collect();
    let blanks: Vec<_> =
        cells.into_iter().filter(|cell| matches!(cell, CellAddress::Requests(_, Applicant::ResearchInstitution))).collect();
    for &cell in &blanks {
        report.set(cell, Cell::Blank).unwrap();
    }
    let (filled, list) = report.fill_implied();
    assert_eq!(
        list.iter().map(|one| (one.cell, one.implied)).collect::<Vec<_>>(),
        blanks.iter().map(|&cell| (cell, Implied::Value(0))).collect::<Vec<_>>()
    );
    assert!(filled.validate().is_clean());
}

#[test]
fn part_four_has_suspects_and_they_are_said_to_be_that() {
    let diagnosis = report("hongze-2023").diagnose();
    assert_eq!((diagnosis.status, diagnosis.minimum_cells), (Status::Explained, Some(0)));
    assert_eq!(diagnosis.sets, []);
    let totals: Vec<_> = diagnosis
        .suspects
        .iter()
        .filter(|one| one.explanation == Some(Explanation::TotalLeftAtZero))
        .map(|one| (one.cell, one.implied))
        .collect();
    assert_eq!(
        totals,
        [(cell("T4/reconsideration/total"), Implied::Value(11)), (cell("T4/litigation_after_reconsideration/total"), Implied::Value(5))]
    );
    assert!(diagnosis.sentences(gongkai::Language::Chinese)[1].contains("算术不能定位"));
}

#[test]
fn explanations_are_those_of_hands() {
    let right = report("suqian-2023");
    for (address, wrong, explanation) in [
        ("T3/received/natural_person", 34020, Some(Explanation::TimesTen)),
        ("T3/received/natural_person", 3042, Some(Explanation::InterchangedDigits)),
        ("T3/received/natural_person", 3502, Some(Explanation::ReplacedDigit)),
        ("T3/received/natural_person", 34102, Some(Explanation::AddedDigit)),
        ("T3/received/natural_person", 342, Some(Explanation::OmittedDigit)),
        ("T3/other_fee_unpaid/natural_person", 1, Some(Explanation::DividedByTen)),
        ("T3/received/total", 0, Some(Explanation::TotalLeftAtZero)),
        ("T3/received/total", 96, Some(Explanation::CopiedFromNeighbour)),
        ("T3/received/natural_person", 77, None),
        ("T3/declined_reconfirmation/natural_person", 9, None), // 4 and 9: no digit explains anything below ten
    ] {
        let mut report = right.clone();
        report.set(cell(address), wrong).unwrap();
        let diagnosis = report.diagnose();
        assert_eq!(diagnosis.sets.len(), 1);
        assert_eq!(diagnosis.sets[0].cells[0].explanation, explanation, "{address} {wrong}");
    }
}

#[test]
fn a_request_under_the_wrong_column_is_explained() {
    let mut report = report("suqian-2023");
    report.set(cell("T3/disclosed/natural_person"), 1174).unwrap();
    report.set(cell("T3/disclosed/enterprise"), 13).unwrap();
    let diagnosis = report.diagnose();
    assert_eq!((diagnosis.status, diagnosis.minimum_cells), (Status::Ambiguous, Some(2)));
    let explained = |set: &gongkai::Correctable| set.cells.iter().all(|one| one.explanation == Some(Explanation::WrongColumn));
    assert!(diagnosis.sets.iter().any(explained));
}

#[test]
fn shapes_stand_apart_from_the_sets() {
    let right = report("suqian-2023");
    let row = |report: &mut Report, row: RequestRow, values: [u64; 7]| {
        for (&who, value) in Applicant::ALL.iter().zip(values) {
            report.requests_mut().set(row, who, value).unwrap();
        }
    };
    // 968 74 0 1 3 1 1047
    let mut shifted = right.clone();
    row(&mut shifted, RequestRow::UnavailableNotHeld, [0, 968, 74, 0, 1, 3, 1]);
    assert_eq!(shifted.diagnose().shapes, [Shape::ShiftedRight(RequestRow::UnavailableNotHeld)]);
    assert!(matches!(shifted.diagnose().status, Status::Explained), "{:?}", shifted.diagnose().status);
    let mut shifted = right.clone();
    row(&mut shifted, RequestRow::UnavailableNotHeld, [74, 0, 1, 3, 1, 1047, 0]);
    assert_eq!(shifted.diagnose().shapes, [Shape::ShiftedLeft(RequestRow::UnavailableNotHeld)]);
    let mut split = right.clone();
    row(&mut split, RequestRow::UnavailableNotHeld, [968, 7, 4, 0, 1, 3, 1]);
    assert_eq!(split.diagnose().shapes, [Shape::SplitCell(RequestRow::UnavailableNotHeld, Applicant::Enterprise)]);
    let mut swapped = right;
    row(&mut swapped, RequestRow::Concluded, [118, 3, 0, 0, 0, 0, 121]);
    row(&mut swapped, RequestRow::CarriedForward, [3375, 99, 0, 4, 7, 1, 3486]);
    assert!(swapped.diagnose().shapes.contains(&Shape::SwappedRows(RequestRow::Concluded, RequestRow::CarriedForward)));
}

#[test]
fn vouched_cells_are_in_no_set_and_suspected_ones_come_first() {
    let mut report = report("suqian-2023");
    report.set(cell("T3/disclosed/natural_person"), 1174).unwrap();
    report.set(cell("T3/disclosed/enterprise"), 13).unwrap();
    let all = report.diagnose();
    let last = all.sets.last().unwrap().cells[0].cell;
    let first = report.diagnose_with(&DiagnoseOptions::new().suspect(last));
    assert_eq!(first.sets.len(), all.sets.len());
    assert!(first.sets[0].cells.iter().any(|one| one.cell == last));
    let vouched = report.diagnose_with(&DiagnoseOptions::new().vouch(last));
    assert!(vouched.sets.iter().flat_map(|set| &set.cells).all(|one| one.cell != last));
}

#[test]
fn a_hopeless_table_ends_within_its_budget_and_says_so() {
    let mut numbers = Numbers(5);
    let mut report = fixtures::consistent(Edition::E2021);
    let cells: Vec<_> = form::cells(Table::Requests, Edition::E2021).collect();
    for _ in 0..150 {
        report.set(cells[numbers.below(cells.len())], i64::try_from(numbers.below(100_000)).unwrap()).unwrap();
    }
    let diagnosis = report.diagnose();
    assert_eq!((diagnosis.status, diagnosis.minimum_cells), (Status::NotLocated, None));
    let cut = fixtures_with_errors(4);
    assert_eq!(cut.diagnose_with(&DiagnoseOptions::new().budget(3)).status, Status::Truncated);
}

fn fixtures_with_errors(count: usize) -> Report {
    let mut report = fixtures::consistent(Edition::E2021);
    for (at, row) in RequestRow::of(Edition::E2021).filter(|row| row.is_outcome()).step_by(3).take(count).enumerate() {
        report.requests_mut().set(row, Applicant::ALL[at], 700 + u64::try_from(at).unwrap()).unwrap();
    }
    report
}

#[test]
fn the_json_has_these_keys() {
    let mut report = report("suqian-2023");
    report.set(cell("T3/concluded/other_organization"), 10).unwrap();
    let json = serde_json::to_value(report.diagnose()).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "status": "located", "minimum_cells": 1,
            "sets": [{"cells": [{"cell": "T3/concluded/other_organization", "printed": 10, "implied": 1, "explanation": "times_ten"}]}],
            "shapes": [], "suspects": [], "completions": [],
        })
    );
    assert_eq!(report.diagnose().sentences(gongkai::Language::Chinese)[1], "表三·（七）总计·其他 填 10，应为 1（多写一个 0）");
}
