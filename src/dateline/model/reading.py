"""What we understood: a Reading of one Report, layer by layer."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dateline.model.parse import Parse
from dateline.model.report import Report
from dateline.model.slots import Cameo, EventSlot
from dateline.model.spans import Span

NameType = Literal["Person", "Organization", "Location", "Facility", "NORP", "Misc", "Date", "Money", "Product"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimexMod = Literal["START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"]
ReportKind = Literal["news", "narrative"]
Quoted = Literal["direct", "partly", "indirect"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "OTHER",
]  # fmt: skip
Role = Literal["literal", "dateline", "metonym", "modifier", "demonym", "embedded", "language"]
Status = Literal["happened", "ongoing", "planned", "possible", "denied"]
Stance = Literal["asserts", "believes", "hedges", "denies", "promises", "demands", "evaluates"]
Kind = Literal["claim", "commitment", "demand", "prediction", "characterisation"]
Voice = Literal["reporter", "attributed", "mixed"]
ActorKind = Literal["state", "military", "rebel", "civil", "international"]


class Name(Struct, frozen=True, gc=False):
    """A name as it stands in the text, and its type."""

    start: int
    end: int
    type: NameType

    @property
    def span(self) -> Span:
        """Where the name stands in the text."""
        return Span(self.start, self.end)


class Actor(Struct, frozen=True, gc=False):
    """A participant of the report: names, titles, roles and pronouns gathered under one full name and type.

    ``because`` is in step with ``mentions`` and tells why each is one of its. ``named`` is False for who is known by a
    description alone ("a senior official"). ``country`` is the main name of the one country that the actor is or that
    its roles speak of; None where the report tells of none, or of several. ``kind`` is what it acts as, by its name,
    its roles or the words for it; None where they do not tell.
    """

    id: str
    name: str
    type: NameType
    roles: tuple[str, ...]
    mentions: tuple[Span, ...]
    because: tuple[str, ...] = ()
    country: str | None = None
    named: bool = True
    kind: ActorKind | None = None


class Timex(Struct, frozen=True, gc=False):
    """A time expression with its TIMEX3 type and value, and what the value was resolved from.

    ``value`` is None where nothing tells it. ``resolved_from`` is "explicit", "publication date", or the words of the
    expression that it leans on, which stand at ``anchor``. ``relation`` tells how the value lies to that, such as
    "2 weeks before" or "Friday on or before"; it is kept where the value is None because what it leans on is not known.
    ``mod`` is TIMEX3's: the START, MID or END of the value, or an amount that is APPROX, MORE_THAN and so on.
    ``zone`` is the UTC offset of a clock time ("+01:00"): that of the words, else the report's own. ``rule`` is the
    rule of ``timexes.toml`` that found it.
    """

    start: int
    end: int
    type: TimexType
    value: str | None
    resolved_from: str | None = None
    anchor: Span | None = None
    relation: str | None = None
    mod: TimexMod | None = None
    zone: str | None = None
    rule: str | None = None

    @property
    def span(self) -> Span:
        """Where the expression stands in the text."""
        return Span(self.start, self.end)


PLACE_CREDIT = "Place data © GeoNames (geonames.org), CC BY 4.0"
"""What must stand wherever places of the gazetteer are shown: their licence asks for it."""


class Place(Struct, frozen=True, gc=False):
    """A gazetteer entry. ``feature`` is a GeoNames feature code; ``lat`` and ``lon`` are degrees, WGS 84."""

    id: str
    name: str
    country: str | None
    feature: str
    lat: float
    lon: float

    def km_to(self, other: Place) -> float:
        """The great-circle distance to another place, in kilometres."""
        half = sin(radians(other.lat - self.lat) / 2) ** 2
        half += cos(radians(self.lat)) * cos(radians(other.lat)) * sin(radians(other.lon - self.lon) / 2) ** 2
        return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


class Toponym(Struct, frozen=True, gc=False):
    """A place name in the text, the place it stands for (None where the gazetteer has none), and the runners-up.

    ``confidence`` is how likely it is that a place is meant and that it is this one, or one at the same spot.
    ``chances`` are how likely, once a place is meant, the place and each of the runners-up are; what they lack of one
    is the chance of all others, and of none that the gazetteer has. ``role`` is what the name does here: only a literal
    one or a dateline tells where something is. ``inside`` is the longer name that it is a part of. ``container`` says
    that the gazetteer does not have the place itself, and that ``place`` is what it lies in by the words around it.
    """

    start: int
    end: int
    name: str
    place: Place | None
    confidence: float
    runners_up: tuple[Place, ...] = ()
    chances: tuple[float, ...] = ()
    role: Role = "literal"
    inside: Span | None = None
    container: bool = False

    @property
    def span(self) -> Span:
        """Where the place name stands in the text."""
        return Span(self.start, self.end)


class Distance(Struct, frozen=True, gc=False):
    """What a report says lies between two places (the spans of their names), beside what the map says, in kilometres.

    ``direction`` is where the first lies from the other, as the words tell: "south", "northwest". ``agrees`` says
    whether the words can be true of the two points: a road may be twice as long as the straight line, and not shorter.
    """

    start: int
    end: int
    km: float
    between: tuple[Span, Span]
    measured: float
    direction: str | None
    agrees: bool

    @property
    def span(self) -> Span:
        """Where the distance stands in the text."""
        return Span(self.start, self.end)


class Statement(Struct, frozen=True, gc=False):
    """Who said what: source, cue and content, how it is quoted, and the chain of sources it came through.

    ``source`` and ``cue`` are None inside a running quotation, where only ``source_name`` is known.
    ``chain`` runs from the nearest voice to the farthest: ("Tass", "the ministry") for "Tass, citing the ministry".
    ``stance`` is how the source stands to what it says, ``kind`` what sort of thing that is, and ``decided`` the words
    that told both. ``actor`` is the id of the actor that the source is; ``origin`` the main name of the agency,
    broadcaster or mouthpiece that it is in ``data/origins.toml``.
    """

    source: Span | None
    source_name: str | None
    cue: Span | None
    content: Span
    quoted: Quoted
    chain: tuple[str, ...] = ()
    stance: Stance = "asserts"
    kind: Kind = "claim"
    decided: tuple[Span, ...] = ()
    actor: str | None = None
    origin: str | None = None

    @property
    def outermost(self) -> bool:
        """Whether the report itself attributes it: nobody else passes it on."""
        return len(self.chain) < (2 if self.source_name is not None else 1)


class Participant(Struct, frozen=True, gc=False):
    """One actor or recipient of an event: the words that name it here, and its full name.

    ``kind``, ``country`` (its main name) and ``role`` are those of the actor that it is, else what its own words tell;
    None where nothing does.
    """

    span: Span | None
    name: str
    kind: ActorKind | None = None
    country: str | None = None
    role: str | None = None


class When(Struct, frozen=True, gc=False):
    """When an event happened, as a TIMEX3 value or an interval of two; ``span`` is None where context alone tells."""

    span: Span | None
    value: str


class Bounds(Struct, frozen=True, gc=False):
    """The first and the last day on which an event without a date can lie, as ISO dates; None where nothing tells."""

    earliest: str | None
    latest: str | None


class Where(Struct, frozen=True, gc=False):
    """Where an event happened: the words, the full name, and coordinates in degrees where they are known."""

    span: Span | None
    name: str
    lat: float | None
    lon: float | None


class EventSource(Struct, frozen=True, gc=False):
    """On whose word an event rests: the reporter's own, or an attribution with its words and full name.

    ``chain`` has all voices that it came through where these are several, from the nearest to the farthest, as that of
    a statement has: ("Tass", "the ministry") for "Tass, citing the ministry".
    """

    kind: Literal["reporter", "attributed"]
    span: Span | None = None
    name: str | None = None
    chain: tuple[str, ...] = ()


class Evidence(Struct, frozen=True, gc=False):
    """The words that decided an event's type and its status."""

    type: tuple[Span, ...] = ()
    status: tuple[Span, ...] = ()


