"""Judges whether words that could name a place name one here, by what stands over and around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.lexicon.gazetteer import GazetteerEntry, fold
from dateline.model import Name, Span, Token
from dateline.reading.toponyms.words import WordLists

LARGE_TOWN = 100_000
"""A town of at least so many people is known by its name alone."""

LARGE_REGION = 500_000
"""A region of at least so many people is known by its name even within a longer one."""

ACRONYM = 5
"""A word in capitals of at most so many letters is no name of a town, unless all is in capitals."""

DASHES = ("—", "–", "--")

PLACE_TYPES = frozenset({"Location", "Facility"})

NO = -1.0
"""The words name no place here."""

NESTED = 0.6
"""The words are part of a longer name, which is made with that of a place."""

MAYBE = 0.0
"""Nothing speaks for a place but the name itself: it is one if its neighbours or its namesakes in the report are."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Words that the gazetteer has as a name: tokens ``at`` to ``end`` of a sentence, and the places of that name.

    ``name`` is the entry of the names layer that stands over them, ``sort`` the kind of place that the words around
    ask for, ``people`` the words of the names of persons in the report.
    """

    tokens: Sequence[Token]
    at: int
    end: int
    entries: tuple[GazetteerEntry, ...]
    name: Name | None
    sort: str | None
    people: frozenset[str]
    words: WordLists

    @property
    def first(self) -> Token:
        """The first token of the name."""
        return self.tokens[self.at]

    @property
    def place_name(self) -> str:
        """The main name of the likeliest place."""
        return self.entries[0].place.name

    @property
    def single(self) -> bool:
        """Whether the name is one word."""
        return self.end - self.at == 1

    @property
    def heads(self) -> bool:
        """Whether the name heads a report as its dateline: "ROME (AP)", "LIMA, Peru", "Nairobi —", "SHAH ALAM: Police".

        What "KENYA: Police" opens is rather told of the country.
        """
        if self.at or self.end >= len(self.tokens):
            return False
        after, capitals = self.tokens[self.end].text, self.tokens[0].text.isupper()
        if after == ":":
            return capitals and not self.entries[0].place.feature.startswith("PCL")
        return after in DASHES or (after in ("(", ",", "-") and capitals)

    @property
    def of_people(self) -> bool:
        """Whether people of the place are spoken of: "a Bloomington man", "Salem police"."""
        return self.end < len(self.tokens) and self.tokens[self.end].lower in self.words.residents

    @property
    def common(self) -> bool:
        """Whether the name is a common word that hardly ever means the place that bears it."""
        return self.single and fold(self.first.text) in self.words.never

    @property
    def direction(self) -> bool:
        """Whether the name is a word such as "Northern", a place only as in "Northern Province"."""
        return self.single and self.first.lower in self.words.locative

    @property
    def whole(self) -> bool:
        """Whether the entry of the names layer is no longer than these words, but for "the" and "'s"."""
        if self.name is None:
            return False
        return self.name.start >= self.first.start - 4 and self.name.end <= self.tokens[self.end - 1].end + 2

    @property
    def partial(self) -> bool:
        """Whether the words are part of a longer name of a place: "Lake" of "Lake Kolvrin", "Mayo" of "Plaza del Mayo".

        A place named beside another is none ("Gweru, Zimbabwe", "Sudan's Blue Nile"), nor is one with a word for its
        kind or its side ("Bogura district", "North Korvan").
        """
        if self.name is None or self.name.type not in PLACE_TYPES:
            return False
        before, after = self.tokens[max(0, self.at - 1) : self.at], self.tokens[self.end : self.end + 1]
        return any(
            self.name.start <= token.start
            and token.end <= self.name.end
            and (token.text[0].isupper() or token.lower in self.words.joins)
            and token.lower not in kinds
            and not token.text.startswith(("'", "’"))
            for tokens, kinds in ((before, self.words.locative), (after, self.words.sorts))
            for token in tokens
        )

    @property
    def great(self) -> bool:
        """Whether the name is first of all that of a country, a region or a part of the world."""
        return self.entries[0].kind in ("country", "region", "area") and not self.entries[0].alternate

    @property
    def locative(self) -> bool:
        """Whether a word such as "in" or "northern" stands before the name."""
        return is_locative(self.tokens, self.at, self.words)

    @property
    def acronym(self) -> bool:
        """Whether the name is one short word in capitals, and the sentence around it is not all in capitals: "FAO"."""
        if not self.single or not self.first.text.isupper() or len(self.first.text) > ACRONYM or self.heads:
            return False
        return any(token.text[0].isalpha() and not token.text.isupper() for token in self.tokens)

    @property
    def before(self) -> str:
        """The word before the name, in lower case."""
        return self.tokens[self.at - 1].lower if self.at else ""

    @property
    def surname(self) -> bool:
        """Whether a person of this report bears the name."""
        return self.single and self.first.lower in self.people

    @property
    def runs_on(self) -> bool:
        """Whether the next word belongs to the same longer name: "Jordan Smith", "Orlando Bloom"."""
        if self.end >= len(self.tokens):
            return False
        after = self.tokens[self.end]
        return after.pos == "PROPN" and after.text[0].isupper() and not (set(after.text) & set(".,'’-"))

    @property
    def in_body(self) -> bool:
        """Whether the words go on into the name of a body or a disease: "Michigan State Police", "Marburg virus"."""
        if self.end < len(self.tokens) and self.tokens[self.end].lower in self.words.diseases:
            return True
        return self.body is not None

    @property
    def body(self) -> Span | None:
        """The name of a body that these words are the beginning of: "Michigan State Police"; None where none is."""
        for token in self.tokens[self.end : self.end + 3]:
            if not token.text[0].isupper():
                return None
            if token.lower in self.words.bodies:
                return Span(self.first.start, token.end)
        return None


def is_locative(tokens: Sequence[Token], at: int, words: WordLists) -> bool:
    """Whether a word such as "in" or "northern" stands before a token, but for "the"."""
    before = [token.lower for token in tokens[max(0, at - 4) : at] if token.lower != "the"]
    if before[-1:] == ["of"] and len(before) > 1:  # "the mayor of Lyon", "the streets of Cairo"
        return before[-2] in words.locative_of
    return bool(before) and before[-1] in words.locative


def judge(sighting: Sighting) -> float:
    """How sure it is, from 0 to 1, that the words name a place here; NO or MAYBE where that cannot be said."""
    words, name = sighting.words, sighting.name
    placed = name is not None and name.type in PLACE_TYPES
    told = sighting.sort or (placed and sighting.locative and not sighting.direction)
    if sighting.common and (sighting.partial or not told):
        return NO
    if sighting.surname and not (sighting.locative or sighting.great):
        return NO
    if sighting.acronym or (sighting.in_body and not sighting.sort):
        return NO
    if fold(sighting.place_name) in words.locative_only and not sighting.locative:
        return NO
    if sighting.heads:
        return 0.9
    if sighting.single and sighting.partial and not any(map(_known_within, sighting.entries[:3])):
        return MAYBE if sighting.name is not None and sighting.name.start == sighting.first.start else NO
    if placed:
        return 0.95 if sighting.locative or well_known(sighting.entries) or not sighting.single else 0.85
    if sighting.before in words.titles and not sighting.great:
        return NO
    if name is not None and not sighting.whole:
        return NO
    if name is not None and name.type == "Person":
        return _judge_person(sighting)
    return _judge_bare(sighting)


def judge_nested(sighting: Sighting) -> float:
    """How sure it is that words which name no place by themselves name one within a longer name: "Houston Rockets".

    Only what is known for a place can be told from the other words of such names; the rest waits for its namesakes.
    """
    name = sighting.name
    longer = name is not None and name.type in ("Organization", "Facility", "Misc") and not sighting.whole
    if not (longer or (sighting.body and name is None)) or sighting.common or sighting.surname or sighting.acronym:
        return NO
    if sighting.end < len(sighting.tokens) and sighting.tokens[sighting.end].lower in sighting.words.diseases:
        return NO
    if sighting.great or sighting.entries[0].place.feature == "PPLC" or any(map(_large, sighting.entries[:3])):
        return NESTED
    return MAYBE


def _large(entry: GazetteerEntry) -> bool:
    return entry.kind == "town" and not entry.alternate and entry.population >= LARGE_TOWN


def _known_within(entry: GazetteerEntry) -> bool:
    """Whether a place is known by its name within a longer one: a country, a large region or a large town."""
    if entry.kind == "region":
        return not entry.alternate and entry.population >= LARGE_REGION
    return _large(entry) or (entry.kind in ("country", "area") and not entry.alternate)


def _judge_person(sighting: Sighting) -> float:
    """A name that was taken for a person's: "a town called Vik", "the island of Java", but not "Jackson said"."""
    if sighting.surname or sighting.runs_on:
        return NO
    if sighting.sort or sighting.of_people:
        return 0.7
    if sighting.great and sighting.first.dep != "nsubj":
        return 0.7
    if sighting.locative and (well_known(sighting.entries) or sighting.before in sighting.words.firmly_locative):
        return 0.6
    return MAYBE if sighting.first.dep != "nsubj" else NO


