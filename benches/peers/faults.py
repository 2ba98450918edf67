#!/usr/bin/env python3
"""Many feeds from a server with faults: whether a refresh ends, says of every feed what is true, and neither doubles nor drops anything.

python3 benches/peers/faults.py target/release/dateline [FEEDS] [ITEMS]

Of each hundred feeds 54 are sound. The others answer 500, 429 with Retry-After, a gzip that breaks off, fewer bytes than announced, bytes in another
encoding than declared, a page instead of a feed, nothing at all before the time is over, close the connection at once, show a certificate that nobody
signed, or speak no TLS where they are to. Then the server is well again, and everything has to be there, once, but for the last two, which nothing heals.
"""

import collections
import functools
import gzip
import http.server
import json
import pathlib
import resource
import ssl
import subprocess
import sys
import tempfile
import threading
import time

from feeds import feed

FAULTS = {1: "500", 2: "429", 3: "truncated gzip", 4: "short body", 5: "other encoding", 6: "page", 7: "closed", 8: "certificate", 9: "no TLS"}
SILENT = {99}
LASTING = ("certificate", "no TLS")
PORT = 8097


def fault(number):
    if number % 100 in SILENT:
        return "silence"
    return FAULTS.get(number % 20, "sound")


def address(number):
    """Where a feed is. Many hosts: a program is polite to each of them, and must not wait for all because of one."""
    kind, host = fault(number), f"127.0.0.{1 + number % 200}"
    scheme, port = ("https" if kind in LASTING else "http"), PORT + (kind == "certificate")
    return f"{scheme}://{host}:{port}/feed/{number}"


@functools.cache
def body_of(number, items):
    return feed(number, items, 60)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    healed = False
    items = 50

    def do_GET(self):
        number = int(self.path.rsplit("/", 1)[1])
        kind = "sound" if Handler.healed else fault(number)
        body = body_of(number, Handler.items)
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


def serve(folder):
    """Serves in threads of its own; the certificate for the port with TLS is made in a folder."""
    listen = [Server(("0.0.0.0", PORT), Handler), Server(("0.0.0.0", PORT + 1), Handler)]
    pair = [f"{folder}/key.pem", f"{folder}/certificate.pem"]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=nobody", "-keyout", pair[0], "-out", pair[1]]
    subprocess.run(make, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair[1], pair[0])
    # The handshake is left to the thread of the request: a client that breaks it off must not stop the others.
    listen[1].socket = context.wrap_socket(listen[1].socket, server_side=True, do_handshake_on_connect=False)
    for one in listen:
        threading.Thread(target=one.serve_forever, daemon=True).start()


def outlines(folder, urls):
    """Writes a list of feeds and gives its path."""
    opml = pathlib.Path(folder) / "feeds.opml"
    opml.write_text('<opml version="2.0"><body>' + "".join(f'<outline text="{n}" xmlUrl="{url}"/>' for n, url in enumerate(urls)) + "</body></opml>")
    return str(opml)


def run(program, library, *args):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    done = subprocess.run([program, "--library", library, *args], capture_output=True, text=True, timeout=1800)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done, f"{time.time() - start:.1f} s wall, {cpu:.1f} s CPU"


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    Handler.items = int(sys.argv[3]) if len(sys.argv) > 3 else 50
    with tempfile.TemporaryDirectory() as folder:
        serve(folder)
        library = str(pathlib.Path(folder) / "library.db")
        urls = [address(n) for n in range(count)]
        print("import:", run(program, library, "import", "opml", outlines(folder, urls))[1])
        done, cost = run(program, library, "fetch", "--jobs", "64", "--no-analysis")
        print(f"with faults: {cost}, exit code {done.returncode}, {done.stdout.strip()}")
        wrong = check(program, library, urls, healed=False)
        Handler.healed = True
        done, cost = run(program, library, "fetch", "--jobs", "64", "--all", "--no-analysis")
        print(f"well again: {cost}, exit code {done.returncode}, {done.stdout.strip()}")
        wrong += check(program, library, urls, healed=True)
        titles = [json.loads(line)["url"] for line in run(program, library, "search", "--format", "jsonl")[0].stdout.splitlines()]
        doubled = [url for url, times in collections.Counter(titles).items() if times > 1]
        whole = Handler.items * sum(fault(n) not in LASTING for n in range(count))
        print(f"{len(titles)} articles of {whole}, {len(doubled)} doubled; {run(program, library, 'check')[0].stdout.strip()}")
        sys.exit(1 if wrong or doubled or len(titles) != whole else 0)


def check(program, library, urls, healed):
    """Says of which feeds the state is not what was served."""
    feeds = {f["url"]: f for f in map(json.loads, run(program, library, "list", "--format", "jsonl")[0].stdout.splitlines())}
    states, wrong = collections.defaultdict(collections.Counter), []
    for number, url in enumerate(urls):
        kind = "sound" if healed and fault(number) not in LASTING else fault(number)
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


if __name__ == "__main__":
    main()
