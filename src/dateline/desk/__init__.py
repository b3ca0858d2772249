"""What one can ask of Dateline, one function a request; the only room that knows the others."""

from dateline.desk.reading import As, Refusal, annotators, read, read_all

__all__ = ["As", "Refusal", "annotators", "read", "read_all"]
