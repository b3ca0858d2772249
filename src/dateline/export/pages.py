"""What is asked for, report by report: for forms that need the whole text, or statements beside the events."""

from __future__ import annotations

from msgspec import Struct

from dateline.model import Entry, Quote


class Page(Struct, frozen=True):
    """The entries and the quotes of one edition of a report that are asked for, with the text that they count in."""

    text: str
    language: str
    entries: tuple[Entry, ...]
    quotes: tuple[Quote, ...]
