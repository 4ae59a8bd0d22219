//! The JSON contract: what is read, what is written, and what every kind of bad input is told.

use gongkai::{Cell, CellAddress, CellKind, Edition, Number, Report, Unit, Valid, fixtures, read_cell};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::corpus::{REPORTS, data, report};

fn value(edition: Edition) -> Value {
    serde_json::to_value(fixtures::consistent(edition)).unwrap()
}

/// The error for a report of the 2021 form after a change.
fn error(change: impl FnOnce(&mut Value)) -> String {
    let mut value = value(Edition::E2021);
    change(&mut value);
    serde_json::from_str::<Report>(&value.to_string()).unwrap_err().to_string()
}

/// An error without the place that `serde_json` adds, which must be there.
fn sentence(error: &str) -> &str {
    let (sentence, place) = error.rsplit_once(" at line ").unwrap();
    assert!(place.contains(" column "), "{error}");
    sentence
}

#[test]
fn every_real_report_is_written_as_it_was_read() {
    for name in REPORTS {
        let json: Value = serde_json::from_str(&data(&format!("reports/{name}.json"))).unwrap();
        assert_eq!(serde_json::to_value(report(name)).unwrap(), json, "{name}");
    }
}

#[test]
fn a_cell_that_cannot_be_is_told_with_its_address_and_what_was_found() {
    let count = "null or the printed text";
    for (found, expected) in [
        (json!(1.5), "invalid type: floating point `1.5`"),
        (json!(12.0), "invalid type: floating point `12.0`"),
        (json!(-1), "invalid value: integer `-1`"),
        (json!(9_007_199_254_740_992_u64), "invalid value: integer `9007199254740992`"),
        (json!(1e300), "invalid type: floating point `1e+300`"),
        (json!(true), "invalid type: boolean `true`"),
        (json!([1]), "invalid type: sequence"),
        (json!({"a": 1}), "invalid type: map"),
    ] {
        let error = error(|value| value["requests"]["received"]["total"] = found.clone());
        let expected = format!("{expected}, expected in T3/received/total: a whole number from 0 to 9007199254740991, {count}");
        assert_eq!(sentence(&error), expected, "{found}");
    }
}

#[test]
fn the_place_in_the_text_is_that_of_the_cell() {
    let text = serde_json::to_string_pretty(&value(Edition::E2021)).unwrap();
    let line = text.lines().position(|line| line.contains("\"upheld\"")).unwrap();
    let broken: Vec<_> = text.lines().enumerate().map(|(at, text)| if at == line { "      \"upheld\": -3," } else { text }).collect();
    let error = serde_json::from_str::<Report>(&broken.join("\n")).unwrap_err();
    assert_eq!(error.line(), line + 1);
    assert!(error.to_string().contains("T4/"), "{error}");
}

#[test]
fn an_amount_that_cannot_be_is_told() {
    let amount = |found: Value| error(move |value| value["disclosure"]["fees"]["amount"] = found);
    let expected = "expected in T2/fees/amount: an amount of money, not negative, of at most 28 digits, null or the printed text";
    assert_eq!(sentence(&amount(json!(-5))), format!("invalid value: integer `-5`, {expected}"));
    assert_eq!(sentence(&amount(json!(-0.5))), format!("invalid value: floating point `-0.5`, {expected}"));
    assert_eq!(sentence(&amount(json!(false))), format!("invalid type: boolean `false`, {expected}"));
    assert_eq!(
        sentence(&amount(json!(0.123_456_789_012_345_6))),
        "T2/fees/amount: 0.1234567890123456 has more than 15 digits; write it as a string"
    );
}

#[test]
fn an_amount_as_a_number_is_taken_by_its_shortest_decimal() {
    for (found, written) in [(json!(7730.28), "7730.28"), (json!(0.1), "0.1"), (json!(316_441), "316441"), (json!(0), "0")] {
        let mut value = value(Edition::E2021);
        value["disclosure"]["fees"]["amount"] = found;
        let report: Report = serde_json::from_value(value).unwrap();
        assert_eq!(serde_json::to_value(report).unwrap()["disclosure"]["fees"]["amount"], written);
    }
}

