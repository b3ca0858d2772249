"""Values what leans on another time: weekdays, "today", "last week", "two days later", parts of a day, clock times."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.model.timex_values import Grain, interval, shift, value_of, widen
from dateline.reading.timexes.amounts import amount_value, whole_number
from dateline.reading.timexes.case import Case, Valued, day_of, shift_year, steps
from dateline.reading.timexes.rules import Pointer
from dateline.reading.timexes.tense import BACK, FORWARD
from dateline.reading.timexes.timeline import EXPLICIT, Anchor

_GRAINS: dict[str, tuple[Grain, int]] = {
    "day": ("day", 1),
    "weekend": ("weekend", 1),
    "week": ("week", 1),
    "fortnight": ("week", 2),
    "month": ("month", 1),
    "quarter": ("quarter", 1),
    "year": ("year", 1),
    "decade": ("decade", 1),
    "century": ("century", 1),
}
"""The width and the number of it that a unit shifts a date by."""


def read_today(case: Case) -> Valued:
    """A day so many days from the day of writing."""
    anchor, by = case.timeline.here("day"), int(case.fields["by"])
    if case.timeline.kind == "narrative" and not by and not case.part():
        # A history's "today" is its reader's.
        return case.explicit("PRESENT_REF")
    return case.reckoned(shift(anchor.value, by, "day") if anchor else None, anchor, steps(by, "day"))


def read_weekday(case: Case) -> Valued:
    """A weekday: the same day or the nearest before publication, the nearest after where the sentence looks on."""
    in_week = case.pointer("weekpointer")
    if in_week:
        week = case.follow(in_week, "week")
        days = interval(week.value) if week else None
        value = value_of(days[0] + timedelta(case.weekday - 1)) if days else None
        return case.reckoned(value, week, f"{case.named('weekdays')}, {steps(in_week.by, 'week')}")
    pointer = case.pointer()
    runs_on = pointer is None and (case.timeline.kind == "narrative" or "through" in case.fields)
    leaning = runs_on or (pointer is not None and pointer.origin == "focus")
    anchor = (case.timeline.focus("day") if leaning else None) or case.timeline.publication()
    now, by, looks = day_of(anchor), pointer.by if pointer else None, case.look()
    # The weekday that a word points to, else the next where the story runs on, else the one looked to.
    forward = {-1: False, 0: looks != BACK, 1: True, None: runs_on or looks == FORWARD}[by]
    # "last Sunday" and "next Sunday" are never the day itself.
    relation = f"{case.named('weekdays')} {'' if by else 'on or '}{'after' if forward else 'before'}"
    if anchor is None or now is None:
        return case.nowhere(relation)
    day = _weekday_by(now, case.weekday, 7 if by else 0, forward=forward)
    return case.found(value_of(day) if day else None, anchor, relation)


def _weekday_by(now: date, weekday: int, week: int, *, forward: bool) -> date | None:
    """The nearest such weekday on a side of a day; ``week`` is what lies between where it is that day's."""
    ahead, behind = (weekday - now.isoweekday()) % 7, (now.isoweekday() - weekday) % 7
    try:
        return now + timedelta(ahead or week) if forward else now - timedelta(behind or week)
    except OverflowError:
        return None


def read_pointed(case: Case) -> Valued:
    """A unit of time that a word points to: "last week", "that month"; "the past year" is a stretch."""
    pointer, unit = case.pointer(), case.lower("units")
    if pointer is None:
        return case.nowhere()
    lasting = pointer.by < 0 or case.before in case.words.leads.during
    if pointer.stretch and unit not in ("day", "century") and lasting:
        return Valued("DURATION", amount_value("1", unit), EXPLICIT)
    if unit == "day" and case.lower("pointers") == "this" and case.timeline.kind == "narrative":
        anchor = case.timeline.focus("day")
    elif unit == "weekend" and pointer.origin == "publication":
        return _weekend(case, pointer.by)
    elif case.lower("pointers") == "the same" and case.timeline.kind == "news" and case.look() == FORWARD:
        # "It will be restored in the course of the day": what is to come is reckoned from the day of writing.
        anchor = case.follow(Pointer(0, "publication"), _GRAINS[unit][0])
    elif case.fields.get("bare") and unit == "year" and case.timeline.kind == "news":
        # "the end of the year" is that of the year of writing, unless a day or month of another has just been told.
        anchor = case.timeline.governing_year(case.start) or case.follow(Pointer(0, "publication"), "year")
    else:
        anchor = case.follow(pointer, _GRAINS[unit][0])
    return case.reckoned(
        anchor.value if anchor else None, anchor, steps(pointer.by, unit), on=pointer.origin == "publication"
    )


