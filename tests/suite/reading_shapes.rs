//! Tables in other shapes than the form's: turned, split, between commas, a cell on each line, with columns and rows of their own.

use gongkai::{Cell, CellAddress, Edition, NoticeKind, Reading, Report, Table, form, read};

use crate::corpus::report;

const TITLES: [&str; 3] = ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"];

type Rows = Vec<Vec<String>>;

/// A table as the form prints it, every cell in each place that it covers.
fn grid(report: &Report, table: Table) -> Rows {
    let mut rows: Rows = Vec::new();
    for place in form::printed(table, report.edition(table)) {
        let text = match place.content {
            gongkai::Content::Figure(cell) => match report.cell(cell) {
                Some(Cell::Value(number)) => number.to_string().trim_end_matches("万元").to_owned(),
                _ => String::new(),
            },
            gongkai::Content::Label(..) => place.content.label(gongkai::Language::Chinese).unwrap_or_default().to_owned(),
        };
        for row in place.row..place.row + place.rows {
            rows.resize(rows.len().max(row + 1), Vec::new());
            let cells = &mut rows[row];
            cells.resize(cells.len().max(place.column + place.columns), String::new());
            cells[place.column..place.column + place.columns].fill(text.clone());
        }
    }
    rows
}

/// Part three with one row of headings and one column of labels.
fn plain_requests(report: &Report) -> Rows {
    let rows = grid(report, Table::Requests);
    rows.into_iter().skip(2).map(|row| row.into_iter().skip(2).collect()).collect()
}

/// A page of the three tables, each written by `write`.
fn page(report: &Report, tables: &[Rows; 3], write: impl Fn(&Rows) -> String) -> String {
    let mut page = format!("{}{}年政府信息公开工作年度报告\n\n", report.authority().name(), report.year());
    for (title, rows) in TITLES.into_iter().zip(tables) {
        page.extend([title, "\n\n", &write(rows), "\n\n"]);
    }
    page + "六、其他需要报告的事项\n\n没有收取信息处理费。\n"
}

fn tables(report: &Report) -> [Rows; 3] {
    [Table::Disclosure, Table::Requests, Table::Disputes].map(|table| grid(report, table))
}

fn markdown(rows: &Rows) -> String {
    let line = |row: &Vec<String>| format!("| {} |\n", row.join(" | "));
    let rule = format!("|{}\n", "---|".repeat(rows[0].len()));
    line(&rows[0]) + &rule + &rows[1..].iter().map(line).collect::<String>()
}

fn lines(rows: &Rows, between: &str) -> String {
    rows.iter().map(|row| row.join(between)).collect::<Vec<_>>().join("\n")
}

/// The cells that do not read as they are printed, but for blank ones where nothing is printed.
fn wrong(expected: &Report, reading: &Reading) -> Vec<CellAddress> {
    expected.cells().filter(|(cell, found)| reading.report.cell(*cell) != Some(*found)).map(|(cell, _)| cell).collect()
}

fn kinds(reading: &Reading) -> Vec<NoticeKind> {
    reading.notices.iter().map(|notice| notice.kind).collect()
}

fn assert_read(expected: &Report, page: &str) {
    let reading = read(page).unwrap();
    assert_eq!(wrong(expected, &reading), [], "{page}\n{:?}", reading.notices);
    assert_eq!(reading.notices, []);
}

#[test]
fn tables_are_read_with_every_label_in_every_place_that_it_covers() {
    for name in ["suqian-2023", "suqian-2024"] {
        let report = report(name);
        assert_read(&report, &page(&report, &tables(&report), markdown));
    }
}

#[test]
fn tables_whose_rows_are_columns_are_turned_back() {
    let report = report("suqian-2024");
    let rows = plain_requests(&report);
    let turned = (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column].clone()).collect()).collect();
    let [disclosure, _, disputes] = tables(&report);
    assert_read(&report, &page(&report, &[disclosure, turned, disputes], markdown));
}

#[test]
fn text_between_commas_is_a_table() {
    let report = report("suqian-2024");
    let quoted = |rows: &Rows| {
        let cell = |text: &String| if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() };
        rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("\n")
    };
    assert_read(&report, &page(&report, &tables(&report), quoted));
}

