"""What is asked for, report by report: for forms that need the whole text, or statements beside the events."""

from __future__ import annotations

from msgspec import Struct

from dateline.model import Actor, Entry, NameType, Quote


class Page(Struct, frozen=True):
    """The entries and the quotes of one edition of a report that are asked for, with the text that they count in.

    ``actors`` are all those of the report, whether they are asked for or not.
    """

    text: str
    language: str
    entries: tuple[Entry, ...]
    quotes: tuple[Quote, ...]
    actors: tuple[Actor, ...] = ()

    @property
    def kinds(self) -> dict[str, NameType]:
        """What kind of thing each full name of the report is: a person, an organization, a country."""
        return {" ".join(actor.name.split()): actor.type for actor in self.actors}
