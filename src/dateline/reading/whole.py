"""Names as a reader takes them, for the layers that look for participants and places."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.lexicon.known_names import KnownNames, plain_key
from dateline.model import Name, Parse, Reading


def whole(reading: Reading) -> Iterator[Name]:
    """The names as a reader takes them: a place that opens the name of a body, or of a currency, is part of it.

    They are annotated apart, "New York" and "Times", "US" and "$20 million"; who acts is the New York Times. So is a
    word for people where both are known as one name: "European" and "Union".
    """
    parse, waiting = reading.parsed(), list(reading.names[:1])
    for name in reading.names[1:]:
        if waiting and _opens(reading.text, parse, waiting[-1], name):
            waiting = [Name(waiting[-1].start, name.end, name.type)]
        else:
            yield from waiting
            waiting = [name]
    yield from waiting


def _opens(text: str, parse: Parse, place: Name, name: Name) -> bool:
    """Whether a name is the opening of the name after it: it hangs on it with nothing but a space between."""
    if place.type == "Location" and name.type == "Money":
        return place.end == name.start
    if name.type not in ("Organization", "Facility") or text[place.end : name.start] != " ":
        return False
    if place.type == "NORP":
        return plain_key(text[place.start : name.end]) in KnownNames.load().counts
    if place.type != "Location":
        return False
    top = parse.root_of(parse.within(place.span))
    return top is not None and top.dep == "compound" and name.span.covers(parse.head(top).span)
