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


def _opens(text: str, parse: Parse, opening: Name, name: Name) -> bool:
    """Whether a name is the opening of the name after it, with nothing but a space between, or nothing before money.

    A place is where it hangs on it; a word for people is where both are known as one name.
    """
    between = text[opening.end : name.start]
    if name.type == "Money":
        return opening.type == "Location" and not between
    if name.type not in ("Organization", "Facility") or between != " ":
        return False
    if opening.type == "NORP":
        return plain_key(text[opening.start : name.end]) in KnownNames.load().counts
    top = parse.root_of(parse.within(opening.span)) if opening.type == "Location" else None
    return top is not None and top.dep == "compound" and name.span.covers(parse.head(top).span)
