#!/usr/bin/env python3
"""Whether keys are answered while feeds are reloaded: from a key to its answer on the screen of a pseudo-terminal of 120x40.

    python3 benches/peers/reload.py target/release/dateline [--feeds 200] [--items 50] [--faults] [--library FILE] [--every 40]

The reader starts with a list of 1,000 articles, or on a copy of a library. R reloads feeds that are all new from a server on the loopback address, with the
faults of faults.py where they are asked for, and a key that moves in the list is pressed every 40 ms. Answered is a key when the place in the head line
is another one, which nothing but the key may change: a list that moved by itself is told. The keys of the analysis that follows stand by
themselves. The server runs at a lower priority, since a true one would be another machine. Needs Python and openssl.
"""

import argparse
import codecs
import multiprocessing
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

import faults
from readers import Screen

KEYS = b"jjkjj\x04k\x15"
SEQUENCE = re.compile(rb"\x1b\[([0-9;?>=]*)[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()].|\x1b[=>78]")
PLACE = re.compile(r"(\d[\d,]*)/\d")
OVER = re.compile(r"\d new articles? in|Nothing new|asked again|did not answer|failed")


class Cells:
    """The cells of the screen, as far as a program writes them one place after the other."""

    def __init__(self):
        self.rows = [[" "] * 120 for _ in range(40)]
        self.row = self.column = 0
        self.rest = b""
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, data):
        data, at = self.rest + data, 0
        while at < len(data):
            if data[at] == 0x1B:
                found = SEQUENCE.match(data, at)
                if not found:
                    break
                self.sequence(found)
                at = found.end()
                continue
            end = data.find(b"\x1b", at)
            end = len(data) if end < 0 else end
            for char in self.decoder.decode(data[at:end]):
                if char >= " " and self.column < 120:
                    self.rows[self.row][self.column] = char
                    self.column += 1
            at = end
        self.rest = data[at:]

    def sequence(self, found):
        if found[0].endswith(b"H"):
            row, _, column = found[1].partition(b";")
            self.row, self.column = min(int(row or 1), 40) - 1, int(column or 1) - 1

    def place(self):
        found = PLACE.search("".join(self.rows[0]))
        return found and found[1]

    def foot(self):
        return "".join(self.rows[39])


def serve(folder, items, numbers, ready):
    os.nice(10)
    faults.Handler.items = items
    for number in numbers:
        faults.body_of(number, items)
    faults.serve(folder)
    ready.set()
    begun = os.getppid()
    while os.getppid() == begun:
        time.sleep(1)


class Measure:
    """A reader on the screen whose keys are timed."""

    def __init__(self, command):
        self.screen, self.cells, self.jumps = Screen(command), Cells(), 0
        if not self.wait(self.cells.place, 20):
            raise SystemExit("no list came:\n" + "\n".join(map("".join, self.cells.rows)))

    def read(self, seconds):
        data = self.screen.read(seconds)
        self.cells.feed(data)
        return bool(data)

    def wait(self, told, seconds):
        """Reads until something is so; false where it does not come to be."""
        end = time.perf_counter() + seconds
        while not told():
            left = end - time.perf_counter()
            if left <= 0:
                return False
            self.read(min(left, 0.5))
        return True

    def press(self, key, every):
        """Seconds from a key to its answer; then waits until the next one is due."""
        before, start = self.cells.place(), time.perf_counter()
        os.write(self.screen.fd, key)
        answered = self.wait(lambda: self.cells.place() != before, 2)
        took, place = time.perf_counter() - start, self.cells.place()
        while (left := start + every - time.perf_counter()) > 0:
            self.read(left)
        self.jumps += self.cells.place() != place
        return took if answered else 2.0

    def keys(self, until, every, seconds):
        """Presses keys until something is so, and gives their times in order."""
        took, end = [], time.perf_counter() + seconds
        while not until() and time.perf_counter() < end:
            number = len(took) % len(KEYS)
            took.append(self.press(KEYS[number:number + 1], every))
        return sorted(took)


def told(name, took):
    at = lambda share: took[min(int(len(took) * share), len(took) - 1)] * 1000
    late = sum(t > 0.016 for t in took)
    print(f"| {name} | {len(took)} | {at(0.5):.1f} | {at(0.9):.1f} | {at(0.99):.1f} | {at(1):.1f} | {late} |", flush=True)


def measure(base, given):
    reader = Measure(base)
    while reader.read(1):
        pass
    print("| while | keys | p50 ms | p90 | p99 | most | over 16 ms |\n|---|---|---|---|---|---|---|", flush=True)
    every = given.every / 1000
    told("nothing else happens", reader.keys(lambda: False, every, 4))
    before, start = reader.screen.ticks(), time.perf_counter()
    os.write(reader.screen.fd, b"R")
    reader.wait(lambda: "feeds" in reader.cells.foot(), 5)
    told("feeds are reloaded", reader.keys(lambda: OVER.search(reader.cells.foot()), every, 900))
    spent, lasted, said = reader.screen.ticks() - before, time.perf_counter() - start, reader.cells.foot().strip()
    told("what came is analysed", reader.keys(lambda: False, every, 5))
    print(f"{lasted:.1f} s, {spent:.1f} s CPU, {reader.screen.peak():.0f} MB; the list moved by itself {reader.jumps} times; {said}")
    reader.screen.end()


def main():
    parse = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parse.add_argument("dateline")
    parse.add_argument("--feeds", type=int, default=200)
    parse.add_argument("--items", type=int, default=50)
    parse.add_argument("--faults", action="store_true")
    parse.add_argument("--library", help="a library to start with a copy of")
    parse.add_argument("--every", type=float, default=40, help="milliseconds from a key to the next")
    given = parse.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(HOME=folder, XDG_CONFIG_HOME=f"{folder}/c", XDG_DATA_HOME=f"{folder}/d", XDG_CACHE_HOME=f"{folder}/k", XDG_STATE_HOME=f"{folder}/s")
        if not given.faults:
            faults.FAULTS.clear()
            faults.SILENT.clear()
        ready = multiprocessing.Event()
        server = multiprocessing.Process(target=serve, args=(folder, given.items, range(given.feeds), ready), daemon=True)
        server.start()
        ready.wait()
        library = pathlib.Path(folder) / "library.db"
        base = [str(pathlib.Path(given.dateline).resolve()), "--library", str(library)]
        run = lambda *args: subprocess.run([*base, *args], check=False, capture_output=True)
        if given.library:
            shutil.copy(given.library, library)
        else:
            # Numbers ≡ 10 to 18 of twenty are sound, with faults or without.
            known = [100_000 + 20 * n + 10 for n in range(1000 // given.items)]
            run("import", "opml", faults.outlines(folder, map(faults.address, known)))
            run("fetch")
        run("import", "opml", faults.outlines(folder, [faults.address(n) for n in range(given.feeds)]))
        measure(base, given)
        server.terminate()


if __name__ == "__main__":
    main()
