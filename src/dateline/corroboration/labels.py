"""What is to be known of an origin before relying on it, each with the words or the registry's entry that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from dateline.corroboration.lexicon import open_lexicon
from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.origins import OriginEntry
from dateline.model import Entry, Label, OriginKind

_MEDIA = ("agency", "broadcaster", "paper")
_QUOTED = 60
"""So many characters of a sentence, at most, are quoted for a label."""


def find_labels(
    entries: Sequence[Entry], kind: OriginKind, origin: OriginEntry | None, unnamed: bool, party: str | None
) -> tuple[Label, ...]:
    """The labels of an origin: of state, party to it, unnamed, at second hand. ``party`` is its name among those."""
    found: list[Label] = []
    if origin is not None and origin.state:
        found.append(Label("state", f"{origin.name}: {origin.control} ({origin.source})"))
    if party is not None:
        found.append(Label("party", f"{party} is named among those who did it or to whom it was done"))
    if unnamed:
        found.append(Label("unnamed", next(_quotes(entries), "nobody is named")))
    if kind == "attributed" and origin is not None and origin.kind in _MEDIA and not origin.state:
        found.append(Label("second-hand", next(_quotes(entries), f"{origin.name} is quoted by another")))
    return tuple(found)


def _quotes(entries: Sequence[Entry]) -> Iterator[str]:
    """The words around the source, for each entry whose sentence has them: “officials said”."""
    for entry in entries:
        span = entry.event.source.span
        if span is None or not entry.sentence.touches(span):
            continue
        start = max(0, span.start - entry.sentence.start)
        words = entry.words[start : start + _QUOTED]
        source = words[: span.end - span.start]
        after = words[span.end - span.start :].split()
        yield f"“{' '.join([*source.split(), *after[:2]]).strip(' ,.;:')}”"


def is_own_word(entry: Entry) -> bool:
    """Whether the source that is named is the paper itself: "as this paper wrote on Monday"."""
    span = entry.event.source.span
    if span is None or not entry.sentence.touches(span):
        return False
    before = entry.words[: max(0, span.start - entry.sentence.start)].split()[-1:]
    words = entry.words_of(span).split()
    return any(" ".join(some).lower() in open_lexicon().table.unnamed.own for some in (words, [*before, *words]))


@lru_cache(maxsize=1 << 12)
def land_code(name: str) -> str | None:
    """The code of the country of this name; None for all else.

    >>> land_code("North Korea"), land_code("Reuters")
    ('KP', None)
    """
    if not name[:1].isupper() or len(name) > 40:
        return None
    entries = _gazetteer().look_up(name)
    return next((entry.place.country for entry in entries[:3] if entry.kind == "country"), None)


@cache
def _gazetteer() -> Gazetteer:
    """The shipped gazetteer, opened once."""
    return Gazetteer.open()


def land_spoken_for(name: str) -> str | None:
    """The code of the country that the name of an office begins with.

    >>> land_spoken_for("Azerbaijan's defence ministry"), land_spoken_for("Russian foreign ministry")
    ('AZ', 'RU')
    """
    first, possessive, _ = name.replace("’", "'").removeprefix("the ").partition("'s ")
    if possessive:
        return land_code(first)
    word, _, rest = first.partition(" ")
    country = open_lexicon().land_of.get(word.lower()) if rest else None
    return land_code(country) if country else None
