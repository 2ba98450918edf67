//! Looks at the files of the configuration now and then, and reads them again where they have changed.
//!
//! A look is a handful of questions to the file system every two seconds; a service that tells of changes would be another dependency for each
//! system, and none of them sees changes on a file system of the network.

use super::Reporter;
use crate::app::{ACTIONS, Report};
use crate::config::{self, Config};
use std::path::PathBuf;
use std::time::Duration;

/// Time between two looks.
const PAUSE: Duration = Duration::from_secs(2);

/// Watches the folder `dir` until the program ends.
pub(super) fn run(dir: PathBuf, reporter: &Reporter) {
    let actions: Vec<&str> = ACTIONS.iter().map(|row| row.name).collect();
    let mut known = config::stamp(&dir);
    loop {
        std::thread::sleep(PAUSE);
        let now = config::stamp(&dir);
        if now != known {
            known = now;
            reporter.tell(Report::Configured(Box::new(Config::load(Some(&dir), &actions))));
        }
    }
}
