"""The annotators in order: the table of contents of the whole product."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from dateline.model import Place, Reading, Report, ReportKind
from dateline.reading.actors import ActorReader
from dateline.reading.distances import DistanceReader
from dateline.reading.events import EventReader
from dateline.reading.names import NameReader
from dateline.reading.sentences import SentenceReader
from dateline.reading.statements import StatementReader
from dateline.reading.tags import TagReader
from dateline.reading.timexes import TimexReader
from dateline.reading.toponyms import ToponymReader


class Annotator(Protocol):
    """Made once from the lexicon, called with a Reading, answering with one more layer."""

    @property
    def name(self) -> str:
        """The annotator's name and version, such as "timexes.en/1"."""
        ...

    def __call__(self, reading: Reading) -> Reading:
        """The reading with one more layer."""
        ...


LAYERS = (
    SentenceReader,
    TagReader,
    NameReader,
    ActorReader,
    TimexReader,
    ToponymReader,
    DistanceReader,
    StatementReader,
    EventReader,
)


def open_annotators(language: str = "en", places: Path | None = None) -> tuple[Annotator, ...]:
    """The annotators of a language, in order, with all that they know opened; ``places`` is a gazetteer to read with.

    Raises LexiconError where that is none.
    """
    return tuple(
        ToponymReader.load(language, places) if layer is ToponymReader else layer.load(language) for layer in LAYERS
    )


def read_layers(
    report: Report,
    annotators: Iterable[Callable[[Reading], Reading]],
    *,
    kind: ReportKind | None = None,
    home: Place | None = None,
) -> Reading:
    """The reading of a report by these annotators, the scaffolding taken down.

    ``kind`` is that of the report, and ``home`` where its outlet is at home, where these are known.
    """
    reading = Reading(report, kind=kind, home=home, kind_given=kind is not None)
    for annotator in annotators:
        reading = annotator(reading)
    return replace(reading, parse=None, tags=None)
