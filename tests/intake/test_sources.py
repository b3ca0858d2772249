"""Sources of the disk: files, folders, patterns, JSON Lines, and what is damaged in them."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
from itertools import accumulate
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake.sources import Parcel, count_bytes, find_parcels, read_parcel
from dateline.intake.sources.folders import find_files
from dateline.intake.sources.parcels import hinted_date
from dateline.intake.sources.unpacking import Broken, Unpacked
from dateline.model import Refused

BODY = (
    "The harbour of Portmere was closed on Monday after a storm damaged both piers, the mayor said.\n\n"
    "She told reporters that ferries would not sail before Thursday, and that nobody had been hurt."
)
PAGE = f"<html><body><h1>Storm closes harbour</h1><p>{BODY}</p></body></html>"


def found(source: object, **hints: object) -> list[Parcel | Refused]:
    return list(find_parcels(str(source), **hints))  # type: ignore[arg-type]


def parcels(source: object, **hints: object) -> list[Parcel]:
    return [one for one in found(source, **hints) if isinstance(one, Parcel)]


def refusals(source: object, **hints: object) -> list[Refused]:
    return [one for one in found(source, **hints) if isinstance(one, Refused)]


def lines(path: Path, *records: object) -> Path:
    path.write_text("".join(f"{r if isinstance(r, str) else json.dumps(r)}\n" for r in records), encoding="utf-8")
    return path


# Files, folders, patterns


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b/two.html", "a.txt", "b/one.md", "c.jpg", ".hidden.html", ".git/x.html", "d.HTM", "d_files/ad.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_a_folder_gives_its_pages_by_name_and_no_hidden_ones(folder: Path) -> None:
    assert [os.path.relpath(p.origin, folder) for p in parcels(folder)] == ["a.txt", "b/one.md", "b/two.html", "d.HTM"]
    assert not refusals(folder)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ["a.txt"]),
        ("*", ["a.txt", "b/one.md", "b/two.html", "d.HTM", "d_files/ad.html"]),
        ("*.jpg", ["c.jpg"]),
        ("**/*.html", ["b/two.html"]),
        ("**", ["a.txt", "b/one.md", "b/two.html", "d.HTM"]),
        ("[ab]/o*", ["b/one.md"]),
    ],
)
def test_patterns(folder: Path, pattern: str, names: list[str]) -> None:
    assert [os.path.relpath(path, folder) for path in find_files(f"{folder}/{pattern}")] == names


def test_links_that_lead_back_are_followed_once(folder: Path) -> None:
    (folder / "b" / "loop").symlink_to(folder)
    (folder / "b" / "self").symlink_to(folder / "b" / "self")
    (folder / "other").symlink_to(folder / "b")
    names = [os.path.relpath(path, folder) for path in find_files(str(folder))]
    assert names == ["a.txt", "b/one.md", "b/two.html", "d.HTM", "other/one.md", "other/two.html"]


@pytest.mark.parametrize("name", ["gone.html", "nothing/*.html", "empty"])
def test_what_is_not_there_is_one_refusal(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (only,) = found(tmp_path / name)
    assert isinstance(only, Refused)
    assert only.origin == str(tmp_path / name)


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    assert "no file" in refusals(tmp_path / "pipe.html")[0].what


def test_bytes_are_counted_for_the_progress_bar(folder: Path) -> None:
    passed: list[int] = []
    total = count_bytes(str(folder))
    list(find_parcels(str(folder), passed=passed.append))
    assert total == sum(passed) == 4 * len(PAGE.encode())
    assert count_bytes("https://example.org/feed") is None


def test_a_page_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "huge.html.gz").write_bytes(gzip.compress(b"<p>" + b"word " * 3_000_000))
    assert "larger than" in refusals(tmp_path)[0].what


# What is packed


def zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


PACKERS = {"gz": gzip.compress, "zst": zst, "bz2": bz2.compress, "xz": lzma.compress}


@pytest.mark.parametrize("ending", PACKERS)
def test_packed_pages_are_unpacked(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"storm.html.{ending}").write_bytes(PACKERS[ending](PAGE.encode()))
    assert [p.data.decode() for p in parcels(tmp_path)] == [PAGE]


@pytest.mark.parametrize("ending", PACKERS)
def test_a_packed_file_that_breaks_off_is_refused(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"storm.html.{ending}").write_bytes(PACKERS[ending](PAGE.encode())[:-9])
    assert "ends in the middle" in refusals(tmp_path)[0].what


def unpacked(data: bytes) -> tuple[bytes, list[int]]:
    stream = Unpacked(io.BytesIO(data))
    pieces: list[bytes] = []
    broken: list[int] = []
    while True:
        try:
            piece = stream.read()
        except Broken as error:
            broken.append(error.at)
            continue
        if not piece:
            return b"".join(pieces), broken
        assert len(piece) <= 40_000_000
        pieces.append(piece)


@pytest.mark.parametrize("ending", PACKERS)
@given(members=st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=5))
def test_members_one_after_another_are_one_stream(ending: str, members: list[bytes]) -> None:
    data = b"".join(map(PACKERS[ending], members))
    assert unpacked(data) == (b"".join(members), [])


@pytest.mark.parametrize("ending", PACKERS)
@given(data=st.data())
def test_damage_anywhere_ends_and_is_told(ending: str, data: st.DataObject) -> None:
    words = [hashlib.sha512(bytes([n])).digest() * 3 for n in range(4)]
    members = [PACKERS[ending](each) for each in words]
    whole = bytearray(b"".join(members))
    place = data.draw(st.integers(8, len(whole) - 1))
    sound = sum(end <= place for end in accumulate(map(len, members)))
    whole[place : place + 20] = b"\xaa" * 20
    out, broken = unpacked(bytes(whole))
    assert out.startswith(b"".join(words[:sound]))
    assert all(0 <= at < len(whole) for at in broken)


def test_the_members_after_damage_are_read() -> None:
    first, second, third = (gzip.compress(word * 50) for word in (b"one", b"two", b"three"))
    spoilt = second[:12] + b"\xff\xff\xff" + second[15:]
    out, broken = unpacked(first + spoilt + third)
    assert out.startswith(b"one" * 50)
    assert out.endswith(b"three" * 50)
    assert broken == [len(first)]


@pytest.mark.parametrize("magic", [b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"BZh9"])
def test_a_file_of_nothing_but_beginnings_ends_soon(magic: bytes) -> None:
    _, broken = unpacked(magic * 20_000)
    assert 1 <= len(broken) <= 1000


def test_little_that_stands_for_very_much_comes_in_pieces() -> None:
    stream = Unpacked(io.BytesIO(zst(b"\0" * 300_000_000)))
    assert 0 < len(stream.read()) <= 40_000_000


# JSON


STORY = {
    "url": "https://example.org/storm",
    "title": "Storm closes harbour",
    "text": BODY,
    "published": "2023-09-18T08:00:00+00:00",
    "publisher": "Portmere Post",
}


def test_a_line_of_json_is_a_report_with_its_facts(tmp_path: Path) -> None:
    (parcel,) = parcels(lines(tmp_path / "news.jsonl", STORY))
    assert parcel.origin.endswith("news.jsonl, line 1")
    report = read_parcel(parcel)
    assert report.headline == "Storm closes harbour"
    assert report.origin == "https://example.org/storm"
    assert (report.published, report.publisher) == ("2023-09-18T08:00:00+00:00", "Portmere Post")
    assert BODY in report.text


def test_a_title_that_the_text_begins_with_is_not_said_twice(tmp_path: Path) -> None:
    story = {**STORY, "text": f"{STORY['title']}\n\n{BODY}"}
    (parcel,) = parcels(lines(tmp_path / "news.jsonl", story))
    assert read_parcel(parcel).text.count("Storm closes harbour") == 1


def test_a_title_that_looks_like_a_sentence_is_the_headline_all_the_same(tmp_path: Path) -> None:
    (parcel,) = parcels(lines(tmp_path / "news.jsonl", {**STORY, "title": "The storm has passed."}))
    assert read_parcel(parcel).headline == "The storm has passed."


def test_a_broken_line_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    path = lines(tmp_path / "news.jsonl", STORY, '{"url": "https://', "", [1], {"title": "no text"}, STORY)
    assert len(parcels(path)) == 2
    places = [refused.origin.rpartition(", ")[2] for refused in refusals(path)]
    assert places == ["line 2", "line 4", "line 5"]


def test_fields_may_be_named(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl.gz", "")
    record = {"meta": {"permalink": "https://example.org/a"}, "words": BODY, "text": "no"}
    path.write_bytes(gzip.compress(json.dumps(record).encode()))
    (parcel,) = parcels(path, fields={"text": "words", "url": "meta.permalink"})
    assert (parcel.address, parcel.data.decode()) == ("https://example.org/a", BODY)


def test_html_is_taken_before_text(tmp_path: Path) -> None:
    (parcel,) = parcels(lines(tmp_path / "news.jsonl", {**STORY, "html": PAGE}))
    assert (parcel.as_, parcel.data.decode()) == ("html", PAGE)


TRICKY = {**STORY, "title": 'A "quoted, [bracketed] \\ {title}"'}


@pytest.mark.parametrize(("tail", "refused"), [("]", 0), ("]\n", 0), (", 7]", 1), ("", 1), (',{"a', 1), (" junk ]", 1)])
def test_a_list_of_articles(tmp_path: Path, tail: str, refused: int) -> None:
    (tmp_path / "news.json").write_text(f"[{json.dumps(STORY)} ,\n {json.dumps(TRICKY)} , {json.dumps(STORY)}{tail}")
    titles = [parcel.title for parcel in parcels(tmp_path)]
    assert titles[:2] == [STORY["title"], TRICKY["title"]]
    assert len(refusals(tmp_path)) == refused


@given(
    members=st.lists(st.fixed_dictionaries({"text": st.text(min_size=1)}), max_size=6),
    indent=st.sampled_from([None, 1]),
)
def test_lists_are_parted_as_json_parts_them(
    tmp_path_factory: pytest.TempPathFactory, members: list[dict[str, str]], indent: int | None
) -> None:
    path = tmp_path_factory.getbasetemp() / "members.json"
    path.write_text(json.dumps(members, indent=indent), encoding="utf-8")
    assert len(found(path)) == len(members)


def test_an_object_that_holds_a_list_and_one_that_is_a_report(tmp_path: Path) -> None:
    (tmp_path / "api.json").write_text(json.dumps({"status": "ok", "articles": [STORY, 3]}, indent=1))
    (tmp_path / "one.json").write_text(json.dumps(STORY, indent=1))
    (tmp_path / "lines.json").write_text(f"{json.dumps(STORY)}\n{json.dumps(STORY)}\n")
    assert len(parcels(tmp_path)) == 4
    assert [refused.origin.rpartition("/")[2] for refused in refusals(tmp_path)] == ["api.json, item 2"]


def test_json_nested_beyond_reason_is_refused(tmp_path: Path) -> None:
    path = lines(tmp_path / "deep.jsonl", "[" * 200_000, '{"a":' * 50_000, STORY)
    assert (len(refusals(path)), len(parcels(path))) == (2, 1)


def test_a_line_beyond_all_bounds_is_refused_and_not_held(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "long.jsonl.gz", "wb", compresslevel=1) as file:
        for _ in range(30):
            file.write(b'{"text": "' + b"x" * 1_000_000)
        file.write(b"\n" + json.dumps(STORY).encode())
    assert "longer than" in refusals(tmp_path)[0].what
    assert [parcel.origin.rpartition(", ")[2] for parcel in parcels(tmp_path)] == ["line 2"]


# Parcels


def test_the_digest_knows_bytes_and_hints_and_not_the_place() -> None:
    one, other = Parcel("a.html", b"x"), Parcel("b.html", b"x")
    assert one.digest == other.digest
    assert (
        len({one.digest, Parcel("a", b"y").digest, Parcel("a", b"x", title="t").digest, Parcel("a", b"xt").digest}) == 4
    )


def test_a_page_that_tells_its_date_is_believed_before_its_source() -> None:
    stamped = PAGE.replace("<body>", '<body><meta property="article:published_time" content="2023-09-17">')
    told = read_parcel(Parcel("a", stamped.encode(), published="2023-10-01T00:00:00+00:00"))
    same_day = read_parcel(Parcel("a", stamped.encode(), published="Sun, 17 Sep 2023 12:26:00 +0000"))
    untold = read_parcel(Parcel("a", PAGE.encode(), published="2023-10-01"))
    assert told.published == "2023-09-17"
    assert same_day.published == "2023-09-17T12:26:00+00:00"
    assert untold.published == "2023-10-01"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2023-09-17", "2023-09-17"),
        ("2023-09-17T12:26:00.000Z", "2023-09-17T12:26:00+00:00"),
        ("1694949960000", "2023-09-17T11:26:00+00:00"),
        ("17 September 2023", "2023-09-17"),
        ("9" * 13, "2286-11-20T17:46:39+00:00"),
        ("", None),
        ("soon", None),
        ("٣" * 10, None),
    ],
)
def test_dates_of_sources(words: str, value: str | None) -> None:
    hint = hinted_date(words)
    assert (hint.value if hint else None) == value


@given(st.text(max_size=60))
def test_any_words_are_a_date_or_none(words: str) -> None:
    hinted_date(words)
