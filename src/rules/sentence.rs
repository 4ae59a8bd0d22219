//! The sentences of findings, in Chinese and in English.

use std::fmt::{self, Display, Formatter};

use super::comparison::{Comparison, Operand};
use super::finding::{Detail, Finding};
use super::record::RuleId;
use super::sums::Relation;
use super::units::UnitSum;
use crate::form::{CellAddress, Edition, Language, Section, Table, cells, separator};
use crate::model::{Cell, Number};

pub(super) struct Sentence<'f> {
    pub(super) finding: &'f Finding,
    pub(super) language: Language,
}

/// Sums with more operands than this show only those that are not zero.
const LONG_SUM: usize = 6;

/// How many single cells a note lists before it only counts them.
const LISTED: usize = 6;

impl Sentence<'_> {
    const fn pick<'a>(&self, chinese: &'a str, english: &'a str) -> &'a str {
        self.language.pick(chinese, english)
    }

    const fn edition(&self) -> Edition {
        self.finding.edition()
    }

    fn colon(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.pick("：", ": "))
    }

    fn sum(&self, f: &mut Formatter<'_>, sum: &Comparison) -> fmt::Result {
        // Operands in one row are told apart by their columns, operands in one column by their rows.
        let rows = sum.cells().zip(sum.cells().skip(1)).any(|(cell, next)| cell.row_key() != next.row_key());
        match sum.cells().next() {
            Some(cell) if rows => {
                let table = cell.table().name(self.edition(), self.language);
                write!(f, "{table}{}{}", separator(self.language), cell.column_name(self.edition(), self.language))?;
            }
            Some(cell) => f.write_str(&cell.row_place(self.edition(), self.language))?,
            None => {}
        }
        self.colon(f)?;
        self.side(f, sum.left(), sum.left_sum(), rows)?;
        f.write_str(match sum.relation() {
            Relation::Equal => self.pick("，", ", "),
            Relation::AtLeast => self.pick("，小于", ", below "),
        })?;
        if sum.right().is_empty() {
            f.write_str("0")?;
        }
        self.side(f, sum.right(), sum.right_sum(), rows)?;
        let at_least = if sum.unknown().next().is_some() { self.pick("至少", " at least ") } else { self.pick("", " ") };
        let difference = sum.difference();
        let sign = if difference < 0 { "−" } else { "" };
        write!(f, "{}{at_least}{}{sign}{}", self.pick("，相差", ", difference"), self.pick(" ", ""), difference.unsigned_abs())
    }

    fn side(&self, f: &mut Formatter<'_>, operands: &[Operand], total: i64, rows: bool) -> fmt::Result {
        let shown = |operand: &&Operand| operands.len() <= LONG_SUM || operand.is_unknown() || !is_zero(operand);
        let hidden = operands.iter().filter(|operand| !shown(operand)).count();
        for (at, operand) in operands.iter().filter(shown).enumerate() {
            if at > 0 {
                f.write_str(self.pick("+", " + "))?;
            }
            self.operand(f, operand, rows)?;
        }
        if hidden > 0 {
            let all = operands.len() == hidden;
            match self.language {
                Language::Chinese => write!(f, "{}{hidden} 行 0", if all { "" } else { "+其余 " })?,
                Language::English => write!(f, "{}{hidden} {}rows of 0", if all { "" } else { " + " }, if all { "" } else { "other " })?,
            }
        }
        if operands.len() > 1 {
            let unknown = operands.iter().any(Operand::is_unknown);
            write!(f, "{}{total}", if unknown { self.pick("≥", " ≥ ") } else { self.pick("=", " = ") })?;
        }
        Ok(())
    }

    fn operand(&self, f: &mut Formatter<'_>, operand: &Operand, rows: bool) -> fmt::Result {
        if let Some(year) = operand.year {
            write!(f, "{year}{}", self.pick(" 年度", " "))?;
        }
        match (operand.cell, self.language) {
            (CellAddress::Requests(row, _), Language::Chinese) if rows => f.write_str(&row.number())?,
            (CellAddress::Requests(row, _), Language::English) if rows => f.write_str(row.name(self.edition(), self.language))?,
            (cell, _) => f.write_str(cell.column_name(self.edition(), self.language))?,
        }
        let space = self.pick("", " ");
        match operand.found {
            Cell::Value(number) => write!(f, "{space}({number})"),
            Cell::Blank => write!(f, "{space}({})", self.pick("空白", "blank")),
            Cell::NotApplicable => write!(f, "{space}(/)"),
            Cell::Unreadable => write!(f, "{space}({})", self.pick("无法识别", "unreadable")),
        }
    }

    /// The blank cells of a table: whole rows, whole columns, and what is left.
    fn blanks(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let found = self.finding.cells();
        let Some(table) = found.first().map(|cell| cell.table()) else { return Ok(()) };
        f.write_str(table.name(self.edition(), self.language))?;
        self.colon(f)?;
        let all: Vec<_> = cells(table, self.edition()).collect();
        if found.len() == all.len() {
            return f.write_str(self.pick("整表空白", "the whole table is blank"));
        }
        let whole = |key: fn(&CellAddress) -> &'static str, line: &CellAddress| {
            let of = |cells: &[CellAddress]| cells.iter().filter(|cell| key(cell) == key(line)).count();
            of(found) == of(&all)
        };
        let in_whole_row = |cell: &CellAddress| whole(|cell| cell.row_key(), cell);
        // The columns of part two belong to their blocks, none runs through the table.
        let in_whole_column = |cell: &CellAddress| table != Table::Disclosure && whole(|cell| cell.column_key(), cell);
        let mut rows: Vec<_> = found.iter().filter(|cell| in_whole_row(cell)).map(|&cell| self.row(cell)).collect();
        rows.dedup();
        let mut columns: Vec<&str> = Vec::new();
        for cell in found.iter().filter(|cell| in_whole_column(cell)) {
            let column = cell.column_name(self.edition(), self.language);
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        let single: Vec<_> = found.iter().filter(|cell| !in_whole_row(cell) && !in_whole_column(cell)).collect();
        let list = |label: &str, names: &[String]| format!("{label}{}", names.join(self.pick("、", ", ")));
        let mut parts = Vec::new();
        if !rows.is_empty() {
            parts.push(list(self.pick("整行空白：", "blank rows: "), &rows));
        }
        if !columns.is_empty() {
            parts.push(list(self.pick("整列空白：", "blank columns: "), &columns.iter().map(ToString::to_string).collect::<Vec<_>>()));
        }
        if (1..=LISTED).contains(&single.len()) {
            let name = |cell: &&CellAddress| {
                format!("{}{}{}", self.row(**cell), separator(self.language), cell.column_name(self.edition(), self.language))
            };
            parts.push(list(self.pick("空白：", "blank: "), &single.iter().map(name).collect::<Vec<_>>()));
        } else if !single.is_empty() {
            parts.push(match (self.language, parts.is_empty()) {
                (Language::Chinese, false) => format!("另有 {} 格空白", single.len()),
                (Language::Chinese, true) => format!("{} 格空白", single.len()),
                (Language::English, false) => format!("{} other blank cells", single.len()),
                (Language::English, true) => format!("{} blank cells", single.len()),
            });
        }
        f.write_str(&parts.join(self.pick("；", "; ")))
    }

    /// The place of a cell's row within its table.
    fn row(&self, cell: CellAddress) -> String {
        let place = cell.row_place(self.edition(), self.language);
        let table = format!("{}{}", cell.table().name(self.edition(), self.language), separator(self.language));
        place.strip_prefix(&table).unwrap_or(&place).to_owned()
    }

    fn annotated(&self, f: &mut Formatter<'_>, texts: &[String]) -> fmt::Result {
        for (at, (cell, text)) in self.finding.cells().iter().zip(texts).enumerate() {
            if at > 0 {
                f.write_str(self.pick("；", "; "))?;
            }
            let place = cell.place(self.edition(), self.language);
            write!(f, "{place}{}{text}", self.pick("：", ": "))?;
        }
        Ok(())
    }

    fn jump(&self, f: &mut Formatter<'_>, [year, before]: [u16; 2], [now, then]: [Number; 2]) -> fmt::Result {
        if let Some(cell) = self.finding.cells().first() {
            f.write_str(&cell.place(self.edition(), self.language))?;
            self.colon(f)?;
        }
        match self.language {
            Language::Chinese => write!(f, "{year} 年度 {now}，{before} 年度 {then}"),
            Language::English => write!(f, "{now} in {year}, {then} in {before}"),
        }
    }

    fn names(&self, f: &mut Formatter<'_>, names: &[String]) -> fmt::Result {
        let what = match self.finding.rule() {
            RuleId::UMissing => self.pick("缺报", "missing"),
            RuleId::UDuplicate => self.pick("重复", "twice there"),
            RuleId::UYear => self.pick("其他年度", "for another year"),
            RuleId::UUnlisted => self.pick("不在名单上", "not in the roster"),
            _ => self.pick("各年度的名称", "names over the years"),
        };
        f.write_str(what)?;
        self.colon(f)?;
        f.write_str(&names.join(self.pick("、", ", ")))
    }

    fn units(&self, f: &mut Formatter<'_>, sum: &UnitSum) -> fmt::Result {
        f.write_str(&sum.cell.place(self.edition(), self.language))?;
        self.colon(f)?;
        let count = sum.units.numbers();
        let known = sum.units.at_least().map_or_else(|| "?".to_owned(), |number| number.to_string());
        let at_least = if sum.units.unknown() > 0 { self.pick("≥", "≥ ") } else { "" };
        let parent = match sum.parent {
            Cell::Value(number) => number.to_string(),
            Cell::Blank => self.pick("空白", "blank").to_owned(),
            Cell::NotApplicable => "/".to_owned(),
            Cell::Unreadable => self.pick("无法识别", "unreadable").to_owned(),
        };
        match self.language {
            Language::Chinese => write!(f, "{count} 个单位合计 {at_least}{known}，汇总报告 {parent}")?,
            Language::English => write!(f, "{count} units have {at_least}{known} together, the parent says {parent}")?,
        }
        match sum.difference() {
            Some(difference) => write!(f, "{}{}", self.pick("，相差 ", ", difference "), difference.to_string().replace('-', "−")),
            None => Ok(()),
        }
    }

    fn form(&self, f: &mut Formatter<'_>, table: Table, year: u16, expected: Option<Edition>) -> fmt::Result {
        let name = table.name(self.edition(), self.language);
        let (found, letter) = (self.edition(), self.edition().issued_by());
        match (self.language, expected) {
            (Language::Chinese, Some(expected)) => {
                write!(f, "{name}：用的是 {found} 年格式（{letter}），{year} 年度应用 {expected} 年格式（{}）", expected.issued_by())
            }
            (Language::Chinese, None) => write!(f, "{name}：用的是 {found} 年格式（{letter}），该格式不适用于 {year} 年度"),
            (Language::English, Some(expected)) => {
                write!(f, "{name}: follows the {found} form ({letter}), {year} has the {expected} form ({})", expected.issued_by())
            }
            (Language::English, None) => write!(f, "{name}: follows the {found} form ({letter}), which is not for {year}"),
        }
    }

    /// The place of the first cell and what is printed there.
    fn printed(&self, f: &mut Formatter<'_>, text: &str) -> fmt::Result {
        if let Some(cell) = self.finding.cells().first() {
            f.write_str(&cell.place(self.edition(), self.language))?;
            self.colon(f)?;
        }
        match (self.language, text) {
            (_, "") => f.write_str(self.pick("无法识别", "unreadable")),
            (Language::Chinese, text) => write!(f, "原文“{text}”"),
            (Language::English, text) => write!(f, "printed “{text}”"),
        }
    }

    fn level(&self, f: &mut Formatter<'_>, level: crate::form::Level) -> fmt::Result {
        if let Some(cell) = self.finding.cells().first() {
            f.write_str(&cell.row_place(self.edition(), self.language))?;
            self.colon(f)?;
        }
        let names: Vec<_> = self.finding.cells().iter().map(|cell| cell.column_name(self.edition(), self.language)).collect();
        let level = level.name(self.edition(), self.language);
        match self.language {
            Language::Chinese => write!(f, "{}大于 0，而报告单位是{level}", names.join("、")),
            Language::English => write!(f, "{} above 0, yet the authority is {level}", names.join(", ")),
        }
    }

    fn text(&self, f: &mut Formatter<'_>, section: Section) -> fmt::Result {
        f.write_str(section.name(self.edition(), self.language))?;
        self.colon(f)?;
        match section {
            Section::Problems => f.write_str(self.pick("没有内容", "says nothing")),
            _ => f.write_str(self.pick("没有提到信息处理费", "does not mention the fee for processing information")),
        }
    }
}

