"""Opens the language models that Dateline reads with, after checking that they are the files we measured."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol, cast

from msgspec import Struct

from dateline.errors import LexiconError
from dateline.lexicon.tables import read_table


class Parser(Protocol):
    """What the sentences annotator asks of a spaCy pipeline."""

    def pipe(self, texts: Iterable[str], *, batch_size: int) -> Iterator[Any]:
        """One parsed spaCy Doc a text, in order."""
        ...


class ModelCard(Struct, frozen=True):
    """Where a model comes from, under which licence, and the SHA-256 of each of its files."""

    package: str
    version: str
    folder: str
    origin: str
    licence: str
    made: str
    files: dict[str, str]


def open_parser(model: str) -> Parser:
    """The spaCy pipeline of a model card, its files checked against the card before anything of them is used.

    Raises LexiconError where the package is missing or a file is not the one on the card.
    """
    card = read_table(f"models/{model}.toml", ModelCard)
    mend = f"Install {card.package}=={card.version} anew."
    try:
        folder = Path(str(files(model))) / card.folder
    except ModuleNotFoundError:
        raise LexiconError(card.package, "the language model is not installed", mend) from None
    for path, wanted in card.files.items():
        try:
            found = hashlib.sha256((folder / path).read_bytes()).hexdigest()
        except OSError:
            raise LexiconError(card.package, f"the file {path} is missing or cannot be read", mend) from None
        if found != wanted:
            raise LexiconError(card.package, f"the file {path} is not the one on the model's card", mend)
    import spacy

    return cast(Parser, spacy.util.load_model_from_path(folder))