#[test]
fn cells_that_browsers_copy_to_lines_of_their_own_are_rows() {
    let report = report("suqian-2024");
    // A paragraph in every cell: text, line, tab, line, text.
    assert_read(&report, &page(&report, &tables(&report), |rows| lines(rows, "\n\t\n").replace("\n\n", "\n")));
    // Nothing but lines: headings once, and in each row its figures below its label.
    let [disclosure, _, disputes] = tables(&report);
    let tables = [disclosure, plain_requests(&report), disputes];
    let reading = read(page(&report, &tables, |rows| lines(rows, "\n"))).unwrap();
    let silent: Vec<_> = wrong(&report, &reading)
        .into_iter()
        .filter(|cell| cell.table() == Table::Requests || !reading.notices.iter().any(|notice| notice.cells.contains(cell)))
        .collect();
    assert_eq!(silent, []);
}

#[test]
fn a_column_that_the_form_does_not_have_is_left_out_and_told() {
    let report = report("suqian-2024");
    for place in [3, 5, 9] {
        let [disclosure, mut requests, disputes] = tables(&report);
        for (at, row) in requests.iter_mut().enumerate() {
            row.insert(place, if at < 3 { "同比增减".to_owned() } else { format!("{at}") });
        }
        let reading = read(page(&report, &[disclosure, requests, disputes], markdown)).unwrap();
        assert_eq!(wrong(&report, &reading), [], "{:?}", reading.notices);
        assert_eq!(kinds(&reading), [NoticeKind::UnknownColumn]);
        assert!(reading.notices[0].line.is_some() && reading.notices[0].printed.contains("同比增减"));
    }
}

#[test]
fn headings_and_labels_are_known_by_what_is_left_of_them() {
    let report = report("suqian-2024");
    let misprint = |from: &str, to: &str| {
        let tables =
            tables(&report).map(|rows| rows.into_iter().map(|row| row.into_iter().map(|text| text.replace(from, to)).collect()).collect());
        assert_read(&report, &page(&report, &tables, markdown));
    };
    misprint("科研机构", "科研机勾");
    misprint("社会公益组织", "社会组织");
    misprint("其他", "其它");
    misprint("总计", "合计");
    misprint("、行政机关不再处理其政府信息公开申请", "");
    misprint("属于国家秘密", "国家机密");
    misprint("行政", "⾏政");
}

const NAMES: [&str; 3] = ["行政复议", "未经复议直接起诉", "复议后起诉"];
const RESULTS: [&str; 5] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
const HEAD: &str = "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n|---|---|---|---|---|\n";

#[test]
fn rows_of_proceedings_are_found_in_grids_of_their_own() {
    let report = report("suqian-2024");
    let disputes = |rows: fn(&[Vec<String>]) -> String| {
        let grid = grid(&report, Table::Disputes);
        let [disclosure, requests, _] = tables(&report);
        let mut page = page(&report, &[disclosure, requests, vec![vec!["@".to_owned()]]], markdown);
        let figures: Vec<Vec<String>> = grid.last().unwrap().chunks(5).map(<[String]>::to_vec).collect();
        page = page.replace("| @ |\n|---|\n", &rows(&figures));
        assert_read(&report, &page);
    };
    disputes(|figures| {
        let grids: Vec<_> = NAMES.iter().zip(figures).map(|(name, row)| format!("{name}\n\n{HEAD}| {} |\n", row.join(" | "))).collect();
        grids.join("\n")
    });
    disputes(|figures| {
        let rows: Vec<_> = NAMES.iter().zip(figures).map(|(name, row)| format!("| {name} | {} |", row.join(" | "))).collect();
        format!("| 类别 {HEAD}{}\n", rows.join("\n")).replace("\n|---", "\n|---|---")
    });
    disputes(|figures| {
        let rows = RESULTS
            .iter()
            .enumerate()
            .map(|(at, name)| format!("| {name} | {} | {} | {} |\n", figures[0][at], figures[1][at], figures[2][at]));
        format!("| 结果 | {} |\n|---|---|---|---|\n{}", NAMES.join(" | "), rows.collect::<String>())
    });
}

