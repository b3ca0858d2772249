"""Readings -> forms for people and other programs: HTML now, tables and the rest later.

``export_html``   one self-contained page, the text highlighted by layer
``outline``       a reading laid out for people, which every form for people shows
``times``         TIMEX3 values in order and in words
"""

from dateline.export.html import export_html

__all__ = ["export_html"]
