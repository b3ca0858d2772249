"""Tells the language of a report, and refuses those that Dateline does not read."""

from __future__ import annotations

import re

from dateline.errors import NotEnglish
from dateline.lexicon.tables import read_table

ENOUGH = 40
"""With fewer letters than this nobody can tell a language; such a text gets the benefit of the doubt."""

SAMPLE = 6_000
"""How much of a report is looked at, in characters."""

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    {"the", "and", "of", "with", "said", "from", "that", "was", "were", "has", "by", "for", "to", "at", "in", "on"}
)  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPT = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f]")


def require_english(text: str, where: str, declared: str | None = None) -> None:
    """Nothing, where a report is in English or nobody can tell.

    Two detectors must agree that it is not (on which other one it is, the short sentence leaves them free to differ),
    or one of them with what the page declares.
    Raises NotEnglish, which names the language.
    """
    found = find_language(text, declared)
    if found != "en":
        names = read_table("languages/names.toml", dict[str, str])
        language = names.get(found, f'another language ("{found}")' if found else "another script")
        raise NotEnglish(
            where, f"the report is in {language}, and Dateline reads English only", "Give it an English report."
        )


def find_language(text: str, declared: str | None = None) -> str:
    """The code of the language of a text: "en" unless there is evidence enough against it."""
    sample = text[:SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters < ENOUGH and len(_SCRIPT.findall(sample)) < ENOUGH / 4:
        return "en"
    from resiliparse.parse.lang import detect_fast

    first, _ = detect_fast(sample, cutoff=1200)
    second = _classify(sample)
    named = next((code for code in (second, first) if len(code) == 2 and code != "en"), second)
    if len(_SCRIPT.findall(sample)) > letters / 2:
        return named if named not in ("en", "unknown") else ""
    if "en" in (first, second) or _has_english_words(sample):
        return "en"
    stated = (declared or "").lower()[:2]
    return named if first != "unknown" or stated == second else "en"


def _has_english_words(sample: str) -> bool:
    """Whether the small words of a text are English, whatever its names are: "Łukasz and Thiệu met on Monday"."""
    words = [word.lower() for word in _WORD.findall(sample)]
    small = [word for word in words if word in _ENGLISH]
    return len(small) >= 2 and len(small) > 0.15 * len(words) and not {"the", "and", "of"}.isdisjoint(small)


def _classify(sample: str) -> str:
    import py3langid

    return str(py3langid.classify(sample)[0])
