"""Every regular expression of Dateline against the text that is worst for it.

    python -m benchmarks.fuzz.regexes [--length 20000] [--anywhere 1000] [--slowest 20]

The expressions are those that are compiled while all modules are imported, everything is opened and an example is read:
in the code and in the rules. Each is taken apart; what it repeats is repeated, after what leads up to it and before
what breaks it off, so that an expression that tries a text over and over shows it. Two times are taken: of a match at
the beginning of a long text, and of finding all matches anywhere in a short one. There the square of the length is no
fault (most are only ever given a line, and many only its beginning), but its cube is.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import pkgutil
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

_parser: Any = importlib.import_module("re._parser")
_compiler: Any = importlib.import_module("re._compiler")

REPEATED = 16
"""What may repeat so often is repeated."""

MOST_PUMPS = 60
"""How many parts that repeat are tried of one expression: the others stand in branches like these."""

MOST_SAMPLES = 3
"""How many samples of one part are tried."""

COMMON = (
    "a", "A", "1", " ", "\n", ",", ".", "-", '"', "“", "<", "(", "’", "a ", "A ", "A. ", "1 ", "a-", "a, ",
    "\t", "a\n", " \n",
)  # fmt: skip
"""What is repeated for every expression, whatever it is made of."""

SHORT, KEPT, ENOUGH = 250, 4, 0.25
"""All texts are tried up to ``SHORT`` characters, and the ``KEPT`` slowest at more, until one takes ``ENOUGH`` s."""

ENDS = ("", "\0", "!a")
"""What breaks a match off, or does not."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression, and the file of ours that it was compiled in first."""

    source: str
    flags: int
    where: str


