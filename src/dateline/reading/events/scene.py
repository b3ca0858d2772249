"""One reading laid out for this layer: who, when, where and on whose word at each token."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from operator import attrgetter
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from dateline.model import Actor, Block, Name, Parse, Reading, Span, Statement, Tags, Telling, Timex, Token, Toponym
from dateline.model.timex_values import grain, interval
from dateline.reading.events.clauses import climb, is_bound
from dateline.reading.events.lexicon import EventWords
from dateline.reading.events.spots import Key, Naming, Spot, find_namings, find_spots, tell_number


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


P = TypeVar("P", bound=_Placed)
A = ParamSpec("A")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Scene:
    """A reading's layers by token index, worked out once."""

    reading: Reading
    parse: Parse
    words: EventWords
    actor_at: dict[int, Actor]
    name_at: dict[int, Name]
    timex_at: dict[int, Timex]
    toponym_at: dict[int, Toponym]
    statements_at: dict[int, tuple[Statement, ...]]
    """For each token inside the content of statements: these, the innermost first."""
    cue_at: dict[int, Statement]
    """For each token of the words that report a statement: the statement."""
    blocks: tuple[Block, ...]
    headline_words: frozenset[str]
    times_in_sentence: dict[int, tuple[Timex, ...]]
    times_in_block: dict[int, tuple[Timex, ...]]
    places_in_sentence: dict[int, tuple[Toponym, ...]]
    places_in_block: dict[int, tuple[Toponym, ...]]
    country_names: dict[str, str]
    """The countries that the report names, by their two-letter codes."""
    tags: Tags | None
    """What the network says, where it has read the report."""
    published: str | None = None
    """The day of publication as a value; None where it is not known to the day."""
    starts: list[int] = field(default_factory=list)
    days: tuple[Timex, ...] = ()
    """The times that name one day, in order; those left out that are the bound of something."""
    told_today: bool = False
    """Whether one of them is the day of publication."""
    value_at: dict[int, str] = field(default_factory=dict)
    """The day, month, year or interval of the expression that begins with a word, by the word's number in the tags."""
    spot_at: dict[int, Key] = field(default_factory=dict)
    """The spot of the place whose name begins with a word."""
    day_of_word: dict[str, Timex] = field(default_factory=dict)
    """For the lemma of each verb and noun that a day hangs on: the first such day."""
    places: tuple[Toponym, ...] = ()
    """The toponyms that may tell where something is: not the place in the name of a body, "the Houston Rockets"."""
    spots: dict[Key, Spot] = field(default_factory=dict)
    """The spots of these places, in order of their first mentions."""
    spots_told: tuple[str, ...] = ()
    """How many spots there are, and whether all lie in one country."""
    namings: dict[Span, Naming] = field(default_factory=dict)
    """What the words of each of these places say, by their spans."""
    general_at: frozenset[int] = frozenset()
    """The tokens that say that something is told in general: "usually"."""
    here: tuple[tuple[Token, Toponym], ...] = ()
    """The words that stand for the place that the report is datelined from, and that place."""
    known: dict[object, dict[Hashable, Any]] = field(default_factory=dict)
    """What functions of this scene have answered: see ``once``."""

    @property
    def text(self) -> str:
        """The report's text."""
        return self.reading.text

    def happening(self, token: Token) -> float | None:
        """How likely the network takes a token for a happening; None where it has not read the word."""
        word = self.tags.word(token.start) if self.tags is not None else None
        return self.tags.happening[word] if self.tags is not None and word is not None else None

    def telling(self, token: Token) -> Telling | None:
        """What the network says of the happening that a token may tell of; None where it says nothing."""
        return self.telling_at(token.start)

    def telling_at(self, start: int) -> Telling | None:
        """The same of the word that starts at a place in the text."""
        word = self.tags.word(start) if self.tags is not None else None
        return self.tags.tellings.get(word) if self.tags is not None and word is not None else None

    def tagged_words(self) -> tuple[int, ...]:
        """Where the words that the network has read start in the text, in order."""
        return self.tags.starts if self.tags is not None else ()

    def likely_type(self, token: Token) -> str:
        """The type that the network takes the happening of a token for; "none" where it says nothing."""
        told = self.telling(token)
        return max(told.types, key=told.types.__getitem__) if told is not None else "none"

    def block_of(self, token: Token) -> int:
        """The number, from 0, of the readable block that a token stands in."""
        at = bisect_right(self.starts, token.start)
        return at - 1 if at else 0


