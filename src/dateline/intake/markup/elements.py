"""The elements that a stretch of a page stands in: what each says about its words, and which are open where."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from dateline.intake.markup.tokens import Tag
from dateline.lexicon.tables import read_table
from dateline.model import FurnitureSort

Role = Literal["caption", "credit", "byline", "timestamp", "standfirst", "headline", "body"]

LOOK_BACK = 60
"""How many open elements are gone through for the one that a tag closes where nothing demands more."""

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WRAPPERS = frozenset({"html", "body", "main", "article"})
_CLOSES_PARAGRAPH = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "option"})


class MarkupTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``data/markup.toml``."""

    blocks: frozenset[str]
    void: frozenset[str]
    hidden: tuple[str, ...]
    roles: dict[Role, tuple[str, ...]]
    zones: dict[FurnitureSort, tuple[str, ...]]
    zone_of_element: dict[str, FurnitureSort]
    zone_of_role: dict[str, FurnitureSort]


@dataclass(frozen=True, slots=True)
class MarkupWords:
    """What is known about elements, with the words in class and id looked up in one step."""

    table: MarkupTable
    roles: dict[str, Role]
    zones: dict[str, FurnitureSort]
    hidden: frozenset[str]

    @classmethod
    def load(cls) -> MarkupWords:
        """The table, opened and turned round."""
        table = read_table("markup.toml", MarkupTable)
        return cls(
            table,
            {word: role for role, words in table.roles.items() for word in words},
            {word: zone for zone, words in table.zones.items() for word in words},
            frozenset(table.hidden),
        )


@dataclass(slots=True, eq=False)
class Element:
    """One open element, with what it has from those around it.

    ``zone`` is the furniture that it stands in and ``zone_root`` the element that says so; ``marks`` holds the nearest
    element around (itself included) of each role.
    """

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    depth: int
    block: bool
    hidden: bool
    zone: FurnitureSort | None
    zone_root: Element | None
    marks: dict[Role, Element]
    inside: frozenset[str]
    """The names of those elements around that decide how words are read."""


@dataclass(slots=True)
class OpenElements:
    """The elements open at a place of the page, innermost last."""

    words: MarkupWords
    stack: list[Element] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)
    deepest: int = 0

    @property
    def top(self) -> Element | None:
        """The innermost open element."""
        return self.stack[-1] if self.stack else None

    def open(self, tag: Tag) -> Element:
        """The element that an opening tag begins; those that it closes by custom (a paragraph in a paragraph) end."""
        block = tag.name in self.words.table.blocks
        if block and self.count["p"] and tag.name != "button":
            self._close_near("p")
        if tag.name in _CLOSES_PARAGRAPH and tag.name != "p" and self.count[tag.name]:
            self._close_near(tag.name, barrier=frozenset({"ul", "ol", "dl", "table", "select"}))
        element = self._element(tag, block)
        self.stack.append(element)
        self.count[tag.name] += 1
        self.deepest = max(self.deepest, len(self.stack))
        return element

    def close(self, name: str) -> None:
        """Ends the innermost element of a name and all inside it; a tag that closes nothing is passed over.

        An inline element that was never opened inside its block ends nothing: "<b><p>Kim</b> left</p>".
        """
        if not self.count[name]:
            return
        if name in self.words.table.blocks:
            while self.stack[-1].tag != name:
                self._pop()
            self._pop()
        else:
            self._close_near(name, barrier=self.words.table.blocks)

    def _close_near(self, name: str, barrier: frozenset[str] = frozenset({"table", "button"})) -> None:
        for back in range(1, min(LOOK_BACK, len(self.stack)) + 1):
            tag = self.stack[-back].tag
            if tag == name:
                for _ in range(back):
                    self._pop()
                return
            if tag in barrier:
                return

    def _pop(self) -> None:
        self.count[self.stack.pop().tag] -= 1

    def _element(self, tag: Tag, block: bool) -> Element:
        parent, attributes = self.top, tag.attributes
        words = _words_of(attributes)
        hidden = parent.hidden if parent else False
        if not hidden and tag.name not in _WRAPPERS:
            hidden = _hides(attributes) or not self.words.hidden.isdisjoint(words)
        element_zone = self._zone(tag, words)
        marks = parent.marks if parent else {}
        roles = {role for word in words if (role := self.words.roles.get(word))}
        if tag.name in ("figcaption", "caption"):
            roles.add("caption")
        inside = parent.inside if parent else frozenset()
        if tag.name in _TELLING and tag.name not in inside:
            inside = inside | {tag.name}
        made = Element(
            tag.name,
            attributes,
            parent,
            len(self.stack),
            block,
            hidden,
            element_zone or (parent.zone if parent else None),
            None if element_zone else (parent.zone_root if parent else None),
            marks,
            inside,
        )
        if roles and tag.name not in _WRAPPERS:
            made.marks = {**marks, **dict.fromkeys(sorted(roles), made)}
        if element_zone:
            made.zone_root = made
        return made

    def _zone(self, tag: Tag, words: list[str]) -> FurnitureSort | None:
        if tag.name in _WRAPPERS:
            return None
        named = next((zone for word in words if (zone := self.words.zones.get(word))), None)
        role = self.words.table.zone_of_role.get(tag.attributes.get("role", "").lower())
        return named or role or self.words.table.zone_of_element.get(tag.name)


_TELLING = frozenset(
    {"a", "article", "aside", "blockquote", "button", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
     "header", "li", "main", "nav", "p", "pre", "table", "time"}
)  # fmt: skip


def _words_of(attributes: dict[str, str]) -> list[str]:
    """The words of class, id, itemprop and rel in lower case, and each two that follow one another."""
    found: list[str] = []
    for key in ("class", "id", "itemprop", "rel", "data-testid"):
        for name in attributes.get(key, "")[:400].split():
            words = [word.lower() for word in _WORDS.findall(name)]
            found.extend(words)
            found.extend(f"{first} {second}" for first, second in pairwise(words))
    return found


def _hides(attributes: dict[str, str]) -> bool:
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or bool(_HIDING.search(attributes.get("style", "")[:1000]))
    )
