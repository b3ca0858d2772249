"""Values days, months, years, seasons, quarters, decades and centuries, finding the year where it is not told."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from dateline.model.timex_values import SEASONS, shift, value_of, widen
from dateline.reading.timexes.case import Case, Valued, day_of, day_value, make_day, steps
from dateline.reading.timexes.rules import Holiday
from dateline.reading.timexes.tense import BACK, FORWARD
from dateline.reading.timexes.timeline import TOLD, Anchor

WRAP = 6
"""In a history, a month more than so many months before the one in focus is the next year's."""


class Year(NamedTuple):
    """The year that something belongs to, and how it lies to what tells it; "" where the words tell it themselves."""

    anchor: Anchor
    how: str

    @property
    def value(self) -> str:
        """The year itself."""
        return self.anchor.value

    def of(self, what: str) -> str:
        """The relation of something of this year to what tells the year."""
        return f"{what}, {self.how}" if self.how else ""


SAME_YEAR, NEXT_YEAR = "the same year as", "the year after"


def read_day(case: Case) -> Valued:
    """A day of a month."""
    day = int(case.fields["day"])
    if not case.lower("months") and not case.lower("month"):
        return _day_of_focus(case, day)
    year = _year(case)
    if year is None:
        return _nearest_day(case, day)
    return case.found(day_value(year.value, case.month, day), year.anchor, year.of(case.named("day", "months")))


def _year(case: Case) -> Year | None:
    """The year that a month belongs to: stated, pointed to, or in focus; None where publication must tell."""
    stated = case.year()
    if stated:
        return Year(TOLD.at(_before_end(case, stated)), "")
    pointed = _pointed_year(case)
    if pointed:
        return pointed
    governing = case.timeline.governing_year(case.start)
    if governing is None or (case.timeline.kind == "news" and case.look() != BACK):
        return None
    return _running_year(case, governing)


def _stated_or_pointed(case: Case) -> Year | None:
    """The year that the words tell, or that "last year", "that year" after something stand for."""
    stated = case.year()
    return Year(TOLD.at(stated), "") if stated else _pointed_year(case)


def _pointed_year(case: Case) -> Year | None:
    """The year that "last year", "that year", "the following year" after a month or season stand for."""
    pointer = case.pointer("yearpointer")
    anchor = case.follow(pointer, "year") if pointer else None
    return Year(anchor, steps(pointer.by, "year")) if pointer and anchor else None


def _before_end(case: Case, year: str) -> str:
    """The year of a month that borrowed it from the end of its range: "from October to March 2019" began in 2018."""
    end = case.lower("until").rstrip(".")
    if not end or year.startswith("BC") or case.month <= case.words.months[end]:
        return year
    return shift(year, -1, "year") or year


def _running_year(case: Case, governing: Anchor) -> Year:
    """The year in focus, or the next where the story has run over New Year since its last month."""
    month = case.timeline.focus("month")
    if month and month.value[:4] == governing.value and int(month.value[5:7]) - case.month > WRAP:
        return Year(governing.at(shift(governing.value, 1, "year") or governing.value), NEXT_YEAR)
    return Year(governing, SAME_YEAR)


def _day_of_focus(case: Case, day: int) -> Valued:
    month = case.timeline.focus("month") or case.timeline.here("month")
    value = widen(month.value, "month") if month else None
    relation = f"day {day}, {steps(0, 'month')}"
    if month is None or value is None:
        return case.nowhere(relation)
    return case.found(day_value(value[:4], int(value[5:7]), day), month, relation)


def _nearest_day(case: Case, day: int) -> Valued:
    """The day nearest to publication on the side that the sentence looks to; on the named weekday, if it can be."""
    published, looks = case.timeline.published, case.look()
    relation = f"{case.named('day', 'months')} {_SIDES[looks]}"
    if published is None:
        return case.nowhere(relation)
    days = [made for years in (-1, 0, 1) if (made := make_day(published.year + years, case.month, day))]
    nearest = _nearest(days, published, looks)
    if case.lower("weekdays"):
        # Of two years the one in which it is that weekday, but not across the side that the sentence looks to.
        named = [made for made in days if made.isoweekday() == case.weekday and (made - published).days * looks >= -1]
        nearest = _nearest(named, published, looks) or nearest
    return case.reckoned(value_of(nearest) if nearest else None, case.timeline.publication(), relation)


_SIDES = {BACK: "on or before", 0: "nearest to", FORWARD: "on or after"}
"""The side of the publication that a sentence looks to, as a relation tells it."""


def _nearest(days: list[date], published: date, looks: int) -> date | None:
    """The nearest of some days, on the side that the sentence looks to; a day at hand may lie on either."""
    if looks == BACK:
        days = [day for day in days if (day - published).days <= 1] or days
    elif looks == FORWARD:
        days = [day for day in days if (day - published).days >= -1] or days
    return min(days, key=lambda day: (abs((day - published).days), day), default=None)


