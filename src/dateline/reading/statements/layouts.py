"""Finds candidates by how a sentence is laid out, where the tree is no help: colons, commas, headlines."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.model import Token
from dateline.reading.statements.frames import Candidate
from dateline.reading.statements.tree import Run, Tree
from dateline.reading.statements.voices import can_speak, find_voice, source_run

SPEAKER = 12
"""The most tokens that a speaker before or after a colon has."""

INTERRUPTION = 25
"""The most tokens between two commas that are a source and its cue."""


def find_layouts(tree: Tree) -> Iterator[Candidate]:
    """Every candidate that the layout of a sentence shows, in order of the text."""
    for number, (first, end) in enumerate(tree.parse.sentences):
        yield from _colons(tree, number, (first, end))
        titled = _is_title(tree, (first, end))
        for token in tree.words((first, end)):
            if token.pos in ("VERB", "AUX") and token.lemma in tree.cues.verbs:
                yield from _interrupting(tree, token, (first, end))
            elif titled and token.index > first and token.pos in ("NOUN", "PROPN", "ADJ"):
                yield from _headline_verb(tree, token, (first, end))


def _candidate(
    tree: Tree, head: int, frame: str, cue: Run, voice: Token | None, source: Run | None, content: Run
) -> Iterator[Candidate]:
    """A candidate whose content is headed by the topmost of its own tokens."""
    if content[0] < content[1]:
        top = tree.parse.root_of(tree.words(content)) or tree.parse.tokens[content[0]]
        yield Candidate(head, frame, cue, voice.index if voice else None, source, content, top.index)


def _interrupting(tree: Tree, verb: Token, sentence: Run) -> Iterator[Candidate]:
    """ "In the south, the mayor said, the roads are closed"; "The roads are closed, said the mayor."."""
    voice = find_voice(tree, verb)
    cue = (verb.index, verb.index + 1)
    if voice is None or tree.quotation_of[verb.index] >= 0:
        return
    source = source_run(tree, voice, cue)
    first, end = min(source[0], cue[0]), max(source[1], cue[1])
    apart = max(source[0] - cue[1], cue[0] - source[1])
    if apart > 3 or end - first > INTERRUPTION or first <= sentence[0]:
        return
    tokens = tree.parse.tokens
    before = tokens[first - 1].text
    after = tokens[end].text if end < sentence[1] else "."
    if before not in (",", "”", '"', "''", "–", "—", "-", ";", "’", "»"):
        return
    if after in (".", "!", "?", "”", '"') and end >= sentence[1] - 2:
        yield from _candidate(tree, verb.index, "tail", cue, voice, source, (sentence[0], first))
    elif after in (",", "–", "—", "-"):
        yield from _candidate(tree, verb.index, "flanked", cue, voice, source, sentence)
        yield from _candidate(tree, verb.index, "tail:comma", cue, voice, source, (sentence[0], first))
    else:
        yield from _candidate(tree, verb.index, "tail:open", cue, voice, source, (sentence[0], first))


def _colons(tree: Tree, number: int, sentence: Run) -> Iterator[Candidate]:
    """ "Minister: no talks"; "Two killed in blast: police"; "Q: What did you see?"."""
    first, end = sentence
    tokens = tree.parse.tokens
    block = tree.block_of[number]
    opens = number == 0 or tree.block_of[number - 1] != block
    closes = number + 1 == len(tree.parse.sentences) or tree.block_of[number + 1] != block
    if opens:
        for index in range(first + 1, min(end - 1, first + SPEAKER)):
            if tokens[index].text == ":":
                source = (first, index)
                voice = tree.parse.root_of(tree.words(source))
                if voice is not None and voice.pos not in ("VERB", "AUX"):
                    shape = _case(tree, source) + (":title" if _is_title(tree, sentence) else "")
                    cue = (index, index + 1)
                    yield from _candidate(tree, index, f"colon:{shape}", cue, voice, source, (index + 1, end))
                break
    if opens and closes and tokens[end - 1].text not in (".", "?", "!", ":"):
        for index in range(end - 2, max(first, end - 1 - SPEAKER), -1):
            if tokens[index].text in (":", "–", "—", "-", ","):
                source = (index + 1, end)
                voice = tree.parse.root_of(tree.words(source))
                if voice is not None and voice.pos in ("NOUN", "PROPN"):
                    frame = "credit:" + tokens[index].text
                    yield from _candidate(tree, index, frame, (index, index + 1), voice, source, (first, index))
                break


def is_plain_headline(tree: Tree, candidate: Candidate) -> bool:
    """Whether a line of its own without a full stop names who can speak on one side of its colon, in a few words."""
    if not candidate.frame.startswith(("colon:", "credit::")) or candidate.voice is None or candidate.source is None:
        return False
    voice = tree.parse.tokens[candidate.voice]
    first, end = tree.sentence_run(voice)
    whole = (
        min(candidate.source[0], candidate.content[0]) == first
        and max(candidate.source[1], candidate.content[1]) == end
    )
    few = candidate.source[1] - candidate.source[0] <= 4 and candidate.content[1] - candidate.content[0] > 2
    return whole and few and tree.parse.tokens[end - 1].text not in (".", ":") and can_speak(tree, voice)


def _case(tree: Tree, run: Run) -> str:
    words = [token for token in tree.words(run) if token.text[:1].isalpha()]
    if words and all(token.text.isupper() for token in words):
        return "upper"
    return "name" if words and all(token.text[:1].isupper() for token in words) else "lower"


def _is_title(tree: Tree, sentence: Run) -> bool:
    """Whether most longer words of a sentence are capitalised, as in a headline that is set so."""
    words = [token for token in tree.words(sentence) if len(token.text) > 3 and token.text.isalpha()]
    return len(words) > 2 and sum(token.text[0].isupper() for token in words) >= 0.8 * len(words)


def _headline_verb(tree: Tree, token: Token, sentence: Run) -> Iterator[Candidate]:
    """ "Mayor Backs Plan For Bridge": a verb that the parser takes for a noun, because it is capitalised."""
    lower = token.lower
    stems = (lower[:-1], lower[:-2], lower[:-3] + "y") if lower.endswith("s") else ()
    stem = next((stem for stem in stems if stem in tree.cues.verbs), None)
    if stem is None or not lower.endswith("s") or tree.quotation_of[token.index] >= 0:
        return
    source = (sentence[0], token.index)
    voice = tree.parse.tokens[token.index - 1]
    if voice.pos in ("NOUN", "PROPN", "ADJ"):
        cue = (token.index, token.index + 1)
        yield from _candidate(
            tree, token.index, f"title:{token.pos}", cue, voice, source, (token.index + 1, sentence[1])
        )
