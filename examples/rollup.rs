//! Adds up the reports of units and holds the sum against the report of their parent.
//!
//! `cargo run --release --example rollup -- --parent PARENT.json FOLDER`

#[path = "support/batch.rs"]
mod batch;
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

use clap::Parser;
use gongkai::{Language, Number, Report, Rollup, RollupAssessment, Total, Verdict};
use serde_json::{Value, json};

use load::{Input, Loaded};
use options::{Format, Options};
use show::{pick, plain};
use status::{CLEAN, FOUND, UNREADABLE};

/// Adds up the annual reports (政府信息公开工作年度报告) of units, cell by cell.
///
/// A cell that is blank in a unit is unknown in the sum. With --parent the sum is held against the parent's own report, with
/// --roster the units that are missing are named.
///
/// Exit status: 0 if nothing was found at or above --fail-on; 1 if something was; 2 if an input could not be read or the command
/// was not understood. An input that cannot be read is told and does not stop the others.
#[derive(Debug, Parser)]
#[command(name = "rollup")]
struct Arguments {
    /// The report of the parent
    #[arg(long, value_name = "FILE")]
    parent: Option<String>,
    /// The names of the units that ought to report, a line each
    #[arg(long, value_name = "FILE")]
    roster: Option<String>,
    /// The name over the sum; that of the parent if it is not given
    #[arg(long, value_name = "NAME")]
    authority: Option<String>,
    /// The year that is added up; that of the parent, or of the first unit, if it is not given
    #[arg(long)]
    year: Option<u16>,
    #[command(flatten)]
    options: Options,
    /// The reports of the units: files, folders with all that is in them, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match answer(&arguments) {
        Ok((written, status)) => {
            // A closed pipe is no failure.
            _ = anstream::AutoStream::auto(io::stdout()).write_all(&written);
            ExitCode::from(status)
        }
        Err(error) => {
            _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(UNREADABLE)
        }
    }
}

fn answer(arguments: &Arguments) -> Result<(Vec<u8>, u8), String> {
    let language = arguments.options.language();
    let parent = arguments.parent.as_ref().map(|file| {
        let Loaded { source, outcome } = Loaded::open(
            gongkai::Reader::new(),
            file,
            if arguments.options.input == Input::Ndjson { Input::Json } else { arguments.options.input },
        );
        outcome.map(|(report, _)| report).map_err(|error| format!("{source}: {}", error.sentence(language)))
    });
    let parent: Option<Report> = parent.transpose()?;
    let mut rollup = arguments.year.or(parent.as_ref().map(Report::year)).map(Rollup::new);
    let mut unread: Vec<(String, String)> = Vec::new();
    batch::run(
        &arguments.files,
        arguments.options.input,
        |loaded| loaded,
        |loaded: Loaded| {
            match loaded.outcome {
                // What was not added is told in the findings.
                Ok((report, _)) => _ = rollup.get_or_insert_with(|| Rollup::new(report.year())).add(&report),
                Err(error) => unread.push((loaded.source, error.sentence(language))),
            }
            Ok(())
        },
    )
    .map_err(|error| error.to_string())?;
    let mut rollup = rollup.ok_or("none of the files holds a report")?;
    if let Some(file) = &arguments.roster {
        let names = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        rollup.expect(names.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|name| !name.is_empty()));
    }
    let parents_name = parent.as_ref().map(|parent| parent.authority().name());
    let name = arguments.authority.as_deref().or(parents_name).unwrap_or("合计");
    let sum = rollup.report(name).map_err(|error| error.to_string())?;
    let assessment = parent.as_ref().map_or_else(|| rollup.alone(), |parent| rollup.against(parent));
    let findings = assessment.findings();
    let mut out = Vec::new();
    let whole = Whole { rollup: &rollup, sum: &sum, assessment: &assessment, unread: &unread };
    _ = match arguments.options.format {
        Format::Json => writeln!(out, "{}", whole.value(language)),
        Format::Text => whole.text(&mut out, language),
    };
    let fails = findings.iter().any(|finding| finding.severity() >= arguments.options.fail_on());
    let status = match (unread.is_empty(), fails) {
        (false, _) => UNREADABLE,
        (true, true) => FOUND,
        (true, false) => CLEAN,
    };
    Ok((out, status))
}

/// All that is to be said.
struct Whole<'a> {
    rollup: &'a Rollup,
    sum: &'a Report,
    assessment: &'a RollupAssessment<'a>,
    unread: &'a [(String, String)],
}