def once(key: Callable[[Any], Hashable]) -> Callable[[Callable[A, R]], Callable[A, R]]:
    """Makes a function of a scene work out each answer once for the last thing that it is given, told by its key.

    Many events of a report hang on the same words, and are held against the same times and places.
    """

    def wrap(find: Callable[A, R]) -> Callable[A, R]:
        @wraps(find)
        def found(*given: A.args, **named: A.kwargs) -> R:
            scene, at = cast(Scene, given[0]), key(given[-1])
            answers = scene.known.get(find)
            if answers is None:
                answers = scene.known[find] = {}
            if at not in answers:
                answers[at] = find(*given, **named)
            return cast(R, answers[at])

        return found

    return wrap


by_token = once(attrgetter("index"))
"""Makes a function of a scene and, last, a token of it work out each answer once."""
by_span = once(attrgetter("span"))
"""The same of what stands at a span: a time, a place."""


def lay_out(reading: Reading, words: EventWords) -> Scene:
    """The scene of a reading."""
    parse = reading.parsed()
    times = sorted(reading.timexes, key=lambda each: each.span)
    places = tuple(toponym for toponym in reading.toponyms if toponym.role != "embedded")
    days = tuple(timex for timex in times if _to_the_day(timex) and not is_bound(parse, timex, words.bounds))
    blocks = tuple(block for block in reading.report.blocks if block.readable)
    starts = [block.start for block in blocks]
    namings = find_namings(parse, places)
    published = _day_of(reading)
    spots = find_spots(parse, places, namings, words.firmly_locative, starts)
    statements = _statements(reading, parse)
    return Scene(
        reading,
        parse,
        words,
        _actors(reading, parse),
        _by_token(parse, reading.names),
        _by_token(parse, reading.timexes),
        _by_token(parse, places),
        statements,
        _cues(reading, parse),
        blocks,
        _headline(parse, blocks),
        *_by_sentence_and_block(parse, reading.timexes, blocks),
        *_by_sentence_and_block(parse, places, blocks),
        _countries(reading),
        reading.tags,
        published,
        starts,
        days,
        any((timex.value or "").split("T")[0] == published for timex in days),
        _by_word(reading.tags, ((time.span, (time.value or "").split("T")[0] or None) for time in times)),
        _by_word(reading.tags, ((span, naming.key) for span, naming in namings.items())),
        _days_of_words(parse, days),
        places,
        spots,
        tell_number(spots.values()),
        namings,
        general_at=frozenset(token.index for token in parse.tokens if token.lower in words.general),
        here=tuple(_here(parse, places, statements, words.here)),
    )


def _here(
    parse: Parse, places: Iterable[Toponym], statements: Mapping[int, tuple[Statement, ...]], here: Collection[str]
) -> Iterator[tuple[Token, Toponym]]:
    """The words that stand for the place of a dateline: in the reporter's mouth alone, a speaker may be elsewhere."""
    dateline = next((toponym for toponym in places if toponym.role == "dateline"), None)
    if dateline is None:
        return
    for token in parse.tokens:
        said = statements.get(token.index, ())
        if token.lower in here and all(each.quoted == "indirect" for each in said):
            yield token, dateline


def _day_of(reading: Reading) -> str | None:
    day = (reading.report.published or "")[:10]
    return day if grain(day) == "day" and interval(day) else None