#[test]
fn lines_that_print_no_totals_are_read_without_them() {
    let report = report("suqian-2024");
    let mut page = format!("{}2024年政府信息公开工作年度报告\n{}\n", report.authority().name(), TITLES[1]);
    let line = |label: &str, figures: &[String]| {
        let cells: Vec<_> = figures.iter().map(|text| format!("{text:>8}")).collect();
        format!("{label}{}{}\n", " ".repeat(40_usize.saturating_sub(label.chars().count())), cells.concat())
    };
    let rows = plain_requests(&report);
    for row in &rows[1..] {
        page += &line(&row[0], &row[1..7]);
    }
    let reading = read(&page).unwrap();
    let missing = |cell: &CellAddress| cell.table() == Table::Requests && cell.column_key() != "total";
    assert_eq!(wrong(&report, &reading).into_iter().filter(missing).collect::<Vec<_>>(), [], "{page}\n{:?}", reading.notices);
    let told: Vec<_> =
        reading.notices.iter().filter(|notice| notice.kind == NoticeKind::BlankColumn).flat_map(|notice| &notice.cells).collect();
    assert_eq!(told.len(), rows.len() - 1);
    assert!(told.into_iter().all(|&cell| cell.column_key() == "total" && reading.report.cell(cell) == Some(Cell::Blank)));
}

#[test]
fn bytes_that_are_no_character_are_told_with_their_line() {
    let report = report("suqian-2024");
    let page = page(&report, &tables(&report), markdown);
    let mut bytes = page.clone().into_bytes();
    let at = page.find("没有收取").unwrap();
    bytes[at] = 0xff;
    let reading = read(&bytes).unwrap();
    assert_eq!(wrong(&report, &reading), []);
    let line = page[..at].matches('\n').count() + 1;
    assert_eq!(
        reading.notices.iter().map(|notice| (notice.kind, notice.line)).collect::<Vec<_>>(),
        [(NoticeKind::DamagedText, Some(line))]
    );
}

#[test]
fn a_figure_between_the_lines_of_a_label_is_in_a_cell_or_its_row_is_told() {
    // The label of a row is cut in two, and other labels open between its halves: nobody has the figures.
    let page = "某县2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n\
                \t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n\
                一、本年新收政府信息公开申请数量\t5\t0\t0\t0\t0\t0\t5\n\
                （二）部分公开（区分处理\t\n\t1\t0\t0\t0\t0\t0\t1\n的，只计这一情形，不计其他情形）\t\n\
                1.属于国家秘密\t2\t0\t0\t0\t0\t0\t2\n2.其他法律行政法规禁止公开\t2\t0\t0\t0\t0\t0\t2\n";
    let Reading { report, notices } = read(page).unwrap();
    for cell in form::cells(Table::Requests, Edition::E2021).filter(|cell| cell.row_key() == "partially_disclosed") {
        let right = u64::from(matches!(cell.column_key(), "natural_person" | "total"));
        let told = notices.iter().any(|notice| notice.cells.contains(&cell));
        assert!(report.cell(cell) == Some(Cell::Value(gongkai::Number::Count(right))) || told, "{cell}: {notices:?}");
    }
}

#[test]
fn a_second_report_on_the_page_is_not_read_but_told() {
    let (first, second) = (report("suqian-2023"), report("suqian-2024"));
    for write in [markdown, |rows: &Rows| lines(rows, "\t")] {
        let one = page(&first, &tables(&first), write);
        let reading = read(one.clone() + &page(&second, &tables(&second), write)).unwrap();
        assert_eq!((reading.report.year(), wrong(&first, &reading)), (2023, vec![]));
        let told: Vec<_> = reading.notices.iter().map(|notice| (notice.kind, notice.line)).collect();
        assert_eq!(told, [(NoticeKind::SecondReport, Some(one.lines().count() + 1))]);
    }
    // The title in every running head is that of one report, and a list of the reports of other years is none.
    let links = "某县教育局2021年政府信息公开工作年度报告\n\n某县教育局2022年政府信息公开工作年度报告\n\n";
    let one = page(&first, &tables(&first), markdown);
    assert_eq!(wrong(&first, &read(one.clone() + links).unwrap()), []);
}

