"""What can be chosen in the filters, as the model has it."""

from __future__ import annotations

from typing import get_args

from dateline.model import EventType, Status

TYPES: tuple[str, ...] = get_args(EventType)
STATUSES: tuple[str, ...] = get_args(Status)
KINDS = {"direct": "in direct speech", "partly": "partly quoted", "indirect": "in indirect speech"}
"""How a statement is quoted, in words."""
