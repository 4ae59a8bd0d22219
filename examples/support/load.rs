//! Reading a source: a file or standard input, a page, a transcript or the JSON of a report.

use std::io::Read;
use std::path::Path;

use gongkai::{Language, Notice, ReadError, Reader, Report, Source, Transcript};

/// The most bytes of a source.
pub(crate) const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// How the bytes of a source are to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Input {
    /// By content
    Auto,
    /// The JSON of a report
    Json,
    /// The JSON of a report on each line
    Ndjson,
    /// Plain text
    Text,
    /// Markdown with pipe tables
    Markdown,
    /// HTML (needs the feature `html`)
    Html,
    /// The JSON of a transcript
    Transcript,
}

/// A source that was read, or why it could not be.
pub(crate) struct Loaded {
    /// The path as it was given, `-` for standard input, with the line for a line of a stream.
    pub(crate) source: String,
    pub(crate) outcome: Result<(Report, Vec<Notice>), Unread>,
}

/// Why a source could not be read.
pub(crate) enum Unread {
    /// It is a page that cannot be.
    Page(ReadError),
    /// It cannot be opened, or is not the JSON that it should be.
    Other(String),
}

impl Unread {
    pub(crate) fn sentence(&self, language: Language) -> String {
        match self {
            Self::Page(error) => error.display(language).to_string(),
            Self::Other(error) => error.clone(),
        }
    }
}

impl Loaded {
    /// Reads a file, or standard input for `-`, with what the reader was told.
    pub(crate) fn open(reader: Reader, source: &str, input: Input) -> Self {
        Self::of(reader, source.to_owned(), bytes(source), input)
    }

    /// Reads bytes that were fetched, or not.
    pub(crate) fn of(reader: Reader, source: String, bytes: Result<Vec<u8>, String>, input: Input) -> Self {
        Self { source, outcome: bytes.map_err(Unread::Other).and_then(|bytes| read(reader, &bytes, input)) }
    }
}

fn bytes(source: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let limited = |from: &mut dyn Read, bytes: &mut Vec<u8>| from.take(MAX_BYTES.saturating_add(1)).read_to_end(bytes);
    let read = if source == "-" {
        limited(&mut std::io::stdin().lock(), &mut bytes)
    } else if Path::new(source).is_dir() {
        return Err("this is a directory".to_owned());
    } else {
        std::fs::File::open(source).and_then(|mut file| limited(&mut file, &mut bytes))
    };
    match read {
        Err(error) => Err(error.to_string()),
        Ok(_) if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) => {
            Err(format!("the source has more than {MAX_BYTES} bytes, which is the most that is read"))
        }
        Ok(_) => Ok(bytes),
    }
}

fn read(reader: Reader, bytes: &[u8], input: Input) -> Result<(Report, Vec<Notice>), Unread> {
    let source = match input {
        Input::Auto => Source::detect(bytes),
        Input::Json | Input::Ndjson => Source::Json,
        Input::Text => Source::Text,
        Input::Markdown => Source::Markdown,
        Input::Html => Source::Html,
        Input::Transcript => Source::Transcript,
    };
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let json = |error: serde_json::Error| match input {
        Input::Auto if error.to_string().starts_with("trailing characters") => {
            Unread::Other(format!("{error}; for a report on each line use --input ndjson"))
        }
        _ => Unread::Other(error.to_string()),
    };
    let reading = match source {
        Source::Json => return serde_json::from_slice(text).map(|report| (report, Vec::new())).map_err(json),
        Source::Transcript => reader.transcript(&serde_json::from_slice::<Transcript>(text).map_err(json)?),
        source => reader.source(source).read(bytes),
    };
    reading.map(|reading| (reading.report, reading.notices)).map_err(Unread::Page)
}
