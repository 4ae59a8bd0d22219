//! The answer for one report, for people and for programs.

use std::collections::BTreeSet;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use gongkai::{Assessment, CATALOGUE, Comparison, Diagnosis, Finding, Identity, Language, Need, Notice, Report, Severity, Status};
use serde_json::{Value, json};

use crate::Manner;
use crate::load::Loaded;
use crate::options::Format;
use crate::show::{self, pick, plain, style};
use crate::status::{CLEAN, FOUND, UNREADABLE};
use crate::summary::Row;

/// Undecided sums beyond this are only counted.
const LISTED: usize = 12;

/// The whole of a report in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Clean,
    PartlyUnchecked,
    Warnings,
    Errors,
    Unreadable,
}

impl Verdict {
    pub(crate) const ALL: [Self; 5] = [Self::Clean, Self::PartlyUnchecked, Self::Warnings, Self::Errors, Self::Unreadable];

    pub(crate) const fn name(self, language: Language) -> &'static str {
        match self {
            Self::Clean => pick(language, "无误", "clean"),
            Self::PartlyUnchecked => pick(language, "部分无法核对", "partly unchecked"),
            Self::Warnings => pick(language, "有警告", "warnings"),
            Self::Errors => pick(language, "有错误", "errors"),
            Self::Unreadable => pick(language, "无法读取", "unreadable"),
        }
    }

    const fn style(self) -> Style {
        match self {
            Self::Clean => AnsiColor::Green.on_default(),
            Self::PartlyUnchecked | Self::Warnings => style(Severity::Warning),
            Self::Errors | Self::Unreadable => style(Severity::Error),
        }
    }
}

/// The answer for one report, and its row in the closing table.
pub(crate) struct Answer {
    pub(crate) written: Vec<u8>,
    pub(crate) row: Row,
    /// The waivers that name one of its findings.
    pub(crate) named: BTreeSet<usize>,
}

impl Answer {
    pub(crate) fn to(loaded: &Loaded, manner: &Manner) -> Self {
        let mut named = BTreeSet::new();
        let mut written = Vec::new();
        let source = loaded.source.clone();
        let (report, notices) = match &loaded.outcome {
            Ok((report, notices)) => (report, notices),
            Err(error) => {
                let row = Row { source, verdict: Verdict::Unreadable, counts: [0; 5], status: UNREADABLE };
                let error = error.sentence(manner.language);
                match manner.format {
                    Format::Text => head(&mut written, row.verdict, manner.language, &format!("{}: {error}", loaded.source)),
                    Format::Json => line(&mut written, &value(&loaded.source, None, Some(&error), &[], &Value::Null, None, manner)),
                }
                return Self { written, row, named };
            }
        };
        let assessment = report.validate();
        let findings = assessment.findings();
        if let Some(decisions) = &manner.decisions {
            named.extend(findings.iter().flat_map(|finding| decisions.naming(finding)));
        }
        let stands = |finding: &&Finding| manner.decisions.as_ref().is_none_or(|decisions| decisions.waiver(finding).is_none());
        let count = |severity| {
            let told = notices.iter().filter(|notice| notice.severity == severity).count();
            findings.iter().filter(stands).filter(|finding| finding.severity() == severity).count().saturating_add(told)
        };
        let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        let undetermined = usize::try_from(assessment.count(gongkai::Verdict::Undetermined)).unwrap_or(0);
        let waived = findings.len().saturating_sub(findings.iter().filter(stands).count());
        let verdict = match (errors, warnings, undetermined) {
            (0, 0, 0) => Verdict::Clean,
            (0, 0, _) => Verdict::PartlyUnchecked,
            (0, _, _) => Verdict::Warnings,
            _ => Verdict::Errors,
        };
        let counted = [(Severity::Error, errors), (Severity::Warning, warnings), (Severity::Note, notes)];
        let fails = counted.iter().any(|&(severity, count)| severity >= manner.fail_on && count > 0);
        let row =
            Row { source, verdict, counts: [errors, warnings, notes, undetermined, waived], status: if fails { FOUND } else { CLEAN } };
        let diagnosis = report.diagnose_with(&manner.options);
        match manner.format {
            Format::Text => {
                // Writing to memory cannot fail.
                _ = checked(&mut written, report, &assessment, &findings, notices, &row, manner);
                _ = diagnosed(&mut written, &diagnosis, manner.language);
                _ = coverage(&mut written, &assessment, manner.language);
            }
            Format::Json => {
                let assessment = self::assessment(&assessment, &findings, manner);
                let value = value(&loaded.source, Some(report), None, notices, &assessment, Some(&diagnosis), manner);
                line(&mut written, &value);
            }
        }
        Self { written, row, named }
    }
}

/// What is wrong with the waivers themselves, as an answer for their file.
pub(crate) fn decisions(manner: &Manner, named: &BTreeSet<usize>) -> Answer {
    let mut written = Vec::new();
    let mut row = Row { source: String::new(), verdict: Verdict::Warnings, counts: [0; 5], status: CLEAN };
    if let Some(decisions) = &manner.decisions {
        let findings = decisions.review(named);
        if findings.iter().any(|finding| finding.severity() >= manner.fail_on) {
            row.status = FOUND;
        }
        match manner.format {
            Format::Text if findings.is_empty() => {}
            Format::Text => {
                head(&mut written, row.verdict, manner.language, &decisions.file);
                for finding in &findings {
                    _ = found(&mut written, finding, manner);
                }
            }
            Format::Json => {
                let findings: Vec<_> = findings.iter().map(|finding| self::finding(finding, manner)).collect();
                line(&mut written, &json!({"source": decisions.file, "waivers": findings}));
            }
        }
    }
    Answer { written, row, named: BTreeSet::new() }
}

