"""Dateline reads news reports and keeps a ledger of who did what, to whom, when, where and on whose word.

>>> import dateline
>>> reading = dateline.read("Police in Exampleville arrested two men on Friday.", published="2023-09-17")
>>> [timex.value for timex in reading.timexes]
['2023-09-15']
"""

from dateline.desk import Refusal, read, read_all
from dateline.errors import DatelineError, FetchError, InputError, LexiconError, NotEnglish, SettingError
from dateline.model import Reading, Report, Span, from_json, to_json

__version__ = "0.1.0"

__all__ = [
    "DatelineError",
    "FetchError",
    "InputError",
    "LexiconError",
    "NotEnglish",
    "Reading",
    "Refusal",
    "Report",
    "SettingError",
    "Span",
    "from_json",
    "read",
    "read_all",
    "to_json",
]
