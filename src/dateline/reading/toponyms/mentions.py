"""Finds the words that name a place: in the names layer, and by reading the capitalised words against the gazetteer.

The longest match wins, so that "North Korea" is never read as "Korea".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import Struct

from dateline.lexicon.gazetteer import Gazetteer, GazetteerEntry, fold
from dateline.model import Name, Parse, Reading, Span, Token
from dateline.reading.toponyms.words import PlaceWords

LONGEST = 7
"""The most tokens in one name of a place."""

LARGE_TOWN = 100_000
"""A town of at least so many people is known by its name alone."""

PLACE_TYPES = frozenset({"Location", "Facility"})


class Mention(Struct, frozen=True):
    """Words that name a place, and what stands around them.

    ``look_up`` is the name to ask the gazetteer for; ``sort`` the kind of place that the words ask for ("the Primorye
    region"); ``demonym`` is true of "Russian"; ``sure`` says how sure we are, from 0 to 1, that a place is meant.
    """

    start: int
    end: int
    look_up: str
    sure: float
    sort: str | None = None
    demonym: bool = False


@dataclass(frozen=True, slots=True)
class MentionFinder:
    """Finds the mentions of places in one parsed reading."""

    gazetteer: Gazetteer
    words: PlaceWords

    def find(self, reading: Reading) -> list[Mention]:
        """The mentions in order of the text; none overlaps another."""
        parse = reading.parsed()
        names = _NamesAt(reading.names)
        found = list(self._scan(reading.text, parse, names))
        found.extend(self._unmatched(reading, found))
        return sorted(found, key=lambda mention: mention.start)

    def _scan(self, text: str, parse: Parse, names: _NamesAt) -> Iterator[Mention]:
        for first, end in parse.sentences:
            tokens = parse.tokens[first:end]
            at = 0
            while at < len(tokens):
                match = self._match(text, tokens, at, names)
                if match:
                    mention, at = match
                    if mention:
                        yield mention
                else:
                    at += 1

    def _match(self, text: str, tokens: Sequence[Token], at: int, names: _NamesAt) -> tuple[Mention | None, int] | None:
        """The mention that starts at a token, and where to read on; no mention where the words are another name."""
        if not _opens(tokens[at]):
            return None
        written = self._written(text, tokens, at)
        if written:
            return written
        for end in self._ends(tokens, at):
            words = text[tokens[at].start : tokens[end - 1].end]
            place = self.words.demonyms.get(fold(words))
            if place:
                return Mention(tokens[at].start, tokens[end - 1].end, place, 0.9, demonym=True), end
            entries = self.gazetteer.look_up(words)
            if entries:
                return self._judge(text, tokens, at, end, entries, names), end
        return None

    def _written(self, text: str, tokens: Sequence[Token], at: int) -> tuple[Mention, int] | None:
        """A short form, written just as in the table: "U.S." anywhere, "Calif." after a comma."""
        for end in range(min(at + 2, len(tokens)), at, -1):
            words = text[tokens[at].start : tokens[end - 1].end]
            name = self.words.short.get(words)
            if at > 1 and tokens[at - 1].text == "," and tokens[at - 2].text[0].isupper():
                name = self.words.after_comma.get(words, name)
            if name:
                return Mention(tokens[at].start, tokens[end - 1].end, name, 0.95), end
        return None

    def _ends(self, tokens: Sequence[Token], at: int) -> list[int]:
        """Where a name that starts at a token may end, farthest first."""
        ends = [at + 1]
        for index in range(at + 1, min(at + LONGEST, len(tokens))):
            token = tokens[index]
            close = token.start == tokens[index - 1].end
            if token.text[0].isupper() or (token.text[0].isdigit() and close):
                ends.append(index + 1)
            elif close and token.text[0].isalpha():  # "Punggye-ri", "Cox's Bazar"
                ends.append(index + 1)
            elif not (token.lower in self.words.words.joins or (close and token.text in ("-", "–", "'", "’", "/"))):
                break
        return ends[::-1]

    def _judge(
        self,
        text: str,
        tokens: Sequence[Token],
        at: int,
        end: int,
        entries: tuple[GazetteerEntry, ...],
        names: _NamesAt,
    ) -> Mention | None:
        """The mention that these words are, or None where they are no place here."""
        words = self.words.words
        span = Span(tokens[at].start, tokens[end - 1].end)
        before = tokens[at - 1].lower if at else ""
        name = names.over(span)
        sort, stop = self._sort(tokens, at, end)
        sure = self._sure(tokens, at, end, entries, name, sort)
        if sure <= 0:
            return None
        if stop > end and name is not None and name.type not in PLACE_TYPES:
            stop = end
        look_up = text[span.start : span.end]
        if before in words.fronts and at and tokens[at - 1].text[0].isupper():
            return None
        return Mention(span.start, tokens[stop - 1].end, look_up, sure, sort)

    def _sort(self, tokens: Sequence[Token], at: int, end: int) -> tuple[str | None, int]:
        """The kind of place that the words around a name ask for, and the end of the name with that word."""
        words = self.words.words
        if end < len(tokens) and tokens[end].lower in words.sorts:
            capital = tokens[end].text[0].isupper() and not tokens[at].text.isupper()
            return words.sorts[tokens[end].lower], end + 1 if capital else end
        back = at - 1
        if back > 0 and tokens[back].lower == "the":
            back -= 1
        if back > 0 and tokens[back].lower == "of":
            return words.sorts_of.get(tokens[back - 1].lower), end
        return None, end

    def _sure(
        self,
        tokens: Sequence[Token],
        at: int,
        end: int,
        entries: tuple[GazetteerEntry, ...],
        name: Name | None,
        sort: str | None,
    ) -> float:
        """How sure it is, from 0 to 1, that these words name a place here."""
        words = self.words.words
        first, last = tokens[at], tokens[end - 1]
        whole = name is not None and name.start >= first.start - 4 and name.end <= last.end + 3
        before = tokens[at - 1].lower if at else ""
        locative = before in words.locative or (at > 1 and before == "the" and tokens[at - 2].lower in words.locative)
        strong = well_known(entries)
        great = entries[0].kind in ("country", "region", "area") and not entries[0].alternate
        single = end - at == 1
        if (
            single
            and fold(first.text) in words.never
            and not (name and name.type in PLACE_TYPES and locative and whole)
        ):
            return 0.0
        if _in_body(tokens, end, words.bodies) and not sort:
            return 0.0
        if name is not None and name.type in PLACE_TYPES:
            return 0.95 if strong or locative or not single else 0.85
        if before in words.titles and not great:
            return 0.0
        if name is not None and name.type in ("Person", "Organization", "Product", "Misc", "NORP"):
            return 0.7 if whole and strong and (locative or great) else 0.0
        if not any(token.pos == "PROPN" for token in tokens[at:end]) and not great:
            return 0.0
        if end < len(tokens) and first.pos == "PROPN" and _runs_on(tokens[end]) and not great:
            return 0.0
        if strong:
            return 0.9 if great or locative else 0.75
        comma = end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].text[0].isupper()
        return 0.6 if locative or (comma and not single) or sort else 0.0

    def _unmatched(self, reading: Reading, found: Sequence[Mention]) -> Iterator[Mention]:
        """The place names of the names layer that the gazetteer does not have."""
        taken = sorted((mention.start, mention.end) for mention in found)
        starts = [start for start, _ in taken]
        for name in reading.names:
            if name.type not in PLACE_TYPES:
                continue
            index = bisect_right(starts, name.end - 1) - 1
            if index >= 0 and taken[index][1] > name.start:
                continue
            words = name.span.of(reading.text)
            if not any(c.isupper() for c in words) or fold(words) in self.words.words.never:
                continue
            start = name.start + 4 if words[:4].lower() == "the " and len(words) > 4 else name.start
            yield Mention(start, name.end, reading.text[start : name.end], 0.6)


def well_known(entries: Sequence[GazetteerEntry]) -> bool:
    """Whether a name is known for a place without more words about it: a country, a region, a large town, a site."""
    for entry in entries[:5]:
        if entry.kind == "town":
            if entry.population >= (LARGE_TOWN * 5 if entry.alternate else LARGE_TOWN) or entry.place.feature == "PPLC":
                return True
        elif entry.kind == "district":
            continue
        elif not entry.alternate or entry.kind in ("country", "area", "water", "land", "site"):
            return True
        elif entry.population >= LARGE_TOWN * 5:
            return True
    return False


class _NamesAt:
    """Finds the name that stands over a span."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = sorted(names, key=lambda name: (name.start, name.end))
        self._starts = [name.start for name in self._names]

    def over(self, span: Span) -> Name | None:
        """The last name that starts before the span ends, if it shares a character with it."""
        index = bisect_right(self._starts, span.end - 1) - 1
        for name in self._names[max(0, index - 1) : index + 1][::-1]:
            if name.end > span.start:
                return name
        return None


def _opens(token: Token) -> bool:
    """Whether a name of a place may start at a token."""
    return token.text[0].isupper() or token.lower in ("al", "el", "al-")


def _runs_on(token: Token) -> bool:
    """Whether the name goes on with this token, so that what stood before is not the whole of it."""
    return token.pos == "PROPN" and token.text[0].isupper() and token.text[-1] not in ".’'"


def _in_body(tokens: Sequence[Token], end: int, bodies: frozenset[str]) -> bool:
    """Whether the words go on into the name of an organisation: "Michigan State Police"."""
    for token in tokens[end : end + 3]:
        if not token.text[0].isupper():
            return False
        if token.lower in bodies:
            return True
    return False
