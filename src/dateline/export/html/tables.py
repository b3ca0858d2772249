"""The tables beside the text: facts of publication, what happened, who said what, actors, what was set aside.

Each row carries the key that the words it rests on carry ("e3"), and each cell that rests on words links to them.
"""

from __future__ import annotations

from collections.abc import Iterable

from dateline.export.hedges import hedge
from dateline.export.html.escape import escape, escape_shown, escape_title
from dateline.export.html.marks import stands_in
from dateline.export.outline import (
    REPORTER,
    EventRow,
    Voice,
    bearing_of,
    blocks_of,
    first_words,
    layer_read,
    one_line,
    outline_actors,
    outline_aside,
    outline_events,
    outline_voices,
    tell_distance,
    tell_place,
)
from dateline.export.reasons import reason
from dateline.export.slots import tell_slot
from dateline.export.times import show_published
from dateline.model import Event, Participant, Reading, Span, Statement

KINDS = {"direct": "direct", "partly": "partly quoted", "indirect": "indirect"}


def link(reading: Reading, span: Span | None, words: str, classes: str = "") -> str:
    """Words that lead to a span of the text, or the bare words where no span stands behind them."""
    shown = escape_shown(one_line(words))
    marked = f' class="{classes}"' if classes else ""
    if span is None or not stands_in(span, len(reading.text)):
        return f"<span{marked}>{shown}</span>" if marked else shown
    return f'<a href="#at-{span.start}"{marked}>{shown}</a>'


def section(key: str, title: str, count: int | None, body: str) -> str:
    """A section of the page with its title and how many things it holds."""
    number = f' <span class="count">{count}</span>' if count is not None else ""
    return (
        f'<section id="{key}" aria-labelledby="{key}-title"><h2 id="{key}-title">{title}{number}</h2>{body}</section>'
    )


def _nothing(reading: Reading, layer: str, none_found: str) -> str:
    note = none_found if layer_read(reading, layer) else f"Not read: no annotator of {layer} was run."
    return f'<p class="note">{note}</p>'


def write_facts(reading: Reading) -> str:
    """The facts of publication as a list of terms."""
    report = reading.report
    published = escape_shown(show_published(report.published)) if report.published else "not told"
    facts = [("Published", published), ("Publisher", escape_shown(one_line(report.publisher or "not told")))]
    if report.bylines:
        facts.append(("By", escape_shown(", ".join(map(one_line, report.bylines)))))
    facts.append(("Language", "English" if report.language == "en" else escape_shown(report.language)))
    if report.origin:
        facts.append(("Origin", escape_shown(report.origin)))
    facts.append(("Read by", escape_shown(", ".join(reading.by) or "no annotator")))
    rows = "".join(f"<div><dt>{term}</dt><dd>{value}</dd></div>" for term, value in facts)
    return section("facts", "Publication", None, f"<dl>{rows}</dl>{_write_candidates(reading)}")


def _write_candidates(reading: Reading) -> str:
    candidates = reading.report.published_candidates
    if not candidates:
        return ""
    rows = "".join(
        f"<li><code>{escape_shown(one.value)}</code> to the {one.precision}, from {escape_shown(one.source)}</li>"
        for one in candidates
    )
    return (
        f"<details><summary>All that the page says of its date ({len(candidates)})</summary><ul>{rows}</ul></details>"
    )


def write_events(reading: Reading) -> str:
    """What happened: the events in the order of time."""
    rows = outline_events(reading)
    if not rows:
        return section("events", "What happened", 0, _nothing(reading, "events", "No events were found."))
    titles = ("When", "Who did what to whom", "Where", "On whose word", "Status")
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    body = "".join(_write_event(row, reading) for row in rows)
    table = f'<table class="events"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    main = '<p class="note"><span class="dot" aria-hidden="true"></span> the main events</p>'
    return section("events", "What happened", len(rows), table + (main if any(row.event.main for row in rows) else ""))


