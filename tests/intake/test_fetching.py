"""Fetching: one page from a server on loopback, and all the ways in which that must end well."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from dateline.errors import FetchError, InputError
from dateline.intake import fetch_page
from dateline.intake.fetching import FetchLimits, _is_public

STORY = "<html><body><h1>Storm hits coast</h1><p>Köln, said the mayor, was safe.</p></body></html>"


class Handler(http.server.BaseHTTPRequestHandler):
    seen: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        type(self).seen.append(self.headers["host"])
        match self.path:
            case "/story":
                self.answer(200, STORY.encode("cp1252"), "text/html; charset=windows-1252")
            case "/gone":
                self.answer(404, b"gone", "text/html")
            case "/pdf":
                self.answer(200, b"%PDF-1.7", "application/pdf")
            case "/empty":
                self.answer(200, b"", "text/html")
            case "/huge":
                self.answer(200, b"<p>" + b"word " * 60_000, "text/html")
            case "/again":
                self.answer(302, b"", "text/html", location="/story")
            case "/loop":
                self.answer(302, b"", "text/html", location="/loop")
            case "/file":
                self.answer(302, b"", "text/html", location="file:///etc/hostname")
            case "/inside":
                self.answer(302, b"", "text/html", location="http://10.0.0.1/admin")
            case "/hang":
                time.sleep(3)
            case "/drip":
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.end_headers()
                for _ in range(60):
                    try:
                        self.wfile.write(b"a ")
                        time.sleep(0.05)
                    except OSError:
                        return

    def answer(self, code: int, body: bytes, kind: str, location: str | None = None) -> None:
        self.send_response(code)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        if location:
            self.send_header("location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


LOCAL = FetchLimits(allow_private=True, size=100_000, step=0.4, total=1.0)


def test_a_page_is_fetched_and_decoded_as_the_server_says(server: str) -> None:
    page = fetch_page(f"{server}/story", allow_private=True)
    assert page.kind == "html"
    assert "Köln" in page.text
    assert page.origin == f"{server}/story"


def test_the_origin_of_a_page_is_where_the_redirects_led(server: str) -> None:
    assert fetch_page(f"{server}/again", allow_private=True).origin == f"{server}/story"


def test_a_name_is_kept_as_host_though_the_connection_goes_to_its_address(server: str) -> None:
    port = server.rpartition(":")[2]
    fetch_page(f"http://localhost:{port}/story", allow_private=True)
    assert Handler.seen[-1] == f"localhost:{port}"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/gone", "404"),
        ("/pdf", "application/pdf"),
        ("/huge", "larger than"),
        ("/loop", "more than 5 times"),
        ("/file", "file address"),
        ("/hang", "too long"),
        ("/drip", "too long"),
    ],
)
def test_what_cannot_be_fetched_says_why(server: str, path: str, says: str) -> None:
    started = time.monotonic()
    with pytest.raises(FetchError, match=says):
        fetch_page(f"{server}{path}", limits=LOCAL)
    assert time.monotonic() - started < 2.5


def test_an_empty_page_is_refused_as_one(server: str) -> None:
    with pytest.raises(InputError, match="nothing in it"):
        fetch_page(f"{server}/empty", limits=LOCAL)


def test_private_addresses_are_refused_unless_asked_for(server: str) -> None:
    before = len(Handler.seen)
    for url in (f"{server}/story", server.replace("127.0.0.1", "localhost")):
        with pytest.raises(FetchError, match="private network"):
            fetch_page(url)
    assert len(Handler.seen) == before


def test_a_redirect_into_a_private_network_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The server itself is taken for a public one; only the second step leads inside.
    monkeypatch.setattr("dateline.intake.fetching._is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        fetch_page(f"{server}/inside")


def test_a_host_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [(socket.AF_INET, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: entries)
    with pytest.raises(FetchError, match="private network"):
        fetch_page("http://rebinding.example/")


def test_the_connection_goes_to_the_address_that_was_checked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def resolve(host: str, port: int, *_args: object, **_kwargs: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    port = server.rpartition(":")[2]
    assert "Köln" in fetch_page(f"http://news.example:{port}/story", allow_private=True).text
    assert asked.count("news.example") == 1


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "example.org",
        "http://",
        "http://[::1",
        "http://a:99999999/",
        "javascript:1",
    ],
)
def test_other_addresses_than_those_of_the_web_are_refused(url: str) -> None:
    with pytest.raises(FetchError, match="no web address"):
        fetch_page(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("0.0.0.0", False),
        ("100.64.0.1", False), ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False),
        ("fe80::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False),
        ("::ffff:127.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
    ],
)  # fmt: skip
def test_which_addresses_are_of_the_open_internet(address: str, public: bool) -> None:
    assert _is_public(address) is public
