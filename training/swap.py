"""Names data printed anew with other names in it, so that the network learns what surrounds a name, not the name.

A report keeps its own sense: what it names twice is renamed alike, and a person's surname alone follows the full name.
"""

from __future__ import annotations

import random
import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from training.data import Document, Heads, Row, read_documents


def large_places(gazetteer: Path, people: int) -> list[str]:
    """The names of the gazetteer's places with at least so many people."""
    with sqlite3.connect(f"file:{gazetteer}?mode=ro", uri=True) as places:
        rows = places.execute("SELECT DISTINCT name FROM place WHERE population >= ? ORDER BY name", (people,))
        return [name for (name,) in rows]


def _mover(names: Sequence[tuple[int, int, int]]) -> Callable[[Sequence[int]], list[int]]:
    """What moves a span into a text printed anew; of each name is told where it stood and where its new form ends."""
    starts = [start for start, _, _ in names]

    def at(place: int) -> int:
        number = bisect_left(starts, place) - 1  # the last name that begins before the place
        if number < 0:
            return place
        _, end, now = names[number]
        return now + max(0, place - end)

    def span(old: Sequence[int]) -> list[int]:
        first, last = at(old[0]), at(old[1])
        return [min(first, last - 1), last]

    return span


def _moved(event: Row, span: Callable[[Sequence[int]], list[int]]) -> Row:
    """An event whose spans count in a text printed anew."""

    def parties(found: Sequence[Row]) -> list[Row]:
        return [{**one, "span": span(one["span"])} if one.get("span") else one for one in found]

    moved = {
        **event, "trigger": span(event["trigger"]), "also": [span(each) for each in event["also"]],
        "actors": parties(event["actors"]), "recipients": parties(event["recipients"]),
    }  # fmt: skip
    if "anchors" in event:
        moved["anchors"] = [[span(each) for each in kind] for kind in event["anchors"]]
    return moved


class Swap:
    """Rows of names data that can be printed anew, differently for every seed."""

    def __init__(self, rows: Sequence[Row], tokenizer: Any, heads: Heads, settings: Row, places: Sequence[str]) -> None:
        self.rows, self.tokenizer, self.heads, self.settings, self.places = rows, tokenizer, heads, settings, places
        pools: dict[str, set[str]] = defaultdict(set)
        first, last = set(), set()
        for row in rows:
            for name in row["names"]:
                form = row["text"][name["start"] : name["end"]]
                pools[name["type"]].add(form)
                if name["type"] == "Person" and " " in form:
                    words = form.split()
                    first.update(words[:-1])
                    last.add(words[-1])
        self.pools = {kind: sorted(pool) for kind, pool in pools.items()}
        self.first, self.last = sorted(first), sorted(last)

    def __call__(self, seed: int) -> list[Document]:
        """The documents of an epoch."""
        chance = random.Random(seed)  # noqa: S311
        return read_documents("names", [self.renamed(row, chance) for row in self.rows], self.tokenizer, self.heads)

    def renamed(self, row: Row, chance: random.Random) -> Row:
        """A report with some of its names swapped; the rest of its text stands."""
        text, parts, names, at = row["text"], [], [], 0
        told: dict[tuple[str, str], str] = {}
        told_by = [mention for event in row.get("events", ()) for mention in (event["trigger"], *event["also"])]
        moved: list[tuple[int, int, int]] = []
        keeps = chance.random() < self.settings["untouched"]
        for name in sorted(row["names"], key=lambda name: (name["start"], -name["end"])):
            start, end, kind = name["start"], name["end"], name["type"]
            if start < at:
                continue  # a name within a name that has been written
            form = text[start:end]
            stays = keeps or kind not in self.settings["kinds"] or any(a < end and start < b for a, b in told_by)
            new = form if stays else self._new(form, kind, told, chance)
            parts += [text[at:start], new]
            place = sum(map(len, parts))
            names.append({"start": place - len(new), "end": place, "type": kind})
            moved.append((start, end, place))
            at = end
        renamed = {**row, "text": "".join(parts) + text[at:], "names": names}
        if "events" not in row:
            return renamed
        span = _mover(moved)
        links = [[span(own), [span(each) for each in fuller]] for own, fuller in row.get("antecedents", ())]
        return renamed | {"events": [_moved(event, span) for event in row["events"]], "antecedents": links}

    def _new(self, form: str, kind: str, told: dict[tuple[str, str], str], chance: random.Random) -> str:
        """What stands for a name throughout a report: itself, or another of its type."""
        if kind == "Person":
            words = form.split(" ")
            return " ".join(
                self._word(word, self.last if number == len(words) - 1 else self.first, told, chance)
                for number, word in enumerate(words)
            )
        if (kind, form) not in told:
            pool: Sequence[str] = self.pools[kind]
            if kind == "Location" and chance.random() < self.settings["gazetteer"] and self.places:
                pool = self.places
            told[kind, form] = chance.choice(pool) if chance.random() < self.settings["share"] else form
        return told[kind, form]

    def _word(self, word: str, pool: Sequence[str], told: dict[tuple[str, str], str], chance: random.Random) -> str:
        """What stands for a word of a person's name; initials and particles stay."""
        if len(word) < 3 or not word[0].isupper() or not word.isalpha() or not pool:
            return word
        if ("Person", word) not in told:
            told["Person", word] = chance.choice(pool) if chance.random() < self.settings["share"] else word
        return told["Person", word]
