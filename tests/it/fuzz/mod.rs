//! The targets of `fuzz/` on a stable toolchain: all inputs that are kept, and some made of them by chance.
//!
//! `DATELINE_FUZZ_SECONDS` gives each target so many seconds, `DATELINE_FUZZ_ONLY` names one, and `DATELINE_FUZZ_SEED` begins elsewhere.

pub(crate) mod targets;

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use targets::{TARGETS, Target};

/// Inputs that a target gets in a run without a time.
const FEW: usize = 20;

/// Bytes that no input grows beyond.
const LONGEST: usize = 16 << 10;

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fuzz").join(target)
}

/// The inputs that are kept for a target: seeds, and all on which it ever broke.
fn kept(target: &str) -> Vec<Vec<u8>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder(target)).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

#[test]
fn whatever_comes_in_nothing_breaks() {
    let only = std::env::var("DATELINE_FUZZ_ONLY").ok();
    let seconds = std::env::var("DATELINE_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).map(Duration::from_secs);
    let seed = std::env::var("DATELINE_FUZZ_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    for target in TARGETS.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name)) {
        let mut inputs = kept(target.0);
        assert!(!inputs.is_empty(), "{} has no seeds", target.0);
        inputs.iter().for_each(|input| run(*target, input));
        let (mut chance, end) = (Chance(seed), seconds.map(|s| Instant::now() + s));
        let mut count = 0;
        while end.map_or(count < FEW, |end| Instant::now() < end) {
            let input = chance.changed(&inputs);
            run(*target, &input);
            // Without coverage nobody knows which inputs reach further; those that lasted now and then take the place of others.
            if chance.below(20) == 0 && inputs.len() < 500 {
                inputs.push(input);
            }
            count += 1;
        }
        assert!(count > 0, "{} was not run", target.0);
    }
}

fn run((name, target): Target, input: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| target(input))).is_err() {
        let hex = input.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        panic!("{name} broke on {hex}");
    }
}

/// Numbers by chance (xorshift, Marsaglia 2003), the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        const TELLING: &[u8] = b"<>&;\"'=/\\:[]{}()-!?#%@,.\n\r\t \0\x1b\x7f\x80\xbf\xc3\xe2\xf0\xffaZ09";
        if self.below(3) == 0 { u8::try_from(self.next() & 255).unwrap() } else { TELLING[self.below(TELLING.len())] }
    }

    /// One of `inputs` with some changes.
    fn changed(&mut self, inputs: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = inputs[self.below(inputs.len())].clone();
        for _ in 0..=self.below(8) {
            let at = self.below(bytes.len() + 1);
            let end = (at + 1 + self.below(32)).min(bytes.len());
            match self.below(7) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => bytes.insert(at, self.byte()),
                3 if at < bytes.len() => bytes[at] = self.byte(),
                4 => {
                    let again = bytes[at..end].repeat(1 + self.below(20));
                    bytes.splice(at..at, again);
                }
                5 => {
                    let other = &inputs[self.below(inputs.len())];
                    let from = self.below(other.len());
                    bytes.splice(at..at, other[from..].iter().copied().take(256).collect::<Vec<_>>());
                }
                _ => bytes.extend((0..self.below(16)).map(|_| self.byte()).collect::<Vec<_>>()),
            }
        }
        bytes.truncate(LONGEST);
        bytes
    }
}
