"""What --verbose adds: the actors, the times and the places, each with what it was made from."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding

from dateline.cli.page.pen import Pen
from dateline.export.outline import one_line, outline_actors, tell_distance, tell_role
from dateline.export.reasons import reason
from dateline.model import PLACE_CREDIT, Place, Reading, Toponym


def show_details(reading: Reading, pen: Pen) -> Iterator[RenderableType]:
    """Actors with roles and mention counts, times with values and what they lean on, places with coordinates."""
    yield from _show_actors(reading, pen)
    yield from _show_times(reading, pen)
    yield from _show_places(reading, pen)


def _show_actors(reading: Reading, pen: Pen) -> Iterator[RenderableType]:
    yield from pen.heading("Actors", len(reading.actors))
    if not reading.actors:
        yield pen.nothing(reading, "actors", "no actors were found")
        return
    grid = pen.grid(None, 12, 4)
    for _, actor in outline_actors(reading):
        told = [*map(one_line, actor.roles), *filter(None, (actor.kind, actor.country))]
        about = pen.text(", ".join(dict.fromkeys(told)), "dim")
        grid.add_row(pen.text(actor.name), pen.text(actor.type, "dim"), pen.text(f"{len(actor.mentions)}×"), about)
    yield Padding(grid, (0, 0, 0, 2))


def _show_times(reading: Reading, pen: Pen) -> Iterator[RenderableType]:
    yield from pen.heading("Times", len(reading.timexes))
    if not reading.timexes:
        yield pen.nothing(reading, "timexes", "no times were found")
        return
    grid = pen.grid(None, 8, None)
    for timex in reading.timexes:
        grid.add_row(
            pen.text(one_line(timex.span.of(reading.text))),
            pen.text(timex.type, "dim"),
            pen.text(timex.value or "?"),
            pen.text(reason(reading, timex), "dim"),
        )
    yield Padding(grid, (0, 0, 0, 2))


def _show_places(reading: Reading, pen: Pen) -> Iterator[RenderableType]:
    yield from pen.heading("Places", len(reading.toponyms))
    if not reading.toponyms:
        yield pen.nothing(reading, "toponyms", "no places were found")
        return
    grid = pen.grid(None, 5)
    for toponym in reading.toponyms:
        sure = pen.text(f"{toponym.confidence:.0%}" if toponym.place else "", "dim")
        words = pen.text(one_line(toponym.span.of(reading.text)))
        grid.add_row(words, sure, pen.text(" · ".join((_describe(toponym), *tell_role(toponym, reading.text)))))
    yield Padding(grid, (0, 0, 0, 2))
    for distance in reading.distances:
        yield Padding(pen.text(tell_distance(distance, reading.text)), (0, 0, 0, 2))
    yield Padding(pen.text(PLACE_CREDIT, "dim"), (0, 0, 0, 2))


def _describe(toponym: Toponym) -> str:
    """The place a name stands for, and those it might have stood for."""
    if toponym.place is None:
        return "not in the gazetteer"
    others = ", ".join(_short(place) for place in toponym.runners_up[:3])
    place = toponym.place
    holder = "in " if toponym.container else ""
    found = f"{holder}{_short(place)} · {place.lat:.2f}, {place.lon:.2f} · {place.feature} · {place.id}"
    return found + (f" · or else {others}" if others else "")


def _short(place: Place) -> str:
    return f"{place.name}, {place.country}" if place.country else place.name
