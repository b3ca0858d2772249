"""Gathers the participants of a report: names first, then the descriptions and pronouns that stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from dateline.lexicon.actor_kinds import open_kinds
from dateline.lexicon.countries import Countries
from dateline.lexicon.tables import read_table
from dateline.model import Actor, ActorKind, Name, Parse, Reading, Span, Token
from dateline.reading.actors.clusters import Cluster
from dateline.reading.actors.lexicon import ActorLexicon
from dateline.reading.actors.memory import gender_of
from dateline.reading.actors.mentions import Walk
from dateline.reading.actors.variants import GATHERED, Form, NameMention, find_clusters
from dateline.reading.whole import whole

_PLACED = frozenset(
    {"in", "at", "near", "outside", "inside", "around", "to", "from", "through", "across", "of", "into"}
)
"""The prepositions after which a capital is a town: "talks in Moscow", but "talks with Moscow"."""

_REST = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class ActorReader:
    """Finds who takes part in a report; actors stand in the order of their first mention, and so do their mentions."""

    lexicon: ActorLexicon
    countries: Countries
    name: str = "actors.en/12"

    @classmethod
    def load(cls, language: str = "en") -> ActorReader:
        """The reader of a language, its word lists opened."""
        return cls(read_table(f"languages/{language}/actors.toml", ActorLexicon), Countries.load(language))

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its actors."""
        named = find_clusters(reading.text, self.find_mentions(reading), self.lexicon.known)
        credits = [block.credit for block in reading.report.blocks if block.credit is not None]
        walk = Walk(reading.text, reading.parsed(), named, self.lexicon, credits, reading.tags)
        walk.run()
        clusters = sorted(walk.clusters, key=lambda cluster: min(cluster.mentions))
        actors = tuple(_actor(f"a{number}", cluster) for number, cluster in enumerate(clusters, start=1))
        return replace(reading, actors=actors, by=(*reading.by, self.name))

    def find_mentions(self, reading: Reading) -> list[NameMention]:
        """The names that can be a participant, each with the sex or the country that it tells."""
        parse, found = reading.parsed(), []
        names = [name for name in _rejoined(reading.text, whole(reading)) if name.type in GATHERED]
        spoken = {country for name in names if (country := self.countries.named(name.span.of(reading.text)))}
        for name in names:
            tokens = parse.within(name.span)
            before = [token for token in parse.within(Span(max(0, name.start - 12), name.start)) if token.text != "."]
            gender = gender_of((token.lower for token in before[-1:]), self.lexicon) if name.type == "Person" else 0
            country, form = self._country(reading.text, parse, name, tokens, spoken)
            found.append(NameMention(name, gender, country, form))
        return found

    def _country(
        self, text: str, parse: Parse, name: Name, tokens: Sequence[Token], spoken: set[str]
    ) -> tuple[str | None, Form]:
        """The country that a name speaks of: its own, its people's ("Russian bombers") or its capital's ("Moscow").

        ``spoken`` holds the countries that the report names: a capital stands for its country only where it does.
        """
        words, top = name.span.of(text), parse.root_of(tokens)
        if name.type == "Person" or top is None:
            return None, "name"
        if name.type == "NORP" or top.tag in ("JJ", "AFX"):
            people = self.countries.of_people(words) if top.tag in ("JJ", "AFX") or top.dep == "compound" else None
            return people if people and self.countries.named(people) else None, "people"
        if country := self.countries.named(words):
            return country, "name"
        if words in ("North", "South", "East", "West"):
            return next((country for country in sorted(spoken) if country.startswith(words + " ")), None), "name"
        capital = self.countries.of_capital(words)
        governor = parse.head(top)
        acts = top.dep in ("nsubj", "nsubjpass", "poss", "agent") or (
            top.dep == "pobj" and governor.lower not in _PLACED
        )
        return capital if acts and capital in spoken else None, "capital"


def _actor(id: str, cluster: Cluster) -> Actor:
    mentions = sorted(cluster.mentions)
    nations = {cluster.country} if cluster.country else cluster.nations
    return Actor(
        id, cluster.name, cluster.type, tuple(cluster.roles), tuple(mentions),
        because=tuple(cluster.because.get(mention, "") for mention in mentions),
        country=next(iter(nations)) if len(nations) == 1 else None, named=cluster.named, kind=_kind(cluster),
    )  # fmt: skip


def _kind(cluster: Cluster) -> ActorKind | None:
    """What a participant acts as: a country as a state, who has roles by the first that tells, all others by name."""
    if cluster.country:
        return "state"
    kinds = open_kinds()
    if cluster.named and cluster.type == "Person":
        told = (kinds.told_by(role, of_country=bool(cluster.nations)) for role in cluster.roles)
        return next(filter(None, told), None)
    return kinds.named(cluster.name) or kinds.told_by(cluster.name)


def _rejoined(text: str, names: Iterable[Name]) -> Iterator[Name]:
    """The names, those that break off after "of" with the place that they go on with: "Bank of" | "Ghana".

    One that breaks off at a hyphen has the rest of its word: "Park Ji-" | "won".
    """
    waiting: Name | None = None
    for name in names:
        if text[name.end - 1] == "-" and (rest := _REST.match(text, name.end)):
            name = Name(name.start, rest.end(), name.type)
        if waiting is not None:
            broken = waiting.type == "Organization" and waiting.span.of(text).endswith((" of", " for", " of the"))
            if broken and name.type == "Location" and not text[waiting.end : name.start].strip(" "):
                waiting = Name(waiting.start, name.end, waiting.type)
                continue
            yield waiting
        waiting = name
    if waiting is not None:
        yield waiting
