"""Sorts more lines than memory holds: runs of sorted lines on disk, packed, that are merged in the end."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from heapq import merge
from pathlib import Path

import zstandard

MOST = 1_000_000
"""How many lines of one kind are held before they go to disk as a run; some 150 bytes of memory each."""

_READ = 1 << 18


def write_run(path: Path, lines: list[bytes]) -> None:
    """Writes the lines, sorted, so that they are on disk when this returns. They are unpacked by ``merge_runs``."""
    lines.sort()
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        with zstandard.ZstdCompressor(level=1).stream_writer(file, closefd=False) as packed:
            for at in range(0, len(lines), 10_000):
                packed.write(b"\n".join(lines[at : at + 10_000]) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def merge_runs(paths: Sequence[Path]) -> Iterator[bytes]:
    """All lines of the runs in order, without their line breaks."""
    with ExitStack() as stack:
        yield from merge(*(_lines(stack, path) for path in paths))


def _lines(stack: ExitStack, path: Path) -> Iterator[bytes]:
    file = stack.enter_context(path.open("rb"))
    reader = stack.enter_context(zstandard.ZstdDecompressor().stream_reader(file))
    rest = b""
    while block := reader.read(_READ):
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        yield from lines
