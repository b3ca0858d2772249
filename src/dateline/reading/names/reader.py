"""Finds names from the parsing model's entities, corrected by titles, word lists and the rest of the report.

One report uses one name for one thing, so what the model said of a name in its clearest mention settles its others:
"Kim Jong Un … Kim", tagged once a person and once an organisation, is a person twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from re import Pattern

from msgspec.structs import replace

from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.tables import read_table
from dateline.model import Name, NameType, Parse, Reading, Span, Token
from dateline.reading.names.lexicon import NameLexicon, date_pattern, money_pattern

LONGEST = 8
"""The most words of a name that is looked for again elsewhere in the report."""

WELL_KNOWN = 200_000
"""The inhabitants from which on a town's name is taken for the town, whatever but a person the model takes it for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of tokens that may be a name; ``type`` is None where only its capitals say so."""

    tokens: tuple[Token, ...]
    type: NameType | None

    @property
    def words(self) -> tuple[str, ...]:
        """The tokens' words."""
        return tuple(token.text for token in self.tokens)


@dataclass(frozen=True, slots=True)
class NameReader:
    """Finds the names of a report; spans do not overlap and stand in the order of the text."""

    lexicon: NameLexicon
    gazetteer: Gazetteer
    dates: Pattern[str]
    money: Pattern[str]
    name: str = "names.en/1"

    @classmethod
    def load(cls, language: str = "en") -> NameReader:
        """The reader of a language, its word lists opened."""
        lexicon = read_table(f"languages/{language}/names.toml", NameLexicon)
        return cls(lexicon, Gazetteer.open(), date_pattern(lexicon), money_pattern(lexicon))

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its names."""
        amounts = list(self.find_amounts(reading))
        taken = {index for amount in amounts for index in _indexes(reading.parsed(), amount.span)}
        candidates = self.find_candidates(reading.parsed(), taken)
        names = [*amounts, *self.settle(reading.parsed(), candidates, taken)]
        return replace(reading, names=tuple(sorted(names, key=lambda n: n.start)), by=(*reading.by, self.name))

    def find_amounts(self, reading: Reading) -> Iterator[Name]:
        """The dates and the amounts of money, sentence by sentence; where the two overlap it is money."""
        for sentence in reading.sentences:
            money = [Span(*match.span()) for match in self.money.finditer(reading.text, *sentence)]
            yield from (Name(span.start, span.end, "Money") for span in money)
            for match in self.dates.finditer(reading.text, *sentence):
                span = Span(*match.span())
                if not (span.of(reading.text) == "May" and match.start() == sentence.start) and not any(
                    span.touches(other) for other in money
                ):
                    yield Name(span.start, span.end, "Date")

    def find_candidates(self, parse: Parse, taken: set[int]) -> list[Candidate]:
        """The model's entities, trimmed; then runs of capitalised words outside them that may be names."""
        found = []
        covered = set(taken)
        for tokens in _entities(parse):
            trimmed = self._trim(tokens)
            if trimmed and not covered.intersection(token.index for token in trimmed):
                found.append(Candidate(trimmed, self._typed(parse, trimmed, self.lexicon.kinds.get(tokens[0].entity))))
                covered.update(token.index for token in tokens)
        for tokens in _capitalised(parse, covered):
            trimmed = self._trim(tokens)
            if trimmed:
                found.append(Candidate(trimmed, self._typed(parse, trimmed, None)))
        return [candidate for candidate in found if _is_name(candidate)]

    def settle(self, parse: Parse, candidates: Sequence[Candidate], taken: set[int]) -> Iterator[Name]:
        """The names that the candidates come to when the whole report has had its say."""
        votes = _votes(candidates)
        known = {words: max(sorted(count), key=lambda kind: count[kind]) for words, count in votes.items()}
        surnames = _surnames(known)
        covered = set(taken)
        for candidate in candidates:
            kind = known.get(candidate.words) or candidate.type
            if len(candidate.tokens) == 1 and kind != "Person" and candidate.words[0] in surnames:
                kind = "Person" if votes[candidate.words][kind or "Misc"] < 3 else kind
            if kind and not covered.intersection(token.index for token in candidate.tokens):
                covered.update(token.index for token in candidate.tokens)
                yield Name(candidate.tokens[0].start, candidate.tokens[-1].end, kind)
        known.update({(surname,): "Person" for surname in surnames if (surname,) not in known})
        yield from _again(parse, known, covered)

    def _trim(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """The tokens without articles, titles, possessives and marks at the edges."""
        first, end = 0, len(tokens)
        while first < end and (
            tokens[first].lower in ("the", "a", "an") or not any(map(str.isalnum, tokens[first].text))
        ):
            first += 1
        while end > first and (tokens[end - 1].tag == "POS" or not any(map(str.isalnum, tokens[end - 1].text))):
            end -= 1
        while first < end - 1 and self.lexicon.is_title(tokens[first].text) and tokens[first + 1].text[:1].isupper():
            first += 1
        while first < end and tokens[first].text == ".":
            first += 1
        return tuple(tokens[first:end])

    def _typed(self, parse: Parse, tokens: tuple[Token, ...], kind: NameType | None) -> NameType | None:
        """The type that the words themselves and the title before them speak for, else the model's."""
        last, words = tokens[-1].lower.rstrip("."), [token.lower for token in tokens]
        before = [token for token in parse.tokens[max(0, tokens[0].index - 2) : tokens[0].index] if token.text != "."]
        if (len(tokens) == 1 and last in self.lexicon.not_names) or all(map(self.lexicon.is_title, words)):
            return None
        if self.lexicon.is_title(words[0]) and len(words) > 1 and words[1] in ("of", "for"):
            return None
        if (before and self._introduces(before[-1], tokens)) or self._in_apposition(parse, tokens):
            return "Person"
        if len(tokens) > 1 and (last in self.lexicon.organizations or _before_of(words) & self.lexicon.organizations):
            return kind if kind == "Person" else "Organization"
        if len(tokens) > 1 and last in self.lexicon.facilities:
            return kind if kind == "Person" else "Facility"
        return "Location" if kind and kind != "NORP" and self._is_place(tokens, kind) else kind

    def _is_place(self, tokens: tuple[Token, ...], kind: NameType) -> bool:
        """Whether the words are the name of a country, or of a well-known town where the model saw no person."""
        entries = self.gazetteer.look_up(" ".join(token.text for token in tokens))
        known = kind not in ("Person", "NORP")
        return any(entry.kind == "country" or (known and entry.population >= WELL_KNOWN) for entry in entries)

    def _introduces(self, token: Token, tokens: tuple[Token, ...]) -> bool:
        """Whether a title just before speaks for a person: "Mr Kim", "president Vladimir Putin", not "president of"."""
        return (
            self.lexicon.is_title(token.text)
            and token.sentence == tokens[0].sentence
            and tokens[0].pos == "PROPN"
            and tokens[-1].lower not in self.lexicon.organizations
        )

    def _in_apposition(self, parse: Parse, tokens: tuple[Token, ...]) -> bool:
        """Whether a title stands beside a full name, a comma between: "the Minister of Tourism, Ana Ruiz, said"."""
        if not 2 <= len(tokens) <= 4 or not all(t.text[:1].isupper() or t.text in "-’'" for t in tokens):
            return False
        first, last = parse.sentences[tokens[0].sentence]
        before = parse.tokens[max(first, tokens[0].index - 9) : tokens[0].index]
        after = parse.tokens[tokens[-1].index + 1 : min(last, tokens[-1].index + 6)]
        return self._is_role(list(before)[::-1], backwards=True) or self._is_role(list(after), backwards=False)

    def _is_role(self, tokens: list[Token], *, backwards: bool) -> bool:
        """Whether words that lead away from a name are a comma and a phrase for a person's office."""
        if not tokens or tokens[0].text != ",":
            return False
        for token in tokens[1:]:
            if token.pos not in ("NOUN", "PROPN", "ADJ", "ADP", "DET", "CCONJ", "PART") or token.text == ",":
                return False
            if self.lexicon.is_title(token.text) and (not backwards or token.tag in ("NN", "NNP")):
                return True
        return False


def _indexes(parse: Parse, span: Span) -> list[int]:
    return [token.index for token in parse.within(span)]


def _entities(parse: Parse) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in parse.tokens:
        if run and (token.entity_start or token.entity != run[0].entity or token.sentence != run[0].sentence):
            yield run
            run = []
        if token.entity:
            run.append(token)
    if run:
        yield run


def _capitalised(parse: Parse, covered: set[int]) -> Iterator[list[Token]]:
    """Runs of capitalised proper nouns outside what is covered already."""

    def open_name(token: Token) -> tuple[bool, int]:
        return token.index not in covered and token.pos == "PROPN" and token.text[:1].isupper(), token.sentence

    for (is_open, _), run in groupby(parse.tokens, key=open_name):
        if is_open:
            yield list(run)


def _is_name(candidate: Candidate) -> bool:
    text = " ".join(candidate.words)
    return any(map(str.isalpha, text)) and (candidate.type in ("Misc", "NORP") or any(map(str.isupper, text)))


def _before_of(words: list[str]) -> set[str]:
    return {word for word, after in pairwise(words) if after in ("of", "for")}


def _votes(candidates: Sequence[Candidate]) -> dict[tuple[str, ...], Counter[NameType]]:
    votes: dict[tuple[str, ...], Counter[NameType]] = defaultdict(Counter)
    for candidate in candidates:
        if candidate.type:
            votes[candidate.words][candidate.type] += 1
    return votes


def _surnames(known: dict[tuple[str, ...], NameType]) -> set[str]:
    """The last (or, for "Kim Jong Un", the first) words of the full names of persons."""
    full = [words for words, kind in known.items() if kind == "Person" and len(words) > 1]
    return {word for words in full for word in (words[0], words[-1]) if len(word) > 1 and word[0].isupper()}


def _again(parse: Parse, known: dict[tuple[str, ...], NameType], covered: set[int]) -> Iterator[Name]:
    """Further mentions of names known from elsewhere in the report, longest first at each word."""
    openings: dict[str, set[int]] = defaultdict(set)
    for words in known:
        if len(words) <= LONGEST and words[0][:1].isupper():
            openings[words[0]].add(len(words))
    for token in parse.tokens:
        for length in sorted(openings.get(token.text, ()), reverse=True):
            run = parse.tokens[token.index : token.index + length]
            kind = known.get(tuple(word.text for word in run))
            if kind and not covered.intersection(word.index for word in run) and run[-1].sentence == token.sentence:
                covered.update(word.index for word in run)
                yield Name(token.start, run[-1].end, kind)
                break
