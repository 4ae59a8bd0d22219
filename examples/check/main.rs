//! Checks reports: reads pages or JSON, judges every identity, says what is wrong and where.
//!
//! `cargo run --release --example check -- examples/data/haiyuan-science-2020.txt`

#[path = "../support/lang.rs"]
mod lang;
#[path = "../support/load.rs"]
mod load;
mod output;
#[path = "../support/status.rs"]
mod status;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use gongkai::{DiagnoseOptions, Report, Severity};

use lang::Lang;
use load::{Input, Loaded};
use status::{CLEAN, FOUND, UNREADABLE};

/// Checks annual reports on the disclosure of government information (政府信息公开工作年度报告).
///
/// Exit status: 0 if nothing was found at or above --fail-on, 1 if something was, 2 if an input could not be read or the
/// command was not understood; of several files the highest.
#[derive(Debug, Parser)]
#[command(name = "check")]
struct Arguments {
    /// What the files hold
    #[arg(long, value_enum, default_value_t = Input::Auto)]
    input: Input,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The language of the sentences
    #[arg(long, value_enum, default_value_t = Lang::Auto)]
    lang: Lang,
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// The largest set of cells that a diagnosis looks for, at most 12
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(0..=12))]
    diagnosis_limit: u8,
    /// Files, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON value per file and line
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
}

impl FailOn {
    const fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = anstream::AutoStream::auto(std::io::stdout());
    let mut status = CLEAN;
    for file in &arguments.files {
        let loaded = Loaded::open(file, arguments.input);
        status = status.max(status_of(&loaded, arguments.fail_on.severity()));
        let language = arguments.lang.language();
        let options = DiagnoseOptions::new().limit(arguments.diagnosis_limit.into());
        let written = match arguments.format {
            Format::Text => output::text(&mut out, &loaded, &options, language),
            Format::Json => writeln!(out, "{}", output::json(&loaded, &options, language)),
        };
        if written.and_then(|()| out.flush()).is_err() {
            // Nobody reads on: a closed pipe is no failure of the check.
            return ExitCode::from(status);
        }
    }
    ExitCode::from(status)
}

fn status_of(loaded: &Loaded, fail_on: Severity) -> u8 {
    match &loaded.outcome {
        Err(_) => UNREADABLE,
        Ok((report, notices)) => {
            let told = notices.iter().any(|notice| notice.severity >= fail_on);
            if told || found(report, fail_on) { FOUND } else { CLEAN }
        }
    }
}

fn found(report: &Report, severity: Severity) -> bool {
    !report.validate().findings_from(severity).is_empty()
}
