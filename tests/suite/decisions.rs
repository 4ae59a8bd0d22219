//! Differences between reports, fingerprints of findings, waivers.

use std::collections::BTreeSet;

use gongkai::chrono::NaiveDate;
use gongkai::{
    Cell, CellAddress, Diff, Edition, Finding, Fingerprint, Language, Report, RuleId, Section, Series, Side, TextChange, Waivers, fixtures,
};
use proptest::prelude::*;

use crate::corpus::{REPORTS, report};
use crate::properties::consistent;

fn cell(address: &str) -> CellAddress {
    address.parse().unwrap()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn broken() -> Report {
    let mut report = fixtures::consistent(Edition::E2021);
    report.set(cell("T4/reconsideration/total"), 0).unwrap();
    report
}

fn first(report: &Report) -> Finding {
    report.validate().findings().remove(0)
}

#[test]
fn a_report_does_not_differ_from_itself() {
    for name in REPORTS {
        let diff = Diff::between(&report(name), &report(name));
        assert!(diff.is_empty(), "{name}");
        assert_eq!(diff.display(Language::Chinese).to_string(), "");
    }
}

#[test]
fn differences_are_named_by_row_with_both_values_in_both_languages() {
    let before = report("hongze-2023");
    let mut after = before.clone();
    after.set(cell("T4/reconsideration/total"), 11).unwrap();
    after.set_printed(cell("T2/normative_documents/issued"), "22（其中修订16件）").unwrap();
    after.set(cell("T2/normative_documents/in_force"), Cell::Blank).unwrap();
    after.set_section(Section::OtherMatters, Some("本年度未收取信息处理费。".into()));
    let diff = Diff::between(&before, &after);
    let cells: Vec<_> = diff.cells.iter().map(|change| change.cell).collect();
    assert_eq!(cells, [cell("T2/normative_documents/issued"), cell("T2/normative_documents/in_force"), cell("T4/reconsideration/total")]);
    let (issued, in_force) = (before.cell(cells[0]).unwrap().value().unwrap(), before.cell(cells[1]).unwrap().value().unwrap());
    let chinese = diff.display(Language::Chinese).to_string();
    assert!(
        chinese.starts_with(&format!("表二·行政规范性文件\n  本年制发件数：{issued} → 22（其中修订16件）\n  现行有效件数：{in_force} → 空白\n表四·行政复议\n  总计：0 → 11\n")),
        "{chinese}"
    );
    let english = diff.display(Language::English).to_string();
    assert!(english.contains("Table 4 · reconsideration\n  total: 0 → 11\n"), "{english}");
    assert!(diff.sections.contains(&(
        Section::OtherMatters,
        if before.section(Section::OtherMatters).is_some() { TextChange::Changed } else { TextChange::OnlyAfter }
    )));
    let json = serde_json::to_value(&diff).unwrap();
    assert_eq!(json["cells"][1]["after"], serde_json::json!(null));
    assert_eq!(json["cells"][0]["after"], "22（其中修订16件）");
    assert_eq!(json["authority"], serde_json::json!(null));
}

#[test]
fn cells_that_one_form_lacks_are_differences_too() {
    let (older, newer) = (fixtures::consistent(Edition::E2019), fixtures::consistent(Edition::E2021));
    let diff = Diff::between(&older, &newer);
    let made = diff.cells.iter().find(|change| change.cell == cell("T2/rules/made")).unwrap();
    assert_eq!(made.after, Side::NotInForm);
    assert!(diff.display(Language::Chinese).to_string().contains("（该格式没有此格）"));
    assert_eq!(diff.year, Some([2020, 2024]));
}

#[test]
fn texts_are_the_same_whatever_their_spaces() {
    let mut before = fixtures::consistent(Edition::E2021);
    let mut after = before.clone();
    before.set_section(Section::Problems, Some("信息处\n理费".into()));
    after.set_section(Section::Problems, Some("信息处理费 ".into()));
    let diff = Diff::between(&before, &after);
    assert!(diff.is_empty());
    assert_eq!(diff.sections, [(Section::Problems, TextChange::Same)]);
}

#[test]
fn fingerprints_are_these_on_every_machine() {
    assert_eq!(first(&report("hongze-2023")).fingerprint().to_string(), "e4049817b2c1b2c3");
    assert_eq!("E4049817B2C1B2C3".parse::<Fingerprint>().unwrap().to_string(), "e4049817b2c1b2c3");
    for wrong in ["", "e4049817b2c1b2c", "+4049817b2c1b2c3", "e4049817b2c1b2c3 "] {
        assert!(wrong.parse::<Fingerprint>().is_err(), "{wrong:?}");
    }
}

#[test]
fn a_fingerprint_changes_with_each_of_its_parts() {
    let one = broken();
    let mut prints = BTreeSet::new();
    assert!(prints.insert(first(&one).fingerprint()));
    for address in ["T4/reconsideration/upheld", "T4/reconsideration/total"] {
        let mut other = one.clone();
        other.set(cell(address), 1_000).unwrap();
        assert!(prints.insert(first(&other).fingerprint()), "{address}");
    }
    for (name, year) in [("某县", 2024), ("某市人民政府", 2023)] {
        let other = Report::builder(name, year)
            .disclosure(one.disclosure().clone())
            .requests(one.requests().clone())
            .disputes(one.disputes().clone())
            .build()
            .unwrap();
        assert!(prints.insert(first(&other).fingerprint()), "{name} {year}");
    }
    // A cell that the finding is not about changes nothing.
    let mut other = one.clone();
    other.set(cell("T2/licences/decisions"), 77).unwrap();
    assert!(!prints.insert(first(&other).fingerprint()));
}

const TOML: &str = r#"
[[waivers]]
rule = "T4-TOTAL"
cell = "T4/reconsideration/total"
authority = "某市人民政府"
year = 2024
reason = "已电话核实，网页漏填"
by = "张三"
until = 2026-12-31
"#;

const JSON: &str = r#"{"waivers": [{"rule": "T4-TOTAL", "cell": "T4/reconsideration/total", "authority": "某市人民政府", "year": 2024,
    "reason": "已电话核实，网页漏填", "by": "张三", "until": "2026-12-31"}]}"#;