impl Whole<'_> {
    /// The cells of the sum that are unknown: some unit leaves them so, or the sum is more than a cell can hold.
    fn unknown(&self) -> Vec<(gongkai::CellAddress, Total)> {
        self.sum
            .cells()
            .filter_map(|(cell, _)| Some((cell, self.rollup.total(cell).filter(|total| total.unknown() > 0 || is_too_much(total))?)))
            .collect()
    }

    fn value(&self, language: Language) -> Value {
        let unknown = self.unknown().into_iter().map(
            |(cell, total)| json!({"cell": cell, "at_least": total.at_least().map(|number| number.to_string()), "units": total.unknown()}),
        );
        let count = |verdict| self.assessment.count(verdict);
        json!({
            "sum": self.sum,
            "units": self.rollup.units().collect::<Vec<_>>(),
            "missing": self.rollup.missing().collect::<Vec<_>>(),
            "unread": self.unread.iter().map(|(source, error)| json!({"source": source, "error": error})).collect::<Vec<_>>(),
            "unknown": unknown.collect::<Vec<_>>(),
            "holds": count(Verdict::Holds),
            "violated": count(Verdict::Violated),
            "undetermined": count(Verdict::Undetermined),
            "findings": self.assessment.findings().iter().map(|finding| show::value(finding, language)).collect::<Vec<_>>(),
        })
    }

    fn text(&self, out: &mut Vec<u8>, language: Language) -> io::Result<()> {
        let (units, year, unknown) = (self.rollup.units().len(), self.rollup.year(), self.unknown());
        match language {
            Language::Chinese => writeln!(out, "{year} 年度：{units} 个单位相加，{} 格因空白等原因无法合计", unknown.len())?,
            Language::English => writeln!(out, "{year}: {units} units added up, {} cells unknown for blanks and the like", unknown.len())?,
        }
        let sums = self.assessment.sums().len();
        if sums > 0 {
            let [holds, violated, undetermined] =
                [Verdict::Holds, Verdict::Violated, Verdict::Undetermined].map(|verdict| self.assessment.count(verdict));
            match language {
                Language::Chinese => {
                    writeln!(out, "与汇总报告核对 {sums} 格：{holds} 格相等、{violated} 格不相等、{undetermined} 格无法判定")?;
                }
                Language::English => {
                    writeln!(out, "of {sums} cells of the parent {holds} hold, {violated} violated, {undetermined} undetermined")?;
                }
            }
        }
        for finding in self.assessment.findings() {
            show::line(out, &finding, "", language)?;
        }
        for (source, error) in self.unread {
            writeln!(out, "  {} {}: {}", pick(language, "无法读取", "unreadable"), plain(source), plain(error))?;
        }
        for (cell, total) in unknown.iter().take(LISTED) {
            let place = cell.place(self.sum.edition(cell.table()), language);
            if is_too_much(total) {
                writeln!(out, "  {place}{}", pick(language, "：合计超出一格所能容纳", ": the sum is more than a cell can hold"))?;
                continue;
            }
            let at_least = total.at_least().map_or_else(|| "?".to_owned(), |number| number.to_string());
            match language {
                Language::Chinese => writeln!(out, "  {place}：{} 个单位未知，其余合计 {at_least}", total.unknown())?,
                Language::English => writeln!(out, "  {place}: unknown in {} units, at least {at_least}", total.unknown())?,
            }
        }
        if let Some(rest) = unknown.len().checked_sub(LISTED).filter(|&rest| rest > 0) {
            match language {
                Language::Chinese => writeln!(out, "  另有 {rest} 格，见 --format json")?,
                Language::English => writeln!(out, "  and {rest} more, see --format json")?,
            }
        }
        self.sums(out, language)
    }

    /// The sums that are known and not zero, a line for each row of the form.
    fn sums(&self, out: &mut Vec<u8>, language: Language) -> io::Result<()> {
        let (colon, comma) = (pick(language, "：", ": "), pick(language, "、", ", "));
        writeln!(out, "  {}{colon}", pick(language, "合计（未列出的格为 0 或未知）", "sums (cells not listed are 0 or unknown)"))?;
        let known = self.sum.cells().filter_map(|(cell, found)| Some((cell, found.value().filter(|number| !is_zero(number))?)));
        let known: Vec<_> = known.collect();
        for row in known.chunk_by(|(one, _), (next, _)| one.table() == next.table() && one.row_key() == next.row_key()) {
            let [(first, _), ..] = *row else { continue };
            let edition = self.sum.edition(first.table());
            let numbers: Vec<_> = row.iter().map(|(cell, number)| format!("{} {number}", cell.column_name(edition, language))).collect();
            writeln!(out, "    {}{colon}{}", first.row_place(edition, language), numbers.join(comma))?;
        }
        Ok(())
    }
}

/// Whether every unit's number is known, and their sum is none that a cell can hold.
fn is_too_much(total: &Total) -> bool {
    total.unknown() == 0 && total.numbers() > 0 && total.value().is_none()
}

fn is_zero(number: &Number) -> bool {
    match number {
        Number::Money(money) => money.amount.is_zero(),
        _ => number.integer() == Some(0),
    }
}

/// Unknown cells beyond this are only counted.
const LISTED: usize = 12;
