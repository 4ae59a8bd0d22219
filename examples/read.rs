//! Reads a page, of any kind that is read, into the JSON of a report; what could not be read goes to standard error.
//!
//! `cargo run --release --features html --example read -- examples/data/suqian-2024.html`

#[path = "support/lang.rs"]
mod lang;
#[path = "support/load.rs"]
mod load;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use gongkai::Reader;

use lang::Lang;
use load::{Input, Loaded};

/// Reads a page into the JSON of a report; the notices go to standard error.
///
/// Exit status: 0 if a report was read, whatever there was to tell; 2 if none was.
#[derive(Debug, Parser)]
#[command(name = "read")]
struct Arguments {
    /// What the file holds
    #[arg(long, value_enum, default_value_t = Input::Auto)]
    input: Input,
    /// The language of the notices
    #[arg(long, value_enum, default_value_t = Lang::Auto)]
    lang: Lang,
    /// The authority, whatever the page says
    #[arg(long, value_name = "NAME")]
    authority: Option<String>,
    /// The year that is reported on, whatever the page says
    #[arg(long)]
    year: Option<u16>,
    /// The page, - for standard input
    file: String,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut reader = Reader::new();
    if let Some(authority) = &arguments.authority {
        reader = reader.authority(authority);
    }
    if let Some(year) = arguments.year {
        reader = reader.year(year);
    }
    answer(&Loaded::open(reader, &arguments.file, arguments.input), arguments.lang)
}

/// Says what was read. A closed pipe is no failure.
fn answer(Loaded { source, outcome }: &Loaded, lang: Lang) -> ExitCode {
    let language = lang.language();
    let mut errors = std::io::stderr().lock();
    let (report, notices) = match outcome {
        Ok(read) => read,
        Err(error) => {
            _ = writeln!(errors, "{source}: {}", error.sentence(language));
            return ExitCode::from(2);
        }
    };
    for notice in notices {
        _ = writeln!(errors, "{} [{}] {}", notice.severity.name(language), notice.kind, notice.display(language));
    }
    match serde_json::to_string_pretty(report) {
        Ok(json) => {
            _ = writeln!(std::io::stdout(), "{json}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            _ = writeln!(errors, "{source}: {error}");
            ExitCode::from(2)
        }
    }
}
