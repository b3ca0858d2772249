"""Clusters of event mentions over all given reports, in the form that the corroboration scorer reads.

Rows may bring their event mentions (``events`` with spans); the reading supplies the rest. What the gold says of topics
is not read unless ``gold_groups`` is asked for, and the gold clusters are never read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.stories import find_stories, pairs_of_stories
from dateline.corroboration import Context, candidate_pairs, find_groups, find_profile, find_subjects, judge_pair
from dateline.model import (
    Entry,
    Event,
    EventSource,
    Parse,
    Participant,
    Reading,
    ReportLine,
    Span,
    Token,
    event_id,
)

Row = dict[str, Any]
LEAN, UNDATED = 1.25, 1.0
"""CoNLL F1 weighs a missed link and a wrong one alike, and asks of reports that have no dates. The ledger leans to
neither side, joins what is undated with more care, and nothing of places far apart, so that it holds fewer wrong
(``as_ledger``). The first is added to the log odds of a judgement when groups are joined, the second before."""

_SUBJECTS = ("nsubj", "csubj", "agent", "poss")
_OBJECTS = ("dobj", "nsubjpass", "dative", "attr", "oprd")


def clusters(
    rows: Sequence[Row],
    readings: Sequence[Reading],
    *,
    gold_groups: str | None = None,
    mentions: Sequence[Sequence[Span]] | None = None,
    as_ledger: bool = False,
) -> list[Row]:
    """The rows' mentions with the cluster of each; ``gold_groups`` names a key ("subtopic") that parts the reports.

    ``mentions`` are those of each row in place of its own. With ``as_ledger`` events are joined no more readily than a
    ledger joins them.
    """
    entries: list[Entry] = []
    group_of: dict[str, str] = {}
    if mentions is None:
        mentions = [[Span(each["start"], each["end"]) for each in row["events"]] for row in rows]
    for row, reading, spans in zip(rows, readings, mentions, strict=True):
        entries += entries_of(row["id"], reading, spans)
        group_of[row["id"]] = str(row[gold_groups]) if gold_groups else ""
    happening_of = link(entries, readings, group_of if gold_groups else None, as_ledger=as_ledger)
    found: dict[str, list[Row]] = {row["id"]: [] for row in rows}
    for entry in entries:
        start, end = entry.event.trigger
        found[entry.report.edition].append({"start": start, "end": end, "cluster": happening_of[entry.id]})
    return [{"id": key, "events": events} for key, events in found.items()]


def link(
    entries: Sequence[Entry],
    readings: Sequence[Reading],
    group_of: Mapping[str, str] | None,
    *,
    as_ledger: bool = False,
) -> dict[str, str]:
    """The happening of each entry, by id.

    As a ledger does it: blocking, judging and grouping. Else all entries of one story are judged: of one group where
    the groups of the reports are given, else of reports that are about the same.
    """
    profiles = {reading.report.id: find_profile(reading.text) for reading in readings}
    by_id = {entry.id: entry for entry in entries}
    if as_ledger:
        subjects = {reading.report.id: find_subjects(reading.text) for reading in readings}
        context, lean = Context(profiles), 0.0
        pairs = candidate_pairs(entries, subjects)
        if group_of is not None:
            known = group_of
            pairs = ((a, b) for a, b in pairs if _story(by_id[a], known) == _story(by_id[b], known))
    else:
        context, lean = Context(profiles, undated=UNDATED, strict=False), LEAN
        pairs = pairs_of_stories(entries, group_of if group_of is not None else find_stories(profiles))
    judgements = [judge_pair(by_id[a], by_id[b], context=context, at="") for a, b in pairs]
    groups = find_groups(by_id, judgements, lean=lean)
    return {event: happening for happening, events in groups.items() for event in events}


def _story(entry: Entry, group_of: Mapping[str, str]) -> str:
    return group_of[entry.report.edition]


def entries_of(edition: str, reading: Reading, spans: Sequence[Span]) -> list[Entry]:
    """One light entry a mention: the event of the reading that has the mention, else what the parse tells."""
    parse = reading.parsed()
    line = ReportLine(edition, edition, reading.report.headline, None, reading.report.published, None)
    found = []
    for span in dict.fromkeys(spans):
        event = _event(reading, parse, span)
        sentence = _sentence(reading, span)
        found.append(Entry(event_id(edition, span), None, line, event, sentence, sentence.of(reading.text)))
    return found


def _sentence(reading: Reading, span: Span) -> Span:
    whole = next((each for each in reading.sentences if each.touches(span)), span)
    return Span(min(whole.start, span.start), max(whole.end, span.end))


def _event(reading: Reading, parse: Parse, span: Span) -> Event:
    known = next((each for each in reading.events if any(at.touches(span) for at in (each.trigger, *each.also))), None)
    tokens = parse.within(span)
    head = parse.root_of(tokens) if tokens else None
    actors, recipients = _participants(reading, parse, head) if head else ((), ())
    embedding = reading.tags.embedding(span) if reading.tags is not None else b""
    if known is None:
        return Event(
            trigger=span, also=(), type="OTHER", mode=None, actors=actors, recipients=recipients, when=None, where=None,
            status="happened", main=False, source=EventSource("reporter"), confidence=0.5, embedding=embedding,
        )  # fmt: skip
    return Event(
        trigger=span, also=(), type=known.type, mode=known.mode, actors=known.actors or actors,
        recipients=known.recipients or recipients, when=known.when, where=known.where, status=known.status,
        main=known.main, source=known.source, confidence=known.confidence, slots=known.slots, embedding=embedding,
    )  # fmt: skip


def _participants(
    reading: Reading, parse: Parse, head: Token
) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Who stands as subject and as object of a mention, by full name where the report's actors tell it."""
    full = {mention: actor.name for actor in reading.actors for mention in actor.mentions}

    def named(token: Token) -> Participant:
        span = parse.subtree_span(token)
        name = next((full[at] for at in sorted(full) if at.start <= token.start < at.end), span.of(reading.text))
        return Participant(span, name)

    def below(deps: Sequence[str]) -> tuple[Participant, ...]:
        return tuple(named(kid) for kid in parse.kids(head, *deps))

    return below(_SUBJECTS), below(_OBJECTS)