class Confidences(Struct, frozen=True, gc=False):
    """How likely each cell of an event is to be right if the event is one, from 0 to 1.

    ``actors`` and ``recipients`` have one figure for each party, in the event's order; ``when`` and ``where`` are None
    where the cell is. A cell that somebody has corrected has 1.
    """

    type: float
    status: float
    source: float
    when: float | None = None
    where: float | None = None
    actors: tuple[float, ...] = ()
    recipients: tuple[float, ...] = ()


class Candidate(Struct, frozen=True, gc=False):
    """What a cell does not say and may yet be right: its value as the cell would hold it (of a place or a party the
    full name), the words for it, and how likely it is to be right if the event is one.
    """

    value: str
    span: Span | None
    confidence: float


class Candidates(Struct, frozen=True, gc=False, omit_defaults=True):
    """What the cells of an event do not say and may yet be right, the likeliest first: three for each cell at most.

    Where a cell is None, or names nobody, nothing here was likely enough to be told.
    """

    type: tuple[Candidate, ...] = ()
    status: tuple[Candidate, ...] = ()
    when: tuple[Candidate, ...] = ()
    where: tuple[Candidate, ...] = ()
    actors: tuple[Candidate, ...] = ()
    recipients: tuple[Candidate, ...] = ()


class Event(Struct, frozen=True, gc=False):
    """One happening as this report tells it.

    ``type`` is one of PLOVER 2.0's or OTHER, ``mode`` PLOVER's refinement of it; ``also`` holds its other mentions, and
    ``also_words`` the words of these, each once, where they are not the trigger's; ``main`` marks what a one-paragraph
    summary would mention. ``confidence`` is how likely it is, from 0 to 1, that the report tells of such an event;
    ``confidences`` are those of its cells, and None of what was read before there were any. ``embedding`` has 32
    numbers of one byte each, with their signs, the mean of those of its mentions: by their cosine those of two events
    lie the nearer, the likelier both tell of one happening; none where none was read.
    ``bounds`` are told where ``when`` is None. ``slots`` are the counts, amounts and equipment that its clauses tell;
    ``cameo`` is its code in CAMEO, None of what CAMEO has no root for or several.
    """

    trigger: Span
    also: tuple[Span, ...]
    type: EventType
    mode: str | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    when: When | None
    where: Where | None
    status: Status
    main: bool
    source: EventSource
    confidence: float
    evidence: Evidence = Evidence()
    bounds: Bounds | None = None
    slots: tuple[EventSlot, ...] = ()
    cameo: Cameo | None = None
    confidences: Confidences | None = None
    candidates: Candidates = Candidates()
    embedding: bytes = b""
    also_words: tuple[str, ...] = ()


