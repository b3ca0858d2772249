"""Checks what is installed, without a network: versions, files, and advisories where a copy of them is at hand.

    python -m scripts.audit [--extra dev] [--advisories FOLDER]

Each package that Dateline needs must be the version that ``constraints.txt`` pins, each pin must have hashes, and each
installed file must have the SHA-256 that the package itself recorded for it: a file that was changed after it was
installed is told. ``--advisories`` is a folder of advisories in the form of the OSV project (one JSON file each), as a
machine with a network can fetch and carry over; packages whose version one of them names are told. Ends with 1 where
anything is told.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from scripts.sbom import ROOT, needed, pinned


def wrong_pins(packages: dict[str, Distribution], pins: dict[str, dict[str, tuple[str, ...]]]) -> Iterator[str]:
    """What is installed in another version than is pinned, or is pinned without hashes, or not at all."""
    for name, one in packages.items():
        versions = pins.get(name, {})
        if not versions:
            yield f"{name} {one.version} is installed, and constraints.txt does not pin it"
        elif one.version not in versions:
            yield f"{name} {one.version} is installed, and constraints.txt pins {' or '.join(versions)}"
    for name, versions in pins.items():
        yield from (f"{name} {version} is pinned without hashes" for version, hashes in versions.items() if not hashes)


def changed_files(packages: dict[str, Distribution]) -> Iterator[str]:
    """The installed files that are not what their packages recorded."""
    for name, one in packages.items():
        for file, recorded, *_ in csv.reader((one.read_text("RECORD") or "").splitlines()):
            method, _, value = recorded.partition("=")
            if method != "sha256":
                continue
            path = Path(str(one.locate_file(file)))
            if not path.is_file():
                yield f"{name}: {file} is gone"
            elif digest(path) != value:
                yield f"{name}: {file} is not the file that was installed"


def digest(path: Path) -> str:
    """The SHA-256 of a file as packages record it."""
    return base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode()


def advised(packages: dict[str, Distribution], folder: Path) -> Iterator[str]:
    """The advisories of a folder that name the version of a package that is installed."""
    for file in sorted(folder.rglob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        if told.get("withdrawn"):
            continue
        for one in told.get("affected", ()):
            named = one.get("package", {})
            installed = packages.get(canonicalize_name(named.get("name", "")))
            if named.get("ecosystem") == "PyPI" and installed and _is_affected(installed.version, one):
                yield f"{installed.name} {installed.version}: {told.get('id')} {told.get('summary', '')}".rstrip()


def _is_affected(version: str, affected: dict[str, Any]) -> bool:
    if version in affected.get("versions", ()):
        return True
    return any(
        _lies_in(Version(version), each.get("events", ()))
        for each in affected.get("ranges", ())
        if each.get("type") == "ECOSYSTEM"
    )


def _lies_in(version: Version, events: Sequence[dict[str, str]]) -> bool:
    """Whether a version lies after one that an advisory says brought the fault, and before the one that mended it."""
    inside = False
    for event in sorted(events, key=lambda each: _version(next(iter(each.values()), "0"))):
        if "introduced" in event:
            inside = inside or version >= _version(event["introduced"])
        elif ("fixed" in event and version >= _version(event["fixed"])) or (
            "last_affected" in event and version > _version(event["last_affected"])
        ):
            inside = False
    return inside


def _version(words: str) -> Version:
    try:
        return Version(words)
    except InvalidVersion:
        return Version("0")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--extra", action="append", default=[])
    parser.add_argument("--advisories", type=Path)
    options = parser.parse_args(arguments)
    packages = needed("dateline", options.extra)
    told = [*wrong_pins(packages, pinned((ROOT / "constraints.txt").read_text())), *changed_files(packages)]
    if options.advisories:
        told += advised(packages, options.advisories)
    for line in told:
        print(line)
    files = sum(len(one.files or ()) for one in packages.values())
    print(f"{len(packages)} packages, {files:,} files: {len(told) or 'nothing'} amiss")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
