//! The examples `check`, `compare` and `rollup`: their exit statuses and the shape of their JSON.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// `cargo test` builds the examples beside the tests; only a run of this binary alone may have to build it.
fn example(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let example = tests.parent().unwrap().parent().unwrap().join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !example.exists() {
        let built = Command::new(env!("CARGO")).args(["build", "--example", name]).current_dir(ROOT).status().unwrap();
        assert!(built.success());
    }
    example
}

fn run(arguments: &[&str]) -> Output {
    run_example("check", arguments)
}

fn run_example(name: &str, arguments: &[&str]) -> Output {
    Command::new(example(name)).args(arguments).current_dir(ROOT).stdin(Stdio::null()).output().unwrap()
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
    let mut child =
        Command::new(example("check")).args(["--format", "json", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
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
    assert_eq!(keys(notice), ["cells", "counted", "kind", "line", "message", "printed", "severity"]);
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

/// A folder of its own for a test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn folders_are_gone_through_and_a_broken_file_is_one_line_of_many() {
    let folder = folder("folders");
    std::fs::create_dir_all(folder.join("b/c")).unwrap();
    for (name, from) in [("a.json", CLEAN), ("b/c/d.json", WRONG), ("b/e.txt", PAGE)] {
        std::fs::copy(format!("{ROOT}/{from}"), folder.join(name)).unwrap();
    }
    std::fs::write(folder.join("b/broken.json"), "{").unwrap();
    std::fs::write(folder.join(".hidden"), "{").unwrap();
    let output = run(&["--format", "json", folder.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let sources: Vec<_> = lines(&output).iter().map(|line| line["source"].as_str().unwrap().replace('\\', "/")).collect();
    let ends: Vec<_> = sources.iter().map(|source| source.rsplit("folders/").next().unwrap()).collect();
    assert_eq!(ends, ["a.json", "b/broken.json", "b/c/d.json", "b/e.txt"]);
    let text = String::from_utf8(run(&["--lang", "zh", folder.to_str().unwrap()]).stdout).unwrap();
    assert!(text.ends_with("共 4 份：无误 1，部分无法核对 1，有错误 1，无法读取 1\n"), "{text}");
}

#[test]
fn a_stream_has_a_report_on_each_line() {
    let folder = folder("stream");
    let one = |name: &str| serde_json::from_str::<Value>(&std::fs::read_to_string(format!("{ROOT}/{name}")).unwrap()).unwrap().to_string();
    let stream = folder.join("all.ndjson");
    // More lines than are worked on at once, so that the order is held between them.
    let clean = format!("{}\n", one(CLEAN));
    let text = format!("{clean}\n{}\nbroken\n{}", one(WRONG), clean.repeat(600));
    std::fs::write(&stream, text).unwrap();
    let output = run(&["--input", "ndjson", "--format", "json", stream.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let lines = lines(&output);
    assert_eq!(lines.len(), 603);
    let ends: Vec<_> =
        lines.iter().map(|line| line["source"].as_str().unwrap().rsplit(':').next().unwrap().parse::<usize>().unwrap()).collect();
    assert_eq!(ends[..3], [1, 3, 4]);
    assert!(ends.is_sorted());
    assert!(lines[2]["report"].is_null() && lines[1]["assessment"]["violated"] == 2);
    // As one file it is no report, and the message says what to do.
    let whole = run(&["--format", "json", stream.to_str().unwrap()]);
    let error = String::from_utf8(whole.stdout).unwrap();
    assert!(error.contains("use --input ndjson"), "{error}");
}

#[test]
fn waived_findings_are_listed_and_do_not_count() {
    let folder = folder("waivers");
    let file = folder.join("waivers.toml");
    let entry = |place: &str| format!("[[waivers]]\nrule = \"T4-TOTAL\"\ncell = \"{place}\"\nreason = \"已核实\"\n");
    std::fs::write(&file, entry("T4/reconsideration/total") + &entry("T4/litigation_after_reconsideration/total")).unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(status(&["--waivers", file, WRONG]), 0);
    assert_eq!(status(&["--waivers", file, "--fail-on", "warning", WRONG]), 1);
    assert_eq!(status(&["--waivers", file, "--on", "yesterday", WRONG]), 2);
    let output = run(&["--waivers", file, "--format", "json", WRONG]);
    let [report, waivers] = &lines(&output)[..] else { panic!("two lines") };
    assert_eq!(report["assessment"]["violated"], 2);
    assert_eq!(report["assessment"]["findings"][0]["waived"]["reason"], "已核实");
    assert_eq!((&waivers["source"], &waivers["waivers"]), (&json!(file), &json!([])));
    // A waiver that names nothing is told.
    let unused = run(&["--waivers", file, "--fail-on", "warning", "--lang", "zh", CLEAN]);
    assert_eq!(unused.status.code(), Some(1));
    assert!(String::from_utf8(unused.stdout).unwrap().contains("W-UNUSED"));
    assert_eq!(status(&["--waivers", "Cargo.toml", CLEAN]), 2);
}

#[test]
fn compare_tells_years_from_versions() {
    const BEFORE: &str = "tests/data/reports/suqian-2023.json";
    const AFTER: &str = "tests/data/reports/suqian-2024.json";
    let compare = |arguments: &[&str]| run_example("compare", arguments);
    let years = compare(&["--format", "json", AFTER, BEFORE]);
    assert_eq!(years.status.code(), Some(0));
    let value = &lines(&years)[0];
    assert_eq!(keys(value), ["diagnoses", "findings", "holds", "open", "undetermined", "violated", "years"]);
    assert_eq!((&value["holds"], &value["years"]), (&json!(9), &json!([2023, 2024])));
    let diff = compare(&["--as", "diff", "--format", "json", BEFORE, AFTER]);
    assert_eq!(diff.status.code(), Some(1));
    assert_eq!(keys(&lines(&diff)[0]["diff"]), ["authority", "cells", "published", "sections", "year"]);
    assert_eq!(compare(&[BEFORE, BEFORE]).status.code(), Some(0));
    assert_eq!(compare(&["--as", "series", BEFORE, BEFORE]).status.code(), Some(2));
    assert_eq!(compare(&[BEFORE]).status.code(), Some(2));
    assert_eq!(compare(&[BEFORE, "Cargo.toml"]).status.code(), Some(2));
    let text = String::from_utf8(compare(&["--lang", "zh", BEFORE, AFTER]).stdout).unwrap();
    assert_eq!(text, "宿迁市人民政府 2023、2024 年度：年度之间 9 项关系中 9 项成立、0 项不成立、0 项无法判定\n");
}

#[test]
fn rollup_adds_up_names_who_is_missing_and_goes_on_after_a_broken_file() {
    let folder = folder("rollup");
    let units = folder.join("units");
    std::fs::create_dir_all(&units).unwrap();
    let suqian: Value =
        serde_json::from_str(&std::fs::read_to_string(format!("{ROOT}/tests/data/reports/suqian-2023.json")).unwrap()).unwrap();
    for name in ["甲局", "乙局"] {
        let mut unit = suqian.clone();
        unit["authority"]["name"] = json!(name);
        std::fs::write(units.join(format!("{name}.json")), unit.to_string()).unwrap();
    }
    let (folder_of_units, parent, roster) = (units.to_str().unwrap().to_owned(), folder.join("parent.json"), folder.join("roster.txt"));
    let summed = run_example("rollup", &["--authority", "某市", "--format", "json", &folder_of_units]);
    assert_eq!(summed.status.code(), Some(0));
    let value = &lines(&summed)[0];
    assert_eq!(keys(value), ["findings", "holds", "missing", "sum", "undetermined", "units", "unknown", "unread", "violated"]);
    assert_eq!(value["sum"]["requests"]["received"]["total"], json!(2 * suqian["requests"]["received"]["total"].as_u64().unwrap()));
    std::fs::write(&parent, value["sum"].to_string()).unwrap();
    std::fs::write(&roster, "甲局\n乙局\n").unwrap();
    let parent = parent.to_str().unwrap();
    let with_roster = |more: &[&str]| {
        let arguments: Vec<_> = ["--parent", parent, "--roster", roster.to_str().unwrap(), "--format", "json", "--fail-on", "warning"]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        run_example("rollup", &arguments)
    };
    let held = with_roster(&[&folder_of_units]);
    assert_eq!((held.status.code(), &lines(&held)[0]["holds"]), (Some(0), &json!(200)));
    std::fs::write(&roster, "甲局\n乙局\n丙局\n").unwrap();
    let missing = with_roster(&[&folder_of_units]);
    assert_eq!(missing.status.code(), Some(1));
    assert_eq!((&lines(&missing)[0]["missing"], &lines(&missing)[0]["undetermined"]), (&json!(["丙局"]), &json!(200)));
    std::fs::write(units.join("broken.json"), "{").unwrap();
    let broken = with_roster(&[&folder_of_units]);
    assert_eq!(broken.status.code(), Some(2));
    assert_eq!((lines(&broken)[0]["unread"].as_array().unwrap().len(), lines(&broken)[0]["units"].as_array().unwrap().len()), (1, 2));
}
