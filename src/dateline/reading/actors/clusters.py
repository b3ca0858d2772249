"""A participant while its mentions are being gathered: its names, its roles, and why each mention is one of its own."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from dateline.model import NameType, Span

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
_GAELIC = re.compile(r"(?:Mac|Fitz|Van|Des)(?=[A-Z])")


@lru_cache(maxsize=1 << 12)
def name_key(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, hyphens and possessives, for comparison.

    Names that lost their space count as two words: "AnaRuiz" is "Ana Ruiz", and "MacDonald" one word still.

    >>> name_key("Kim Jong-un’s") == name_key("KIM Jong Un")
    True
    """
    parted = name if _GAELIC.search(name) else _CAMEL.sub(" ", name)
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]s?$", "", parted)).casefold()
    return tuple(_WORD.findall("".join(mark for mark in plain if not unicodedata.combining(mark))))


class Cluster:
    """The mentions that name one participant, while they are being gathered.

    A country is known by its main name; ``nations`` are the countries that a person's roles speak of. ``gender`` is
    above zero where more speaks for a man, below zero where more speaks for a woman. ``because`` tells of each mention
    why it is one. ``named`` is False for who is known by a description alone: "an official".
    """

    def __init__(self, kind: NameType, country: str | None = None, *, named: bool = True) -> None:
        self.type = kind
        self.country = country
        self.named = named
        self.names: Counter[str] = Counter()
        self.keys: set[tuple[str, ...]] = set()
        self.mentions: list[Span] = []
        self.because: dict[Span, str] = {}
        self.roles: dict[str, None] = {}
        self.nations: set[str] = set()
        self.gender = 0
        self.plural = False

    def add(self, text: str, span: Span) -> None:
        """Takes in one more printing of the name."""
        self.names[text] += 1
        self.keys.add(name_key(text))
        self.mentions.append(span)

    def note(self, span: Span, because: str) -> None:
        """Takes in a mention that is no name, and why it is one."""
        self.mentions.append(span)
        self.because[span] = because

    def take(self, other: Cluster, because: str) -> None:
        """Takes in all that another cluster has gathered, and why it is one with this."""
        self.names.update(other.names)
        self.keys |= other.keys
        self.mentions += other.mentions
        self.because |= dict.fromkeys(other.mentions, because)
        self.roles |= other.roles
        self.nations |= other.nations
        self.gender += other.gender

    @property
    def name(self) -> str:
        """The fullest form of the name; of equally full ones the most frequent, then the first printed."""
        if self.country:
            return self.country
        order = list(self.names)
        return max(order, key=lambda name: (len(name_key(name)), self.names[name], -order.index(name)))

    def is_named(self, key: tuple[str, ...]) -> bool:
        """Whether a name, given by its key, is one that this participant goes by."""
        if not key:
            return False
        return any(same_name(self.type, key, own) for own in self.keys)


def same_name(kind: NameType, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of one type can name the same participant, so that either could stand for it.

    Of a person, parts stand for the whole (a surname, first or last), and the order of the words may be turned:
    "Orbán Viktor" is "Viktor Orbán". "Lula" is a part of "Luiz Inácio Lula da Silva".
    """
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if kind != "Person":
        return False
    if len(short) == 1:
        return short[0] in (long[0], long[-1]) or (len(long) > 2 and len(short[0]) > 3 and short[0] in long)
    if len(short) == len(long):
        return sorted(short) == sorted(long)
    return set(short) <= set(long) and (short[-1] == long[-1] or short[0] == long[0] or short[0] == long[-1])
