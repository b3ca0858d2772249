"""Sentences, and the tokens and tree that the later layers are built on."""

from dateline.reading.sentences.reader import SentenceReader

__all__ = ["SentenceReader"]
