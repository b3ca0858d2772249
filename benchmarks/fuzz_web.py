"""Sends the app all that a browser, a program or nobody in his right mind would send, and counts what it answers.

    python -m benchmarks.fuzz_web [--requests 10000] [--seed 1] [--ledger FILE]

Each request is made by dice: addresses that are and that are not, ids whole, cut and bent, questions with values that
make sense and that do not, forms with the seal of the page and without, bodies of any bytes, headers of any kind. They
go to the app itself, without a socket between, on a copy of the ledger (by default one of the example reports): what is
written there is written for good. The same seed sends the same. Ends with 1 where an answer was 5xx, was no JSON where
JSON was asked for, or lacked the app's Content-Security-Policy; each such request is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, get_args
from urllib.parse import quote, quote_from_bytes, unquote, urlencode

import dateline
from dateline.desk.adding import read_with
from dateline.intake.sources import Parcel
from dateline.ledger import Ledger
from dateline.model import EventType, Question, Reading, Refused, Status, Taken
from dateline.web.app import create_app
from dateline.web.asking import SIEVE
from dateline.web.guarding import POLICY
from dateline.web.jobs import Jobs
from dateline.web.settings import Settings

HOST = "127.0.0.1:8765"
AT_ONCE = 8
PLACES = (
    "/", "/timeline.json", "/ask.json", "/said.json", "/search", "/search.json", "/statements", "/statements.json",
    "/people", "/people.json", "/map", "/map.json", "/add", "/api", "/openapi.json", "/enter",
)  # fmt: skip
THINGS = (
    "/happening/{}", "/happening/{}.json", "/report/{}", "/report/{}.json", "/report/{}/editions",
    "/report/{}/editions.json", "/event/{}", "/event/{}.json", "/show/{}", "/show/{}.json", "/add/{}", "/add/{}.json",
)  # fmt: skip
ODD = (
    "", " ", "\0", "\x1b[2J", "\ud800", "\u202eabc", "é" * 400, "a" * 501, "x" * 9_000, "%", "%00", "%f0",
    "../../etc/passwd",
    "<script>alert(1)</script>", "' OR 1=1 --", '"', '""', "*", "-", "OR", "AND NOT", 'NEAR("a" "b")', "words:kim",
    "^kim",
    "(", ")", "{{7*7}}", "1e999", "-1", "0", "999999999999999999999", "１２", "nan", "null", "true", "[]", "{}",
    "9999-12-31",
    "0001-01-01", "2023-02-30", "2023-W53", "XXXX-WXX-1", "2023/2022", "9/9/9", "90,180,0", "-90,-180,20038", "91,0",
    "0,0,1e9",
    "1,2,3,4", "PRESENT_REF", "🇺🇦" * 30, "\r\nset-cookie: a=b", "kim\tjong\nun", "۲۰۲۳", "İ", "ß" * 100,
)  # fmt: skip
SENSE = {
    "who": ("kim", "Kim Jong Un", "putin", "the"), "whom": ("putin", "russia"), "type": get_args(EventType),
    "when": ("2023", "2023-09", "2023-09-13", "2023-09-12/2023-09-17", "202", "20"), "where": ("Russia", "RU",
    "51.9,128.3,50"),
    "status": get_args(Status), "said_by": ("kcna", "officials"), "publisher": ("wire", "example"),
    "words": ("train", '"peace talks"', "missile*", "kim OR putin", "-train kim"), "main": ("yes", "no"),
    "limit": ("0", "1", "50", "1000"), "offset": ("0", "50", "1000000"), "order": ("when", "-when", "published",
    "-published"),
    "token": ("a", ""), "row": ("1", "99999"), "done": ("joined", "undone"),
}  # fmt: skip
HEADERS = (
    ("accept", "application/json"), ("accept-encoding", "gzip"), ("hx-request", "true"), ("range", "bytes=0-"),
    ("cookie", "dateline-access=; \x7f=\"; a=b"), ("authorization", "Bearer "), ("authorization", "Basic é"),
    ("expect", "100-continue"),
    ("origin", "null"), ("origin", "https://evil.example"), ("origin", "http://["), ("sec-fetch-site", "cross-site"),
    ("content-length", "-1"), ("content-length", "9" * 30), ("content-length", "0"), ("content-encoding", "gzip"),
    ("if-none-match", "*"), ("if-modified-since", "soon"), ("host", ""), ("host", "evil.example"), ("host", "[::1]:1"),
    ("transfer-encoding", "chunked"), ("x-dateline-seal", "forged"), ("content-type", "application/json"),
    ("content-type", "multipart/form-data"), ("content-type", "multipart/form-data; boundary="),
    ("content-type", "application/x-www-form-urlencoded; charset=utf-7"), ("referer", "\xff"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it goes to the app."""

    method: str
    raw_path: bytes
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: tuple[bytes, ...] = ()

    def __str__(self) -> str:
        target = (self.raw_path + (b"?" + self.query if self.query else b"")).decode("latin-1")
        return f"{self.method} {target[:300]} {dict(self.headers)} {b''.join(self.body)[:300]!r}"


