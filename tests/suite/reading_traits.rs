//! Traits of real pages one by one, and the account of every printed figure.

use gongkai::{Cell, CellAddress, Notice, NoticeKind, Number, Reader, Reading, Report, Table, Transcript, form, read};

use crate::corpus::report;
use crate::printing::{Figures, Printer, Seed, Style};

fn cell(address: &str) -> CellAddress {
    address.parse().unwrap()
}

fn count(report: &Report, address: &str) -> Option<i64> {
    report.cell(cell(address)).and_then(Cell::value).and_then(Number::integer)
}

/// The text of a cell as a page prints it.
fn printed(report: &Report, cell: CellAddress) -> String {
    match (report.printed(cell), report.cell(cell)) {
        (Some(text), _) => text.to_owned(),
        (None, Some(Cell::Value(number))) => number.to_string().trim_end_matches("万元").to_owned(),
        _ => String::new(),
    }
}

#[test]
fn the_pages_of_the_examples_read_to_their_figures() {
    let page = |name: &str| std::fs::read(format!("{}/examples/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let expected = report("suqian-2024");
    let transcript: Transcript = serde_json::from_slice(&page("suqian-2024-transcript.json")).unwrap();
    let mut readings = vec![read(page("suqian-2024.md")).unwrap(), transcript.read().unwrap()];
    if cfg!(feature = "html") {
        readings.push(read(page("suqian-2024.html")).unwrap());
    }
    for Reading { report, notices } in readings {
        assert_eq!(notices, []);
        assert_eq!((report.authority().name(), report.year()), ("宿迁市人民政府", 2024));
        assert_eq!(
            (report.disclosure(), report.requests(), report.disputes()),
            (expected.disclosure(), expected.requests(), expected.disputes())
        );
        assert!(report.validate().is_clean());
    }
}

/// The rows of a table with their labels in front, as cells.
fn rows(report: &Report, table: Table) -> Vec<Vec<(form::PrintedCell, String)>> {
    let mut rows: Vec<Vec<(form::PrintedCell, String)>> = Vec::new();
    for place in form::printed(table, report.edition(table)) {
        let text = match place.content {
            gongkai::Content::Figure(cell) => printed(report, cell),
            gongkai::Content::Label(..) => place.content.label(gongkai::Language::Chinese).unwrap_or_default().to_owned(),
        };
        rows.resize(rows.len().max(place.row + 1), Vec::new());
        rows[place.row].push((place, text));
    }
    rows
}

/// A report as Markdown; blank cells stand for spans, at the end of the row or in their places.
fn markdown(report: &Report, titles: bool, in_place: bool) -> String {
    let mut page = format!("# {}{}年政府信息公开工作年度报告\n\n", report.authority().name(), report.year());
    for (&table, title) in
        Table::ALL.iter().zip(["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"])
    {
        if titles {
            page.extend(["## ", title, "\n\n"]);
        }
        for (at, row) in rows(report, table).into_iter().enumerate() {
            let mut cells: Vec<String> = Vec::new();
            for (place, text) in row {
                if in_place {
                    cells.resize(cells.len().max(place.column), String::new());
                }
                cells.push(text);
                cells.extend((1..place.columns).map(|_| String::new()));
            }
            page.extend(["| ", &cells.join(" | "), " |\n"]);
            if at == 0 {
                page.extend(["|", &"---|".repeat(cells.len()), "\n"]);
            }
        }
        page.push('\n');
    }
    page
}

#[test]
fn tables_without_titles_are_found_by_their_words() {
    let expected = report("suqian-2024");
    let Reading { report, notices } = read(markdown(&expected, false, true)).unwrap();
    assert_eq!(notices, []);
    assert_eq!(
        (report.disclosure(), report.requests(), report.disputes()),
        (expected.disclosure(), expected.requests(), expected.disputes())
    );
}

#[test]
fn blank_cells_that_spans_leave_behind_them_shift_nothing() {
    for name in ["suqian-2024", "shanghai-office-2019"] {
        let expected = report(name);
        let reading = read(markdown(&expected, true, false)).unwrap();
        let shifted = expected.cells().filter(|(cell, found)| {
            let read = reading.report.cell(*cell);
            read != Some(*found) && !reading.notices.iter().any(|notice| notice.cells.contains(cell))
        });
        let shifted: Vec<_> = shifted.collect();
        assert_eq!(shifted, [], "{name}");
        if name == "suqian-2024" {
            assert_eq!(reading.report.requests(), expected.requests());
        }
    }
}

#[test]
fn a_transcript_is_read_whatever_the_order_of_its_parts() {
    let expected = report("suqian-2024");
    let table = |table: Table, title: &str| {
        let rows: Vec<_> = rows(&expected, table)
            .into_iter()
            .map(|row| {
                let (labels, figures): (Vec<_>, Vec<_>) =
                    row.into_iter().partition(|(place, _)| matches!(place.content, gongkai::Content::Label(..)));
                let text = |cells: Vec<(form::PrintedCell, String)>| cells.into_iter().map(|(_, text)| text).collect::<Vec<_>>();
                // A row of headings has no label of its own.
                let (label, cells) = if figures.is_empty() {
                    (String::new(), text(labels))
                } else {
                    (text(labels).pop().unwrap_or_default(), text(figures))
                };
                serde_json::json!({"label": label, "cells": cells})
            })
            .collect();
        serde_json::json!({"title": title, "columns": [], "rows": rows})
    };
    let titles = ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"];
    let tables: Vec<_> = Table::ALL.iter().zip(titles).map(|(&of, title)| table(of, title)).collect();
    let section = |title: &str, text: &str| serde_json::json!({"title": title, "text": text});
    let (overview, other) = (section("一、总体情况", "全年按期公开。"), section("六、其他需要报告的事项", "没有收取信息处理费。"));
    for sections in [vec![overview.clone(), other.clone()], vec![other.clone(), overview.clone()], vec![]] {
        let value = serde_json::json!({"title": "宿迁市人民政府2024年政府信息公开工作年度报告", "sections": sections, "tables": tables});
        let transcript: Transcript = serde_json::from_value(value).unwrap();
        let Reading { report, notices } = transcript.read().unwrap();
        assert_eq!(notices, []);
        assert_eq!(
            (report.disclosure(), report.requests(), report.disputes()),
            (expected.disclosure(), expected.requests(), expected.disputes())
        );
        assert_eq!(report.section(gongkai::Section::OtherMatters).is_some(), !sections.is_empty());
    }
}

const HEAD: &str =
    "某县2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t";

#[test]
fn figures_beside_an_unknown_label_at_the_end_of_a_table_are_told() {
    let reading = read(format!("{HEAD}5\n合计\t99\n三、收到和处理政府信息公开申请情况\n")).unwrap();
    assert_eq!(count(&reading.report, "T2/licences/decisions"), Some(5));
    assert!(
        reading.notices.iter().any(|notice| notice.kind == NoticeKind::UnknownRow && notice.printed.contains("99")),
        "{:?}",
        reading.notices
    );
}

#[test]
fn two_numbers_in_one_cell_are_never_one() {
    let page = "某县2023年政府信息公开工作年度报告\n\n## 三、收到和处理政府信息公开申请情况\n\n\
                | 本列数据的勾稽关系 | | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n|---|---|---|---|---|---|---|---|---|\n\
                | 一、本年新收政府信息公开申请数量 | | 61 | 63 | 69 | 70 | 72 | 77 | 412 |\n\
                | 二、上年结转政府信息公开申请数量 | | | 86 | 93 | 98 | 102 | 107 | 112 119 |\n";
    let reading = read(page).unwrap();
    assert_eq!(count(&reading.report, "T3/received/total"), Some(412));
    assert!(
        form::cells(Table::Requests, reading.report.edition(Table::Requests))
            .filter(|cell| cell.row_key() == "carried_over")
            .all(|cell| reading.report.cell(cell) == Some(Cell::Unreadable))
    );
}

/// Whether a number is in a cell of the report or in a notice.
fn is_accounted_for(Reading { report, notices }: &Reading, number: &str) -> bool {
    let told = |notice: &Notice| notice.printed.replace([' ', ','], "").contains(number);
    notices.iter().any(told)
        || report.cells().any(|(cell, found)| {
            found.value().is_some_and(|value| value.to_string() == number) || report.printed(cell).is_some_and(|text| text.contains(number))
        })
}

#[test]
fn a_number_dropped_into_a_table_is_in_a_cell_or_told() {
    const NUMBER: &str = "7654321";
    for style in [Style::Tabs, Style::Markdown, Style::Columns] {
        let mut dropped = 0;
        for at in 0..150 {
            let mut seed = Seed::new(90_000 + at);
            let figures = Figures::new(style, &[&0, &10, &40], &mut seed);
            let page = Printer { figures: &figures, seed: &mut seed, mess: 0, damage: 0 }.print(style);
            let lines: Vec<&str> = page.lines().collect();
            let is_row = |line: &&str| line.matches(char::is_numeric).count() >= 7 && !line.contains('。');
            let in_table: Vec<usize> = (0..lines.len()).filter(|&line| is_row(&lines[line])).collect();
            let Some(&row) = in_table.get(usize::try_from(at).unwrap() % in_table.len().max(1)) else { continue };
            let between = match style {
                Style::Tabs => "\t",
                Style::Columns => "   ",
                Style::Markdown | Style::Html => " | ",
            };
            for place in 0..3 {
                let mut lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
                match place {
                    0 => lines[row] = format!("{}{between}{NUMBER}", lines[row].trim_end_matches(['|', ' '])),
                    1 => {
                        let at = lines[row].rfind(between).unwrap_or(0);
                        lines[row].insert_str(at, &format!("{between}{NUMBER}"));
                    }
                    _ => lines
                        .insert(row + 1, if style == Style::Markdown { format!("| | {NUMBER} |") } else { format!("{between}{NUMBER}") }),
                }
                let Ok(reading) = Reader::new().year(2023).read(lines.join("\n")) else { continue };
                dropped += 1;
                assert!(is_accounted_for(&reading, NUMBER), "{}\n{:?}", lines.join("\n"), reading.notices);
            }
        }
        assert!(dropped > 300, "{dropped}");
    }
}
