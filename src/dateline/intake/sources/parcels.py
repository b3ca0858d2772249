"""One page on its way in: its bytes, what its source says of it, and the report that comes of them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Literal

import msgspec
from msgspec import Struct

from dateline.errors import DatelineError, SettingError
from dateline.intake.facts.publication import given_date
from dateline.intake.facts.timestamps import StampReader
from dateline.intake.pages import read_page
from dateline.intake.reports import read_report
from dateline.model import PublishedCandidate, Refused, Report, ReportKind

HINTED = "hint"
"""What a candidate for the date of publication is called that stands in the source and not in the page."""

_UNSURE = ("htmldate", "modified", "visible updated")
"""Candidates that an outside date is believed before: none of them says when the page was first published."""


class Parcel(Struct, frozen=True):
    """One page on its way in: bytes, and what its source says of it.

    ``origin`` is where it was found, such as a path, an address or "news.jsonl, line 3"; ``address`` is the web address
    that the page is known by. The other hints count only where the page itself does not tell. ``kind`` is what
    somebody says of the report; it is no part of the digest.
    """

    origin: str
    data: bytes
    as_: Literal["html", "text"] | None = None
    charset: str | None = None
    title: str | None = None
    published: str | None = None
    address: str | None = None
    publisher: str | None = None
    kind: ReportKind | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes and the hints: the same page from another place has the same digest."""
        hints = (self.as_, self.charset, self.title, self.published, self.address, self.publisher)
        return hashlib.sha256(msgspec.json.encode(hints) + b"\n" + self.data).hexdigest()


def refuse(origin: str, what: str, todo: str, data: bytes | None = None) -> Refused:
    """The refusal of what was found at an origin; ``data`` is what there was of it, if anything."""
    content = origin.encode("utf-8", "surrogatepass") if data is None else data
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Refused(hashlib.sha256(content).hexdigest(), origin, what, todo, at)


def refuse_for(error: DatelineError, origin: str | None = None, data: bytes | None = None) -> Refused:
    """The refusal that an error comes to; it happened at the error's own place unless an origin is given."""
    return refuse(origin or error.where, error.what, error.todo, data)


def read_parcel(parcel: Parcel) -> Report:
    """The report in a parcel; what its page does not tell of title, date and publisher is taken from its hints.

    Raises InputError where there is no report in it, NotEnglish where it is in another language.
    """
    page = read_page(parcel.data, parcel.address or parcel.origin, parcel.as_, parcel.charset)
    title = " ".join((parcel.title or "").split()) if page.kind == "text" else ""
    if title:
        page = replace(page, text=_with_title(page.text, title))
    report = read_report(page)
    if title:
        report = _with_headline(report, title)
    return _with_publication(report, parcel)


def _with_title(text: str, title: str) -> str:
    """The text with its title on a line of its own in front, unless it begins with it."""
    opening = " ".join(text[: 2 * len(title) + 200].split())
    return text if opening.startswith(title) else f"{title}\n\n{text.lstrip()}"


def _with_headline(report: Report, title: str) -> Report:
    """The report with its first line known for the headline, where the page shows no other and it is the title."""
    if report.headline is not None or not report.blocks:
        return report
    first, *others = report.blocks
    if " ".join(first.span.of(report.text).split()) != title:
        return report
    head = msgspec.structs.replace(first, kind="headline", sort=None, credit=None)
    return msgspec.structs.replace(report, blocks=(head, *others))


def _with_publication(report: Report, parcel: Parcel) -> Report:
    """The report with date and publisher from the hints, where the page does not tell them or tells less."""
    publisher = report.publisher or " ".join((parcel.publisher or "").split()) or None
    hint = hinted_date(parcel.published) if parcel.published else None
    if not hint:
        return msgspec.structs.replace(report, publisher=publisher)
    published = report.published
    told = any(candidate.source not in _UNSURE for candidate in report.published_candidates)
    # The page prints a day, and the feed the minute of that same day: then we take the minute.
    finer = published is not None and len(hint.value) > len(published) and hint.value.startswith(published[:10])
    if not told or finer:
        published = hint.value
    candidates = (*report.published_candidates, hint)
    return msgspec.structs.replace(report, publisher=publisher, published=published, published_candidates=candidates)


def hinted_date(words: str) -> PublishedCandidate | None:
    """The date that a source gives for a page, in ISO 8601, in the form of e-mail, in seconds since 1970, or in words.

    >>> hinted_date("Sun, 17 Sep 2023 12:26:00 +0100").value, hinted_date("1694949960").value
    ('2023-09-17T12:26:00+01:00', '2023-09-17T11:26:00+00:00')
    >>> hinted_date("once upon a time") is None
    True
    """
    words = words.strip()[:100]
    for read in (_iso_date, _mail_date, _unix_date, _worded_date):
        candidate = read(words)
        if candidate:
            return candidate
    return None


def _iso_date(words: str) -> PublishedCandidate | None:
    try:
        given = given_date(words)
    except SettingError:
        return None
    return msgspec.structs.replace(given, source=HINTED)


def _mail_date(words: str) -> PublishedCandidate | None:
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return PublishedCandidate(moment.isoformat(), "second", HINTED)


def _unix_date(words: str) -> PublishedCandidate | None:
    """The moment of a count of seconds (or thousandths) since 1970; a mere "2023" is no such count."""
    whole = words.partition(".")[0]
    if not (whole.isascii() and whole.isdigit() and 9 <= len(whole) <= 13):
        return None
    seconds = int(whole) if len(whole) <= 10 else int(whole) // 1000
    moment = datetime.fromtimestamp(seconds, UTC)
    return PublishedCandidate(moment.isoformat(), "second", HINTED)


def _worded_date(words: str) -> PublishedCandidate | None:
    stamp = _stamps().read_stamp(words)
    return PublishedCandidate(stamp.value, stamp.precision, HINTED) if stamp else None


@cache
def _stamps() -> StampReader:
    return StampReader.load()