class Attribution(Struct, frozen=True, gc=False):
    """A cue with its source and with the contents that hang on it; a content without a cue stands alone.

    ``likely`` is how sure the network is of the cue, or of the content that stands alone, from 0 to 1.
    """

    source: Span | None
    cue: Span | None
    contents: tuple[Span, ...]
    likely: float


NOBODY = -1
"""What stands in the place of a word where nobody takes part in a happening, and where no place or time is told."""


class Telling(Struct, frozen=True, gc=False):
    """What the network says of a happening that a word may tell of: how likely each status and each type is.

    ``actors`` and ``recipients`` have the words, by their numbers, that may begin who does it and whom it is done to,
    each with its likelihood; NOBODY stands for nobody, or nobody near enough. ``places`` and ``times`` have those that
    may begin the words for its place and its time, ``placed`` and ``timed`` how likely the report tells of these.
    """

    status: dict[str, float]
    types: dict[str, float]
    actors: dict[int, float] = {}
    recipients: dict[int, float] = {}
    places: dict[int, float] = {}
    times: dict[int, float] = {}
    placed: float = 0.0
    timed: float = 0.0


class Tags(Struct, frozen=True, gc=False):
    """What one pass of the reader's network says: names, attributions, and how likely each word tells of a happening.

    They stand only while a reading is made, as a Parse does, and are no part of its JSON.

    ``starts`` are the places of the words in the text; ``happening`` is in step with it; ``tellings`` has the words, by
    their numbers, that may tell of a happening. ``embeddings`` has a row of 32 numbers a word. ``antecedents`` tells of
    words by their numbers which other words may name the same one more fully, and how likely they do.
    """

    names: tuple[Name, ...]
    attributions: tuple[Attribution, ...]
    starts: tuple[int, ...]
    happening: tuple[float, ...]
    tellings: dict[int, Telling] = {}
    embeddings: Sequence[Sequence[float]] = ()
    antecedents: dict[int, dict[int, float]] = {}

    def embedding(self, *spans: Span) -> bytes:
        """What an Event keeps of the words that start in spans: the mean of theirs, its largest number 127 or -127."""
        rows = [
            row
            for span in spans
            for row in self.embeddings[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]
        ]
        total = [sum(map(float, column)) for column in zip(*rows, strict=True)]
        most = max(map(abs, total), default=0.0)
        return array("b", [round(127 * each / most) for each in total]).tobytes() if most else b""

    def word(self, start: int) -> int | None:
        """The number of the word that starts at a place in the text; None where none does."""
        found = bisect_left(self.starts, start)
        return found if found < len(self.starts) and self.starts[found] == start else None

    def named_by(self, start: int) -> dict[int, float]:
        """Where words begin that may name more fully whom the words at a place stand for, and how likely they do."""
        word = self.word(start)
        found = self.antecedents.get(word, {}) if word is not None else {}
        return {self.starts[other]: likely for other, likely in found.items()}


