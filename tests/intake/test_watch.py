"""Visiting and polling, against a server on loopback that has moods."""

from __future__ import annotations

import http.server
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from dateline.cli.watch import watch as watch_command
from dateline.desk.watching import Note, find_feeds, read_state, watch, write_state
from dateline.errors import FetchError, InputError, LedgerError, SettingError
from dateline.intake.fetching import FetchLimits
from dateline.intake.sources import Busy, Parcel, Poller, Visitor, WatchState, find_parcels, read_parcel
from dateline.intake.sources.visiting import retry_after
from dateline.model import Reading, Refused, Taken, Tally

BODY = (
    "The harbour of Portmere was closed on Monday after a storm damaged both piers, the mayor said. "
    "She told reporters that ferries would not sail before Thursday, and that nobody had been hurt. "
)


class Server:
    """What the server answers, by path; tests change it as they go. It notes what it was asked, and with what."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, bytes, dict[str, str]]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    def page(self, path: str, body: str | None = None, status: int = 200, **headers: str) -> None:
        html = body if body is not None else f"<h1>Storm at {path[1:]} closes harbour</h1><p>{BODY}</p>"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, html.encode(), {"content-type": "text/html", **named})

    def feed(self, *paths: str, content: str = "", **headers: str) -> None:
        items = "".join(
            f"<item><title>Storm at {path[1:]}</title><link>{self.url}{path}</link>"
            f"<pubDate>Mon, 18 Sep 2023 08:00:00 GMT</pubDate><description>{content}</description></item>"
            for path in paths
        )
        words = f"<rss version='2.0'><channel><title>Portmere Post</title>{items}</channel></rss>"
        headers.setdefault("content_type", "application/rss+xml")
        self.page("/feed", words, 200, **headers)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/hang":
                time.sleep(1.5)
            told.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, body, headers = told.answers.get(self.path, (404, b"", {}))
            if status == 200 and headers.get("etag") and self.headers["if-none-match"] == headers["etag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    told.url = f"http://127.0.0.1:{running.server_port}"
    yield told
    running.shutdown()
    running.server_close()


class Clock:
    """A clock that only goes on when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def visitor(clock: Clock) -> Visitor:
    return Visitor(allow_private=True, clock=clock.now, sleep=clock.sleep)


@pytest.fixture
def poller(visitor: Visitor, clock: Clock) -> Poller:
    return Poller(visitor, every=900.0, now=clock.now, jitter=lambda: 0.5)


def pages(found: Sequence[Parcel | Refused | Taken]) -> list[str]:
    return [one.origin.rpartition("/")[2] for one in found if isinstance(one, Parcel)]


# Sources of the web


def test_an_address_is_a_page(server: Server) -> None:
    server.page("/storm")
    (parcel,) = find_parcels(f"{server.url}/storm", allow_private=True)
    assert isinstance(parcel, Parcel)
    assert read_parcel(parcel).headline == "Storm at storm closes harbour"
    assert server.paths() == ["/storm"]


def test_an_address_of_a_feed_is_the_pages_of_its_items(server: Server, visitor: Visitor, clock: Clock) -> None:
    server.feed("/a", "/gone", "/c", content="x" * 700)
    server.page("/a")
    server.page("/c")
    found = list(find_parcels(f"{server.url}/feed", visitor=visitor))
    assert pages(found) == ["a", "gone", "c"]  # what is gone stands in the feed
    assert [one.published for one in found if isinstance(one, Parcel)] == ["Mon, 18 Sep 2023 08:00:00 GMT"] * 3
    assert server.paths() == ["/feed", "/robots.txt", "/a", "/gone", "/c"]
    assert clock.slept == [1.0] * 4


@pytest.mark.parametrize("path", ["/gone", "/pdf"])
def test_what_cannot_be_fetched_is_refused(server: Server, path: str) -> None:
    server.page("/pdf", "%PDF", content_type="application/pdf")
    (refused,) = find_parcels(f"{server.url}{path}", allow_private=True)
    assert isinstance(refused, Refused)


def test_private_addresses_are_refused_unless_asked_for(server: Server) -> None:
    (refused,) = find_parcels(f"{server.url}/storm")
    assert isinstance(refused, Refused)
    assert "private network" in refused.what
    assert not server.asked


