"""Compares who two entries name: people and countries can contradict, descriptions and bodies cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from dateline.corroboration.facts import lands_of
from dateline.corroboration.lexicon import CorroborationLexicon, open_lexicon
from dateline.model import Participant, Relation

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_PARTICLES = frozenset(
    {"de", "da", "di", "van", "von", "der", "bin", "ibn", "al", "el", "la", "le", "dos", "ben", "abu"}
)
_LONGEST = 4


class Cast(Struct, frozen=True):
    """Who stands in one slot of an event.

    ``keys`` are the telling words of the names, ``people`` holds where each is a person's full name, ``lands`` the
    countries, ``rest`` the other words where there are countries ("troops" of "Armenian troops").
    """

    keys: frozenset[str]
    people: bool
    lands: frozenset[str]
    rest: frozenset[str]


def cast_of(participants: Sequence[Participant], keys: frozenset[str]) -> Cast:
    """The cast of a slot, by the words that its names are known by."""
    lexicon = open_lexicon()
    lands = lands_of(tuple(participants), lexicon)
    words = [word.lower() for one in participants for word in _WORD.findall(one.name)]
    rest = frozenset(lexicon.stem(word) for word in words if word not in lexicon.land_of and word not in lexicon.stop)
    return Cast(keys, bool(participants) and all(is_person(one.name, lexicon) for one in participants), lands, rest)


def is_person(name: str, lexicon: CorroborationLexicon) -> bool:
    """Whether a name looks like a person's full name: two to four words with capitals, and none of a body or a land.

    >>> is_person("Tomas Veld", open_lexicon()), is_person("European Union", open_lexicon())
    (True, False)
    """
    words = _WORD.findall(name)
    if name.count(" ") != len(words) - 1 or not 2 <= len(words) <= _LONGEST:
        return False
    lower = [word.lower() for word in words]
    if any(word in lexicon.bodies or word in lexicon.generic or word in lexicon.land_of for word in lower):
        return False
    return all(word[0].isupper() or word in _PARTICLES for word in words) and not words[-1].isupper()


def compare_casts(one: Cast, other: Cast) -> Relation | None:
    """How two casts stand to each other; None where nothing can be said.

    "Police" and "two officers", or a general and his army, may be the same; two men, or troops of two lands, are not.
    """
    if one.keys == other.keys:
        return "equal"
    if one.keys <= other.keys or other.keys <= one.keys:
        return "refined"
    if one.keys & other.keys:
        return "contradicts" if _other_land(one, other) else "subset"
    return "contradicts" if (one.people and other.people) or _other_land(one, other) else None


def _other_land(one: Cast, other: Cast) -> bool:
    """Whether two casts are told apart by their country alone: "Armenian troops" and "Azerbaijani troops"."""
    return bool(one.lands and other.lands) and not one.lands & other.lands and one.rest == other.rest
