"""The embedded store: keeps readings and judgements, answers questions."""

from dateline.ledger.store import Ledger

__all__ = ["Ledger"]
