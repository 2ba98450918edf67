#!/usr/bin/env python3
"""Twenty everyday tasks, played through in dateline and in newsboat: keys and seconds side by side, as docs/tasks.md has them.

    benches/peers/tasks.py target/release/dateline [--only NUMBER …] [--pace 0.2] [--show]

Both programs run in tmux, 120 columns by 40 rows, with their own keys and no configuration, in a home of their own that is made for the run, on the same
feeds, which a server on the loopback address gives them. Each task begins in a fresh copy of the same library. A task counts as done when what it is for can
be seen from outside: on the screen, in the log of the browser that is put in the way, in the clipboard, at the server, in the database.

Keys are counted as they are pressed; one that is held with another is one. Words that have to be typed in both (an address, a name, a query) are typed but
not counted. Seconds run from the first key to the moment at which the result is seen; keys follow one another at the pace of somebody who knows
them (--pace seconds each, letters of words a third of that), so that both the number of keys and the speed of the program count.

Needs tmux, newsboat, sqlite3's module for Python, and vi for newsboat's list of feeds.
"""

import argparse, datetime, email.utils, html, http.server, os, re, shutil, sqlite3, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, "..", "..", "assets", "samples")
PATIENCE = 15.0
PORT = 8197
SITE = f"http://127.0.0.1:{PORT}"


# ---- the feeds

def samples():
    """The samples of dateline: title and paragraphs."""
    for name in sorted(os.listdir(SAMPLES)):
        if name.endswith(".txt"):
            text = open(os.path.join(SAMPLES, name), encoding="utf-8").read()
            head, body = re.match(r"---\n(.*?)\n---\n(.*)", text, re.S).groups()
            yield re.search(r"title: (.*)", head).group(1), [p for p in body.split("\n\n") if p.strip()]


def feeds():
    """Two feeds of the samples, of today and the days before, and one that is added in the first task."""
    now = datetime.datetime.now(datetime.timezone.utc)
    parts = {"one": [], "two": [], "new": []}
    for n, (title, paragraphs) in enumerate(samples()):
        name = ("one", "two")[n % 2]
        age = datetime.timedelta(days=(0, 1, 3, 5, 9, 12, 20, 30, 40, 50)[n % 10], hours=1)
        link = f"{SITE}/{name}/{n}"
        links = "".join(f'<p>See <a href="{SITE}/link/{n}/{k}">document {k}</a>.</p>' for k in (1, 2, 3, 4))
        body = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs) + links
        parts[name].append((title, link, now - age, body))
    parts["new"].append(("A harbour opens in the north", f"{SITE}/new/0", now, "<p>The harbour opened on Monday, said Ada Miller.</p>"))
    out = {}
    for name, items in parts.items():
        xml = [f'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Paper {name}</title><link>{SITE}</link>']
        for title, link, at, body in items:
            xml.append(f"<item><title>{html.escape(title)}</title><link>{link}</link><guid>{link}</guid><pubDate>{email.utils.format_datetime(at)}</pubDate>"
                       f"<content:encoded><![CDATA[{body}]]></content:encoded></item>")
        out[f"/{name}.xml"] = "".join(xml + ["</channel></rss>"]).encode()
    return out


class Server(http.server.BaseHTTPRequestHandler):
    pages, asked = {}, []

    def do_GET(self):
        Server.asked.append(self.path)
        body = self.pages.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_):
        pass


# ---- the terminal

class Terminal:
    """A program in tmux."""

    def __init__(self, home, command, env):
        self.socket = os.path.join(home, "tmux.sock")
        settings = " ".join(f"{k}={v}" for k, v in env.items())
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "40", f"env {settings} {command}")
        self.tmux("set", "-g", "set-clipboard", "on")
        self.tmux("set", "-s", "escape-time", "10")

    def tmux(self, *args):
        return subprocess.run(["tmux", "-S", self.socket, *args], capture_output=True, text=True).stdout

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def clipboard(self):
        return self.tmux("show-buffer")

    def press(self, key):
        self.tmux("send-keys", key)

    def write(self, text):
        self.tmux("send-keys", "-l", text)

    def runs(self):
        return bool(self.tmux("list-panes"))

    def close(self):
        """Ends the program, and waits until it has left what it leaves."""
        self.tmux("kill-server")
        time.sleep(0.6)


def wait(done, seconds=PATIENCE):
    """True as soon as `done` is; false when the time is over."""
    end = time.time() + seconds
    while time.time() < end:
        if done():
            return True
        time.sleep(0.02)
    return False


# ---- the two programs, each in a home of its own