#[test]
fn a_missing_unknown_or_strange_key_is_told() {
    let remove = |path: &'static str, key: &'static str| {
        error(move |value| _ = value.pointer_mut(path).unwrap().as_object_mut().unwrap().remove(key))
    };
    let add = |path: &'static str, key: &'static str, found: Value| error(move |value| value.pointer_mut(path).unwrap()[key] = found);
    for (error, expected) in [
        (remove("", "requests"), "report: the key \"requests\" is missing"),
        (remove("", "year"), "report: the key \"year\" is missing"),
        (remove("/authority", "name"), "authority: the key \"name\" is missing"),
        (remove("/requests", "edition"), "T3: the key \"edition\" is missing"),
        (remove("/requests", "received"), "T3/received: missing"),
        (remove("/requests/received", "total"), "T3/received/total: missing"),
        (remove("/disclosure/rules", "issued"), "T2/rules/issued: missing"),
        (remove("/disputes/reconsideration", "other"), "T4/reconsideration/other: missing"),
        (remove("/disputes", "direct_litigation"), "T4/direct_litigation: missing"),
        (add("", "comment", json!(1)), "report: unknown key \"comment\""),
        (add("/authority", "town", json!("x")), "authority: unknown key \"town\""),
        (add("/requests", "recieved", json!({})), "T3: unknown key \"recieved\""),
        (add("/requests/received", "all", json!(1)), "T3/received: unknown key \"all\""),
        (add("/disclosure/rules", "made", json!(1)), "T2/rules/made: the 2021 form has no such cell"),
        (add("/requests", "other", value(Edition::E2019)["requests"]["other"].clone()), "T3/other: the 2021 form has no such row"),
        (add("/requests", "edition", json!("2020")), "invalid value: string \"2020\", expected T3: the form, \"2019\" or \"2021\""),
        (add("/requests", "edition", json!(2021)), "invalid type: integer `2021`, expected T3: the form, \"2019\" or \"2021\""),
        (add("/requests", "received", json!(null)), "invalid type: null, expected in T3/received: an object of cells"),
        (add("", "requests", json!([])), "invalid type: sequence, expected T3: an object of rows"),
        (add("", "year", json!(1900)), "invalid value: integer `1900`, expected year: a year from 2008 to 9999"),
        (add("", "year", json!("2020")), "invalid type: string \"2020\", expected year: a year from 2008 to 9999"),
        (add("", "published", json!("2021-1-8")), "published: expected a day such as 2021-01-28, found \"2021-1-8\""),
        (add("", "published", json!(null)), "invalid type: null, expected published: a text"),
        (add("", "version", json!(2)), "version: expected 1, found 2"),
        (add("/authority", "name", json!("  ")), "the authority has no name"),
        (add("/authority", "level", json!("village")), "authority.level: unknown level \"village\""),
        (add("", "sections", json!({"summary": "x"})), "sections: unknown key \"summary\""),
        (add("", "sections", json!({"overview": 3})), "invalid type: integer `3`, expected overview: a text"),
    ] {
        assert_eq!(sentence(&error), expected);
    }
}

#[test]
fn a_key_that_stands_twice_is_told() {
    let text = value(Edition::E2021).to_string();
    for (once, twice, expected) in [
        ("\"year\":", "\"year\":2024,\"year\":", "report: the key \"year\" stands there twice"),
        ("\"upheld\":", "\"upheld\":1,\"upheld\":", "T4/direct_litigation: the key \"upheld\" stands there twice"),
        ("\"reconsideration\":", "\"reconsideration\":REPEAT,\"reconsideration\":", "T4: the key \"reconsideration\" stands there twice"),
    ] {
        let block = value(Edition::E2021)["disputes"]["reconsideration"].to_string();
        let broken = text.replacen(once, &twice.replace("REPEAT", &block), 1);
        let error = serde_json::from_str::<Report>(&broken).unwrap_err().to_string();
        assert_eq!(sentence(&error), expected);
    }
}

#[test]
fn the_order_of_keys_does_not_matter() {
    // A `Value` sorts its keys, so the form stands in the middle of the rows.
    for &edition in Edition::ALL {
        let report = fixtures::consistent(edition);
        let sorted = serde_json::to_value(&report).unwrap();
        assert_eq!(serde_json::from_value::<Report>(sorted.clone()).unwrap(), report);
        assert_eq!(serde_json::from_str::<Report>(&sorted.to_string()).unwrap(), report);
    }
    let mut value = value(Edition::E2019);
    value["requests"]["edition"] = json!("2021");
    assert!(serde_json::from_value::<Report>(value).unwrap_err().to_string().starts_with("T3/other: the 2021 form has no such row"));
}

