//! Pages as tools that keep the columns of a PDF print them.

use gongkai::{Applicant, CellAddress, Edition, Proceeding, RequestRow, Ruling, Table, form};

use crate::printing::{Printer, is_inside, spelled};

/// A line in the making: texts at places.
#[derive(Default)]
struct Line(Vec<(usize, String)>);

impl Line {
    fn at(mut self, place: usize, text: impl Into<String>) -> Self {
        self.0.push((place, text.into()));
        self
    }

    fn print(mut self, wide: bool) -> String {
        self.0.sort_by_key(|(place, _)| *place);
        let mut line = String::new();
        let mut width = 0;
        for (place, text) in self.0.into_iter().filter(|(_, text)| !text.is_empty()) {
            let gap = if width == 0 { place } else { place.saturating_sub(width).max(1) };
            line += &" ".repeat(gap);
            width += gap + measure(&text, wide);
            line += &text;
        }
        line + "\n"
    }
}

fn measure(text: &str, wide: bool) -> usize {
    text.chars().map(|c| if wide && u32::from(c) >= 0x2e80 { 2 } else { 1 }).sum()
}

/// Where a figure starts in its column.
fn place(column: usize, text: &str, align: usize, wide: bool) -> usize {
    let width = measure(text, wide);
    match align {
        0 => column,
        1 => column + 4_usize.saturating_sub(width),
        _ => column + 4_usize.saturating_sub(width) / 2,
    }
}

fn cut(text: &str, count: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(count.max(1)).map(|piece| piece.iter().collect()).collect()
}

