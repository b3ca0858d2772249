"""Makes gold for the scorer of anchors from a file whose events are linked with times: when each happened.

    python -m benchmarks.linked_anchors TIMES.jsonl ANCHORS.jsonl

An event that a day contains happened on that day; where no day does and the publication contains it, on that of the
publication; else it is bounded by the publication and by the days before and after which it is said to lie. Events of
several days (that begin or end on one, or overlap it) are marked so, and the scorer passes them over.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]

PUBLICATION = "t0"
HOLDS = ("CONTAINS", "SIMULTANEOUS")
LASTS = ("BEGUN_ON", "ENDED_ON", "BEGINS_ON", "ENDS_ON")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def linked_anchors(row: Row) -> Iterator[Row]:
    """The anchors of a row's events, of those whose links tell one."""
    values = {timex["tid"]: timex["value"] or "" for timex in row["timexes"]}
    for event in row["events"]:
        links = [link for link in row["links"] if link["event"] == event["eid"]]
        told = _told(links, values, row["published"])
        if told is not None:
            yield {"start": event["start"], "end": event["end"], **told}


def _told(links: Sequence[Row], values: dict[str, str], published: str) -> Row | None:
    to_publication = {link["rel"] for link in links if link["timex"] == PUBLICATION}
    to_days = [(link["rel"], match[0]) for link in links if (match := _DAY.match(values.get(link["timex"], "")))]
    lasts = to_publication & set(LASTS) or any(rel in (*LASTS, "OVERLAP") for rel, _ in to_days)
    span = {"span": "multi" if lasts else "day"}
    days = {day for rel, day in to_days if rel in HOLDS}
    if not days and "CONTAINS" in to_publication:
        days = {published}
    if len(days) == 1:
        day = days.pop()
        return {**span, "on": day, "dct": "on" if day == published else "before" if day < published else "after"}
    if days:
        return None
    if "BEFORE" in to_publication:
        before = [published, *(day for rel, day in to_days if rel == "BEFORE")]
        return {**span, "before": before, "after": [day for rel, day in to_days if rel == "AFTER"], "dct": "before"}
    return {**span, "after": [published], "dct": "after"} if "AFTER" in to_publication else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("times", type=Path)
    parser.add_argument("anchors", type=Path)
    options = parser.parse_args(arguments)
    with options.anchors.open("w", encoding="utf-8") as out:
        for line in options.times.read_text("utf-8").splitlines():
            row = json.loads(line)
            kept = {key: row[key] for key in ("id", "text", "published")}
            out.write(json.dumps({**kept, "anchors": list(linked_anchors(row))}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
