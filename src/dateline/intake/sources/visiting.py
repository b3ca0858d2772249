"""Visits servers as a good guest: asks robots.txt, waits between pages, and stays away while told to."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from dateline.errors import FetchError
from dateline.intake.fetching import PAGES, Fetched, FetchLimits, fetch

AGENT = "Dateline"
"""The name that robots.txt may speak to us by."""

FEEDS = (*PAGES, "application/json", "application/feed+json", "application/x-rss+xml", "application/octet-stream")
"""How the media types begin of what may be a page or a feed."""

DELAY = 1.0
"""How long we wait between two requests to a host, in seconds, where it asks for no longer wait."""

LONGEST_DELAY = 600.0
"""The longest wait between two pages that is kept to; where a host asks for more, its pages are left alone."""

ROBOTS_LAST = 86_400.0
"""How long what robots.txt said is kept, in seconds."""

HOLD = 300.0
"""How long a host is left alone that is busy and does not say for how long, in seconds."""

LONGEST_HOLD = 86_400.0
"""The longest that a host can make us stay away with one answer, in seconds."""

_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


class Busy(FetchError):
    """A host that asked to be left alone for a while; ``wait`` says for how many seconds."""

    def __init__(self, url: str, what: str, wait: float) -> None:
        super().__init__(url, what, "Try again later.")
        self.wait = wait


@dataclass(slots=True)
class _Host:
    """What is known of a host: when it was last asked, what its robots.txt says, until when it is left alone."""

    free_at: float = 0.0
    held_until: float = 0.0
    robots: RobotFileParser | None = None
    robots_until: float = 0.0

    def delay(self, least: float) -> float:
        """How long to wait between two requests."""
        asked = self.robots.crawl_delay(AGENT) if self.robots else None
        rate = self.robots.request_rate(AGENT) if self.robots else None
        per_page = rate.seconds / rate.requests if rate and rate.requests else 0
        return max(least, float(asked or 0), per_page)


@dataclass(slots=True)
class Visitor:
    """Fetches pages, one at a time and no faster than their hosts like."""

    allow_private: bool = False
    delay: float = DELAY
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    limits: FetchLimits | None = None
    _hosts: dict[str, _Host] = field(default_factory=dict, init=False)

    def visit(self, url: str, *, headers: Mapping[str, str] | None = None, feed: bool = False) -> Fetched:
        """What the server answers at an address; ``feed`` says that the user named it, so that robots.txt is not asked.

        Raises FetchError where it cannot be had or the host's robots.txt forbids it, Busy while the host wants no one.
        """
        host = self._hosts.setdefault(_host_of(url), _Host())
        self._require_free(host, url)
        if not feed:
            self._require_allowed(host, url)
        answer = self._ask(host, url, headers, FEEDS if feed else PAGES)
        if answer.status in _BUSY:
            wait = retry_after(answer.headers.get("retry-after"))
            host.held_until = self.clock() + wait
            raise Busy(url, f"the server answered {answer.status} and wants no visits for {wait:.0f} s", wait)
        return answer

    def _ask(self, host: _Host, url: str, headers: Mapping[str, str] | None, kinds: tuple[str, ...]) -> Fetched:
        wait = host.free_at - self.clock()
        if wait > 0:
            self.sleep(wait)
        try:
            limits = self.limits or FetchLimits(allow_private=self.allow_private)
            return fetch(url, limits=limits, headers=headers, kinds=kinds)
        finally:
            host.free_at = self.clock() + min(host.delay(self.delay), LONGEST_DELAY)

    def _require_free(self, host: _Host, url: str) -> None:
        wait = host.held_until - self.clock()
        if wait > 0:
            raise Busy(url, f"the server asked for no visits for another {wait:.0f} s", wait)

    def _require_allowed(self, host: _Host, url: str) -> None:
        if host.robots is None or self.clock() > host.robots_until:
            host.robots = self._robots(host, url)
            host.robots_until = self.clock() + ROBOTS_LAST
            # What is asked for next comes after the wait that we have just learnt of.
            host.free_at = max(host.free_at, self.clock() + min(host.delay(self.delay), LONGEST_DELAY))
        if not host.robots.can_fetch(AGENT, url):
            raise FetchError(
                url, "the robots.txt of the site asks programs not to fetch this page",
                "Open it in a browser, save the page and add the file.",
            )  # fmt: skip
        if host.delay(self.delay) > LONGEST_DELAY:
            what = f"the site asks programs to wait {host.delay(self.delay):.0f} s between pages"
            raise FetchError(url, what, "Open it in a browser, save the page and add the file.")

    def _robots(self, host: _Host, url: str) -> RobotFileParser:
        """What the host's robots.txt says: nothing where there is none. Raises Busy where it cannot be asked now."""
        rules = RobotFileParser()
        answer = self._ask(host, f"{_host_of(url)}/robots.txt", {"accept": "text/plain,*/*;q=0.5"}, ("",))
        if answer.status >= 500 or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            wait = retry_after(answer.headers.get("retry-after"))
            host.held_until = self.clock() + wait
            raise Busy(url, f"the robots.txt of the site cannot be asked (the server answered {answer.status})", wait)
        text = answer.data[:500_000].decode("utf-8", "replace") if answer.status == HTTPStatus.OK else ""
        rules.parse(text.removeprefix("\ufeff").splitlines())
        rules.modified()
        return rules


def retry_after(words: str | None, now: datetime | None = None) -> float:
    """How many seconds a Retry-After line asks for, in seconds or as a date; a usual wait where it asks for nothing.

    >>> retry_after("120"), retry_after(None)
    (120.0, 300.0)
    """
    words = (words or "").strip()
    if words.isascii() and words.isdigit():
        return min(float(words[:9]), LONGEST_HOLD)
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return HOLD
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (zoned - (now or datetime.now(UTC))).total_seconds()), LONGEST_HOLD)


def _host_of(url: str) -> str:
    """The scheme, host and port of an address, as one string."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
    except ValueError:
        return url
