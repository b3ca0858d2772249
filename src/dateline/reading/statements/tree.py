"""The parse as the statements reader walks it: each token with the edges of what hangs on it, and its quotation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.model import BlockKind, Parse, Reading, Span, Token
from dateline.reading.statements.cues import Cues
from dateline.reading.statements.quotations import Quotation, find_quotations

Run = tuple[int, int]
"""A half-open range of token indexes."""

LONGEST_NAME = 3
"""The most words of a name that stands in quotation marks because it is one."""

NAMING = frozenset(("appos", "compound", "conj", "nmod", "oprd", "attr", "pobj", "nsubj", "nsubjpass"))
"""How such a name hangs on the words around it."""

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


@dataclass(frozen=True, slots=True)
class Tree:
    """The tokens of a reading and their tree; ``left`` and ``right`` are the outermost tokens below each token."""

    cues: Cues
    text: str
    parse: Parse
    left: Sequence[int]
    right: Sequence[int]
    quotations: tuple[Quotation, ...]
    quotation_of: Sequence[int]
    """For each token, the quotation that it stands in, or -1."""
    block_of: Sequence[int]
    """For each sentence, the number of its block."""
    kind_of: Sequence[BlockKind]
    """For each sentence, the kind of its block."""

    @classmethod
    def of(cls, reading: Reading, cues: Cues) -> Tree:
        """The tree of a reading, worked out in one pass."""
        parse = reading.parsed()
        left, right = _edges(parse)
        quotations = _spoken(parse, find_quotations(reading.text, reading.report.blocks))
        starts = [block.start for block in reading.report.blocks]
        blocks = [bisect_right(starts, parse.tokens[first].start) for first, _ in parse.sentences]
        kinds = [reading.report.blocks[number - 1].kind if number else "paragraph" for number in blocks]
        return cls(cues, reading.text, parse, left, right, quotations, _inside(parse, quotations), blocks, kinds)

    def together(self, one: int, other: int) -> bool:
        """Whether what is said in one sentence may go on in another: in its block, or both in running paragraphs.

        Headlines and captions stand for themselves.
        """
        paragraphs = self.kind_of[one] == self.kind_of[other] == "paragraph"
        return paragraphs or self.block_of[one] == self.block_of[other]

    def run(self, token: Token) -> Run:
        """A token and all that hangs on it, from the first to the last."""
        return self.left[token.index], self.right[token.index] + 1

    def span(self, run: Run) -> Span:
        """The characters of a run of tokens."""
        return Span(self.parse.tokens[run[0]].start, self.parse.tokens[run[1] - 1].end)

    def words(self, run: Run) -> tuple[Token, ...]:
        """The tokens of a run."""
        return self.parse.tokens[run[0] : run[1]]

    def sentence_run(self, token: Token) -> Run:
        """The run of the whole sentence that a token stands in."""
        return self.parse.sentences[token.sentence]

    def subject(self, verb: Token) -> Token | None:
        """The subject that a verb has of its own; of two side by side ("state news agency Tass"), the second."""
        kids = [kid for kid in self.parse.kids(verb, *SUBJECTS) if any(map(str.isalnum, kid.text))]
        if len(kids) > 1 and self.left[kids[1].index] == kids[0].index + 1 and kids[1].index < verb.index:
            return kids[1]
        return kids[0] if kids else None


def _edges(parse: Parse) -> tuple[list[int], list[int]]:
    count = len(parse.tokens)
    left, right = list(range(count)), list(range(count))
    waiting = [len(kids) for kids in parse.children]
    ready = [index for index in range(count) if not waiting[index]]
    while ready:
        index = ready.pop()
        head = parse.tokens[index].head
        if head == index:
            continue
        left[head] = min(left[head], left[index])
        right[head] = max(right[head], right[index])
        waiting[head] -= 1
        if not waiting[head]:
            ready.append(head)
    return left, right


def _spoken(parse: Parse, quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """The quotations that hold what somebody says, and not what something is called: the hypersonic “Kinzhal”."""
    return tuple(each for each in quotations if not _is_name(parse, parse.within(each.inner)))


def _is_name(parse: Parse, tokens: Sequence[Token]) -> bool:
    """Whether words in quotation marks are a name beside or among others; a name may also be all that is answered."""
    if len(tokens) > LONGEST_NAME or not all(token.pos == "PROPN" and token.text[:1].isupper() for token in tokens):
        return False
    top = parse.root_of(tokens)
    return top is not None and top.dep in NAMING


def _inside(parse: Parse, quotations: tuple[Quotation, ...]) -> list[int]:
    starts = [quotation.outer.start for quotation in quotations]
    found = []
    for token in parse.tokens:
        number = bisect_right(starts, token.start) - 1
        found.append(number if number >= 0 and token.start < quotations[number].outer.end else -1)
    return found
