"""Takes what was fetched for a parcel: a page by itself, or the pages that the items of a feed lead to."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from dateline.errors import FetchError, InputError
from dateline.intake.fetching import Fetched
from dateline.intake.sources.feeds import Feed, Item, is_feed, read_feed
from dateline.intake.sources.parcels import Parcel, refuse, refuse_for
from dateline.intake.sources.visiting import Visitor
from dateline.model import Refused


def find_fetched(url: str, visitor: Visitor) -> Iterator[Parcel | Refused]:
    """The page at an address, or the pages of all items where a feed stands there."""
    try:
        answer = visitor.visit(url, feed=True)
        if answer.status != HTTPStatus.OK:
            raise answer.refusal()
        feed = read_feed(answer.data, answer.url, answer.charset) if is_feed(answer.data) else None
    except InputError as error:
        yield refuse_for(error, url)
        return
    if feed is None:
        yield page_parcel(answer)
        return
    for item in feed.items:
        yield fetch_item(item, feed, answer.url, visitor)


def fetch_item(item: Item, feed: Feed, where: str, visitor: Visitor) -> Parcel | Refused:
    """The page that an item leads to; what the feed has of it where that cannot be fetched."""
    try:
        return fetch_linked(item, feed, where, visitor)
    except FetchError as error:
        return kept_item(item, feed, where) or refuse_for(error, item.address)


def fetch_linked(item: Item, feed: Feed, where: str, visitor: Visitor) -> Parcel | Refused:
    """The page that an item leads to. Raises FetchError where it cannot be had, Busy where it can be another time."""
    if item.address is None:
        return kept_item(item, feed, where) or refuse(where, "an item leads to no page", "Add its page itself.")
    answer = visitor.visit(item.address)
    if answer.status != HTTPStatus.OK:
        raise answer.refusal()
    return page_parcel(answer, item, feed)


def page_parcel(answer: Fetched, item: Item | None = None, feed: Feed | None = None) -> Parcel:
    """The parcel of a page that was fetched, with what its feed says of it."""
    return Parcel(
        answer.url,
        answer.data,
        as_="html" if "html" in answer.kind else None,
        charset=answer.charset,
        title=item.title if item else None,
        published=item.published if item else None,
        address=answer.url,
        publisher=feed.title if feed else None,
    )


def kept_item(item: Item, feed: Feed, where: str) -> Parcel | None:
    """The parcel of what a feed itself has of a report; None where that is a summary only."""
    data = item.page()
    if data is None:
        return None
    origin = item.address or f"{where}, item {item.key}"
    return Parcel(origin, data, "html", "utf-8", item.title, item.published, item.address, feed.title)


def find_kept(data: bytes, where: str) -> Iterator[Parcel | Refused]:
    """The reports that a saved feed holds. Nothing is fetched: an item that is a summary only is refused."""
    try:
        feed = read_feed(data, where)
    except InputError as error:
        yield refuse_for(error, data=data)
        return
    for number, item in enumerate(feed.items, 1):
        todo = f"Add {item.address} itself." if item.address else "Add its page itself."
        yield kept_item(item, feed, where) or refuse(
            f"{where}, item {number}", "a saved feed is not fetched from, and it holds only a summary", todo
        )
