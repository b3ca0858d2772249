"""Judges whether the actors of two reports are one: by name, by role, by country, and by the company they keep."""

from __future__ import annotations

from dateline.lexicon.gazetteer import fold
from dateline.lexicon.spellings import is_spelling
from dateline.model import ActorLine, Judgement, Verdict

RULE = "corroboration.people/1"
"""Who judges, where no person has."""

SAME, DIFFERENT = 0.7, 0.4
"""From how much two actors are the same, and below how much they are not."""

_SMALL = frozenset({"of", "the", "a", "an", "for", "and", "former", "then", "late", "senior", "deputy", "chief"})


def judge_actors(one: ActorLine, other: ActorLine) -> Judgement:
    """Whether two actors of reports are one, with what speaks for it and against it.

    The same full name alone makes two the same; another spelling of it, or but a part of it, needs a role, a country
    or company in common. Two countries, or two kinds of actor, make them different.
    """
    one, other = sorted((one, other), key=lambda line: line.id)
    sure, because = _by_name(one, other)
    if one.type != other.type:
        kinds = f"one is of type {one.type}, one of type {other.type}"
        sure, because = sure - 0.6, [*because, kinds]
    if one.country and other.country:
        if one.country == other.country:
            sure, because = sure + 0.1, [*because, "the same country"]
        else:
            sure, because = sure - 0.5, [*because, f"{one.country} and {other.country}"]
    shared = _role_words(one) & _role_words(other)
    if shared:
        sure, because = sure + 0.15, [*because, f"called {', '.join(sorted(shared))} in both"]
    elif _role_words(one) and _role_words(other):
        sure, because = sure - 0.15, [*because, "other roles"]
    company = _company(one) & _company(other)
    if company:
        sure, because = sure + 0.1 + 0.05 * (len(company) > 2), [*because, f"in company of {_some(company)}"]
    sure = round(min(0.99, max(0.01, sure)), 2)
    verdict: Verdict = "same" if sure >= SAME else "different" if sure < DIFFERENT else "unsure"
    return Judgement(
        one.id, other.id, verdict, RULE, sure if verdict != "different" else 1 - sure, "; ".join(because), ""
    )


def judge_through(one: ActorLine, other: ActorLine, led: Judgement) -> Judgement:
    """That two actors are one because people have judged each the same as a third; ``led`` is what led to the other."""
    a, b = sorted((one.id, other.id))
    third = led.a if led.b == other.id else led.b
    because = f"the same as {third}, by {led.by}: {led.because}"
    return Judgement(a, b, "same", RULE, led.confidence, because, led.at)


def _by_name(one: ActorLine, other: ActorLine) -> tuple[float, list[str]]:
    a, b = fold(one.name).split(), fold(other.name).split()
    if sorted(a) == sorted(b):
        return (0.75, ["the same name"]) if len(a) > 1 else (0.6, ["the same single name"])
    if is_spelling(one.name, other.name):
        return 0.6, ["a spelling of the name"]
    if set(a) <= set(b) or set(b) <= set(a):
        return 0.5, ["a part of the name"]
    return 0.1, ["another name"]


def _role_words(line: ActorLine) -> frozenset[str]:
    return frozenset(word for role in line.roles for word in fold(role).split()) - _SMALL


def _company(line: ActorLine) -> frozenset[str]:
    own = set(fold(line.name).split())
    return frozenset(name for name in line.company if not own & set(fold(name).split()))


def _some(names: frozenset[str]) -> str:
    shown = sorted(names)[:3]
    return ", ".join(shown) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
