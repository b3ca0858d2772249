"""Readings, events and statements as the bytes that a ledger keeps, and back.

All three are kept in the one JSON form, deflated. Events and statements are short, and most of each is keys: they are
deflated against a dictionary of these, which makes them a quarter as long and lets an answer be given without opening
whole readings. The dictionary is a part of the file format: it must never change.
"""

from __future__ import annotations

import zlib
from typing import TypeVar

import msgspec

from dateline.model import Event, Reading, Report, Statement, from_json, report_from_json, to_json

_Part = TypeVar("_Part")

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
    return from_json(zlib.decompress(packed))


def unpack_report(packed: bytes) -> Report:
    """The report of the reading that was packed."""
    return report_from_json(zlib.decompress(packed))


def unpack_part(packed: bytes, part: type[_Part]) -> _Part:
    """Those keys of the packed reading that a type has; the others are passed over, which takes a fraction."""
    return msgspec.json.decode(zlib.decompress(packed), type=part)


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


def _inflate(packed: bytes) -> bytes:
    inflate = zlib.decompressobj(-12, zdict=_KEYS)
    return inflate.decompress(packed) + inflate.flush()
