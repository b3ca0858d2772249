"""No expression of the code or the rules can be made to try a text over and over: each is timed on its worst text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.fuzz.regexes import Attack, Compiled, attacks, worst_of
from dateline.errors import DatelineError
from dateline.intake.sources import Parcel, read_parcel

ROOT = Path(__file__).parent.parent.parent
COLLECT = """
import json, sys
from benchmarks.fuzz.regexes import compiled_expressions, worst_of
slow = []
expressions = compiled_expressions()
for each in expressions:
    for anywhere, length in ((False, 2_000), (True, 400)):
        worst = worst_of(each, length, anywhere=anywhere)
        if worst.seconds > 0.4:
            slow.append(ascii(str(worst)))
print(json.dumps([len(expressions), slow]))
"""


def test_the_worst_text_of_every_expression_is_soon_gone_through() -> None:
    """At the beginning of 2,000 characters (rules get no longer lines) and anywhere in 400: no cube is in time."""
    done = subprocess.run([sys.executable, "-c", COLLECT], capture_output=True, text=True, timeout=300, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    count, slow = json.loads(done.stdout.splitlines()[-1])
    assert count > 250
    assert slow == []


@pytest.mark.parametrize("source", [r"(a+)+$", r"(?:\w+\s?)*:", r"\d+\d+\d+x", r"(?:a|aa)+b", r"\s*\w*\s*\w*\s*\w*!"])
def test_an_expression_that_blows_up_is_found(source: str) -> None:
    """What the test above would say of expressions that are known to be bad."""
    assert any(
        worst_of(Compiled(source, re.UNICODE, "here"), length, anywhere=anywhere, enough=0.05).seconds > 0.05
        for anywhere, length in ((False, 400), (True, 400))
    )


def test_an_attack_repeats_what_the_expression_does_after_what_leads_up_to_it() -> None:
    found = set(attacks(Compiled(r"on (?:\d+ )*May", re.UNICODE, "here")))
    assert Attack("on ", "1 ", "\0") in found
    assert Attack("on ", "1 ", "!a").text(20) == "on 1 1 1 1 1 1 1 1 !a"


BODIES = [
    " ", "\n", "(", "A ", "1 ", "“", '"', "a", "Aa", "A. ", "1.1", ", ", "-", "—", "’", "by ", "on 1 May ", "the ", "/",
    "[", "\t", "<", "&", "<!--", "\n \n", "a-", "$1 ", "... ", "By A ", "1 min ago ", "\u200b", "\u202e", "\u0301", "é",
    "A\n", "a\n\n", "(AP) ",
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=ascii)
def test_a_page_of_one_thing_over_and_over_is_soon_taken_in(body: str) -> None:
    """Whatever repeats, 60,000 characters of it become a report, or are refused, in a moment."""
    text = "Kim left Russia on Monday, the mayor said.\n\n" + body * (60_000 // len(body))
    for as_ in ("text", "html"):
        began = time.process_time()
        with suppress(DatelineError):
            read_parcel(Parcel("worst", text.encode(), as_=as_))
        assert time.process_time() - began < 2


def test_a_line_that_asks_for_money_over_and_over_is_soon_told_for_what_it_is() -> None:
    """Forty times "to our" once took longer than the world will last: each could be in one group or begin another."""
    line = "Donate to our " + "donate to our " * 40
    text = f"Kim leaves Russia\n\nKim left Russia on Monday, the mayor of the town said.\n\n{line}\0".replace("\0", "%")
    began = time.process_time()
    read_parcel(Parcel("worst", text.encode(), as_="text"))
    assert time.process_time() - began < 2
