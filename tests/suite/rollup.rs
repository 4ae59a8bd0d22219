//! Units and their parent: sums with blanks and forms respected, and what is told of the units.

use gongkai::{
    Added, CATALOGUE, Cell, CellAddress, Edition, Finding, Language, MergeError, Number, Report, Rollup, RuleId, Scope, Table, Verdict,
    fixtures, form,
};
use proptest::prelude::*;

use crate::properties::consistent;

fn cell(address: &str) -> CellAddress {
    address.parse().unwrap()
}

fn number(report: &Report, address: &str) -> i64 {
    report.cell(cell(address)).and_then(Cell::value).and_then(Number::integer).unwrap()
}

fn rollup<'r>(units: impl IntoIterator<Item = (&'r str, &'r Report)>) -> Rollup {
    let mut rollup = Rollup::new(2024);
    for (name, report) in units {
        assert_eq!(rollup.add_as(name, report), Added::Added);
    }
    rollup
}

fn unit() -> Report {
    fixtures::consistent(Edition::E2021)
}

/// The same figures in the reporting year of the rollup.
fn in_2024(report: &Report) -> Report {
    Report::builder("某单位", 2024)
        .disclosure(report.disclosure().clone())
        .requests(report.requests().clone())
        .disputes(report.disputes().clone())
        .build()
        .unwrap()
}

fn rules(findings: &[Finding]) -> Vec<RuleId> {
    findings.iter().map(Finding::rule).collect()
}

#[test]
fn the_sum_of_units_is_the_parent_cell_by_cell() {
    let sum = rollup([("甲", &unit()), ("乙", &unit()), ("丙", &unit())]);
    let parent = sum.report("某市").unwrap();
    assert_eq!((parent.year(), parent.authority().name()), (2024, "某市"));
    assert_eq!(number(&parent, "T3/received/total"), 3 * number(&unit(), "T3/received/total"));
    assert_eq!(parent.cell(cell("T2/fees/amount")).and_then(Cell::value).unwrap().to_string(), "37037.01万元");
    assert!(parent.validate().is_clean());
    assert!(sum.against(&parent).is_clean());
    assert_eq!(sum.against(&parent).sums().len(), 200);
}

#[test]
fn a_wrong_parent_is_told_cell_by_cell() {
    let sum = rollup([("甲", &unit()), ("乙", &unit())]);
    let mut parent = sum.report("某市").unwrap();
    let right = number(&parent, "T3/received/total");
    parent.set(cell("T3/received/total"), right + 1).unwrap();
    parent.set_printed(cell("T2/fees/amount"), "24691.35").unwrap();
    let findings = sum.against(&parent).findings();
    assert_eq!(rules(&findings), [RuleId::USum, RuleId::USum]);
    let sentences: Vec<_> = findings.iter().map(|finding| finding.display(Language::Chinese).to_string()).collect();
    assert_eq!(
        sentences,
        [
            "表二·行政事业性收费·本年收费金额（单位：万元）：2 个单位合计 24691.34万元，汇总报告 24691.35万元，相差 −0.01万元。汇总报告的数字应等于各单位数字之和。",
            &format!(
                "表三·一、本年新收政府信息公开申请数量·总计：2 个单位合计 {right}，汇总报告 {}，相差 −1。汇总报告的数字应等于各单位数字之和。",
                right + 1
            ),
        ]
    );
    let json = serde_json::to_value(&findings[1]).unwrap();
    assert_eq!((json["left"].as_i64(), json["right"].as_i64(), json["difference"].as_i64()), (Some(right), Some(right + 1), Some(-1)));
}

#[test]
fn a_blank_leaves_the_total_unknown_with_its_lower_bound() {
    let mut blank = unit();
    let at = cell("T3/received/total");
    blank.set(at, Cell::Blank).unwrap();
    let sum = rollup([("甲", &unit()), ("乙", &blank)]);
    let total = sum.total(at).unwrap();
    assert_eq!((total.value(), total.unknown(), total.numbers()), (None, 1, 1));
    let known = number(&unit(), "T3/received/total");
    assert_eq!(total.at_least().and_then(Number::integer), Some(known));
    let mut parent = sum.report("某市").unwrap();
    assert_eq!(parent.cell(at), Some(Cell::Blank));
    for (found, verdict) in [(known, Verdict::Undetermined), (known + 9, Verdict::Undetermined), (known - 1, Verdict::Violated)] {
        parent.set(at, found).unwrap();
        assert_eq!(sum.against(&parent).verdict(at), Some(verdict));
    }
}

