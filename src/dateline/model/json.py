"""The one JSON form of a reading: the same for Python, the command line, the store and the scorers.

Unknown is ``null``, none is ``[]``, spans are ``[start, end]`` in code points of ``text``. ``dateline`` is the version
of the form; it changes when a key changes its meaning.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from dateline.errors import InputError
from dateline.model.reading import (
    Actor,
    Distance,
    Event,
    Name,
    NameType,
    Place,
    Reading,
    ReportKind,
    Statement,
    Timex,
    Toponym,
    Voice,
)
from dateline.model.report import Block, PublishedCandidate, Report
from dateline.model.spans import PageRun, Span

VERSION = 1


class _JsonName(Struct, frozen=True, gc=False):
    """A name as JSON shows it: with the id of the actor that it is a mention of."""

    start: int
    end: int
    type: NameType
    actor: str | None = None


class _JsonReport(Struct, frozen=True, gc=False):
    """The keys of the JSON form that tell of the report, in order."""

    dateline: int
    id: str
    origin: str | None
    publisher: str | None
    published: str | None
    published_candidates: tuple[PublishedCandidate, ...]
    bylines: tuple[str, ...]
    language: str
    text: str
    blocks: tuple[Block, ...]
    page_map: tuple[PageRun, ...]


class _JsonReading(_JsonReport, frozen=True, kw_only=True):
    """The keys of the JSON form, in order."""

    sentences: tuple[Span, ...]
    voices: tuple[Voice, ...] = ()
    names: tuple[_JsonName, ...]
    actors: tuple[Actor, ...]
    timexes: tuple[Timex, ...]
    toponyms: tuple[Toponym, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    by: tuple[str, ...]
    kind: ReportKind | None = None
    distances: tuple[Distance, ...] = ()
    home: Place | None = None
    kind_given: bool = False


_Form = TypeVar("_Form", bound=_JsonReport)


def to_json(reading: Reading, *, indent: int | None = None) -> str:
    """The reading as one JSON object; on one line unless an indent (in spaces) is given."""
    report = reading.report
    actor_of = {mention: actor.id for actor in reading.actors for mention in actor.mentions}
    form = _JsonReading(
        dateline=VERSION,
        names=tuple(_JsonName(name.start, name.end, name.type, actor_of.get(name.span)) for name in reading.names),
        **_fields(report),
        **{key: getattr(reading, key) for key in _LAYERS},
    )
    encoded = msgspec.json.encode(form)
    return (msgspec.json.format(encoded, indent=indent) if indent else encoded).decode()


def from_json(text: str | bytes) -> Reading:
    """The reading that a JSON form stands for.

    Raises InputError where the text is no reading, or one of a version that this Dateline does not know.
    """
    form = _decoded(text, _JsonReading)
    names = tuple(Name(name.start, name.end, name.type) for name in form.names)
    return Reading(_report(form), names=names, **{key: getattr(form, key) for key in _LAYERS})


def json_schema() -> dict[str, Any]:
    """The form as a JSON Schema (draft 2020-12), made from the types that write and read it."""
    (form,), parts = msgspec.json.schema_components([_JsonReading], ref_template="#/$defs/{name}")
    told = msgspec.json.encode({"$schema": "https://json-schema.org/draft/2020-12/schema", **form, "$defs": parts})
    schema: dict[str, Any] = msgspec.json.decode(told.replace(b"_Json", b""))
    schema["$defs"]["Reading"]["properties"]["dateline"]["const"] = VERSION
    return schema


def report_from_json(text: str | bytes) -> Report:
    """The report of the reading that a JSON form stands for; its layers are passed over, which takes a fraction.

    Raises InputError as ``from_json`` does.
    """
    return _report(_decoded(text, _JsonReport))


def _decoded(text: str | bytes, form: type[_Form]) -> _Form:
    try:
        found = msgspec.json.decode(text, type=form)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise InputError("JSON", f"this is no reading ({error})", "Give what `dateline read --json` prints.") from error
    if found.dateline != VERSION:
        raise InputError(
            "JSON",
            f"this reading is of version {found.dateline}, and this Dateline knows version {VERSION}",
            "Read the report again, or use the Dateline that wrote it.",
        )
    return found


def _report(form: _JsonReport) -> Report:
    return Report(**{key: getattr(form, key) for key in Report.__struct_fields__})


_LAYERS = (
    "sentences", "actors", "timexes", "toponyms", "statements", "events", "by", "kind", "home", "voices", "distances",
    "kind_given",
)  # fmt: skip


def _fields(report: Report) -> dict[str, Any]:
    return {key: getattr(report, key) for key in Report.__struct_fields__}
