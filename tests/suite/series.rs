//! A year and the next: what must follow, which cell of which year is wrong.

use gongkai::{
    Applicant, CATALOGUE, Cell, CellAddress, CellKind, DiagnoseOptions, Edition, Finding, Identity, Language, Money, Need, Number, Report,
    RequestRow, RuleId, Scope, Series, SeriesError, Severity, Status, Table, Unit, Verdict, fixtures, form,
};

use crate::corpus::report;

fn cell(address: &str) -> CellAddress {
    address.parse().unwrap()
}

fn years(edition: Edition) -> (Report, Report) {
    let before = fixtures::consistent(edition);
    let after = fixtures::following(&before);
    (before, after)
}

fn findings(before: &Report, after: &Report) -> Vec<Finding> {
    Series::new([before, after]).unwrap().validate().findings()
}

fn rules(before: &Report, after: &Report) -> Vec<RuleId> {
    findings(before, after).iter().map(Finding::rule).collect()
}

/// A report as the builder makes it, with another name or year.
fn renamed(report: &Report, name: &str, year: u16) -> Report {
    Report::builder(name, year)
        .disclosure(report.disclosure().clone())
        .requests(report.requests().clone())
        .disputes(report.disputes().clone())
        .build()
        .unwrap()
}

#[test]
fn real_reports_of_two_years_hold_on_all() {
    let (before, after) = (report("suqian-2023"), report("suqian-2024"));
    let series = Series::new([&after, &before]).unwrap();
    let assessment = series.validate();
    assert_eq!((assessment.count(Verdict::Holds), assessment.sums().len()), (9, 9));
    assert!(assessment.is_clean() && assessment.findings().is_empty() && series.diagnose().is_empty());
}

#[test]
fn a_seeded_break_names_both_years_and_both_cells() {
    let (before, mut after) = (report("suqian-2023"), report("suqian-2024"));
    after.set(cell("T3/carried_over/natural_person"), 103).unwrap();
    let [finding] = &findings(&before, &after)[..] else { panic!("one finding") };
    assert_eq!(finding.cells(), [cell("T3/carried_over/natural_person"), cell("T3/carried_forward/natural_person")]);
    assert_eq!(finding.years(), [2024, 2023]);
    assert_eq!(
        finding.display(Language::Chinese).to_string(),
        "表三·自然人：2024 年度二(103)，2023 年度四(118)，相差 −15。上年结转应等于上一年度报告的结转下年度继续办理。"
    );
    assert_eq!(
        finding.display(Language::English).to_string(),
        "Table 3 · natural persons: 2024 carried over from last year (103), 2023 carried forward to next year (118), difference −15. \
         Must hold: what is carried over equals what the report of the year before carried forward."
    );
    let json = serde_json::to_value(finding).unwrap();
    assert_eq!((&json["years"], &json["left"], &json["right"]), (&serde_json::json!([2024, 2023]), &103.into(), &118.into()));
}

#[test]
fn fixtures_of_two_years_hold_in_both_forms() {
    for (edition, sums) in [(Edition::E2019, 7 + 5), (Edition::E2021, 7 + 2)] {
        let (before, after) = years(edition);
        let assessment = Series::new([&before, &after]).unwrap().validate();
        assert_eq!((assessment.count(Verdict::Holds), assessment.sums().len()), (sums, sums), "{edition}");
        assert_eq!(assessment.findings(), [], "{edition}");
        assert!(after.validate().findings_from(Severity::Error).is_empty());
    }
}

#[test]
fn blanks_decide_nothing_and_say_what_they_need() {
    let (before, mut after) = years(Edition::E2021);
    let over = cell("T3/carried_over/total");
    after.set(over, Cell::Blank).unwrap();
    let assessment = Series::new([&before, &after]).unwrap().validate();
    assert!(!assessment.is_clean() && assessment.findings().is_empty());
    let [(rule, sum)] = &assessment.open().collect::<Vec<_>>()[..] else { panic!("one open sum") };
    let forward = before.cell(cell("T3/carried_forward/total")).and_then(Cell::value).and_then(Number::integer).unwrap();
    assert_eq!((*rule, sum.need()), (RuleId::YCarriedOver, Some(Need::Value(forward))));
}

#[test]
fn a_mark_is_zero_or_unknown() {
    let (mut before, mut after) = years(Edition::E2021);
    let (over, forward) = (cell("T3/carried_over/legal_services"), cell("T3/carried_forward/legal_services"));
    let verdict = |before: &Report, after: &Report| Series::new([before, after]).unwrap().validate().sums()[4].1.verdict();
    before.set(forward, 0).unwrap();
    after.set(over, Cell::NotApplicable).unwrap();
    assert_eq!(verdict(&before, &after), Verdict::Holds);
    before.set(forward, 3).unwrap();
    assert_eq!(verdict(&before, &after), Verdict::Undetermined);
}

