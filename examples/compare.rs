//! Compares reports: the years of one authority as a series, two versions of one report cell by cell.
//!
//! `cargo run --release --example compare -- tests/data/reports/suqian-2023.json tests/data/reports/suqian-2024.json`

#[path = "support/lang.rs"]
mod lang;
#[path = "support/load.rs"]
mod load;
#[path = "support/options.rs"]
mod options;
#[path = "support/show.rs"]
mod show;
#[path = "support/status.rs"]
mod status;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use gongkai::{Diff, Language, Report, Series, SeriesError, Verdict};
use serde_json::{Value, json};

use load::Loaded;
use options::{Format, Options};
use show::{pick, plain};
use status::{CLEAN, FOUND, UNREADABLE};

/// Compares annual reports on the disclosure of government information (政府信息公开工作年度报告).
///
/// Reports for different years are a series: what is carried forward must be carried over, what is in force must follow. Two
/// reports for one year are two versions: the cells and parts that differ are listed.
///
/// Exit status: 0 if nothing was found at or above --fail-on, or nothing differs; 1 if something was; 2 if an input could not
/// be read, the reports make no series, or the command was not understood.
#[derive(Debug, Parser)]
#[command(name = "compare")]
struct Arguments {
    /// Whether to compare years or versions
    #[arg(long = "as", value_enum, default_value_t = Manner::Auto)]
    manner: Manner,
    #[command(flatten)]
    options: Options,
    /// Two or more files, pages or JSON
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    files: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Manner {
    /// Versions if two files are for one year, otherwise years
    Auto,
    /// The years of one authority
    Series,
    /// Two reports of any kind, cell by cell
    Diff,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = anstream::AutoStream::auto(io::stdout());
    let (written, status) = match answer(&arguments) {
        Ok(answer) => answer,
        Err(error) => {
            _ = writeln!(io::stderr(), "{error}");
            return ExitCode::from(UNREADABLE);
        }
    };
    // A closed pipe is no failure.
    _ = out.write_all(&written);
    ExitCode::from(status)
}

fn answer(arguments: &Arguments) -> Result<(Vec<u8>, u8), String> {
    let language = arguments.options.language();
    let load = |file: &String| {
        let Loaded { source, outcome } = Loaded::open(gongkai::Reader::new(), file, arguments.options.input);
        outcome.map(|(report, _)| report).map_err(|error| format!("{source}: {}", error.sentence(language)))
    };
    let reports = arguments.files.iter().map(load).collect::<Result<Vec<Report>, _>>()?;
    let diff = match (arguments.manner, reports.as_slice()) {
        (Manner::Diff, [before, after]) => Some((before, after)),
        (Manner::Auto, [before, after]) if before.year() == after.year() => Some((before, after)),
        (Manner::Diff, _) => return Err("versions are compared two by two: give two files".to_owned()),
        (Manner::Auto | Manner::Series, _) => None,
    };
    if let Some((before, after)) = diff {
        return Ok(versions(&Diff::between(before, after), arguments.options.format, language));
    }
    let series = Series::new(&reports).map_err(|error| match error {
        SeriesError::SameYear(year) => {
            let same = arguments.files.iter().zip(&reports).filter(|(_, report)| report.year() == year);
            let files = same.map(|(file, _)| plain(file)).collect::<Vec<_>>().join(pick(language, "、", ", "));
            match language {
                Language::Chinese => format!("{files}：都是 {year} 年度的报告；同一年度的两份请单独比较"),
                Language::English => format!("{files}: all are reports for {year}; compare two of one year by themselves"),
            }
        }
        other => other.to_string(),
    })?;
    Ok(years(&series, arguments, language))
}

fn versions(diff: &Diff, format: Format, language: Language) -> (Vec<u8>, u8) {
    let mut out = Vec::new();
    _ = match format {
        Format::Json => writeln!(out, "{}", json!({ "diff": diff })),
        Format::Text if diff.is_empty() => writeln!(out, "{}", pick(language, "两份报告相同", "the two reports are the same")),
        Format::Text => write!(out, "{}", plain(&diff.display(language).to_string())),
    };
    (out, if diff.is_empty() { CLEAN } else { FOUND })
}

fn years(series: &Series<'_>, arguments: &Arguments, language: Language) -> (Vec<u8>, u8) {
    let assessment = series.validate();
    let findings = assessment.findings();
    let diagnoses = series.diagnose();
    let [holds, violated, undetermined] =
        [Verdict::Holds, Verdict::Violated, Verdict::Undetermined].map(|verdict| assessment.count(verdict));
    let mut out = Vec::new();
    match arguments.options.format {
        Format::Json => {
            let open = assessment.open().map(|(rule, sum)| {
                let operands = sum.left().iter().chain(sum.right());
                let unknown = operands.filter(|operand| operand.is_unknown());
                let unknown: Vec<Value> = unknown.map(|operand| json!({"year": operand.year, "cell": operand.cell})).collect();
                json!({"rule": rule, "unknown": unknown})
            });
            let value = json!({
                "years": series.reports().iter().map(|report| report.year()).collect::<Vec<_>>(),
                "holds": holds,
                "violated": violated,
                "undetermined": undetermined,
                "findings": findings.iter().map(|finding| show::value(finding, language)).collect::<Vec<_>>(),
                "open": open.collect::<Vec<_>>(),
                "diagnoses": diagnoses,
            });
            _ = writeln!(out, "{value}");
        }
        Format::Text => {
            let years: Vec<_> = series.reports().iter().map(|report| report.year().to_string()).collect();
            let mut names: Vec<_> = series.reports().iter().map(|report| plain(report.authority().name())).collect();
            names.dedup();
            let name = names.join(" → ");
            let years = years.join(pick(language, "、", ", "));
            let all = assessment.sums().len();
            _ = match language {
                Language::Chinese => writeln!(
                    out,
                    "{name} {years} 年度：年度之间 {all} 项关系中 {holds} 项成立、{violated} 项不成立、{undetermined} 项无法判定"
                ),
                Language::English => {
                    writeln!(
                        out,
                        "{name}, {years}: of {all} sums between years {holds} hold, {violated} violated, {undetermined} undetermined"
                    )
                }
            };
            for finding in &findings {
                _ = show::line(&mut out, finding, "", language);
            }
            for diagnosis in &diagnoses {
                let mut sentences = diagnosis.sentences(language).into_iter();
                let whole = sentences.next().unwrap_or_default();
                _ = writeln!(out, "  {}{whole}", pick(language, "诊断：", "diagnosis: "));
                for sentence in sentences {
                    _ = writeln!(out, "    {sentence}");
                }
            }
        }
    }
    let fails = findings.iter().any(|finding| finding.severity() >= arguments.options.fail_on());
    (out, if fails { FOUND } else { CLEAN })
}
