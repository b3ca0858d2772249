"""Files on this machine and in stores: the same questions, the same answers, and never half a file."""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

import pytest

from dateline.errors import DatelineError, InputError, SettingError
from dateline.storage import is_stored, join, list_files, list_matching, look_at, open_file, remove, write_whole


@pytest.fixture(params=["path", "store"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path) if request.param == "path" else f"memory://{uuid.uuid4().hex}"


def put(name: str, data: bytes = b"Kim left.") -> None:
    with write_whole(name) as file:
        file.write(data)


def test_what_was_written_is_read(folder: str) -> None:
    name = join(folder, "deep/er/a.txt")
    put(name)
    with open_file(name) as file:
        assert file.read() == b"Kim left."
    assert look_at(name).size == 9
    remove(name)
    with pytest.raises(DatelineError):
        look_at(name)
    remove(name)


def test_the_mark_changes_with_the_content(folder: str) -> None:
    name = join(folder, "a.txt")
    put(name)
    before = look_at(name).mark
    assert look_at(name).mark == before
    put(name, b"Kim has left.")
    assert look_at(name).mark != before


def test_a_file_that_could_not_be_finished_is_not_there(folder: str) -> None:
    name = join(folder, "a.txt")
    put(name)
    with pytest.raises(RuntimeError), write_whole(name) as file:
        file.write(b"half of it")
        raise RuntimeError
    with open_file(name) as file:
        assert file.read() == b"Kim left."
    assert list_matching(folder, "") == [name]


def test_files_of_a_store_are_found_in_order(folder: str) -> None:
    names = [join(folder, name) for name in ("b.parquet", "a.parquet", "c.txt")]
    for name in names:
        put(name)
    assert list_matching(join(folder, "*.parquet"), ".parquet") == [names[1], names[0]]
    assert list_matching(folder, ".parquet") == [names[1], names[0]]
    assert list_matching(names[2], ".parquet") == [names[2]]
    with pytest.raises(InputError, match="there is no such file"):
        list_matching(join(folder, "none*.parquet"), ".parquet")
    if is_stored(folder):
        assert list(list_files(folder)) == sorted(names)


def test_what_cannot_be_reached_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such kind of store"):
        look_at("nothing://here/a")
    with pytest.raises(InputError, match="there is no such file"):
        open_file("memory://nowhere/a.txt")
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(SettingError, match="a package for s3:// is missing"):
        look_at("s3://bucket/a")
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(SettingError, match=r"pip install 'dateline\[cluster\]'"):
        look_at("memory://nowhere/a.txt")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        put(str(tmp_path / "file" / "a.txt"))
