//! A printer of pages: any figures, in every style, with the mess of real pages, from a seed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gongkai::form::{self, PrintedCell};
use gongkai::{CellAddress, CellKind, Content, Edition, RequestRow, Section, Table};

/// Numbers from a seed, the same every time.
pub(crate) struct Seed(u64);

impl Seed {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

/// What a page says: the forms of its tables and the printed text of every cell.
pub(crate) struct Figures {
    pub(crate) disclosure: Edition,
    pub(crate) requests: Edition,
    pub(crate) texts: BTreeMap<CellAddress, String>,
}

impl Figures {
    /// Figures of which some are blank: `blanks` are the shares to choose from, in percent.
    pub(crate) fn new(style: Style, blanks: &[&usize], seed: &mut Seed) -> Self {
        let disclosure = if seed.chance(50) { Edition::E2019 } else { Edition::E2021 };
        let requests = if seed.chance(80) { disclosure } else { disclosure.other() };
        let blanks = *seed.pick(blanks);
        let spelled = *seed.pick(&[&0, &5]);
        let mut texts = BTreeMap::new();
        for (table, edition) in [(Table::Disclosure, disclosure), (Table::Requests, requests), (Table::Disputes, requests)] {
            // A real report that fills nothing in does so only here and there: part four of most is all zeros.
            for cell in form::cells(table, edition) {
                let text = if seed.chance(blanks) { String::new() } else { figure(cell, spelled, style, seed) };
                texts.insert(cell, text);
            }
        }
        Self { disclosure, requests, texts }
    }

    pub(crate) fn edition(&self, table: Table) -> Edition {
        if table == Table::Disclosure { self.disclosure } else { self.requests }
    }
}

fn figure(cell: CellAddress, spelled: usize, style: Style, seed: &mut Seed) -> String {
    let most = *seed.pick(&[&1, &1, &1, &10, &100, &20_000]);
    let number = seed.below(most);
    let special = seed.chance(spelled);
    match cell.kind() {
        CellKind::Change if special => format!("{}{number}", seed.pick(&["+", "-", "减", "增"])),
        CellKind::Money(_) if special => format!("{number}.{}{}", seed.below(100), seed.pick(&["", "元", "万元"])),
        CellKind::Count if special => match seed.below(6) {
            0 => number.to_string().chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect(),
            1 => format!("{},{:03}", 1 + seed.below(30), seed.below(1000)),
            2 => seed.pick(&["/", "—", "-", "／"]).to_owned(),
            3 => format!("{number}件"),
            // Beside a number in a narrow column an annotation pushes the next number aside.
            4 if !matches!(style, Style::Columns) => format!("{number}（其中修订{}件）", seed.below(9)),
            _ => format!("{number}①"),
        },
        _ => number.to_string(),
    }
}

/// A label as an office prints it.
pub(crate) fn spelled(label: &str, mess: usize, seed: &mut Seed) -> String {
    let mut text = label.to_owned();
    if seed.chance(mess) {
        text = text.replace('（', "(").replace('）', ")");
    }
    if seed.chance(mess) {
        text = text.replace(['“', '”'], "\"");
    }
    if seed.chance(mess) {
        text = text.replacen('.', seed.pick(&["、", "．", ". "]), 1);
    }
    if seed.chance(mess / 2) {
        text = text.replace("法规禁", "").replace("社会公益组织", "社会组织").replace("行政规范性文件", "规范性文件");
    }
    if seed.chance(mess / 2) {
        let at = 1 + seed.below(text.chars().count());
        text = text.chars().take(at).chain([' ']).chain(text.chars().skip(at)).collect();
    }
    text
}

/// How a page is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Tabs,
    Columns,
    Markdown,
    Html,
}

/// A page in the making.
pub(crate) struct Printer<'a> {
    pub(crate) figures: &'a Figures,
    pub(crate) seed: &'a mut Seed,
    /// How messy labels are, in percent.
    pub(crate) mess: usize,
    /// How many rows of part three have a figure too many, too few, or cut in two, in percent.
    pub(crate) damage: usize,
}

