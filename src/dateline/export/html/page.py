"""The whole page: one file that asks nothing of any network, and works without its script too."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from importlib.resources import files

from dateline.export.html.article import write_article
from dateline.export.html.escape import escape, escape_shown
from dateline.export.html.tables import (
    write_actors,
    write_aside,
    write_events,
    write_facts,
    write_places,
    write_times,
    write_voices,
)
from dateline.export.outline import one_line, outline_voices
from dateline.model import PLACE_CREDIT, Reading

LAYERS = {
    "events": "Events",
    "statements": "Statements",
    "names": "Names",
    "timexes": "Times",
    "toponyms": "Places",
    "aside": "Set aside",
}
"""The switches, each with the words beside it."""

MOST_VOICES = 24
"""So many sources get a switch of their own, in the order in which they are heard."""

STATUSES = ("happened", "ongoing", "planned", "possible", "denied")


def export_html(reading: Reading) -> str:
    """One self-contained web page of a reading: the text highlighted by layer, each event leading to its words."""
    style, script = _file("page.css") + _switch_rules(reading), _file("page.js")
    title = escape(one_line(reading.report.headline or "A report without a headline"))
    article = write_article(reading)
    if "<h1 " not in article:
        article = f'<h1 class="vh">A report without a headline</h1>{article}'
    parts = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n',
        '<meta name="generator" content="Dateline">\n',
        f"<title>{title} · Dateline</title>\n<style>{style}</style>\n</head>\n<body>\n",
        _write_header(reading),
        f'<main>\n<div class="text">{article}</div>\n',
        f'<div class="ledger">\n{_write_ledger(reading)}\n</div>\n</main>\n',
        f"<footer><p>{PLACE_CREDIT}</p></footer>\n",
        f"<script>{script}</script>\n</body>\n</html>\n",
    )
    return "".join(parts)


def _file(name: str) -> str:
    return files("dateline.export.html").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy that lets this very style and this very script be used, and nothing be fetched."""
    allowed = {"style-src": style, "script-src": script}
    rules = [f"{kind} 'sha256-{_digest(content)}'" for kind, content in allowed.items()]
    return "; ".join(["default-src 'none'", *rules, "base-uri 'none'", "form-action 'none'"])


def _digest(content: str) -> str:
    return b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _write_ledger(reading: Reading) -> str:
    writers = (write_facts, write_events, write_voices, write_actors, write_times, write_places, write_aside)
    return "\n".join(write(reading) for write in writers)


def _write_header(reading: Reading) -> str:
    """The masthead, the ways into the page, and the switches of the layers."""
    ways = {"report": "Text", "events": "What happened", "statements": "Who said what", "aside": "Set aside"}
    nav = "".join(f'<a href="#{key}">{words}</a>' for key, words in ways.items())
    switches = "".join(_switch(f"show-{layer}", words, f"key-{layer}") for layer, words in LAYERS.items())
    return (
        f'<header><p class="masthead">Dateline</p><nav aria-label="Sections">{nav}</nav>'
        f'<fieldset class="switches"><legend class="vh">Layers shown in the text</legend>{switches}</fieldset>'
        f"{_write_choices(reading)}</header>\n"
    )


def _switch(key: str, words: str, classes: str) -> str:
    return f'<label><input type="checkbox" id="{key}" checked><span class="{classes}">{words}</span></label>'


def _write_choices(reading: Reading) -> str:
    """The finer switches: events by status, statements by source."""
    held = {event.status for event in reading.events}
    by_status = "".join(_switch(f"show-{one}", one, f"status {one}") for one in STATUSES if one in held)
    by_voice = "".join(
        _switch(f"show-v{number}", escape_shown(voice.title), f"tint{number % 6}")
        for number, voice in enumerate(outline_voices(reading)[:MOST_VOICES])
    )
    groups = "".join(
        f'<fieldset class="switches"><legend>{title}</legend>{switches}</fieldset>'
        for title, switches in (("Events by status", by_status), ("Statements by source", by_voice))
        if switches
    )
    return f'<details class="choices"><summary>By status and source</summary>{groups}</details>' if groups else ""


def _switch_rules(reading: Reading) -> str:
    """The rules that turn one source's statements off: one for each source that has a switch."""
    off = "background-color: transparent; border-bottom-color: transparent"
    voices = range(min(MOST_VOICES, len(outline_voices(reading))))
    return "".join(f"body:has(#show-v{number}:not(:checked)) .seg.v{number} {{ {off} }}\n" for number in voices)
