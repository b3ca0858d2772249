"""What a country goes by in a language: its names and short forms, the words for its people, its capital."""

from __future__ import annotations

from msgspec import Struct

from dateline.lexicon.gazetteer import Gazetteer, fold
from dateline.lexicon.tables import read_table


class _Table(Struct, frozen=True):
    """What is read of ``places.toml`` here."""

    short: dict[str, str]
    demonyms: dict[str, tuple[str, ...]]


class Countries:
    """Tells which country a name, a demonym or a capital speaks of, by the country's main name."""

    def __init__(self, gazetteer: Gazetteer, short: dict[str, str], demonyms: dict[str, str]) -> None:
        self._gazetteer = gazetteer
        self._short = short
        self._demonyms = demonyms
        self._name_of: dict[str, str] = {}
        for name in dict.fromkeys(demonyms.values()):
            self._name_of.setdefault(self._code(name) or "", name)

    @classmethod
    def load(cls, language: str = "en") -> Countries:
        """The countries as a language speaks of them."""
        table = read_table(f"languages/{language}/places.toml", _Table)
        demonyms = {fold(word): place for place, words in table.demonyms.items() for word in words}
        return cls(Gazetteer.open(), table.short, demonyms)

    def named(self, name: str) -> str | None:
        """The country of this name, such as United States for "the US" or "America"."""
        short = self._short.get(name)
        entries = self._gazetteer.look_up(short or name)
        if short and not any(entry.kind == "country" for entry in entries):
            return None
        # "Georgia" is a country and "Paris" is not, though a village of that name may be one of the few listed first.
        place = next((entry.place for entry in entries[:3] if entry.kind == "country"), None)
        if place is None:
            return None
        return place.name if place.feature == "PCLH" else self._name_of.get(place.country or "", place.name)

    def of_people(self, word: str) -> str | None:
        """The country that a demonym speaks of: Russia for "Russian"."""
        return self._demonyms.get(fold(word))

    def of_capital(self, name: str) -> str | None:
        """The country whose capital has this name: Russia for "Moscow"."""
        entries = self._gazetteer.look_up(self._short.get(name, name))
        capital = next((entry for entry in entries[:3] if entry.place.feature == "PPLC"), None)
        return self._name_of.get(capital.place.country or "") if capital else None

    def _code(self, name: str) -> str | None:
        entries = self._gazetteer.look_up(name)
        today = (entry.place for entry in entries if entry.kind == "country" and entry.place.feature != "PCLH")
        return next((place.country for place in today), None)
