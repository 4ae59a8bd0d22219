//! Reading a source: a file or standard input, a page or the JSON of a report.

use std::io::Read;
use std::path::Path;

use gongkai::{Notice, Reader, Report, Source};

/// The most bytes of a file.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// How the bytes of a source are to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Input {
    /// By content
    Auto,
    /// The JSON of a report
    Json,
    /// Plain text
    Text,
    /// Markdown with pipe tables
    Markdown,
    /// HTML (needs the feature `html`)
    Html,
}

/// A source that was read, or why it could not be.
pub(crate) struct Loaded {
    /// The path as it was given, `-` for standard input.
    pub(crate) source: String,
    pub(crate) outcome: Result<(Report, Vec<Notice>), String>,
}

impl Loaded {
    /// Reads a file, or standard input for `-`.
    pub(crate) fn open(source: &str, input: Input) -> Self {
        Self { source: source.to_owned(), outcome: bytes(source).and_then(|bytes| read(&bytes, input)) }
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

fn read(bytes: &[u8], input: Input) -> Result<(Report, Vec<Notice>), String> {
    let source = match input {
        Input::Auto => Source::detect(bytes),
        Input::Json => Source::Json,
        Input::Text => Source::Text,
        Input::Markdown => Source::Markdown,
        Input::Html => Source::Html,
    };
    if source == Source::Json {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        return serde_json::from_slice(text).map(|report| (report, Vec::new())).map_err(|error| error.to_string());
    }
    let reading = Reader::new().source(source).read(bytes).map_err(|error| error.to_string())?;
    Ok((reading.report, reading.notices))
}