impl Printer<'_> {
    pub(crate) fn columns(&mut self) -> String {
        let wide = self.seed.chance(30);
        let tables = [self.disclosure_columns(wide), self.requests_columns(wide), self.disputes_columns(wide)];
        self.page(|text| cut(&format!("    {text}"), 30).join("\n") + "\n", tables)
    }

    fn figures(&mut self, mut line: Line, cells: &[CellAddress], columns: &[usize], align: usize, wide: bool) -> Line {
        let damaged = cells.iter().all(|cell| cell.table() == Table::Requests) && self.seed.chance(self.damage);
        let spoilt = self.seed.below(cells.len());
        for (at, (cell, &column)) in cells.iter().zip(columns).enumerate() {
            let text = &self.figures.texts[cell];
            let place = place(column, text, align, wide);
            match text.split_at_checked(1) {
                // What keeps its place on the sheet is never pushed to another column; but it may come apart.
                Some((left, right)) if damaged && at == spoilt && !right.is_empty() => line = line.at(place, left).at(place + 2, right),
                _ => line = line.at(place, text),
            }
        }
        line
    }

    fn disclosure_columns(&mut self, wide: bool) -> String {
        let edition = self.figures.disclosure;
        let scale = if wide { 2 } else { 1 };
        let mut page = String::new();
        for block in form::blocks(edition) {
            page += &Line::default().at(30, block.article).print(wide);
            let columns: Vec<usize> = (0..block.columns.len()).map(|at| 18 * scale + at * 16 * scale).collect();
            let mut header = Line::default().at(6, "信息内容");
            let mut below = Line::default();
            for (&column, &place) in block.columns.iter().zip(&columns) {
                let label = spelled(column.label(edition), self.mess / 2, self.seed);
                if label.starts_with("上一年") && self.seed.chance(30) {
                    header = header.at(place - 2, "上一年");
                    below = below.at(place - 2, label.trim_start_matches("上一年"));
                } else {
                    header = header.at(place - 2, label);
                }
            }
            page += &header.print(wide);
            page += &below.print(wide);
            for &row in block.rows {
                let cells: Vec<CellAddress> = block.columns.iter().map(|&column| CellAddress::Disclosure(row, column)).collect();
                let label = spelled(row.label(edition), self.mess, self.seed);
                page += &self.figures(Line::default().at(0, label), &cells, &columns, 2, wide).print(wide);
                if self.seed.chance(30) {
                    page += "\n";
                }
            }
            if self.seed.chance(15) {
                page += "\n    -2-\n\u{c}";
            }
        }
        page
    }

    /// The headings of part three, cut over lines, the words of one between those of the others.
    fn request_headings(&mut self, columns: &[usize], wide: bool) -> String {
        let mut lines: Vec<Line> = (0..3).map(|_| Line::default()).collect();
        for (&who, &place) in Applicant::ALL.iter().zip(columns) {
            let label = spelled(who.label(Edition::E2021), 0, self.seed);
            let pieces = if label.chars().count() > 3 { cut(&label, 2) } else { vec![label] };
            let first = if pieces.len() < 3 { self.seed.below(3 - pieces.len() + 1) } else { 0 };
            for (at, piece) in pieces.into_iter().enumerate() {
                let line = std::mem::take(&mut lines[first + at]);
                lines[first + at] = line.at(place, piece);
            }
        }
        let mut page = Line::default().at(columns[3], "申请人情况").print(wide);
        page += &Line::default().at(columns[2], "法人或其他组织").print(wide);
        page += &Line::default().at(0, "（本列数据的勾稽关系为：第一项加第二项之和，").print(wide);
        page += &Line::default().at(0, "等于第三项加第四项之和）").print(wide);
        lines.into_iter().fold(page, |page, line| page + &line.print(wide))
    }

    fn requests_columns(&mut self, wide: bool) -> String {
        let edition = self.figures.requests;
        let scale = if wide { 2 } else { 1 };
        let align = self.seed.below(3);
        let gap = 7 + self.seed.below(4);
        let mut start = 48 * scale;
        let mut columns: Vec<usize> = (0..Applicant::COUNT).map(|at| start + at * gap).collect();
        let mut page = self.request_headings(&columns, wide);
        let mut heading = ["三", "、本", "年", "度办", "理", "结果"].into_iter();
        let blanks = self.figures.texts.values().filter(|text| text.is_empty()).count();
        let scattered = self.seed.chance(40);
        let between = self.seed.chance(50);
        for row in RequestRow::of(edition) {
            let cells: Vec<CellAddress> = Applicant::ALL.iter().map(|&who| CellAddress::Requests(row, who)).collect();
            let label = spelled(row.label(edition), self.mess, self.seed);
            let place = if row.group().is_some() {
                24 * scale
            } else if is_inside(row) {
                10 * scale
            } else {
                0
            };
            let room = if row.group().is_some() { 14 + self.seed.below(6) } else { 20 };
            let pieces = cut(&label, room);
            let group = row.group().filter(|group| group.members[group.members.len() / 2] == row).map(|group| group.label);
            if let Some(group) = group.filter(|_| between) {
                page += &Line::default().at(10 * scale, group).print(wide);
            }
            // The figures hang in the middle of their label: beside a piece, or between pieces, or below all of them.
            let own_line = pieces.len() > 1 && self.seed.chance(50);
            let beside = self.seed.below(pieces.len());
            let below = pieces.len() - usize::from(self.seed.chance(50));
            for (at, piece) in pieces.iter().enumerate() {
                if own_line && at == below {
                    page += &self.figures(Line::default(), &cells, &columns, align, wide).print(wide);
                }
                let mut line = Line::default().at(place, piece);
                if at == 0 {
                    if let Some(group) = group.filter(|_| !between) {
                        line = line.at(10 * scale, group);
                    }
                    if is_inside(row) && scattered && self.seed.chance(50) {
                        line = line.at(1, heading.next().unwrap_or_default());
                    }
                }
                if !own_line && at == beside {
                    line = self.figures(line, &cells, &columns, align, wide);
                }
                page += &line.print(wide);
            }
            if own_line && below == pieces.len() {
                page += &self.figures(Line::default(), &cells, &columns, align, wide).print(wide);
            }
            if row == RequestRow::Disclosed && !scattered {
                page += &Line::default().at(1, "三 、本 年 度办 理 结果").print(wide);
            }
            if self.seed.chance(5) {
                page += "\n                 - 3 -\n\u{c}";
                start -= self.seed.below(4);
                columns = (0..Applicant::COUNT).map(|at| start + at * gap).collect();
                // On a sheet with many blanks and no headings nobody can tell the columns.
                if blanks * 4 > self.figures.texts.len() || self.seed.chance(50) {
                    page += &self.request_headings(&columns, wide);
                }
            }
        }
        page
    }

    fn disputes_columns(&mut self, wide: bool) -> String {
        let columns: Vec<usize> = (0..15).map(|at| 2 + at * 6).collect();
        let mut page = Line::default().at(14, Proceeding::Reconsideration.label(Edition::E2021)).at(60, "行政诉讼").print(wide);
        page += &Line::default().at(36, "未经复议直接起诉").at(66, "复议后起诉").print(wide);
        let (mut upper, mut lower) = (Line::default(), Line::default());
        let mut totals = Line::default();
        for (at, &place) in columns.iter().enumerate() {
            let label = Ruling::ALL[at % Ruling::COUNT].label(Edition::E2021);
            if label.chars().count() == 2 {
                totals = totals.at(place, if self.seed.chance(50) { "总 计" } else { label });
            } else {
                let pieces = cut(label, 2);
                upper = upper.at(place, &*pieces[0]);
                lower = lower.at(place, &*pieces[1]);
            }
        }
        page += &upper.print(wide);
        page += &totals.print(wide);
        page += &lower.print(wide);
        page += "\n";
        let cells: Vec<CellAddress> = form::cells(Table::Disputes, Edition::E2021).collect();
        page + &self.figures(Line::default(), &cells, &columns, 0, wide).print(wide)
    }
}
