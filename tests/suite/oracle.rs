//! An oracle of the sums, written from the text of the form over the plain JSON, and sharing nothing with the library.
//!
//! What a cell may be is enumerated here, not reasoned about: a sum holds if it holds for all that the unknown cells may be,
//! and is violated if it holds for none.

use std::collections::BTreeMap;

use gongkai::{Edition, Report, Verdict, fixtures};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::corpus::{REPORTS, data};

/// The sums of a report by name, each with the cells of both sides, as the form words them.
fn sums(report: &Value) -> BTreeMap<String, (Vec<Value>, Vec<Value>)> {
    const COLUMNS: [&str; 7] = [
        "natural_person",
        "enterprise",
        "research_institution",
        "public_interest_organization",
        "legal_services",
        "other_organization",
        "total",
    ];
    let requests = report["requests"].as_object().unwrap();
    let rows: Vec<_> = requests.keys().filter(|key| *key != "edition").collect();
    let mut sums = BTreeMap::new();
    for column in COLUMNS {
        let at = |rows: &[&str]| rows.iter().map(|row| requests[*row][column].clone()).collect::<Vec<_>>();
        let ends = ["received", "carried_over", "concluded", "carried_forward"];
        let outcomes: Vec<_> = rows.iter().map(|row| row.as_str()).filter(|row| !ends.contains(row)).collect();
        sums.insert(format!("T3-BALANCE/{column}"), (at(&["received", "carried_over"]), at(&["concluded", "carried_forward"])));
        sums.insert(format!("T3-OUTCOMES/{column}"), (at(&outcomes), at(&["concluded"])));
    }
    for row in rows {
        let parts = COLUMNS[..6].iter().map(|column| requests[row][*column].clone()).collect();
        sums.insert(format!("T3-APPLICANTS/{row}"), (parts, vec![requests[row]["total"].clone()]));
    }
    for (block, cells) in report["disputes"].as_object().unwrap() {
        let parts = ["upheld", "corrected", "other", "pending"].iter().map(|key| cells[*key].clone()).collect();
        sums.insert(format!("T4-TOTAL/{block}"), (parts, vec![cells["total"].clone()]));
    }
    sums
}

enum Judged {
    Number(i128),
    Mark,
    Unknown,
}

fn judged(cell: &Value) -> Judged {
    match cell {
        Value::Number(number) => Judged::Number(i128::from(number.as_u64().unwrap())),
        Value::String(text) if text == "/" => Judged::Mark,
        _ => Judged::Unknown,
    }
}

/// Whether some values of the unknown cells make the sides equal.
fn possible(left: &[Judged], right: &[Judged], marks_are_unknown: bool) -> bool {
    let known = |side: &[Judged]| side.iter().map(|cell| if let Judged::Number(value) = cell { *value } else { 0 }).sum::<i128>();
    let free =
        |side: &[Judged]| side.iter().any(|cell| matches!(cell, Judged::Unknown) || (marks_are_unknown && matches!(cell, Judged::Mark)));
    let missing = known(right) - known(left);
    // One unknown cell on a side can take any amount that the side lacks.
    missing == 0 || (missing > 0 && free(left)) || (missing < 0 && free(right))
}

fn verdict(left: &[Value], right: &[Value]) -> Verdict {
    let (left, right): (Vec<_>, Vec<_>) = (left.iter().map(judged).collect(), right.iter().map(judged).collect());
    let all = || left.iter().chain(&right);
    if !possible(&left, &right, true) {
        return Verdict::Violated;
    }
    let unknown = all().any(|cell| matches!(cell, Judged::Unknown));
    let number = all().any(|cell| matches!(cell, Judged::Number(_)));
    if possible(&left, &right, false) && !unknown && number { Verdict::Holds } else { Verdict::Undetermined }
}

fn compare(json: &Value) {
    let report: Report = serde_json::from_value(json.clone()).unwrap();
    let assessment = report.validate();
    let expected = sums(json);
    assert_eq!(assessment.identities().count(), expected.len());
    for (name, (left, right)) in expected {
        assert_eq!(assessment.verdict(name.parse().unwrap()), Some(verdict(&left, &right)), "{name}: {left:?} {right:?}");
    }
}

#[test]
fn the_oracle_agrees_on_real_reports_and_their_mutations() {
    let mut random = 20_190_515_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % below
    };
    for name in REPORTS {
        let original: Value = serde_json::from_str(&data(&format!("reports/{name}.json"))).unwrap();
        compare(&original);
        for _ in 0..200 {
            let mut json = original.clone();
            for _ in 0..=next(4) {
                let part = ["requests", "requests", "requests", "disputes"][next(4)];
                let rows: Vec<_> = json[part].as_object().unwrap().keys().filter(|key| *key != "edition").cloned().collect();
                let row = rows[next(rows.len())].clone();
                let columns: Vec<_> = json[part][&row].as_object().unwrap().keys().cloned().collect();
                let column = columns[next(columns.len())].clone();
                json[part][&row][&column] =
                    [json!(null), json!("/"), json!("约"), json!(next(1000)), json!(next(3)), json!(0)][next(6)].clone();
            }
            compare(&json);
        }
    }
}

fn any_cell() -> impl Strategy<Value = Value> {
    prop_oneof![4 => (0_u64..4).prop_map(|value| json!(value)), 1 => Just(json!(null)), 1 => Just(json!("/")), 1 => Just(json!("约"))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_oracle_agrees_on_random_reports(edition in prop_oneof![Just(Edition::E2019), Just(Edition::E2021)], cells in proptest::collection::vec(any_cell(), 200)) {
        let mut json = serde_json::to_value(fixtures::consistent(edition)).unwrap();
        let mut cells = cells.into_iter();
        for part in ["requests", "disputes"] {
            for (row, columns) in json[part].as_object_mut().unwrap() {
                if row != "edition" {
                    for cell in columns.as_object_mut().unwrap().values_mut() {
                        *cell = cells.next().unwrap();
                    }
                }
            }
        }
        compare(&json);
    }

    #[test]
    fn the_oracle_agrees_near_a_consistent_report(edition in prop_oneof![Just(Edition::E2019), Just(Edition::E2021)], changes in proptest::collection::vec((0_usize..200, any_cell()), 0..6)) {
        let mut json = serde_json::to_value(fixtures::consistent(edition)).unwrap();
        for (place, cell) in changes {
            let mut paths = Vec::new();
            for part in ["requests", "disputes"] {
                for (row, columns) in json[part].as_object().unwrap().iter().filter(|(row, _)| *row != "edition") {
                    paths.extend(columns.as_object().unwrap().keys().map(|column| format!("/{part}/{row}/{column}")));
                }
            }
            *json.pointer_mut(&paths[place % paths.len()]).unwrap() = cell;
        }
        compare(&json);
    }
}
