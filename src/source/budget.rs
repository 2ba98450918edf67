//! What one input may cost, however many others lie in it: the bytes that are unpacked in all, and archives inside of archives.

use std::cell::Cell;

/// Bytes that one input may unpack to in all. They are read one file after the other, so this bounds time; the sizes of single files bound memory.
const MAX_UNPACKED: usize = 256 << 20;

/// Archives inside of archives.
const MAX_NESTING: u32 = 3;

/// What is left to the outermost input that a thread reads.
#[derive(Clone, Copy)]
struct Budget {
    /// Inputs that are being read, one inside of the other.
    depth: u32,
    /// Bytes that may still be unpacked.
    bytes: usize,
}

thread_local! {
    static BUDGET: Cell<Budget> = const { Cell::new(Budget { depth: 0, bytes: MAX_UNPACKED }) };
}

/// Does `work` on an input that may lie in others; `None` where too many lie around it. The outermost begins with a full budget.
pub(super) fn nested<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = BUDGET.get();
    if before.depth > MAX_NESTING {
        return None;
    }
    let bytes = if before.depth == 0 { MAX_UNPACKED } else { before.bytes };
    BUDGET.set(Budget { depth: before.depth + 1, bytes });
    // A fault inside must not leave the thread deeper than it is.
    let _back = Back(before.depth);
    Some(work())
}

struct Back(u32);

impl Drop for Back {
    fn drop(&mut self) {
        BUDGET.set(Budget { depth: self.0, ..BUDGET.get() });
    }
}

/// Bytes that may still be unpacked.
pub(super) fn left() -> usize {
    BUDGET.get().bytes
}

/// Takes `bytes` off what is left.
pub(super) fn charge(bytes: usize) {
    let now = BUDGET.get();
    BUDGET.set(Budget { bytes: now.bytes.saturating_sub(bytes), ..now });
}
