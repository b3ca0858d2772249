"""Copies a ledger, whoever is writing to it."""

from __future__ import annotations

import os
from pathlib import Path

from dateline.desk.opening import AnyLedger
from dateline.ledger import Ledger
from dateline.ledger.copying import Passed, copy_ledger


def backup(ledger: AnyLedger = "press.ledger", to: str | os.PathLike[str] = "", progress: Passed | None = None) -> int:
    """The size in bytes of a copy of the ledger as it stands now, with the files beside it that belong to it.

    Others may read the ledger and write to it meanwhile. The copy is put in its place, also of an earlier one, once it
    is whole and checked. Raises LedgerError where there is no such ledger, or the copy cannot be written.
    """
    path = ledger.path if isinstance(ledger, Ledger) else Path(os.fspath(ledger))
    return copy_ledger(path, Path(to), progress)
