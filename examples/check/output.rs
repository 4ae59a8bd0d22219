//! The answer for one file, for people and for programs.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use gongkai::{
    Assessment, CATALOGUE, Comparison, DiagnoseOptions, Diagnosis, Identity, Language, Need, Notice, Report, Severity, Status, Verdict,
};
use serde_json::{Value, json};

use crate::load::Loaded;

/// Undecided sums beyond this are only counted.
const LISTED: usize = 12;

/// One JSON value for a file. Its shape is part of the documentation and pinned by a test.
pub(crate) fn json(loaded: &Loaded, options: &DiagnoseOptions, language: Language) -> Value {
    let (report, notices, error) = match &loaded.outcome {
        Ok((report, notices)) => (Some(report), notices.as_slice(), None),
        Err(error) => (None, [].as_slice(), Some(error)),
    };
    json!({
        "source": loaded.source,
        "report": report,
        "error": error,
        "notices": notices.iter().map(|notice| json!({
            "severity": notice.severity,
            "kind": notice.kind.key(),
            "cells": notice.cells,
            "line": notice.line,
            "printed": notice.printed,
            "message": notice.display(language).to_string(),
        })).collect::<Vec<_>>(),
        "assessment": report.map(|report| assessment(&report.validate(), language)),
        "diagnosis": report.map(|report| report.diagnose_with(options)),
    })
}

fn assessment(assessment: &Assessment<'_>, language: Language) -> Value {
    let findings = assessment.findings();
    let findings = findings.iter().map(|finding| {
        let mut value = json!(finding);
        if let Some(object) = value.as_object_mut() {
            object.insert("message".to_owned(), json!(finding.display(language).to_string()));
        }
        value
    });
    let open = assessment.open().into_iter().map(|(identity, sum)| {
        json!({
            "rule": identity.rule(),
            "cells": sum.cells().collect::<Vec<_>>(),
            "unknown": sum.unknown().collect::<Vec<_>>(),
        })
    });
    json!({
        "holds": assessment.count(Verdict::Holds),
        "violated": assessment.count(Verdict::Violated),
        "undetermined": assessment.count(Verdict::Undetermined),
        "findings": findings.collect::<Vec<_>>(),
        "open": open.collect::<Vec<_>>(),
    })
}

/// The answer for people: a line of verdict, what was found, what was checked and what could not be.
pub(crate) fn text(out: &mut impl Write, loaded: &Loaded, options: &DiagnoseOptions, language: Language) -> io::Result<()> {
    match &loaded.outcome {
        Ok((report, notices)) => {
            checked(out, &loaded.source, report, notices, language)?;
            diagnosed(out, &report.diagnose_with(options), language)?;
            coverage(out, &report.validate(), language)
        }
        Err(error) => {
            let word = match language {
                Language::Chinese => "无法读取",
                Language::English => "unreadable",
            };
            let style = style(Severity::Error);
            writeln!(out, "{style}[{word}]{style:#} {}: {error}", loaded.source)
        }
    }
}

fn checked(out: &mut impl Write, source: &str, report: &Report, notices: &[Notice], language: Language) -> io::Result<()> {
    let assessment = report.validate();
    let findings = assessment.findings();
    let count = |severity| {
        let told = notices.iter().filter(|notice| notice.severity == severity).count();
        findings.iter().filter(|finding| finding.severity() == severity).count().saturating_add(told)
    };
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let [holds, violated, undetermined] =
        [Verdict::Holds, Verdict::Violated, Verdict::Undetermined].map(|verdict| assessment.count(verdict));
    let all = assessment.identities().count();
    let (word, style) = verdict(errors, warnings, undetermined, language);
    let (name, year) = (report.authority().name(), report.year());
    match language {
        Language::Chinese => writeln!(
            out,
            "{style}[{word}]{style:#} {source}：{name} {year} 年度，{all} 项勾稽关系中 {holds} 项成立、{violated} 项不成立、\
             {undetermined} 项无法判定；错误 {errors}，警告 {warnings}，提示 {notes}"
        )?,
        Language::English => writeln!(
            out,
            "{style}[{word}]{style:#} {source}: {name}, {year}: of {all} identities {holds} hold, {violated} violated, \
             {undetermined} undetermined; errors {errors}, warnings {warnings}, notes {notes}"
        )?,
    }
    // Worst first; of the same weight, first what the report says, then how the page was read.
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let style = self::style(severity);
        let word = severity.name(language);
        for finding in findings.iter().filter(|finding| finding.severity() == severity) {
            writeln!(out, "  {style}{word}{style:#} {} {}", finding.rule(), finding.display(language))?;
        }
        for notice in notices.iter().filter(|notice| notice.severity == severity) {
            writeln!(out, "  {style}{word}{style:#} {}", notice.display(language))?;
        }
    }
    Ok(())
}