def read_weekend(case: Case) -> Valued:
    """The weekend: the one just past, or the one to come where the sentence looks on."""
    return _weekend(case, 0)


def _weekend(case: Case, by: int) -> Valued:
    anchor = case.timeline.here("day")
    now, looks = day_of(anchor), case.look()
    relation = "weekend after" if by > 0 or looks == FORWARD else "weekend before" if by else "weekend on or before"
    if anchor is None or now is None:
        return case.nowhere(relation)
    past = not by and now.isoweekday() < 6 and looks != FORWARD
    return case.found(shift(anchor.value, by - past, "weekend"), anchor, relation)


def read_shift(case: Case) -> Valued:
    """So many units before or after publication or the time in focus; an untold number is past or future."""
    sense = case.lower("sense")
    back = sense in ("ago", "earlier", "prior", "before", "previously", "beforehand")
    unit, number = _unit_and_number(case)
    if unit not in _GRAINS:
        return _hours_off(case)
    if number is None:
        return case.explicit("PAST_REF" if back else "FUTURE_REF")
    width, size = _GRAINS[unit]
    anchor = _shift_from(case, width, sense, back)
    by = (-1 if back else 1) * number * size
    relation = steps(by, width)
    if anchor is None:
        return case.reckoned(None, None, relation, on=back or sense == "hence")
    return case.found(
        shift_year(anchor.value, by) if width == "year" else shift(anchor.value, by, width), anchor, relation
    )


def _unit_and_number(case: Case) -> tuple[str, int | None]:
    """The unit and the whole number of it; halves are counted in the next smaller unit."""
    words = case.lower("units").split()
    unit = case.words.units.get(words[-1] if words else case.lower("plural"), "")
    if not words:
        return unit, None
    if "numbers" not in case.fields:
        return unit, 1
    return whole_number(case.number(), unit, more=bool(case.fields.get("more")))


def _shift_from(case: Case, width: Grain, sense: str, back: bool) -> Anchor | None:
    timeline = case.timeline
    if sense in ("ago", "hence"):
        here = timeline.here("day") or timeline.here(width)
        wide = widen(here.value, width) if here else None
        return here.at(wide) if here and wide else None
    return timeline.focus(width) or (timeline.default() if back else None)


def _hours_off(case: Case) -> Valued:
    """Hours and minutes before or after: the day is told, the hour is not."""
    sense = case.lower("sense")
    anchor = case.timeline.here("day") if sense in ("ago", "hence") else case.timeline.focus("day")
    relation = "some hours from"
    if anchor is None:
        return case.reckoned(None, None, relation, on=sense in ("ago", "hence"))._replace(type="TIME")
    return Valued("TIME", f"{anchor.value}TXX:XX", anchor.source, relation, anchor.span)


def read_part(case: Case) -> Valued:
    """A part of a day: "this morning", "that night", "the next morning"."""
    pointer = case.pointer()
    in_focus = case.timeline.focus("day") or case.timeline.here("day")
    anchor = case.follow(pointer, "day") if pointer else in_focus
    relation = f"{case.named('parts')}, {steps(pointer.by if pointer else 0, 'day')}"
    on = pointer is None or pointer.origin == "publication"
    return case.reckoned(anchor.value if anchor else None, anchor, relation, on=on)


def read_clock(case: Case) -> Valued:
    """A clock time, of the day in focus or of publication."""
    anchor = case.timeline.focus("day") or case.timeline.here("day")
    if not case.clock():
        return case.nowhere()
    if anchor is None:
        return Valued("TIME", f"T{case.clock()}", EXPLICIT)
    return case.found(anchor.value, anchor, f"{case.clock()}, {steps(0, 'day')}")


def read_fixed(case: Case) -> Valued:
    """A value that the rule itself tells."""
    return case.explicit(case.fields["value"])


def read_untold(case: Case) -> Valued:
    """A time that the words speak of and do not tell."""
    return case.nowhere()
