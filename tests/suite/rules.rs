//! The rules: each is broken by a file of its own, and by nothing else; marks, blanks, levels and texts are judged as documented.

use gongkai::{
    BuildError, CATALOGUE, Cell, CellAddress, CellError, Comparison, Disclosure, Disputes, Edition, Identity, Language, Level, Need,
    Report, Requests, RuleId, Scope, Section, Severity, Verdict, fixtures, rules_document,
};

use crate::corpus::{REPORTS, data, report};

fn cell(address: &str) -> CellAddress {
    address.parse().unwrap()
}

fn broken(name: &str) -> Report {
    serde_json::from_str(&data(&format!("rules/{name}.json"))).unwrap()
}

fn sentences(report: &Report, language: Language) -> Vec<String> {
    report.validate().findings().iter().map(|finding| finding.display(language).to_string()).collect()
}

#[test]
fn every_rule_is_broken_by_its_own_file_in_each_of_its_forms_and_by_nothing_else() {
    for rule in CATALOGUE.iter().filter(|rule| matches!(rule.scope, Scope::Table | Scope::Report)) {
        for edition in rule.forms {
            let report = broken(&format!("{}-{edition}", rule.id));
            let findings = report.validate().findings();
            assert!(!findings.is_empty(), "{} {edition}", rule.id);
            for finding in findings {
                assert_eq!((finding.rule(), finding.severity()), (rule.id, rule.severity), "{} {edition}", rule.id);
            }
        }
    }
}

#[test]
fn every_rule_says_all_that_a_record_must_say() {
    for rule in CATALOGUE {
        for text in [rule.must_hold, rule.why, rule.example] {
            assert!(!text.chinese.is_empty() && !text.english.is_empty(), "{}", rule.id);
        }
        assert!(!rule.source.is_empty() && !rule.forms.is_empty(), "{}", rule.id);
        assert_eq!(rule.id.to_string().parse(), Ok(rule.id));
        assert_eq!(rule.id.rule(), rule);
    }
    assert_eq!("T3-BALANC".parse::<RuleId>().unwrap_err().to_string(), "unknown rule \"T3-BALANC\"");
}