#[test]
fn revisions_that_the_annotation_names_may_be_left_out() {
    let (before, mut after) = years(Edition::E2021);
    let (issued, in_force) = (cell("T2/normative_documents/issued"), cell("T2/normative_documents/in_force"));
    let at = |report: &Report, address: &str| report.cell(cell(address)).and_then(Cell::value).and_then(Number::integer).unwrap();
    let stock = at(&before, "T2/normative_documents/in_force") - at(&after, "T2/normative_documents/repealed");
    for text in ["22（其中修订16件）", "22（含16件修订）", "22（其中：修改 16 件）"] {
        after.set_printed(issued, text).unwrap();
        for (found, holds) in [(stock + 22, true), (stock + 6, true), (stock + 7, false), (stock + 21, false)] {
            after.set(in_force, found).unwrap();
            assert_eq!(rules(&before, &after).is_empty(), holds, "{text} {found}");
        }
    }
    after.set_printed(issued, "22").unwrap();
    after.set(in_force, stock + 6).unwrap();
    assert_eq!(rules(&before, &after), [RuleId::YInForce]);
}

#[test]
fn between_the_forms_only_what_both_have_is_compared() {
    let before = renamed(&fixtures::consistent(Edition::E2019), "某市人民政府", 2020);
    let mut after = renamed(&fixtures::consistent(Edition::E2021), "某市人民政府", 2021);
    let assessment = Series::new([&before, &after]).unwrap().validate();
    assert_eq!(assessment.sums().len(), 7);
    assert!(assessment.sums().iter().all(|(rule, _)| *rule == RuleId::YCarriedOver));
    after.set(cell("T3/carried_over/enterprise"), 999).unwrap();
    assert!(rules(&before, &after).contains(&RuleId::YCarriedOver));
}

#[test]
fn an_unknown_change_decides_nothing_about_items() {
    let (mut before, mut after) = years(Edition::E2019);
    before.set(cell("T2/licences/items_change"), Cell::Blank).unwrap();
    after.set(cell("T2/licences/items_last_year"), 0).unwrap();
    let assessment = Series::new([&before, &after]).unwrap().validate();
    assert_eq!((assessment.count(Verdict::Undetermined), assessment.count(Verdict::Violated)), (1, 0));
}

#[test]
fn jumps_are_told_where_both_numbers_count() {
    let told = |then: i64, now: i64| {
        let (mut before, mut after) = years(Edition::E2021);
        before.set(cell("T2/penalties/decisions"), then).unwrap();
        after.set(cell("T2/penalties/decisions"), now).unwrap();
        rules(&before, &after) == [RuleId::YJump]
    };
    assert!(told(100, 501) && told(501, 100) && told(20, 101));
    assert!(!told(100, 500) && !told(500, 100) && !told(19, 1_000) && !told(1_000, 19) && !told(0, 1_000));
    // Parts of a table may jump, its totals are told.
    let (before, mut after) = years(Edition::E2021);
    after.set(cell("T3/disclosed/natural_person"), 90_000).unwrap();
    assert_eq!(rules(&before, &after), []);
}

#[test]
fn amounts_ten_thousand_times_apart_smell_of_another_unit() {
    let told = |then: &str, now: &str| {
        let (mut before, mut after) = years(Edition::E2021);
        before.set_printed(cell("T2/fees/amount"), then).unwrap();
        after.set_printed(cell("T2/fees/amount"), now).unwrap();
        rules(&before, &after)
    };
    assert_eq!(told("25.1", "251000"), [RuleId::YUnit]);
    assert_eq!(told("251000", "20"), [RuleId::YUnit]);
    assert_eq!(told("25.1", "250"), [RuleId::YJump]);
    assert_eq!(told("25.1", "251000元"), [], "the unit is stated, the amounts are the same");
    assert_eq!(told("0", "251000"), []);
    assert_eq!(told("/", "251000"), []);
}

#[test]
fn gaps_and_names_are_told() {
    let (first, _) = years(Edition::E2021);
    let third = renamed(&first, "某市政务办", 2027);
    let series = [&first, &third];
    let told: Vec<_> = Series::new(series).unwrap().validate().findings();
    assert_eq!(told.iter().map(Finding::rule).collect::<Vec<_>>(), [RuleId::YGap, RuleId::YAuthority]);
    assert!(told[0].display(Language::Chinese).to_string().starts_with("没有 2025 至 2026 年度的报告"));
    assert!(told[1].display(Language::Chinese).to_string().starts_with("各年度的名称：某市人民政府、某市政务办"));
}

