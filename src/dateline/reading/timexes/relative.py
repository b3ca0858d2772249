"""Values what leans on another time: weekdays, "today", "last week", "two days later", parts of a day, clock times."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.model.timex_values import Grain, interval, shift, value_of, widen
from dateline.reading.timexes.amounts import amount_value, whole_number
from dateline.reading.timexes.case import Case, Valued, day_of, shift_year
from dateline.reading.timexes.tense import BACK, FORWARD
from dateline.reading.timexes.timeline import Anchor

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


_DURING = frozenset({"over", "for", "in", "during", "within", "throughout", "of", "through"})
"""Words after which "the next year" is a stretch to come and no date."""


def read_today(case: Case) -> Valued:
    """A day so many days from the day of writing."""
    anchor = case.timeline.here("day")
    if case.timeline.kind == "narrative" and case.fields["by"] == "0" and not case.part():
        # A history's "today" is its reader's.
        return case.explicit("PRESENT_REF")
    if anchor is None:
        return case.nowhere()
    return case.found(shift(anchor.value, int(case.fields["by"]), "day"), anchor.source)


def read_weekday(case: Case) -> Valued:
    """A weekday: the same day or the nearest before publication, the nearest after where the sentence looks on."""
    in_week = case.pointer("weekpointer")
    if in_week:
        week = case.follow(in_week, "week")
        days = interval(week.value) if week else None
        return (
            case.found(value_of(days[0] + timedelta(case.weekday - 1)), week.source)
            if week and days
            else case.nowhere()
        )
    pointer = case.pointer()
    runs_on = pointer is None and (case.timeline.kind == "narrative" or "through" in case.fields)
    leaning = runs_on or (pointer is not None and pointer.origin == "focus")
    anchor = (case.timeline.focus("day") if leaning else None) or case.timeline.publication()
    now = day_of(anchor)
    if anchor is None or now is None:
        return case.nowhere()
    day = _weekday_by(now, case.weekday, pointer.by if pointer else None, case.look(), runs_on=runs_on)
    return case.found(value_of(day) if day else None, anchor.source)


def _weekday_by(now: date, weekday: int, by: int | None, looks: int, *, runs_on: bool) -> date | None:
    """The weekday that a word points to (``by``), else the next where the story runs on, else the one looked to."""
    ahead, behind = (weekday - now.isoweekday()) % 7, (now.isoweekday() - weekday) % 7
    pointed = {-1: False, 0: looks != BACK, 1: True, None: runs_on or looks == FORWARD}
    forward = pointed[by]
    # "last Sunday" and "next Sunday" are never the day itself.
    week = 7 if by else 0
    try:
        return now + timedelta(ahead or week) if forward else now - timedelta(behind or week)
    except OverflowError:
        return None


def read_pointed(case: Case) -> Valued:
    """A unit of time that a word points to: "last week", "that month"; "the past year" is a stretch."""
    pointer, unit = case.pointer(), case.lower("units")
    if pointer is None:
        return case.nowhere()
    if pointer.stretch and unit not in ("day", "century") and (pointer.by < 0 or case.before in _DURING):
        return Valued("DURATION", amount_value("1", unit), "explicit")
    if unit == "day" and case.lower("pointers") == "this" and case.timeline.kind == "narrative":
        anchor = case.timeline.focus("day")
    elif unit == "weekend" and pointer.origin == "publication":
        return _weekend(case, pointer.by)
    else:
        anchor = case.follow(pointer, _GRAINS[unit][0])
    return case.found(anchor.value, anchor.source) if anchor else case.nowhere()


def read_weekend(case: Case) -> Valued:
    """The weekend: the one just past, or the one to come where the sentence looks on."""
    return _weekend(case, 0)


def _weekend(case: Case, by: int) -> Valued:
    anchor = case.timeline.here("day")
    now = day_of(anchor)
    if anchor is None or now is None:
        return case.nowhere()
    past = not by and now.isoweekday() < 6 and case.look() != FORWARD
    return case.found(shift(anchor.value, by - past, "weekend"), anchor.source)


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
    if anchor is None:
        return case.nowhere()
    by = (-1 if back else 1) * number * size
    return case.found(
        shift_year(anchor.value, by) if width == "year" else shift(anchor.value, by, width), anchor.source
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
        return Anchor(wide, here.source) if here and wide else None
    return timeline.focus(width) or (timeline.default() if back else None)


def _hours_off(case: Case) -> Valued:
    """Hours and minutes before or after: the day is told, the hour is not."""
    sense = case.lower("sense")
    anchor = case.timeline.here("day") if sense in ("ago", "hence") else case.timeline.focus("day")
    return Valued("TIME", f"{anchor.value}TXX:XX", anchor.source) if anchor else Valued("TIME", None, None)


def read_part(case: Case) -> Valued:
    """A part of a day: "this morning", "that night", "the next morning"."""
    pointer = case.pointer()
    in_focus = case.timeline.focus("day") or case.timeline.here("day")
    anchor = case.follow(pointer, "day") if pointer else in_focus
    return case.found(anchor.value, anchor.source) if anchor else case.nowhere()


def read_clock(case: Case) -> Valued:
    """A clock time, of the day in focus or of publication."""
    anchor = case.timeline.focus("day") or case.timeline.here("day")
    if not case.clock():
        return case.nowhere()
    return case.found(anchor.value, anchor.source) if anchor else Valued("TIME", f"T{case.clock()}", "explicit")


def read_fixed(case: Case) -> Valued:
    """A value that the rule itself tells."""
    return case.explicit(case.fields["value"])


def read_untold(case: Case) -> Valued:
    """A time that the words speak of and do not tell."""
    return case.nowhere()
