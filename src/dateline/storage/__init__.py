"""Files by their path, or by their address in a store (``s3://bucket/news.warc.gz``): found, read, written whole."""

from dateline.storage.files import File, is_stored, list_files, list_matching, look_at, open_file, remove, store_of
from dateline.storage.writing import UNDONE, join, write_whole

__all__ = [
    "UNDONE",
    "File",
    "is_stored",
    "join",
    "list_files",
    "list_matching",
    "look_at",
    "open_file",
    "remove",
    "store_of",
    "write_whole",
]
