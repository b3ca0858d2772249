"""Why each time expression has its value, in one line: what it was reckoned from, and by which rule."""

from __future__ import annotations

from bisect import bisect_left

from dateline.export.outline import one_line
from dateline.model import Reading, Timex

EXPLICIT, PUBLICATION = "explicit", "publication date"


def explain_times(reading: Reading) -> tuple[str, ...]:
    """One line for each time expression of a reading, in order: its words, its value, and how that was found."""
    return tuple(explain_time(reading, timex) for timex in reading.timexes)


def explain_time(reading: Reading, timex: Timex) -> str:
    """The line of one time expression."""
    told = f"is {timex.value}" if timex.value is not None else "has no value"
    modified = f", {timex.mod}" if timex.mod else ""
    line = f"“{one_line(timex.span.of(reading.text))}” {told} ({timex.type}{modified}): {reason(reading, timex)}"
    zone = f"; the clock is at UTC{timex.zone}" if timex.zone else ""
    return line + zone + (f"; rule “{timex.rule}”" if timex.rule else "")


def reason(reading: Reading, timex: Timex) -> str:
    """What the value rests on: the words alone, the publication date, or another expression of the report."""
    if timex.resolved_from == EXPLICIT:
        return "told in full"
    if timex.resolved_from is None:
        return f"{timex.relation} a time that is not told" if timex.relation else "nothing tells it"
    if timex.resolved_from == PUBLICATION:
        published = (reading.report.published or "")[:10]
        source = f"the publication date, {published or 'which is not known'}"
    else:
        source = f"“{one_line(timex.resolved_from)}”{_leant_on(reading, timex)}"
    return f"{timex.relation} {source}" if timex.relation else f"from {source}"


def left_open(reading: Reading) -> tuple[Timex, ...]:
    """The time expressions without a value that the date of publication would give one."""
    return tuple(timex for timex in reading.timexes if timex.value is None and timex.resolved_from == PUBLICATION)


def _leant_on(reading: Reading, timex: Timex) -> str:
    """The value of the expression that another leans on, where it stands in the reading, whose timexes are in order."""
    if timex.anchor is None:
        return ""
    at = bisect_left(reading.timexes, timex.anchor.start, key=lambda each: each.start)
    found = reading.timexes[at] if at < len(reading.timexes) else None
    return f", {found.value}" if found and found.span == timex.anchor and found.value else ""