def _write_event(row: EventRow, reading: Reading) -> str:
    event = row.event
    when = link(reading, event.when.span, row.when or "", "when") if event.when else '<span class="none">no date</span>'
    where = link(reading, event.where.span, row.where or "", "where") if event.where else ""
    voice = "none" if row.word == REPORTER else "word"
    word = link(reading, event.source.span, row.word, voice)
    deed = link(reading, event.trigger, row.what or "(no words)", f"deed {event.status}")
    kind = link(reading, _first(event.evidence.type), event.type + (f" / {event.mode}" if event.mode else ""))
    sure = f'<span class="sure" title="how sure it is that there is such an event">{event.confidence:.0%}</span>'
    whom = f' <span class="arrow">→</span> {_list(reading, event.recipients, "recipient")}' if event.recipients else ""
    story = f'{_list(reading, event.actors, "actor")} {deed}{whom} <span class="type">{kind} {sure}</span>'
    slots = "".join(f" {link(reading, slot.span, tell_slot(slot), 'slot')}" for slot in event.slots)
    story += f'<div class="slots">{slots}</div>' if slots else ""
    star = '<span class="dot" title="main event"></span><span class="vh">Main event. </span>' if event.main else ""
    cells = (
        ("When", when, "when"), ("Event", star + story, None), ("Where", where, "where"),
        ("On whose word", word, "source"),
    )  # fmt: skip
    shown = "".join(f'<td data-label="{label}"{_hedged(event, name)}>{cell}</td>' for label, cell, name in cells)
    status_words = link(reading, _first(event.evidence.status), event.status)
    status = f'<span class="status {event.status}">{status_words}</span>'
    status = f'<td data-label="Status"{_hedged(event, "status")}>{status}</td>'
    classes = f"{event.status} main" if event.main else event.status
    return f'<tr id="e{row.number}" data-key="e{row.number}" class="{classes}">{shown}{status}</tr>'


def _hedged(event: Event, cell: str | None) -> str:
    """How sure a cell is and what else it might be, as its title."""
    told = hedge(event, cell) if cell is not None else None
    return f' title="{escape_title(told)}"' if told else ""


def _first(spans: tuple[Span, ...]) -> Span | None:
    return spans[0] if spans else None


def _list(reading: Reading, participants: Iterable[Participant], part: str) -> str:
    return ", ".join(link(reading, one.span, one.name, part) for one in participants)


def write_voices(reading: Reading) -> str:
    """Who said what, source by source."""
    voices = outline_voices(reading)
    number_of = {id(statement): number for number, statement in enumerate(reading.statements, start=1)}
    body = "".join(_write_voice(index, voice, number_of, reading) for index, voice in enumerate(voices))
    none = _nothing(reading, "statements", "Nobody is reported to have said anything.")
    return section("statements", "Who said what", len(reading.statements), body or none)


def _write_voice(index: int, voice: Voice, number_of: dict[int, int], reading: Reading) -> str:
    items = "".join(_write_statement(number_of[id(one)], one, reading) for one in voice.statements)
    title = escape_shown(voice.title) if voice.name else f"<i>{voice.title}</i>"
    return (
        f'<h3><span class="swatch tint{index % 6}" aria-hidden="true"></span>{title}</h3><ul class="said">{items}</ul>'
    )


def _write_statement(number: int, statement: Statement, reading: Reading) -> str:
    cue = link(reading, statement.cue, statement.cue.of(reading.text), "cue") if statement.cue else ""
    chain = ", citing ".join(escape_shown(one_line(voice)) for voice in statement.chain)
    through = f' <span class="none">through {chain}</span>' if len(statement.chain) > 1 else ""
    content = link(reading, statement.content, statement.content.of(reading.text))
    if statement.quoted == "direct":
        content = f"<q>{content}</q>"
    bearing = f' <span class="none">{escape_shown(bearing_of(statement))}</span>' if bearing_of(statement) else ""
    manner = f'<p class="manner">{cue} <span class="type">{KINDS[statement.quoted]}</span>{bearing}{through}</p>'
    return f'<li id="s{number}" data-key="s{number}">{manner}<blockquote dir="auto">{content}</blockquote></li>'


