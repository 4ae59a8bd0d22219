//! Checks reports: reads pages or JSON, judges every identity, says what is wrong and where.
//!
//! `cargo run --release --example check -- examples/data/haiyuan-science-2020.txt`

#[path = "../support/batch.rs"]
mod batch;
#[path = "../support/lang.rs"]
mod lang;
#[path = "../support/load.rs"]
mod load;
#[path = "../support/options.rs"]
mod options;
mod output;
#[path = "../support/show.rs"]
mod show;
#[path = "../support/status.rs"]
mod status;
mod summary;
#[path = "../support/waive.rs"]
mod waive;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use gongkai::{DiagnoseOptions, Language};

use load::{Input, Loaded};
use options::{Format, Options};
use output::Answer;
use status::UNREADABLE;
use summary::Summary;
use waive::Decisions;

/// Checks annual reports on the disclosure of government information (政府信息公开工作年度报告).
///
/// Exit status: 0 if nothing was found at or above --fail-on, 1 if something was, 2 if an input could not be read or the
/// command was not understood; of several files the highest. What a waiver lets stand does not count.
#[derive(Debug, Parser)]
#[command(name = "check")]
struct Arguments {
    #[command(flatten)]
    options: Options,
    /// The largest set of cells that a diagnosis looks for, at most 12
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(0..=12))]
    diagnosis_limit: u8,
    /// Findings that may stand: a TOML or JSON file of waivers
    #[arg(long, value_name = "FILE")]
    waivers: Option<String>,
    /// The day on which waivers are applied, such as 2026-03-01; today if it is not given
    #[arg(long, value_name = "DAY", requires = "waivers", value_parser = waive::day)]
    on: Option<gongkai::chrono::NaiveDate>,
    /// Print the fingerprint of every finding, for waivers
    #[arg(long)]
    fingerprints: bool,
    /// Files, folders with all that is in them, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
}

/// How to judge and how to say it.
pub(crate) struct Manner {
    pub(crate) format: Format,
    pub(crate) language: Language,
    pub(crate) fail_on: gongkai::Severity,
    pub(crate) options: DiagnoseOptions,
    pub(crate) decisions: Option<Decisions>,
    pub(crate) fingerprints: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let decisions = match arguments.waivers.as_deref().map(|file| Decisions::open(file, arguments.on)).transpose() {
        Ok(decisions) => decisions,
        Err(error) => {
            _ = writeln!(std::io::stderr(), "{error}");
            return ExitCode::from(UNREADABLE);
        }
    };
    let manner = Manner {
        format: arguments.options.format,
        language: arguments.options.language(),
        fail_on: arguments.options.fail_on(),
        options: DiagnoseOptions::new().limit(arguments.diagnosis_limit.into()),
        decisions,
        fingerprints: arguments.fingerprints,
    };
    // Colours are left out where nobody sees them; JSON has none, and keeps every character.
    let stdout = std::io::stdout();
    let mut out = match manner.format {
        Format::Text => anstream::AutoStream::auto(stdout),
        Format::Json => anstream::AutoStream::always(stdout),
    };
    let mut summary = Summary::default();
    let several = arguments.files.len() > 1
        || arguments.options.input == Input::Ndjson
        || arguments.files.iter().any(|file| Path::new(file).is_dir());
    let answered = batch::run(
        &arguments.files,
        arguments.options.input,
        |loaded: Loaded| Answer::to(&loaded, &manner),
        |answer: Answer| {
            out.write_all(&answer.written)?;
            summary.note(answer);
            // Who waits for each answer gets it at once.
            out.flush()
        },
    );
    // Nobody reads on after a closed pipe: that is no failure of the check.
    if answered.is_ok() {
        if summary.is_empty() {
            _ = writeln!(std::io::stderr(), "nothing to check: the folder or the stream has no reports");
            return ExitCode::from(UNREADABLE);
        }
        let closing = output::decisions(&manner, &summary.named);
        _ = out.write_all(&closing.written);
        summary.status = summary.status.max(closing.row.status);
        if several && manner.format == Format::Text {
            _ = summary.write(&mut out, manner.language);
        }
    }
    ExitCode::from(summary.status)
}