#[test]
fn what_is_no_series_is_an_error() {
    let (before, after) = years(Edition::E2021);
    assert_eq!(Series::new([]), Err(SeriesError::Empty));
    assert_eq!(Series::new([&after, &before, &after]), Err(SeriesError::SameYear(2025)));
}

/// Breaks something in a year or the next.
type Break = fn(&mut Report, &mut Report);

#[test]
fn every_rule_between_years_is_broken_alone_by_something() {
    let fixtures: [(RuleId, Break); 7] = [
        (RuleId::YCarriedOver, |_, after| after.set(cell("T3/carried_over/enterprise"), 999).unwrap()),
        (RuleId::YInForce, |_, after| after.set(cell("T2/rules/in_force"), 19).unwrap()),
        (RuleId::YItems, |before, after| {
            (*before, *after) = years(Edition::E2019);
            after.set(cell("T2/licences/items_last_year"), 19).unwrap();
        }),
        (RuleId::YGap, |_, after| *after = renamed(after, "某市人民政府", 2030)),
        (RuleId::YAuthority, |_, after| *after = renamed(after, "某市", after.year())),
        (RuleId::YJump, |before, after| {
            before.set(cell("T4/reconsideration/total"), 20).unwrap();
            after.set(cell("T4/reconsideration/total"), 2_000).unwrap();
        }),
        (RuleId::YUnit, |before, after| {
            before.set(cell("T2/fees/amount"), Cell::Value(Number::Money(Money::new(2.into(), Unit::TenThousandYuan)))).unwrap();
            after.set(cell("T2/fees/amount"), Cell::Value(Number::Money(Money::new(20_000.into(), Unit::TenThousandYuan)))).unwrap();
        }),
    ];
    let mut covered = Vec::new();
    for (rule, break_it) in fixtures {
        let (mut before, mut after) = years(Edition::E2021);
        break_it(&mut before, &mut after);
        assert!(rules(&before, &after).iter().all(|found| *found == rule) && !rules(&before, &after).is_empty(), "{rule}");
        for language in [Language::Chinese, Language::English] {
            let sentence = findings(&before, &after)[0].display(language).to_string();
            assert!(sentence.ends_with(['。', '.']) && !sentence.starts_with(['：', ':']), "{sentence}");
        }
        covered.push(rule);
    }
    let all: Vec<_> = CATALOGUE.iter().filter(|rule| rule.scope == Scope::Series).map(|rule| rule.id).collect();
    covered.sort_unstable();
    assert_eq!(covered, all);
}

#[test]
fn the_other_year_tells_which_cell_and_which_year_is_wrong() {
    let (right_before, right_after) = years(Edition::E2021);
    for (before, address, value) in
        [(true, "T3/carried_forward/total", 500), (false, "T3/carried_over/total", 500), (false, "T3/carried_over/enterprise", 71)]
    {
        let (mut earlier, mut later) = (right_before.clone(), right_after.clone());
        let wrong = if before { &mut earlier } else { &mut later };
        let right = wrong.cell(cell(address)).and_then(Cell::value).and_then(Number::integer).unwrap();
        wrong.set(cell(address), value).unwrap();
        let year = wrong.year();
        let diagnosis = &Series::new([&earlier, &later]).unwrap().diagnose()[0];
        assert_eq!((diagnosis.status, diagnosis.minimum_cells, diagnosis.wrong_year), (Status::Located, Some(1), Some(year)), "{address}");
        let one = &diagnosis.sets[0][0];
        assert_eq!((one.year, one.correction.cell, one.correction.printed), (year, cell(address), value));
        assert_eq!(one.correction.implied.value(), Some(right));
    }
}

#[test]
fn what_arithmetic_cannot_say_is_not_said() {
    // Five requests filed as new that were carried over: the year adds up, and so does the one before.
    let (before, mut after) = (report("suqian-2023"), report("suqian-2024"));
    for (address, value) in [
        ("T3/carried_over/natural_person", 113),
        ("T3/received/natural_person", 3445),
        ("T3/carried_over/total", 116),
        ("T3/received/total", 3530),
    ] {
        after.set(cell(address), value).unwrap();
    }
    assert!(after.validate().is_clean());
    let diagnosis = &Series::new([&before, &after]).unwrap().diagnose()[0];
    assert_eq!((diagnosis.status, diagnosis.minimum_cells, diagnosis.wrong_year), (Status::Ambiguous, Some(4), None));
    let right = [
        cell("T3/received/natural_person"),
        cell("T3/received/total"),
        cell("T3/carried_over/natural_person"),
        cell("T3/carried_over/total"),
    ];
    assert!(diagnosis.sets.iter().any(|set| set.iter().map(|one| one.correction.cell).eq(right)));
    assert!(diagnosis.sentences(Language::Chinese)[0].ends_with("算术不能区分"));
}