#[test]
fn columns_that_a_table_does_not_print_are_blank_and_told() {
    let report = report("suqian-2024");
    for (column, key) in [(9, "total"), (5, "research_institution")] {
        let [disclosure, mut requests, disputes] = tables(&report);
        for row in &mut requests {
            row.remove(column);
        }
        let reading = read(page(&report, &[disclosure, requests, disputes], markdown)).unwrap();
        let missing: Vec<_> = reading.notices.iter().map(|notice| (notice.kind, notice.cells.clone())).collect();
        let column: Vec<_> = report.requests().cells().map(|(cell, _)| cell).filter(|cell| cell.column_key() == key).collect();
        assert_eq!(missing, [(NoticeKind::MissingRows, column.clone())]);
        assert!(wrong(&report, &reading).iter().all(|cell| column.contains(cell)));
        assert!(column.iter().all(|&cell| reading.report.cell(cell) == Some(Cell::Blank)));
        let name = column[0].column_place(Edition::E2021, gongkai::Language::Chinese);
        assert_eq!(reading.notices[0].display(gongkai::Language::Chinese).to_string(), format!("{name}：页面未印该项，按空白处理"));
    }
    // A word over the labels of the rows is no heading of a column.
    let [disclosure, mut requests, disputes] = tables(&report);
    requests.drain(..2);
    for (at, row) in requests.iter_mut().enumerate() {
        row.remove(5);
        let label = if at == 0 { "项目".to_owned() } else { row[2].clone() };
        row[..3].fill(label);
    }
    let reading = read(page(&report, &[disclosure, requests, disputes], markdown)).unwrap();
    assert!(wrong(&report, &reading).iter().all(|cell| cell.column_key() == "research_institution"), "{:?}", reading.notices);
}

#[test]
fn headings_in_another_order_are_followed_or_told() {
    let report = report("suqian-2024");
    for write in [markdown, |rows: &Rows| lines(rows, "\t")] {
        for (one, other) in [(3, 9), (4, 5), (7, 8)] {
            let [disclosure, mut requests, disputes] = tables(&report);
            for row in &mut requests {
                row.swap(one, other);
            }
            let reading = read(page(&report, &[disclosure, requests, disputes], write)).unwrap();
            assert!(wrong(&report, &reading).iter().all(|cell| reading.notices.iter().any(|notice| notice.cells.contains(cell))));
        }
    }
}

#[test]
fn a_label_beside_the_row_of_part_four_is_no_figure() {
    let report = report("suqian-2024");
    let [disclosure, requests, mut disputes] = tables(&report);
    let last = disputes.len() - 1;
    for (at, row) in disputes.iter_mut().enumerate() {
        row.insert(0, if at == last { "件数" } else { "项目" }.to_owned());
    }
    disputes[last][15] = String::new();
    let reading = read(page(&report, &[disclosure, requests, disputes], markdown)).unwrap();
    let silent = |cell: &CellAddress| !reading.notices.iter().any(|notice| notice.cells.contains(cell));
    let blank: CellAddress = "T4/litigation_after_reconsideration/total".parse().unwrap();
    assert_eq!(wrong(&report, &reading).into_iter().filter(silent).filter(|&cell| cell != blank).collect::<Vec<_>>(), []);
}

#[test]
fn digits_that_are_raised_or_struck_out_are_no_part_of_a_number() {
    let read_as = |cell: &str| {
        let page = format!(
            "# 某县2023年政府信息公开工作年度报告\n\n二、主动公开政府信息情况\n\n| 第二十条第（五）项 | |\n|---|---|\n| 信息内容 | 本年处理决定数量 |\n| 行政许可 | {cell} |\n"
        );
        read(page).unwrap().report.cell("T2/licences/decisions".parse().unwrap())
    };
    let count = |count| Some(Cell::Value(gongkai::Number::Count(count)));
    for cell in ["12", "12<sup>1</sup>", "12<a href=\"#fn1\">1</a>", "<del>9</del>12", "~~9~~12", "<b>12</b>", "12①"] {
        assert_eq!(read_as(cell), count(12), "{cell}");
    }
    assert_eq!(read_as("<sub>0</sub>"), count(0));
}

