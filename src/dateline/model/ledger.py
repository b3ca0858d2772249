"""What the ledger answers with: entries, happenings and what stands behind them.

An entry is one event as one report tells it; a happening is what several reports tell of, held together by judgements
that can be taken back. Nothing here is a verdict on truth: it says who says what, since when, and on whose word.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from msgspec import Struct

from dateline.model.reading import Event, EventType, NameType, Reading, Statement, Status
from dateline.model.report import BlockKind
from dateline.model.spans import Span

Verdict = Literal["same", "different", "unsure"]
Order = Literal["when", "-when", "published", "-published"]
Kept = Literal["event", "happening", "report", "edition", "actor"]
"""What can be shown by its id."""


class ReportLine(Struct, frozen=True, gc=False):
    """A report in one line, as it stands beside everything that was read in it.

    ``edition`` is the id of the text that was read: a page that was corrected keeps its ``report`` id and gets another
    edition.
    """

    report: str
    edition: str
    headline: str | None
    publisher: str | None
    published: str | None
    origin: str | None


class Entry(Struct, frozen=True, gc=False):
    """One event as one report tells it, with the sentence that its trigger stands in.

    Spans of the event count in the report's text; ``sentence`` says where the ``words`` stand in it. ``corrected``
    names the fields that somebody has corrected by hand.
    """

    id: str
    happening: str | None
    report: ReportLine
    event: Event
    sentence: Span
    words: str
    corrected: tuple[str, ...] = ()

    def words_of(self, span: Span) -> str:
        """The words of a span, as far as they stand in the sentence."""
        first = self.sentence.start
        return self.words[max(0, span.start - first) : max(0, span.end - first)]


class Quote(Struct, frozen=True, gc=False):
    """One statement as one report gives it, with the sentence that it stands in."""

    id: str
    report: ReportLine
    statement: Statement
    sentence: Span
    words: str


class ActorLine(Struct, frozen=True, gc=False):
    """An actor as one report knows it, and that report; ``company`` are the others with a name in it."""

    id: str
    name: str
    type: NameType
    country: str | None
    roles: tuple[str, ...]
    report: ReportLine
    company: tuple[str, ...] = ()


class Mentioned(Struct, frozen=True, gc=False):
    """One mention of an actor in a report: its words, where they stand in the text, and why they are its."""

    span: Span
    words: str
    because: str


class Persona(Struct, frozen=True, gc=False):
    """An actor of the ledger: in how many reports, under which spellings, and why it is one in all of them.

    ``lines`` are the actors of single reports that were taken for it, the first of them the one asked for or the
    fullest; ``judgements`` say of each other one why it is the same, or is not, or nobody can tell, and by whom.
    ``mentions`` are those in the report of the first line.
    """

    name: str
    type: NameType
    spellings: tuple[str, ...]
    roles: tuple[str, ...]
    countries: tuple[str, ...]
    lines: tuple[ActorLine, ...]
    judgements: tuple[Judgement, ...]
    mentions: tuple[Mentioned, ...]


class Hit(Struct, frozen=True, gc=False):
    """One sentence that has the words that were looked for, with what was read in it."""

    report: ReportLine
    sentence: Span
    words: str
    entries: tuple[Entry, ...]
    quotes: tuple[Quote, ...]


class Judgement(Struct, frozen=True, gc=False):
    """That two events are the same happening, or are not, or nobody can tell; by which rule or by whom.

    Of two actors of reports it says in the same way whether they are one.

    ``a`` sorts before ``b``. Judgements by people bind: no rule overrules them. ``at`` is ISO 8601, UTC; it is
    empty where a rule judges two actors anew each time that they are shown.
    """

    a: str
    b: str
    verdict: Verdict
    by: str
    confidence: float
    because: str
    at: str


class Edition(Struct, frozen=True, gc=False):
    """One text of a report, and when it was added (ISO 8601, UTC); ``current`` is the newest."""

    id: str
    report: ReportLine
    added: str
    current: bool


class Taken(Struct, frozen=True, gc=False):
    """A report that was read and is to be kept. ``digest`` is the SHA-256 of the bytes it was read from."""

    digest: str
    reading: Reading


class Refused(Struct, frozen=True, gc=False):
    """A page that could not be read, and why.

    ``digest`` is the SHA-256 of its bytes, or of its origin where none came.
    """

    digest: str
    origin: str
    what: str
    todo: str
    at: str


class Correction(Struct, frozen=True, gc=False):
    """A cell of an event as somebody has corrected it. ``value`` is JSON; it stands beside the machine's own value."""

    event: str
    field: str
    value: str
    by: str
    at: str