fn is_zero(operand: &Operand) -> bool {
    matches!(operand.found, Cell::Value(number) if number.integer() == Some(0))
}

impl Display for Sentence<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.finding.detail() {
            Detail::Sum(sum) => self.sum(f, sum)?,
            Detail::Form { table, year, expected } => self.form(f, *table, *year, *expected)?,
            Detail::Level(level) => self.level(f, *level)?,
            Detail::Printed(text) => self.printed(f, text)?,
            Detail::Late { published, deadline } => match self.language {
                Language::Chinese => write!(f, "发布日期：{published}，晚于 {deadline}")?,
                Language::English => write!(f, "date of publication: {published}, after {deadline}")?,
            },
            Detail::Text(section) => self.text(f, *section)?,
            Detail::Blanks => self.blanks(f)?,
            Detail::Annotated(texts) => self.annotated(f, texts)?,
            Detail::Jump { years, numbers } => self.jump(f, *years, *numbers)?,
            Detail::Units(sum) => self.units(f, sum)?,
            Detail::Names(names) => self.names(f, names)?,
            Detail::Gap(from, to) if from == to => match self.language {
                Language::Chinese => write!(f, "没有 {from} 年度的报告")?,
                Language::English => write!(f, "there is no report for {from}")?,
            },
            Detail::Gap(from, to) => match self.language {
                Language::Chinese => write!(f, "没有 {from} 至 {to} 年度的报告")?,
                Language::English => write!(f, "there are no reports for {from} to {to}")?,
            },
            Detail::Waiver { place, title, until } => {
                match self.language {
                    Language::Chinese => write!(f, "第 {place} 条豁免（{title}）")?,
                    Language::English => write!(f, "waiver {place} ({title})")?,
                }
                if let Some(until) = until {
                    write!(f, "{}{until}", self.pick("，有效至 ", ", until "))?;
                }
            }
        }
        let must_hold = self.finding.record().must_hold.in_language(self.language);
        match self.language {
            Language::Chinese => write!(f, "。{must_hold}。"),
            Language::English => write!(f, ". Must hold: {must_hold}."),
        }
    }
}
