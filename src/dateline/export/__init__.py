"""Readings and what the ledger answers -> forms for people and other programs.

``export_html``   one self-contained page, the text highlighted by layer
``FORMATS``       the forms of a ledger's entries, happenings and quotes: tables, maps, calendars, graphs and the rest
``outline``       a reading laid out for people, which every form for people shows
``times``         TIMEX3 values in order and in words
"""

from dateline.export.formats import FORMATS, Format, find_format
from dateline.export.html import export_html
from dateline.export.pages import Page

__all__ = ["FORMATS", "Format", "Page", "export_html", "find_format"]
