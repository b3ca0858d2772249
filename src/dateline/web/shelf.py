"""Keeps ledgers open between requests: what one has read of the file, the next need not read again."""

from __future__ import annotations

import threading
from pathlib import Path

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from dateline.ledger import Ledger

MOST = 4
"""So many are kept open; where more requests come at once, the others are opened for one request alone."""

BOOK = "dateline-book"


class Shelf:
    """The open ledgers of one file, each lent to one request at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._books: list[tuple[tuple[int, int], Ledger]] = []
        self._lock = threading.Lock()

    def take(self) -> tuple[tuple[int, int], Ledger]:
        """A ledger to read, with what tells its file from another that is put in its place.

        Raises LedgerError where there is none, or it cannot be opened.
        """
        mark = self._mark()
        with self._lock:
            while self._books:
                kept, book = self._books.pop()
                if kept == mark:
                    return kept, book
                book.close()
        return mark, Ledger.open(self._path)

    def put_back(self, mark: tuple[int, int], book: Ledger) -> None:
        """Gives back what was taken."""
        with self._lock:
            if len(self._books) < MOST:
                self._books.append((mark, book))
                return
        book.close()

    def _mark(self) -> tuple[int, int]:
        try:
            told = self._path.stat()
        except OSError:
            return 0, 0
        return told.st_dev, told.st_ino


class Lender:
    """An ASGI app around another: what a request has taken off the shelf is put back when it is answered."""

    def __init__(self, app: ASGIApp, shelf: Shelf) -> None:
        self.app = app
        self.shelf = shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        try:
            await self.app(scope, receive, send)
        finally:
            if BOOK in scope:
                self.shelf.put_back(*scope.pop(BOOK))


def book_of(request: Request) -> Ledger:
    """The ledger that a request reads, the same as long as it lasts. Raises LedgerError where it cannot be opened."""
    if BOOK not in request.scope:
        request.scope[BOOK] = request.app.state.shelf.take()
    book: Ledger = request.scope[BOOK][1]
    return book
