"""Opens the language models that Dateline reads with, after checking that they are the files we measured."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

from msgspec import Struct

from dateline.errors import LexiconError
from dateline.lexicon.parsers import make_lean
from dateline.lexicon.tables import data_file, read_table


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


class Network(Protocol):
    """The reader's network: columns of whole numbers in, one array of scores a task out."""

    def run(self, outputs: Sequence[str] | None, inputs: dict[str, Any]) -> list[Any]:
        """The arrays that are asked for by name, all where None is given."""
        ...


class NetworkCard(Struct, frozen=True):
    """What the network was made from, what goes in and comes out, and the SHA-256 of each of its files."""

    origin: str
    licence: str
    made: str
    data: tuple[str, ...]
    window: int
    link_kinds: tuple[str, ...]
    labels: dict[str, tuple[str, ...]]
    files: dict[str, str]


class Tagger(NamedTuple):
    """The network with its card and the tokeniser that cuts what goes in."""

    network: Network
    tokenizer: Any
    card: NetworkCard


def open_tagger(model: str) -> Tagger:
    """The network in a folder of ``data/models``, its files checked against the card before anything of them is used.

    It runs on the thread that calls it. Raises LexiconError where a file is missing or is not the one on the card.
    """
    card = read_table(f"models/{model}/card.toml", NetworkCard)
    found = {}
    for name, wanted in card.files.items():
        path = f"models/{model}/{name}"
        try:
            found[name] = data_file(path).read_bytes()
        except OSError:
            raise LexiconError(path, "the file is missing or cannot be read", "Install Dateline anew.") from None
        if hashlib.sha256(found[name]).hexdigest() != wanted:
            raise LexiconError(path, "the file is not the one on the model's card", "Install Dateline anew.")
    return make_tagger(card, found)


def make_tagger(card: NetworkCard, files: Mapping[str, bytes]) -> Tagger:
    """The network that some files hold, by their names, with the card that goes with it."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    network = onnxruntime.InferenceSession(files["reader.onnx"], options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_buffer(files["tokenizer.json"])
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Tagger(cast(Network, network), tokenizer, card)


def open_parser(model: str) -> Parser:
    """The spaCy pipeline of a model card, its files checked against the card before anything of them is used.

    Raises LexiconError where the package is missing or a file is not the one on the card.
    """
    card = read_table(f"models/{model}.toml", ModelCard)
    mend = f"Install {card.package}=={card.version} anew."
    package = find_spec(model)  # finds it without importing it: nothing of it runs
    if package is None or package.origin is None:
        raise LexiconError(card.package, "the language model is not installed", mend)
    folder = Path(package.origin).parent / card.folder
    for path, wanted in card.files.items():
        try:
            found = hashlib.sha256((folder / path).read_bytes()).hexdigest()
        except OSError:
            raise LexiconError(card.package, f"the file {path} is missing or cannot be read", mend) from None
        if found != wanted:
            raise LexiconError(card.package, f"the file {path} is not the one on the model's card", mend)
    import spacy

    return make_lean(spacy.util.load_model_from_path(folder, exclude=["ner"]))
