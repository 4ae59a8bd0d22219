//! The description of the form, held against the facts in `tests/data/form`.

use gongkai::{
    Applicant, CellAddress, Content, DisclosureColumn, DisclosureRow, Edition, Identity, Language, Proceeding, RequestRow, Ruling, Section,
    Table, form,
};
use serde_json::Value;

use crate::corpus::data;

fn facts(edition: Edition) -> Value {
    serde_json::from_str(&data(&format!("form/{edition}.json"))).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

#[test]
fn the_forms_have_198_and_200_cells_each_printed_once() {
    for (edition, expected) in [(Edition::E2019, 198), (Edition::E2021, 200)] {
        let cells: Vec<_> = Table::ALL.iter().flat_map(|&table| form::cells(table, edition)).collect();
        assert_eq!(cells.len(), expected);
        let mut unique = cells.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), expected);
        assert!(cells.iter().all(|cell| cell.is_in(edition)));
    }
}

#[test]
fn sections_are_titled_as_printed() {
    for &edition in Edition::ALL {
        let facts = facts(edition);
        let ours: Vec<_> = Section::ALL.iter().skip(1).map(|section| (section.key(), section.label(edition))).collect();
        let printed: Vec<_> = list(&facts["sections"]).iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect();
        assert_eq!(ours, printed);
        assert_eq!(edition.issued_by(), text(&facts["issued_by"]));
    }
}

#[test]
fn part_two_has_its_blocks_rows_columns_and_labels_in_order() {
    for &edition in Edition::ALL {
        let facts = facts(edition);
        assert_eq!(Table::DISCLOSURE_HEADER, text(&facts["disclosure"]["header"]));
        let printed = list(&facts["disclosure"]["blocks"]);
        assert_eq!(form::blocks(edition).len(), printed.len());
        for (block, printed) in form::blocks(edition).iter().zip(printed) {
            assert_eq!(block.article, text(&printed["article"]));
            let rows: Vec<_> = block.rows.iter().map(|row| (row.key(), row.label(edition))).collect();
            assert_eq!(rows, list(&printed["rows"]).iter().map(|row| (text(&row[0]), text(&row[1]))).collect::<Vec<_>>());
            let columns: Vec<_> = block.columns.iter().map(|column| (column.key(), column.label(edition))).collect();
            assert_eq!(columns, list(&printed["columns"]).iter().map(|column| (text(&column[0]), text(&column[1]))).collect::<Vec<_>>());
        }
    }
}

#[test]
fn part_three_has_its_rows_columns_groups_and_labels_in_order() {
    for &edition in Edition::ALL {
        let facts = facts(edition);
        let requests = &facts["requests"];
        assert_eq!(Table::REQUESTS_NOTE, text(&requests["printed_note"]));
        let rows: Vec<_> = RequestRow::of(edition).collect();
        assert_eq!(rows.len(), list(&requests["rows"]).len());
        for (row, printed) in rows.iter().zip(list(&requests["rows"])) {
            assert_eq!((row.key(), row.label(edition)), (text(&printed["key"]), text(&printed["label"])));
            assert_eq!(row.group().map(|group| group.label), printed["group"].as_str(), "{row}");
            let under = (row.is_outcome() || *row == RequestRow::Concluded).then_some(RequestRow::OUTCOMES_LABEL);
            assert_eq!(under, printed["under"].as_str(), "{row}");
        }
        for (who, printed) in Applicant::ALL.iter().zip(list(&requests["columns"])) {
            assert_eq!((who.key(), who.label(edition)), (text(&printed["key"]), text(&printed["label"])));
            let group = Applicant::ORGANIZATIONS;
            assert_eq!(group.members.contains(who).then_some(group.label), printed["group"].as_str());
        }
    }
}

#[test]
fn part_four_has_its_blocks_and_columns_in_order() {
    for &edition in Edition::ALL {
        let facts = facts(edition);
        for (block, printed) in Proceeding::ALL.iter().zip(list(&facts["disputes"]["rows"])) {
            let litigation = Proceeding::LITIGATION;
            let group = if litigation.members.contains(block) { format!("{}·", litigation.label) } else { String::new() };
            assert_eq!((block.key(), format!("{group}{}", block.label(edition))), (text(&printed[0]), text(&printed[1]).to_owned()));
        }
        for (ruling, printed) in Ruling::ALL.iter().zip(list(&facts["disputes"]["columns"])) {
            assert_eq!((ruling.key(), ruling.label(edition)), (text(&printed[0]), text(&printed[1])));
        }
    }
}

#[test]
fn the_printed_grid_is_a_full_rectangle_without_overlaps() {
    for &edition in Edition::ALL {
        for &table in Table::ALL {
            let cells = form::printed(table, edition);
            let rows = cells.iter().map(|cell| cell.row + cell.rows).max().unwrap();
            let columns = cells.iter().map(|cell| cell.column + cell.columns).max().unwrap();
            let mut covered = vec![0_u32; rows * columns];
            for cell in &cells {
                for row in cell.row..cell.row + cell.rows {
                    for column in cell.column..cell.column + cell.columns {
                        covered[row * columns + column] += 1;
                    }
                }
            }
            assert!(covered.iter().all(|&times| times == 1), "{table} {edition}: {covered:?}");
            let figures = cells.iter().filter_map(|cell| match cell.content {
                Content::Figure(address) => Some(address),
                Content::Label(..) => None,
            });
            assert_eq!(figures.collect::<Vec<_>>(), form::cells(table, edition).collect::<Vec<_>>());
        }
    }
}

