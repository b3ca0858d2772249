"""Reads the numbers of a sentence: figures and words, ranges, and what hedges make of them, as intervals.

>>> words = cut("Between 10 and 15 died, at least $3.2m was lost, and dozens fled.")
>>> [(each.number, each.low, each.high) for each in find_amounts(words, open_slot_words())]
[(None, 10.0, 15.0), (3200000.0, 3200000.0, None), (None, 24.0, 99.0)]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.reading.events.slot_words import SlotWords, open_slot_words

__all__ = ["Amount", "Word", "cut", "find_amounts", "open_slot_words"]

_TOKEN = re.compile(
    r"\d+(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    r"|(?<=\d)[^\W\d_]+(?:/h)?\b"  # the unit of "200km-long"
    r"|[^\W\d_](?:\w|[-'’./](?=[^\W_]))*\$?|[^\s\w]"
)
_MOST_DIGITS = 15
"""What has more digits is a number of an account or a jest: no count."""
_MOST = 1e18
"""No count is larger."""
_AROUND = 0.15
_LONGEST_HEDGE = 4
_JOINERS = frozenset({"to", "-", "–", "—"})
_YEARS = range(1800, 2101)
_BEFORE_YEARS = frozenset({"in", "since", "of", "by", "until", "from", ",", ""})


class Word(NamedTuple):
    """A word of a sentence in lower case, and where it stands; ``figure`` says that it is a number in figures."""

    text: str
    start: int
    end: int
    figure: bool
    capital: bool


class Amount(NamedTuple):
    """A number as it is told: from the first word of its hedge or sign to the word after it, and what it allows.

    ``at`` is where the number itself begins. ``number`` is None of a range, ``high`` where there is no upper bound;
    ``sign`` is the currency that stands before it.
    """

    first: int
    at: int
    end: int
    number: float | None
    low: float
    high: float | None
    sign: str | None


class _Plain(NamedTuple):
    """A number without its hedges: where it ends, what it allows, and the scale that was named with it."""

    end: int
    low: float
    high: float
    scale: float = 1.0


def cut(sentence: str) -> list[Word]:
    """The words of a sentence."""
    found = []
    for match in _TOKEN.finditer(sentence):
        word = match[0]
        found.append(Word(word.lower(), *match.span(), word[0].isdecimal(), word[0].isupper()))
    return found


def find_amounts(words: Sequence[Word], lexicon: SlotWords) -> list[Amount]:
    """The numbers of a sentence in order; dates, clock times, years and parts of names are none."""
    found: list[Amount] = []
    at = 0
    while at < len(words):
        plain = _plain(words, at, lexicon)
        if plain is None:
            at += 1
            continue
        if not _is_date(words, at, plain.end, lexicon) and not _is_name(words, at, plain.end, lexicon):
            amount = _whole(words, at, plain, lexicon)
            if amount is not None:
                found.append(amount)
                plain = plain._replace(end=amount.end)
        at = plain.end
    return found


def _whole(words: Sequence[Word], at: int, plain: _Plain, lexicon: SlotWords) -> Amount | None:
    """The number with the other end of its range, its sign and its hedges."""
    sign, first = _sign(words, at, lexicon)
    other = _other_end(words, at, plain, lexicon)
    if other is not None:
        if words[first - 1].text == "from" and any(
            each.text in lexicon.table.changing for each in words[max(0, first - 5) : first]
        ):
            return None
        plain = other
    first, hedge = _hedge(words, first, lexicon)
    end = plain.end
    for length in (2, 1):
        after = lexicon.hedge_after.get(" ".join(each.text for each in words[end : end + length]))
        if hedge is None and after is not None and end + length <= len(words):
            hedge, end = after, end + length
    if words[first - 1].text == "between" and first and other is not None:
        first -= 1
    low, high = _widened(plain.low, plain.high, hedge)
    return Amount(first, at, end, plain.low if plain.low == plain.high else None, low, high, sign)


def _plain(words: Sequence[Word], at: int, lexicon: SlotWords) -> _Plain | None:
    """The number that begins at a word; None where none does."""
    table = lexicon.table
    for length in (3, 2, 1) if words[at].text in lexicon.vague_from else ():
        known = table.vague.get(" ".join(each.text for each in words[at : at + length]))
        if known is not None:
            end, scale = _scaled(words, at + length, lexicon)
            return _sound(_Plain(end, known[0] * scale, known[1] * scale if scale == 1 else (known[1] + 1) * scale - 1))
    if words[at].figure:
        value = _figure(words, at, lexicon)
        if value is None:
            return None
        end, scale = _scaled(words, at + 1, lexicon)
        return _sound(_Plain(end, value * scale, value * scale, scale))
    return _spelled(words, at, lexicon)


def _figure(words: Sequence[Word], at: int, lexicon: SlotWords) -> float | None:
    """The value of figures; None where letters are glued to them that are no unit: "7th", "1e999", "3D"."""
    text = words[at].text.replace(",", "")
    after = [each.start for each in words[at + 1 : at + 3]]
    if len(after) == 2 and after[1] == words[at].end + 1 and words[at + 1].text == "." and words[at + 2].figure:
        return None  # "1.2.3"
    if sum(map(str.isdecimal, text)) > _MOST_DIGITS:
        return None
    if at + 1 < len(words) and words[at + 1].start == words[at].end and words[at + 1].text[0].isalpha():
        glued = words[at + 1].text
        if glued not in lexicon.noun_of and glued not in lexicon.table.scales:
            return None
    return float(text)


def _scaled(words: Sequence[Word], end: int, lexicon: SlotWords) -> tuple[int, float]:
    """Where the words for a scale after a number end, and the scale: "2.5 million", "12 hundred thousand"."""
    scale = 1.0
    while end < len(words) and words[end].text in lexicon.table.scales and scale < _MOST:
        if words[end].text == "m" and not _is_million(words, end, lexicon):
            break
        scale *= lexicon.table.scales[words[end].text]
        end += 1
    return end, scale


def _is_million(words: Sequence[Word], at: int, lexicon: SlotWords) -> bool:
    """Whether an "m" after figures stands for millions, and not for metres: "$5m", "5m people", but "5m tall"."""
    if any(each.text in lexicon.table.signs for each in words[max(0, at - 5) : at]):
        return True
    return any(each.text in lexicon.noun_of for each in words[at + 1 : at + 3])


def _spelled(words: Sequence[Word], at: int, lexicon: SlotWords) -> _Plain | None:
    """A number in words: "two hundred and fifty thousand", "a dozen", "half a million"."""
    scales = lexicon.table.scales
    first, text = at, words[at].text
    share = 1.0
    if text == "half" and at + 2 < len(words) and words[at + 1].text in ("a", "an"):
        first, share = at + 2, 0.5
    elif text in ("a", "an") and at + 1 < len(words):
        first = at + 1
    if first != at:
        if words[first].text not in scales or len(words[first].text) < 3:
            return None
        end, scale = _scaled(words, first, lexicon)
        return _sound(_Plain(end, share * scale, share * scale, scale))
    total, current, end, scale = 0.0, _simple(text, lexicon), at + 1, 1.0
    if current is None:
        return None
    while end < len(words):
        text = words[end].text
        more = _simple(text, lexicon)
        joined = text == "and" and end + 1 < len(words) and (current or total) % 100 == 0
        if joined and total + current and (more := _simple(words[end + 1].text, lexicon)) is not None and more < 100:
            end += 1
            text = words[end].text
        if more is not None and _goes_on(current, more):
            current += more
        elif text in scales and len(text) > 2 and total < _MOST:
            scale = float(scales[text])
            if scale <= 100:
                current *= scale
            elif current:
                total, current = total + current * scale, 0.0
            else:
                total *= scale
        else:
            break
        end += 1
    if end < len(words) and words[end - 1].text == "and":
        end -= 1
    value = total + current
    return _sound(_Plain(end, value, value, scale))


def _goes_on(current: float, more: float) -> bool:
    """Whether a simple number goes on with what was read: "two hundred | fifty", "twenty | one"."""
    rest = current % 100
    return (rest == 0 and more < 100) or (rest >= 20 and rest % 10 == 0 and more < 10)


def _simple(word: str, lexicon: SlotWords) -> float | None:
    """The value of one word for a number: "twelve", "twenty-one"."""
    known = lexicon.table.words
    if word in known:
        return float(known[word])
    tens, dash, ones = word.partition("-")
    if dash and known.get(tens, 0) >= 20 and known.get(ones, 10) < 10:
        return float(known[tens] + known[ones])
    return None


def _sound(plain: _Plain) -> _Plain | None:
    return plain if plain.high <= _MOST else None


def _sign(words: Sequence[Word], at: int, lexicon: SlotWords) -> tuple[str | None, int]:
    """The currency that stands before a number, and where it begins: "US$5m", "Rs 500"."""
    signs = lexicon.table.signs
    dot = 1 if at > 1 and words[at - 1].text == "." and words[at - 2].text == "rs" else 0
    for length in (2, 1):
        if at - dot >= length:
            text = "".join(each.text for each in words[at - dot - length : at - dot])
            if text in signs:
                return signs[text], at - dot - length
    return None, at


def _other_end(words: Sequence[Word], at: int, plain: _Plain, lexicon: SlotWords) -> _Plain | None:
    """The range that a number opens: "10 to 15", "10-15", "between 10 and 15", "ten or twelve", "3 to 5 million"."""
    end = plain.end
    if end + 1 >= len(words) or plain.low != plain.high:
        return None
    joiner = words[end].text
    before = {each.text for each in words[max(0, at - 3) : at]}
    if not (joiner in _JOINERS or joiner == "or" or (joiner == "and" and "between" in before)):
        return None
    start = end + 1
    while start < len(words) - 1 and words[start].text in lexicon.table.signs:
        start += 1
    other = _plain(words, start, lexicon)
    if other is None or other.low != other.high or _is_date(words, start, other.end, lexicon, within=True):
        return None
    low = plain.low * other.scale if plain.scale == 1 and plain.low * other.scale <= other.low else plain.low
    return _Plain(other.end, low, other.low) if low < other.low else None


def _hedge(words: Sequence[Word], first: int, lexicon: SlotWords) -> tuple[int, str | None]:
    """Where the words before a number begin that widen it, and how: "at least", "nearly"."""
    for length in range(min(_LONGEST_HEDGE, first), 0, -1):
        hedge = lexicon.hedge_of.get(" ".join(each.text for each in words[first - length : first]))
        if hedge is not None:
            return first - length, hedge
    return first, None


def _widened(low: float, high: float, hedge: str | None) -> tuple[float, float | None]:
    """The interval as a hedge widens it."""
    if hedge in ("least", "more"):
        return low, None
    if hedge in ("most", "fewer"):
        return 0.0, high
    if hedge == "under":
        return round(low * (1 - _AROUND), 3), high
    if hedge == "around":
        return round(low * (1 - _AROUND), 3), round(high * (1 + _AROUND), 3)
    return low, high


def _is_date(words: Sequence[Word], first: int, end: int, lexicon: SlotWords, *, within: bool = False) -> bool:
    """Whether figures are part of a date, a clock time or an age: "14 July", "in 2013", "7:30", "a 12-year-old".

    ``within`` says that they are the second end of a range, which a dash may open.
    """
    if not words[first].figure:
        return False
    text = words[first].text
    before = words[first - 1] if first else None
    after = words[end] if end < len(words) else None
    if _is_month(before, lexicon) or _is_month(after, lexicon):
        return True
    told, next_ = before.text if before else "", after.text if after else ""
    rupees = told == "." and first > 1 and words[first - 2].text in lexicon.table.signs
    if next_ in (":", "/", *lexicon.table.no_counts) or (told in (":", "/", ".") and not rupees):
        return True
    if told == "-" and not within:
        return True
    if next_ == "-" and _is_age(words, end + 1):
        return True
    if not (len(text) == 4 and text.isdecimal() and int(text) in _YEARS):
        return False
    dashed = next_ in ("-", "–") and end + 1 < len(words) and words[end + 1].figure
    return dashed or told in _BEFORE_YEARS or not next_.isalpha()


def _is_month(word: Word | None, lexicon: SlotWords) -> bool:
    return word is not None and word.capital and word.text in lexicon.table.months


def _is_age(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].text.endswith("-old")


def _is_name(words: Sequence[Word], at: int, end: int, lexicon: SlotWords) -> bool:
    """Whether figures end a name that a number or an article opens: "10 Leopard 2 tanks", "the Boeing 747"."""
    if at < 2 or not words[at].figure or not words[at - 1].capital or words[at - 1].text in lexicon.table.signs:
        return False
    opening = words[at - 2]
    return opening.figure or opening.text in ("a", "an", "the") or _simple(opening.text, lexicon) is not None
