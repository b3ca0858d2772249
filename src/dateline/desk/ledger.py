"""The ledger as Python opens it: the store, with adding to it and asking it in the words of the other doors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Unpack

from dateline import ledger as store
from dateline.desk.asking import Asked
from dateline.errors import SettingError
from dateline.model import Answer, Question, ReportKind, Tally


class Ledger(store.Ledger):
    """A ledger in one file, open for reading or for reading and writing, to be closed after use."""

    def add(
        self,
        sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        workers: int | None = None,
        fields: Mapping[str, str] | None = None,
        published: str | None = None,
        kind: ReportKind | None = None,
        allow_private: bool = False,
        places: str | os.PathLike[str] | None = None,
        progress: Callable[[Any], object] | None = None,
    ) -> Tally:
        """What adding all reports of some sources to this ledger came to; see ``dateline.add`` for each argument.

        Raises LedgerError where the ledger cannot be written, SettingError where ``published`` is no date
        or ``kind`` no kind, LexiconError where the gazetteer cannot be opened.
        """
        from dateline.desk import add

        return add(
            sources,
            self,
            workers=workers,
            fields=fields,
            published=published,
            kind=kind,
            allow_private=allow_private,
            places=places,
            progress=progress,
        )

    def ask(self, question: Question | None = None, **asked: Unpack[Asked]) -> Answer:
        """The entries that answer a question, given whole or in the words of ``dateline.ask``.

        Raises SettingError where a part of the question makes no sense, or it is given in both ways.
        """
        if question is not None and asked:
            raise SettingError(", ".join(sorted(asked)), "the question is given whole already", "Put it into that.")
        return super().ask(Question(**asked) if question is None else question)
