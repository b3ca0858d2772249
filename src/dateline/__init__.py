"""Dateline reads news reports and keeps a ledger of who did what, to whom, when, where and on whose word.

>>> import dateline
>>> reading = dateline.read("Police in Exampleville arrested two men on Friday.", published="2023-09-17")
>>> [timex.value for timex in reading.timexes]
['2023-09-15']
"""

from importlib import import_module

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
    "ask_readings",
    "backup",
    "build_places",
    "compare",
    "explain_times",
    "from_json",
    "judge",
    "read",
    "read_all",
    "reread",
    "said",
    "search_places",
    "show",
    "show_editions",
    "timeline",
    "to_json",
]

# What lies behind each name is imported when it is first asked for, so that ``dateline --help`` answers at once. Type
# checkers read __init__.pyi beside this file.
_HOMES = {
    **dict.fromkeys(
        (
            "Refusal",
            "add",
            "ask",
            "ask_readings",
            "backup",
            "compare",
            "explain_times",
            "judge",
            "read",
            "read_all",
            "reread",
            "said",
            "show",
            "show_editions",
            "timeline",
        ),
        "dateline.desk",
    ),
    **dict.fromkeys(
        (
            "DatelineError",
            "FetchError",
            "InputError",
            "LedgerError",
            "LexiconError",
            "NotEnglish",
            "SettingError",
        ),
        "dateline.errors",
    ),
    **dict.fromkeys(("Ledger",), "dateline.desk.ledger"),
    **dict.fromkeys(("build_places", "search_places"), "dateline.desk.places"),
    **dict.fromkeys(
        (
            "Question",
            "Reading",
            "Report",
            "Span",
            "answer_json",
            "from_json",
            "to_json",
        ),
        "dateline.model",
    ),
}


def __getattr__(name: str) -> object:
    """The public name, from the room that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, those that are not imported yet among them."""
    return sorted({*globals(), *_HOMES})
