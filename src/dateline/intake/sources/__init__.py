"""Where reports come from in numbers: folders, feeds, JSON Lines, web archives."""

from dateline.intake.sources.feeds import Feed, Item, read_feed, read_opml
from dateline.intake.sources.finding import count_bytes, find_in_file, find_parcels
from dateline.intake.sources.folders import find_files
from dateline.intake.sources.parcels import Parcel, read_parcel
from dateline.intake.sources.polling import FeedState, Poller, WatchState
from dateline.intake.sources.ranges import cut_as
from dateline.intake.sources.tables import Found, count_rows, line_of
from dateline.intake.sources.visiting import Busy, Visitor

__all__ = [
    "Busy",
    "Feed",
    "FeedState",
    "Found",
    "Item",
    "Parcel",
    "Poller",
    "Visitor",
    "WatchState",
    "count_bytes",
    "count_rows",
    "cut_as",
    "find_files",
    "find_in_file",
    "find_parcels",
    "line_of",
    "read_feed",
    "read_opml",
    "read_parcel",
]
