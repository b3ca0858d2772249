"""Readings, events and statements as the bytes that a ledger keeps, and back.

All three are kept in the one JSON form, deflated. Events and statements are short, and most of each is keys: they are
deflated against a dictionary of these, which makes them a quarter as long and lets an answer be given without opening
whole readings. The dictionary is a part of the file format: it must never change.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from dateline.errors import InputError
from dateline.ledger.values import Unsound
from dateline.model import Event, Reading, Report, Statement, from_json, report_from_json, to_json

T = TypeVar("T")

LONGEST = 128 << 20
"""The longest reading in its JSON form, in bytes: that of a text of two million characters is half as long."""

LONGEST_PART = 16 << 20
"""The longest event or statement in its JSON form, in bytes."""

_LEVEL = 3
"""Level 6 takes twice as long and saves less than a tenth."""

_KEYS = (
    b'PROTESTSANCTIONMOBILIZECOERCECONCEDECOOPERATEAIDRETREATREQUESTREJECTTHREATEN"AGREE""SUPPORT""ACCUSE"'
    b'ongoing"planned"possible"denied"P1DT00:00-W01PRESENT_REF"PAST_REF"'
    b'{"source":[1,2],"source_name":null,"source_name":"the police","cue":null,"cue":[3,40],"content":[1'
    b'],"quoted":"direct","quoted":"partly","quoted":"indirect","chain":[]}"],"chain":["'
    b'{"trigger":[100,200],"also":[[],"type":"ASSAULT","mode":"heavy-weapons","type":"CONSULT","mode":"visit",'
    b'"type":"OTHER","mode":null,"actors":[],"recipients":[],"when":null,"where":null,"status":"happened","main":true,'
    b'"mode":null,"actors":[{"span":null,"name":"Ministry of President of Minister '
    b'"}],"recipients":[{"span":[300,400],"name":"Russia Ukraine Israel China United States'
    b'"}],"when":{"span":null,"value":"2023-01-2024-12-2025-'
    b'"},"where":{"span":[1000,2000],"name":"City, Russia, United States","lat":null,"lon":null},"lat":50.1,"lon":-30.'
    b'},"status":"happened","main":false,"source":{"kind":"attributed","span":[500,600],"name":"officials"},'
    b'"source":{"kind":"reporter","span":null,"name":null},"confidence":0.'
    b',"evidence":{"type":[[700,800]],"status":[[900,1000]]}},"evidence":{"type":[],"status":[]}}'
)


def pack_reading(reading: Reading) -> bytes:
    """The whole reading, packed. Raises UnicodeEncodeError where its text holds half a character."""
    return zlib.compress(to_json(reading).encode(), _LEVEL)


def unpack_reading(packed: bytes) -> Reading:
    """The reading that was packed."""
    return _sound(from_json, packed)


def unpack_report(packed: bytes) -> Report:
    """The report of the reading that was packed."""
    return _sound(report_from_json, packed)


def unpack_part(packed: bytes, part: type[T]) -> T:
    """Those keys of the packed reading that a type has; the others are passed over, which takes a fraction."""
    return msgspec.json.decode(_bounded(zlib.decompressobj(), packed, LONGEST), type=part)


def pack(thing: Event | Statement) -> bytes:
    """One event or statement, packed."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -12, 5, zdict=_KEYS)
    return deflate.compress(msgspec.json.encode(thing)) + deflate.flush()


def unpack_event(packed: bytes) -> Event:
    """The event that was packed."""
    return msgspec.json.decode(_inflate(packed), type=Event)


def unpack_statement(packed: bytes) -> Statement:
    """The statement that was packed."""
    return msgspec.json.decode(_inflate(packed), type=Statement)


def _sound(read: Callable[[bytes], T], packed: bytes) -> T:
    try:
        return read(_bounded(zlib.decompressobj(), packed, LONGEST))
    except InputError as error:
        raise Unsound(error.what) from error


def _inflate(packed: bytes) -> bytes:
    return _bounded(zlib.decompressobj(-12, zdict=_KEYS), packed, LONGEST_PART)


def _bounded(inflate: Any, packed: bytes, most: int) -> bytes:
    """What was packed. Raises Unsound where these are no bytes, or stand for more than any that Dateline has packed."""
    if not isinstance(packed, bytes):
        raise Unsound("what is kept packed is no bytes")
    found: bytes = inflate.decompress(packed, most + 1)
    if len(found) > most or not inflate.eof:
        raise Unsound("what is kept packed breaks off, or unpacks to more than it can be")
    return found
