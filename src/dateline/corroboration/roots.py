"""Traces each telling of a happening to its root: a named source, else the wire it was copied from, else the publisher.

Independent origins are distinct roots: a story printed forty times, or a statement quoted by two papers, is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from dateline.corroboration.labels import find_labels, is_own_word, land_code, land_spoken_for
from dateline.corroboration.lexicon import open_lexicon
from dateline.corroboration.moments import in_order
from dateline.lexicon.origins import OriginEntry, Origins, fold_name
from dateline.model import Entry, OriginKind, Report, Root

_DATELINE = re.compile(r"\s*(?:[A-Z][\w.'’ ,/-]{1,60}?)?\((?P<credit>[^()\n]{2,40})\)\s*[-–—:]")
_BYLINE = re.compile(r"^(?:by|from|reporting by|source:)\s+", re.IGNORECASE)
_CHAIN_END = re.compile(r"\s+", re.ASCII)


class Credit(Struct, frozen=True):
    """The agency that a report credits with its words, and the words that say so."""

    name: str
    because: str


def find_credit(report: Report, origins: Origins) -> Credit | None:
    """The agency whose copy a report says it is: by its dateline ("MOSCOW (Reuters) —"), byline or last line.

    A picture's credit is none: an agency's picture stands beside anybody's words.
    """
    paragraphs = [block for block in report.blocks if block.kind == "paragraph"]
    if paragraphs:
        first = _DATELINE.match(report.text, paragraphs[0].start, min(paragraphs[0].end, paragraphs[0].start + 120))
        entry = origins.in_credit(first["credit"]) if first else None
        if first and entry:
            return Credit(entry.name, f"dateline “{first[0].strip()}”")
    for byline in report.bylines:
        found = _agency(_BYLINE.sub("", byline), origins)
        if found:
            return Credit(found.name, f"byline “{byline}”")
    for block in (*(block for block in report.blocks if block.kind == "byline"), *paragraphs[-1:]):
        line = block.span.of(report.text).strip()
        found = _agency(line, origins) if len(line) <= 80 else None
        if found:
            return Credit(found.name, f"credit line “{line}”")
    return None


def _agency(line: str, origins: Origins) -> OriginEntry | None:
    """The agency that a line names, where the line has no more than a few words beside it."""
    found = origins.in_credit(line)
    return found if found is not None and found.kind == "agency" and len(line.split()) <= 10 else None


def find_roots(
    entries: Sequence[Entry],
    *,
    copies: Iterable[tuple[str, str, float]] = (),
    origins: Origins,
    credits: Mapping[str, Credit] | None = None,
) -> tuple[Root, ...]:
    """The distinct origins of the entries of a happening, in order of their first publication.

    ``copies`` are (edition, the edition it copies, the share); ``credits`` the agency that an edition credits. A copy
    has the root of what it copies, though another paper printed it.
    """
    known = {entry.report.edition: entry for entry in sorted(entries, key=lambda each: each.id)}
    parent_of = _parents(copies)
    parties = {
        fold_name(one.name): one.name for entry in entries for one in (*entry.event.actors, *entry.event.recipients)
    }
    found: dict[str, _Draft] = {}
    for entry in in_order(entries):
        draft = _root(entry, known, parent_of, credits or {}, origins)
        kept = found.setdefault(draft.key, draft)
        kept.entries.append(entry.id)
    by_id = {entry.id: entry for entry in entries}
    return tuple(
        Root(
            key=draft.key,
            name=draft.name,
            kind=draft.kind,
            state=draft.origin.state if draft.origin else None,
            party=party is not None,
            unnamed=draft.unnamed,
            because=draft.because,
            entries=tuple(draft.entries),
            labels=find_labels([by_id[id] for id in draft.entries], draft.kind, draft.origin, draft.unnamed, party),
        )
        for draft in fold_lands(list(found.values()))
        for party in (_party(draft, parties),)
    )


class _Draft:
    """A root while its entries are gathered."""

    def __init__(self, key: str, name: str, kind: OriginKind, because: str, origin: OriginEntry | None) -> None:
        self.key, self.name, self.kind, self.because, self.origin = key, name, kind, because, origin
        self.unnamed = False
        self.entries: list[str] = []


def fold_lands(drafts: list[_Draft]) -> list[_Draft]:
    """The roots, a land that speaks being the office or the agency through which it speaks.

    "North Korea says it fired a missile" and "…, KCNA said" are not two independent words.
    """
    cited = [draft for draft in drafts if draft.kind == "attributed" and not draft.unnamed]
    kept = list(drafts)
    for draft in cited if len(cited) > 1 else ():
        land = land_code(draft.name)
        mouths = [
            other for other in kept if land and other is not draft and other in cited and _speaks_for(other, land)
        ]
        if mouths:
            mouths[0].entries += draft.entries
            kept.remove(draft)
    return kept


def _speaks_for(draft: _Draft, land: str) -> bool:
    state = draft.origin.country if draft.origin and draft.origin.state else land_spoken_for(draft.name)
    return state == land


def _root(
    entry: Entry,
    known: Mapping[str, Entry],
    parent_of: Mapping[str, str],
    credits: Mapping[str, Credit],
    origins: Origins,
) -> _Draft:
    source = entry.event.source
    printed = _first_print(entry.report.edition, parent_of)
    if source.kind == "attributed" and source.name and not is_own_word(entry):
        if not is_unnamed(source.name):
            name = _as_cited(entry, source.name, origins)
            return _named(name, "attributed", f"attributed to {name}", origins)
        # "officials said": nobody can tell one paper's officials from another's, so each wire or paper has its own.
        carrier = _carrier(entry, printed, known, credits, origins)
        draft = _Draft(
            f"unnamed:{_CHAIN_END.sub(' ', source.name.casefold())}@{carrier.key}",
            f"{source.name} ({carrier.name})", "attributed", f"attributed to {source.name}, unnamed", None,
        )  # fmt: skip
        draft.unnamed = True
        return draft
    return _carrier(entry, printed, known, credits, origins)


def _as_cited(entry: Entry, name: str, origins: Origins) -> str:
    """The name of a source; that which stands in the sentence where it is an origin's: "KCNA", and not its country."""
    span = entry.event.source.span
    if span is None or not entry.sentence.touches(span) or origins.named(name) is not None:
        return name
    words = entry.words_of(span)
    return words if origins.named(words) is not None else name


