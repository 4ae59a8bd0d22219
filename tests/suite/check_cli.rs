//! The example `check`: its exit statuses and the shape of its JSON.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// `cargo test` builds the examples beside the tests; only a run of this binary alone may have to build it.
fn check() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let example = tests.parent().unwrap().parent().unwrap().join("examples").join(format!("check{}", std::env::consts::EXE_SUFFIX));
    if !example.exists() {
        let built = Command::new(env!("CARGO")).args(["build", "--example", "check"]).current_dir(ROOT).status().unwrap();
        assert!(built.success());
    }
    example
}

fn run(arguments: &[&str]) -> Output {
    Command::new(check()).args(arguments).current_dir(ROOT).stdin(Stdio::null()).output().unwrap()
}

fn status(arguments: &[&str]) -> i32 {
    run(arguments).status.code().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

const CLEAN: &str = "tests/data/reports/city-2025.json";
const WRONG: &str = "tests/data/reports/hongze-2023.json";
const PAGE: &str = "examples/data/haiyuan-science-2020.txt";

#[test]
fn the_exit_status_is_the_highest_of_all_files() {
    assert_eq!(status(&[CLEAN]), 0);
    assert_eq!(status(&[WRONG]), 1);
    assert_eq!(status(&["tests/data/no-such-file"]), 2);
    assert_eq!(status(&["Cargo.toml"]), 2);
    assert_eq!(status(&[CLEAN, WRONG, CLEAN]), 1);
    assert_eq!(status(&["Cargo.toml", WRONG, CLEAN]), 2);
    assert_eq!(status(&["--no-such-option", CLEAN]), 2);
    assert_eq!(status(&[]), 2);
}

#[test]
fn the_least_severity_can_be_chosen() {
    assert_eq!(status(&["--fail-on", "note", CLEAN]), 0);
    assert_eq!(status(&[PAGE]), 0);
    assert_eq!(status(&["--fail-on", "warning", PAGE]), 0);
    assert_eq!(status(&["--fail-on", "note", PAGE]), 1);
    assert_eq!(status(&["tests/data/rules/UNREADABLE-2021.json"]), 0);
    assert_eq!(status(&["--fail-on", "warning", "tests/data/rules/UNREADABLE-2021.json"]), 1);
}

#[test]
fn standard_input_is_read_for_a_dash() {
    let mut child = Command::new(check()).args(["--format", "json", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&std::fs::read(format!("{ROOT}/{WRONG}")).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output)[0]["source"], "-");
}

#[test]
fn the_json_is_one_line_for_each_file_in_their_order_with_these_keys() {
    let output = run(&["--format", "json", "--lang", "zh", WRONG, "Cargo.toml", PAGE]);
    let [wrong, unread, page] = &lines(&output)[..] else { panic!("three lines") };
    for (line, source) in [(wrong, WRONG), (unread, "Cargo.toml"), (page, PAGE)] {
        assert_eq!(keys(line), ["assessment", "diagnosis", "error", "notices", "report", "source"]);
        assert_eq!(line["source"], source);
    }

    let assessment = &wrong["assessment"];
    assert_eq!(keys(assessment), ["findings", "holds", "open", "undetermined", "violated"]);
    assert_eq!((&assessment["holds"], &assessment["violated"], &assessment["undetermined"]), (&json!(38), &json!(2), &json!(0)));
    assert_eq!(
        assessment["findings"][0],
        json!({
            "rule": "T4-TOTAL", "severity": "error",
            "cells": ["T4/reconsideration/upheld", "T4/reconsideration/corrected", "T4/reconsideration/other", "T4/reconsideration/pending", "T4/reconsideration/total"],
            "left": 11, "right": 0, "difference": 11, "fingerprint": "e4049817b2c1b2c3",
            "message": "表四·行政复议：结果维持(10)+结果纠正(1)+其他结果(0)+尚未审结(0)=11，总计(0)，相差 11。四种结果之和，应等于总计。",
        })
    );
    let form = &assessment["findings"][2];
    assert_eq!(
        (&form["rule"], &form["left"], &form["right"], &form["difference"]),
        (&json!("FORM-YEAR"), &json!(null), &json!(null), &json!(null))
    );
    let original: Value = serde_json::from_str(&std::fs::read_to_string(format!("{ROOT}/{WRONG}")).unwrap()).unwrap();
    assert_eq!(wrong["report"], original);
    assert_eq!((&wrong["error"], &wrong["notices"]), (&json!(null), &json!([])));

    assert_eq!((&unread["report"], &unread["assessment"], &unread["notices"]), (&json!(null), &json!(null), &json!([])));
    assert!(unread["error"].as_str().unwrap().contains("line 1 column"));

    assert_eq!(unread["diagnosis"], json!(null));
    assert_eq!(keys(&wrong["diagnosis"]), ["completions", "minimum_cells", "sets", "shapes", "status", "suspects"]);
    assert_eq!((&wrong["diagnosis"]["status"], &wrong["diagnosis"]["minimum_cells"]), (&json!("explained"), &json!(0)));
    assert_eq!(
        page["diagnosis"]["completions"][0],
        json!({"cell": "T3/partially_disclosed/natural_person", "value": 0, "because": page["diagnosis"]["completions"][0]["because"]})
    );

    let open = &page["assessment"]["open"][0];
    assert_eq!(keys(open), ["cells", "rule", "unknown"]);
    assert_eq!(open["unknown"], json!(["T3/carried_forward/natural_person"]));
    assert_eq!((&page["assessment"]["holds"], &page["assessment"]["undetermined"]), (&json!(24), &json!(16)));
    let notice = &page["notices"][0];
    assert_eq!(keys(notice), ["cells", "kind", "line", "message", "printed", "severity"]);
    assert_eq!(
        (&notice["kind"], &notice["severity"], &notice["cells"].as_array().unwrap().len()),
        (&json!("surplus_figure"), &json!("note"), &7)
    );
    let figures: Value =
        serde_json::from_str(&std::fs::read_to_string(format!("{ROOT}/tests/data/reports/haiyuan-science-2020.json")).unwrap()).unwrap();
    for table in ["disclosure", "requests", "disputes"] {
        assert_eq!(page["report"][table], figures[table]);
    }
}

#[test]
fn the_text_begins_with_the_verdict_and_names_place_formula_and_difference() {
    let output = run(&["--lang", "zh", WRONG]);
    let text = String::from_utf8(output.stdout).unwrap();
    let mut lines = text.lines();
    assert_eq!(
        lines.next().unwrap(),
        "[有错误] tests/data/reports/hongze-2023.json：淮安市洪泽区人民政府 2023 年度，40 项勾稽关系中 38 项成立、2 项不成立、0 项无法判定；错误 2，警告 1，提示 0"
    );
    assert!(lines.next().unwrap().starts_with("  错误 T4-TOTAL 表四·行政复议：结果维持(10)+"));
    assert!(!text.contains('\u{1b}'), "no colour where nobody looks");
    let english = String::from_utf8(run(&["--lang", "en", CLEAN]).stdout).unwrap();
    assert!(
        english.starts_with("[clean] tests/data/reports/city-2025.json: 某市人民政府, 2025: of 42 identities 42 hold, 0 violated"),
        "{english}"
    );
}