#[test]
fn part_three_is_headed_by_three_rows_with_the_spans_of_the_form() {
    let cells = form::printed(Table::Requests, Edition::E2021);
    let span = |label: &str| {
        let cell = cells.iter().find(|cell| cell.content.label(Language::Chinese) == Some(label)).unwrap();
        (cell.row, cell.column, cell.rows, cell.columns)
    };
    assert_eq!(span(Table::REQUESTS_NOTE), (0, 0, 3, 3));
    assert_eq!(span(Applicant::HEADING), (0, 3, 1, 7));
    assert_eq!(span("自然人"), (1, 3, 2, 1));
    assert_eq!(span("法人或其他组织"), (1, 4, 1, 5));
    assert_eq!(span("总计"), (1, 9, 2, 1));
    assert_eq!(span(RequestRow::OUTCOMES_LABEL), (5, 0, 22, 1));
    assert_eq!(span("（三）不予公开"), (7, 1, 8, 1));
}

#[test]
fn addresses_and_identities_round_trip_as_words() {
    for &edition in Edition::ALL {
        for cell in Table::ALL.iter().flat_map(|&table| form::cells(table, edition)) {
            assert_eq!(cell.to_string().parse(), Ok(cell));
            assert_eq!(serde_json::from_value::<CellAddress>(serde_json::to_value(cell).unwrap()).unwrap(), cell);
        }
    }
    for identity in Identity::all() {
        assert_eq!(identity.to_string().parse(), Ok(identity));
    }
    assert_eq!(Identity::Applicants(RequestRow::Received).to_string(), "T3-APPLICANTS/received");
    assert_eq!(Identity::Total(Proceeding::Reconsideration).to_string(), "T4-TOTAL/reconsideration");
}

#[test]
fn a_word_that_names_no_cell_is_told() {
    for word in
        ["", "T3", "T3/received", "T3/received/", "T5/received/total", "T2/rules/projects", "T3/received/total/x", "t3/received/total"]
    {
        let error = word.parse::<CellAddress>().unwrap_err();
        assert_eq!(error.to_string(), format!("unknown cell address {word:?}"));
    }
    assert_eq!("x".repeat(500).parse::<CellAddress>().unwrap_err().key().len(), 80);
}

#[test]
fn the_identities_are_7_7_25_and_3_or_23_rows() {
    for (edition, rows) in [(Edition::E2019, 23), (Edition::E2021, 25)] {
        let of = |rule: &str| Identity::of(edition).filter(|identity| identity.rule().key() == rule).count();
        assert_eq!((of("T3-BALANCE"), of("T3-OUTCOMES"), of("T3-APPLICANTS"), of("T4-TOTAL")), (7, 7, rows, 3));
    }
}

#[test]
fn every_cell_of_part_three_stands_in_two_sums_or_in_three_where_it_is_a_total_of_outcomes() {
    for &edition in Edition::ALL {
        for cell in form::cells(Table::Requests, edition) {
            let sums =
                Identity::of(edition).filter(|sum| sum.left(edition).chain(sum.right(edition)).any(|operand| operand == cell)).count();
            let CellAddress::Requests(row, _) = cell else { continue };
            assert_eq!(sums, if row == RequestRow::Concluded { 3 } else { 2 }, "{cell}");
        }
    }
}

#[test]
fn numbers_of_rows_read_as_people_write_them() {
    for (row, number) in [
        (RequestRow::Received, "一"),
        (RequestRow::Disclosed, "三（一）"),
        (RequestRow::PartiallyDisclosed, "三（二）"),
        (RequestRow::WithheldStateSecret, "三（三）1"),
        (RequestRow::Other, "三（六）"),
        (RequestRow::OtherReasons, "三（六）3"),
        (RequestRow::Concluded, "三（七）"),
        (RequestRow::CarriedForward, "四"),
    ] {
        assert_eq!(row.number(), number);
    }
}

#[test]
fn places_are_named_by_the_labels_of_the_form_of_their_table() {
    let cell = CellAddress::Disclosure(DisclosureRow::NormativeDocuments, DisclosureColumn::InForce);
    assert_eq!(cell.place(Edition::E2021, Language::Chinese), "表二·行政规范性文件·现行有效件数");
    let cell = CellAddress::Disclosure(DisclosureRow::NormativeDocuments, DisclosureColumn::Made);
    assert_eq!(cell.place(Edition::E2019, Language::Chinese), "表二·规范性文件·本年新制作数量");
    let cell = CellAddress::Requests(RequestRow::OtherReasons, Applicant::OtherOrganization);
    assert_eq!(cell.place(Edition::E2021, Language::Chinese), "表三·（六）其他处理·3.其他·其他");
    let cell = CellAddress::Disputes(Proceeding::DirectLitigation, Ruling::Total);
    assert_eq!(cell.place(Edition::E2021, Language::Chinese), "表四·行政诉讼·未经复议直接起诉·总计");
    assert_eq!(cell.place(Edition::E2021, Language::English), "Table 4 · direct litigation · total");
}
