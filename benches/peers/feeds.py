#!/usr/bin/env python3
"""Feeds for comparisons, made and served on the loopback address. The same numbers give the same bytes.

python3 feeds.py --feeds 200 --items 50 --words 300 --port 8099 --lists FOLDER
writes FOLDER/urls (newsboat) and FOLDER/feeds.opml, then serves until it is ended. Each feed has an ETag and answers a request that
brings it with 304. GET /stats counts what was asked.
"""

import argparse
import hashlib
import json
import pathlib
import random
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = """a about after against agreement all also among and are as at been before between border but by capital city coalition council
court crisis day deal debate election for from government had has have he her his in into is it its law leader many market military minister
more most new not of officials on one opposition or other over parliament party people police president prices protest report said she since
some state talks than that the their they this to two under until vote was were when which who will with would year""".split()


def feed(number, items, words):
    """One feed as RSS 2.0."""
    pick = random.Random(number)
    parts = [f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Bench {number:03}</title>'
             f"<link>http://127.0.0.1/{number}</link><description>made</description>"]
    for n in range(items):
        text = " ".join(pick.choice(WORDS) for _ in range(words))
        day, hour = 1 + n % 28, pick.randrange(24)
        parts.append(f"<item><title>Item {number:03}-{n:03} {pick.choice(WORDS)}</title><link>http://127.0.0.1/{number}/{n}</link>"
                     f"<guid>b-{number}-{n}</guid><pubDate>{day:02} Jan 2019 {hour:02}:00:00 GMT</pubDate>"
                     f"<description>{text.capitalize()}.</description></item>")
    parts.append("</channel></rss>")
    return "".join(parts).encode()


# Some readers open all their connections at once; none is to wait for a second try.
ThreadingHTTPServer.request_queue_size = 512


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages = {}
    stats = {"requests": 0, "ok": 0, "same": 0, "bytes": 0}

    def do_GET(self):
        if self.path == "/stats":
            return self.answer(200, json.dumps(self.stats).encode())
        page = self.pages.get(self.path)
        self.stats["requests"] += 1
        if page is None:
            return self.answer(404, b"")
        body, tag = page
        if self.headers.get("If-None-Match") == tag:
            self.stats["same"] += 1
            return self.answer(304, b"", tag)
        self.stats["ok"] += 1
        self.stats["bytes"] += len(body)
        return self.answer(200, body, tag)

    def answer(self, code, body, tag=None):
        self.send_response(code)
        if tag:
            self.send_header("ETag", tag)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in [("feeds", 200), ("items", 50), ("words", 300), ("port", 8099)]:
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--lists", type=pathlib.Path, required=True)
    options = parser.parse_args()
    options.lists.mkdir(parents=True, exist_ok=True)
    urls = []
    for n in range(options.feeds):
        body = feed(n, options.items, options.words)
        Handler.pages[f"/feed/{n}"] = body, f'"{hashlib.sha1(body).hexdigest()}"'
        urls.append(f"http://127.0.0.1:{options.port}/feed/{n}")
    (options.lists / "urls").write_text("".join(url + "\n" for url in urls))
    outlines = "".join(f'<outline text="Bench {n:03}" xmlUrl="{url}"/>\n' for n, url in enumerate(urls))
    (options.lists / "feeds.opml").write_text(f'<opml version="2.0"><body>\n{outlines}</body></opml>\n')
    ThreadingHTTPServer(("127.0.0.1", options.port), Handler).serve_forever()


if __name__ == "__main__":
    main()
