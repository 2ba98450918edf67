#!/usr/bin/env python3
"""Readers of feeds beside each other, in one run: dateline, newsboat and newsraft, as far as they are installed, on the same feeds from the loopback address.

    python3 benches/peers/readers.py target/release/dateline [--feeds 200] [--items 50] [--newsraft PATH] [--only NAME…]

For each: processor seconds of the first reload and of one with nothing new, bytes on disk, and in a pseudo-terminal of 120x40 the time from the start until a
feed's name is on the screen, memory then (VmHWM), processor time while nothing happens, and the time from a key to the first byte of its answer.
newsboat is measured a second time after one ANALYZE of its store, which is its fair best. Needs Python alone.
"""

import argparse
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
PORT = 8097
READY = rb"Bench \d"
KEYS = 60
IDLE = 5


def cost(command):
    """Processor seconds, user and system, of a command that runs to its end."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return usage.ru_utime + usage.ru_stime


class Screen:
    """A program in a terminal."""

    def __init__(self, command):
        self.begun = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="40")
            os.execvp(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def read(self, seconds):
        """What comes within that time; empty where nothing does or the program has ended."""
        try:
            return os.read(self.fd, 1 << 16) if select.select([self.fd], [], [], seconds)[0] else b""
        except OSError:
            return b""

    def until(self, pattern, seconds=60):
        seen, end = b"", time.perf_counter() + seconds
        while time.perf_counter() < end:
            seen += self.read(0.5)
            if re.search(pattern, seen):
                return time.perf_counter() - self.begun
        return float("nan")

    def quiet(self, seconds):
        while self.read(seconds):
            pass

    def key(self, key):
        """Seconds from the key to the first byte of the answer."""
        start = time.perf_counter()
        os.write(self.fd, key)
        answered = bool(self.read(2))
        took = time.perf_counter() - start
        self.quiet(0.05)
        return took if answered else float("nan")

    def ticks(self):
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self):
        """The most memory so far, in MB."""
        return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{self.pid}/status").read_text())[1]) / 1024

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def seen(command):
    """Start, memory, idle cost and keys of a reader on the screen."""
    screen = Screen(command)
    start = screen.until(READY)
    screen.quiet(1)
    memory, before = screen.peak(), screen.ticks()
    time.sleep(IDLE)
    idle = screen.ticks() - before
    keys = sorted(screen.key(b"jjk"[n % 3:n % 3 + 1]) for n in range(KEYS))
    screen.end()
    return f"{start * 1000:.0f} ms | {memory:.0f} MB | {idle:.2f} s | {keys[KEYS // 2] * 1000:.1f} / {keys[KEYS * 9 // 10] * 1000:.1f} ms"


def size(*files):
    return sum(f.stat().st_size for f in files if f.exists()) / 1e6


def row(name, first, same, disk, command):
    print(f"| {name} | {first} | {same:.2f} s | {disk:.1f} MB | {seen(command)} |", flush=True)


def dateline(program, work):
    library = work / "library.db"
    base = [program, "--library", str(library)]
    cost([*base, "import", "opml", str(work / "feeds.opml")])
    first = cost([*base, "fetch", "--no-analysis"])
    same = cost([*base, "fetch", "--no-analysis"])
    row("dateline, nothing analysed", f"{first:.2f} s", same, size(library), base)
    analysed = cost([*base, "fetch"])
    row("dateline, all analysed", f"{first + analysed:.2f} s", cost([*base, "fetch"]), size(library), base)


def newsboat(program, work):
    cache = work / "cache.db"
    base = [program, "-u", str(work / "urls"), "-c", str(cache), "-C", "/dev/null"]
    first = cost([*base, "-x", "reload"])
    row("newsboat", f"{first:.2f} s", cost([*base, "-x", "reload"]), size(cache), base)
    with sqlite3.connect(cache) as store:
        store.execute("ANALYZE")
    row("newsboat after ANALYZE", "", cost([*base, "-x", "reload"]), size(cache), base)


def newsraft(program, work):
    store = work / "newsraft.db"
    (work / "newsraft.conf").write_text("")
    base = [program, "-f", str(work / "urls"), "-d", str(store), "-c", str(work / "newsraft.conf")]
    first = cost([*base, "-e", "reload-all"])
    row("newsraft", f"{first:.2f} s", cost([*base, "-e", "reload-all"]), size(store), base)


def main():
    parse = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parse.add_argument("dateline")
    parse.add_argument("--feeds", type=int, default=200)
    parse.add_argument("--items", type=int, default=50)
    parse.add_argument("--newsboat", default=shutil.which("newsboat"))
    parse.add_argument("--newsraft", default=shutil.which("newsraft"))
    parse.add_argument("--only", nargs="*", default=["dateline", "newsboat", "newsraft"])
    given = parse.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        os.environ.update(HOME=folder, XDG_CONFIG_HOME=f"{folder}/c", XDG_DATA_HOME=f"{folder}/d", XDG_CACHE_HOME=f"{folder}/k", XDG_STATE_HOME=f"{folder}/s")
        serve = ["--feeds", str(given.feeds), "--items", str(given.items), "--lists", folder, "--port", str(PORT)]
        server = subprocess.Popen([sys.executable, HERE / "feeds.py", *serve], stderr=subprocess.DEVNULL)
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{PORT}/stats").read()
                    break
                except OSError:
                    time.sleep(0.2)
            print("| reader | first reload | nothing new | on disk | start | memory | idle, 5 s | key, p50 / p90 |\n|---|---|---|---|---|---|---|---|")
            for reader in (dateline, newsboat, newsraft):
                program = getattr(given, reader.__name__)
                if program and reader.__name__ in given.only:
                    reader(str(pathlib.Path(program).resolve()), work)
        finally:
            server.kill()


if __name__ == "__main__":
    main()
