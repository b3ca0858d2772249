"""Dateline reads news reports and keeps a ledger of who did what, to whom, when, where and on whose word.

>>> import dateline
>>> reading = dateline.read("Police in Exampleville arrested two men on Friday.", published="2023-09-17")
>>> [timex.value for timex in reading.timexes]
['2023-09-15']
"""

from dateline.desk import (
    Refusal,
    add,
    ask,
    compare,
    judge,
    read,
    read_all,
    reread,
    said,
    show,
    show_editions,
    timeline,
)
from dateline.errors import (
    DatelineError,
    FetchError,
    InputError,
    LedgerError,
    LexiconError,
    NotEnglish,
    SettingError,
)
from dateline.ledger import Ledger
from dateline.model import Question, Reading, Report, Span, answer_json, from_json, to_json

__version__ = "0.1.0"

__all__ = [
    "DatelineError",
    "FetchError",
    "InputError",
    "Ledger",
    "LedgerError",
    "LexiconError",
    "NotEnglish",
    "Question",
    "Reading",
    "Refusal",
    "Report",
    "SettingError",
    "Span",
    "add",
    "answer_json",
    "ask",
    "compare",
    "from_json",
    "judge",
    "read",
    "read_all",
    "reread",
    "said",
    "show",
    "show_editions",
    "timeline",
    "to_json",
]