class Question(Struct, frozen=True, gc=False, kw_only=True):
    """What is asked of the ledger; all that is set must hold.

    ``who`` and ``whom`` are names (a part is enough), ``when`` a day, month, year or interval of two
    (2023-09-12/2023-09-17), ``where`` a name, a country or "lat,lon,km", ``words`` a full-text query on the sentence.
    """

    who: str | None = None
    whom: str | None = None
    type: EventType | None = None
    when: str | None = None
    where: str | None = None
    status: Status | None = None
    said_by: str | None = None
    publisher: str | None = None
    words: str | None = None
    main: bool = False
    order: Order = "when"
    limit: int = 100
    offset: int = 0


class Answer(Struct, frozen=True, gc=False):
    """The entries that answer a question, one page of them, and how many there are in all."""

    question: Question
    total: int
    entries: tuple[Entry, ...]


class Tally(Struct, frozen=True, gc=False):
    """What adding came to: reports new to the ledger, new editions of known ones, those known already, and refusals."""

    added: int = 0
    editions: int = 0
    known: int = 0
    refused: int = 0


class Backing(Struct, frozen=True, gc=False):
    """What one cell of an event rests on: its words, the annotator or the person that put it there, and why.

    ``words`` are those that ``span`` counts in the report's text; ``sentence`` is the one that they stand in where it
    is not the event's own. ``by`` names an annotator ("timexes.en/1"), or who corrected the cell by hand.
    ``confidence`` is how likely the value is to be right, from 0 to 1; None where that is not known.
    """

    cell: str
    value: str
    span: Span | None
    words: str | None
    sentence: str | None
    by: str
    because: str | None
    confidence: float | None = None


class Exhibit(Struct, frozen=True, gc=False):
    """One event with all that stands behind it, and what was judged of it."""

    entry: Entry
    backings: tuple[Backing, ...]
    judgements: tuple[Judgement, ...]
    corrections: tuple[Correction, ...]


class Dossier(Struct, frozen=True, gc=False):
    """One edition of a report with its entries, and all editions that there are of the report."""

    edition: Edition
    editions: tuple[Edition, ...]
    entries: tuple[Entry, ...]


class Piece(Struct, frozen=True, gc=False):
    """A run of words that two texts share, or that only the earlier or only the later one has."""

    words: str
    only: Literal["before", "after"] | None = None


class Change(Struct, frozen=True, gc=False):
    """A block that one edition has and the other lacks, or whose words differ; in pieces, to be read in a row."""

    change: Literal["added", "removed", "changed"]
    block: BlockKind
    pieces: tuple[Piece, ...]


class Revision(Struct, frozen=True, gc=False):
    """What changed from one edition of a report to the next: its blocks, and the entries that went and came."""

    before: Edition
    after: Edition
    changes: tuple[Change, ...]
    gone: tuple[Entry, ...]
    new: tuple[Entry, ...]


class Judged(Struct, frozen=True, gc=False):
    """What somebody judged or took back, and the happenings in which the events now are, by event."""

    judgements: tuple[Judgement, ...]
    undone: bool
    happenings: dict[str, str]


class Reread(Struct, frozen=True, gc=False):
    """One report read again by newer annotators: how many of its events are gone, and how many are new."""

    report: ReportLine
    gone: int
    new: int


_ALIKE = 4
"""With how many digits in common the ids of an edition's events begin: so few that a cut id still tells them apart."""


def edition_id(report: str, text: str) -> str:
    """The id of one text of a report."""
    return _digest(report, text)


def event_id(edition: str, trigger: Span) -> str:
    """The id of an event: the same each time the same words of an edition are read.

    The ids of an edition's events begin alike, so that in every index by id they stand together: a ledger of many
    reports is written to at one place for each report, and not at one for each event.
    """
    own = _digest(edition, "event", str(trigger.start), str(trigger.end))
    return f"{_digest(edition)[:_ALIKE]}{own[_ALIKE:]}"


def actor_id(edition: str, name: str) -> str:
    """The id of an actor of one report: the same each time it is found there under this name."""
    return f"{_digest(edition)[:_ALIKE]}{_digest(edition, 'actor', name)[_ALIKE:]}"


def statement_id(edition: str, statement: Statement) -> str:
    """The id of a statement: the same each time the same words of an edition are read."""
    cue = statement.cue or statement.content
    return _digest(edition, "statement", str(cue.start), str(statement.content.start), str(statement.content.end))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