@dataclass
class Came:
    """What came of all requests: how many of each status, and what must not have come."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Dice:
    """Makes requests about the things of a ledger, the same for the same seed."""

    def __init__(self, ids: Sequence[str], seal: str, seed: int) -> None:
        self._ids = ids
        self._seal = seal
        self._random = Random(seed)  # noqa: S311

    def requests(self, number: int) -> Iterator[Sent]:
        """So many requests."""
        for _ in range(number):
            yield self._write() if self._random.random() < 0.25 else self._look()

    def _look(self) -> Sent:
        method = self._random.choices(("GET", "HEAD", "OPTIONS", "DELETE", "PUT", "BREW"), (90, 4, 2, 1, 1, 2))[0]
        return Sent(method, self._path(), self._query(), self._headers())

    def _write(self) -> Sent:
        path = self._random.choice(("/event/{}", "/event/{}", "/happening/{}", "/add", "/enter", "/nowhere"))
        raw = quote(path.format(self._id()), safe="/", errors="replace").encode()
        kind, body = self._body()
        headers = (*self._headers(), (b"content-type", kind.encode()))
        if self._random.random() < 0.7:
            headers = (*headers, (b"origin", f"http://{HOST}".encode()))
        middle = self._random.randrange(len(body) + 1)
        return Sent("POST", raw, b"", headers, (body[:middle], body[middle:]))

    def _path(self) -> bytes:
        dice = self._random.random()
        if dice < 0.45:
            return self._random.choice(PLACES).encode()
        if dice < 0.9:
            return quote(self._random.choice(THINGS).format(self._id()), safe="/", errors="replace").encode()
        if dice < 0.95:
            return (
                b"/static/"
                + quote(self._random.choice((*ODD, "desk.css", "vendor", "../web/app.py")), errors="replace").encode()
            )
        return b"/" + quote_from_bytes(self._random.randbytes(self._random.randrange(20)), safe="/%").encode()

    def _id(self) -> str:
        id = self._random.choice(self._ids)
        bent = (id, id, id, id[:8], id[:4], id[:3], id.upper(), f" {id}", f"{id}g", id[::-1], self._odd(40))
        return self._random.choice(bent)

    def _query(self) -> bytes:
        names = [*SIEVE, "order", "token", "row", "done"]
        pairs = []
        for _ in range(self._random.choices((0, 1, 2, 3, 8), (20, 40, 20, 15, 5))[0]):
            name = self._random.choice(names) if self._random.random() < 0.95 else self._odd(30)
            sense = SENSE.get(name)
            pairs.append(
                (name, self._random.choice(sense) if sense and self._random.random() < 0.6 else self._odd(9_000))
            )
        if self._random.random() < 0.03:
            return self._random.randbytes(self._random.randrange(60))
        return urlencode(pairs, errors="replace").encode()

    def _headers(self) -> tuple[tuple[bytes, bytes], ...]:
        more = self._random.choices(HEADERS, k=self._random.choices((0, 1, 3), (75, 20, 5))[0])
        host = [] if any(name == "host" for name, _ in more) else [("host", HOST)]
        return tuple((name.encode(), value.encode("utf-8")) for name, value in (*host, *more))

    def _odd(self, most: int) -> str:
        if self._random.random() < 0.2:
            length = self._random.randrange(min(most, 200))
            return "".join(
                chr(self._random.choice((self._random.randrange(0x250), self._random.randrange(0xD000))))
                for _ in range(length)
            )
        return self._random.choice(ODD)[:most]

    def _body(self) -> tuple[str, bytes]:
        dice = self._random.random()
        if dice < 0.1:
            kind = self._random.choice(("text/plain", "application/json", "multipart/form-data; boundary=x", "é"))
            return kind, self._random.randbytes(self._random.randrange(400))
        fields = self._fields()
        if dice < 0.75:
            return "application/x-www-form-urlencoded", urlencode(fields, errors="replace").encode()
        parts = [f'--x\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields]
        if self._random.random() < 0.5:
            name = self._odd(60).replace("\r\n", "")
            parts.append(
                f'--x\r\ncontent-disposition: form-data; name="files"; filename="{name}"\r\n\r\n{self._odd(900)}\r\n'
            )
        whole = "".join(parts).encode("utf-8", "replace") + b"--x--\r\n"
        return "multipart/form-data; boundary=x", whole[
            : self._random.choice((len(whole), len(whole), len(whole) // 2))
        ]

    def _fields(self) -> list[tuple[str, str]]:
        cells = ("who", "whom", "type", "when", "where", "status", "source", "main", "trigger")
        deeds = [f"{deed}:{cell}" for deed in ("confirm", "reject", "undo") for cell in cells]
        sense: dict[str, Sequence[str]] = {
            "seal": (self._seal,) * 4, "do": ("save", "reject", "undo", *deeds), "by": ("Ann", "hand", "rules/1"),
            "row": ("1", "x"),
            "deed": ("join", "part", "undo"), "event": self._ids, "other": self._ids, "verdict": ("same", "different"),
            "because": ("so",), "at": ("2023-09-13T00:00:00+00:00",), "words": ("A bridge\n\nAda Quill opened it.",),
            "published": ("2023-09-18", "2023"), "publisher": ("Post",), "url": ("https://post.example/1",),
            "token": ("a",),
            **{f"value-{cell}": ("Ada Quill", "2023-09-14", "denied", "51.9,128.3", "yes",
            "CONSULT") for cell in cells},
            **{f"was-{cell}": ("Ada Quill", "") for cell in cells},
        }  # fmt: skip
        names = [name for name in self._random.choices(list(sense), k=self._random.randrange(12)) if name != "seal"]
        if self._random.random() < 0.85:
            names.append("seal")
        return [(n, self._random.choice(sense[n]) if self._random.random() < 0.75 else self._odd(9_000)) for n in names]


def fuzz(ledger: Path, requests: int, seed: int = 1) -> Came:
    """What comes of so many requests to the app on a ledger, which they change."""
    settings = Settings(seal="the seal of this run")
    app = create_app(ledger, settings)
    app.state.jobs = Jobs(ledger, workers=1, work=unread)
    with Ledger.open(ledger) as book:
        entries = book.ask(Question(limit=200)).entries
    ids = [id for e in entries for id in (e.id, e.happening or e.id, e.report.report, e.report.edition)] or ["0" * 16]
    came = Came()
    asyncio.run(_send_all(app, Dice(sorted(set(ids)), settings.seal, seed).requests(requests), came))
    return came


def unread(parcel: Parcel) -> Taken | Refused:
    """Takes a page without reading it: what is tried here is the desk."""
    return read_with(parcel, lambda report: Reading(report))


async def _send_all(app: Any, requests: Iterable[Sent], came: Came) -> None:
    waiting = iter(requests)

    async def send_some() -> None:
        for sent in waiting:
            judge(sent, *await send(app, sent), came)

    await asyncio.gather(*(send_some() for _ in range(AT_ONCE)))


async def send(app: Any, sent: Sent) -> tuple[int, dict[bytes, bytes], bytes]:
    """The status, the headers and the body that the app answers, as a server would have it."""
    path = unquote(sent.raw_path.decode("ascii"))
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": sent.method, "scheme": "http",
        "path": path, "raw_path": sent.raw_path, "query_string": sent.query, "root_path": "",
        "headers": list(sent.headers), "client": ("127.0.0.1", 50_000), "server": ("127.0.0.1", 8765),
    }  # fmt: skip
    parts = [*sent.body] or [b""]
    messages = [{"type": "http.request", "body": p, "more_body": n + 1 < len(parts)} for n, p in enumerate(parts)]
    got: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not messages:
            await asyncio.Event().wait()  # nobody hangs up before the answer
        return messages.pop(0)

    async def keep(message: dict[str, Any]) -> None:
        got.append(message)

    try:
        await app(scope, receive, keep)
    except Exception as error:  # what a server would answer with 500, or could not answer at all
        if not got:
            return 599, {}, repr(error).encode()
    start = got[0]
    return start["status"], dict(start["headers"]), b"".join(message.get("body", b"") for message in got[1:])


def judge(sent: Sent, status: int, headers: dict[bytes, bytes], body: bytes, came: Came) -> None:
    """Counts an answer, and keeps what must not have come."""
    came.statuses[status] += 1
    if status >= 500:
        came.wrong.append(f"{status} {sent}: {body[:300]!r}")
    elif headers.get(b"content-security-policy") != POLICY.encode():
        came.wrong.append(f"{status} without its policy: {sent}")
    elif headers.get(b"content-type", b"").startswith(b"application/json") and sent.method == "GET":
        try:
            json.loads(body)
        except ValueError:
            came.wrong.append(f"{status} no JSON: {sent}: {body[:100]!r}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ledger", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "press.ledger"
        if options.ledger:
            shutil.copy(options.ledger, path)
        else:
            dateline.add(Path(__file__).parent.parent / "examples", path, workers=1)
        began = time.perf_counter()
        came = fuzz(path, options.requests, options.seed)
        took = time.perf_counter() - began
    for line in came.wrong:
        print(line)
    told = ", ".join(f"{count:,} × {status}" for status, count in sorted(came.statuses.items()))
    print(f"{options.requests:,} requests (seed {options.seed}) in {took:.0f} s: {told}; {len(came.wrong)} wrong")
    return 1 if came.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