def _judge_bare(sighting: Sighting) -> float:
    """A name that the names layer does not have, or takes for that of a body."""
    if sighting.great:
        return 0.9
    if sighting.surname or sighting.runs_on:
        return NO
    if not any(token.pos == "PROPN" for token in sighting.tokens[sighting.at : sighting.end]):
        return MAYBE if sighting.first.tag.startswith("NN") or sighting.first.pos == "ADJ" else NO
    if sighting.sort or sighting.of_people:
        return 0.8
    if sighting.name is not None and sighting.name.type == "NORP" and sighting.entries[0].kind == "town":
        return 0.0 if sighting.entries[0].alternate else 0.6  # "Charlottesville schools"
    if well_known(sighting.entries):
        return 0.85 if sighting.locative else 0.7
    return 0.6 if sighting.locative else MAYBE


def well_known(entries: Sequence[GazetteerEntry]) -> bool:
    """Whether a name is known for a place without more words about it: a country, a region, a large town, a site."""
    return any(_well_known(entry) for entry in entries[:5])


def _well_known(entry: GazetteerEntry) -> bool:
    people = entry.population / 5 if entry.alternate else entry.population
    if entry.kind in ("town", "region"):
        return people >= LARGE_TOWN or entry.place.feature == "PPLC" or (entry.kind == "region" and not entry.alternate)
    return entry.kind != "district"


class NamesAt:
    """Finds the name that stands over a span."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = sorted(names, key=lambda name: (name.start, name.end))
        self._starts = [name.start for name in self._names]

    def over(self, span: Span) -> Name | None:
        """The last name that starts before the span ends, if it shares a character with it."""
        index = bisect_right(self._starts, span.end - 1) - 1
        found = (name for name in self._names[max(0, index - 1) : index + 1][::-1] if name.end > span.start)
        return next(found, None)
