"""Finds names: those that the network tagged, each within one sentence, told to the tokens that they cover."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from dateline.lexicon.countries import Countries
from dateline.lexicon.gazetteer import fold
from dateline.model import Name, Parse, Reading, Span, Token

_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_BEFORE_SIGN = re.compile(r"[A-Z](?=\w*[a-z]{2})\w+\s+(?=[$£€¥])")
_BEHIND = re.compile(r"\b(?:in|at|from|near|of|to|across|around|outside)\s+\Z", re.IGNORECASE)
_EITHER = re.compile(r"\s+(?:or|and)\s+")
_IN_CURRENCY = re.compile(
    r"(?:[$£€¥₹]|\b[A-Z][A-Za-z]{1,2}\.?)\s?\d|\d\S*\s(?:(?:thousand|million|billion|trillion|lakh|crore)\s)?"
    r"(?!thousand|million|billion|trillion|lakh|crore)[A-Za-z]{3,}"
)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


@dataclass(frozen=True, slots=True)
class NameReader:
    """Finds the names of a report; spans do not overlap and stand in the order of the text."""

    countries: Countries
    name: str = "names.en/9"

    @classmethod
    def load(cls, language: str = "en") -> NameReader:
        """The reader of a language, its countries opened; all else that it knows is the network's."""
        return cls(Countries.load(language))

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its names, and its tokens with the types of the names that they stand in."""
        names = list(as_countries(find_names(reading), reading.text, self.countries))
        names = list(as_surnames(names, reading.text, self.countries))
        parse = reading.parsed()
        tokens = list(parse.tokens)
        for token, name in covered(parse, names):
            tokens[token.index] = replace(token, entity=name.type, entity_start=token.start <= name.start)
        parse = replace(parse, tokens=tuple(tokens))
        return replace(reading, names=tuple(names), parse=parse, by=(*reading.by, self.name))


def find_names(reading: Reading) -> list[Name]:
    """The tagged names without article and possessive; none crosses the end of a sentence."""
    parse = reading.parsed()
    found: list[Name] = []
    for tag in reading.tagged().names:
        article = _ARTICLE.match(reading.text, tag.start, tag.end)
        start = article.end() if article else tag.start
        possessive = _POSSESSIVE.search(reading.text[start : tag.end])
        end = start + possessive.start() if possessive else tag.end
        if tag.type == "Money" and (before := _BEFORE_SIGN.match(reading.text, start, end)):
            start = before.end()
        for part in amounts(reading.text, start, end) if tag.type == "Money" else (Span(start, end),):
            tokens = parse.within(part)
            if part.start < part.end and tokens and tokens[0].sentence == tokens[-1].sentence:
                found.append(Name(part.start, part.end, tag.type))
    return found


def amounts(text: str, start: int, end: int) -> Iterator[Span]:
    """The amounts of money that a stretch holds, where each has its currency: "Rs 50,000 or 5,000 rupees" is two."""
    for between in _EITHER.finditer(text, start, end):
        left, right = text[start : between.start()], text[between.end() : end]
        if _IN_CURRENCY.search(left) and _IN_CURRENCY.search(right):
            yield Span(start, between.start())
            start = between.end()
    yield Span(start, end)


def as_countries(names: Sequence[Name], text: str, countries: Countries) -> Iterator[Name]:
    """The names, those of a person that are a country's a place, unless a person's longer name in the report has them.

    In a text of few words the network sees little of "Chad"; of 3,737 countries' names in the names data that stand in
    no person's name, seven are persons.
    """
    longer = {
        fold(word) for each in names if each.type == "Person" for word in _words_beside_others(each.span.of(text))
    }
    for each in names:
        word = each.span.of(text)
        country = each.type == "Person" and fold(word) not in longer and countries.named(word) == word
        yield replace(each, type="Location") if country else each


def as_surnames(names: Sequence[Name], text: str, countries: Countries) -> Iterator[Name]:
    """The names, those of one word that ends a person's longer name in the report persons, but where they name a place.

    "Mwaure" is a person where "David Mwaure" is one; "in Lincoln" is in a town. A country's name may begin the person's
    too, and have an accent there: "Chad" is Chad Smith, "Jordan" Leandro Jordán, but "in Jordan" is in the country.
    """
    people = [words for each in names if each.type == "Person" and (words := _words_beside_others(each.span.of(text)))]
    last = {words[-1] for words in people}
    ends = {fold(word) for words in people for word in (words[0], words[-1])}
    for each in names:
        word = each.span.of(text)
        behind = _BEHIND.search(text, max(0, each.start - 12), each.start) is not None
        if countries.named(word) is not None:
            person = fold(word) in ends and not behind
        else:
            person = word in last and not (each.type == "Location" and behind)
        yield replace(each, type="Person") if person and each.type not in ("Date", "Money") else each


def _words_beside_others(name: str) -> list[str]:
    words = name.split()
    return words if len(words) > 1 else []


def covered(parse: Parse, names: Iterable[Name]) -> Iterator[tuple[Token, Name]]:
    """The tokens that stand in names, each with its name."""
    for name in names:
        for token in parse.within(name.span):
            yield token, name
