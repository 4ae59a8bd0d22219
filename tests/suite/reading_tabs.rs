//! Pages with tabs between the cells.

use proptest::prelude::*;

use gongkai::{Cell, CellAddress, Edition, NoticeKind, Number, Reading, Section, Table, form, read};

const PAGE: &str = include_str!("../data/pages/haiyuan-science-2020.txt");

fn cells() -> Vec<CellAddress> {
    Table::ALL.iter().flat_map(|&table| form::cells(table, Edition::E2019)).collect()
}

fn is_blank_row(cell: CellAddress) -> bool {
    matches!(cell.row_key(), "partially_disclosed" | "carried_forward")
}

#[test]
fn a_page_with_broken_labels_and_surplus_cells_is_read() {
    let Reading { report, notices } = read(PAGE).expect("the page is read");
    assert_eq!((report.authority().name(), report.year()), ("海原县科学技术局", 2020));
    for cell in cells() {
        let expected = match cell.kind() {
            _ if is_blank_row(cell) => Cell::Blank,
            gongkai::CellKind::Change => Cell::Value(Number::Change(0)),
            gongkai::CellKind::Count => Cell::Value(Number::Count(0)),
            gongkai::CellKind::Money(unit) => gongkai::Money::new(gongkai::rust_decimal::Decimal::ZERO, unit).into(),
        };
        assert_eq!(report.cell(cell), Some(expected), "{cell}");
    }
    let kinds: Vec<_> = notices.iter().map(|notice| (notice.kind, notice.line, notice.cells.len())).collect();
    let surplus: Vec<_> = (66..=72).map(|line| (NoticeKind::SurplusFigure, Some(line), 7)).collect();
    assert_eq!(kinds, surplus);
}

#[test]
fn inner_headings_open_no_part() {
    let report = read(PAGE).expect("the page is read").report;
    let overview = report.section(Section::Overview).expect("the part has a text");
    assert!(overview.contains("一、加强组织领导") && overview.contains("三、突出工作重点"));
    assert_eq!(report.section(Section::OtherMatters), Some("无"));
    assert_eq!(report.section(Section::Disputes), Some(""));
    assert!(!report.section(Section::Disclosure).is_some_and(|text| text.contains("规章")));
}

/// Part four is printed in one row, whatever its blocks.
fn printed_row(cell: CellAddress) -> (Table, &'static str) {
    (cell.table(), if cell.table() == Table::Disputes { "" } else { cell.row_key() })
}

/// A printed figure: a number, a mark or nothing.
fn figure() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["0", "1", "7", "12", "345", "1,234", "９８", "", "", "/", "—"])
}

proptest! {
    /// The page with other figures in its tables: every row with as many figures as columns is read as printed, one with blanks
    /// among as many cells is read as printed or told (its labels stand in three different columns, so that blanks can hide
    /// where the figures begin), and one with a figure too many is read only if all its figures are the same.
    #[test]
    fn other_figures_on_the_same_page_are_read_as_printed(figures in prop::collection::vec(figure(), 256)) {
        let mut figures = figures.into_iter();
        let mut cells = cells().into_iter().filter(|&cell| !is_blank_row(cell)).peekable();
        let (mut page, mut expected, mut surplus) = (Vec::new(), Vec::new(), Vec::new());
        for line in PAGE.lines() {
            if !line.contains("\t0") && !line.starts_with("0\t") {
                page.push(line.to_owned());
                continue;
            }
            let parts: Vec<&str> =
                line.split('\t').map(|part| if part == "0" { figures.next().expect("there are enough figures") } else { part }).collect();
            let slots: Vec<&str> =
                line.split('\t').zip(&parts).filter(|(before, _)| *before == "0").map(|(_, &after)| after).collect();
            let row = printed_row(*cells.peek().expect("the row has cells"));
            let row: Vec<_> = std::iter::from_fn(|| cells.next_if(|&cell| printed_row(cell) == row)).collect();
            if slots.len() == row.len() {
                expected.push((row, slots));
            } else {
                surplus.push((row, slots));
            }
            page.push(parts.join("\t"));
        }
        let Reading { report, notices } = read(page.join("\n")).expect("the page is read");
        for (row, slots) in expected {
            let told = notices.iter().any(|notice| notice.cells == row);
            let unread = row.iter().all(|&cell| report.cell(cell) == Some(Cell::Unreadable));
            if told && unread && slots.contains(&"") {
                continue;
            }
            for (cell, printed) in row.into_iter().zip(slots) {
                prop_assert_eq!(report.cell(cell), Some(gongkai::read_cell(printed, cell.kind()).cell), "{} from {:?}", cell, printed);
                prop_assert!(!notices.iter().any(|notice| notice.cells.contains(&cell)), "{}", cell);
            }
        }
        for (row, slots) in surplus {
            let told = notices.iter().any(|notice| notice.cells == row);
            // A blank at an end leaves as many figures as columns, and the headings tell their places.
            let blanks_end_it = slots.first() == Some(&"") || slots.last() == Some(&"");
            let unread = row.iter().all(|&cell| report.cell(cell) == Some(Cell::Unreadable));
            let same = slots.iter().all(|slot| slot == &slots[0]);
            prop_assert!((unread && told) || (same && (told || slots[0].is_empty())) || blanks_end_it, "{:?}: {:?}", row, slots);
        }
    }
}
