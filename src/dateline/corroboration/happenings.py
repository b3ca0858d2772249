"""Puts a happening together from its entries: its head line, the roots behind it, and where they disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dateline.corroboration.courses import find_courses, find_tolls
from dateline.corroboration.disagreements import find_disagreements
from dateline.corroboration.groups import happening_id
from dateline.corroboration.moments import in_order
from dateline.corroboration.ranking import fullest
from dateline.corroboration.roots import Credit, find_roots
from dateline.corroboration.salience import find_salience
from dateline.errors import SettingError
from dateline.lexicon.origins import Origins
from dateline.model import Entry, EventType, Happening


def find_happening(
    entries: Sequence[Entry],
    *,
    origins: Origins,
    copies: Iterable[tuple[str, str, float]] = (),
    credits: Mapping[str, Credit] | None = None,
    id: str | None = None,
) -> Happening:
    """The happening that these entries tell of; ``id`` is its own, or computed from them.

    Raises SettingError where there are no entries.
    """
    if not entries:
        raise SettingError("a happening", "it has no entries", "Give at least one entry.")
    ordered = in_order(entries)
    head = fullest(ordered)
    roots = find_roots(ordered, copies=copies, origins=origins, credits=credits)
    event = head.event
    types: Counter[EventType] = Counter(entry.event.type for entry in ordered if entry.event.type != "OTHER")
    return Happening(
        id=id or happening_id(entry.id for entry in ordered),
        type=event.type if event.type != "OTHER" or not types else min(types, key=lambda each: (-types[each], each)),
        status=event.status,
        title=_title(head),
        when=event.when.value if event.when else None,
        where=event.where.name if event.where else None,
        actors=tuple(dict.fromkeys(one.name for one in event.actors)),
        recipients=tuple(dict.fromkeys(one.name for one in event.recipients)),
        entries=ordered,
        roots=roots,
        independent=len(roots),
        disagreements=find_disagreements(ordered),
        tolls=find_tolls(ordered, roots),
        courses=find_courses(ordered),
        salience=find_salience(ordered, len(roots)),
    )


def _title(entry: Entry) -> str:
    """The words of the sentence, on one line, cut at 160 characters."""
    words = " ".join(entry.words.split())
    return words if len(words) <= 160 else f"{words[:159].rstrip()}…"
