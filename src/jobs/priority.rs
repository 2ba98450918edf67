//! Work that nobody waits for gives way to the screen.

/// Lets this thread, and those that it starts, run only where no other wants to: on Linux each thread has a niceness of its own, which may be raised by
/// anybody. Elsewhere nothing happens, because there it belongs to the whole program.
pub(super) fn lower() {
    // Where it is refused, the work goes on as it is.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(BEHIND);
}

/// How far behind: a thread gets about a tenth of what one of the usual niceness gets beside it.
#[cfg(target_os = "linux")]
const BEHIND: i32 = 10;

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn one_thread_is_lowered_and_no_other() {
        let before = rustix::process::getpriority_process(None).unwrap();
        let lowered = std::thread::spawn(|| {
            super::lower();
            rustix::process::getpriority_process(None).unwrap()
        });
        assert_eq!(lowered.join().unwrap(), (before + super::BEHIND).min(19));
        assert_eq!(rustix::process::getpriority_process(None).unwrap(), before);
    }
}