#[test]
fn what_is_more_than_a_number_survives_the_round_trip() {
    for (path, text) in [
        ("/requests/received/total", "22（其中修订16件）"),
        ("/requests/received/total", "12①"),
        ("/requests/received/total", "15件"),
        ("/requests/received/total", "/"),
        ("/requests/received/total", "—"),
        ("/requests/received/total", "不适用"),
        ("/requests/received/total", "约二十"),
        ("/requests/received/total", "?22"),
        ("/requests/received/total", "?"),
        ("/requests/received/total", "?约"),
        ("/requests/received/total", "??5"),
        ("/requests/received/total", "-8"),
        ("/requests/received/total", "1.5"),
        ("/requests/received/total", "9007199254740992"),
        ("/disclosure/fees/amount", "251000元"),
        ("/disclosure/fees/amount", "240万元"),
        ("/disclosure/fees/amount", "7730.2800"),
        ("/disclosure/fees/amount", "?7"),
    ] {
        let mut value = value(Edition::E2021);
        *value.pointer_mut(path).unwrap() = json!(text);
        let report: Report = serde_json::from_value(value.clone()).unwrap();
        let written = serde_json::to_value(&report).unwrap();
        assert_eq!(written, value, "{text}");
        assert_eq!(serde_json::from_value::<Report>(written).unwrap(), report);
    }
}

#[test]
fn spelling_is_not_kept() {
    for (text, written) in [("１,２３４", json!(1234)), (" 12 ", json!(12)), ("+5", json!(5)), ("1，234", json!(1234)), ("", json!(null))]
    {
        let mut value = value(Edition::E2021);
        value["requests"]["received"]["total"] = json!(text);
        let report: Report = serde_json::from_value(value).unwrap();
        assert_eq!(serde_json::to_value(&report).unwrap()["requests"]["received"]["total"], written);
        assert_eq!(report.printed("T3/received/total".parse().unwrap()), None);
    }
}

#[test]
fn states_that_were_set_without_a_text_survive_the_round_trip() {
    let cells = ["T3/received/total", "T2/fees/amount", "T2/rules/issued", "T4/reconsideration/total"];
    for (cell, state) in cells.iter().flat_map(|cell| [Cell::Blank, Cell::NotApplicable, Cell::Unreadable].map(|state| (cell, state))) {
        let mut report = fixtures::consistent(Edition::E2021);
        let cell: CellAddress = cell.parse().unwrap();
        report.set(cell, state).unwrap();
        let again: Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
        assert_eq!(again, report, "{cell} {state:?}");
    }
}

#[test]
fn a_text_that_was_refused_is_written_so_that_it_stays_refused() {
    for text in ["5", "约", "?5", "", "/", "12①"] {
        let mut report = fixtures::consistent(Edition::E2021);
        let cell = "T3/received/total".parse().unwrap();
        report.set_unreadable(cell, text).unwrap();
        assert_eq!(report.cell(cell), Some(Cell::Unreadable));
        let again: Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
        assert_eq!(again, report, "{text}");
    }
}

#[test]
fn setting_a_cell_drops_its_text() {
    let mut report = fixtures::consistent(Edition::E2021);
    let cell = "T3/received/total".parse().unwrap();
    report.set_printed(cell, "12①").unwrap();
    assert_eq!(report.printed(cell), Some("12①"));
    report.set(cell, 12).unwrap();
    assert_eq!(report.printed(cell), None);
}

#[test]
fn other_formats_that_describe_themselves_work() {
    for name in REPORTS {
        let report = report(name);
        let mut bytes = Vec::new();
        ciborium::into_writer(&report, &mut bytes).unwrap();
        assert_eq!(ciborium::from_reader::<Report, _>(bytes.as_slice()).unwrap(), report);
    }
}