#[test]
fn marks_count_as_zero_unless_all_are() {
    let at = cell("T2/rules/issued");
    let mut mark = unit();
    mark.set(at, Cell::NotApplicable).unwrap();
    let sum = rollup([("甲", &unit()), ("乙", &mark)]);
    assert_eq!(sum.total(at).and_then(|total| total.value()), unit().cell(at).and_then(Cell::value));
    let all = rollup([("甲", &mark), ("乙", &mark)]);
    assert_eq!(all.report("某市").unwrap().cell(at), Some(Cell::NotApplicable));
}

#[test]
fn an_amount_without_a_unit_adds_to_nothing() {
    let at = cell("T2/procurement/amount");
    let add = |texts: [&str; 2]| {
        let mut rollup = Rollup::new(2020);
        for (name, text) in ["甲", "乙"].into_iter().zip(texts) {
            let mut unit = fixtures::consistent(Edition::E2019);
            unit.set_printed(at, text).unwrap();
            assert_eq!(rollup.add_as(name, &unit), Added::Added);
        }
        rollup.total(at).unwrap()
    };
    assert_eq!(add(["251000元", "25.1万元"]).value().unwrap().to_string(), "502000元");
    assert_eq!(add(["251000元", "25.1"]).value(), None);
    assert_eq!(add(["251000元", "25.1"]).at_least().unwrap().to_string(), "251000元");
    assert_eq!(add(["0", "0"]).value().unwrap().to_string(), "0");
}

#[test]
fn mixed_forms_are_added_at_the_level_that_both_have() {
    let (newer, older) = (unit(), in_2024(&fixtures::consistent(Edition::E2019)));
    let sum = rollup([("甲", &newer), ("乙", &older)]);
    assert_eq!((sum.edition(Table::Requests), sum.edition(Table::Disclosure)), (Edition::E2019, Edition::E2021));
    let report = sum.report("某市").unwrap();
    let three: i64 =
        ["other_not_corrected", "other_fee_unpaid", "other_reasons"].iter().map(|row| number(&newer, &format!("T3/{row}/total"))).sum();
    assert_eq!(number(&report, "T3/other/total"), three + number(&older, "T3/other/total"));
    assert!(report.requests().validate().holds());
    // What only one form prints is unknown, what both print is added.
    assert_eq!(report.cell(cell("T2/rules/issued")), Some(Cell::Blank));
    assert_eq!(number(&report, "T2/licences/decisions"), number(&newer, "T2/licences/decisions") + number(&older, "T2/licences/decisions"));
    // A parent of the newer form is compared at the level of the older.
    let parent = rollup([("甲", &newer), ("乙", &newer)]).report("某市").unwrap();
    let against = sum.against(&parent);
    assert_eq!(against.sums().iter().filter(|sum| sum.cell.table() == Table::Requests).count(), 161);
    assert!(against.findings().iter().all(|finding| finding.display(Language::Chinese).to_string().starts_with('表')));
    // And a parent of the older form beside units of the newer.
    let newer_sum = rollup([("甲", &newer)]);
    let against = newer_sum.against(&older);
    assert_eq!(
        against.verdict(cell("T3/other/total")),
        Some(if three == number(&older, "T3/other/total") { Verdict::Holds } else { Verdict::Violated })
    );
}

#[test]
fn missing_units_leave_everything_open() {
    let mut sum = rollup([("甲", &unit()), ("乙", &unit())]);
    let parent = sum.report("某市").unwrap();
    sum.expect(["甲", "乙", "丙"]);
    assert_eq!(sum.missing().collect::<Vec<_>>(), ["丙"]);
    let against = sum.against(&parent);
    assert_eq!(against.count(Verdict::Undetermined), 200);
    assert_eq!(rules(&against.findings()), [RuleId::UMissing]);
    // Never failed, but what is too much already is told.
    let mut less = parent.clone();
    less.set(cell("T3/received/total"), 1).unwrap();
    let against = sum.against(&less);
    assert_eq!((against.count(Verdict::Violated), rules(&against.findings())), (0, vec![RuleId::UMissing, RuleId::UExcess]));
}

