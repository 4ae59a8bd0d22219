//! The options that the examples share which read reports and answer.

use gongkai::{Language, Severity};

use crate::lang::Lang;
use crate::load::Input;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// What the files hold
    #[arg(long, value_enum, default_value_t = Input::Auto)]
    pub(crate) input: Input,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// The language of the sentences
    #[arg(long, value_enum, default_value_t = Lang::Auto)]
    lang: Lang,
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
}

impl Options {
    /// The language of the sentences.
    pub(crate) fn language(&self) -> Language {
        self.lang.language()
    }

    /// The least severity that makes the exit status 1.
    pub(crate) const fn fail_on(&self) -> Severity {
        match self.fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Note => Severity::Note,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs: JSON on one line for each answer
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
}
