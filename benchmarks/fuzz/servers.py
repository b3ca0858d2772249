"""Servers that mean harm: what they answer to a fetch and to a feed's reader, and what is sent to the desk."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from unittest.mock import patch

import httpx

import dateline
from benchmarks import fuzz_web
from benchmarks.fuzz import kinds, seeds
from benchmarks.fuzz.dice import ODD, bent, packed
from dateline.errors import DatelineError
from dateline.intake.fetching import FetchLimits
from dateline.intake.sources import Parcel, read_parcel
from dateline.intake.sources.pages import find_fetched
from dateline.intake.sources.polling import Poller
from dateline.intake.sources.visiting import Visitor
from dateline.ledger import Ledger
from dateline.model import Question, Refused
from dateline.web.app import create_app
from dateline.web.jobs import Jobs
from dateline.web.settings import Settings

PUBLIC, PRIVATE = "93.184.216.34", ("10.0.0.1", "127.0.0.1", "169.254.169.254", "fec0::1", "::ffff:10.0.0.1", "fe80::1")
REQUESTS = 4_000
"""How many requests go to one ledger before it is made anew."""

_HEADERS = (
    "content-type", "content-encoding", "etag", "last-modified", "location", "retry-after", "set-cookie", "link",
    "transfer-encoding", "content-length", "refresh",
)  # fmt: skip
_VALUES = (
    "text/html", "text/html; charset=utf-16", "application/rss+xml", "text/html; charset=\"", "gzip", "br", "zstd",
    "deflate",
    "gzip, gzip, br", "identity", '"é"', "W/\"1\"", "Sun, 99 Sep 2023", "-1", "1e9", "9" * 40, "http://[::1",
    "//10.0.0.1/",
    "http://169.254.169.254/latest", "file:///etc/passwd", "/again", "javascript:1", "http://a\x01b/",
    "http://\u0430.example/",
    "https://user:pass@a.example:99999/", "gopher://a", "\x7f", "http://a.example/" + "x" * 70_000, "http://xn--/",
    "data:,a",
)  # fmt: skip
_PLACES = (
    "http://a.example/", "https://b.example/feed", "http://c.example/\x01", "http://d.example:0/",
    "http://e.example/ü?ü#ü",
    "http://\u202ef.example/", "http://2130706433/", "http://0x7f.1/", "http://[fec0::1]/", "http://g..example/",
    "HTTP://H\0/",
    "http://i.example\\@10.0.0.1/", "http://" + "j" * 300 + "/", "http://k.example/%zz", "http://l.example:65536/",
    "http://%31/",
)  # fmt: skip


class Answer(NamedTuple):
    """What a server answers to any request: a status, header lines and a body."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class Served(NamedTuple):
    """An address that is fetched, and the answers that come, one after the other and from the first again."""

    url: str
    answers: tuple[Answer, ...]
    private: bool


def server_kinds(folder: Path) -> tuple[kinds.Kind, ...]:
    """Answers that are fetched, and requests to the desk."""
    return (kinds.Kind("fetch", make_served, give_served), kinds.Kind("web", *_desk(folder)))


def make_served(dice: Random) -> Served:
    """An address by dice, and what stands there."""
    url = (
        dice.choice(_PLACES)
        if dice.random() < 0.7
        else "http://" + bent(dice, b"a.example/1", ODD, ()).decode("utf-8", "replace")
    )
    answers = tuple(_answer(dice) for _ in range(dice.choice((1, 2, 3))))
    return Served(url, answers, dice.random() < 0.1)


def _answer(dice: Random) -> Answer:
    status = dice.choices((200, 301, 302, 304, 307, 404, 410, 429, 503, 999), (60, 8, 8, 5, 3, 4, 3, 4, 4, 1))[0]
    sound = dice.choice((seeds.PAGES, seeds.FEEDS, seeds.FEEDS))
    body, packing = packed(dice, bent(dice, dice.choice(sound), (*seeds.TAGS, *seeds.ELEMENTS), sound))
    headers = [("content-type", dice.choice(_VALUES[:4]))]
    if packing:
        headers.append(("content-encoding", {".gz": "gzip", ".zst": "zstd"}.get(packing, "br")))
    if 300 <= status < 309:
        headers.append(("location", dice.choice((*_VALUES, *_PLACES))))
    headers += ((dice.choice(_HEADERS), dice.choice(_VALUES)) for _ in range(dice.randrange(3)))
    lines = tuple((name.encode(), value.encode("utf-8", "replace")) for name, value in headers)
    return Answer(status, lines, body)


def give_served(served: Served) -> None:
    """Fetches as ``add`` and ``watch`` do; no socket is opened."""
    with _network(served):
        visitor = Visitor(delay=0, sleep=lambda _: None, limits=FetchLimits(size=200_000, step=2, total=5))
        for found in islice(find_fetched(served.url, visitor), 20):
            if isinstance(found, Parcel):
                try:
                    kinds.check_report(read_parcel(found))
                except DatelineError as error:
                    kinds.check_error(error)
            else:
                kinds.require(isinstance(found, Refused) and bool(found.what and found.todo), found)
        poller = Poller(Visitor(delay=0, sleep=lambda _: None, limits=FetchLimits(size=200_000, step=2, total=5)))
        for _ in range(2):
            for _ in islice(poller.poll(served.url), 20):
                pass


@contextmanager
def _network(served: Served) -> Iterator[None]:
    """A network on which every name is known, one address is answered at, and nothing is asked for at a private one."""
    turn = iter(served.answers * 50)
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *_: Any, **__: Any) -> Any:
        try:
            return real(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        except socket.gaierror:
            address = PRIVATE[len(host) % len(PRIVATE)] if served.private else PUBLIC
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def answer(_: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        kinds.require(host not in PRIVATE and not host.startswith(("10.", "127.", "169.254.")), host)
        found = next(turn)
        return httpx.Response(found.status, headers=list(found.headers), stream=httpx.ByteStream(found.body))

    with patch.object(socket, "getaddrinfo", resolve), patch.object(httpx.HTTPTransport, "handle_request", answer):
        yield


def _desk(folder: Path) -> tuple[Callable[[Random], Any], Callable[[Any], None]]:
    """Makes requests about the things of a ledger, and gives them to the app on it, which is opened at the first."""
    whole, used = folder / "whole.ledger", folder / "web.ledger"
    state: dict[str, Any] = {"requests": REQUESTS}

    def ready() -> None:
        if not whole.exists():
            dateline.add(Path(__file__).parent.parent.parent / "examples", whole, workers=1)
        if state["requests"] < REQUESTS and "app" in state:
            return
        for part in folder.glob(f"{used.name}*"):
            part.unlink()
        shutil.copy(whole, used)
        settings = Settings(seal="the seal of this run")
        app = create_app(used, settings)
        app.state.jobs = Jobs(used, workers=1, work=fuzz_web.unread)
        with Ledger.open(used) as book:
            entries = book.ask(Question(limit=200)).entries
        ids = [id for e in entries for id in (e.id, e.happening or e.id, e.report.report, e.report.edition)]
        state.update(app=app, ids=sorted(set(ids)), seal=settings.seal, requests=0)

    def make(dice: Random) -> fuzz_web.Sent:
        ready()
        return next(fuzz_web.Dice(state["ids"], state["seal"], dice.randrange(1 << 62)).requests(1))

    def give(sent: fuzz_web.Sent) -> None:
        came = fuzz_web.Came()
        fuzz_web.judge(sent, *asyncio.run(fuzz_web.send(state["app"], sent)), came)
        state["requests"] += 1
        kinds.require(not came.wrong, came.wrong)

    return make, give
