"""How quick the browser's desk is on a ledger: each page, its weight, its first paint, and many at once while one adds.

    python -m benchmarks.web [--ledger FILE | --size 1000] [--rounds 15] [--only pages paint clients]
                             [--clients 50] [--seconds 30] [--added 60]

``pages``: the time from a request to its whole answer inside the app (no socket between), the median and the 95th
percentile of some rounds after one that does not count, and the CPU's share of it; and the bytes of the page, alone and
with all that it loads but the outlines of the map. ``paint``: the first paint in Chromium, over loopback. ``clients``:
so many at once follow links of the server that `dateline serve` is, while `dateline add` writes so many reports (or as
many as it gets done meanwhile); every answer that is no 2xx or 3xx is an error, and so is an add that fails. What is
asked for is taken from the ledger: names that are heard of often, and seldom.

Without ``--ledger`` one is made of so many recombined readings, as benchmarks/take_in.py makes them. What is added
goes to a copy.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote_plus

import httpx

from benchmarks.fuzz_web import HOST, Sent, send
from benchmarks.recombining import day_of, read_texts, recombined_text
from benchmarks.take_in import add_readings, make_recombiner
from dateline.ledger import Ledger
from dateline.web.app import create_app

STOPPED = 143
"""The exit code of an add that is told to stop."""

SMALL = 20
"""A name is seldom that so few of the entries looked at have."""

BOUND = 100
"""The most milliseconds that a page may take, in the median."""

PARTS = ("pages", "paint", "clients")
PAINTED = "performance.getEntriesByType('paint').find((one) => one.name === 'first-contentful-paint')?.startTime"
_LOADED = re.compile(rb'(?:src|href)="(/static/[^"]+\.(?:js|css|svg))"')


@dataclass(frozen=True, slots=True)
class Known:
    """What a ledger can be asked for."""

    often: str
    seldom: str
    place: str
    publisher: str
    word: str
    year: str
    month: str
    day: str
    large: str
    small: str
    report: str
    event: str

    def pages(self) -> list[str]:
        """The addresses of every page, and of the timeline with every filter."""
        return self.filled(ADDRESSES)

    def filled(self, addresses: Iterable[str]) -> list[str]:
        """Addresses with what stands in braces in them put in."""
        known = {name: quote_plus(getattr(self, name)) for name in self.__slots__}
        return [address.format(**known) for address in addresses]


ADDRESSES = (
    "/", "/?offset=50", "/?offset=5000", "/?when={year}", "/?when={month}", "/?when={day}",
    "/?when={year}-01/{year}-06", "/?who={often}", "/?who={seldom}", "/?whom={often}", "/?who={often}&type=ACCUSE",
    "/?who={often}&when={month}", "/?who={often}&status=denied", "/?who={often}&whom={seldom}", "/?type=ASSAULT",
    "/?type=ACCUSE&status=denied", "/?status=possible", "/?main=yes", "/?where={place}",
    "/?where={place}&type=ASSAULT", "/?said_by={often}", "/?publisher={publisher}",
    "/?publisher={publisher}&who={often}", "/?words={word}", "/?words={word}&who={often}",
    "/?words={word}&type=ACCUSE", "/happening/{large}", "/happening/{small}", "/report/{report}",
    "/report/{report}/editions", "/event/{event}", "/people", "/people?who={often}", "/people?who={seldom}",
    "/map", "/map?who={often}", "/map?when={month}", "/map?type=ASSAULT", "/map?where={place}", "/map?words={word}",
    "/map?publisher={publisher}", "/map.json", "/statements", "/statements?who={often}", "/statements?words={word}",
    "/statements?who={often}&words={word}", "/search?words={word}", "/search?words={often}", "/add", "/api",
    "/timeline.json?limit=50", "/ask.json?who={often}&when={month}", "/openapi.json",
)  # fmt: skip


def find_known(path: Path) -> Known:
    """Names, places and things of a ledger, those heard of often and seldom in a part of it."""
    with Ledger.open(path) as ledger:
        entries = ledger.newest(limit=1_000)
        groups = [ledger.group(id) for id in dict.fromkeys(e.happening for e in entries if e.happening)]
        sizes = {ledger.entries(some[:1])[0].happening: len(some) for some in groups[:500] if some}
    people = Counter(one.name for entry in entries for one in entry.event.actors if one.name[:1].isupper())
    places = Counter(entry.event.where.name.partition(",")[0] for entry in entries if entry.event.where)
    papers = Counter(entry.report.publisher for entry in entries if entry.report.publisher)
    words = Counter(word for entry in entries for word in re.findall(r"\b[a-z]{6,}\b", entry.words))
    days = sorted(
        e.event.when.value[:10] for e in entries if e.event.when and re.match(r"\d{4}-\d\d-\d\d", e.event.when.value)
    )
    day = days[len(days) // 2] if days else "2023-09-13"
    ordered = sorted(sizes, key=lambda id: sizes[id])
    return Known(
        often=people.most_common(1)[0][0] if people else "nobody",
        seldom=next((name for name, count in people.items() if count <= SMALL), "nobody"),
        place=places.most_common(1)[0][0] if places else "nowhere",
        publisher=(papers.most_common(1)[0][0] if papers else None) or "nobody",
        word=words.most_common(1)[0][0] if words else "nothing",
        year=day[:4],
        month=day[:7],
        day=day,
        large=ordered[-1] or "",
        small=ordered[0] or "",
        report=entries[0].report.report,
        event=entries[0].id,
    )


def measure_pages(path: Path, rounds: int, known: Known) -> None:
    """Prints a line for each page: its times and its bytes."""
    app = create_app(path)
    loaded: dict[str, int] = {}
    slow = []
    print(f"{'page':44} {'median ms':>9} {'p95 ms':>8} {'CPU ms':>7} {'kB':>7} {'kB with its files':>18}")
    for address in known.pages():
        times, busy, body = [], [], b""
        for nth in range(rounds + 1):
            began = time.process_time()
            took, status, body = asyncio.run(_timed(app, address))
            if status != 200:
                sys.exit(f"{address}: {status}")
            if nth:
                times.append(took)
                busy.append(1000 * (time.process_time() - began))
        files = {name.decode() for name in _LOADED.findall(body)}
        for name in files - set(loaded):
            loaded[name] = len(asyncio.run(_timed(app, name))[2])
        weight = len(body) + sum(loaded[name] for name in files)
        median, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        if median > BOUND:
            slow.append(address)
        cpu = statistics.median(busy)
        line = f"{address[:44]:44} {median:9.1f} {high:8.1f} {cpu:7.1f} {len(body) / 1000:7.1f} {weight / 1000:18.1f}"
        print(line, flush=True)
    print(f"above {BOUND} ms: {', '.join(slow) or 'none'}")


async def _timed(app: object, address: str) -> tuple[float, int, bytes]:
    path, _, query = address.partition("?")
    sent = Sent("GET", path.encode(), query.encode(), ((b"host", HOST.encode()),))
    began = time.perf_counter()
    status, _, body = await send(app, sent)
    return 1000 * (time.perf_counter() - began), status, body


def measure_paint(path: Path, rounds: int, known: Known) -> None:
    """Prints when something is first seen of each main page, in Chromium."""
    from playwright.sync_api import sync_playwright

    pages = (
        "/",
        "/happening/{large}",
        "/report/{report}",
        "/people?who={often}",
        "/map",
        "/statements",
        "/search?words={word}",
    )
    found = shutil.which("chromium") or "/usr/bin/chromium"
    with serving(path) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        for address in known.filled(pages):
            times = []
            for _ in range(rounds):
                page = browser.new_page()
                page.goto(f"{home}{address}")
                page.wait_for_function(f"() => {PAINTED}")
                times.append(float(page.evaluate(PAINTED)))
                page.close()
            print(
                f"first paint {address[:40]:40} median {statistics.median(times):6.0f} ms, most {max(times):6.0f} ms",
                flush=True,
            )
        browser.close()


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """The address, without its last slash, at which `dateline serve` shows a ledger."""
    command = [sys.executable, "-m", "dateline", "serve", "--ledger", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None  # noqa: S101
            yield re.findall(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
        finally:
            server.terminate()


@dataclass(frozen=True)
class Load:
    """How many clients click for how long, and how many reports are to be added meanwhile."""

    clients: int
    seconds: float
    added: int


def measure_clients(path: Path, bench: Path, known: Known, load: Load) -> int:
    """Prints what came of many clients at once while reports are added; how many errors there were."""
    statuses: Counter[int | str] = Counter()
    times: list[float] = []
    before = _reports(path)
    with tempfile.TemporaryDirectory() as folder, serving(path) as home:
        stories = Path(folder) / "stories.jsonl"
        stories.write_text("".join(_stories(bench, load.added)), encoding="utf-8")
        add = [sys.executable, "-m", "dateline", "add", str(stories), "--ledger", str(path)]
        with subprocess.Popen(add, stdout=subprocess.DEVNULL) as adding:
            began = time.perf_counter()
            asyncio.run(_click_all(home, known.pages(), statuses, times, load))
            took = time.perf_counter() - began
            adding.terminate()
            adding.wait()
    added = _reports(path) - before
    if adding.returncode not in (0, STOPPED):
        statuses["add failed"] += 1
    errors = sum(count for status, count in statuses.items() if not (isinstance(status, int) and status < 400))
    print(
        f"{load.clients} clients, {len(times):,} answers in {took:.0f} s while {added:,} reports were added: "
        f"median {statistics.median(times):.0f} ms, p95 {statistics.quantiles(times, n=20)[-1]:.0f} ms, "
        f"p99 {statistics.quantiles(times, n=100)[-1]:.0f} ms, most {max(times):.0f} ms; "
        f"{', '.join(f'{count:,} × {status}' for status, count in statuses.items())}; {errors} errors"
    )
    return errors


def _reports(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        (found,) = database.execute("SELECT count(DISTINCT report) FROM edition").fetchone()
        return int(found)


def _copy(path: Path, copy: Path) -> None:
    """A ledger with all that was written to it, also what still lies beside the file."""
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)


def _stories(bench: Path, added: int) -> Iterator[str]:
    texts = [row["text"] for row in read_texts(bench)]
    sentences = [part for text in texts for part in re.split(r"(?<=[.!?])\s+", text) if len(part) > 40]
    for number in range(10_000_000, 10_000_000 + added):
        text = recombined_text(sentences, number)
        yield json.dumps({"text": text, "published": f"{day_of(1)}", "url": f"https://news.example/{number}"}) + "\n"


async def _click_all(
    home: str, pages: Sequence[str], statuses: Counter[int | str], times: list[float], load: Load
) -> None:
    end = time.perf_counter() + load.seconds

    async def click(number: int) -> None:
        dice = Random(number)  # noqa: S311
        async with httpx.AsyncClient(base_url=home, timeout=30, trust_env=False) as client:
            address = dice.choice(pages)
            while time.perf_counter() < end:
                began = time.perf_counter()
                try:
                    answer = await client.get(address)
                except httpx.HTTPError as error:
                    statuses[type(error).__name__] += 1
                    continue
                times.append(1000 * (time.perf_counter() - began))
                statuses[answer.status_code] += 1
                if answer.status_code >= 400:
                    print(f"{answer.status_code} {address}", flush=True)
                links = re.findall(r'<a [^>]*href="(/(?!static|add)[^"#]*)"', answer.text)
                follows = links and answer.status_code == 200 and dice.random() < 0.7
                address = dice.choice(links).replace("&amp;", "&") if follows else dice.choice(pages)

    await asyncio.gather(*(click(number) for number in range(load.clients)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--size", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--added", type=int, default=60)
    options = parser.parse_args(arguments)
    errors = 0
    with tempfile.TemporaryDirectory() as folder:
        path: Path = options.ledger or Path(folder) / "press.ledger"
        if options.ledger is None:
            make = make_recombiner(options.bench, 150)
            with Ledger.open(path, write=True) as ledger:
                for _ in add_readings(ledger, make, 0, options.size):
                    pass
        known = find_known(path)
        print(known)
        if "pages" in options.only:
            measure_pages(path, options.rounds, known)
        if "paint" in options.only:
            measure_paint(path, options.rounds, known)
        if "clients" in options.only:
            copy = Path(folder) / "copy.ledger"
            _copy(path, copy)
            errors = measure_clients(copy, options.bench, known, Load(options.clients, options.seconds, options.added))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
