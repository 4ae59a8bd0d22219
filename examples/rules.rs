//! Prints the catalogue of rules, explains one rule, writes `RULES.md`.
//!
//! `cargo run --example rules -- explain T3-BALANCE`

#[path = "support/answer.rs"]
mod answer;
#[path = "support/lang.rs"]
mod lang;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use gongkai::{CATALOGUE, RuleId, rules_document};

use lang::Lang;

/// The rules for annual reports on the disclosure of government information.
#[derive(Debug, Parser)]
#[command(name = "rules")]
struct Arguments {
    /// The language of the sentences
    #[arg(long, value_enum, default_value_t = Lang::Auto, global = true)]
    lang: Lang,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lists every rule, a line each (the default)
    List,
    /// Explains one rule: what must hold, why, source, an example
    Explain {
        /// Its name, such as T3-BALANCE
        rule: RuleId,
    },
    /// The whole catalogue as Markdown, in both languages
    Markdown,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let language = arguments.lang.language();
    let answer = match arguments.command {
        None | Some(Command::List) => {
            let line = |rule: &gongkai::Rule| format!("{:<15} {:<8} {}\n", rule.id, rule.severity, rule.must_hold.in_language(language));
            CATALOGUE.iter().map(line).collect()
        }
        Some(Command::Explain { rule }) => format!("{rule}\n{}", rule.rule().explain(language)),
        Some(Command::Markdown) => rules_document(),
    };
    answer::give(Ok(answer))
}
