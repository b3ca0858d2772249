"""Tells what a place name does where it stands: it names the scene, or those who act there, a thing, a tongue.

"rain in Paris" is literal, "Paris said" is a metonym, "the Paris mayor" a modifier, "French" a demonym, in "she spoke
French" a language, and "Paris Match" has a name embedded.
"""

from __future__ import annotations

from dateline.lexicon.gazetteer import fold
from dateline.model import Parse, Place, Role, Token
from dateline.reading.toponyms.mentions import Mention
from dateline.reading.toponyms.words import PlaceWords, RoleWords


def role_of(mention: Mention, place: Place | None, parse: Parse, table: PlaceWords) -> Role:
    """The role of a mention; ``place`` is what it stands for."""
    words = table.roles
    if mention.inside is not None:
        return "embedded"
    tokens = parse.within(mention.span)
    top = parse.root_of(tokens)
    if mention.demonym:
        return "language" if top is not None and _is_language(tokens[-1], parse, words) else "demonym"
    if mention.heads:
        return "dateline"
    if top is None:
        return "literal"
    if place is not None and _may_act(place) and _acts(top, parse, words):
        return "metonym"
    head = parse.head(top)
    sort = mention.sort or head.lower in table.words.sorts  # "the Primorye region" is the place itself
    if top.dep in ("compound", "nmod", "amod") and head.pos == "NOUN" and head.index > top.index and not sort:
        return "modifier"
    return "literal"


def _may_act(place: Place) -> bool:
    """Whether those who govern a place are called by its name: countries, regions and capitals."""
    return place.feature.startswith(("PCL", "ADM1", "PPLC")) or place.feature in ("PAL", "CONT")


def _acts(top: Token, parse: Parse, words: RoleWords) -> bool:
    """Whether a name stands for those who act: "Moscow said", "by Russia", "talks with Tehran", "Cairo's refusal"."""
    first = top
    while first.dep == "conj" and first.head != first.index:  # "Seoul and Washington agreed"
        first = parse.head(first)
    head = parse.head(first)
    if first.dep == "nsubj":
        return head.pos in ("VERB", "AUX") and head.lemma not in words.states
    if first.dep == "poss":
        return head.lemma in words.acts
    if first.dep != "pobj":
        return False
    above = parse.head(head)
    if head.dep == "agent":
        return above.lemma not in words.states
    return head.lower in words.dealing and above.lemma in words.acts


def _is_language(token: Token, parse: Parse, words: RoleWords) -> bool:
    """Whether a word for a people is meant as their tongue: "in Russian", "speaks Arabic", "French-language"."""
    if fold(token.text) not in words.tongues:
        return False
    following = parse.tokens[token.index + 1 : token.index + 3]
    if any(each.lower in words.speech for each in following if each.text not in ("-", "–")):
        return True
    above = parse.head(token)
    if token.dep == "pobj" and above.lower in ("in", "into", "from"):
        return token.tag.startswith("NN") or token.pos in ("PROPN", "NOUN", "ADJ")
    return token.dep in ("dobj", "npadvmod", "oprd") and above.lemma in words.speaking
