"""A small ledger that every test of the desk and of its doors can ask: two papers tell of one meeting, and disagree."""

from __future__ import annotations

import hashlib
from pathlib import Path

from dateline.desk.corroborating import corroborate
from dateline.ledger import Ledger
from dateline.model import Reading, Taken
from tests.ledger.made import Told, place, reading_of

COAST, WIRE = "https://coast.example/1", "https://wire.example/1"
BAY = place("Vostok Bay", "RU", 51.9, 128.3)

MET = Told("Ada Quill", "met", "Rob Stone", when="2023-09-13", where=BAY, main=True, more="to talk of harbour shells")
RAID = Told(
    "Civic Front", "attacked", "Border Guard", "ASSAULT", "2023-09-11", more="and killed 12 people near the road"
)
DENIED = Told(
    "Rob Stone", "refused", "Civic Front", "REJECT", "2023-09-14", said_by="Examplia State Agency", status="denied"
)
THANKED = Told("Dina Sato", "thanked", "Ada Quill", "SUPPORT", more="for the paper boats that she had sent at Easter")


def first_print() -> Reading:
    """What the Coast Courier printed first."""
    return reading_of([MET, RAID, DENIED], origin=COAST, headline="Quill meets Stone")


def second_print() -> Reading:
    """The same page a day later: a word changed, one story gone, one new."""
    met = Told("Ada Quill", "met", "Rob Stone", when="2023-09-13", where=BAY, main=True, more="to talk of army shells")
    published = "2023-09-18T12:26:00+01:00"
    return reading_of([met, RAID, THANKED], origin=COAST, headline="Quill meets Stone", published=published)


def wire_print() -> Reading:
    """What the wire printed: another day of the meeting, another number of the raid's dead."""
    met = Told(
        "Ada Quill", "met", "Rob Stone", when="2023-09-14", where=BAY, said_by="KCNA",
        more="to talk of trade, fishing rights and the price of salt, over tea and under two old flags",
    )  # fmt: skip
    raid = Told(
        "Civic Front", "attacked", "Border Guard", "ASSAULT", "2023-09-11", said_by="officials",
        more="and killed 14 people in the early morning, before the guard could close the bridge to the east",
    )  # fmt: skip
    published = "2023-09-15T08:00:00+00:00"
    return reading_of(
        [met, raid], publisher="Example Wire", origin=WIRE, headline="Talks in the bay", published=published
    )


def taken(reading: Reading) -> Taken:
    """The reading as it is kept, its page known by its text."""
    return Taken(hashlib.sha256(reading.text.encode()).hexdigest(), reading)


def write_press(path: Path) -> Path:
    """A ledger with the three prints, compared."""
    with Ledger.open(path, write=True) as ledger:
        ledger.put([taken(first_print()), taken(wire_print())])
        ledger.put([taken(second_print())])
        corroborate(ledger)
    return path


LESSER = ("watched", "heard", "saw", "noticed", "recalled", "painted")


def write_busy(path: Path) -> Path:
    """Two reports: one of a raid with all that its paper tells around it, and one of something else a month later."""
    raid = Told("Civic Front", "attacked", "Border Guard", "ASSAULT", "2023-09-16", main=True, more="at the bridge")
    around = [
        Told("Civic Front", verb, None, "OTHER", "2023-09-16", more=" ".join(["the river at night"] * 60))
        for verb in LESSER
    ]
    sank = Told("A ferry", "sank", None, "OTHER", "2010-03-26", more="in the harbour")
    burnt = Told("A school", "burnt", None, "OTHER", "2011-05-02", more="to the ground")
    met = Told("Ada Quill", "met", "Rob Stone", "CONSULT", "2023-10-16", main=True)
    more = [Told("Dina Sato", verb, None, "OTHER", None, more="the fair " * 200) for verb in LESSER[:3]]
    with Ledger.open(path, write=True) as ledger:
        first = reading_of(
            [raid, *around, sank, burnt], origin="https://coast.example/1", headline="Civic Front attacks"
        )
        published = "2023-10-17T12:00:00+00:00"
        second = reading_of([met, *more], origin="https://wire.example/1", headline="Quill meets", published=published)
        ledger.put([taken(first), taken(second)])
        corroborate(ledger)
    return path