#[test]
fn a_heading_with_another_unit_is_told() {
    let told = |heading: &str, figure: &str| {
        let page = format!(
            "某县2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（八）项\n信息内容\t{heading}\n行政事业性收费\t{figure}"
        );
        read(page).unwrap().notices.into_iter().any(|notice| {
            notice.kind == NoticeKind::OtherUnit && notice.cells == ["T2/fees/amount".parse().unwrap()] && notice.printed.contains(heading)
        })
    };
    assert!(told("本年收费金额（单位：元）", "77302800"));
    assert!(!told("本年收费金额（单位：元）", "7730.28万元"));
    assert!(!told("本年收费金额（单位：万元）", "7730.28"));
    assert!(!told("本年收费金额", "7730.28"));
}

/// Part three in lines that keep columns, a letter of its groups' labels, set vertically, below each row; `between` stands in its midst.
fn upright(report: &Report, between: &str) -> String {
    let rows = plain_requests(report);
    let mut letters = "三、本年度办理结果（四）无法提供（三）不予公开（五）不予处理".chars();
    let mut page = format!("某县{}年政府信息公开工作年度报告\n{}\n", report.year(), TITLES[1]);
    for (at, row) in rows.iter().enumerate() {
        // Text tools count characters.
        page.extend([format!("   {:<30}", row[0])]);
        page.extend(row[1..].iter().map(|figure| format!("{figure:>9}")));
        page.extend(letters.next().filter(|_| at > 0).map(|letter| format!("\n {letter}")));
        page.extend(["\n", if at == rows.len() / 2 { between } else { "" }]);
    }
    page
}

#[test]
fn letters_of_labels_that_are_set_upright_are_no_marks() {
    let mut report = report("suqian-2024");
    // Below this row stands the letter that is a mark by itself.
    for cell in form::cells(Table::Requests, Edition::E2021).filter(|cell| cell.row_key() == "withheld_enforcement_file") {
        report.set_printed(cell, "").unwrap();
    }
    let reading = read(upright(&report, "")).unwrap();
    let requests = |reading: &Reading| wrong(&report, reading).into_iter().filter(|cell| cell.table() == Table::Requests).count();
    assert_eq!(requests(&reading), 0, "{:?}", reading.notices);
    // The same letters, and no notice but that the other tables are not there.
    assert!(reading.notices.iter().all(|notice| notice.kind == NoticeKind::MissingTable), "{:?}", reading.notices);
}

#[test]
fn the_title_at_the_head_of_a_sheet_is_no_row() {
    let report = report("suqian-2024");
    for between in [
        "某县2024年政府信息公开工作年度报告\n",
        "        某县2024年政府信息\n公开工作年度报告\n",
        "\u{c}某县 2024 年政府信息公开工作年度报告\n",
    ] {
        let reading = read(upright(&report, between)).unwrap();
        assert!(reading.notices.iter().all(|notice| notice.kind == NoticeKind::MissingTable), "{between:?}: {:?}", reading.notices);
        assert_eq!(reading.report.authority().name(), "某县");
    }
    // That of another year is told, and makes no second report of half a table.
    let reading = read(upright(&report, "某县2019年政府信息公开工作年度报告\n")).unwrap();
    let kinds: Vec<_> = reading.notices.iter().map(|notice| notice.kind).filter(|kind| *kind != NoticeKind::MissingTable).collect();
    assert_eq!((kinds, reading.report.year()), (vec![NoticeKind::StrayFigure], 2024));
}