#[test]
fn the_document_of_rules_is_the_one_that_the_records_make() {
    let path = format!("{}/RULES.md", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(std::fs::read_to_string(path).unwrap(), rules_document(), "run `cargo run --example rules -- markdown > RULES.md`");
}

#[test]
fn the_readme_counts_the_rules_as_the_catalogue_does() {
    let readme = std::fs::read_to_string(format!("{}/README.md", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let of = |severity| CATALOGUE.iter().filter(|rule| rule.severity == severity).count();
    assert!(readme.contains(&format!("{} rules", CATALOGUE.len())));
    assert!(readme.contains(&format!("{} **errors**", of(Severity::Error))));
    assert!(readme.contains(&format!("{} **warnings**", of(Severity::Warning))));
    assert!(readme.contains(&format!("{} **notes**", of(Severity::Note))));
}

#[test]
fn no_warning_fires_on_a_correct_real_report() {
    for name in REPORTS {
        let report = report(name);
        let warnings: Vec<_> = report.validate().findings().into_iter().filter(|finding| finding.severity() == Severity::Warning).collect();
        if name == "hongze-2023" {
            assert_eq!(warnings.len(), 1);
            assert_eq!((warnings[0].rule(), warnings[0].cells()[0]), (RuleId::FormYear, cell("T3/other/natural_person")));
        } else {
            assert_eq!(warnings, []);
        }
    }
}

#[test]
fn each_rule_speaks_both_languages() {
    for (file, chinese, english) in [
        (
            "T3-BALANCE-2021",
            "表三·自然人：一(130)+二(3)=133，三（七）(121)+四(7)=128，相差 5。第一项加第二项之和，应等于第三项（七）加第四项之和。",
            "Table 3 · natural persons: received this year (130) + carried over from last year (3) = 133, concluded in total (121) + carried forward to next year (7) = 128, difference 5. Must hold: what came in equals what was concluded plus what is carried forward.",
        ),
        (
            "T4-TOTAL-2019",
            "表四·行政复议：结果维持(1)+结果纠正(3)+其他结果(7)+尚未审结(9)=20，总计(0)，相差 20。四种结果之和，应等于总计。",
            "Table 4 · reconsideration: upheld (1) + corrected (3) + other result (7) + pending (9) = 20, total (0), difference 20. Must hold: the four results add up to the total.",
        ),
        (
            "FORM-YEAR-2021",
            "表二：用的是 2021 年格式（国办公开办函〔2021〕30号），2020 年度应用 2019 年格式（国办公开办函〔2019〕60号）。各表应采用该年度适用的格式。",
            "Table 2: follows the 2021 form (国办公开办函〔2021〕30号), 2020 has the 2019 form (国办公开办函〔2019〕60号). Must hold: each table follows the form that governs the year.",
        ),
        (
            "T2-STOCK-2021",
            "表二·行政规范性文件：本年废止件数(47)+现行有效件数(59)=106，小于本年制发件数(200)，相差 −94。现行有效件数一般不少于本年制发减去本年废止。",
            "Table 2 · normative documents: repealed this year (47) + in force (59) = 106, below issued this year (200), difference −94. Must hold: what is in force is no less than what the year issued and did not repeal.",
        ),
        (
            "T2-ITEMS-2019",
            "表二·行政事业性收费：上一年项目数量(65)+本年增/减(-10000)=-9935，小于0，相差 −9935。上一年项目数量加本年增/减不应小于 0。",
            "Table 2 · administrative fees: items last year (65) + change this year (-10000) = -9935, below 0, difference −9935. Must hold: last year's items and their change are not below zero together.",
        ),
        (
            "T2-DISCLOSED-2019",
            "表二·规范性文件：对外公开总数量(21)，小于本年新公开数量(10000)，相差 −9979。对外公开总数量应不少于本年新公开数量。",
            "Table 2 · normative documents: disclosed in total (21), below disclosed this year (10000), difference −9979. Must hold: the total disclosed includes what was newly disclosed.",
        ),
        (
            "T2-FEE-UNIT-2021",
            "表二·行政事业性收费·本年收费金额（单位：万元）：原文“251000元”。本年收费金额的单位是万元。",
            "Table 2 · administrative fees · amount: printed “251000元”. Must hold: fees are stated in units of 万元 (ten thousand yuan).",
        ),
        (
            "T2-RULES-LEVEL-2021",
            "表二·规章：本年制发件数、本年废止件数、现行有效件数大于 0，而报告单位是县级政府。县、乡两级机关不能制定规章。",
            "Table 2 · rules: issued this year, repealed this year, in force above 0, yet the authority is a county government. Must hold: authorities of counties and townships make no rules (规章).",
        ),
        (
            "UNREADABLE-2021",
            "表二·行政许可·本年处理决定数量：原文“约二十”。该格应是可以识别的数字。",
            "Table 2 · administrative licences · decisions this year: printed “约二十”. Must hold: the cell holds a number that can be read.",
        ),
        (
            "DEADLINE-2021",
            "发布日期：2025-02-01，晚于 2025-01-31。部门应在次年 1 月 31 日前、地方政府应在次年 3 月 31 日前公布。",
            "date of publication: 2025-02-01, after 2025-01-31. Must hold: departments publish by 31 January of the next year, local governments by 31 March.",
        ),
        (
            "S5-EMPTY-2021",
            "五、存在的主要问题及改进情况：没有内容。第五部分应写明存在的主要问题及改进情况。",
            "problems: says nothing. Must hold: part five says what the main problems are and how they are met.",
        ),
        (
            "S6-FEE-2021",
            "六、其他需要报告的事项：没有提到信息处理费。第六部分应报告收取信息处理费的情况。",
            "other matters: does not mention the fee for processing information. Must hold: part six reports the fee for processing information (信息处理费).",
        ),
        (
            "BLANKS-2021",
            "表二：整行空白：行政许可。空白不等于 0，没有的应填 0。",
            "Table 2: blank rows: administrative licences. Must hold: a blank is not a zero: where there is none, 0 is printed.",
        ),
        (
            "ANNOTATED-2021",
            "表二·行政规范性文件·本年制发件数：22（其中修订16件）。附有说明的数字按数字核对，说明原样保留。",
            "Table 2 · normative documents · issued this year: 22（其中修订16件）. Must hold: a number with an annotation counts as the number; the annotation is kept.",
        ),
    ] {
        let report = broken(file);
        assert_eq!(sentences(&report, Language::Chinese)[0], chinese, "{file}");
        assert_eq!(sentences(&report, Language::English)[0], english, "{file}");
    }
}

#[test]
fn a_sum_with_many_operands_shows_those_that_are_not_zero() {
    let mut table = Requests::from_parts(Edition::E2021, |_, _| 0_u64).unwrap();
    table.set(gongkai::RequestRow::Disclosed, gongkai::Applicant::Enterprise, 3).unwrap();
    let assessment = table.validate();
    let finding = assessment.findings().into_iter().find(|finding| finding.rule() == RuleId::T3Outcomes).unwrap();
    let sentence = finding.display(Language::Chinese).to_string();
    assert!(sentence.starts_with("表三·商业企业：三（一）(3)+其余 20 行 0=3，三（七）(0)，相差 3。"), "{sentence}");
}

fn comparison(report: &Report, identity: &str) -> Comparison {
    report.validate().comparison(identity.parse().unwrap()).unwrap()
}

#[test]
fn a_blank_is_violated_only_if_nothing_mends_it() {
    let mut report = fixtures::consistent(Edition::E2021);
    let total = cell("T4/reconsideration/total");
    let verdict = |report: &Report| report.validate().verdict("T4-TOTAL/reconsideration".parse().unwrap()).unwrap();
    report.set(cell("T4/reconsideration/upheld"), Cell::Blank).unwrap();
    assert_eq!(verdict(&report), Verdict::Undetermined);
    report.set(total, 19).unwrap(); // exactly the known parts: the blank would be 0
    assert_eq!(comparison(&report, "T4-TOTAL/reconsideration").need(), Some(Need::Value(0)));
    report.set(total, 18).unwrap();
    assert_eq!(verdict(&report), Verdict::Violated); // the known parts are above the total, blank or not
    report.set(total, Cell::Blank).unwrap();
    assert_eq!(verdict(&report), Verdict::Undetermined);
    assert_eq!(comparison(&report, "T4-TOTAL/reconsideration").need(), Some(Need::Difference(-19)));
    report.set(total, 30).unwrap();
    report.set(cell("T4/reconsideration/corrected"), Cell::Unreadable).unwrap();
    assert_eq!(comparison(&report, "T4-TOTAL/reconsideration").need(), Some(Need::Together(14)));
}

#[test]
fn a_mark_is_judged_as_zero_and_as_unknown() {
    use gongkai::Ruling::{Corrected, Other, Pending, Total, Upheld};

    let mut table = Disputes::from_parts(|_, _| 0_u64).unwrap();
    let identity = Identity::Total(gongkai::Proceeding::Reconsideration);
    let verdict = |table: &Disputes| table.validate().verdict(identity).unwrap();
    let set = |table: &mut Disputes, ruling, cell: Cell<u64>| table.set(gongkai::Proceeding::Reconsideration, ruling, cell).unwrap();
    set(&mut table, Upheld, Cell::NotApplicable);
    assert_eq!(verdict(&table), Verdict::Holds); // as zero it holds, nothing else is unknown, other operands are numbers
    set(&mut table, Total, Cell::Value(3));
    assert_eq!(verdict(&table), Verdict::Undetermined); // as zero it does not, as unknown it may
    set(&mut table, Corrected, Cell::Value(4));
    assert_eq!(verdict(&table), Verdict::Violated); // even as unknown it cannot
    set(&mut table, Corrected, Cell::Blank);
    set(&mut table, Total, Cell::Value(0));
    assert_eq!(verdict(&table), Verdict::Undetermined); // holds as zero, but something else is unknown
    for ruling in [Upheld, Corrected, Other, Pending, Total] {
        set(&mut table, ruling, Cell::NotApplicable);
    }
    assert_eq!(verdict(&table), Verdict::Undetermined); // nothing has been added up
    set(&mut table, Total, Cell::Value(0));
    assert_eq!(verdict(&table), Verdict::Holds);
}

#[test]
fn a_column_of_marks_adds_nothing_up_in_either_form() {
    for &edition in Edition::ALL {
        let table = Requests::from_parts(edition, |_, _| Cell::NotApplicable).unwrap();
        let mut marks = table.clone();
        for (address, _) in table.cells() {
            let CellAddress::Requests(row, who) = address else { continue };
            marks.set(row, who, Cell::NotApplicable).unwrap();
        }
        let assessment = marks.validate();
        assert_eq!(assessment.count(Verdict::Undetermined) as usize, assessment.identities().count(), "{edition}");
    }
}

#[test]
fn a_row_of_marks_for_rules_is_proper() {
    let mut report = fixtures::consistent(Edition::E2021);
    for column in ["issued", "repealed", "in_force"] {
        report.set_printed(cell(&format!("T2/rules/{column}")), "—").unwrap();
    }
    assert!(report.validate().is_clean());
    assert_eq!(report.validate().findings(), []);
}

#[test]
fn rules_about_levels_dates_and_texts_are_silent_without_them() {
    let report = fixtures::consistent(Edition::E2021);
    assert!(report.authority().level().is_none() && report.section(Section::Problems).is_none());
    assert_eq!(report.validate().findings(), []);
}

#[test]
fn deadlines_are_those_of_the_level() {
    let find = |level, day: &str| {
        let report = fixtures::consistent(Edition::E2021);
        let report = Report::builder("某机关", 2024)
            .level(level)
            .published(day.parse().unwrap())
            .disclosure(report.disclosure().clone())
            .requests(report.requests().clone())
            .disputes(report.disputes().clone())
            .build()
            .unwrap();
        report.validate().findings().iter().any(|finding| finding.rule() == RuleId::Deadline)
    };
    for (level, day, late) in [
        (Level::CountyDepartment, "2025-01-31", false),
        (Level::CountyDepartment, "2025-02-01", true),
        (Level::County, "2025-02-01", false),
        (Level::County, "2025-03-31", false),
        (Level::Province, "2025-04-01", true),
        (Level::State, "2025-06-01", false),
        (Level::StateDepartment, "2025-02-01", true),
    ] {
        assert_eq!(find(level, day), late, "{level} {day}");
    }
}

#[test]
fn the_fee_is_found_over_broken_lines_and_in_other_words() {
    let silent = |text: &str| {
        let mut report = fixtures::consistent(Edition::E2021);
        report.set_section(Section::OtherMatters, Some(text.to_owned()));
        report.validate().findings().iter().any(|finding| finding.rule() == RuleId::S6Fee)
    };
    assert!(!silent("本年没有收取信息处\n 理费。"));
    assert!(!silent("本年未发出收费通知。"));
    assert!(silent("无"));
    assert!(silent(""));
    let mut report = fixtures::consistent(Edition::E2019);
    report.set_section(Section::OtherMatters, Some("无".to_owned()));
    assert_eq!(report.validate().findings(), []);
}

#[test]
fn findings_come_worst_first_and_can_be_filtered() {
    let mut report = broken("FORM-YEAR-2021");
    report.set(cell("T4/direct_litigation/total"), 999).unwrap();
    report.set(cell("T3/received/natural_person"), 999).unwrap();
    report.set(cell("T2/licences/decisions"), Cell::Blank).unwrap();
    let assessment = report.validate();
    let rules = |severity| assessment.findings_from(severity).iter().map(gongkai::Finding::rule).collect::<Vec<_>>();
    let errors = [RuleId::T3Balance, RuleId::T3Applicants, RuleId::T4Total];
    assert_eq!(rules(Severity::Error), errors);
    assert_eq!(rules(Severity::Warning), [&errors[..], &[RuleId::FormYear; 2]].concat());
    assert_eq!(rules(Severity::Note), [&errors[..], &[RuleId::FormYear; 2], &[RuleId::Blanks]].concat());
}

#[test]
fn nothing_checked_is_never_clean() {
    let report = fixtures::consistent(Edition::E2021);
    assert!(report.validate().is_clean());
    assert!(report.requests().validate().is_clean());
    assert!(!report.disclosure().validate().is_clean());
    assert!(!Requests::blank(Edition::E2021).validate().is_clean());
    assert!(!Disclosure::blank(Edition::E2021).validate().is_clean());
}

#[test]
fn a_report_that_does_not_hold_comes_back_whole() {
    let mut report = fixtures::consistent(Edition::E2021);
    report.set(cell("T3/received/total"), Cell::Blank).unwrap();
    let rejected = report.clone().into_valid().unwrap_err();
    assert_eq!(rejected.to_string(), "0 of 42 identities violated, 2 undetermined");
    assert_eq!(rejected.report(), &report);
    assert_eq!(rejected.assessment().count(Verdict::Undetermined), 2);
    assert_eq!(rejected.into_report(), report);
}

#[test]
fn what_a_report_cannot_take_is_told() {
    let mut report = fixtures::consistent(Edition::E2021);
    for (result, expected) in [
        (report.set(cell("T3/other/total"), 1), "T3/other/total: the 2021 form has no such cell"),
        (report.set(cell("T3/received/total"), -1), "T3/received/total: expected a whole number from 0 to 9007199254740991, found -1"),
        (
            report.set(cell("T2/fees/amount"), -5),
            "T2/fees/amount: expected an amount of money, not negative, of at most 28 digits, found -5",
        ),
        (report.set_printed(cell("T2/rules/made"), "1"), "T2/rules/made: the 2021 form has no such cell"),
    ] {
        assert_eq!(result.unwrap_err().to_string(), expected);
    }
    let too_many = report.requests_mut().set(gongkai::RequestRow::Received, gongkai::Applicant::Total, 1 << 53);
    assert!(matches!(too_many, Err(CellError::OutOfRange { .. })));
    assert_eq!(Requests::from_parts(Edition::E2021, |_, _| 1_u64 << 52).unwrap_err().cell(), cell("T3/received/total"));

    let tables = || (Disclosure::blank(Edition::E2021), Requests::blank(Edition::E2021), Disputes::blank());
    let (disclosure, requests, disputes) = tables();
    let error = Report::builder("某机关", 2024).disclosure(disclosure).disputes(disputes).build().unwrap_err();
    assert_eq!(error.to_string(), "T3 (表三) is missing");
    let (disclosure, _, disputes) = tables();
    let whole = Report::builder("某机关", 1999).disclosure(disclosure).requests(requests).disputes(disputes);
    assert_eq!(whole.clone().build(), Err(BuildError::Year(1999)));
    assert_eq!(BuildError::Year(1999).to_string(), "expected a year from 2008 to 9999, found 1999");
    assert_eq!(BuildError::NoName.to_string(), "the authority has no name");
}
