"""What happenings are made of: roots and their labels, differences, tolls and courses; and two reports compared.

Nothing here is a verdict on truth: it says who says what, since when, and on whose word.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dateline.model.ledger import Entry, ReportLine
from dateline.model.reading import EventType, Status
from dateline.model.spans import Span

OriginKind = Literal["attributed", "wire", "publisher"]
Slot = Literal["when", "where", "number", "actors", "recipients", "status"]
Relation = Literal["equal", "refined", "updated", "subset", "contradicts"]
LabelKind = Literal["state", "party", "unnamed", "second-hand"]
Rank = Literal["main", "detail", "background", "repeat"]
"""What a happening is in a timeline: what reports are about, a lesser thing that they tell with it, something long past
that they recall, or once more what another happening of the timeline tells."""


class Label(Struct, frozen=True, gc=False):
    """What is to be known of an origin, and the words of a report or the registry's entry that say so."""

    kind: LabelKind
    because: str


class Root(Struct, frozen=True, gc=False):
    """Where a telling of a happening comes from in the end: a source, else a wire, else the publisher.

    ``key`` is the same for all names of one origin. ``state`` names the state that controls it, ``party`` says that it
    is party to the event, ``unnamed`` that nobody is named ("officials said"); ``labels`` gives each of these its
    reason, and says where the origin is only quoted by another that nobody has read ("second-hand"). ``because`` is how
    the tellings go back to it. ``entries`` are the ids of the entries that do.
    """

    key: str
    name: str
    kind: OriginKind
    state: str | None
    party: bool
    unnamed: bool
    because: str
    entries: tuple[str, ...]
    labels: tuple[Label, ...] = ()


class Side(Struct, frozen=True, gc=False):
    """One of the values that reports give for the same thing, and the entries that give it."""

    value: str
    entries: tuple[str, ...]


class Disagreement(Struct, frozen=True, gc=False):
    """Where the entries of a happening differ, and how their values stand to each other. There is never a winner.

    ``what`` says of numbers what is counted: what happened to those counted ("killed"), else the noun ("vote").
    """

    slot: Slot
    relation: Relation
    sides: tuple[Side, ...]
    what: str | None = None


class Count(Struct, frozen=True, gc=False):
    """One count as it is told: its words, the least and the most that they allow, and on whose word by whom.

    ``most`` is None where there is no upper bound ("at least 12"). ``origin`` is the name of the root, ``entry`` the
    newest entry that tells it so.
    """

    words: str
    least: float
    most: float | None
    origin: str
    entry: str


class Toll(Struct, frozen=True, gc=False):
    """The views of one thing that is counted differently: the lowest, the highest, and each origin's latest count.

    ``what`` is what happened to those counted, else the noun; ``latest`` stands in order of publication, the newest
    first.
    """

    what: str
    lowest: Count
    highest: Count
    latest: tuple[Count, ...]


Fate = Literal["stands", "updated", "corrected", "withdrawn"]
"""What became of a value: the line that gave it gives it still, tells that the plan came about, gives another, or
says that it did not happen."""


class Course(Struct, frozen=True, gc=False):
    """One value of a cell over the days: the entries that first said it, last said it, and put an end to it.

    ``line`` is the source or publisher whose telling this is; ``ended`` is None where the value stands.
    """

    slot: Slot
    value: str
    line: str | None
    first: str
    last: str
    fate: Fate
    ended: str | None
    what: str | None = None


class Happening(Struct, frozen=True, gc=False):
    """What several reports tell of, as the judgements in force hold it together.

    The head line (type, status, when, where, actors, recipients) is that of its fullest entry. ``independent`` counts
    the distinct roots. ``tolls`` are there where counts differ, ``courses`` where a line tells on several days.
    ``salience``, from 0 to 1, is the chance that a summary of its reports would mention it. ``rank`` and ``under``, the
    id of the main happening that it may be folded beneath, are what it is among those of one timeline; else None.
    """

    id: str
    type: EventType
    status: Status
    title: str
    when: str | None
    where: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    entries: tuple[Entry, ...]
    roots: tuple[Root, ...]
    independent: int
    disagreements: tuple[Disagreement, ...]
    tolls: tuple[Toll, ...] = ()
    courses: tuple[Course, ...] = ()
    salience: float = 0.0
    rank: Rank | None = None
    under: str | None = None


class Run(Struct, frozen=True, gc=False):
    """A run of words that two texts have in common: where it stands in each, and the words as the first has them."""

    a: Span
    b: Span
    words: str


class Comparison(Struct, frozen=True, gc=False):
    """What two reports both tell, and what only one of them does.

    ``copied`` is the share of the shorter text that stands in the other word for word; ``copy`` tells which of the two
    has its words from the other, by the time of publication, else by which is cut, and ``runs`` are the common runs of
    words, in the one text and in the other. ``both`` holds happenings with
    entries of both reports, their disagreements with them; ``voices_a`` are sources that only ``a`` cites.
    """

    a: ReportLine
    b: ReportLine
    copied: float
    both: tuple[Happening, ...]
    only_a: tuple[Entry, ...]
    only_b: tuple[Entry, ...]
    voices_a: tuple[str, ...]
    voices_b: tuple[str, ...]
    copy: Literal["a", "b"] | None = None
    runs: tuple[Run, ...] = ()