def test_a_feed_cannot_lead_into_a_private_network(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.page("/feed", "<rss><channel><item><link>http://10.0.0.1/admin</link></item></channel></rss>")
    monkeypatch.setattr("dateline.intake.fetching._is_public", lambda address: address == "127.0.0.1")
    (refused,) = find_parcels(f"{server.url}/feed")
    assert isinstance(refused, Refused)
    assert "private network" in refused.what


# Visits


def test_robots_txt_is_kept_to(server: Server, visitor: Visitor) -> None:
    server.page("/robots.txt", "User-agent: *\nDisallow: /private\nCrawl-delay: 7", content_type="text/plain")
    server.page("/a")
    server.page("/private/b")
    assert visitor.visit(f"{server.url}/a").status == 200
    with pytest.raises(FetchError, match=r"robots\.txt"):
        visitor.visit(f"{server.url}/private/b")
    assert server.paths() == ["/robots.txt", "/a"]


def test_a_crawl_delay_is_kept_to(server: Server, visitor: Visitor, clock: Clock) -> None:
    server.page("/robots.txt", "User-agent: dateline\nCrawl-delay: 7", content_type="text/plain")
    for path in ("/a", "/b", "/c"):
        server.page(path)
        visitor.visit(f"{server.url}{path}")
    assert clock.slept == [7.0, 7.0, 7.0]


def test_a_crawl_delay_beyond_patience_is_a_refusal_and_no_sleep(
    server: Server, visitor: Visitor, clock: Clock
) -> None:
    server.page("/robots.txt", "User-agent: *\nCrawl-delay: 999999", content_type="text/plain")
    with pytest.raises(FetchError, match="999999 s between pages"):
        visitor.visit(f"{server.url}/a")
    assert not clock.slept


def test_robots_txt_is_asked_once_a_day(server: Server, visitor: Visitor, clock: Clock) -> None:
    for wait in (1, 1, 90_000):
        clock.time += wait
        visitor.visit(f"{server.url}/a")
    assert server.paths() == ["/robots.txt", "/a", "/a", "/robots.txt", "/a"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_site_whose_robots_txt_cannot_be_asked_is_left_alone(server: Server, visitor: Visitor, status: int) -> None:
    server.page("/robots.txt", "", status=status)
    for _ in range(2):
        with pytest.raises(Busy):
            visitor.visit(f"{server.url}/a")
    assert server.paths() == ["/robots.txt"]


def test_a_busy_host_is_left_alone_as_long_as_it_says(server: Server, visitor: Visitor, clock: Clock) -> None:
    server.page("/a", status=429, retry_after="120")
    server.page("/b")
    with pytest.raises(Busy):
        visitor.visit(f"{server.url}/a")
    with pytest.raises(Busy, match="another 120 s"):
        visitor.visit(f"{server.url}/b")
    clock.time += 121
    assert visitor.visit(f"{server.url}/b").status == 200


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [("5", 5, 5), ("", 300, 300), ("x", 300, 300), ("9" * 400, 86_400, 86_400), ("-5", 300, 300),
     ("Mon, 18 Sep 2023 08:00:00 GMT", 0, 0), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400, 86_400)],
)  # fmt: skip
def test_how_long_to_stay_away(words: str, least: float, most: float) -> None:
    assert least <= retry_after(words) <= most


def test_a_slow_server_is_not_waited_for(server: Server, poller: Poller) -> None:
    poller.visitor.limits = FetchLimits(allow_private=True, step=0.2, total=0.3)
    (refused,) = poller.poll(f"{server.url}/hang")
    assert isinstance(refused, Refused)
    assert "too long" in refused.what


# Polls


def test_only_new_items_are_fetched_oldest_first(server: Server, poller: Poller) -> None:
    feed = f"{server.url}/feed"
    for path in ("/a", "/b", "/c"):
        server.page(path)
    server.feed("/b", "/a")
    assert pages(list(poller.poll(feed))) == ["a", "b"]
    server.feed("/c", "/b", "/a")
    assert pages(list(poller.poll(feed))) == ["c"]
    assert pages(list(poller.poll(feed))) == []


