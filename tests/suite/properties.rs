//! Properties: from a report that is right by construction, one thing is changed; and nothing that is read panics.

use gongkai::{
    Applicant, Cell, CellAddress, CellKind, Disputes, Edition, Identity, Number, Report, RequestRow, Requests, Table, Unit, Verdict,
    fixtures, form, read_cell,
};
use proptest::prelude::*;

fn editions() -> impl Strategy<Value = Edition> {
    prop_oneof![Just(Edition::E2019), Just(Edition::E2021)]
}

prop_compose! {
    /// A report whose sums hold because its totals are computed and what came in is what went out.
    pub(crate) fn consistent()(edition in editions(), parts in proptest::collection::vec(0_u64..5000, 26 * 7), rulings in proptest::collection::vec(0_u64..300, 12)) -> Report {
        let part = |row: RequestRow, who: Applicant| parts[row.index() * 7 + who.index()];
        let requests = Requests::from_parts(edition, |row, who| match row {
            RequestRow::Received => {
                RequestRow::of(edition).filter(|row| row.is_outcome()).map(|row| part(row, who)).sum::<u64>() + part(RequestRow::CarriedForward, who)
            }
            RequestRow::CarriedOver => 0,
            row => part(row, who),
        });
        let mut rulings = rulings.into_iter();
        let mut report = fixtures::consistent(edition);
        *report.requests_mut() = requests.unwrap();
        *report.disputes_mut() = Disputes::from_parts(|_, _| rulings.next().unwrap()).unwrap();
        report
    }
}

fn sums_with(cell: CellAddress, edition: Edition) -> Vec<Identity> {
    Identity::of(edition).filter(|sum| sum.left(edition).chain(sum.right(edition)).any(|operand| operand == cell)).collect()
}

fn counts(edition: Edition) -> Vec<CellAddress> {
    [Table::Requests, Table::Disputes].iter().flat_map(|&table| form::cells(table, edition)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_consistent_report_is_clean(report in consistent()) {
        prop_assert!(report.validate().is_clean());
        prop_assert!(report.into_valid().is_ok());
    }

    #[test]
    fn one_changed_cell_breaks_exactly_the_sums_that_contain_it(mut report in consistent(), at in any::<prop::sample::Index>(), by in 1_i64..1_000_000) {
        let edition = report.requests().edition();
        let cell = *at.get(&counts(edition));
        let Some(Cell::Value(number)) = report.cell(cell) else { return Err(TestCaseError::fail("a number")) };
        report.set(cell, number.integer().unwrap() + by).unwrap();
        let assessment = report.validate();
        let expected = sums_with(cell, edition);
        for identity in assessment.identities() {
            let broken = assessment.verdict(identity) == Some(Verdict::Violated);
            prop_assert_eq!(broken, expected.contains(&identity), "{} {}", cell, identity);
        }
        prop_assert_eq!(assessment.findings().len(), expected.len());
    }

    #[test]
    fn a_blank_never_becomes_a_zero_and_never_violates_what_a_value_would_mend(mut report in consistent(), cells in proptest::collection::vec(any::<prop::sample::Index>(), 1..30)) {
        let whole = report.clone();
        let edition = report.requests().edition();
        for at in cells {
            report.set(*at.get(&counts(edition)), Cell::Blank).unwrap();
        }
        // Every blank has a value that mends all: the one that stood there.
        let assessment = report.validate();
        prop_assert_eq!(assessment.count(Verdict::Violated), 0);
        prop_assert!(!assessment.is_clean());
        let text = serde_json::to_string(&report).unwrap();
        let again: Report = serde_json::from_str(&text).unwrap();
        for (cell, found) in again.cells() {
            prop_assert_eq!(found.is_blank(), report.cell(cell).unwrap().is_blank());
            if !found.is_blank() {
                prop_assert_eq!(Some(found), whole.cell(cell));
            }
        }
    }

    #[test]
    fn a_report_is_the_same_after_writing_and_reading(mut report in consistent(), texts in proptest::collection::vec((any::<prop::sample::Index>(), ".{0,12}|[0-9,，.+/ -]{0,9}|[0-9]{1,4}[（(]?[a-z一-九]{0,3}[）)]?[①*]?"), 0..12)) {
        let cells: Vec<_> = report.cells().map(|(cell, _)| cell).collect();
        for (at, text) in texts {
            report.set_printed(*at.get(&cells), &text).unwrap();
        }
        let text = serde_json::to_string(&report).unwrap();
        let again: Report = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&again, &report);
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), text);
    }

    #[test]
    fn a_refused_text_is_the_same_after_writing_and_reading(at in any::<prop::sample::Index>(), text in ".{0,12}|[?]{0,3}[0-9]{0,3}") {
        let mut report = fixtures::consistent(Edition::E2021);
        let cells: Vec<_> = report.cells().map(|(cell, _)| cell).collect();
        report.set_unreadable(*at.get(&cells), &text).unwrap();
        let again: Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
        prop_assert_eq!(again, report);
    }

    #[test]
    fn the_cell_reader_never_panics_and_reads_numbers_as_they_are(text in "\\PC*", value in 0_u64..=9_007_199_254_740_991) {
        for kind in [CellKind::Count, CellKind::Change, CellKind::Money(Unit::NotStated), CellKind::Money(Unit::TenThousandYuan)] {
            _ = read_cell(&text, kind);
        }
        prop_assert_eq!(read_cell(&value.to_string(), CellKind::Count).cell, Cell::Value(Number::Count(value)));
    }

    #[test]
    fn no_text_panics_the_reader(text in "(\\PC|\\n|\\t|[0-9]|[一二三四（）]|规章|总计|表三){0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        _ = gongkai::read(&text);
        _ = gongkai::read(&bytes);
    }

    #[test]
    fn no_json_panics(at in any::<prop::sample::Index>(), with in "\\PC{0,4}", length in 0_usize..40) {
        let text = serde_json::to_string(&fixtures::consistent(Edition::E2021)).unwrap();
        let start = at.index(text.len());
        let end = (start + length).min(text.len());
        if text.is_char_boundary(start) && text.is_char_boundary(end) {
            let broken = format!("{}{with}{}", &text[..start], &text[end..]);
            if let Ok(report) = serde_json::from_str::<Report>(&broken) {
                for finding in report.validate().findings() {
                    prop_assert!(!finding.display(gongkai::Language::Chinese).to_string().is_empty());
                }
            }
        }
    }

    #[test]
    fn validating_never_overflows(cells in proptest::collection::vec(prop_oneof![Just(9_007_199_254_740_991_i64), 0_i64..9], 200)) {
        let mut report = fixtures::consistent(Edition::E2021);
        for (cell, value) in counts(Edition::E2021).into_iter().zip(cells) {
            report.set(cell, value).unwrap();
        }
        for finding in report.validate().findings() {
            let sum = finding.comparison().unwrap();
            prop_assert_eq!(sum.left_sum() - sum.right_sum(), sum.difference());
        }
    }
}