pub(crate) const PROSE: &[&str] = &[
    "本年度按要求公开信息110条，其中网站86条、公众号24条。",
    "（一）主动公开。全年发布文件3件，行政许可12项均已公示。",
    "（二）依申请公开。收到申请8件，均在20个工作日内答复。",
    "一、加强组织领导。召开会议2次。",
    "三、完善制度，先审后发。",
];

impl Printer<'_> {
    /// The title and the parts, with the tables as they are given.
    pub(crate) fn page(&mut self, line: impl Fn(&str) -> String, tables: [String; 3]) -> String {
        let year = if self.figures.requests == Edition::E2019 { 2020 } else { 2023 };
        let mut page = String::new();
        if self.seed.chance(50) {
            page += &line(&format!("某县教育局{year}年政府信息公开工作年度报告"));
        } else {
            page += &line("某县教育局");
            page += &line(&format!("{year} 年政府信息公开工作年度报告"));
        }
        page += &line("根据有关规定编制本报告，数据自1月1日至12月31日。");
        let mut tables = tables.into_iter();
        let shift = usize::from(self.seed.chance(10));
        for (at, &section) in Section::ALL.iter().filter(|&&section| section != Section::Preamble).enumerate() {
            let numbers = ["一", "二", "三", "四", "五", "六", "七"];
            let own = section.label(Edition::E2021).split('、').skip(1).collect::<Vec<_>>().join("、");
            let own = match section {
                Section::Problems => self.seed.pick(&[&*own, "存在问题及改进情况", "政府信息公开工作存在的主要问题及改进情况"]).to_owned(),
                _ => own,
            };
            page += &line(&format!("{}、{own}", numbers[at + if at > 2 { shift } else { 0 }]));
            match section {
                Section::Disclosure | Section::Requests | Section::Disputes => {
                    if self.seed.chance(30) {
                        page += &line(PROSE[0]);
                    }
                    page += &tables.next().unwrap();
                }
                Section::OtherMatters => page += &line("本年未收取信息处理费。"),
                _ => {
                    for _ in 0..2 {
                        page += &line(PROSE[self.seed.below(PROSE.len())]);
                    }
                }
            }
        }
        page
    }

    pub(crate) fn print(&mut self, style: Style) -> String {
        match style {
            Style::Tabs => self.tabs(),
            Style::Columns => self.columns(),
            Style::Markdown => self.markdown(),
            Style::Html => self.html(),
        }
    }

    fn text(&mut self, cell: &PrintedCell) -> String {
        match cell.content {
            Content::Figure(address) => self.figures.texts[&address].clone(),
            Content::Label(label, _) => spelled(label, self.mess, self.seed),
        }
    }

    /// The grid of a table: for each place the text of the cell that starts there, or the cell that covers it.
    fn grid(&mut self, table: Table) -> Vec<Vec<Place>> {
        let cells = form::printed(table, self.figures.edition(table));
        let rows = cells.iter().map(|cell| cell.row + cell.rows).max().unwrap();
        let columns = cells.iter().map(|cell| cell.column + cell.columns).max().unwrap();
        let mut grid = vec![vec![Place::default(); columns]; rows];
        for cell in &cells {
            let text = self.text(cell);
            let label = matches!(cell.content, Content::Label(..));
            for (down, row) in grid.iter_mut().skip(cell.row).take(cell.rows).enumerate() {
                for (right, place) in row.iter_mut().skip(cell.column).take(cell.columns).enumerate() {
                    *place = Place { text: text.clone(), label, start: down == 0 && right == 0, rows: cell.rows, columns: cell.columns };
                }
            }
        }
        grid
    }

    /// Damages the figures of a row of part three: the last seven cells.
    pub(crate) fn damage(&mut self, cells: &mut Vec<String>) {
        if cells.len() < 7 || !self.seed.chance(self.damage) {
            return;
        }
        let first = cells.len() - 7;
        let full = cells[first..].iter().all(|figure| !figure.is_empty());
        let at = first + self.seed.below(7);
        match self.seed.below(4) {
            0 => cells.insert(at, self.seed.below(30).to_string()),
            // A row that prints nothing else says nothing when it has lost a figure.
            1 if full => _ = cells.remove(at),
            // With a blank at the end, a figure that is cut in two is a row of seven cells like any other.
            2 if full => {
                if let Some(at) = (first..cells.len()).find(|&at| cut_in_two(&cells[at]).is_some()) {
                    let (left, right) = cut_in_two(&cells[at]).unwrap();
                    cells[at] = left;
                    cells.insert(at + 1, right);
                }
            }
            _ => {
                if let Some((left, right)) = cut_in_two(&cells[at]) {
                    cells[at] = format!("{left} {right}");
                }
            }
        }
    }

    fn tabs(&mut self) -> String {
        let style = self.seed.below(3);
        let tables = Table::ALL.to_vec().into_iter().map(|table| self.tab_table(table, style)).collect::<Vec<_>>();
        self.page(|text| format!("{text}\n\n"), tables.try_into().unwrap())
    }

    fn tab_table(&mut self, table: Table, style: usize) -> String {
        let grid = self.grid(table);
        let width = grid[0].len();
        // A row that has lost a cell and is filled up again is a row with a blank at its end.
        let pad = self.damage == 0 && self.seed.chance(50);
        let mut page = String::new();
        for (at, row) in grid.iter().enumerate() {
            let mut later = None;
            let mut cells: Vec<String> = Vec::new();
            for place in row {
                match (place.start, style) {
                    (true, _) => {
                        let mut text = place.text.clone();
                        let count = text.chars().count();
                        // The last part of a long label stands on the next line.
                        if place.label && count > 9 && at > 2 && style != 1 && table == Table::Requests && self.seed.chance(8) {
                            let cut = 5 + self.seed.below(count - 8);
                            later = Some((cells.len(), text.chars().skip(cut).collect::<String>()));
                            text = text.chars().take(cut).collect();
                        }
                        cells.push(text);
                    }
                    (false, 1) if place.label => cells.push(place.text.clone()),
                    (false, 0 | 1) => cells.push(String::new()),
                    (false, _) => {}
                }
            }
            if table == Table::Requests && at > 2 {
                self.damage(&mut cells);
            }
            if style == 2 && pad && cells.len() < width && cells.len() > 1 {
                cells.resize(width, String::new());
            }
            _ = writeln!(page, "{}", cells.join("\t"));
            if let Some((column, rest)) = later {
                if self.seed.chance(30) {
                    page += "\n";
                }
                _ = writeln!(page, "{}{rest}", "\t".repeat(column));
            }
            if table == Table::Requests && at > 3 && self.seed.chance(4) {
                page += "\n- 3 -\n\n";
            }
        }
        page + "\n"
    }

    fn markdown(&mut self) -> String {
        let style = self.seed.below(4);
        let tables = Table::ALL.to_vec().into_iter().map(|table| self.markdown_table(table, style)).collect::<Vec<_>>();
        let marks = self.seed.pick(&["", "## ", "**"]);
        self.page(
            |text| match marks {
                "## " if text.chars().count() < 24 => format!("## {text}\n\n"),
                "**" if text.chars().count() < 24 => format!("**{text}**\n\n"),
                _ => format!("{text}\n\n"),
            },
            tables.try_into().unwrap(),
        )
    }

    fn markdown_table(&mut self, table: Table, style: usize) -> String {
        let grid = self.grid(table);
        let mut page = String::new();
        // Part three with one column of labels instead of three.
        let single = style == 2 && table == Table::Requests;
        for (at, row) in grid.iter().enumerate() {
            let mut cells: Vec<String> = Vec::new();
            for place in row {
                cells.push(match style {
                    _ if place.start => place.text.clone(),
                    1 if place.label => place.text.clone(),
                    3 => place.text.clone(),
                    _ => String::new(),
                });
            }
            if single {
                let labels: Vec<String> = cells.drain(..3).collect();
                cells.insert(0, labels.into_iter().rfind(|label| !label.is_empty()).unwrap_or_default());
                if at == 0 {
                    cells[0] = String::new();
                }
            }
            if table == Table::Requests && at > 2 {
                self.damage(&mut cells);
            }
            _ = writeln!(page, "| {} |", cells.join(" | "));
            if at == 0 {
                _ = writeln!(page, "|{}", "---|".repeat(cells.len()));
            }
        }
        page + "\n"
    }

    fn html(&mut self) -> String {
        let style = self.seed.below(4);
        let tables = Table::ALL.to_vec().into_iter().map(|table| self.html_table(table, style)).collect::<Vec<_>>();
        let body = self.page(|text| format!("<p style=\"text-indent: 2em\"><span>{text}</span></p>\n"), tables.try_into().unwrap());
        let (before, after) = if self.seed.chance(30) {
            ("<table width=\"100%\"><tr><td>首页 &gt; 公开</td></tr><tr><td>", "</td></tr></table>")
        } else {
            ("<div id=\"zoom\">", "</div>")
        };
        format!(
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>td {{ width: 12px }}</style></head><body>{before}{body}{after}</body></html>"
        )
    }

    /// A text in the tags of an office program.
    fn dressed(&mut self, text: String, label: bool) -> String {
        match (text.is_empty(), self.seed.below(4)) {
            (true, 0) => "&nbsp;".to_owned(),
            (true, 1) => "<p><o:p>&nbsp;</o:p></p>".to_owned(),
            (true, _) => String::new(),
            (false, 0) => format!("<p class=MsoNormal><span lang=\"EN-US\">{text}<o:p></o:p></span></p>"),
            (false, 1) if label => {
                let cut = text.chars().count() / 2;
                let (a, b): (String, String) = (text.chars().take(cut).collect(), text.chars().skip(cut).collect());
                format!("<p><b>{a}</b>{}<span>{b}</span></p>", if self.seed.chance(50) { "<br/>" } else { "" })
            }
            (false, _) => text,
        }
    }

    fn html_table(&mut self, table: Table, style: usize) -> String {
        let grid = self.grid(table);
        let mut page = String::from("<table border=\"1\"><tbody>");
        for (at, row) in grid.iter().enumerate() {
            page += "<tr>";
            let places: Vec<&Place> = row.iter().filter(|place| place.start || style == 3).collect();
            let mut texts: Vec<String> = places.iter().map(|place| if place.start { place.text.clone() } else { String::new() }).collect();
            if table == Table::Requests && at > 2 {
                self.damage(&mut texts);
            }
            for (at, text) in texts.into_iter().enumerate() {
                let place = places.get(at);
                let spans = match place {
                    Some(place) if style != 3 => format!(" colspan=\"{}\" rowspan={}", place.columns, place.rows),
                    _ => String::new(),
                };
                let text = self.dressed(text, place.is_some_and(|place| place.label));
                _ = write!(page, "<td{spans} style=\"width:38px;\">{text}</td>");
            }
            page += "</tr>\n";
        }
        page + "</tbody></table>\n"
    }
}

/// The first digit of a number, and the others.
fn cut_in_two(text: &str) -> Option<(String, String)> {
    let (left, right) = text.split_at_checked(1).filter(|_| text.chars().all(|c| c.is_ascii_digit()))?;
    (!right.is_empty()).then(|| (left.to_owned(), right.to_owned()))
}

/// A place of a grid.
#[derive(Clone, Default)]
struct Place {
    text: String,
    label: bool,
    start: bool,
    rows: usize,
    columns: usize,
}

/// Whether a row stands beside the heading 三、本年度办理结果.
pub(crate) fn is_inside(row: RequestRow) -> bool {
    row.is_outcome() || row == RequestRow::Concluded
}