def read_numeric(case: Case) -> Valued:
    """A day written in figures; where both orders are possible, the one that lies by the publication."""
    year = case.year()
    one, other = int(case.fields["a"]), int(case.fields["b"])
    if year is None:
        return case.nowhere()
    orders = [(other, one)] if case.fields.get("sep") == "." else [(one, other), (other, one)]
    values = list(dict.fromkeys(value for month, day in orders if (value := day_value(year, month, day))))
    if len(values) > 1:
        published = case.timeline.published
        values = [value for value in values if published and abs((date.fromisoformat(value) - published).days) <= 3]
    return case.explicit(values[0]) if len(values) == 1 else case.nowhere()


def read_month(case: Case) -> Valued:
    """A month."""
    pointer = case.pointer()
    if pointer and not case.year():
        return _pointed_month(case, pointer.by, pointer.origin == "focus")
    year = _year(case)
    if year:
        return case.found(f"{year.value}-{case.month:02}", year.anchor, year.of(case.named("months")))
    published, looks = case.timeline.published, case.look()
    relation = f"{case.named('months')} {_SIDES[looks]}"
    if published is None:
        return case.nowhere(relation)
    months = [date(published.year + years, case.month, 15) for years in (-1, 0, 1) if 1 < published.year < 9999]
    nearest = _nearest_month(months, published, looks)
    return case.reckoned(value_of(nearest, "month") if nearest else None, case.timeline.publication(), relation)


def _nearest_month(months: list[date], published: date, looks: int) -> date | None:
    middle = published.replace(day=15)
    if looks == BACK:
        months = [month for month in months if month <= middle]
    elif looks == FORWARD:
        months = [month for month in months if month >= middle]
    return min(months, key=lambda month: (abs((month - middle).days), month), default=None)


def _pointed_month(case: Case, by: int, from_focus: bool) -> Valued:
    """ "last July", "next May", "the following April": the nearest on that side, never the month itself."""
    anchor = case.timeline.focus("month") if from_focus else case.timeline.here("month")
    side = "before" if by < 0 else "after" if by else "of the year of"
    relation = f"{case.named('months')} {side}"
    if anchor is None:
        return case.reckoned(None, None, relation, on=not from_focus)
    year, month = int(anchor.value[:4]), int(anchor.value[5:7])
    if by < 0:
        year -= case.month >= month
    elif by > 0:
        year += case.month <= month
    return case.found(f"{year:04}-{case.month:02}" if 0 < year < 10_000 else None, anchor, relation)


def read_nth_weekday(case: Case) -> Valued:
    """The first, second … or last of a weekday in a month."""
    if case.lower("months"):
        month = read_month(case)
    else:
        here = case.timeline.focus("month") or case.timeline.here("month")
        month = case.reckoned(widen(here.value, "month") if here else None, here, steps(0, "month"))
    if month.value is None or not month.value[:4].isdigit():
        return month._replace(value=None)
    nth = -1 if "final" in case.fields else case.words.ordinals[case.lower("ordinals")]
    day = holiday_in(Holiday((), int(month.value[5:7]), weekday=case.weekday, nth=nth), int(month.value[:4]))
    relation = f"{case.named('ordinals', 'final', 'weekdays')}, {month.relation}" if month.relation else ""
    return case.found(value_of(day) if day else None, Anchor("", month.source or "", month.span), relation)


def read_year(case: Case) -> Valued:
    """A year."""
    return case.explicit(case.year())


def read_decade(case: Case) -> Valued:
    """A decade."""
    stated = case.fields.get("decade")
    if stated:
        return case.explicit(stated)
    if old := case.fields.get("old"):
        return case.explicit(f"BC{int(old):03}")
    tens = case.lower("tens")
    number = int(tens) if tens.isdigit() else case.words.tens[tens]
    return case.explicit(f"19{number}")


def read_century(case: Case) -> Valued:
    """A century: the nineteenth is TIMEX3's "18"."""
    number = int(case.fields["number"]) if "number" in case.fields else case.words.ordinals[case.lower("ordinals")]
    era = "BC" if case.fields.get("era") else ""
    return case.explicit(f"{era}{number - 1:02}" if 1 <= number <= 99 else None)


def read_season(case: Case) -> Valued:
    """A season."""
    code = case.words.seasons[case.lower("seasons")]
    year, pointer = _stated_or_pointed(case), case.pointer()
    if year is None and pointer is None:
        year = _governing(case)
    if year:
        return case.found(f"{year.value}-{code}", year.anchor, year.of(case.named("seasons")))
    anchor = case.timeline.here("month") if pointer is None or pointer.origin == "publication" else None
    anchor = anchor or case.timeline.focus("month")
    now = day_of(anchor)
    looks, by = case.look(), pointer.by if pointer else None
    side = _SIDES[looks or BACK] if by is None else "before" if by < 0 else "after" if by else _SIDES[0]
    relation = f"{case.named('seasons')} {side}"
    if anchor is None or now is None:
        return case.nowhere(relation)
    season = _season(now, code, looks, by)
    return case.found(f"{season:04}-{code}" if season else None, anchor, relation)


