"""Finds the files that a path, folder or pattern names: in order, none hidden, none twice, and no loop followed."""

from __future__ import annotations

import fnmatch
import glob
import gzip
import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from dateline.errors import InputError
from dateline.intake.sources.unpacking import ENDINGS
from dateline.storage import is_stored, join, list_files, open_file

Form = Literal["page", "lines", "json", "archive", "xml", "table", "list"]
"""What a file holds: a page, JSON Lines, other JSON, a web archive, XML that may be a feed, Parquet, or the names of
other files."""

FORMS: dict[str, Form] = {
    ".html": "page", ".htm": "page", ".xhtml": "page", ".txt": "page", ".md": "page",
    ".jsonl": "lines", ".ndjson": "lines", ".json": "json", ".warc": "archive",
    ".rss": "xml", ".xml": "xml", ".atom": "xml", ".parquet": "table", ".paths": "list",
}  # fmt: skip
"""What a file holds, by the end of its name."""

LONGEST_LIST = 100_000_000
"""The most bytes of a list of files that are read."""

DEEPEST = 200
"""How deep folders within folders are looked into."""

_MAGIC = re.compile(r"[*?\[]")


def form_of(path: str) -> Form | None:
    """What a file holds, told by its name; None where the name does not tell.

    >>> form_of("news/2023.jsonl.gz"), form_of("storm.HTM"), form_of("storm.jpg")
    ('lines', 'page', None)
    """
    name = os.path.basename(path).lower()  # noqa: PTH119 - names come by the million, and Path takes its time
    for ending in ENDINGS:
        name = name.removesuffix(ending)
    return FORMS.get(os.path.splitext(name)[1])  # noqa: PTH122


def is_pattern(source: str) -> bool:
    """Whether a source is a pattern such as ``pages/*.html``, and names no file as it stands."""
    return bool(_MAGIC.search(source)) and not os.path.lexists(source)


def find_files(source: str) -> Iterator[str]:
    """The files that a path, folder or pattern names, in order of their names.

    A file named itself is always taken; in folders, those whose names tell what they hold. A list of files
    (``warc.paths.gz``) stands for those in it. Raises InputError where a store or a list cannot be read.
    """
    if form_of(source) == "list" and not is_pattern(source):
        yield from find_named(source)
    elif is_stored(source):
        found = list_files(source)
        yield from (path for path in found if path == source or form_of(path) not in (None, "list"))
    elif is_pattern(source):
        yield from _matching(source)
    elif Path(source).is_dir():
        yield from (path for path in _walk(source) if form_of(path) not in (None, "list"))
    else:
        yield source


def find_named(source: str) -> Iterator[str]:
    """The files that a list names, one a line, in its order; a relative name counts from the folder of the list.

    In a store it counts from the root of the bucket, as in the lists of Common Crawl.
    """
    scheme, _, rest = source.partition("://")
    base = f"{scheme}://{rest.partition('/')[0]}" if is_stored(source) else os.path.dirname(source)  # noqa: PTH120
    try:
        with open_file(source) as file:
            data = gzip.decompress(file.read(LONGEST_LIST)) if source.endswith(".gz") else file.read(LONGEST_LIST)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(source, f"the list cannot be read ({why})", "Check its path and permissions.") from None
    for line in data.decode("utf-8", "replace").splitlines():
        if name := line.strip():
            yield name if is_stored(name) or os.path.isabs(name) else join(base or ".", name)  # noqa: PTH117


def _matching(pattern: str) -> Iterator[str]:
    """The files that match a pattern, and those in the folders that do.

    An ending that the pattern itself names ("*.asp") is taken at its word.
    """
    named = not _MAGIC.search(os.path.splitext(pattern)[1] or "*")  # noqa: PTH122
    for path in _deep(pattern) if "**" in pattern else sorted(glob.iglob(pattern)):  # noqa: PTH207 - keeps "./"
        if os.path.isdir(path):  # noqa: PTH112
            yield from (inner for inner in _walk(path) if form_of(inner))
        elif named or form_of(path):
            yield path


def _deep(pattern: str) -> Iterator[str]:
    """The files that match a pattern with ``**``: any folders, or none. Found by our own walk, which knows loops."""
    parts = pattern.split("/")
    first = next(number for number, part in enumerate(parts) if _MAGIC.search(part))
    base = "/".join(parts[:first]) or ("/" if pattern.startswith("/") else ".")
    steps = [r"(?:[^/]+/)*" if part == "**" else _one_name(part) + "/" for part in parts[first:-1]]
    last = "(?:[^/]+/)*[^/]+" if parts[-1] == "**" else _one_name(parts[-1])
    shape = re.compile("".join(steps) + last)
    lead = "" if base == "." and not pattern.startswith(".") else base.rstrip("/") + "/"
    for path in _walk(base):
        inner = path[len(base.rstrip("/")) + 1 :]
        if shape.fullmatch(inner):
            yield lead + inner


def _one_name(part: str) -> str:
    """The pattern of one name in a path as a regular expression that stays within it."""
    shape = fnmatch.translate(part).removesuffix(r")\Z").removesuffix(r"\Z").removeprefix("(?s:")
    return shape.replace(".*", "[^/]*")


def _walk(folder: str, above: tuple[tuple[int, int], ...] = ()) -> Iterator[str]:
    """The files in a folder and in the folders in it, by name; hidden ones and loops are left out."""
    try:
        here = os.stat(folder)  # noqa: PTH116
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    identity = (here.st_dev, here.st_ino)
    # A link that leads back to a folder we are in would never end.
    if identity in above or len(above) > DEEPEST:
        return
    names = {entry.name.lower() for entry in entries}
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            folder_too, file_too = entry.is_dir(), entry.is_file()
        except OSError:
            continue
        if folder_too and not _belongs_to_page(entry.name.lower(), names):
            yield from _walk(entry.path, (*above, identity))
        elif file_too:
            yield entry.path


def _belongs_to_page(name: str, names: set[str]) -> bool:
    """Whether a folder holds the pictures and frames of a page that a browser saved beside it."""
    stem = name.removesuffix("_files")
    return stem != name and (f"{stem}.html" in names or f"{stem}.htm" in names)