class World:
    """What a program is run in."""

    def __init__(self, program):
        self.program = program
        self.home = tempfile.mkdtemp(prefix="tasks-")
        self.log = os.path.join(self.home, "log")
        folder = os.path.join(self.home, "bin")
        os.mkdir(folder)
        for name in ("xdg-open", "browser", "reader"):
            path = os.path.join(folder, name)
            with open(path, "w") as file:
                file.write(f'#!/bin/sh\necho "{name} $*" >> {self.log}\n' + ("cat >/dev/null\n" if name == "reader" else ""))
            os.chmod(path, 0o755)
        self.env = {"HOME": self.home, "PATH": f"{folder}:{os.environ['PATH']}", "BROWSER": os.path.join(folder, "browser"), "EDITOR": "vi",
                    "LANG": "C.UTF-8", "TERM": "xterm-256color", "XDG_DATA_HOME": f"{self.home}/data", "XDG_CONFIG_HOME": f"{self.home}/config",
                    "XDG_STATE_HOME": f"{self.home}/state"}
        self.prepare()
        self.kept = self.home + ".kept"
        shutil.copytree(self.home, self.kept, symlinks=True)

    def run(self, *args):
        return subprocess.run(args, env={**os.environ, **self.env}, capture_output=True, text=True)

    def fresh(self):
        """The home as it was made."""
        shutil.rmtree(self.home)
        shutil.copytree(self.kept, self.home, symlinks=True)
        Server.asked.clear()

    def logged(self):
        return open(self.log).read() if os.path.exists(self.log) else ""

    def end(self):
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.kept, ignore_errors=True)


class Dateline(World):
    name = "dateline"

    def prepare(self):
        for name in ("one", "two"):
            self.run(self.program, "add", f"{SITE}/{name}.xml")
        print(self.run(self.program, "fetch").stdout.strip())
        # The one key that a reader gives to a program of every day, for the task that is about that.
        os.makedirs(f"{self.home}/config/dateline")
        with open(f"{self.home}/config/dateline/keymap.toml", "w") as file:
            file.write('[command]\nhand = { run = ["reader"], input = "text" }\n[global]\nhand = "F5"\n')

    def command(self):
        return self.program

    ready = "Unread"

    def ask(self, sql):
        base = sqlite3.connect(f"file:{self.home}/data/dateline/library.db?mode=ro", uri=True)
        return base.execute(sql).fetchone()[0]

    def count(self, query):
        """Articles that a query finds."""
        return len(self.run(self.program, "search", "--format", "jsonl", "--limit", "1000", query).stdout.splitlines())


class Newsboat(World):
    name = "newsboat"

    def prepare(self):
        os.mkdir(f"{self.home}/.newsboat")
        with open(f"{self.home}/.newsboat/urls", "w") as file:
            file.write(f"{SITE}/one.xml\n{SITE}/two.xml\n")
        self.run("newsboat", "-x", "reload")

    def command(self):
        return "newsboat"

    ready = "Paper one"

    def ask(self, sql):
        base = sqlite3.connect(f"file:{self.home}/.newsboat/cache.db?mode=ro", uri=True)
        return base.execute(sql).fetchone()[0]


# ---- the tasks

def keys(text):
    """Keys parted by spaces; what stands in braces is typed in both and not counted, what stands in brackets is typed and counted letter by letter."""
    return re.findall(r"\{[^}]*\}|\[[^\]]+\]|\S+", text)


def is_typed(key):
    return key[0] in "{[" and len(key) > 1


def count(text):
    return sum(0 if key.startswith("{") else len(key) - 2 if is_typed(key) else 1 for key in keys(text))


def shown(text):
    """Keys as docs/tasks.md has them."""
    words = ["…" if key.startswith("{") else f"`{key[1:-1].strip()}`" if is_typed(key) else f"`{key}`" for key in keys(text)]
    return " ".join(words).replace("`C-", "`Ctrl-").replace("`M-", "`Alt-").replace("`Escape`", "`Esc`").replace("`|`", "`\\|`")


class Task:
    def __init__(self, what, boat, line):
        self.what, self.boat, self.line = what, boat, line


class Way:
    """How a program does it: where it begins, the keys, and what shows that it is done."""

    def __init__(self, begin, keys, done, says=""):
        self.begin, self.keys, self.done, self.says = begin, keys, done, says


def sees(pattern):
    return lambda world, terminal: re.search(pattern, terminal.screen()) is not None


def opened(pattern):
    return lambda world, terminal: re.search(pattern, world.logged()) is not None


def cut(pattern):
    return lambda world, terminal: re.search(pattern, terminal.clipboard()) is not None


def unread(n):
    def done(world, _):
        sql = "SELECT count(*) FROM rss_item WHERE unread = 1" if world.name == "newsboat" else None
        return (world.ask(sql) if sql else world.count("is:unread")) == n
    return done


def ended(world, terminal):
    return not terminal.runs()


