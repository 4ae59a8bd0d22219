//! Findings, for people and for programs.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use gongkai::{Finding, Language, Severity};
use serde_json::{Value, json};

pub(crate) const fn pick(language: Language, chinese: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

pub(crate) const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default(),
        Severity::Note => AnsiColor::Cyan.on_default(),
    }
}

/// A text from a report or a path, without what would steer a terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// A line for a finding: its weight, its rule, its sentence, and what is to be said after it.
pub(crate) fn line(out: &mut impl Write, finding: &Finding, tail: &str, language: Language) -> io::Result<()> {
    let (word, style) = (finding.severity().name(language), style(finding.severity()));
    let message = plain(&finding.display(language).to_string());
    writeln!(out, "  {style}{word}{style:#} {} {message}{}", finding.rule(), plain(tail))
}

/// A finding with its sentence.
pub(crate) fn value(finding: &Finding, language: Language) -> Value {
    let mut value = json!(finding);
    if let Some(object) = value.as_object_mut() {
        object.insert("message".to_owned(), json!(finding.display(language).to_string()));
    }
    value
}
