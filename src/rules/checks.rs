//! The rules that are no identities: expectations of evaluators, and what is worth a note.

use chrono::NaiveDate;

use super::RuleId;
use super::assessment::Assessment;
use super::comparison::Comparison;
use super::finding::{Detail, Finding};
use super::sums::{DISCLOSED, Family, ITEMS, STOCK};
use crate::form::{CellAddress, DisclosureColumn, DisclosureRow, Edition, Level, Section, Table, Unit, cells};
use crate::model::{Cell, Number, Report, is_space, read_cell};

/// Takes findings one by one and says whether to go on.
type Sink<'s> = &'s mut dyn FnMut(Finding) -> bool;

/// A check: hands its findings to the sink. `None` when the sink has had enough.
type Check = fn(&Assessment<'_>, Sink<'_>) -> Option<()>;

/// The warnings, in the order of the catalogue.
const WARNINGS: &[Check] = &[forms, expected_sums, fee_unit, rules_below_their_level, unreadable, deadline, empty_problems, silent_on_fees];

pub(super) fn warnings(assessment: &Assessment<'_>, sink: Sink<'_>) {
    _ = WARNINGS.iter().try_for_each(|check| check(assessment, sink));
}

pub(super) fn any_warning(assessment: &Assessment<'_>) -> bool {
    let mut any = false;
    warnings(assessment, &mut |_| {
        any = true;
        false
    });
    any
}

fn hand(sink: Sink<'_>, finding: Finding) -> Option<()> {
    sink(finding).then_some(())
}

/// `FORM-YEAR`.
fn forms(assessment: &Assessment<'_>, sink: Sink<'_>) -> Option<()> {
    let Some(report) = assessment.report else { return Some(()) };
    let expected = Edition::for_year(report.year());
    for table in [Table::Disclosure, Table::Requests] {
        let found = report.edition(table);
        if Some(found) != expected {
            // The cells that give the form away: those that the year's form does not print.
            let strange = cells(table, found).filter(|cell| !expected.is_some_and(|form| cell.is_in(form))).collect();
            let detail = Detail::Form { table, year: report.year(), expected };
            hand(sink, Finding::new(assessment, RuleId::FormYear, strange, detail))?;
        }
    }
    Some(())
}

/// `T2-STOCK`, `T2-DISCLOSED`, `T2-ITEMS`.
fn expected_sums(assessment: &Assessment<'_>, sink: Sink<'_>) -> Option<()> {
    let Some(disclosure) = assessment.tables.disclosure else { return Some(()) };
    let sheet = disclosure.sheet();
    let mut hand_all = |family: &Family, violated: u64| {
        // A row that the form lacks is blank on both sides, and a blank is never a violation.
        (0..family.lines()).filter(|line| violated >> line & 1 == 1).try_for_each(|line| {
            let sum = Comparison::of(family, line, &assessment.tables);
            sum.map_or(Some(()), |sum| hand(sink, Finding::sum(assessment, family.rule, sum)))
        })
    };
    match disclosure.edition() {
        Edition::E2019 => {
            hand_all(&DISCLOSED, DISCLOSED.verdicts(sheet).violated)?;
            hand_all(&ITEMS, ITEMS.verdicts(sheet).violated)
        }
        Edition::E2021 => hand_all(&STOCK, STOCK.verdicts(sheet).violated),
    }
}

/// `T2-FEE-UNIT`.
fn fee_unit(assessment: &Assessment<'_>, sink: Sink<'_>) -> Option<()> {
    let cell = CellAddress::Disclosure(DisclosureRow::Fees, DisclosureColumn::Amount);
    match assessment.tables.cell(cell) {
        Some(Cell::Value(Number::Money(money))) if money.unit == Unit::Yuan => {
            let printed = assessment.tables.printed(cell).map_or_else(|| money.to_string(), str::to_owned);
            hand(sink, Finding::new(assessment, RuleId::T2FeeUnit, vec![cell], Detail::Printed(printed)))
        }
        _ => Some(()),
    }
}

/// `T2-RULES-LEVEL`.
fn rules_below_their_level(assessment: &Assessment<'_>, sink: Sink<'_>) -> Option<()> {
    let level = assessment.report.and_then(|report| report.authority().level());
    let Some(level) =
        level.filter(|level| matches!(level, Level::County | Level::Township | Level::CountyDepartment | Level::TownshipDepartment))
    else {
        return Some(());
    };
    let Some(table) = assessment.tables.disclosure else { return Some(()) };
    let row = DisclosureRow::Rules;
    let columns = DisclosureColumn::ALL.iter().filter(|&&column| matches!(table.count(row, column), Some(Cell::Value(1..))));
    let found: Vec<_> = columns.map(|&column| CellAddress::Disclosure(row, column)).collect();
    if found.is_empty() { Some(()) } else { hand(sink, Finding::new(assessment, RuleId::T2RulesLevel, found, Detail::Level(level))) }
}

