"""Reads documents in TimeML as gold rows: their text, date of creation, time expressions and events.

    python -m benchmarks.timeml FOLDER GOLD.jsonl

FOLDER holds files that end in .tml or .xml, in folders of its own too. The rows are those of the other gold files, so
that the scorers read them; ``python -m benchmarks.predict times FOLDER PREDICTED.jsonl`` takes the folder itself. The
text is what stands in <TEXT>, or all of a document without one, just as it is, and offsets count its characters.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from dateline.errors import InputError

Row = dict[str, Any]

CREATED = frozenset({"CREATION_TIME", "PUBLICATION_TIME", "RELEASE_TIME"})
"""What a TIMEX3 is in its document that tells when this was published."""

SUFFIXES = frozenset({".tml", ".xml"})


def timeml_rows(folder: Path) -> Iterator[Row]:
    """The rows of the documents in a folder and below it, in order of their paths.

    Raises InputError where there are none, or one is no XML.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not paths:
        raise InputError(str(folder), "there is no TimeML in this folder", "Name one that holds .tml or .xml files.")
    yield from map(timeml_row, paths)


def timeml_row(path: Path) -> Row:
    """The row of one document."""
    try:
        root = ElementTree.fromstring(path.read_bytes())  # noqa: S314 - the reader's own files
    except ElementTree.ParseError as error:
        raise InputError(str(path), f"this is no XML ({error})", "Mend it, or leave it out.") from error
    body = root.find(".//TEXT")
    marks: list[tuple[int, int, Element]] = []
    text = "".join(_pieces(root if body is None else body, marks, 0))
    timexes = [_timex(*mark) for mark in marks if mark[2].tag == "TIMEX3"]
    events = [{"start": start, "end": end, **mark.attrib} for start, end, mark in marks if mark.tag == "EVENT"]
    return {"id": path.stem, "text": text, "published": _created(root), "timexes": timexes, "events": events}


def _pieces(element: Element, marks: list[tuple[int, int, Element]], start: int) -> list[str]:
    """The text of an element in pieces; each element in it is added to the marks with its stretch."""
    pieces = [element.text or ""]
    length = len(pieces[0])
    for child in element:
        inner = _pieces(child, marks, start + length)
        size = sum(map(len, inner))
        marks.append((start + length, start + length + size, child))
        pieces += [*inner, child.tail or ""]
        length += size + len(child.tail or "")
    return pieces


def _timex(start: int, end: int, element: Element) -> Row:
    told = {"tid": element.get("tid"), "type": element.get("type", "DATE"), "value": element.get("value", "")}
    return {"start": start, "end": end, **told}


def _created(root: Element) -> str | None:
    """The day on which a document was published, where it tells one."""
    stamps = [*root.findall(".//DCT//TIMEX3"), *root.iter("TIMEX3")]
    inside = root.find(".//DCT/TIMEX3")
    found = next((each for each in stamps if each is inside or each.get("functionInDocument") in CREATED), None)
    return found.get("value", "")[:10] or None if found is not None else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("gold", type=Path)
    options = parser.parse_args(arguments)
    with options.gold.open("w", encoding="utf-8") as out:
        for row in timeml_rows(options.folder):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