def _carrier(
    entry: Entry, printed: str, known: Mapping[str, Entry], credits: Mapping[str, Credit], origins: Origins
) -> _Draft:
    """The wire that an entry's words come from, else the publisher of the first print."""
    for edition in dict.fromkeys((entry.report.edition, printed)):
        if edition in credits:
            return _named(credits[edition].name, "wire", credits[edition].because, origins)
    first = known.get(printed, entry)
    copied = first.report.edition != entry.report.edition
    publisher = _publisher(first, origins)
    if not copied and printed != entry.report.edition:
        return _Draft(f"edition:{printed}", f"the report that {publisher.name} copies", "wire", "copied words", None)
    if copied:
        publisher.because = f"copied words of {publisher.name}"
        publisher.kind = "wire" if publisher.origin and publisher.origin.kind == "agency" else "publisher"
    return publisher


def _publisher(entry: Entry, origins: Origins) -> _Draft:
    host = _host(entry.report.origin or "")
    known = origins.of_domain(host) if host else None
    name = entry.report.publisher or (known.name if known else host.removeprefix("www."))
    if not name:
        return _Draft(
            f"report:{entry.report.report}", "an unnamed publisher", "publisher", "no publisher is told", None
        )
    draft = _named(known.name if known else name, "publisher", f"published by {name}", origins)
    draft.kind = "publisher"
    return draft


def _host(origin: str) -> str:
    """The host of a web address; "" of a path, and of what cannot be taken apart: "http://[bad/story.html"."""
    try:
        return urlsplit(origin).hostname or "" if "://" in origin else ""
    except ValueError:
        return ""


def _named(name: str, kind: OriginKind, because: str, origins: Origins) -> _Draft:
    """The root of this name, known names of one origin brought together."""
    origin = origins.named(name)
    if origin is None:
        return _Draft(f"name:{fold_name(name)}", name, kind, because, None)
    told = because if fold_name(name) == fold_name(origin.name) else f"{because}, which is {origin.name}"
    if origin.state:
        told += f"; {origin.control} ({origin.source})"
    return _Draft(f"origin:{fold_name(origin.name)}", origin.name, kind, told, origin)


def is_unnamed(name: str) -> bool:
    """Whether a source is nobody in particular: no name in it but that of a land.

    >>> is_unnamed("officials"), is_unnamed("US officials familiar with the talks"), is_unnamed("Dmitry Peskov")
    (True, True, False)
    """
    known = open_lexicon().table.unnamed
    words = name.split()[:30]
    end = next((at for at, word in enumerate(words) if at and word.lower() in known.after), len(words))
    if not end or words[end - 1].lower().strip(".,;") not in known.people:
        return False
    before = words[: end - 1]
    return all(word.islower() or word.lower() in known.before or word.endswith(known.lands) for word in before)


def _party(draft: _Draft, parties: Mapping[str, str]) -> str | None:
    """The name under which a root is itself one of those who did it or to whom it was done."""
    return None if draft.unnamed else parties.get(fold_name(draft.name))


def _parents(copies: Iterable[tuple[str, str, float]]) -> dict[str, str]:
    """For each copy, what it shares most words with."""
    best: dict[str, tuple[float, str]] = {}
    for edition, of, share in copies:
        if edition != of and (edition not in best or (share, of) > best[edition]):
            best[edition] = (share, of)
    return {edition: of for edition, (_, of) in best.items()}


def _first_print(edition: str, parent_of: Mapping[str, str]) -> str:
    """The edition that a chain of copies goes back to; the smallest of a ring of copies."""
    seen = [edition]
    while (above := parent_of.get(seen[-1])) is not None:
        if above in seen:
            return min(seen[seen.index(above) :])
        seen.append(above)
    return seen[-1]
