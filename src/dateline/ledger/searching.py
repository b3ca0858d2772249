"""What users type to search for words, as a full-text query that SQLite understands and cannot be broken out of.

Words must all be there; a phrase stands in quotation marks, ``shell*`` stands for all words that begin so, ``OR``
between two lets either do, and a minus keeps out what has the word.
"""

from __future__ import annotations

import re
from itertools import islice

from dateline.errors import SettingError
from dateline.ledger.marks import sound

MOST_TERMS = 64

_TERM = re.compile(r"""(-?)(?:["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+))""")
_LETTER = re.compile(r"[^\W_]")


def full_text(words: str) -> str:
    """The query in SQLite's own language.

    >>> full_text('missile* "Kim Jong Un" OR summit -train')
    '("missile"* AND ("Kim Jong Un" OR "summit")) NOT ("train")'

    Raises SettingError where no word is left to look for.
    """
    wanted, unwanted = find_terms(words)
    if not wanted:
        todo = 'Give at least one word that should be there, such as missile, shell* or "peace talks".'
        raise SettingError(f'"{sound(words)}"', "there is no word to look for in this", todo)
    query = " AND ".join(
        _quoted(each[0]) if len(each) == 1 else f"({' OR '.join(map(_quoted, each))})" for each in wanted
    )
    return f"({query}) NOT ({' OR '.join(map(_quoted, unwanted))})" if unwanted else query


def find_terms(words: str) -> tuple[list[list[str]], list[str]]:
    """The words and phrases that must be there, of each list any one, and those that must not.

    >>> find_terms('missile* "Kim Jong Un" OR summit -train')
    ([['missile*'], ['Kim Jong Un', 'summit']], ['train'])
    """
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    either = False
    for minus, phrase, word in islice(_TERM.findall(sound(words)[:10_000]), MOST_TERMS):
        if word == "OR" and not minus:
            either = bool(wanted)
            continue
        term = (phrase or word).replace("\0", " ")
        if not _LETTER.search(term):
            continue
        if minus:
            unwanted.append(term)
        elif either:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        either = False
    return wanted, unwanted


def _quoted(term: str) -> str:
    """The term as a string of SQLite's, which nothing in it can end."""
    star = "*" if term.endswith("*") else ""
    return '"' + term.rstrip("*").replace('"', '""') + '"' + star