class Reading(Struct, frozen=True, gc=False):
    """What we understood of one report. ``by`` names the annotators that have read it, in order.

    An empty layer whose annotator is in ``by`` means "none found"; one whose annotator is not means "not read".
    ``kind`` says how times that are not told in full were understood: "news" from the day of publication, a
    "narrative" from the running date of its story. ``kind_given`` says that somebody said so; else the report told it.
    ``voices`` tells of each sentence whose it is: the reporter's, wholly attributed, or mixed.
    ``home`` is where the outlet is at home by others of its reports; it weighs in the choice between places of a name.
    ``parse`` and ``tags`` are scaffolding: they stand while the layers are built and are taken down at the end.
    """

    report: Report
    sentences: tuple[Span, ...] = ()
    names: tuple[Name, ...] = ()
    actors: tuple[Actor, ...] = ()
    timexes: tuple[Timex, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    distances: tuple[Distance, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    by: tuple[str, ...] = ()
    kind: ReportKind | None = None
    parse: Parse | None = None
    tags: Tags | None = None
    voices: tuple[Voice, ...] = ()
    home: Place | None = None
    kind_given: bool = False

    @property
    def text(self) -> str:
        """The report's text, which every span counts in."""
        return self.report.text

    def outermost(self) -> Reading:
        """This reading with those statements alone that the report itself attributes: what "Tass reported", and not
        what Tass passed on of the ministry."""
        return replace(self, statements=tuple(one for one in self.statements if one.outermost))

    def parsed(self) -> Parse:
        """The tokens and their tree, for annotators that come after the sentences."""
        if self.parse is None:
            raise ValueError("this reading has no parse: run the sentences annotator first")
        return self.parse

    def tagged(self) -> Tags:
        """What the network says of the text, for annotators that come after the tags."""
        if self.tags is None:
            raise ValueError("this reading has no tags: run the tags annotator first")
        return self.tags
