"""Reads reports that are kept as JSON: one object a line (JSON Lines), or a list of objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from dateline.intake.pages import HTML_LIMIT
from dateline.intake.sources.parcels import Parcel, refuse
from dateline.intake.sources.unpacking import Broken, Unpacked
from dateline.model import Refused

LINE_LIMIT = 2 * HTML_LIMIT
"""The longest object that is read, in bytes: a page may grow by its half when it is written as JSON."""

FIELDS: dict[str, tuple[str, ...]] = {
    "url": ("url", "link", "address"),
    "title": ("title", "headline"),
    "text": ("text", "maintext", "content", "body", "articleBody"),
    "html": ("html",),
    "published": ("published", "published_at", "publishedAt", "datePublished", "date_publish", "date"),
    "publisher": ("publisher", "source", "source_domain"),
}
"""Under which names each fact of a report is looked for, in order, where the user names none."""

_MARK = re.compile(rb'["{}\[\],]')
_IN_STRING = re.compile(rb'["\\]')
_SPACE = b" \t\r\n"


def find_lines(stream: Unpacked, name: str, fields: Mapping[str, str] | None = None) -> Iterator[Parcel | Refused]:
    """The reports of a file of JSON Lines, with a refusal for each line that holds none."""
    for number, line in _lines(stream):
        where = f"{name}, line {number}"
        if isinstance(line, Refused):
            yield msgspec.structs.replace(line, origin=where)
        elif line.strip():
            yield open_object(line, where, fields)


def find_listed(stream: Unpacked, name: str, fields: Mapping[str, str] | None = None) -> Iterator[Parcel | Refused]:
    """The reports of a JSON list, with a refusal for each member that is none; the list is never held whole."""
    for number, member in enumerate(_members(stream, name), 1):
        yield member if isinstance(member, Refused) else open_object(member, f"{name}, item {number}", fields)


def open_object(data: bytes, where: str, fields: Mapping[str, str] | None = None) -> Parcel | Refused:
    """The report that one JSON object holds, or why it holds none."""
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return refuse(where, f"this is no JSON ({error})", "Mend the line, or leave it out.", data)
    if not isinstance(found, dict):
        return refuse(where, "this is no JSON object", 'Give objects such as {"url": …, "text": …}.', data)
    return make_parcel(found, where, fields, data)


def make_parcel(
    found: Mapping[str, Any], where: str, fields: Mapping[str, str] | None, data: bytes
) -> Parcel | Refused:
    """The report that a decoded object holds, or why it holds none; ``data`` are the bytes that it was read from."""
    facts = {fact: _fact(found, fact, fields) for fact in FIELDS}
    html, text = facts["html"], facts["text"]
    content = html if html and html.strip() else text
    if not content or not content.strip():
        tried = " or ".join(f'"{fields[f] if fields and f in fields else f}"' for f in ("text", "html"))
        return refuse(where, f"there is no text in it (under {tried})", "Say with --field where the text stands.", data)
    address = facts["url"] or ""
    return Parcel(
        where,
        content.encode("utf-8", "replace"),
        as_="html" if content is html else None if _looks_marked_up(content) else "text",
        charset="utf-8",
        title=facts["title"],
        published=facts["published"],
        address=address if address.lower().startswith(("http://", "https://")) else None,
        publisher=facts["publisher"],
    )


def _looks_marked_up(text: str) -> bool:
    """Whether what is called text may be HTML, which intake then judges for itself."""
    return text.count("</", 0, 5000) >= 2


def _fact(found: Mapping[str, Any], fact: str, fields: Mapping[str, str] | None) -> str | None:
    names = (fields[fact],) if fields and fact in fields else FIELDS[fact]
    return next((words for name in names if (words := _words(_at(found, name)))), None)


def _at(found: Any, name: str) -> Any:
    """What stands under a name, or under a path of names such as "article.body"."""
    if isinstance(found, Mapping) and name in found:
        return found[name]
    for part in name.split(".") if "." in name else ():
        found = found.get(part) if isinstance(found, Mapping) else None
    return found if "." in name else None


def _words(value: Any) -> str | None:
    """A value as words: a number as it is written, an organisation by its name, a list by its first member."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return value if isinstance(value, str) else str(value)


def _lines(stream: Unpacked) -> Iterator[tuple[int, bytes | Refused]]:
    """The lines with their numbers; a refusal, its origin to be filled in, for one too long or broken off."""
    parts: list[bytes] = []
    number, size = 1, 0
    while True:
        try:
            piece = stream.read()
        except Broken as broken:
            yield number, refuse("", f"{broken.why}, at byte {broken.at}", "Get the file again if you can.")
            parts, size = [], 0
            continue
        *ended, rest = piece.split(b"\n")
        for line in ended:
            size += len(line)
            yield number, _whole([*parts, line], size)
            parts, size, number = [], 0, number + 1
        size += len(rest)
        if size <= LINE_LIMIT:
            parts.append(rest)
        if not piece:
            break
    if size:
        yield number, _whole(parts, size)


def _whole(parts: list[bytes], size: int) -> bytes | Refused:
    if size <= LINE_LIMIT:
        return b"".join(parts)
    return refuse("", f"longer than {LINE_LIMIT // 1_000_000} MB", "Give one report a line.", parts[0])


def _members(stream: Unpacked, name: str) -> Iterator[bytes | Refused]:
    """The members of a JSON list, each as its bytes."""
    held, place, depth, start, in_string, size = bytearray(), 0, 0, 0, False, 0
    while True:
        try:
            piece = stream.read()
        except Broken as broken:
            yield refuse(f"{name}, byte {broken.at}", broken.why, "Get the file again if you can.")
            return
        if not piece:
            break
        held += piece
        while found := (_IN_STRING if in_string else _MARK).search(held, place):
            mark, at = found[0], found.start()
            place = at + 1
            if in_string and mark == b"\\":
                if place >= len(held):
                    place = at  # the escaped character has not come yet
                    break
                place += 1
            elif mark == b'"':
                in_string = not in_string
            elif mark in b"{[":
                depth += 1
                if depth == 1:
                    start = place
            elif depth == 1:  # a comma between two members, or the end of the list
                if size <= LINE_LIMIT and (member := bytes(held[start:at]).strip(_SPACE)):
                    yield member
                start, size = place, 0
                depth -= mark in b"}]"
                if not depth:
                    return
            elif mark in b"}]":
                depth -= 1
        else:
            place = len(held)
        if len(held) - start > LINE_LIMIT and not size:
            yield refuse(f"{name}, an item of its list", f"longer than {LINE_LIMIT // 1_000_000} MB", "Leave it out.")
            size = LINE_LIMIT + 1
        keep = place if size else start
        del held[:keep]
        place, start = place - keep, 0 if size else start - keep
    rest = bytes(held[start:]).strip(_SPACE)
    if rest and depth == 1 and not size:  # the last member came whole
        yield rest
    if rest or depth:
        what = "the list breaks off before its end"
        yield refuse(f"{name}, at its end", what, "Get the file again if you can.", rest or None)
