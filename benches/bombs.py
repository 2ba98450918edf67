#!/usr/bin/env python3
"""What hostile inputs cost: each is made, given to `dateline analyze`, and its peak of memory, its time and what the program says of it are printed as
the table of docs/reliability.md.

    python3 benches/bombs.py target/release/dateline [NAME…]

Needs nothing but Python. Exit code 1 where an input takes more memory than LIMIT or more time than PATIENCE."""
import gzip, io, os, subprocess, sys, tempfile, time, zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer

LIMIT = 200  # MB
PATIENCE = 60  # seconds
MB = 1 << 20
SENTENCE = b"The minister said on Monday that John Smith of Paris would meet Anna Lee in Berlin. "


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in files:
            z.writestr(name, data)
    return out.getvalue()


def deep(times):
    data = b"At last."
    for _ in range(times):
        data = gzip.compress(data)
    return data


def page(body):
    return b"<!doctype html><html><head><title>T</title></head><body>" + body


def feed(items):
    return b'<rss version="2.0"><channel><title>T</title>' + items


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">' + b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)) + b"]>"

# What it is called, the name of its file, and how it is made.
BOMBS = {
    "gzip: 60 MB of one letter in 58 KB": ("a.gz", lambda: gzip.compress(b"a" * 60_000_000)),
    "gzip: 60 MB of words of one letter": ("a.gz", lambda: gzip.compress(b"a " * 30_000_000)),
    "gzip: 54 MB of prose": ("a.gz", lambda: gzip.compress(SENTENCE * (54_000_000 // len(SENTENCE)))),
    "gzip: a feed of 60 MB in 250 KB": ("a.gz", lambda: gzip.compress(feed(b"<item><title>A</title><description>" + SENTENCE + b"</description></item>" ) + b"<item><title>B</title></item>" * 2_000_000)),
    "gzip in gzip, 10 deep": ("a.gz", lambda: deep(10)),
    "zip: 20 files of 54 MB in 5 MB": ("a.zip", lambda: zipped((f"{n}.txt", SENTENCE * (54_000_000 // len(SENTENCE))) for n in range(20))),
    "zip: 60,000 files": ("a.zip", lambda: zipped((f"{n}.txt", b"A word.") for n in range(60_000))),
    "zip: 40 zips of 2 files of 10 MB": ("a.zip", lambda: zipped((f"{n}.zip", zipped([("a.txt", b"a " * 5_000_000), ("b.txt", b"b " * 5_000_000)])) for n in range(40))),
    "page: 512 KB of nested lists": ("a.html", lambda: page(b"<ul><li>" * (64 << 10))),
    "page: 2 MB of <": ("a.html", lambda: page(b"<" * (2 * MB))),
    "page: 20,000 attributes": ("a.html", lambda: page(b"<p" + b"".join(b" a%d=1" % n for n in range(20_000)) + b">x")),
    "page: 16 MB of paragraphs": ("a.html", lambda: page((b"<p>" + SENTENCE + b"</p>") * (16 * MB // (len(SENTENCE) + 7)))),
    "page: 16 MB of empty elements": ("a.html", lambda: page(b"<b></b>" * (16 * MB // 7))),
    "page: 50 MB": ("a.html", lambda: page((b"<p>" + SENTENCE + b"</p>") * (50 * MB // (len(SENTENCE) + 7)))),
    "page: unclosed formatting": ("a.html", lambda: page(b"<b><i><font size=1>" * 2000 + b"<p>a" * 200_000)),
    "feed: entities of entities (a billion laughs)": ("a.xml", lambda: LAUGHS + feed(b"<item><title>&a11;</title></item>")),
    "feed: 1,000,000 items": ("a.xml", lambda: feed(b"<item/>" * 1_000_000)),
    "feed: 100,000 nested elements": ("a.xml", lambda: feed(b"<item>" + b"<a>" * 100_000)),
    "feed: a long base for every link": ("a.xml", lambda: feed(b'<item xml:base="http://a.example/' + b"x" * 8000 + b'/"><description>' + b"&lt;a href=y&gt;z&lt;/a&gt; " * 200 + b"</description></item>") * 1 + b'<item xml:base="http://a.example/%s/"><link>y</link></item>' % (b"x" * 7000) * 4000),
    "OPML: 100,000 nested outlines": ("a.opml", lambda: b'<opml version="2.0"><body>' + b'<outline text="a">' * 100_000),
    "JSON Feed: 100,000 nested lists": ("a.json", lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 100_000),
    "JSON Feed: 300,000 items": ("a.json", lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":[' + b",".join([b'{"id":1}'] * 300_000) + b"]}"),
    "mail: 100,000 nested parts": ("a.eml", lambda: b"From: a@b.example\nSubject: x\n" + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(100_000))),
    "mailbox: 500,000 empty mails": ("a.mbox", lambda: b"From a@b.example Mon Jan 21 10:00:00 2019\nSubject: x\n\ny\n\n" * 500_000),
    "text: one line of 50 MB without a space": ("a.txt", lambda: b"a" * (50 * MB)),
    "text: 4 MB of opening quotation marks": ("a.txt", lambda: "“".encode() * (4 * MB // 3)),
    "text: 300,000 names": ("a.txt", lambda: b" ".join(b"Mr. %s%s Xu%d spoke." % (bytes([65 + n % 26]), b"abcdefgh"[: n % 7], n) for n in range(300_000))),
    "text: 300,000 moments": ("a.txt", lambda: b" ".join(b"It rained on %d May %d." % (n % 28 + 1, 1900 + n % 150) for n in range(300_000))),
    "text: a letter with 5,000,000 marks": ("a.txt", lambda: b"z" + "\u0301".encode() * 5_000_000),
    "text: 10 MB of control characters": ("a.txt", lambda: b"Text.\n" + b"\x1b[31m\x9b" * (2 * MB)),
}


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        kind = self.path.strip("/")
        try:
            if kind.startswith("round"):
                self.send_response(302)
                self.send_header("Location", f"/round{int(kind[5:] or 0) + 1}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(200)
            if kind == "packed":
                data = gzip.compress(b"a" * 200_000_000)
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
                return
            if kind == "long":
                self.send_header("Content-Length", str(1 << 40))
            self.end_headers()
            while True:
                self.wfile.write(b"<p>word " * 8192)
        except OSError:
            pass

    def log_message(self, *_):
        pass


ANSWERS = {"server: a body without an end": "endless", "server: a length of a terabyte": "long", "server: 200 MB in 200 KB, gzip": "packed", "server: redirects without an end": "round"}


def apart(work):
    """Does work in a process of its own: what this one takes at its largest would count for the programs that it starts."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return child


def write(target, make):
    with open(target, "wb") as f:
        f.write(make())


def measure(program, target):
    start = time.time()
    child = subprocess.Popen([program, "analyze", target], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read().decode("utf8", "replace").strip().splitlines()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    return usage.ru_maxrss / 1024, time.time() - start, os.waitstatus_to_exitcode(status), said[0] if said else ""


def main():
    program, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    server = HTTPServer(("127.0.0.1", 0), Server)
    serving = apart(server.serve_forever)
    failed = False
    print("| input | peak memory | time | what is said |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name in [*BOMBS, *ANSWERS]:
            if wanted and not any(word in name for word in wanted):
                continue
            if name in BOMBS:
                target, make = BOMBS[name]
                os.waitpid(apart(lambda: write(target, make)), 0)
            else:
                target = f"http://127.0.0.1:{server.server_port}/{ANSWERS[name]}"
            memory, seconds, code, said = measure(program, target)
            said = said.removeprefix("dateline: ").removeprefix(f"{target}: ").replace(f":{server.server_port}", "")
            print(f"| {name} | {memory:.0f} MB | {seconds:.1f} s | {said} |", flush=True)
            failed |= memory > LIMIT or seconds > PATIENCE or code not in (0, 1)
    os.kill(serving, 9)
    sys.exit(failed)


main()
