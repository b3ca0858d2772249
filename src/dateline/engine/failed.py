"""What stands in the place of an answer that could not be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Why = Literal["raised", "died", "late"]


@dataclass(frozen=True, slots=True)
class Failed(Generic[T]):
    """An item that no answer came of: its work raised an error, took its worker down twice, or never ended.

    ``detail`` says more in a few words: "ValueError: no such thing", "the worker was killed (SIGKILL)".
    """

    item: T
    why: Why
    detail: str


def describe(error: BaseException) -> str:
    """An error in one line, never so long that it swamps the place where it is shown.

    >>> describe(ValueError("no such thing"))
    'ValueError: no such thing'
    """
    words = " ".join(str(error).split())[:500]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
