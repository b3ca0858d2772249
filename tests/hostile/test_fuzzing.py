"""The fuzzer finds what it is there to find, and finds nothing in a few inputs of each kind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.fuzz import watching
from benchmarks.fuzz.__main__ import main
from benchmarks.fuzz.dice import LONGEST, bent
from benchmarks.fuzz.kinds import Kind, kinds
from benchmarks.fuzz.seeds import PAGES, TAGS
from benchmarks.fuzz.watching import dice_of, fuzz


def crash() -> None:
    raise ValueError("no answer")


def hang() -> None:
    while True:
        pass


def grow() -> None:
    bytearray(b"x") * 200_000_000


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("harm", "says"),
    [(crash, "ValueError: no answer"), (hang, "more than 2 s"), (grow, "grew by"), (die, "SIGKILL")],
)
def test_what_is_not_borne_is_found_and_the_next_input_is_tried(
    harm: Callable[[], None], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give(number: Any) -> None:
        if number == 2:
            harm()

    numbers = iter([-1, 0, 1, 2, 3, 4])  # the child that comes after a dead one begins anew, and with 3
    kind = Kind("made", lambda dice: next(numbers), give)
    if harm is die:
        kind = Kind("made", lambda dice: dice.randrange(3), give)
    monkeypatch.setattr(watching, "kinds", lambda folder: (kind,))
    monkeypatch.setattr(watching, "GROWTH", 100_000)  # kB
    told = fuzz(tmp_path, ["made"], 1, inputs=5)
    assert told.counts == {"made": 5}
    assert told.findings and all(says in each.what for each in told.findings)


def test_an_input_can_be_made_again_from_its_number(tmp_path: Path) -> None:
    for kind in kinds(tmp_path):
        if kind.name not in ("web", "query", "ledger", "json"):
            assert kind.make(dice_of(1, kind.name, 7)) == kind.make(dice_of(1, kind.name, 7))
    made = {bent(dice_of(1, "html", number), PAGES[0], TAGS, PAGES) for number in range(50)}
    assert len(made) > 45 and max(map(len, made)) <= LONGEST
    assert [bent(dice_of(1, "html", number), b"", (), ()) for number in range(50)].count(b"") < 50


def test_nothing_is_found_in_a_few_inputs_of_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--inputs", "12", "--seed", "9"]) == 0
    assert "inputs in" in capsys.readouterr().out


def test_a_kind_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--kinds", "pdf"])
    assert "there is no kind pdf" in capsys.readouterr().err
