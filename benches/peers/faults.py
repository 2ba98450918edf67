#!/usr/bin/env python3
"""Many feeds from a server with faults: whether a refresh ends, says of every feed what is true, and neither doubles nor drops anything.

python3 benches/peers/faults.py target/release/dateline [FEEDS] [ITEMS]

Of each hundred feeds sixty are sound. The others answer 500, 429 with Retry-After, a gzip that breaks off, fewer bytes than announced, bytes in another
encoding than declared, a page instead of a feed, nothing at all before the time is over, or close the connection at once. Then the server is
well again, and everything has to be there, once.
"""

import collections
import gzip
import http.server
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import threading
import time

from feeds import feed

FAULTS = {1: "500", 2: "429", 3: "truncated gzip", 4: "short body", 5: "other encoding", 6: "page", 7: "closed"}
PORT = 8097


def fault(number):
    if number % 100 == 99:
        return "silence"
    return FAULTS.get(number % 20, "sound")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    healed = False
    items = 50

    def do_GET(self):
        number = int(self.path.rsplit("/", 1)[1])
        kind = "sound" if Handler.healed else fault(number)
        body = feed(number, Handler.items, 60)
        headers = {"Content-Type": "application/rss+xml; charset=utf-8", "ETag": f'"{number}-{len(body)}"'}
        status, length = 200, None
        if kind == "sound" and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        elif kind == "500":
            status, body = 500, b"trouble"
        elif kind == "429":
            status, body = 429, b"slow down"
            headers["Retry-After"] = "120"
        elif kind == "truncated gzip":
            body = gzip.compress(body)[:-400]
            headers["Content-Encoding"] = "gzip"
        elif kind == "short body":
            length, body = len(body), body[: len(body) // 2]
        elif kind == "other encoding":
            body = body.replace(b"Item ", "Nachricht f\u00fcr ".encode("latin-1"))
        elif kind == "page":
            headers["Content-Type"] = "text/html"
            body = b"<html><title>Sign in</title><p>Sign in to read this.</p></html>"
        elif kind == "silence":
            time.sleep(100)
            self.close_connection = True
            return
        elif kind == "closed":
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        if length is not None:
            self.close_connection = True

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, *_):
        pass


def run(program, library, *args):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    done = subprocess.run([program, "--library", library, *args], capture_output=True, text=True, timeout=1800)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done, f"{time.time() - start:.1f} s wall, {cpu:.1f} s CPU"


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    Handler.items = int(sys.argv[3]) if len(sys.argv) > 3 else 50
    threading.Thread(target=Server(("0.0.0.0", PORT), Handler).serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        library = str(pathlib.Path(folder) / "library.db")
        # Many hosts: a program is polite to each of them, and must not wait for all because of one.
        urls = [f"http://127.0.0.{1 + n % 200}:{PORT}/feed/{n}" for n in range(count)]
        outlines = "".join(f'<outline text="{n}" xmlUrl="{url}"/>' for n, url in enumerate(urls))
        opml = pathlib.Path(folder) / "feeds.opml"
        opml.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
        print("import:", run(program, library, "import", "opml", str(opml))[1])
        done, cost = run(program, library, "fetch", "--jobs", "64", "--no-analysis")
        print(f"with faults: {cost}, exit code {done.returncode}, {done.stdout.strip()}")
        wrong = check(program, library, urls, healed=False)
        Handler.healed = True
        done, cost = run(program, library, "fetch", "--jobs", "64", "--all", "--no-analysis")
        print(f"well again: {cost}, exit code {done.returncode}, {done.stdout.strip()}")
        wrong += check(program, library, urls, healed=True)
        titles = [json.loads(line)["url"] for line in run(program, library, "search", "--format", "jsonl")[0].stdout.splitlines()]
        doubled = [url for url, times in collections.Counter(titles).items() if times > 1]
        print(f"{len(titles)} articles of {count * Handler.items}, {len(doubled)} doubled; {run(program, library, 'check')[0].stdout.strip()}")
        sys.exit(1 if wrong or doubled or len(titles) != count * Handler.items else 0)


def check(program, library, urls, healed):
    """Says of which feeds the state is not what was served."""
    feeds = {f["url"]: f for f in map(json.loads, run(program, library, "list", "--format", "jsonl")[0].stdout.splitlines())}
    states, wrong = collections.defaultdict(collections.Counter), []
    for number, url in enumerate(urls):
        kind = "sound" if healed else fault(number)
        one = feeds[url]
        failed, articles = one["failure"] is not None, one["articles"]
        whole = articles == Handler.items
        good = {
            "sound": whole and not failed,
            "other encoding": whole and not failed,
            "short body": 0 < articles < Handler.items and failed,
            "truncated gzip": articles < Handler.items and failed,
        }.get(kind, articles == 0 and failed)
        states[kind]["as it is" if good else "wrong"] += 1
        if not good:
            wrong.append((kind, one))
    print("  " + "; ".join(f"{kind}: {dict(told)}" for kind, told in sorted(states.items())))
    for kind, one in wrong[:5]:
        print("  wrong:", kind, one)
    return wrong


main()
