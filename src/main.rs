//! The program: parse, run, print error and hint, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::main()
}
