//! The end of an example: its answer, or why there is none.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

/// Prints the answer, or says on standard error why there is none. A closed pipe is no failure.
pub(crate) fn give(answer: Result<String, Box<dyn Error>>) -> ExitCode {
    match answer {
        Ok(answer) => {
            _ = std::io::stdout().write_all(answer.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}
