"""Gathers the participants of a report: names first, then the descriptions and pronouns that stand for them."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from dateline.lexicon.tables import read_table
from dateline.model import Actor, Name, Reading, Span
from dateline.reading.actors.lexicon import ActorLexicon
from dateline.reading.actors.mentions import Walk, gender_of
from dateline.reading.actors.variants import find_clusters


@dataclass(frozen=True, slots=True)
class ActorReader:
    """Finds who takes part in a report; actors stand in the order of their first mention, and so do their mentions."""

    lexicon: ActorLexicon
    name: str = "actors.en/1"

    @classmethod
    def load(cls, language: str = "en") -> ActorReader:
        """The reader of a language, its word lists opened."""
        return cls(read_table(f"languages/{language}/actors.toml", ActorLexicon))

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its actors."""
        parse = reading.parsed()

        def gender(name: Name) -> int:
            """What the title before a name tells: "Mr", "Mrs"."""
            before = [token for token in parse.within(Span(max(0, name.start - 12), name.start)) if token.text != "."]
            return gender_of((token.lower for token in before[-1:]), self.lexicon)

        walk = Walk(reading.text, parse, find_clusters(reading.text, reading.names, gender), self.lexicon)
        walk.run()
        clusters = sorted(walk.clusters, key=lambda cluster: min(cluster.mentions))
        actors = tuple(
            Actor(f"a{number}", cluster.name, cluster.type, tuple(cluster.roles), tuple(sorted(cluster.mentions)))
            for number, cluster in enumerate(clusters, start=1)
        )
        return replace(reading, actors=actors, by=(*reading.by, self.name))