def test_a_feed_is_asked_for_only_if_it_changed(server: Server, poller: Poller) -> None:
    feed = f"{server.url}/feed"
    server.page("/a")
    server.feed("/a", etag='"v1"', last_modified="Mon, 18 Sep 2023 08:00:00 GMT")
    list(poller.poll(feed))
    assert list(poller.poll(feed)) == []
    path, headers = server.asked[-1]
    assert (path, headers["if-none-match"]) == ("/feed", '"v1"')
    assert headers["if-modified-since"] == "Mon, 18 Sep 2023 08:00:00 GMT"
    assert poller.states[feed].etag == '"v1"'


def test_a_feed_that_fails_is_left_alone_twice_as_long_each_time(server: Server, poller: Poller, clock: Clock) -> None:
    feed = f"{server.url}/feed"
    server.page("/feed", status=500)
    waits = []
    for _ in range(9):
        (refused,) = poller.poll(feed)
        assert isinstance(refused, Refused)
        waits.append(poller.due(feed))
        clock.time += poller.due(feed)
    assert waits[:3] == [1800.0, 3600.0, 7200.0]
    assert max(waits) == 86_400.0
    server.feed()
    list(poller.poll(feed))
    assert poller.due(feed) == 900.0
    assert poller.states[feed].failures == 0


def test_retry_after_outweighs_our_own_rhythm(server: Server, poller: Poller) -> None:
    server.page("/feed", status=429, retry_after="5000")
    (refused,) = poller.poll(f"{server.url}/feed")
    assert isinstance(refused, Refused)
    assert poller.due(f"{server.url}/feed") == 5000.0


def test_a_feed_that_is_gone_is_never_asked_again(server: Server, poller: Poller) -> None:
    server.page("/feed", status=410)
    list(poller.poll(f"{server.url}/feed"))
    assert poller.due(f"{server.url}/feed") == float("inf")


def test_pages_of_a_busy_host_wait_for_the_next_visit(server: Server, poller: Poller, clock: Clock) -> None:
    feed = f"{server.url}/feed"
    server.page("/a", status=503, retry_after="2000")
    server.page("/b")
    server.feed("/b", "/a", etag='"v1"')
    assert list(poller.poll(feed)) == []
    assert poller.due(feed) == 2000.0
    clock.time += 2001
    server.page("/a")
    assert pages(list(poller.poll(feed))) == ["a", "b"]
    assert poller.states[feed].etag == '"v1"'


def test_a_page_that_fails_is_asked_for_three_times(server: Server, poller: Poller) -> None:
    feed = f"{server.url}/feed"
    server.feed("/a", etag='"v1"')
    came = [[type(one) for one in poller.poll(feed)] for _ in range(5)]
    assert came == [[Refused], [Refused], [Refused], [], []]
    assert server.paths().count("/a") == 3


def test_a_clock_that_was_set_back_does_not_end_the_watch(server: Server, poller: Poller, clock: Clock) -> None:
    feed = f"{server.url}/feed"
    server.feed("/a")
    server.page("/a")
    list(poller.poll(feed))
    clock.time -= 3_600
    assert 4_400 < poller.due(feed) <= 4_500
    clock.time -= 365 * 86_400
    assert poller.due(feed) == 0.0


def test_redirects_are_followed_to_where_the_page_is(server: Server, poller: Poller) -> None:
    server.page("/old", status=301, location="/a")
    server.page("/a")
    server.feed("/old")
    (parcel,) = poller.poll(f"{server.url}/feed")
    assert isinstance(parcel, Parcel)
    assert parcel.address == f"{server.url}/a"


# The desk and the command


class Kept:
    """A ledger of memory."""

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []

    def add(self, found: Iterable[Parcel | Refused], ledger: object, note: Note, *, places: object = None) -> Tally:
        before = len(self.parcels)
        for parcel in found:
            if isinstance(parcel, Parcel):
                self.parcels.append(parcel)
                note(Taken(parcel.digest, Reading(read_parcel(parcel))))
        return Tally(added=len(self.parcels) - before)