#[test]
fn numbers_that_are_handed_over_as_a_map_are_read() {
    // So serde_json hands over numbers when some crate of the build asks it for arbitrary precision.
    fn as_maps(value: &Value) -> Value {
        match value {
            Value::Number(number) => json!({"$serde_json::private::Number": number.to_string()}),
            Value::Object(object) => {
                object.iter().map(|(key, value)| (key.clone(), if key == "year" { value.clone() } else { as_maps(value) })).collect()
            }
            other => other.clone(),
        }
    }
    let value = value(Edition::E2021);
    let report = Report::deserialize(as_maps(&value)).unwrap();
    assert_eq!(report, fixtures::consistent(Edition::E2021));
    let mut broken = as_maps(&value);
    broken["requests"]["received"]["total"] = json!({"$serde_json::private::Number": "1.5"});
    let error = Report::deserialize(broken).unwrap_err().to_string();
    assert!(error.contains("1.5") && error.contains("T3/received/total"), "{error}");
}

#[test]
fn a_valid_report_deserialises_through_the_check() {
    let text = serde_json::to_string(&fixtures::consistent(Edition::E2021)).unwrap();
    let valid: Valid<Report> = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&valid).unwrap(), text);
    let error = serde_json::from_str::<Valid<Report>>(&data("reports/hongze-2023.json")).unwrap_err().to_string();
    assert!(error.starts_with("2 of 40 identities violated, 0 undetermined: Table 4 · reconsideration: "), "{error}");
}

#[test]
fn the_cell_reader_reads_what_is_printed() {
    use Cell::{Blank, NotApplicable, Unreadable};
    let count = |value| Cell::Value(Number::Count(value));
    for (text, expected, annotated) in [
        ("", Blank, false),
        ("\u{3000}\u{a0} ", Blank, false),
        ("0", count(0), false),
        ("007", count(7), false),
        ("１２", count(12), false),
        ("1,036", count(1036), false),
        ("1 036", count(1036), false),
        ("12,345,678", count(12_345_678), false),
        ("1,23", Unreadable, false),
        ("1234,567", Unreadable, false),
        ("1,234 567", Unreadable, false),
        ("0,123", Unreadable, false),
        ("2 0", Unreadable, false),
        ("12 件", count(12), false),
        ("+1036", count(1036), false),
        ("-8", Unreadable, false),
        ("减3", Unreadable, false),
        ("22（其中修订16件）", count(22), true),
        ("22(其中修订16件）", count(22), true),
        ("22（其中", Unreadable, false),
        ("12①", count(12), true),
        ("12²", count(12), true),
        ("12 *", count(12), true),
        ("①12", Unreadable, false),
        ("（22）", Unreadable, false),
        ("22（a）5", Unreadable, false),
        ("5万元", Unreadable, false),
        ("1.0", Unreadable, false),
        ("1e3", Unreadable, false),
        ("九", Unreadable, false),
        ("/", NotApplicable, false),
        ("／", NotApplicable, false),
        ("-", NotApplicable, false),
        ("－", NotApplicable, false),
        ("–", NotApplicable, false),
        ("—", NotApplicable, false),
        ("不适用", NotApplicable, false),
        ("无", NotApplicable, false),
        ("——", Unreadable, false),
        ("9007199254740991", count(9_007_199_254_740_991), false),
        ("9007199254740992", Unreadable, false),
        ("99999999999999999999999999999999999999999999999999", Unreadable, false),
    ] {
        let read = read_cell(text, CellKind::Count);
        assert_eq!((read.cell, read.annotated), (expected, annotated), "{text:?}");
    }
    for (text, expected) in
        [("-8", Some(-8)), ("+1036", Some(1036)), ("减3", Some(-3)), ("增2", Some(2)), ("−5", Some(-5)), ("- 4", Some(-4)), ("0.5", None)]
    {
        let expected = expected.map_or(Unreadable, |value| Cell::Value(Number::Change(value)));
        assert_eq!(read_cell(text, CellKind::Change).cell, expected, "{text:?}");
    }
    for (text, amount, unit) in [
        ("251000元", "251000", Unit::Yuan),
        ("240 万元", "240", Unit::TenThousandYuan),
        ("7730.28", "7730.28", Unit::NotStated),
        ("1,234.50", "1234.50", Unit::NotStated),
    ] {
        let Cell::Value(Number::Money(money)) = read_cell(text, CellKind::Money(Unit::NotStated)).cell else { panic!("{text}") };
        assert_eq!((money.amount.to_string().as_str(), money.unit), (amount, unit));
    }
    for text in ["-5", "3亿元", "5.", ".5", "1.2.3", "5件"] {
        assert_eq!(read_cell(text, CellKind::Money(Unit::NotStated)).cell, Unreadable, "{text:?}");
    }
}