def _governing(case: Case) -> Year | None:
    """The year that the months and days about an expression belong to."""
    anchor = case.timeline.governing_year(case.start)
    return Year(anchor, SAME_YEAR) if anchor else None


def _season(now: date, code: str, looks: int, by: int | None) -> int | None:
    """The year of the season that a word points to (``by``), else of the nearest on the side looked to."""
    begins = {year: made for year in range(now.year - 2, now.year + 2) if (made := make_day(year, SEASONS[code], 1))}
    begun = [year for year, day in begins.items() if day <= now]
    ahead = [year for year, day in begins.items() if day > now]
    if value_of(now, "season")[5:] == code and not by:
        return begun[-1] if begun else None
    if by == -1:
        # In September "last summer" is hardly the one just over, but in March "last winter" is.
        over = 90 if code == "WI" else 180
        begun = [year for year in begun if (now - begins[year]).days >= over]
        return begun[-1] if begun else None
    if by == 0 and looks != BACK:
        return now.year
    if by == 1 or looks == FORWARD:
        return ahead[0] if ahead else None
    return begun[-1] if begun else None


def read_quarter(case: Case) -> Valued:
    """A quarter of a year."""
    pointer = case.pointer()
    if pointer:
        anchor = case.follow(pointer, "quarter")
        return case.reckoned(
            anchor.value if anchor else None, anchor, steps(pointer.by, "quarter"), on=pointer.origin == "publication"
        )
    number = int(case.fields["number"]) if "number" in case.fields else case.words.ordinals.get(case.lower("ordinals"))
    if number is None:
        before = case.timeline.focus("quarter") or case.timeline.here("quarter")
        return case.reckoned(shift(before.value, -4, "quarter") if before else None, before, steps(-4, "quarter"))
    if number > 4:
        return case.nowhere()
    year = _stated_or_pointed(case) or _governing(case)
    if year:
        return case.found(f"{year.value}-Q{number}", year.anchor, year.of(f"quarter {number}"))
    published, looks = case.timeline.published, case.look()
    relation = f"quarter {number} {'nearest to' if looks == FORWARD else _SIDES[BACK]}"
    if published is None:
        return case.nowhere(relation)
    begun = number <= (published.month + 2) // 3
    value = f"{published.year - (not begun and looks != FORWARD):04}-Q{number}"
    return case.reckoned(value, case.timeline.publication(), relation)


def read_half(case: Case) -> Valued:
    """A half of a year."""
    number = 2 if "latter" in case.fields else case.words.ordinals[case.lower("ordinals")]
    here = case.timeline.here("year")
    value = widen(here.value, "year") if here else None
    year = _stated_or_pointed(case) or (Year(here.at(value), SAME_YEAR) if here and value else None)
    if year is None:
        return case.nowhere(f"half {number}, {SAME_YEAR}")
    return case.found(f"{year.value}-H{number}", year.anchor, year.of(f"half {number}"))


def read_holiday(case: Case) -> Valued:
    """A holiday of a stated year, else the nearest on the side that the sentence looks to."""
    holiday = case.rules.holidays[case.lower("holidays")]
    year = _stated_or_pointed(case) or _governing(case)
    if year:
        day = holiday_in(holiday, int(year.value)) if year.value.isdigit() else None
        return case.found(value_of(day) if day else None, year.anchor, year.of(case.named("holidays")))
    published, pointer = case.timeline.published, case.pointer()
    looks = pointer.by if pointer and pointer.by else case.look() or BACK
    relation = f"{case.named('holidays')} {_SIDES[looks]}"
    if published is None:
        return case.nowhere(relation)
    days = [day for by in (-1, 0, 1) if (day := holiday_in(holiday, published.year + by))]
    if pointer and pointer.by:
        days = [day for day in days if day != published]
    nearest = _nearest(days, published, looks)
    return case.reckoned(value_of(nearest) if nearest else None, case.timeline.publication(), relation)


def holiday_in(holiday: Holiday, year: int) -> date | None:
    """The day of a holiday in a year."""
    if not 1 <= year <= 9999:
        return None
    if holiday.easter is not None:
        return _easter(year) + timedelta(holiday.easter)
    if holiday.month is None:
        return None
    if holiday.weekday is None:
        return make_day(year, holiday.month, holiday.day or 1)
    if holiday.nth < 0:
        last = date(year, holiday.month, monthrange(year, holiday.month)[1])
        return last - timedelta((last.isoweekday() - holiday.weekday) % 7)
    first = date(year, holiday.month, 1)
    day = 1 + (holiday.weekday - first.isoweekday()) % 7 + 7 * (holiday.nth - 1)
    return make_day(year, holiday.month, day)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the moon's nineteen-year cycle."""
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    days = moon - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))
