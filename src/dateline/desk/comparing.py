"""Compares two reports: what both tell and where they differ, and what only one of them tells."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

from msgspec import Struct

from dateline.desk.naming import find_one
from dateline.desk.opening import AnyLedger, opened
from dateline.desk.reading import is_url, read
from dateline.errors import DatelineError, LedgerError, SettingError
from dateline.ledger import Ledger
from dateline.model import (
    Comparison,
    Entry,
    Happening,
    Judgement,
    Reading,
    ReportLine,
    Run,
    Span,
    edition_id,
    event_id,
    report_id,
)


class _Told(Struct, frozen=True):
    """One of the two reports, with what was read in it."""

    line: ReportLine
    reading: Reading
    entries: tuple[Entry, ...]
    kept: bool


def compare(
    ledger: AnyLedger = "press.ledger",
    a: str | os.PathLike[str] = "",
    b: str | os.PathLike[str] = "",
    *,
    published: str | None = None,
    allow_private: bool = False,
) -> Comparison:
    """What two reports both tell, where they differ, and what only one of them tells.

    Each is the id of a report in the ledger, of one of its editions or events, or a beginning of it; or a path or a URL
    that is read on the spot. Where both are read on the spot, there need be no ledger. ``published`` dates those that
    are read and do not say when they were published.

    Raises InputError where a page cannot be read, LedgerError and SettingError where an id leads nowhere or both are
    one report.
    """
    with ExitStack() as stack:
        book: Ledger | None
        try:
            book = stack.enter_context(opened(ledger))
        except LedgerError:
            if not (_on_the_spot(a) and _on_the_spot(b)):
                raise
            book = None
        one, other = (_find(book, os.fspath(each), published, allow_private) for each in (a, b))
        if one.line.edition == other.line.edition:
            raise SettingError(f"{os.fspath(a)} and {os.fspath(b)}", "these are one report", "Name two that differ.")
        return _compare(book, one, other)


def entries_of(reading: Reading) -> tuple[Entry, ...]:
    """The entries that a reading would have in a ledger, in the order of its text."""
    line = line_of(reading)
    sentences = sorted(reading.sentences)
    found: dict[str, Entry] = {}
    for event in sorted(reading.events, key=lambda each: each.trigger):
        id = event_id(line.edition, event.trigger)
        sentence = _sentence(sentences, event.trigger)
        found.setdefault(id, Entry(id, None, line, event, sentence, sentence.of(reading.text)))
    return tuple(found.values())


def line_of(reading: Reading) -> ReportLine:
    """A reading's report in one line."""
    report = reading.report
    edition = edition_id(report.id, report.text)
    return ReportLine(report.id, edition, report.headline, report.publisher, report.published, report.origin)


def _sentence(sentences: Sequence[Span], trigger: Span) -> Span:
    at = bisect_right(sentences, trigger.start, key=lambda sentence: sentence.start) - 1
    return sentences[at] if at >= 0 and trigger.start < sentences[at].end else trigger


def _on_the_spot(given: str | os.PathLike[str]) -> bool:
    name = os.fspath(given)
    return is_url(name) or _exists(name)


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _find(ledger: Ledger | None, name: str, published: str | None, allow_private: bool) -> _Told:
    """The report of a name: from the ledger where it is there, else read."""
    if ledger is not None and is_url(name):
        known = _kept(ledger, report_id(name, ""))
        if known is not None:
            return known
    if _on_the_spot(name):
        reading = read(name if is_url(name) else Path(name), allow_private=allow_private)
        if published and not reading.report.published:
            source = name if is_url(name) else Path(name)
            reading = read(source, published=published, allow_private=allow_private)
        return _Told(line_of(reading), reading, entries_of(reading), kept=False)
    if ledger is None:
        raise SettingError(f'"{name}"', "there is no such file", "Name a file, a URL, or the id of a report.")
    try:
        kind, id = find_one(ledger, name, "report", "edition", "event")
    except DatelineError as error:
        what = f"there is no such file, and as an id: {error.what}"
        raise SettingError(f'"{name}"', what, "Name a file, a URL, or the id of a report.") from None
    if kind == "event":
        id = ledger.entries([id])[0].report.edition
    found = _kept(ledger, ledger.reading(id).report.id, id) if kind != "report" else _kept(ledger, id)
    if found is None:
        raise LedgerError(str(ledger.path), f"there is no report {id}", "Find its id with `dateline ask`.")
    return found


def _kept(ledger: Ledger, report: str, edition: str | None = None) -> _Told | None:
    """A report that is in the ledger: the edition that is named, or the current one."""
    editions = ledger.editions(report)
    chosen = [each for each in editions if (each.current if edition is None else each.id == edition)]
    if not chosen:
        return None
    id = chosen[0].id
    return _Told(chosen[0].report, ledger.reading(id), ledger.entries_of(id), kept=True)