/// `UNREADABLE`.
fn unreadable(assessment: &Assessment<'_>, sink: Sink<'_>) -> Option<()> {
    for &table in Table::ALL.iter().filter(|&&table| assessment.tables.has_unreadable(table)) {
        for cell in cells(table, assessment.edition(table)) {
            if assessment.tables.cell(cell) == Some(Cell::Unreadable) {
                let printed = assessment.tables.printed(cell).unwrap_or_default().to_owned();
                hand(sink, Finding::new(assessment, RuleId::Unreadable, vec![cell], Detail::Printed(printed)))?;
            }
        }
    }
    Some(())
}

/// `DEADLINE`.
fn deadline(assessment: &Assessment<'_>, sink: Sink<'_>) -> Option<()> {
    let late = assessment.report.and_then(|report| {
        let published = report.published()?;
        let level = report.authority().level()?;
        // Article 49 sets no day for the State Council itself.
        let (month, day) = match level {
            Level::State => return None,
            level if level.is_department() => (1, 31),
            _ => (3, 31),
        };
        let deadline = NaiveDate::from_ymd_opt(i32::from(report.year().checked_add(1)?), month, day)?;
        (published > deadline).then_some(Detail::Late { published, deadline })
    });
    match late {
        Some(detail) => hand(sink, Finding::new(assessment, RuleId::Deadline, Vec::new(), detail)),
        None => Some(()),
    }
}

/// `S5-EMPTY`.
fn empty_problems(assessment: &Assessment<'_>, sink: Sink<'_>) -> Option<()> {
    let text = assessment.report.and_then(|report| report.section(Section::Problems));
    let says_nothing = |text: &str| {
        let mut letters = text.chars().filter(|&c| !is_space(c) && c.is_alphanumeric());
        let first = letters.next();
        (first.is_none() || first == Some('无')) && letters.next().is_none()
    };
    match text {
        Some(text) if says_nothing(text) => {
            hand(sink, Finding::new(assessment, RuleId::S5Empty, Vec::new(), Detail::Text(Section::Problems)))
        }
        _ => Some(()),
    }
}

/// `S6-FEE`: words are looked for with spaces removed, because lines break inside them.
fn silent_on_fees(assessment: &Assessment<'_>, sink: Sink<'_>) -> Option<()> {
    let governed = |report: &&Report| Edition::for_year(report.year()) == Some(Edition::E2021);
    let Some(text) = assessment.report.filter(governed).and_then(|report| report.section(Section::OtherMatters)) else { return Some(()) };
    let says = |word: &str| {
        let mut rest = text.chars().filter(|&c| !is_space(c));
        // A word of four letters: looking from every letter is linear.
        loop {
            if word.chars().eq(rest.clone().take(word.chars().count())) {
                return true;
            }
            if rest.next().is_none() {
                return false;
            }
        }
    };
    if says("处理费") || says("收费通知") {
        return Some(());
    }
    hand(sink, Finding::new(assessment, RuleId::S6Fee, Vec::new(), Detail::Text(Section::OtherMatters)))
}

/// The notes, in the order of the catalogue.
pub(super) fn notes(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let tables = || Table::ALL.iter().filter_map(|&table| Some((table, assessment.tables.edition(table)?)));
    for (table, edition) in tables() {
        let blanks: Vec<_> = cells(table, edition).filter(|&cell| assessment.tables.cell(cell) == Some(Cell::Blank)).collect();
        if !blanks.is_empty() {
            findings.push(Finding::new(assessment, RuleId::Blanks, blanks, Detail::Blanks));
        }
    }
    for (table, edition) in tables() {
        let annotated = cells(table, edition).filter_map(|cell| {
            let printed = assessment.tables.printed(cell)?;
            read_cell(printed, cell.kind()).annotated.then(|| (cell, printed.to_owned()))
        });
        let (annotated, texts): (Vec<_>, Vec<_>) = annotated.unzip();
        if !annotated.is_empty() {
            findings.push(Finding::new(assessment, RuleId::Annotated, annotated, Detail::Annotated(texts)));
        }
    }
}