TASKS = [
    Task("add the feed at an address, and see its articles",
         Way("", "E G o {" + SITE + "/new.xml} Escape : w q Enter R", lambda w, t: w.ask("SELECT count(*) FROM rss_item WHERE feedurl LIKE '%new.xml'") > 0),
         Way("", "a {" + SITE + "/new.xml} Enter", lambda w, t: w.count("title:harbour") == 1)),
    Task("ask all feeds for what is new",
         Way("", "R", lambda w, t: len(Server.asked) >= 2), Way("", "R", lambda w, t: len(Server.asked) >= 2)),
    Task("open the first unread article", Way("", "Enter Enter", sees("Title:|Link:")), Way("", ".", sees("2 Text"))),
    Task("on to the next unread", Way("Enter Enter", "n", sees("Title: Astronauts")), Way(".", ".", sees("HOUSTON"))),
    Task("back to the line that was being read in the article before", None, Way(". Space .", "C-o", sees(r"2 Text +Kennedy"))),
    Task("mark all of a list read", Way("Enter", "A", unread(5)), Way("", "A", unread(0))),
    Task("mark what is older than a week read", Way("Enter", "F [age > 7] Enter N N N C-f", unread(7)), Way("", "< 7 Enter", unread(4))),
    Task("find last week's articles about X", Way("", "/ {Moon} Enter F [age < 8] Enter", sees("Moon")), Way("", "S {moon} [ newer:7d] Enter", sees("1/[0-9]"))),
    Task("give a star", Way("Enter", "C-e s Enter", lambda w, t: w.ask("SELECT count(*) FROM rss_item WHERE coalesce(flags,'') <> ''") == 1),
         Way("", "s", lambda w, t: w.count("is:starred") == 1)),
    Task("oldest first", Way("Enter", "G d", sees(r"\n +1 N  Oct|\n +1 N.*Germany")), Way("", "C-r", sees("oldest first"))),
    Task("open the third link", Way("Enter Enter", "3", opened("browser .*/link/[0-9]+/2|browser .*/link")), Way(".", "3 o", opened("link/[0-9]+/3"))),
    Task("copy the link of an article", None, Way(".", "y l", cut(SITE + "/(one|two)/"))),
    Task("copy the sentence that is read, with its source", None, Way(".", "y q", cut("“.*”"))),
    Task("hand the article to a program that is used every day", Way("Enter Enter", "| [reader] Enter", opened("reader")), Way(".", "F5", opened("reader"))),
    Task("to the next mention of a person who is named on the screen", Way("Enter Enter", "/ [Kennedy] Enter", sees("Kennedy")), Way(".", "] Enter n", sees("2 of"))),
    Task("to the next article that names the same person", Way("Enter Enter", "q / [Mandela] Enter Enter", sees("Title:|Link:")), Way("S {mandela} Enter Enter ] ] Enter G", "n", sees("Pretoria · "))),
    Task("who is quoted in this article, and with what", None, Way(".", "5 Tab", sees(r"5 Said +6 Map +1/"))),
    Task("what is told of which day", None, Way(".", "4 Tab", sees("o unfold"))),
    Task("where the places of the article are", None, Way(".", "m", sees("places in this article"))),
    Task("leave, from within an article", Way("Enter Enter", "q q q", ended), Way(".", "q", ended)),
]


def play(world, way, pace, show):
    """Does a task; the seconds that it took, or what went wrong."""
    world.fresh()
    terminal = Terminal(world.home, world.command(), world.env)
    try:
        if not wait(lambda: world.ready in terminal.screen()):
            return None, "it does not start:\n" + terminal.screen()
        time.sleep(0.4)
        for key in keys(way.begin):
            (terminal.write(key[1:-1]) if is_typed(key) else terminal.press(key))
            time.sleep(0.5)
        Server.asked.clear()
        start = time.time()
        for key in keys(way.keys):
            if is_typed(key):
                for letter in key[1:-1]:
                    terminal.write(letter)
                    time.sleep(pace / 3)
            else:
                terminal.press(key)
                time.sleep(pace)
        done = wait(lambda: way.done(world, terminal))
        seconds = time.time() - start
        if show:
            print(terminal.screen())
        return (seconds, "") if done else (None, "not done:\n" + terminal.screen())
    finally:
        terminal.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dateline")
    parser.add_argument("--only", type=int, nargs="*")
    parser.add_argument("--pace", type=float, default=0.2)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    Server.pages = feeds()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    worlds = [Newsboat("newsboat"), Dateline(os.path.abspath(options.dateline))]
    tally, failed = [0, 0, 0], 0
    print("| task | newsboat | keys | seconds | dateline | keys | seconds |")
    print("|---|---|---:|---:|---|---:|---:|")
    try:
        for number, task in enumerate(TASKS, 1):
            if options.only and number not in options.only:
                continue
            cells, counts = [], []
            for world, way in zip(worlds, (task.boat, task.line)):
                if way is None:
                    cells += ["–", "", ""]
                    counts.append(None)
                    continue
                seconds, wrong = play(world, way, options.pace, options.show)
                if wrong:
                    failed += 1
                    print(f"{number}. {task.what}, {world.name}: {wrong}", file=sys.stderr)
                cells += [shown(way.keys), str(count(way.keys)), f"{seconds:.1f}" if seconds else "failed"]
                counts.append(count(way.keys))
            print(f"| {task.what} | {' | '.join(cells)} |", flush=True)
            boat, line = counts
            if line is None:
                continue
            tally[0 if boat is None or line < boat else 1 if line == boat else 2] += 1
        print(f"\nFewer keys on {tally[0]} of {sum(tally)}, the same on {tally[1]}, more on {tally[2]}.")
    finally:
        for world in worlds:
            world.end()
        server.shutdown()
    sys.exit(1 if failed else 0)


main()