def _compare(ledger: Ledger | None, one: _Told, other: _Told) -> Comparison:
    from dateline.corroboration import find_copy
    from dateline.corroboration.shingles import LEAST_SHARE

    copy = find_copy(one.reading.text, other.reading.text)
    share = round(copy.share, 3) if copy else 0.0
    both: list[Happening] = []
    shared: set[str] = set()
    for id, entries in _groups(ledger, one, other):
        if len({entry.report.edition for entry in entries}) > 1:
            both.append(_happening(ledger, one, other, id, entries, share, copy.cut if copy else None))
            shared.update(entry.id for entry in entries)
    return Comparison(
        one.line,
        other.line,
        share,
        tuple(sorted(both, key=_first_words)),
        tuple(entry for entry in one.entries if entry.id not in shared),
        tuple(entry for entry in other.entries if entry.id not in shared),
        _voices(one.reading, other.reading),
        _voices(other.reading, one.reading),
        _copier(one, other, copy.cut) if copy and share >= LEAST_SHARE else None,
        tuple(
            Run(mine, theirs, mine.of(one.reading.text))
            for mine, theirs in (zip(copy.spans, copy.other_spans, strict=True) if copy else ())
        ),
    )


def _copier(one: _Told, other: _Told, cut: Literal["one", "other"] | None) -> Literal["a", "b"] | None:
    """Which of the two has its words from the other: the later one, else the one that is cut."""
    from dateline.corroboration.moments import is_earlier

    earlier = is_earlier(one.line.published, other.line.published)
    if earlier is None:
        return {"one": "a", "other": "b", None: None}[cut]
    return "b" if earlier else "a"


def _first_words(happening: Happening) -> tuple[int, str]:
    return min(entry.event.trigger.start for entry in happening.entries), happening.id


def _groups(ledger: Ledger | None, one: _Told, other: _Told) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The entries of both, gathered by what they tell of: as the ledger has gathered them, where it has all."""
    from dateline.corroboration import find_groups

    entries = {entry.id: entry for entry in (*one.entries, *other.entries)}
    if one.kept and other.kept and all(entry.happening for entry in entries.values()):
        gathered: dict[str, list[Entry]] = {}
        for entry in entries.values():
            gathered.setdefault(entry.happening or "", []).append(entry)
        yield from ((id, tuple(members)) for id, members in gathered.items())
        return
    judgements = [*_judge(one, other), *(ledger.judgements(entries) if ledger else ())]
    for id, events in find_groups(entries, judgements).items():
        yield id, tuple(entries[event] for event in events)


def _judge(one: _Told, other: _Told) -> Iterator[Judgement]:
    """Judgements of the pairs that share a key; what one report tells apart is not compared with itself."""
    from dateline.corroboration import Context, candidate_pairs, find_profile, find_subjects, judge_pair

    told = (one, other)
    entries = {entry.id: entry for each in told for entry in each.entries}
    subjects = {each.line.edition: find_subjects(each.reading.text) for each in told}
    context = Context({each.line.edition: find_profile(each.reading.text) for each in told})
    for a, b in candidate_pairs(entries.values(), subjects):
        if entries[a].report.edition != entries[b].report.edition:
            yield judge_pair(entries[a], entries[b], context=context, at="")


def _happening(
    ledger: Ledger | None,
    one: _Told,
    other: _Told,
    id: str,
    entries: tuple[Entry, ...],
    share: float,
    cut: Literal["one", "other"] | None,
) -> Happening:
    from dateline.corroboration import find_credit, find_happening
    from dateline.corroboration.shingles import LEAST_SHARE
    from dateline.desk.happening import find_copies, open_origins

    origins = open_origins(ledger.path if ledger else None)
    credits = {each.line.edition: find_credit(each.reading.report, origins) for each in (one, other)}
    if ledger is not None and one.kept and other.kept:
        copies = find_copies(ledger, [one.line.edition, other.line.edition])
    else:
        later, earlier = (one, other) if _copier(one, other, cut) == "a" else (other, one)
        copies = ((later.line.edition, earlier.line.edition, share),) if share >= LEAST_SHARE else ()
    return find_happening(
        entries,
        origins=origins,
        copies=copies,
        credits={edition: credit for edition, credit in credits.items() if credit is not None},
        id=id,
    )


def _voices(mine: Reading, theirs: Reading) -> tuple[str, ...]:
    """The sources that only the first cites, in the order in which they are heard."""
    known = {_folded(each.source_name) for each in theirs.statements if each.source_name}
    names = {_folded(each.source_name): each.source_name for each in reversed(mine.statements) if each.source_name}
    order = dict.fromkeys(_folded(each.source_name) for each in mine.statements if each.source_name)
    return tuple(names[key] for key in order if key not in known)


def _folded(name: str | None) -> str:
    from dateline.lexicon.origins import fold_name

    return fold_name(name or "")