#[test]
fn waivers_are_the_same_in_toml_and_json() {
    let (toml, json): (Waivers, Waivers) = (toml::from_str(TOML).unwrap(), serde_json::from_str(JSON).unwrap());
    assert_eq!(toml, json);
    assert_eq!(serde_json::from_str::<Waivers>(&serde_json::to_string(&json).unwrap()).unwrap(), json);
    for wrong in [
        r#"{"waivers": [{"rule": "T4-TOTALS", "reason": "x"}]}"#,
        r#"{"waivers": [{"resaon": "x"}]}"#,
        r#"{"waivers": [{"rule": "T4-TOTAL", "reason": "x", "until": "2026-2-30"}]}"#,
        r#"{"waivers": [{"rule": "T4-TOTAL", "reason": "x", "until": 2026}]}"#,
    ] {
        assert!(serde_json::from_str::<Waivers>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_waiver_counts_until_its_day_and_for_what_it_names() {
    let waivers: Waivers = toml::from_str(TOML).unwrap();
    let finding = first(&broken());
    assert_eq!(waivers.waiver(&finding, day(2026, 12, 31)), Some(0));
    assert_eq!(waivers.waiver(&finding, day(2027, 1, 1)), None);
    let mut elsewhere = broken();
    elsewhere.set(cell("T4/reconsideration/total"), 20).unwrap();
    elsewhere.set(cell("T4/litigation_after_reconsideration/total"), 0).unwrap();
    assert_eq!(waivers.waiver(&first(&elsewhere), day(2026, 1, 1)), None);
}

#[test]
fn changed_values_end_a_waiver_by_fingerprint() {
    let finding = first(&broken());
    let mut entry = Waivers::entry(&finding);
    assert_eq!(Waivers { waivers: vec![entry.clone()] }.waiver(&finding, day(2026, 1, 1)), None, "no reason, no waiver");
    entry.reason = "已核实".to_owned();
    let waivers = Waivers { waivers: vec![entry] };
    assert_eq!(waivers.waiver(&finding, day(2026, 1, 1)), Some(0));
    let mut changed = broken();
    changed.set(cell("T4/reconsideration/total"), 1).unwrap();
    assert_eq!(waivers.waiver(&first(&changed), day(2026, 1, 1)), None);
}

#[test]
fn waivers_are_findings_where_they_are_no_good() {
    let waivers: Waivers = serde_json::from_str(
        r#"{"waivers": [
            {"rule": "T4-TOTAL", "reason": "ok"},
            {"rule": "T4-TOTAL", "reason": " "},
            {"rule": "T4-TOTAL"},
            {"rule": "T4-TOTAL", "reason": "ok", "until": "2025-12-31"},
            {"rule": "BLANKS", "reason": "ok"},
            {"reason": "names nothing"}
        ]}"#,
    )
    .unwrap();
    let named: BTreeSet<usize> = waivers.naming(&first(&broken())).collect();
    assert_eq!(named, [0, 1, 2, 3].into());
    let review = waivers.review(&named, day(2026, 1, 1));
    let rules: Vec<_> = review.iter().map(Finding::rule).collect();
    assert_eq!(rules, [RuleId::WReason, RuleId::WReason, RuleId::WExpired, RuleId::WUnused, RuleId::WUnused]);
    assert_eq!(review[2].display(Language::Chinese).to_string(), "第 4 条豁免（T4-TOTAL），有效至 2025-12-31。豁免应在有效期内。");
    assert!(waivers.review(&[0, 1, 2, 3, 4, 5].into(), day(2026, 1, 1)).iter().all(|finding| finding.rule() != RuleId::WUnused));
}

#[test]
fn findings_between_years_can_be_waived() {
    let (before, mut after) = (report("suqian-2023"), report("suqian-2024"));
    after.set(cell("T3/carried_over/total"), 1).unwrap();
    let finding = Series::new([&before, &after]).unwrap().validate().findings().remove(0);
    let mut entry = Waivers::entry(&finding);
    entry.reason = "上年更正过".to_owned();
    assert!(entry.names(&finding) && entry.year == Some(2024));
    after.set(cell("T3/carried_over/total"), 2).unwrap();
    assert!(!entry.names(&Series::new([&before, &after]).unwrap().validate().findings()[0]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn differences_are_exactly_what_was_changed(report in consistent(), at in any::<prop::sample::Index>(), to in 0_i64..9_000) {
        let cells: Vec<_> = report.cells().collect();
        let (cell, found) = *at.get(&cells);
        let mut other = report.clone();
        other.set(cell, to).unwrap();
        let diff = Diff::between(&report, &other);
        let changed: Vec<_> = diff.cells.iter().map(|change| change.cell).collect();
        prop_assert_eq!(changed, if other.cell(cell) == Some(found) { vec![] } else { vec![cell] });
    }
}
