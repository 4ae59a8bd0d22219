//! Validating allocates nothing, counted by the allocator itself.

use std::hint::black_box;

use allocation_counter::measure;
use gongkai::{Applicant, Cell, CellAddress, Edition, Report, Verdict, fixtures};

use crate::corpus::report;

#[test]
fn the_counter_counts() {
    assert_eq!(measure(|| drop(black_box(Box::new(1)))).count_total, 1);
}

fn validate(report: &Report) -> u64 {
    let counted = measure(|| {
        let assessment = black_box(report).validate();
        black_box((assessment.holds(), assessment.is_clean(), assessment.count(Verdict::Undetermined)));
    });
    counted.count_total
}

#[test]
fn validating_allocates_nothing_on_clean_reports_and_on_blank_ones() {
    for &edition in Edition::ALL {
        let mut report = fixtures::consistent(edition);
        assert_eq!(validate(&report), 0);
        let cells: Vec<_> = report.requests().cells().collect();
        for (cell, _) in cells {
            if matches!(cell, CellAddress::Requests(_, Applicant::Total)) {
                report.set(cell, Cell::Blank).unwrap();
            }
        }
        assert_eq!(validate(&report), 0);
    }
    for name in ["city-2025", "suqian-2023", "shanghai-office-2019", "haiyuan-science-2020"] {
        assert_eq!(validate(&report(name)), 0, "{name}");
    }
}
