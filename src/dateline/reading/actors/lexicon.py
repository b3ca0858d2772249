"""What gathers the mentions of one participant, as one typed table."""

from __future__ import annotations

from msgspec import Struct


class ActorLexicon(Struct, frozen=True):
    """The word lists of ``data/languages/*/actors.toml``; all in lower case, nouns in the singular.

    ``known`` gives the full names of bodies that reports print by their initials alone.
    """

    persons: frozenset[str]
    bodies: frozenset[str]
    bare: frozenset[str]
    companies: frozenset[str]
    anyone: frozenset[str]
    groups: frozenset[str]
    countries: frozenset[str]
    pair_determiners: frozenset[str]
    pairs: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    singular: frozenset[str]
    neuter: frozenset[str]
    plural: frozenset[str]
    saying: frozenset[str]
    citing: frozenset[str]
    suspected: frozenset[str]
    victims: frozenset[str]
    generic: frozenset[str]
    units: frozenset[str]
    ordinals: frozenset[str]
    bygone: frozenset[str]
    honorifics: frozenset[str]
    members: frozenset[str]
    offices: tuple[frozenset[str], ...]
    known: dict[str, str]
    powers: dict[str, str]
    local_powers: frozenset[str]
    plural_powers: frozenset[str]
    powers_by_country: frozenset[str]
    with_article: frozenset[str]

    def kin(self, noun: str) -> frozenset[str]:
        """A noun for a person, and those that news puts for it: "judge" and "justice"."""
        return frozenset({noun}).union(*(names for names in self.offices if noun in names))

    def may_take_part(self, noun: str) -> bool:
        """Whether a noun is a word for a person, a body or a country, of which there may be several in a report."""
        kinds = (self.persons, self.anyone, self.bodies, self.companies, self.countries, self.generic)
        return noun not in self.powers and any(noun in kind for kind in kinds)

    def in_full(self, country: str) -> str:
        """A country's name as it stands in a sentence: "the United States"."""
        return f"the {country}" if country in self.with_article else country
