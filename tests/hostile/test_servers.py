"""Servers that mean harm: small answers that unpack without end, marks and addresses that nothing can send."""

from __future__ import annotations

import gzip
import resource
import socket
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import brotli
import httpx
import pytest
import zstandard

from dateline.errors import FetchError
from dateline.intake.codings import unpack_body
from dateline.intake.fetching import FetchLimits, _is_public, fetch, fetch_page
from dateline.intake.sources import Parcel
from dateline.intake.sources.pages import find_fetched
from dateline.intake.sources.polling import FeedState, Poller
from dateline.intake.sources.visiting import Visitor

PAGE = b"<html><body><h1>Storm hits coast</h1><p>The harbour was closed on Monday, the mayor said.</p></body></html>"
Serve = Callable[..., None]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Makes every address of the web answer with a status, header lines and a body; no socket is opened."""

    def resolve(host: str, port: int, **_: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]

    def answer_with(status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
        def answer(_: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
            asked.append(request)
            return httpx.Response(status, headers=[*headers], stream=httpx.ByteStream(body))

        monkeypatch.setattr(httpx.HTTPTransport, "handle_request", answer)

    asked.clear()
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    yield answer_with


asked: list[httpx.Request] = []


def brotli_of(size: int) -> bytes:
    packer, piece = brotli.Compressor(quality=9, lgwin=24), bytes(1 << 24)
    return b"".join(packer.process(piece) for _ in range(size >> 24)) + bytes(packer.finish())


def grown_by(work: Callable[[], object]) -> int:
    """By how many MB the process grew."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024


BOMBS = {
    "br": brotli_of(1 << 30),  # 809 bytes
    "gzip": gzip.compress(bytes(100_000_000), 1),
    "zstd": zstandard.compress(bytes(100_000_000)),
    "deflate": zlib.compress(bytes(100_000_000), 1),
    "gzip, gzip": gzip.compress(gzip.compress(bytes(100_000_000), 1), 1),
}


@pytest.mark.parametrize("coding", BOMBS)
def test_a_small_answer_that_stands_for_very_much_is_refused_and_not_held(coding: str, serve: Serve) -> None:
    serve(200, BOMBS[coding], (b"content-type", b"text/html"), (b"content-encoding", coding.encode()))

    def get() -> None:
        with pytest.raises(FetchError, match="larger than"):
            fetch_page("http://news.example/")

    assert grown_by(get) < 150


def test_a_body_in_a_web_archive_that_stands_for_very_much_is_cut() -> None:
    assert grown_by(lambda: unpack_body(BOMBS["br"], "br", 10_000_000)) < 60
    assert len(unpack_body(BOMBS["br"], "br", 1000) or b"") == 1001


def test_a_body_packed_over_and_over_is_refused() -> None:
    body = PAGE
    for _ in range(3):
        body = gzip.compress(body)
    assert unpack_body(body, "gzip, gzip, gzip", 1000) == PAGE
    assert unpack_body(body, ", ".join(["gzip"] * 5), 1000) is None


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "identity", "x-unknown"])
def test_a_page_packed_as_it_says_or_not_at_all_is_read(coding: str, serve: Serve) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstandard.compress,
    }  # fmt: skip
    for body in (PAGE, packers.get(coding, bytes)(PAGE)):
        serve(200, body, (b"content-type", b"text/html"), (b"content-encoding", coding.encode()))
        assert fetch_page("http://news.example/").text == PAGE.decode()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://news.example/\x01", id="a control character"),
        pytest.param("http://news.example/" + "x" * 70_000, id="too long for httpx"),
        pytest.param("http://news.example/?q=\x7f", id="delete"),
        pytest.param("http://" + "x" * 300 + ".example/", id="a label too long"),
        pytest.param("http://a..example/", id="an empty label"),
        pytest.param("http://\ud800.example/", id="half a character"),
        pytest.param("http://news.example:0/", id="port 0"),
    ],
)
def test_an_address_that_cannot_be_asked_for_is_an_error_of_ours(url: str, serve: Serve) -> None:
    serve(200, PAGE, (b"content-type", b"text/html"))
    try:
        fetch(url, limits=FetchLimits())
    except FetchError as error:
        assert error.what and error.todo


@pytest.mark.parametrize(
    "location",
    [b"http://\xd0\xb0.example/", b"http://[::1", b"//[", b"http://a\x01b/", b"http://x:99999999/", b"\xff\xfe"],
)
def test_a_redirect_to_what_is_no_address_is_an_error_of_ours(location: bytes, serve: Serve) -> None:
    serve(302, b"", (b"location", location))
    with pytest.raises(FetchError):
        fetch("http://news.example/", limits=FetchLimits())


@pytest.mark.parametrize("mark", ["é", 'W/"\x01"', "a\r\nx-forged: 1", "x" * 100_000])
def test_a_mark_that_a_header_cannot_hold_is_not_sent_back(mark: str, serve: Serve) -> None:
    serve(200, b"<rss version='2.0'><channel/></rss>", (b"content-type", b"application/rss+xml"))
    poller = Poller(Visitor(delay=0), {"http://news.example/": FeedState(etag=mark, modified=mark)})
    assert list(poller.poll("http://news.example/")) == []
    assert "if-none-match" not in asked[-1].headers and "x-forged" not in asked[-1].headers


def test_an_item_that_leads_nowhere_stops_no_feed(serve: Serve) -> None:
    feed = (
        b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"url":"http://a.example/\\u0001"},'
        b'{"id":2,"url":"http://b.example/"}]}'
    )
    serve(200, feed, (b"content-type", b"application/json"))
    found = list(find_fetched("http://news.example/", Visitor(delay=0)))
    assert len(found) == 2 and not isinstance(found[0], Parcel)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("fec0::1", False), ("3fff::1", False), ("5f00::1", False), ("64:ff9b:1::7f00:1", False),
        ("192.88.99.1", False), ("192.0.0.8", False), ("::7f00:1", False), ("2620:4f:8000::1", False),
        ("2a00:1450:4001::1", True), ("1.1.1.1", True),
    ],
)  # fmt: skip
def test_networks_that_only_seem_to_be_open_are_closed(address: str, public: bool) -> None:
    assert _is_public(address) is public


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "[::ffff:127.0.0.1]", "localhost."])
def test_a_private_address_in_disguise_is_refused(host: str) -> None:
    with pytest.raises(FetchError, match=r"private network|there is no host"):
        fetch(f"http://{host}/", limits=FetchLimits())


def test_a_name_that_is_answered_differently_the_second_time_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the address that was checked is the one that is connected to, whatever the name says later."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    gone_to: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(answers)]

    def answer(_: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        gone_to.append(request.url.host)
        return httpx.Response(302, headers={"location": "http://rebinding.example/admin"})

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", answer)
    with pytest.raises(FetchError, match="private network"):
        fetch("http://rebinding.example/", limits=FetchLimits())
    assert gone_to == ["93.184.216.34"]
