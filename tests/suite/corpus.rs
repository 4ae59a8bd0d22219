//! Real figures: what is expected of the reports in `tests/data/reports`.

use gongkai::{Report, Verdict};

/// The real reports in `tests/data/reports`.
pub(crate) const REPORTS: [&str; 6] =
    ["city-2025", "suqian-2023", "suqian-2024", "hongze-2023", "shanghai-office-2019", "haiyuan-science-2020"];

pub(crate) fn data(path: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub(crate) fn report(name: &str) -> Report {
    serde_json::from_str(&data(&format!("reports/{name}.json"))).unwrap()
}

#[test]
fn verdicts_on_real_reports() {
    for (name, expected) in [
        ("city-2025", (42, 0, 0)),
        ("suqian-2023", (42, 0, 0)),
        ("suqian-2024", (42, 0, 0)),
        ("hongze-2023", (38, 2, 0)),
        ("shanghai-office-2019", (2, 0, 38)),
        ("haiyuan-science-2020", (24, 0, 16)),
    ] {
        let report = report(name);
        let assessment = report.validate();
        let count = |verdict| assessment.count(verdict);
        assert_eq!((count(Verdict::Holds), count(Verdict::Violated), count(Verdict::Undetermined)), expected, "{name}");
    }
}

#[test]
fn a_report_takes_less_than_four_kilobytes() {
    assert!(std::mem::size_of::<Report>() <= 4096, "{}", std::mem::size_of::<Report>());
}