def _by_word(tags: Tags | None, found: Iterable[tuple[Span, R | None]]) -> dict[int, R]:
    """What begins with each word that the network has read, by the word's number."""
    words = ((tags.word(span.start), each) for span, each in found) if tags is not None else ()
    return {word: each for word, each in words if word is not None and each is not None}


def _to_the_day(timex: Timex) -> bool:
    value = timex.value or ""
    return timex.type in ("DATE", "TIME") and grain(value) == "day" and interval(value) is not None


def _days_of_words(parse: Parse, days: Iterable[Timex]) -> dict[str, Timex]:
    found: dict[str, Timex] = {}
    for timex in days:
        top = parse.root_of(parse.within(timex.span))
        for above in climb(parse, top) if top is not None else ():
            if above.pos in ("VERB", "NOUN"):
                found.setdefault(above.lemma, timex)
            if above.pos == "VERB":
                for kid in parse.kids(above, "nsubj", "nsubjpass", "dobj"):
                    found.setdefault(kid.lemma, timex)
                break
    return found


def _by_token(parse: Parse, items: Iterable[P]) -> dict[int, P]:
    return {token.index: item for item in items for token in parse.within(item.span)}


def _by_sentence_and_block(
    parse: Parse, items: Iterable[P], blocks: tuple[Block, ...]
) -> tuple[dict[int, tuple[P, ...]], dict[int, tuple[P, ...]]]:
    starts = [block.start for block in blocks]
    by_sentence: dict[int, list[P]] = {}
    by_block: dict[int, list[P]] = {}
    for item in sorted(items, key=lambda each: each.span):
        words = parse.within(item.span)
        if words:
            by_sentence.setdefault(words[0].sentence, []).append(item)
            by_block.setdefault(max(0, bisect_right(starts, item.span.start) - 1), []).append(item)
    return _frozen(by_sentence), _frozen(by_block)


def _frozen(lists: dict[int, list[P]]) -> dict[int, tuple[P, ...]]:
    return {key: tuple(items) for key, items in lists.items()}


def _actors(reading: Reading, parse: Parse) -> dict[int, Actor]:
    # Where mentions nest ("the ministry of Japan"), the longer goes first and the shorter, inside it, prevails.
    mentions = [(mention, actor) for actor in reading.actors for mention in actor.mentions]
    mentions.sort(key=lambda pair: (pair[0].start - pair[0].end, pair[0].start))
    return {token.index: actor for mention, actor in mentions for token in parse.within(mention)}


def _statements(reading: Reading, parse: Parse) -> dict[int, tuple[Statement, ...]]:
    found: dict[int, tuple[Statement, ...]] = {}
    for statement in sorted(reading.statements, key=lambda each: (each.content.start - each.content.end, each.content)):
        for token in parse.within(statement.content):
            found[token.index] = (statement, *found.get(token.index, ())[:3])
    return found


def _cues(reading: Reading, parse: Parse) -> dict[int, Statement]:
    reported = ((one.cue, one) for one in reading.statements)
    return {token.index: one for cue, one in reported if cue is not None for token in parse.within(cue)}


def _headline(parse: Parse, blocks: tuple[Block, ...]) -> frozenset[str]:
    """The telling lemmas of the headline, or of the first block where none is marked."""
    top = [block for block in blocks if block.kind in ("headline", "standfirst")] or list(blocks[:1])
    return frozenset(
        token.lemma for block in top for token in parse.within(block.span) if token.pos in ("NOUN", "PROPN", "VERB")
    )


def _countries(reading: Reading) -> dict[str, str]:
    places = (toponym.place for toponym in reading.toponyms if toponym.place is not None)
    # "Warplanes sent from the Soviet Union" makes nothing else in the report lie in the Soviet Union.
    today = (place for place in places if place.feature.startswith("PCL") and place.feature != "PCLH")
    return {place.country: place.name for place in today if place.country}
