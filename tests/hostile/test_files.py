"""Files that mean harm: numbers and lines without end, halves of characters, names that lead out of the folder."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from dateline.errors import DatelineError, LexiconError
from dateline.intake.sources import Parcel, find_parcels
from dateline.intake.sources.feeds import read_feed
from dateline.intake.sources.records import find_lines
from dateline.intake.sources.unpacking import Unpacked
from dateline.lexicon.dumps import LONGEST_LINE, DumpFile, find_units, open_dump
from dateline.lexicon.own_places import read_own_places
from dateline.model import Refused, from_json
from tests.hostile.test_servers import grown_by

ROW = "{}\tKyiv\tKyiv\t\t50.45\t30.52\tA\tADM1\tUA\t\t12\t\t\t\t{}\t\t187\tEurope/Kyiv\t2024-05-06\n"


@pytest.mark.parametrize(("row", "people"), [("9" * 20_000, "1"), ("1", "9" * 20_000), ("1" * 19, "0")])
def test_a_number_of_a_dump_without_end_is_refused(tmp_path: Path, row: str, people: str) -> None:
    path = tmp_path / "UA.txt"
    path.write_text(ROW.format(row, people))
    assert list(find_units(path)) == ([("UA.12", 1)] if row == "1" else [])
    with pytest.raises(LexiconError, match=r"line 1: .* is (no GeoNames id|more people than there are)"):
        list(DumpFile(path).places())


def test_a_line_of_a_dump_without_end_is_not_held(tmp_path: Path) -> None:
    """A zip of 300 kB that stands for a line of 300 MB."""
    path = tmp_path / "UA.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("UA.txt", "w") as inside:
        for _ in range(300):
            inside.write(b"x" * 1_000_000)
    assert grown_by(lambda: list(find_units(path))) < 100
    with pytest.raises(LexiconError, match="1 column"):
        list(DumpFile(path).places())
    assert LONGEST_LINE == 1_000_000


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "C:\\evil.txt", "x" * 3_000 + ".txt"]
)
def test_a_name_in_an_archive_that_leads_out_of_it_leads_nowhere(tmp_path: Path, name: str) -> None:
    """Nothing of an archive is ever written: its one file is read where it lies."""
    path = tmp_path / "inner" / "UA.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, ROW.format(1, 2))
    with open_dump(path) as stream:
        assert stream.read() == ROW.format(1, 2).encode()
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["UA.zip", "inner"]


@pytest.mark.parametrize("half", ["&#xD800;", "&#xdfff;", "&#55296;", "&#0057343;", "&#xD800", "&#x0000D9aB;"])
def test_half_a_character_in_a_feed_breaks_no_feed(half: str) -> None:
    feed = f"<rss version='2.0'><channel><title>W{half}</title><item><title>Kim{half}</title><link>https://a.example/</link>"
    feed += f"<description>{half}{'Kim left. ' * 80}</description></item></channel></rss>"
    [item] = read_feed(feed.encode(), "https://a.example/feed").items
    assert item.title is not None and item.title.startswith("Kim")
    (item.content or "").encode()


def test_references_to_whole_characters_are_kept() -> None:
    feed = "<rss version='2.0'><channel><item><title>&#xE000;&#xD7FF;&#x1F680;&#57344;</title><link>https://a/</link></item></channel></rss>"
    [item] = read_feed(feed.encode(), "https://a.example/feed").items
    assert item.title == "\ue000\ud7ff\U0001f680\ue000"


def test_what_an_error_shows_of_a_file_has_an_end(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon," + "x" * 100_000 + "\n")
    with pytest.raises(LexiconError) as caught:
        list(read_own_places(path, set()))
    assert len(str(caught.value)) < 1_500
    with pytest.raises(DatelineError) as other:
        from_json('{"dateline": 1, "blocks": [{"start": 0, "end": 1, "kind": "%s"}]}' % ("[" * 50_000))
    assert len(str(other.value)) < 1_500


class Endless(io.RawIOBase):
    """A gigabyte on one line, made as it is read."""

    def __init__(self, piece: bytes, end: bytes) -> None:
        self._piece, self._left, self._end = piece, 1_000_000_000, end

    def read(self, size: int = -1) -> bytes:
        if self._left <= 0:
            end, self._end = self._end, b""
            return end
        self._left -= len(self._piece)
        return self._piece


def test_a_line_of_a_gigabyte_is_refused_and_the_next_is_read() -> None:
    good = json.dumps({"text": "Kim left Russia on Monday, the mayor said."}).encode()
    stream = Endless(b"x" * 65536, b"\n" + good + b"\n")
    found: list[Parcel | Refused] = []
    assert grown_by(lambda: found.extend(find_lines(Unpacked(stream), "a.jsonl"))) < 200  # type: ignore[arg-type]
    assert [type(each) for each in found] == [Refused, Parcel]
    assert isinstance(found[0], Refused) and "longer than" in found[0].what


@pytest.mark.parametrize("link", ["/etc/hostname", "../outside.txt"])
def test_a_link_in_a_folder_is_read_as_the_file_that_it_is(tmp_path: Path, link: str) -> None:
    """Folders are the user's own: links in them are followed, as everywhere; a page can make none."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("Kim left Russia on Monday, the mayor said.")
    (folder / "a.txt").symlink_to(link)
    assert len(list(find_parcels(str(folder)))) == 1