fn head(out: &mut Vec<u8>, verdict: Verdict, language: Language, text: &str) {
    let (word, style) = (verdict.name(language), verdict.style());
    _ = writeln!(out, "{style}[{word}]{style:#} {}", plain(text));
}

fn line(out: &mut Vec<u8>, value: &Value) {
    _ = writeln!(out, "{value}");
}

/// One JSON value for a report. Its shape is part of the documentation and pinned by a test.
fn value(
    source: &str,
    report: Option<&Report>,
    error: Option<&str>,
    notices: &[Notice],
    assessment: &Value,
    diagnosis: Option<&Diagnosis>,
    manner: &Manner,
) -> Value {
    json!({
        "source": source,
        "report": report,
        "error": error,
        "notices": notices.iter().map(|notice| json!({
            "severity": notice.severity,
            "kind": notice.kind.key(),
            "cells": notice.cells,
            "line": notice.line,
            "printed": notice.printed,
            "counted": notice.counted.map(|(found, cells)| json!({"figures": found, "cells": cells})),
            "message": notice.display(manner.language).to_string(),
        })).collect::<Vec<_>>(),
        "assessment": assessment,
        "diagnosis": diagnosis,
    })
}

fn finding(finding: &Finding, manner: &Manner) -> Value {
    let mut value = show::value(finding, manner.language);
    let waiver = manner.decisions.as_ref().and_then(|decisions| decisions.waiver(finding));
    if let (Some(object), Some(waiver)) = (value.as_object_mut(), waiver) {
        object.insert("waived".to_owned(), json!(waiver));
    }
    value
}

fn assessment(assessment: &Assessment<'_>, findings: &[Finding], manner: &Manner) -> Value {
    let open = assessment.open().into_iter().map(|(identity, sum)| {
        json!({
            "rule": identity.rule(),
            "cells": sum.cells().collect::<Vec<_>>(),
            "unknown": sum.unknown().collect::<Vec<_>>(),
        })
    });
    json!({
        "holds": assessment.count(gongkai::Verdict::Holds),
        "violated": assessment.count(gongkai::Verdict::Violated),
        "undetermined": assessment.count(gongkai::Verdict::Undetermined),
        "findings": findings.iter().map(|one| finding(one, manner)).collect::<Vec<_>>(),
        "open": open.collect::<Vec<_>>(),
    })
}

/// A line of verdict, then what was found, worst first.
fn checked(
    out: &mut Vec<u8>,
    report: &Report,
    assessment: &Assessment<'_>,
    findings: &[Finding],
    notices: &[Notice],
    row: &Row,
    manner: &Manner,
) -> io::Result<()> {
    let language = manner.language;
    let [errors, warnings, notes, undetermined, waived] = row.counts;
    let [holds, violated] = [gongkai::Verdict::Holds, gongkai::Verdict::Violated].map(|verdict| assessment.count(verdict));
    let all = assessment.identities().count();
    let (source, name, year) = (&row.source, report.authority().name(), report.year());
    let mut text = match language {
        Language::Chinese => format!(
            "{source}：{name} {year} 年度，{all} 项勾稽关系中 {holds} 项成立、{violated} 项不成立、\
             {undetermined} 项无法判定；错误 {errors}，警告 {warnings}，提示 {notes}"
        ),
        Language::English => format!(
            "{source}: {name}, {year}: of {all} identities {holds} hold, {violated} violated, \
             {undetermined} undetermined; errors {errors}, warnings {warnings}, notes {notes}"
        ),
    };
    if waived > 0 {
        text += pick(language, "，已豁免 ", ", waived ");
        text += &waived.to_string();
    }
    head(out, row.verdict, language, &text);
    // Of the same weight, first what the report says, then how the page was read.
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        for finding in findings.iter().filter(|finding| finding.severity() == severity) {
            found(out, finding, manner)?;
        }
        let (word, style) = (severity.name(language), style(severity));
        for notice in notices.iter().filter(|notice| notice.severity == severity) {
            writeln!(out, "  {style}{word}{style:#} {}", plain(&notice.display(language).to_string()))?;
        }
    }
    Ok(())
}

/// One finding, and the waiver that lets it stand.
fn found(out: &mut Vec<u8>, finding: &Finding, manner: &Manner) -> io::Result<()> {
    let language = manner.language;
    let fingerprint = if manner.fingerprints { format!(" [{}]", finding.fingerprint()) } else { String::new() };
    let waiver =
        manner.decisions.as_ref().and_then(|decisions| decisions.waiver(finding)).map_or_else(String::new, |waiver| {
            format!("{}{}{}", pick(language, "（", " ("), waiver.note(language), pick(language, "）", ")"))
        });
    show::line(out, finding, &format!("{fingerprint}{waiver}"), language)
}

/// Which cells explain what does not add up, and what blanks must be.
fn diagnosed(out: &mut Vec<u8>, diagnosis: &Diagnosis, language: Language) -> io::Result<()> {
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

/// What was checked, and what could not be and why.
fn coverage(out: &mut Vec<u8>, assessment: &Assessment<'_>, language: Language) -> io::Result<()> {
    let rules = CATALOGUE.iter().filter(|rule| rule.severity == Severity::Error).filter_map(|rule| {
        let of = |wanted: fn(gongkai::Verdict) -> bool| {
            assessment.identities().filter(|id| id.rule() == rule.id && assessment.verdict(*id).is_some_and(wanted)).count()
        };
        let (decided, all) = (of(|verdict| verdict != gongkai::Verdict::Undetermined), of(|_| true));
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
