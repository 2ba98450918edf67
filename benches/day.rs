//! A day of use compressed: random keys, mouse, pastes and sizes through `update`, ten million of them, with what the reader promises checked and the
//! memory that it holds told after each million. Exit code 1 where memory grows.
//!
//! `cargo bench --bench day [-- MILLIONS]`

#![allow(clippy::print_stdout, clippy::unwrap_used)]
#![allow(dead_code, reason = "uses a part of what the tests share")]

#[path = "../tests/it/reader.rs"]
mod reader;
#[path = "../tests/it/fuzz/targets.rs"]
mod targets;

use reader::{MOON, Reader, WALL};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;
use std::process::ExitCode;
use std::time::Instant;

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const MILLION: u64 = 1_000_000;
/// Between two looks at the screen: most of the time of this bench is to be `update`'s.
const PICTURE: u64 = 500;
/// What may come on top after the first million: caches and lists that are bounded, but not yet full then.
const ROOM: usize = 1 << 20;

/// Bytes that are held at this moment.
fn held() -> usize {
    let stats = COUNTED.stats();
    stats.bytes_allocated.saturating_sub(stats.bytes_deallocated)
}

/// Bytes without an end, the same in every run (xorshift64*, Vigna 2016).
struct Dice(u64);

impl Iterator for Dice {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        Some((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 56) as u8)
    }
}

fn main() -> ExitCode {
    let millions = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(10);
    let mut reader = Reader::new(120, 40, &[("wall.txt", WALL), ("moon.txt", MOON)]);
    let mut dice = Dice(88_172_645_463_325_252);
    let (start, mut first) = (Instant::now(), 0);
    // Articles that were changed to: a day on which nothing is opened would prove nothing.
    let (mut shown, mut opened) = (None, 0u64);
    println!("{:>12}{:>12}{:>12}{:>10}", "events", "articles", "memory", "seconds");
    for events in 1..=millions * MILLION {
        targets::happen(&mut reader, &mut dice);
        reader.asked.clear();
        let now = reader.state.open.as_ref().map(|open| open.id);
        opened += u64::from(now != shown);
        shown = now;
        if events % PICTURE == 0 {
            reader.buffer();
            targets::sound(&reader);
        }
        if events % MILLION == 0 {
            let now = held();
            println!("{events:>12}{opened:>12}{:>9} KB{:>10.0}", now >> 10, start.elapsed().as_secs_f64());
            if first == 0 {
                first = now;
            } else if now > first + ROOM {
                println!("memory grew from {} KB to {} KB", first >> 10, now >> 10);
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