#[test]
fn what_does_not_belong_is_told_and_not_added() {
    let mut sum = rollup([("甲", &unit())]);
    let before = sum.total(cell("T3/received/total"));
    assert_eq!(sum.add_as("甲", &unit()), Added::Duplicate);
    assert_eq!(sum.add_as("乙", &fixtures::following(&unit())), Added::OtherYear);
    sum.expect(["丁"]);
    assert_eq!(sum.total(cell("T3/received/total")), before);
    let findings = sum.alone().findings();
    assert_eq!(rules(&findings), [RuleId::UMissing, RuleId::UDuplicate, RuleId::UYear, RuleId::UUnlisted]);
    let sentence = |at: usize| findings[at].display(Language::Chinese).to_string();
    assert!(sentence(0).starts_with("缺报：丁") && sentence(1).starts_with("重复：甲") && sentence(2).starts_with("其他年度：乙 2025"));
    assert!(sentence(3).starts_with("不在名单上：甲"));
}

#[test]
fn every_rule_between_units_and_parent_is_seen_in_these_tests() {
    let all: Vec<_> = CATALOGUE.iter().filter(|rule| rule.scope == Scope::Rollup).map(|rule| rule.id).collect();
    let seen = [RuleId::USum, RuleId::UMissing, RuleId::UDuplicate, RuleId::UYear, RuleId::UUnlisted, RuleId::UExcess];
    assert_eq!(all, seen);
}

#[test]
fn rollups_that_cannot_be_joined_say_why() {
    let mut one = rollup([("甲", &unit())]);
    assert_eq!(one.merge(&Rollup::new(2023)), Err(MergeError::Years(2024, 2023)));
    assert_eq!(one.merge(&rollup([("甲", &unit())])), Err(MergeError::Unit("甲".to_owned())));
    assert_eq!(one, rollup([("甲", &unit())]), "nothing was joined");
}

prop_compose! {
    /// A unit of 2024 in either form, some cells blank, some zeros marked.
    fn any_unit()(report in consistent(), holes in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..6)) -> Report {
        let mut report = in_2024(&report);
        let cells: Vec<_> = report.cells().map(|(cell, _)| cell).collect();
        for (at, blank) in holes {
            let cell = *at.get(&cells);
            let zero = report.cell(cell).and_then(Cell::value).and_then(Number::integer) == Some(0);
            match (blank, zero) {
                (true, _) => report.set(cell, Cell::Blank).unwrap(),
                (false, true) => report.set(cell, Cell::NotApplicable).unwrap(),
                (false, false) => {}
            }
        }
        report
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn order_and_grouping_do_not_matter(units in prop::collection::vec(any_unit(), 1..7), cut in any::<prop::sample::Index>()) {
        let named: Vec<(String, &Report)> = units.iter().enumerate().map(|(at, unit)| (format!("单位{at}"), unit)).collect();
        let all = |units: &[(String, &Report)]| rollup(units.iter().map(|(name, unit)| (name.as_str(), *unit)));
        let whole = all(&named);
        let mut reversed = named.clone();
        reversed.reverse();
        prop_assert_eq!(&all(&reversed), &whole);
        let (one, two) = named.split_at(cut.index(named.len()));
        let (mut left, mut right) = (all(one), all(two));
        left.merge(&all(two)).unwrap();
        right.merge(&all(one)).unwrap();
        prop_assert_eq!(&left, &whole);
        prop_assert_eq!(&right, &whole);
    }

    #[test]
    fn the_sum_of_consistent_reports_is_consistent(units in prop::collection::vec(consistent(), 1..7)) {
        let units: Vec<_> = units.iter().map(in_2024).collect();
        let names: Vec<_> = (0..units.len()).map(|at| at.to_string()).collect();
        let sum = rollup(names.iter().map(String::as_str).zip(&units));
        let parent = sum.report("某市").unwrap();
        prop_assert!(parent.validate().holds());
        let sums: Vec<_> = form::cells(Table::Requests, parent.edition(Table::Requests)).map(|cell| sum.against(&parent).verdict(cell)).collect();
        prop_assert!(sums.iter().all(|verdict| *verdict == Some(Verdict::Holds)));
    }

    #[test]
    fn units_with_holes_never_contradict_their_own_sum(units in prop::collection::vec(any_unit(), 1..7)) {
        let names: Vec<_> = (0..units.len()).map(|at| at.to_string()).collect();
        let sum = rollup(names.iter().map(String::as_str).zip(&units));
        let parent = sum.report("某市").unwrap();
        prop_assert_eq!(sum.against(&parent).count(Verdict::Violated), 0);
        prop_assert!(parent.validate().count(Verdict::Violated) == 0);
    }
}