def write_actors(reading: Reading) -> str:
    """The actors, each with its roles, and how often it is mentioned."""
    rows = []
    for number, actor in outline_actors(reading):
        name = link(reading, actor.mentions[0] if actor.mentions else None, actor.name)
        roles = escape_shown(", ".join(map(one_line, actor.roles)))
        kind = escape_shown(", ".join(filter(None, (actor.type, actor.kind, actor.country))))
        cells = f'<th scope="row">{name}</th><td>{roles}</td><td>{kind}</td><td>{len(actor.mentions)}</td>'
        rows.append(f'<tr data-key="a{number}">{cells}</tr>')
    head = "".join(f'<th scope="col">{title}</th>' for title in ("Name", "Roles", "Type", "Mentions"))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    none = _nothing(reading, "actors", "No actors were found.")
    return section("actors", "Actors", len(rows), table if rows else none)


def write_times(reading: Reading) -> str:
    """The times, each with its value and what it was resolved from."""
    items = []
    for timex in reading.timexes:
        words = link(reading, timex.span, timex.span.of(reading.text))
        why = escape_shown(reason(reading, timex))
        items.append(
            f"<tr><td>{words}</td><td>{timex.type}</td><td>{escape_shown(timex.value or '?')}</td><td>{why}</td></tr>"
        )
    return _fold(reading, "timexes", "Times", ("Words", "Type", "Value", "Resolved from"), items)


def write_places(reading: Reading) -> str:
    """The places, each with its coordinates and the gazetteer's id."""
    items = []
    for toponym in reading.toponyms:
        words = link(reading, toponym.span, toponym.span.of(reading.text))
        place = toponym.place
        if place is None:
            items.append(f'<tr><td>{words}</td><td colspan="3" class="none">not in the gazetteer</td></tr>')
            continue
        name = escape_shown(tell_place(toponym, reading.text))
        where = f"{place.lat:.2f}, {place.lon:.2f}"
        items.append(f"<tr><td>{words}</td><td>{name}</td><td>{where}</td><td>{escape_shown(place.id)}</td></tr>")
    for distance in reading.distances:
        words = link(reading, distance.span, distance.span.of(reading.text))
        told = escape_shown(tell_distance(distance, reading.text))
        items.append(f'<tr><td>{words}</td><td colspan="3">{told}</td></tr>')
    return _fold(reading, "toponyms", "Places", ("Words", "Place", "Coordinates", "Gazetteer"), items)


def _fold(reading: Reading, layer: str, title: str, columns: tuple[str, ...], rows: list[str]) -> str:
    """A long table that opens when it is asked for."""
    if not rows:
        return section(layer, title, 0, _nothing(reading, layer, "None were found."))
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return section(layer, title, len(rows), f"<details><summary>Show them</summary>{table}</details>")


def write_aside(reading: Reading) -> str:
    """What was set aside, by sort; and how many captions were read as captions."""
    aside = outline_aside(reading)
    items = "".join(
        f'<li><span class="type">{escape(sort)}</span> <span class="count">{len(blocks)}</span> '
        f"{escape_shown(first_words(reading.text, blocks[0].span))}</li>"
        for sort, blocks in aside.items()
    )
    body = f'<ul class="aside">{items}</ul>' if items else '<p class="note">The page has no furniture.</p>'
    captions = len(blocks_of(reading, "caption"))
    if captions:
        counted = "1 caption was" if captions == 1 else f"{captions} captions were"
        body += f'<p class="note">{counted} read, and known for captions.</p>'
    return section("aside", "Set aside", sum(map(len, aside.values())), body)
