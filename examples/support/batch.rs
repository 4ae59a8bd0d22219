//! Many sources at once: files, folders, streams of reports; read in parallel, answered in order.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use gongkai::Reader;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use crate::load::{Input, Loaded, MAX_BYTES};

/// How many sources are worked on at once, and how many bytes of a stream at most are held for that.
const AT_ONCE: usize = 256;
const BYTES_AT_ONCE: usize = 16 * 1024 * 1024;

/// One source to be read.
enum Job {
    /// A file, or `-` for standard input.
    File(String),
    /// A line of a stream: its name and its bytes, or why it cannot be read.
    Line(String, Result<Vec<u8>, String>),
}

impl Job {
    fn load(self, input: Input) -> Loaded {
        match self {
            Self::File(source) => Loaded::open(Reader::new(), &source, input),
            Self::Line(source, bytes) => Loaded::of(Reader::new(), source, bytes, Input::Json),
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::Line(_, Ok(bytes)) => bytes.len(),
            Self::File(_) | Self::Line(..) => 0,
        }
    }
}

/// Reads every source and hands its answer over, in the order of the sources; folders are gone through by name, with all that is
/// in them. Only a fixed number of reports is held at any time. `take` ends the work with an error.
pub(crate) fn run<T: Send>(
    sources: &[String],
    input: Input,
    answer: impl Fn(Loaded) -> T + Sync,
    mut take: impl FnMut(T) -> io::Result<()> + Send,
) -> io::Result<()> {
    let mut jobs = Jobs { sources: sources.iter(), open: Vec::new(), stream: None, input };
    let mut next: Vec<Job> = jobs.chunk();
    // Only long work is worth a line of progress, and only where someone looks.
    let bar = if jobs.is_done() { ProgressBar::hidden() } else { ProgressBar::no_length() };
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} · {per_sec} · {elapsed}") {
        bar.set_style(style);
    }
    let mut answers: Vec<T> = Vec::new();
    while !next.is_empty() || !answers.is_empty() {
        let work = std::mem::take(&mut next);
        let count = work.len();
        let done = std::mem::take(&mut answers);
        // While these are worked on, the answers before them are written and the sources after them fetched.
        let (written, found) = rayon::join(
            || {
                let written = bar.suspend(|| done.into_iter().try_for_each(&mut take));
                next = jobs.chunk();
                written
            },
            || work.into_par_iter().map(|job| answer(job.load(input))).collect::<Vec<_>>(),
        );
        answers = found;
        bar.inc(u64::try_from(count).unwrap_or(0));
        written?;
    }
    bar.finish_and_clear();
    Ok(())
}

/// The sources, one after the other, as far as they are asked for.
struct Jobs<'s> {
    sources: std::slice::Iter<'s, String>,
    /// What is left of the folders that are gone through, the innermost last.
    open: Vec<std::vec::IntoIter<PathBuf>>,
    stream: Option<Stream>,
    input: Input,
}

impl Jobs<'_> {
    fn chunk(&mut self) -> Vec<Job> {
        let mut chunk = Vec::new();
        let mut bytes = 0_usize;
        while chunk.len() < AT_ONCE && bytes < BYTES_AT_ONCE {
            let Some(job) = self.next() else { break };
            bytes = bytes.saturating_add(job.size());
            chunk.push(job);
        }
        chunk
    }

    fn is_done(&self) -> bool {
        self.sources.len() == 0 && self.open.is_empty() && self.stream.is_none()
    }

    /// Opens a file or a folder; a file that is no stream is a job of its own.
    fn enter(&mut self, source: String) -> Option<Job> {
        if source != "-" && Path::new(&source).is_dir() {
            match folder(Path::new(&source)) {
                Ok(entries) => self.open.push(entries.into_iter()),
                Err(error) => return Some(Job::Line(source, Err(error.to_string()))),
            }
            return None;
        }
        if self.input != Input::Ndjson {
            return Some(Job::File(source));
        }
        match Stream::open(&source) {
            Ok(stream) => {
                self.stream = Some(stream);
                None
            }
            Err(error) => Some(Job::Line(source, Err(error.to_string()))),
        }
    }
}

impl Iterator for Jobs<'_> {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        loop {
            if let Some(stream) = &mut self.stream {
                if let Some(job) = stream.line() {
                    return Some(job);
                }
                self.stream = None;
            } else if let Some(folder) = self.open.last_mut() {
                let Some(path) = folder.next() else {
                    self.open.pop();
                    continue;
                };
                if let Some(job) = self.enter(path.to_string_lossy().into_owned()) {
                    return Some(job);
                }
            } else {
                let source = self.sources.next()?.clone();
                if let Some(job) = self.enter(source) {
                    return Some(job);
                }
            }
        }
    }
}

/// What is in a folder, by name. Hidden files are left out, and so are pipes, devices, and links to folders, which may lead back.
fn folder(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let loops = entry.file_type()?.is_symlink() && entry.path().is_dir();
        // A pipe or a device would be waited for.
        let path = entry.path();
        let waits = path.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
        if !hidden && !loops && !waits {
            entries.push(path);
        }
    }
    entries.sort();
    Ok(entries)
}

/// A stream of reports, one on each line.
struct Stream {
    source: String,
    lines: Box<dyn BufRead + Send>,
    number: usize,
}

impl Stream {
    fn open(source: &str) -> io::Result<Self> {
        let lines: Box<dyn BufRead + Send> =
            if source == "-" { Box::new(BufReader::new(io::stdin())) } else { Box::new(BufReader::new(std::fs::File::open(source)?)) };
        Ok(Self { source: source.to_owned(), lines, number: 0 })
    }

    /// The next line that is not empty.
    fn line(&mut self) -> Option<Job> {
        loop {
            self.number = self.number.saturating_add(1);
            let source = format!("{}:{}", self.source, self.number);
            let mut line = Vec::new();
            match (&mut self.lines).take(MAX_BYTES.saturating_add(1)).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if u64::try_from(line.len()).is_ok_and(|length| length > MAX_BYTES) => {
                    let skipped = self.lines.skip_until(b'\n').map_err(|error| error.to_string());
                    let error = skipped
                        .err()
                        .unwrap_or_else(|| format!("the line has more than {MAX_BYTES} bytes, which is the most that is read"));
                    return Some(Job::Line(source, Err(error)));
                }
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => return Some(Job::Line(source, Ok(line))),
                Err(error) => {
                    // What cannot be read on is at its end.
                    self.lines = Box::new(io::empty());
                    return Some(Job::Line(source, Err(error.to_string())));
                }
            }
        }
    }
}
