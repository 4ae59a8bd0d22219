//! Pages in every style, printed with the mess of real ones: no silent misreading, no silent loss, nearly everything read.

use gongkai::{Cell, NoticeKind, Reading, read, read_cell};

use crate::printing::{Figures, Printer, Seed, Style};

const STYLES: &[Style] = &[
    Style::Tabs,
    Style::Columns,
    Style::Markdown,
    #[cfg(feature = "html")]
    Style::Html,
];

/// What became of the cells of a page.
#[derive(Default, Debug)]
struct Score {
    cells: usize,
    unread: usize,
    /// Why, by kind of notice.
    kinds: std::collections::BTreeMap<&'static str, usize>,
}

/// Holds a page against its figures. Every fault is one line.
fn judge(page: &str, figures: &Figures, score: &mut Score) -> Vec<String> {
    let Reading { report, notices } = match read(page) {
        Ok(reading) => reading,
        Err(error) => return vec![format!("not read: {error}")],
    };
    let mut faults = Vec::new();
    for (&cell, text) in &figures.texts {
        let expected = read_cell(text, cell.kind()).cell;
        let found = report.cell(cell);
        let told = notices.iter().find(|notice| notice.cells.contains(&cell));
        score.cells += 1;
        if found == Some(expected) {
            let harmless = told.is_none_or(|notice| notice.kind == NoticeKind::SurplusFigure || expected == Cell::Unreadable);
            if !harmless {
                faults.push(format!("{cell} is read as {text:?} but told: {told:?}"));
            }
            continue;
        }
        score.unread += 1;
        *score.kinds.entry(told.map_or("", |notice| notice.kind.key())).or_default() += 1;
        if told.is_none() || !matches!(found, Some(Cell::Unreadable | Cell::Blank) | None) {
            faults.push(format!("{cell} is {text:?} and read as {found:?}, told: {told:?}"));
        }
    }
    faults
}

fn run(style: Style, pages: u64, blanks: &[&usize], damage: usize) -> Score {
    let mut score = Score::default();
    let mut bad = 0;
    let mut first = String::new();
    let pages = std::env::var("PAGES").ok().and_then(|pages| pages.parse().ok()).unwrap_or(pages);
    for at in 0..pages {
        let mut seed = Seed::new(at);
        let figures = Figures::new(style, blanks, &mut seed);
        let mess = *seed.pick(&[&0, &0, &10, &25]);
        let page = Printer { figures: &figures, seed: &mut seed, mess, damage }.print(style);
        let faults = judge(&page, &figures, &mut score);
        if !faults.is_empty() {
            bad += 1;
            if first.is_empty() {
                first = format!("page {at}:\n{}\n{page}", faults.join("\n"));
            }
        }
    }
    assert!(bad == 0, "{bad} of {pages} pages have faults, {score:?}; first {first}");
    score
}

fn nearly_everything_is_read(style: Style) {
    // In lines, a sheet that is nearly blank does not show where its columns are.
    let blanks: &[&usize] = if matches!(style, Style::Columns) { &[&0, &0, &5, &10, &40] } else { &[&0, &0, &10, &40, &85] };
    let score = run(style, 1_000, blanks, 0);
    assert!(score.unread * 200 <= score.cells, "{score:?}: less than 99.5 % of the cells are read");
}

#[test]
fn figures_too_many_too_few_or_cut_in_two_are_told() {
    for style in STYLES {
        run(*style, 400, &[&0, &0, &10, &40], 30);
    }
}

#[test]
fn pages_with_tabs_are_read() {
    nearly_everything_is_read(Style::Tabs);
}

#[test]
fn pages_in_markdown_are_read() {
    nearly_everything_is_read(Style::Markdown);
}

#[cfg(feature = "html")]
#[test]
fn pages_in_html_are_read() {
    nearly_everything_is_read(Style::Html);
}

#[cfg(not(feature = "html"))]
#[test]
fn pages_in_html_need_their_feature() {
    let mut seed = Seed::new(1);
    let figures = Figures::new(Style::Html, &[&0], &mut seed);
    let page = Printer { figures: &figures, seed: &mut seed, mess: 0, damage: 0 }.print(Style::Html);
    assert!(matches!(read(page), Err(gongkai::ReadError::Unsupported(gongkai::Source::Html))));
}

#[test]
fn pages_in_columns_are_read() {
    nearly_everything_is_read(Style::Columns);
}

#[test]
fn sparse_lines_are_read_or_told() {
    let score = run(Style::Columns, 400, &[&60, &85, &95], 0);
    assert!(score.unread * 12 <= score.cells, "{score:?}: less than eleven of twelve cells are read");
}