#[test]
fn rows_and_columns_that_a_program_counts_are_no_figures() {
    let report = report("suqian-2024");
    let counted = |rows: &Rows| -> Rows {
        let columns = rows.iter().map(Vec::len).max().unwrap();
        let head = std::iter::once(String::new()).chain((0..columns).map(|column| column.to_string())).collect();
        let row = |(at, row): (usize, &Vec<String>)| [vec![at.to_string()], row.clone()].concat();
        [vec![head], rows.iter().enumerate().map(row).collect()].concat()
    };
    let tables = tables(&report).map(|rows| counted(&rows));
    assert_read(&report, &page(&report, &tables, markdown));
    assert_read(&report, &page(&report, &tables, |rows| lines(rows, "\t")));
    // Figures that happen to count are figures: one row more does not.
    let mut tables = tables;
    let last = tables[1].len() - 1;
    tables[1][last][0] = "7".to_owned();
    let reading = read(page(&report, &tables, markdown)).unwrap();
    assert!(!kinds(&reading).is_empty());
}

#[test]
fn rows_that_sum_up_proceedings_are_told_and_the_others_read() {
    let report = report("suqian-2024");
    let row = |label: &str, cells: &[String]| [vec![label.to_owned()], cells.to_vec()].concat();
    let [disclosure, requests, disputes] = tables(&report);
    let (heads, figures) = (&disputes[disputes.len() - 2], &disputes[disputes.len() - 1]);
    for sum in ["总计", "行政诉讼", "行政诉讼（合计）"] {
        let blocks = ["行政复议", "未经复议直接起诉", "复议后起诉"].iter().zip(figures.chunks(5));
        let mut rows = vec![row("类型", &heads[..5])];
        rows.extend(blocks.map(|(label, figures)| row(label, figures)));
        rows.push(row(sum, &figures[10..]));
        let reading = read(page(&report, &[disclosure.clone(), requests.clone(), rows], markdown)).unwrap();
        assert_eq!((wrong(&report, &reading), kinds(&reading)), (vec![], vec![NoticeKind::UnknownRow]), "{sum}");
    }
}

#[test]
fn cells_between_tabs_and_spaces_are_read_where_they_are_all_there() {
    let report = report("suqian-2024");
    let mixed = |rows: &Rows| -> String {
        let between = ["\t", "    ", " \t", "\t  "];
        let line = |(at, row): (usize, &Vec<String>)| {
            let cells =
                row.iter().enumerate().map(|(column, cell)| format!("{}{cell}", if column > 0 { between[(at + column) % 4] } else { "" }));
            cells.collect::<Vec<_>>().concat()
        };
        rows.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
    };
    let tables = [grid(&report, Table::Disclosure), plain_requests(&report), grid(&report, Table::Disputes)];
    let reading = read(page(&report, &tables, mixed)).unwrap();
    let requests: Vec<_> = wrong(&report, &reading).into_iter().filter(|cell| cell.table() != Table::Disclosure).collect();
    assert_eq!(requests, []);
}

#[test]
fn the_figures_of_part_four_in_three_lines_without_names_are_read_where_they_add_up() {
    let report = report("suqian-2024");
    let [disclosure, requests, mut disputes] = tables(&report);
    let figures = disputes.pop().unwrap();
    disputes.extend(figures.chunks(5).map(<[String]>::to_vec));
    assert_read(&report, &page(&report, &[disclosure.clone(), requests.clone(), disputes.clone()], |rows| lines(rows, "\t")));
    disputes.last_mut().unwrap()[0] = "2".to_owned();
    let reading = read(page(&report, &[disclosure, requests, disputes], |rows| lines(rows, "\t"))).unwrap();
    assert!(kinds(&reading).contains(&NoticeKind::Misaligned));
}

#[test]
fn a_row_of_dashes_is_no_rule() {
    let report = report("suqian-2024");
    let [disclosure, requests, mut disputes] = tables(&report);
    disputes.last_mut().unwrap().fill("--".to_owned());
    let reading = read(page(&report, &[disclosure, requests, disputes], markdown)).unwrap();
    let unreadable = reading.report.cells().filter(|(cell, found)| cell.table() == Table::Disputes && *found == Cell::Unreadable);
    assert_eq!((unreadable.count(), kinds(&reading)), (15, vec![NoticeKind::UnreadableCell; 15]));
}

