"""The elements that a stretch of a page stands in: what each says about its words, and which are open where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
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
_NAMING = ("class", "id", "itemprop", "rel", "data-testid", "data-component", "role")
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


@dataclass(frozen=True, slots=True)
class _Signs:
    """What the names of an element say: the roles that it has, the furniture that it is, and whether it is hidden."""

    roles: tuple[Role, ...]
    zone: FurnitureSort | None
    hidden: bool


@dataclass(slots=True)
class OpenElements:
    """The elements open at a place of the page, innermost last."""

    words: MarkupWords
    stack: list[Element] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)
    deepest: int = 0
    signs: dict[tuple[str, ...], _Signs] = field(default_factory=dict)
    """What the names of an element say, by those names: pages repeat a few of them thousands of times."""

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
        parent, signs = self.top, self._signs(tag)
        wrapper = tag.name in _WRAPPERS
        hidden = parent.hidden if parent else False
        inside = parent.inside if parent else frozenset()
        if tag.name in _TELLING and tag.name not in inside:
            inside = inside | {tag.name}
        made = Element(
            tag.name,
            tag.attributes,
            parent,
            len(self.stack),
            block,
            hidden or (not wrapper and (signs.hidden or _hides(tag.attributes))),
            parent.zone if parent else None,
            parent.zone_root if parent else None,
            parent.marks if parent else {},
            inside,
        )
        if signs.roles and not wrapper:
            made.marks = {**made.marks, **dict.fromkeys(signs.roles, made)}
        if signs.zone and not wrapper:
            made.zone, made.zone_root = signs.zone, made
        return made

    def _signs(self, tag: Tag) -> _Signs:
        """What the names of an element say of what it holds."""
        names = tuple(tag.attributes.get(key, "")[:400] for key in _NAMING)
        key = (tag.name, *names)
        if key not in self.signs:
            words = _words_of(names)
            roles = {role for word in words if (role := self.words.roles.get(word))}
            if tag.name in ("figcaption", "caption"):
                roles.add("caption")
            named = next((zone for word in words if (zone := self.words.zones.get(word))), None)
            by_role = self.words.table.zone_of_role.get(tag.attributes.get("role", "").lower())
            zone = named or by_role or self.words.table.zone_of_element.get(tag.name)
            hidden = not self.words.hidden.isdisjoint(words)
            self.signs[key] = _Signs(tuple(sorted(roles)), zone, hidden)
        return self.signs[key]


_TELLING = frozenset(
    {"a", "article", "aside", "blockquote", "button", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
     "header", "li", "main", "nav", "p", "pre", "table", "time"}
)  # fmt: skip


def _words_of(names: Iterable[str]) -> list[str]:
    """The words of class, id, itemprop and rel in lower case, and each two that follow one another."""
    found: list[str] = []
    for name in (part for value in names for part in value.split()):
        words = [word.lower() for word in _WORDS.findall(name)]
        found.extend(words)
        found.extend(f"{first} {second}" for first, second in pairwise(words))
    return found


def _hides(attributes: dict[str, str]) -> bool:
    if not attributes:
        return False
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or bool(_HIDING.search(attributes.get("style", "")[:1000]))
    )
