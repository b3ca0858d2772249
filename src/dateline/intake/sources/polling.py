"""Asks feeds again and again for what is new: only if they changed, only what was not seen, never too often."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

import msgspec
from msgspec import Struct

from dateline.errors import DatelineError, FetchError, InputError
from dateline.intake.fetching import Fetched
from dateline.intake.sources.feeds import Feed, Item, read_feed
from dateline.intake.sources.pages import fetch_linked, kept_item
from dateline.intake.sources.parcels import Parcel, refuse, refuse_for
from dateline.intake.sources.visiting import Busy, Visitor
from dateline.model import Refused

EVERY = 15 * 60.0
"""How often a feed is asked, in seconds, where nothing else is said."""

LONGEST = 24 * 3600.0
"""The longest that a feed which fails is left alone, in seconds."""

TRIES = 3
"""How many times the page of an item is asked for, one visit of its feed after another."""

_ACCEPT = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"

REMEMBERED = 5000
"""How many items that a feed no longer shows are remembered as seen."""


class FeedState(Struct, frozen=True):
    """What is remembered of a feed between two visits.

    ``etag`` and ``modified`` are what the server called the last answer; ``seen`` are digests of the items that were
    taken or given up; ``tries`` counts for others how often their page could not be had; ``failures`` counts visits
    in a row that failed; ``next_at`` is when to ask again (seconds since
    1970); ``gone`` that the server said there will never be more.
    """

    etag: str | None = None
    modified: str | None = None
    seen: tuple[str, ...] = ()
    tries: dict[str, int] = {}
    failures: int = 0
    next_at: float = 0.0
    gone: bool = False


class WatchState(Struct, frozen=True):
    """What is remembered of all feeds, by address; the caller stores it."""

    feeds: dict[str, FeedState] = {}


@dataclass(slots=True)
class Poller:
    """Asks feeds for their new items, and fetches the pages of these."""

    visitor: Visitor = field(default_factory=Visitor)
    states: dict[str, FeedState] = field(default_factory=dict)
    every: float = EVERY
    now: Callable[[], float] = time.time
    jitter: Callable[[], float] = random.SystemRandom().random

    @property
    def state(self) -> WatchState:
        """What is to be remembered."""
        return WatchState(dict(self.states))

    def due(self, url: str) -> float:
        """How many seconds it is until a feed is to be asked; infinite where it is gone."""
        state = self.states.get(url, FeedState())
        wait = max(0.0, state.next_at - self.now())
        if wait > 2 * max(LONGEST, self.every):  # nobody asks for so long a wait: the clock was set back meanwhile
            wait = 0.0
        return float("inf") if state.gone else wait

    def poll(self, url: str) -> Iterator[Parcel | Refused]:
        """The pages of a feed's new items, as they come; what is to be remembered changes when the last was taken.

        Older items come first, as they were printed. What cannot be had now is left for the next time.
        """
        state = self.states.get(url, FeedState())
        try:
            answer = self.visitor.visit(url, headers=_conditions(state), feed=True)
            if answer.status == HTTPStatus.NOT_MODIFIED:
                self.states[url] = self._rested(state)
                return
            if answer.status != HTTPStatus.OK:
                raise answer.refusal()
            feed = read_feed(answer.data, answer.url, answer.charset)
        except InputError as error:
            self.states[url] = self._failed(state, error)
            yield self._refusal(url, error, self.states[url])
            return
        yield from self._take(url, state, answer, feed)

    def _take(self, url: str, state: FeedState, answer: Fetched, feed: Feed) -> Iterator[Parcel | Refused]:
        """The pages of the items that were not seen."""
        shown = [_mark(item) for item in feed.items]
        seen, tries, wait = dict.fromkeys(state.seen), dict(state.tries), 0.0
        for item, mark in zip(reversed(feed.items), reversed(shown), strict=True):
            if mark in seen:
                continue
            try:
                page = fetch_linked(item, feed, answer.url, self.visitor)
            except Busy as busy:
                wait = max(wait, busy.wait)
                tries.setdefault(mark, 0)
                continue
            except FetchError as error:
                kept = kept_item(item, feed, answer.url)
                page = kept or refuse_for(error, item.address)
                tries[mark] = TRIES if kept else tries.get(mark, 0) + 1
            else:
                tries[mark] = TRIES
            if tries[mark] >= TRIES:
                seen[mark] = None
            yield page
        left = {mark: tries[mark] for mark in shown if mark not in seen}
        # While pages are wanting, the feed is read again though it has not changed: without the marks of its answer.
        etag, modified = (None, None) if left else map(answer.headers.get, ("etag", "last-modified"))
        remembered = FeedState(etag, modified, self._remembered(seen, shown), left)
        self.states[url] = self._rested(remembered, least=min(wait, LONGEST))

    def _remembered(self, seen: dict[str, None], shown: list[str]) -> tuple[str, ...]:
        """The items to remember: all that the feed shows, and the latest of the others."""
        showing = set(shown)
        others = [mark for mark in seen if mark not in showing][-REMEMBERED:]
        return (*others, *(mark for mark in shown if mark in seen))

    def _rested(self, state: FeedState, least: float = 0.0) -> FeedState:
        """The state after a visit that went well: the next comes in its time, and not with all others at once."""
        wait = max(self.every * (0.95 + 0.1 * self.jitter()), least)
        return msgspec.structs.replace(state, failures=0, next_at=self.now() + wait)

    def _failed(self, state: FeedState, error: DatelineError) -> FeedState:
        """The state after a visit that failed: twice as long a wait each time, and at least what the server asks."""
        failures = state.failures + 1
        wait = min(self.every * 2.0 ** min(failures, 20) * (0.75 + 0.5 * self.jitter()), LONGEST)
        if isinstance(error, Busy):
            wait = max(wait, error.wait)
        gone = f"answered {HTTPStatus.GONE.value}" in error.what
        return msgspec.structs.replace(state, failures=failures, next_at=self.now() + wait, gone=gone)

    def _refusal(self, url: str, error: DatelineError, state: FeedState) -> Refused:
        if state.gone:
            return refuse(
                url, "this feed is gone for good, its server says", "Leave it out, or look for its successor."
            )
        minutes = max(1, round((state.next_at - self.now()) / 60))
        return refuse_for(error, f"{url} (asked again in {minutes} min)")


def _conditions(state: FeedState) -> dict[str, str]:
    """The header lines that ask for a feed only if it changed."""
    headers = {"accept": _ACCEPT}
    if state.etag:
        headers["if-none-match"] = state.etag
    if state.modified:
        headers["if-modified-since"] = state.modified
    return headers


def _mark(item: Item) -> str:
    """What an item is remembered by."""
    key = item.key or item.address or item.title or ""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
