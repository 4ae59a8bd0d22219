//! Reads a page, of any kind that is read, into the JSON of a report; what could not be read goes to standard error.
//!
//! `cargo run --release --features html --example read -- examples/data/haiyuan-science-2020.txt`

use std::io::{Read, Write};
use std::process::ExitCode;

use clap::Parser;
use gongkai::{Language, Reader, Reading, Report, Source, Transcript};

/// Reads a page into the JSON of a report.
#[derive(Parser)]
struct Arguments {
    /// The page, `-` for standard input.
    file: String,
    /// The authority, whatever the page says.
    #[arg(long)]
    authority: Option<String>,
    /// The year that is reported on, whatever the page says.
    #[arg(long)]
    year: Option<u16>,
    /// Notices in English.
    #[arg(long)]
    english: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut errors = anstream::stderr().lock();
    let told = match run(&arguments) {
        Ok(reading) => {
            let language = if arguments.english { Language::English } else { Language::Chinese };
            let notices = reading.notices.iter().try_for_each(|notice| {
                writeln!(errors, "{} [{}] {}", notice.severity.name(language), notice.kind, notice.display(language))
            });
            let json = serde_json::to_string_pretty(&reading.report).unwrap_or_default();
            notices.and_then(|()| writeln!(anstream::stdout(), "{json}")).map(|()| ExitCode::SUCCESS)
        }
        Err(error) => writeln!(errors, "{}: {error}", arguments.file).map(|()| ExitCode::from(2)),
    };
    told.unwrap_or(ExitCode::from(2))
}

fn run(arguments: &Arguments) -> Result<Reading, String> {
    let mut bytes = Vec::new();
    let read = match &*arguments.file {
        "-" => std::io::stdin().lock().read_to_end(&mut bytes),
        file => std::fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    read.map_err(|error| error.to_string())?;
    let mut reader = Reader::new();
    if let Some(authority) = &arguments.authority {
        reader = reader.authority(authority);
    }
    if let Some(year) = arguments.year {
        reader = reader.year(year);
    }
    match Source::detect(&bytes) {
        Source::Json => {
            let report: Report = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
            Ok(Reading { report, notices: Vec::new() })
        }
        Source::Transcript => {
            let transcript: Transcript = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
            reader.transcript(&transcript).map_err(|error| error.to_string())
        }
        _ => reader.read(&bytes).map_err(|error| error.to_string()),
    }
}