#[cfg(feature = "html")]
#[test]
fn a_number_beside_two_rows_is_neither_ones_and_a_mark_is_both_rows() {
    let page = |figure: &str| {
        let row = |cells: &[&str]| format!("<tr>{}</tr>", cells.concat());
        let rows = [
            row(&["<td>信息内容</td>", "<td>本年制发件数</td>", "<td>本年废止件数</td>", "<td>现行有效件数</td>"]),
            row(&["<td>规章</td>", "<td>1</td>", &format!("<td rowspan=\"2\">{figure}</td>"), "<td>3</td>"]),
            row(&["<td>行政规范性文件</td>", "<td>4</td>", "<td>6</td>"]),
        ];
        format!("<p>某县2023年政府信息公开工作年度报告</p><p>{}</p><table>{}</table>", TITLES[0], rows.concat())
    };
    let repealed = |figure: &str| {
        let reading = read(page(figure)).unwrap();
        let cell = |address: &str| reading.report.cell(address.parse().unwrap()).unwrap();
        assert_eq!(cell("T2/normative_documents/in_force"), Cell::Value(gongkai::Number::Count(6)));
        (cell("T2/rules/repealed"), cell("T2/normative_documents/repealed"), kinds(&reading)[..2] == [NoticeKind::UnreadableCell; 2])
    };
    // A row between them that is not shown prints nothing of it.
    let hidden = page("2").replace("rowspan=\"2\"", "rowspan=\"3\"");
    let hidden = hidden.replace("<tr><td>行政规范", "<tr style=\"display:none\"><td>规章</td></tr><tr><td>行政规范");
    assert!(!kinds(&read(hidden).unwrap()).contains(&NoticeKind::StrayFigure));
    assert_eq!(repealed("2"), (Cell::Unreadable, Cell::Unreadable, true));
    assert_eq!(repealed("/"), (Cell::NotApplicable, Cell::NotApplicable, false));
}

#[test]
fn a_row_with_too_few_figures_says_how_many_there_are() {
    let page = "某县2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n\
                自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n一、本年新收政府信息公开申请数量 5 0 0 0 0 5\n";
    let reading = read(page).unwrap();
    let notice = reading.notices.iter().find(|notice| notice.kind == NoticeKind::TooFewFigures).unwrap();
    assert_eq!(notice.counted, Some((6, 7)));
    assert!(notice.display(gongkai::Language::Chinese).to_string().contains("（印有 6 个，应有 7 个）"));
    assert!(notice.display(gongkai::Language::English).to_string().contains(" (6 printed, 7 expected)"));
}

#[test]
fn a_lone_number_at_the_end_of_a_sheet_is_no_figure_for_certain() {
    let page = |number: &str| {
        format!(
            "某县2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（五）项\n      信息内容              本年处理决定数量\n行政许可                          12\n\
             第二十条第（八）项\n      信息内容        本年收费金额（单位：万元）\n行政事业性收费\n\n                 {number}\n\u{c}\
             三、收到和处理政府信息公开申请情况\n           自然人    总计\n一、本年新收政府信息公开申请数量    1    1\n"
        )
    };
    let fee = "T2/fees/amount".parse().unwrap();
    // The first sheet's is one; another number may be the sheet's or the fee.
    let reading = read(page("1")).unwrap();
    assert_eq!(reading.report.cell(fee), Some(Cell::Blank));
    let reading = read(page("7")).unwrap();
    assert_eq!(reading.report.cell(fee), Some(Cell::Unreadable));
    assert!(reading.notices.iter().any(|notice| notice.kind == NoticeKind::Misaligned && notice.cells == [fee]), "{:?}", reading.notices);
}

#[test]
fn figures_of_part_four_that_a_page_break_cut_off_are_told() {
    let report = report("suqian-2024");
    let [disclosure, requests, mut disputes] = tables(&report);
    let figures = disputes.pop().unwrap();
    let text = page(&report, &[disclosure, requests, disputes], markdown);
    let text = text.replace("六、其他需要报告的事项", &format!("---\n\n第3页\n\n{}\n\n六、其他需要报告的事项", figures.join(" | ")));
    let reading = read(text).unwrap();
    let told = |cell: &CellAddress| reading.notices.iter().any(|notice| notice.cells.contains(cell));
    assert!(wrong(&report, &reading).iter().all(|cell| cell.table() == Table::Disputes && told(cell)), "{:?}", reading.notices);
}
