//! Pages to read: the same tables as text with tabs, as lines that keep columns, as Markdown and as HTML.

use std::fmt::Write;

use gongkai::form::{self, PrintedCell};
use gongkai::{Content, Edition, Language, Table};

const TITLE: &str = "某县教育局2023年政府信息公开工作年度报告";
const TITLES: [&str; 3] = ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"];
const PROSE: &str = "本年度按要求公开信息，健全制度，规范办理，全年未发生问题。";

/// The rows of a table as texts with the columns that they span.
fn rows(table: Table, figure: &mut impl FnMut() -> u64) -> Vec<Vec<(PrintedCell, String)>> {
    let mut rows: Vec<Vec<(PrintedCell, String)>> = Vec::new();
    for cell in form::printed(table, Edition::E2021) {
        let text = match cell.content {
            Content::Figure(_) => figure().to_string(),
            Content::Label(..) => cell.content.label(Language::Chinese).unwrap_or_default().to_owned(),
        };
        if rows.len() <= cell.row {
            rows.resize(cell.row + 1, Vec::new());
        }
        rows[cell.row].push((cell, text));
    }
    rows
}

pub(crate) fn tabs(mut figure: impl FnMut() -> u64) -> String {
    let mut page = format!("{TITLE}\n一、总体情况\n{}\n", PROSE.repeat(20));
    for (&table, title) in Table::ALL.iter().zip(TITLES) {
        _ = writeln!(page, "{title}");
        for row in rows(table, &mut figure) {
            let mut line = String::new();
            let mut at = 0;
            for (cell, text) in row {
                line += &"\t".repeat(cell.column - at);
                at = cell.column;
                line += &text;
            }
            _ = writeln!(page, "{line}");
        }
    }
    page
}

pub(crate) fn columns(mut figure: impl FnMut() -> u64) -> String {
    let mut page = format!("{TITLE}\n    一、总体情况\n{}", format!("    {PROSE}\n").repeat(20));
    for (&table, title) in Table::ALL.iter().zip(TITLES) {
        _ = writeln!(page, "    {title}");
        for row in rows(table, &mut figure) {
            let mut line = String::new();
            for (cell, text) in row {
                let figures = if table == Table::Requests { 2 } else { 0 };
                let place = if cell.column > figures { 20 + 12 * cell.column } else { 8 * cell.column };
                line += &" ".repeat(place.saturating_sub(line.chars().count()).max(usize::from(!line.is_empty()) * 2));
                line += &text;
            }
            _ = writeln!(page, "{line}");
        }
    }
    page
}

pub(crate) fn markdown(mut figure: impl FnMut() -> u64) -> String {
    let mut page = format!("# {TITLE}\n\n## 一、总体情况\n\n{}\n", PROSE.repeat(20));
    for (&table, title) in Table::ALL.iter().zip(TITLES) {
        _ = writeln!(page, "\n## {title}\n");
        for (at, row) in rows(table, &mut figure).into_iter().enumerate() {
            let width = if table == Table::Requests {
                10
            } else if table == Table::Disputes {
                15
            } else {
                4
            };
            let mut cells = vec![String::new(); width];
            for (cell, text) in row {
                cells[cell.column] = text;
            }
            _ = writeln!(page, "| {} |", cells.join(" | "));
            if at == 0 {
                _ = writeln!(page, "|{}", "---|".repeat(width));
            }
        }
    }
    page
}

pub(crate) fn html(mut figure: impl FnMut() -> u64) -> String {
    let mut page = format!("<html><body><p>{TITLE}</p><p>一、总体情况</p><p>{}</p>", PROSE.repeat(20));
    for (&table, title) in Table::ALL.iter().zip(TITLES) {
        _ = write!(page, "<p>{title}</p><table border=\"1\">");
        for row in rows(table, &mut figure) {
            page += "<tr>";
            for (cell, text) in row {
                _ = write!(
                    page,
                    "<td colspan=\"{}\" rowspan=\"{}\" style=\"width:38px;\"><p align=\"center\">{text}</p></td>",
                    cell.columns, cell.rows
                );
            }
            page += "</tr>\n";
        }
        page += "</table>";
    }
    page + "</body></html>"
}