@dataclass(frozen=True, slots=True)
class Attack:
    """A text of any length: what leads up, what is repeated, what breaks it off."""

    lead: str
    body: str
    end: str

    def text(self, length: int) -> str:
        """The text at about this length."""
        return self.lead + self.body * max(1, (length - len(self.lead)) // len(self.body)) + self.end


@dataclass(frozen=True, slots=True)
class Worst:
    """What the worst text for an expression took, in seconds of the CPU, and of how many characters it was."""

    compiled: Compiled
    seconds: float
    size: int
    attack: Attack

    @property
    def pace(self) -> float:
        """Seconds for a million characters, at this length."""
        return 1_000_000 * self.seconds / self.size

    def __str__(self) -> str:
        text = f"{self.attack.lead!r} {self.attack.body!r} × n {self.attack.end!r}"
        where, source = self.compiled.where, self.compiled.source[:120]
        return f"{self.seconds:8.3f} s for {self.size:,}  {where}: {source!r}  on {text[:80]}"


def compiled_expressions() -> tuple[Compiled, ...]:
    """All expressions that Dateline compiles, each once. To be called before anything of Dateline is imported."""
    found: dict[tuple[str, int], Compiled] = {}
    real: Any = re._compile  # type: ignore[attr-defined]
    ours = str(Path(importlib.util.find_spec("dateline").origin).parent)  # type: ignore[union-attr, arg-type]

    def note(pattern: Any, flags: Any) -> Any:
        made = real(pattern, flags)
        if isinstance(made.pattern, str | bytes):
            file = sys._getframe(2).f_code.co_filename  # who called re.compile, re.sub and so on
            source = made.pattern if isinstance(made.pattern, str) else made.pattern.decode("latin-1")
            if file.startswith(ours):
                where = file.removeprefix(ours).lstrip("/")
                found.setdefault((source, made.flags), Compiled(source, made.flags & ~re.DEBUG, where))
        return made

    re._compile = note  # type: ignore[attr-defined]
    try:
        _open_everything()
    finally:
        re._compile = real  # type: ignore[attr-defined]
    return tuple(found.values())


def _open_everything() -> None:
    import dateline

    for module in pkgutil.walk_packages(dateline.__path__, "dateline."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    examples = Path(__file__).parent.parent.parent / "examples"
    for example in sorted(examples.glob("*.html")):
        reading = dateline.read(example)
        dateline.read(reading.text, published="2023-09-17", kind="narrative")
    importlib.import_module("dateline.corroboration.lexicon")


def worst_of(compiled: Compiled, length: int, *, anywhere: bool, enough: float = ENOUGH) -> Worst:
    """The worst time that an expression takes for a text of a length, or for the first half, quarter or less of it that
    takes enough to tell: to match at its beginning, or to find all matches anywhere in it.

    All texts are tried short and ever longer, and from ``SHORT`` on those that took longest.
    """
    pattern = re.compile(compiled.source, compiled.flags)

    def timed(made: Attack, size: int) -> float:
        text = made.text(size)
        began = time.process_time()
        if anywhere:
            for _ in pattern.finditer(text):
                pass
        else:
            pattern.match(text)
        return time.process_time() - began

    # What doubles with every character must be met while it is short: no signal interrupts a match.
    size, made = 16, list(attacks(compiled))
    while True:
        found = sorted(((timed(each, size), each) for each in made), key=lambda one: -one[0])
        if size >= length or found[0][0] >= enough:
            return Worst(compiled, found[0][0], size, found[0][1])
        made = [each for _, each in found[: KEPT if size >= SHORT else None]]
        size = min(length, 2 * size if size >= SHORT else size * 5 // 4)


def attacks(compiled: Compiled) -> Iterator[Attack]:
    """The texts that may be bad for an expression."""
    tree = _parser.parse(compiled.source, compiled.flags)
    pumps: dict[tuple[str, str], None] = dict.fromkeys(("", each) for each in COMMON)
    for lead, body in islice(_repeats(list(tree), "", compiled.flags), MOST_PUMPS):
        pumps[(lead, body)] = pumps[("", lead + body)] = None
        pumps[("", lead)] = None
    for lead, body in pumps:
        if body:
            for end in ENDS:
                yield Attack(lead, body, end)


def _repeats(items: Sequence[Any], lead: str, flags: int) -> Iterator[tuple[str, str]]:
    """What a sequence repeats, each with what leads up to it."""
    for code, value in items:
        name = str(code)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _least, most, body = value
            if int(most) >= REPEATED:
                for sample in _samples(list(body), flags):
                    yield lead, sample
            yield from _repeats(list(body), lead, flags)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _repeats(list(branch), lead, flags)
        elif name == "SUBPATTERN":
            yield from _repeats(list(value[3]), lead, flags)
        elif name in ("ATOMIC_GROUP", "ASSERT", "ASSERT_NOT"):
            yield from _repeats(list(value if name == "ATOMIC_GROUP" else value[1]), lead, flags)
        lead += next(iter(_samples([(code, value)], flags)), "")


def _samples(items: Sequence[Any], flags: int) -> list[str]:
    """A few texts that a sequence matches, or nearly."""
    found = [""]
    for code, value in items:
        some = list(dict.fromkeys(_sample(str(code), value, flags)))[:MOST_SAMPLES] or [""]
        found = [before + each for before in found for each in some][:MOST_SAMPLES]
    return [each for each in found if each]


def _sample(name: str, value: Any, flags: int) -> Iterable[str]:
    match name:
        case "LITERAL":
            return [chr(value)]
        case "NOT_LITERAL":
            return ["a" if value != ord("a") else "b"]
        case "ANY":
            return ["a", " "]
        case "IN":
            return _of_set(value)
        case "BRANCH":
            return [each for branch in value[1][:8] for each in _samples(list(branch), flags)[:1]]
        case "SUBPATTERN":
            return _samples(list(value[3]), flags)
        case "ATOMIC_GROUP":
            return _samples(list(value), flags)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, _, body = value
            return [each * max(1, int(least)) for each in _samples(list(body), flags)]
        case _:
            return [""]


_CATEGORIES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_DIGIT": "a",
               "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_WORD": "-"}  # fmt: skip


_SHORTHANDS = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w", "CATEGORY_NOT_DIGIT": r"\D",
               "CATEGORY_NOT_SPACE": r"\S", "CATEGORY_NOT_WORD": r"\W"}  # fmt: skip


def _of_set(items: Sequence[Any]) -> list[str]:
    negated = bool(items) and str(items[0][0]) == "NEGATE"
    if negated:
        pattern = re.compile("[^a]")
        return [each for each in ("a", " ", "A", "1", "-", "x") if not _in_set(items[1:], each)] or pattern.findall("b")
    found = []
    for code, value in items:
        match str(code):
            case "LITERAL":
                found.append(chr(value))
            case "RANGE":
                found.append(chr(value[0]))
            case "CATEGORY":
                found.append(_CATEGORIES.get(str(value), "a"))
    return found


def _in_set(items: Sequence[Any], letter: str) -> bool:
    for code, value in items:
        match str(code):
            case "LITERAL" if chr(value) == letter:
                return True
            case "RANGE" if value[0] <= ord(letter) <= value[1]:
                return True
            case "CATEGORY":
                if re.match(_SHORTHANDS.get(str(value), r"(?!)"), letter):
                    return True
    return False


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--length", type=int, default=20_000)
    parser.add_argument("--anywhere", type=int, default=1_000)
    parser.add_argument("--slowest", type=int, default=10)
    options = parser.parse_args(arguments)
    expressions = compiled_expressions()
    for anywhere, length in ((False, options.length), (True, options.anywhere)):
        found = [worst_of(each, length, anywhere=anywhere) for each in expressions]
        print(f"{'anywhere in' if anywhere else 'at the beginning of'} {length:,} characters:")
        for worst in sorted(found, key=lambda worst: -worst.pace)[: options.slowest]:
            print(ascii(str(worst)))
    print(f"{len(expressions)} expressions")


if __name__ == "__main__":
    main()
