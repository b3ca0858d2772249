"""Finds the words that name a place: in the names layer, and by reading the capitalised words against the gazetteer.

The longest match wins, so that "North Korea" is never read as "Korea".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from dateline.lexicon.gazetteer import Gazetteer, fold
from dateline.model import Reading, Span, Token
from dateline.reading.toponyms.sightings import NO, PLACE_TYPES, NamesAt, Sighting, is_locative, judge, judge_nested
from dateline.reading.toponyms.words import PlaceWords
from dateline.reading.whole import whole

LONGEST = 7
"""The most tokens in one name of a place."""

DOUBTFUL = 0.5
"""How sure a mention is that only its neighbours or namesakes speak for."""

MONEY_OR_ROAD = re.compile(r"\$| ?\d")

NESTING = frozenset({"Organization", "Facility", "Misc", "Product"})
"""The types of names that may be made with that of a place."""

LISTED = re.compile(r"(?:,| and| or|, and|, or|/| –| -)\s*(?:the )?")
"""What stands between two places of one list: "Cairo, Giza, and Minya"."""


class Mention(Struct, frozen=True):
    """Words that name a place, and what stands around them.

    ``look_up`` is the name to ask the gazetteer for; ``sort`` the kind of place that the words ask for ("the Primorye
    region"); ``demonym`` is true of "Russian", ``article`` of "the Baltic"; ``sure`` says how sure we are, from 0 to 1,
    that a place is meant, where 0 leaves it to the neighbours. ``inside`` is the longer name that it is a part of:
    "Houston Rockets"; ``heads`` tells that it opens a report as its dateline.
    """

    start: int
    end: int
    look_up: str
    sure: float
    sort: str | None = None
    demonym: bool = False
    article: bool = False
    inside: Span | None = None
    heads: bool = False

    @property
    def span(self) -> Span:
        """Where the words stand in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class MentionFinder:
    """Finds the mentions of places in one parsed reading."""

    gazetteer: Gazetteer
    words: PlaceWords

    def find(self, reading: Reading) -> list[Mention]:
        """The mentions in order of the text; none overlaps another."""
        scan = _Scan(self.gazetteer, self.words, reading)
        found = second_chance(reading.text, list(scan.mentions()))
        found.extend(scan.unmatched(found))
        return sorted(found, key=lambda mention: mention.start)

    def home(self, publisher: str | None) -> Mention | None:
        """The place that a paper is named after, which its reports are likely near: "Reading Eagle", "Boston Globe".

        It stands nowhere in the text, and weighs only in the choice between places.
        """
        words = (publisher or "").replace("-", " ").split()[:LONGEST]
        bodies = [word.lower() in self.words.words.bodies for word in words]
        for first in range(len(words)):
            for end in range(len(words) - 1, first, -1):
                name = " ".join(words[first:end])
                common = end - first == 1 and fold(name) in self.words.words.never
                if any(bodies[end:]) and not common and self.gazetteer.knows(name):
                    return Mention(0, 0, name, 0.5)
        return None


def second_chance(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions that are sure, and the others that stand in a list with one or whose name is sure elsewhere."""
    sure = [mention.sure > 0 for mention in mentions]
    known = {
        fold(mention.look_up) for mention in mentions if mention.sure > 0 and not (mention.demonym or mention.inside)
    }
    for order in (range(1, len(mentions)), range(len(mentions) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for index in order:
            one, other = sorted((index, index + step))
            gap = (mentions[one].end, mentions[other].start)
            sure[index] = sure[index] or (
                sure[index + step]
                and not mentions[index + step].inside
                and gap[1] - gap[0] < 12
                and LISTED.fullmatch(text, *gap) is not None
            )
    return [
        mention if mention.sure > 0 else replace(mention, sure=DOUBTFUL)
        for mention, certain in zip(mentions, sure, strict=True)
        if certain or fold(mention.look_up) in known
    ]  # fmt: skip


class _Scan:
    """Reads the tokens of one report against the gazetteer."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords, reading: Reading) -> None:
        self.gazetteer = gazetteer
        self.table = words
        self.words = words.words
        self.reading = reading
        self.text = reading.text
        self.names = NamesAt(tuple(whole(reading)))
        people = (name.span.of(self.text).lower().split() for name in reading.names if name.type == "Person")
        self.refused: list[Span] = []
        self.people = frozenset(word for parts in people if len(parts) > 1 for word in parts)

    def mentions(self) -> Iterator[Mention]:
        """The mentions, sure or not, that the gazetteer or the tables of words have."""
        parse = self.reading.parsed()
        for first, end in parse.sentences:
            tokens = parse.tokens[first:end]
            at = 0
            while at < len(tokens):
                mention, at = self._match(tokens, at)
                if mention:
                    yield mention

    def _match(self, tokens: Sequence[Token], at: int) -> tuple[Mention | None, int]:
        """The mention that starts at a token, if any, and where to read on."""
        if not self._opens(tokens[at]):
            return None, at + 1
        written = self._written(tokens, at)
        if written:
            return written
        start = tokens[at].start
        for end in self._ends(tokens, at):
            stop = tokens[end - 1].end
            words = self.text[start:stop]
            key = fold(words)
            if key in self.words.blocked:
                self.refused.append(Span(start, stop))
                return None, end
            if key in self.table.demonyms:
                inside = self._longer(Span(start, stop))
                return Mention(start, stop, self.table.demonyms[key], 0.9, demonym=True, inside=inside), end
            if self.gazetteer.look_up(words):
                return self._sighted(tokens, at, end, words)
        return None, at + 1

    def _opens(self, token: Token) -> bool:
        """Whether a name of a place may start at a token."""
        return (token.text[0].isupper() and token.lower != "the") or token.lower in ("al", "el")

    def _written(self, tokens: Sequence[Token], at: int) -> tuple[Mention | None, int] | None:
        """A short form, written just as in the table: "U.S." anywhere, "Calif." after a comma."""
        for end in range(min(at + 2, len(tokens)), at, -1):
            words = self.text[tokens[at].start : tokens[end - 1].end]
            name = self.table.short.get(words)
            if at > 1 and tokens[at - 1].text == "," and self._may_lie(tokens[at - 2]):
                name = self.table.after_comma.get(words, name)
            if name and _counts(self.text, tokens[at].start, tokens[end - 1].end):
                return None, end
            if name and fold(name) in self.words.locative_only and not is_locative(tokens, at, self.words):
                return None, end
            if name:
                span = Span(tokens[at].start, tokens[end - 1].end)
                return Mention(*span, name, 0.95, inside=self._longer(span)), end
        return None

    def _may_lie(self, token: Token) -> bool:
        """Whether what a token ends may be told to lie somewhere: "Anaheim, Calif.", but not "Dali Mpofu, SC"."""
        name = self.names.over(Span(token.start, token.end))
        return token.text[0].isupper() and (name is None or name.type != "Person")

    def _ends(self, tokens: Sequence[Token], at: int) -> list[int]:
        """Where a name that starts at a token may end, farthest first."""
        ends = [at + 1]
        for index in range(at + 1, min(at + LONGEST, len(tokens))):
            token = tokens[index]
            close = token.start == tokens[index - 1].end
            if token.text[0].isupper() or (close and token.text[0].isalnum()):  # "Cox's Bazar", "Punggye-ri"
                if not self._goes_on(self.text[tokens[at].start : tokens[index - 1].end]):
                    break
                ends.append(index + 1)
            elif not (token.lower in self.words.joins or (close and token.text in ("-", "–", "'", "’", "/"))):
                break
        return ends[::-1]

    def _goes_on(self, words: str) -> bool:
        """Whether a longer name may begin with these words: one of the gazetteer, or one in the tables of words."""
        return fold(words) in self.table.openings or self.gazetteer.opens(words)

    def _sighted(self, tokens: Sequence[Token], at: int, end: int, words: str) -> tuple[Mention | None, int]:
        """The mention that these words are, or none where they are no place here."""
        span = Span(tokens[at].start, tokens[end - 1].end)
        name = self.names.over(span)
        sort, stop = self._sort(tokens, at, end)
        entries = self.gazetteer.look_up(words)
        sighting = Sighting(tokens, at, end, entries, name, sort, self.people, self.words)
        sure, inside = judge(sighting), self._longer(span)
        if sure == NO:
            sure, inside = judge_nested(sighting), inside or sighting.body
        if sure == NO:
            if not sighting.partial or sighting.in_body or sighting.first.lower in self.words.bodies:
                self.refused.append(span)
            return None, end
        if stop > end and name is not None and name.type not in PLACE_TYPES and name.end > tokens[stop - 1].end:
            stop = end
        if inside and span.start <= inside.start and inside.end <= tokens[stop - 1].end:
            inside = None
        article = _article(tokens, at, end)
        heads = sighting.heads
        return Mention(span.start, tokens[stop - 1].end, words, sure, sort, False, article, inside, heads), stop

    def _longer(self, span: Span) -> Span | None:
        """The name that goes on beyond these words, if it is one of a body, a building or a thing."""
        name = self.names.over(span)
        if name is None or name.type not in NESTING or not name.span.covers(span):
            return None
        end = name.end - 2 if self.text[name.end - 2 : name.end] in ("'s", "’s") else name.end
        start = name.start + 4 if self.text[name.start : name.start + 4].lower() == "the " else name.start
        return Span(start, end) if start < span.start or span.end < end else None

    def _sort(self, tokens: Sequence[Token], at: int, end: int) -> tuple[str | None, int]:
        """The kind of place that the words around a name ask for, and the end of the name with that word."""
        if end < len(tokens) and tokens[end].lower in self.words.sorts:
            capital = tokens[end].text[0].isupper() and not tokens[at].text.isupper()
            return self.words.sorts[tokens[end].lower], end + 1 if capital else end
        told = self._told(tokens, end)
        if told:
            return told, end
        back = at - 1
        if back > 0 and tokens[back].lower == "the":
            back -= 1
        if back > 0 and tokens[back].lower in ("of", "called", "named"):
            return self.words.sorts_of.get(tokens[back - 1].lower), end
        return None, end

    def _told(self, tokens: Sequence[Token], end: int) -> str | None:
        """The kind that is told right after a name: "Vik, a small town in", "The Amur is a river"."""
        words = [token.lower for token in tokens[end : end + 6]]
        for opening in ((",", "a"), (",", "an"), (",", "the"), ("is", "a"), ("was", "a"), ("is", "an"), ("is", "the")):
            if tuple(words[:2]) == opening:
                told = (self.words.sorts.get(word) for word in words[2:])
                nouns = (token.tag.startswith(("NN", "JJ", "VB")) for token in tokens[end + 2 : end + 6])
                return next((sort for sort, noun in zip(told, nouns, strict=False) if sort and noun), None)
        return None

    def unmatched(self, found: Sequence[Mention]) -> Iterator[Mention]:
        """The place names of the names layer that the gazetteer does not have."""
        taken = sorted([*((mention.start, mention.end) for mention in found), *self.refused])
        starts = [start for start, _ in taken]
        for name in whole(self.reading):
            index = bisect_right(starts, name.end - 1) - 1
            if name.type not in PLACE_TYPES or (index >= 0 and taken[index][1] > name.start):
                continue
            words = name.span.of(self.text)
            start = name.start + 4 if words[:4].lower() == "the " and len(words) > 4 else name.start
            if self._may_be_unknown(self.text[start : name.end]):
                yield Mention(start, name.end, self.text[start : name.end], 0.6)

    def _may_be_unknown(self, words: str) -> bool:
        """Whether words that no gazetteer has may yet name a place: no code, no person's name, no common word."""
        key = fold(words)
        if key in self.words.never or key in self.words.blocked or words.lower() in self.people:
            return False
        return any(c.isupper() for c in words) and not any(c.isdigit() for c in words) and not words.isupper()


def _article(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether "the" belongs to the name, as towns never have it: "over the Baltic.", but "the Boston bombing"."""
    if not at or tokens[at - 1].lower != "the":
        return False
    return end == len(tokens) or tokens[end].pos not in ("NOUN", "PROPN", "ADJ")


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a short form belongs to an amount or a road: "US$5m", "$US 5m", "U.S. 82"."""
    return text[start - 1 : start] == "$" or MONEY_OR_ROAD.match(text, end) is not None