/// Which cells explain what does not add up, and what blanks must be.
fn diagnosed(out: &mut impl Write, diagnosis: &Diagnosis, language: Language) -> io::Result<()> {
    if diagnosis.status == Status::Clean {
        return Ok(());
    }
    let mut sentences = diagnosis.sentences(language).into_iter();
    if let Some(whole) = sentences.next() {
        writeln!(out, "  {}{whole}", pick(language, "诊断：", "diagnosis: "))?;
    }
    for sentence in sentences {
        writeln!(out, "    {sentence}")?;
    }
    Ok(())
}

fn verdict(errors: usize, warnings: usize, undetermined: u32, language: Language) -> (&'static str, Style) {
    let (word, severity) = match (errors, warnings, undetermined) {
        (0, 0, 0) => return (pick(language, "无误", "clean"), AnsiColor::Green.on_default()),
        (0, 0, _) => (pick(language, "部分无法核对", "partly unchecked"), Severity::Warning),
        (0, _, _) => (pick(language, "有警告", "warnings"), Severity::Warning),
        _ => (pick(language, "有错误", "errors"), Severity::Error),
    };
    (word, style(severity))
}

const fn pick(language: Language, chinese: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default(),
        Severity::Note => AnsiColor::Cyan.on_default(),
    }
}

/// What was checked, and what could not be and why.
fn coverage(out: &mut impl Write, assessment: &Assessment<'_>, language: Language) -> io::Result<()> {
    let rules = CATALOGUE.iter().filter(|rule| rule.severity == Severity::Error).filter_map(|rule| {
        let of = |wanted: fn(Verdict) -> bool| {
            assessment.identities().filter(|id| id.rule() == rule.id && assessment.verdict(*id).is_some_and(wanted)).count()
        };
        let (decided, all) = (of(|verdict| verdict != Verdict::Undetermined), of(|_| true));
        (all > 0).then(|| format!("{} {decided}/{all}", rule.id))
    });
    let rules = rules.collect::<Vec<_>>().join(pick(language, "，", ", "));
    writeln!(out, "  {}{rules}", pick(language, "已核对：", "checked: "))?;
    let open = assessment.open();
    if open.is_empty() {
        return Ok(());
    }
    match language {
        Language::Chinese => writeln!(out, "  无法判定 {} 项，因为有空白、标记或无法识别的格（不按 0 计算）：", open.len())?,
        Language::English => {
            writeln!(out, "  undetermined {}, for cells that are blank, marked or unreadable (not taken as 0):", open.len())?;
        }
    }
    for (identity, sum) in open.iter().take(LISTED) {
        writeln!(out, "    {}", undecided(assessment, *identity, sum, language))?;
    }
    if let Some(rest) = open.len().checked_sub(LISTED).filter(|&rest| rest > 0) {
        match language {
            Language::Chinese => writeln!(out, "    另有 {rest} 项，见 --format json")?,
            Language::English => writeln!(out, "    and {rest} more, see --format json")?,
        }
    }
    Ok(())
}

/// One undecided sum: its place, what is unknown, what that would have to be.
fn undecided(assessment: &Assessment<'_>, identity: Identity, sum: &Comparison, language: Language) -> String {
    let edition = assessment.edition(identity.table());
    let place = identity.place(edition, language);
    let unknown: Vec<_> = sum.unknown().collect();
    let cells = match unknown.as_slice() {
        [cell] => cell.place(edition, language),
        cells => match language {
            Language::Chinese => format!("{} 格未知", cells.len()),
            Language::English => format!("{} unknown cells", cells.len()),
        },
    };
    let rule = identity.rule();
    match (language, sum.need()) {
        (Language::Chinese, Some(Need::Value(value))) => format!("{rule} {place}：{cells} 应为 {value}"),
        (Language::Chinese, Some(Need::Together(value))) => format!("{rule} {place}：{cells}，合计应为 {value}"),
        (Language::Chinese, Some(Need::Difference(value))) => format!("{rule} {place}：{cells}，左边的合计应比右边的多 {value}"),
        (Language::Chinese, None) => format!("{rule} {place}：{cells}"),
        (Language::English, Some(Need::Value(value))) => format!("{rule} {place}: {cells} should be {value}"),
        (Language::English, Some(Need::Together(value))) => format!("{rule} {place}: {cells}, together {value}"),
        (Language::English, Some(Need::Difference(value))) => format!("{rule} {place}: {cells}, left together {value} more than right"),
        (Language::English, None) => format!("{rule} {place}: {cells}"),
    }
}
