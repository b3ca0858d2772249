"""Where reports come from in numbers: folders, feeds, JSON Lines, web archives."""

from dateline.intake.sources.feeds import Feed, Item, read_feed, read_opml
from dateline.intake.sources.finding import count_bytes, find_parcels
from dateline.intake.sources.parcels import Parcel, read_parcel
from dateline.intake.sources.polling import FeedState, Poller, WatchState
from dateline.intake.sources.visiting import Busy, Visitor

__all__ = [
    "Busy",
    "Feed",
    "FeedState",
    "Item",
    "Parcel",
    "Poller",
    "Visitor",
    "WatchState",
    "count_bytes",
    "find_parcels",
    "read_feed",
    "read_opml",
    "read_parcel",
]