def test_watching_once_adds_what_is_new_and_remembers_it(
    server: Server, visitor: Visitor, tmp_path: Path, clock: Clock
) -> None:
    for path in ("/a", "/b"):
        server.page(path)
    server.feed("/b", "/a")
    ledger, kept = tmp_path / "press.ledger", Kept()
    for _ in range(2):
        poller = Poller(visitor, now=clock.now)
        polled = list(watch([f"{server.url}/feed"], ledger, once=True, add=kept.add, poller=poller))
    assert len(kept.parcels) == 2
    assert polled[0].new == ()
    assert [path.name for path in tmp_path.iterdir()] == ["press.ledger.watch.json"]


def test_watching_goes_on_in_the_rhythm_asked_for(server: Server, poller: Poller, clock: Clock, tmp_path: Path) -> None:
    server.feed("/a")
    server.page("/a")
    opml = tmp_path / "feeds.opml"
    opml.write_text(f"<opml><body><outline xmlUrl='{server.url}/feed'/></body></opml>")
    kept = Kept()
    visits = watch([str(opml)], tmp_path / "l", every=10, add=kept.add, poller=poller, sleep=clock.sleep)
    assert [len(next(visits).new) for _ in range(3)] == [1, 0, 0]
    assert clock.slept[-2:] == [600.0, 600.0]


def test_what_was_not_added_is_not_remembered(server: Server, poller: Poller, tmp_path: Path) -> None:
    server.feed("/a")
    server.page("/a")

    def full(found: Iterable[Parcel | Refused], ledger: object, note: Note) -> Tally:
        list(found)
        raise LedgerError("press.ledger", "the disk is full", "Make room.")

    with pytest.raises(LedgerError, match="disk is full"):
        list(watch([f"{server.url}/feed"], tmp_path / "l", once=True, add=full, poller=poller))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("every", [0.0, -1.0, float("nan"), float("inf")])
def test_a_rhythm_that_makes_no_sense(every: float, tmp_path: Path) -> None:
    with pytest.raises(SettingError):
        list(watch(["https://example.org/feed"], tmp_path / "l", every=every))


def test_feeds_that_cannot_be_found(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        find_feeds([str(tmp_path / "gone.opml")])
    with pytest.raises(SettingError):
        find_feeds([])


def test_what_is_remembered_is_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "l.watch.json"
    assert read_state(path) == WatchState()
    path.write_text("{spoilt")
    with pytest.raises(LedgerError, match="remembers no feeds"):
        read_state(path)
    write_state(path, WatchState())
    assert read_state(path) == WatchState()
    with pytest.raises(LedgerError, match="cannot be written"):
        write_state(tmp_path / "nowhere" / "l.watch.json", WatchState())


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Runs ``dateline watch`` in a folder of its own, with a ledger of memory."""
    kept = Kept()
    monkeypatch.setattr("dateline.desk.watching._add", kept.add)
    monkeypatch.setattr(sys.modules["dateline.cli.watch"], "_stop_when_told", lambda: None)
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    app.command()(watch_command)
    return lambda *words: CliRunner().invoke(app, [*words])


def test_the_command_prints_a_line_for_each_new_report(server: Server, command: Callable[..., Result]) -> None:
    server.feed("/a", "/gone")
    server.page("/a")
    result = command(f"{server.url}/feed", "--once", "--allow-private")
    assert result.stdout == f"Storm at a closes harbour – {server.url}/a\n"
    assert f"{server.url}/gone: the server answered 404" in result.stderr
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [(["http://127.0.0.1:1/feed", "--once"], "private network"), (["gone.opml"], "no such file"),
     (["http://127.0.0.1:1/f", "--every", "0"], "once a minute")],
)  # fmt: skip
def test_the_command_says_what_went_wrong(command: Callable[..., Result], words: list[str], says: str) -> None:
    result = command(*words)
    assert says in result.stderr
    assert result.exit_code == 2


def test_being_told_to_stop_ends_the_command(command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: object, **_named: object) -> Iterator[object]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("dateline.desk.watching.watch", stop)
    result = command("https://example.org/feed")
    assert (result.exit_code, result.stderr) == (0, "dateline: stopped watching\n")
