"""What one can ask of Dateline, one function a request; the only room that knows the others."""

from dateline.desk.reading import Refusal, As, read, read_all

__all__ = ["As", "Refusal", "read", "read_all"]
