"""Web archives: the pages in them, what they hold besides, and every way in which they may be damaged."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli  # type: ignore[import-untyped,unused-ignore]
import pytest
import zstandard
from hypothesis import assume, given
from hypothesis import strategies as st

from dateline.intake.sources import Parcel, find_parcels, read_parcel
from dateline.intake.sources.archives import find_archived
from dateline.intake.sources.messages import join_chunks
from dateline.intake.sources.unpacking import Unpacked, packing_of
from dateline.model import Refused

BODY = (
    "The harbour of Portmere was closed on Monday after a storm damaged both piers, the mayor said. "
    "She told reporters that ferries would not sail before Thursday, and that nobody had been hurt."
)


def page(number: int) -> bytes:
    return f"<html><body><h1>Storm {number} closes harbour</h1><p>{BODY}</p></body></html>".encode()


def http(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", *more: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *more]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(block: bytes, address: str = "https://example.org/1", type_: str = "response", length: int = -1) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {type_}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {address}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block) if length < 0 else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def story(number: int) -> bytes:
    return record(http(page(number)), f"https://example.org/{number}")


def zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


PACKERS: dict[str, Callable[[bytes], bytes]] = {"": bytes, "gz": gzip.compress, "zst": zst}


def found(data: bytes, packing: str = "") -> tuple[list[str], list[Refused]]:
    """The last parts of the addresses of the pages in an archive, and its refusals."""
    all_ = list(find_archived(Unpacked(io.BytesIO(data), named={"gz": "gzip", "zst": "zstd"}.get(packing)), "a.warc"))
    pages = [one for one in all_ if isinstance(one, Parcel)]
    return [(one.address or "").rpartition("/")[2] for one in pages], [one for one in all_ if isinstance(one, Refused)]


@pytest.mark.parametrize("packing", PACKERS)
def test_the_pages_of_an_archive(tmp_path: Path, packing: str) -> None:
    info = record(b"software: test\r\n", type_="warcinfo")
    asked = record(b"GET / HTTP/1.1\r\n\r\n", type_="request")
    data = b"".join(PACKERS[packing](one) for one in (info, asked, story(1), story(2)))
    path = tmp_path / f"crawl.warc{packing and '.'}{packing}"
    path.write_bytes(data)
    first, second = find_parcels(str(tmp_path))
    assert isinstance(first, Parcel)
    assert isinstance(second, Parcel)
    assert (first.address, first.as_, first.charset) == ("https://example.org/1", "html", "utf-8")
    assert second.origin.startswith(f"{path}, record 4 at byte ")
    assert data[int(second.origin.rpartition(" ")[2]) :] == PACKERS[packing](story(2))
    assert read_parcel(first).origin == "https://example.org/1"


@pytest.mark.parametrize(
    "block",
    [
        http(b"gone", status="404 Not Found"),
        http(b"", status="301 Moved", kind="text/html"),
        http(b"\x89PNG", kind="image/png"),
        http(b"  \n"),
        b"not http at all",
        b"",
    ],
)
def test_what_is_no_page_is_passed_over(block: bytes) -> None:
    assert found(record(block) + story(2)) == (["2"], [])


def test_robots_txt_is_no_report() -> None:
    data = record(http(b"User-agent: *", kind="text/plain"), "https://example.org/robots.txt")
    assert found(data + record(http(BODY.encode(), kind="text/plain"))) == (["1"], [])


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (gzip.compress(page(1)), "Content-Encoding: gzip"),
        (zlib.compress(page(1)), "Content-Encoding: deflate"),
        (deflated(page(1)), "Content-Encoding: deflate"),
        (brotli.compress(page(1)), "Content-Encoding: br"),
        (zst(page(1)), "Content-Encoding: zstd"),
        (page(1), "Content-Encoding: gzip"),
        (page(1), "Content-Encoding: br"),
        (page(1), "Transfer-Encoding: chunked"),
        (b"5;x=1\r\n" + page(1)[:5] + b"\r\n" + b"%x\r\n" % len(page(1)[5:]) + page(1)[5:] + b"\r\n0\r\n\r\n",
         "Transfer-Encoding: chunked"),
    ],
)  # fmt: skip
def test_bodies_are_unwrapped(body: bytes, header: str) -> None:
    data = record(http(body, "text/html", "200 OK", header))
    (parcel,) = find_archived(Unpacked(io.BytesIO(data)), "a.warc")
    assert isinstance(parcel, Parcel)
    assert parcel.data == page(1)


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(b"<p>" * 5_000_000), "gzip"),
        (brotli.compress(b"<p>" * 5_000_000, quality=1), "br"),
        (zst(b"<p>" * 5_000_000), "zstd"),
        (b"\x1f\x8b" + b"\0" * 50, "gzip"),
    ],
)
def test_bodies_that_are_damaged_or_grow_without_end_are_refused(body: bytes, coding: str) -> None:
    pages, refused = found(record(http(body, "text/html", "200 OK", f"Content-Encoding: {coding}")) + story(2))
    assert (pages, len(refused)) == (["2"], 1)


@given(st.lists(st.binary(min_size=1, max_size=50), min_size=1, max_size=5))
def test_chunks_are_joined(parts: list[bytes]) -> None:
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    assert join_chunks(chunked) == b"".join(parts)


@given(st.binary(max_size=100))
def test_any_bytes_can_be_asked_for_chunks(data: bytes) -> None:
    join_chunks(data)


# Damage


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize("cut", [1, 5, 40, 300, 480])
def test_an_archive_that_breaks_off_says_so(packing: str, cut: int) -> None:
    pack = PACKERS[packing]
    last = pack(story(3))
    data = pack(story(1)) + pack(story(2)) + last[: max(3, len(last) - cut)]
    pages, refused = found(data)
    assert pages[:2] == ["1", "2"]
    if not (packing == "" and cut == 1):  # only a line end is missing: nothing is lost
        assert len(refused) == 1
        assert f"at byte {len(data) - max(3, len(last) - cut)}" in refused[0].origin
        assert "ends in the middle" in refused[0].what or "ends in the header" in refused[0].what or cut < 10


@pytest.mark.parametrize("packing", PACKERS)
def test_records_after_damage_are_read(packing: str) -> None:
    pack = PACKERS[packing]
    spoilt = bytearray(pack(story(2)))
    spoilt[30:90] = b"\xee" * 60
    pages, refused = found(pack(story(1)) + bytes(spoilt) + pack(story(3)) + pack(story(4)))
    assert [one for one in pages if one != "2"] == ["1", "3", "4"]
    assert len(refused) == (packing != "" or "2" not in pages)


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize("change", [-200, -1, 2, 20, 100_000, 9_000_000, 50_000_000])
def test_a_record_of_another_length_than_it_tells_does_not_swallow_the_next(packing: str, change: int) -> None:
    pack = PACKERS[packing]
    block = http(page(2))
    wrong = record(block, "https://example.org/2", length=len(block) + change)
    pages, refused = found(pack(story(1)) + pack(wrong) + pack(story(3)) + pack(story(4)))
    lost_too = packing == "" and change == 50_000_000  # nothing tells that the long record is not that long
    assert pages == (["1"] if lost_too else ["1", "3", "4"])
    assert len(refused) == 1
    assert "record 2 at byte" in refused[0].origin


def test_what_stands_between_records_is_refused_once() -> None:
    pages, refused = found(story(1) + b"junk\n" * 50_000 + story(2))
    assert (pages, len(refused)) == (["1", "2"], 1)


@pytest.mark.parametrize(
    "head", [b"Content-Length: x", b"Content-Length: -5", b"Content-Length: " + b"9" * 40, b"A: b"]
)
def test_a_header_without_a_length(head: bytes) -> None:
    pages, refused = found(b"WARC/1.0\r\nWARC-Type: response\r\n" + head + b"\r\n\r\nblock\r\n\r\n" + story(2))
    assert (pages, len(refused)) == (["2"], 1)


def test_a_header_without_an_end() -> None:
    pages, refused = found(b"WARC/1.0\r\n" + b"A: b\r\n" * 30_000 + b"x\r\n" + story(2))
    assert (pages, len(refused)) == (["2"], 1)


def test_a_page_cannot_pose_as_a_record() -> None:
    forged = record(http(page(9)), "https://example.org/9")
    assert found(record(http(page(1) + b"\r\n\r\n" + forged)) + story(2)) == (["1", "2"], [])


def test_records_too_long_are_passed_over(tmp_path: Path) -> None:
    long = http(b"x" * 30_000_000, kind="video/mp4")
    assert found(gzip.compress(record(long), 1) + gzip.compress(story(2))) == (["2"], [])


def test_a_packed_archive_may_bring_its_dictionary() -> None:
    words = zstandard.ZstdCompressionDict(page(0) * 3, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    packer = zstandard.ZstdCompressor(dict_data=words)
    frame = words.as_bytes()
    packed = zst(frame)
    for held in (frame, packed):
        lead = b"\x5d\x2a\x4d\x18" + len(held).to_bytes(4, "little") + held
        assert found(lead + packer.compress(story(1)) + packer.compress(story(2))) == (["1", "2"], [])


@given(data=st.data(), packing=st.sampled_from(list(PACKERS)))
def test_damage_anywhere_leaves_the_rest_and_is_told(data: st.DataObject, packing: str) -> None:
    pack = PACKERS[packing]
    parts = [pack(story(number)) for number in range(5)]
    hurt = data.draw(st.integers(0, 4))
    part = bytearray(parts[hurt])
    place = data.draw(st.integers(0, len(part) - 1))
    part[place : place + data.draw(st.integers(1, 60))] = data.draw(st.binary(max_size=60))
    whole = b"".join([*parts[:hurt], bytes(part), *parts[hurt + 1 :]])
    # Chance can make the beginning of something packed, or of a frame to be skipped, which is believed.
    assume(packing or not packing_of(whole))
    assume(part[1:4] != b"*M\x18")
    pages, _ = found(whole, packing)
    others = [str(number) for number in range(5) if number != hurt]
    # Damage at the seam may take one neighbour along.
    assert len([one for one in pages if one in others]) >= 3


@given(st.binary(max_size=500))
def test_any_bytes_end(data: bytes) -> None:
    found(b"WARC/1.0\r\n" + data)


def test_forged_records_without_number_end_soon() -> None:
    bad = b"WARC/1.0\r\nContent-Length: 9999999\r\n\r\n" * 100_000
    pages, refused = found(bad)
    assert not pages
    assert len(refused) <= 1001
    assert "too many places" in refused[-1].what
