"""Readers that are slow to open, opened once for all tests."""

from __future__ import annotations

import signal

import pytest
from hypothesis import settings

from dateline.model import Reading
from dateline.reading.pipeline import LAYERS, Annotator, open_annotators

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # the shell started this beside itself, with "&"
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("dateline", deadline=None, max_examples=50)
settings.load_profile("dateline")


class Readers:
    """The product's own annotators, run as far as a test needs."""

    def __init__(self, opened: tuple[Annotator, ...]) -> None:
        self.opened = opened

    def up_to(self, layer: str, reading: Reading) -> Reading:
        """The reading with all layers up to and with the named one; the parse still stands."""
        for annotator in self.opened:
            reading = annotator(reading)
            if annotator.name.startswith(layer):
                return reading
        raise ValueError(f"there is no layer {layer} among {LAYERS}")


@pytest.fixture(scope="session")
def readers() -> Readers:
    return Readers(open_annotators())
