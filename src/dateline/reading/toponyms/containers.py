"""Finds where something lies that the gazetteer does not have, by the words around its name.

"the Kolvrin plant in Dnipro", "Kyoto's Studio 1", "Brzkwyn, a village near Lublin": the answer is the town, and it is
told that it is only what holds or borders on the thing itself. A namesake in another country is none of it: "Juno Beach
in France" is not the town in Florida.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from dateline.lexicon.gazetteer import GazetteerEntry
from dateline.model import Parse, Place, Reading, Token
from dateline.reading.toponyms.bonds import km
from dateline.reading.toponyms.mentions import Mention
from dateline.reading.toponyms.resolve import Choice

HELD = 0.8
"""How likely it is that what is named as if to hold a thing holds it."""

FAR_KM, LARGE = 300, 100_000
"""How far from what is named to hold it a place surely lies elsewhere, and how many people make it known by itself."""

SMALL = ("PPL", "ADM", "ISL", "STLMT")
"""What a thing may usefully be placed in: in a country, it could be anywhere."""


class Container(Struct, frozen=True):
    """The place that holds a thing, and how likely it is to."""

    place: Place
    chance: float


def find_containers(
    reading: Reading,
    mentions: Sequence[Mention],
    choices: Sequence[Choice],
    beside: Mapping[int, int],
    behind: Collection[str],
) -> list[Container | None]:
    """For each mention that the gazetteer has no place for, the place that it lies in, if the words tell.

    ``behind`` are the prepositions that what holds something may stand behind.
    """
    parse, known = reading.parsed(), _known(reading.parsed(), mentions, choices)
    found: list[Container | None] = []
    for index, (mention, choice) in enumerate(zip(mentions, choices, strict=False)):
        holder = None
        if not choice.matched:
            holder = _holder(choices, beside.get(index))
            holder = holder or next(
                (held for each in _told(parse, mention, known, behind) if (held := _holder(choices, each))), None
            )
        found.append(holder)
    return found


def without_namesakes(
    reading: Reading, mentions: Sequence[Mention], choices: Sequence[Choice], behind: Collection[str]
) -> list[Choice]:
    """The choices, those taken back that lie in another country than what the words tell to hold them."""
    parse, known = reading.parsed(), _known(reading.parsed(), mentions, choices)
    found = []
    for mention, choice in zip(mentions, choices, strict=False):
        top = parse.root_of(parse.within(mention.span)) if choice.matched and not mention.demonym else None
        holders = _below(parse, top, known, behind) if top is not None else []
        apart = any(_apart(choice.ranked[0][0], *choices[each].ranked[0]) for each in holders)
        found.append(Choice(choice.ranked, matched=False) if apart else choice)
    return found


def _apart(entry: GazetteerEntry, holder: GazetteerEntry, chance: float) -> bool:
    """Whether a small place lies in another country, and far, from what is fairly surely named as if to hold it.

    Of large towns the report may hold another country to be theirs: "Sevastopol in Russia".
    """
    if chance < HELD or entry.kind in ("country", "region") or entry.population > LARGE:
        return False
    countries = {entry.place.country, holder.place.country}
    return None not in countries and len(countries) == 2 and km(entry, holder) > FAR_KM


def _known(parse: Parse, mentions: Sequence[Mention], choices: Sequence[Choice]) -> dict[int, int]:
    """For each token of a name that has a place, the number of the mention."""
    return {
        token.index: index
        for index, (mention, choice) in enumerate(zip(mentions, choices, strict=False))
        if choice.matched and not mention.demonym
        for token in parse.within(mention.span)
    }


def _holder(choices: Sequence[Choice], index: int | None) -> Container | None:
    if index is None or not choices[index].matched:
        return None
    entry, chance = choices[index].ranked[0]
    return Container(entry.place, HELD * chance) if entry.place.feature.startswith(SMALL) else None


def _told(parse: Parse, mention: Mention, known: Mapping[int, int], behind: Collection[str]) -> list[int]:
    """The mentions that the tree hangs on a name, or it on them, as what holds it."""
    top = parse.root_of(parse.within(mention.span))
    if top is None:
        return []
    found = _below(parse, top, known, behind)
    for other in parse.kids(top, "appos"):  # "Brzkwyn, a village near Lublin"
        found += _below(parse, other, known, behind)
    above = parse.head(top)
    if above.index != top.index and top.dep in ("compound", "nmod") and above.pos in ("NOUN", "PROPN"):
        found += _below(parse, above, known, behind)  # "the Kolvrin plant in Dnipro"
    return found


def _below(parse: Parse, token: Token, known: Mapping[int, int], behind: Collection[str]) -> list[int]:
    owners = [kid for kid in parse.kids(token, "poss") if kid.index in known]
    holders = [
        thing
        for word in parse.kids(token, "prep")
        if word.lower in behind
        for thing in parse.kids(word, "pobj")
        if thing.index in known
    ]
    return [known[each.index] for each in (*owners, *holders)]