#[test]
fn the_number_that_both_years_have_wrong_is_found() {
    let (mut before, mut after) = years(Edition::E2021);
    before.set(cell("T3/carried_forward/enterprise"), 77).unwrap();
    after.set(cell("T3/carried_over/enterprise"), 77).unwrap();
    // The two agree, so nothing is to be told of the years; each report tells its own cell.
    assert!(Series::new([&before, &after]).unwrap().diagnose().is_empty());
    // Beside another break it is found as one value for both.
    after.set(cell("T3/carried_over/natural_person"), 400).unwrap();
    let diagnosis = &Series::new([&before, &after]).unwrap().diagnose()[0];
    assert_eq!((diagnosis.status, diagnosis.minimum_cells, diagnosis.wrong_year), (Status::Located, Some(3), None));
}

/// All that must hold of two years: both tables, and the seven links.
fn holds(before: &Report, after: &Report) -> bool {
    let table = |report: &Report| report.requests().validate().holds();
    table(before)
        && table(after)
        && Series::new([before, after]).unwrap().validate().sums()[..Applicant::COUNT]
            .iter()
            .all(|(_, sum)| sum.verdict() == Verdict::Holds)
}

/// Every single cell of either year whose change makes all hold.
fn single_cells(before: &Report, after: &Report) -> Vec<(u16, CellAddress)> {
    let mut found = Vec::new();
    for (earlier, report) in [(true, before), (false, after)] {
        for at in form::cells(Table::Requests, report.edition(Table::Requests)) {
            // A sum with the cell says what it would have to be.
            let sum = Identity::of(Edition::E2021)
                .find(|sum| sum.left(Edition::E2021).chain(sum.right(Edition::E2021)).any(|cell| cell == at))
                .unwrap();
            let mut other = report.clone();
            other.set(at, Cell::Blank).unwrap();
            let Some(Need::Value(value)) = other.validate().comparison(sum).and_then(|sum| sum.need()) else { continue };
            if Some(Cell::Value(Number::Count(value.unsigned_abs()))) == report.cell(at) || value < 0 || other.set(at, value).is_err() {
                continue;
            }
            let all = if earlier { holds(&other, after) } else { holds(before, &other) };
            found.extend(all.then_some((report.year(), at)));
        }
    }
    found
}

#[test]
fn one_wrong_cell_is_what_trying_every_cell_says() {
    let (before, after) = years(Edition::E2021);
    let linked = |earlier: bool, who: Applicant| {
        CellAddress::Requests(if earlier { RequestRow::CarriedForward } else { RequestRow::CarriedOver }, who)
    };
    for (earlier, &who) in [true, false].into_iter().flat_map(|earlier| Applicant::ALL.iter().map(move |who| (earlier, who))) {
        for value in [0, 1, 50] {
            let (mut one, mut two) = (before.clone(), after.clone());
            if earlier { &mut one } else { &mut two }.set(linked(earlier, who), value).unwrap();
            if holds(&one, &two) {
                continue;
            }
            let diagnosis = &Series::new([&one, &two]).unwrap().diagnose()[0];
            let found: Vec<_> = diagnosis.sets.iter().map(|set| (set[0].year, set[0].correction.cell)).collect();
            assert_eq!(diagnosis.minimum_cells, Some(1));
            assert_eq!(found, single_cells(&one, &two));
        }
    }
}

#[test]
fn a_hopeless_case_ends() {
    let (before, mut after) = years(Edition::E2021);
    for (at, &who) in Applicant::ALL.iter().enumerate() {
        after.set(CellAddress::Requests(RequestRow::CarriedOver, who), i64::try_from(at * 997 + 5).unwrap()).unwrap();
        after.set(CellAddress::Requests(RequestRow::Concluded, who), i64::try_from(at * 131 + 7).unwrap()).unwrap();
    }
    let diagnosis = &Series::new([&before, &after]).unwrap().diagnose_with(&DiagnoseOptions::new().limit(12).budget(20_000))[0];
    assert!(matches!(diagnosis.status, Status::NotLocated | Status::Truncated), "{:?}", diagnosis.status);
    assert!(form::cells(Table::Requests, Edition::E2021).all(|cell| cell.kind() == CellKind::Count));
}
