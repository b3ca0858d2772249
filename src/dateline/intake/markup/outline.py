"""What a page holds in order: its visible pieces, each with the elements around it, and the tags that state facts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.intake.markup.elements import Element, MarkupWords, OpenElements, Role
from dateline.intake.markup.tokens import RAW, Tag, Words, find_tokens
from dateline.intake.pieces import Piece, RunBuilder

# One step of reading text: white space, a character reference, or a stretch of words with single spaces.
_STEP = re.compile(
    r"(\s+)"
    r"|(&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?)"
    r"|((?:[^\s&]+|&(?![#A-Za-z])| (?=\S))+|&)"
)
_FACTS = frozenset({"meta", "link", "title", "script", "time", "html", "base"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STOPPED = (".", "!", "?", ":", ";", "”", '"', "’", "…", ")")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a piece that an element of some role holds, such as the credit of a caption."""

    role: Role
    start: int
    end: int
    element: Element


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and where it stands: the block element around it, marks inside it, and how much of it is links."""

    piece: Piece
    element: Element | None
    marks: tuple[Mark, ...]
    links: int
    after_break: bool

    @property
    def text(self) -> str:
        """The words of the piece."""
        return self.piece.text

    def inside(self, *tags: str) -> bool:
        """Whether the piece stands inside an element of one of these names."""
        return self.element is not None and not self.element.inside.isdisjoint(tags)

    def element_is(self, *tags: str) -> bool:
        """Whether the block element around the piece has one of these names."""
        return self.element is not None and self.element.tag in tags

    def role(self, role: Role) -> Element | None:
        """The nearest element of a role around the whole piece."""
        return self.element.marks.get(role) if self.element else None


@dataclass(frozen=True, slots=True)
class Fact:
    """A tag that may state a fact of publication, the text inside it where it has any, and whether it is visible."""

    tag: Tag
    text: str


@dataclass(slots=True)
class Outline:
    """A page, read once: the pieces that can be seen, the tags that state facts, and how deep it is nested."""

    pieces: list[Placed] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    depth: int = 0
    tags: int = 0


def outline_page(page: str, words: MarkupWords) -> Outline:
    """The outline of a decoded page."""
    outline = Outline()
    opened = OpenElements(words)
    writer = _Writer(page, opened)
    for token in find_tokens(page):
        if isinstance(token, Words):
            writer.write(token.start, token.end)
            continue
        outline.tags += 1
        if not token.closing and (token.name in _FACTS or "itemprop" in token.attributes):
            outline.facts.append(Fact(token, page[token.raw[0] : token.raw[1]]))
        _apply(token, opened, writer)
    writer.flush()
    outline.pieces = list(_mend_breaks(writer.placed))
    outline.depth = opened.deepest
    return outline


def _apply(tag: Tag, opened: OpenElements, writer: _Writer) -> None:
    """Opens or closes the element of a tag, and ends the piece being written where a block begins or ends."""
    if tag.name in RAW:
        return
    if tag.name == "br":
        writer.flush(after_break=True)
    elif tag.name in opened.words.table.blocks:
        writer.flush()
    if tag.closing:
        opened.close(tag.name)
    elif tag.name not in opened.words.table.void:
        opened.open(tag)


@dataclass(slots=True)
class _Writer:
    """Writes the piece that is open, folding its white space and decoding its character references."""

    page: str
    opened: OpenElements
    placed: list[Placed] = field(default_factory=list)
    built: RunBuilder = field(default_factory=RunBuilder.empty)
    space: tuple[int, int] | None = None
    element: Element | None = None
    marks: list[Mark] = field(default_factory=list)
    links: int = 0
    broken: bool = False

    def write(self, start: int, end: int) -> None:
        """Adds a stretch of text of the page, unless it cannot be seen."""
        top = self.opened.top
        if top and top.hidden:
            return
        preformatted = top is not None and "pre" in top.inside
        for step in _STEP.finditer(self.page, start, end):
            if step[1] is not None:
                if preformatted and step[1].count("\n") > 1:
                    self.flush()
                self._leave_space(step.start(), step.end())
            elif step[2] is not None:
                decoded = html.unescape(step[2])
                if decoded.isspace():
                    self._leave_space(step.start(), step.end())
                elif decoded:
                    self._add(decoded, step.start(), step.end(), top)
            else:
                self._add(step[3], step.start(), step.end(), top)

    def flush(self, after_break: bool = False) -> None:
        """Ends the open piece."""
        if self.built.length:
            piece = self.built.piece()
            self.placed.append(Placed(piece, self.element, tuple(self.marks), self.links, self.broken))
            self.built, self.marks, self.links = RunBuilder.empty(), [], 0
            self.broken = after_break
        else:  # A second line break in a row is as good as a new paragraph.
            self.broken = False
        self.space, self.element = None, None

    def _leave_space(self, start: int, end: int) -> None:
        self.space = (self.space[0] if self.space else start, end)

    def _add(self, text: str, start: int, end: int, top: Element | None) -> None:
        if not self.built.length:
            self.element = _block_around(top)
        elif self.space:
            self.built.add(" ", *self.space)
        self.space = None
        before = self.built.length
        self.built.add(text, start, end)
        if top:
            self._mark(before, top)

    def _mark(self, before: int, top: Element) -> None:
        """Notes which roles the words just written have from inline elements inside their block."""
        after = self.built.length
        if "a" in top.inside:
            self.links += after - before
        around = self.element.marks if self.element else {}
        for role, element in top.marks.items():
            if around.get(role) is element:
                continue
            last = self.marks[-1] if self.marks else None
            if last and last.role == role and last.element is element:
                self.marks[-1] = Mark(role, last.start, after, element)
            else:
                self.marks.append(Mark(role, before, after, element))


def _block_around(element: Element | None) -> Element | None:
    for _ in range(100):
        if element is None or element.block or element.parent is None:
            break
        element = element.parent
    return element


def _mend_breaks(pieces: list[Placed]) -> Iterator[Placed]:
    """The pieces, with those joined that a line break parts in the middle of a sentence or of a heading."""
    group: list[Placed] = []
    for placed in pieces:
        if group and not (placed.after_break and placed.element is group[-1].element and _goes_on(group[-1], placed)):
            yield _joined(group)
            group = []
        group.append(placed)
    if group:
        yield _joined(group)


def _goes_on(before: Placed, after: Placed) -> bool:
    if before.element and before.element.tag in _HEADINGS:
        return True
    return not before.text.endswith(_STOPPED) and after.text[0].islower()


def _joined(group: list[Placed]) -> Placed:
    first = group[0]
    if len(group) == 1:
        return first
    built, marks = RunBuilder.empty(), []
    for placed in group:
        if built.length:
            built.add(" ", built.runs[-1].page_end, placed.piece.page_start)
        shift = built.length
        marks += [Mark(mark.role, mark.start + shift, mark.end + shift, mark.element) for mark in placed.marks]
        for run in placed.piece.runs:
            built.add(placed.text[run.text_start : run.text_end], run.page_start, run.page_end)
    return Placed(built.piece(), first.element, tuple(marks), sum(placed.links for placed in group), first.after_break)
