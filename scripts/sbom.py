"""Writes the bill of materials: every package of the product, pinned and hashed, and every file that ships as data.

    python -m scripts.sbom [FILE] [--extra dev]

CycloneDX 1.6 as JSON, on standard output where no file is named. The packages are those of ``constraints.txt`` that the
product needs (with ``--extra``, those of an extra too), as they are installed here: with their licences and what each
needs. The data are the models, gazetteers and scripts of the browser's desk that the cards under ``src`` name. The same
installation gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
DATA = ROOT / "src" / "dateline" / "data"
VENDORED = ROOT / "scripts" / "vendor_web.toml"

_PINNED = re.compile(r"^([\w.-]+)==([\w.!+-]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def pinned(constraints: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """The versions of each package that a constraints file pins, by its name, each with the SHA-256 of its files.

    There may be several of one package, for several versions of Python.

    >>> pinned("a_b==1.0 \\\\\\n    --hash=sha256:" + "0" * 64)["a-b"].keys()
    dict_keys(['1.0'])
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for part in re.split(r"\n(?=\S)", constraints):
        if match := _PINNED.match(part):
            versions = found.setdefault(canonicalize_name(match[1]), {})
            versions[match[2]] = tuple(sorted(_HASH.findall(part)))
    return found


def needed(name: str, extras: Sequence[str] = ()) -> dict[str, Distribution]:
    """The installed packages that a package needs, and those that they need, by name; itself is not among them."""
    found: dict[str, Distribution] = {}
    coming = [(name, tuple(extras))]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while coming:
        one = coming.pop()
        if one in seen:
            continue
        seen.add(one)
        try:
            installed = distribution(one[0])
        except PackageNotFoundError:
            continue  # a package for another system
        found[canonicalize_name(one[0])] = installed
        coming += [(each.name, tuple(sorted(each.extras))) for each in _required(installed, one[1])]
    found.pop(canonicalize_name(name), None)
    return dict(sorted(found.items()))


def _required(installed: Distribution, extras: Sequence[str]) -> Iterator[Requirement]:
    for words in installed.requires or ():
        each = Requirement(words)
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            yield each


def bill(extras: Sequence[str] = ()) -> dict[str, Any]:
    """The bill of materials, as CycloneDX says it."""
    version = distribution("dateline").version
    pins = pinned((ROOT / "constraints.txt").read_text())
    packages = needed("dateline", extras)
    product = {"type": "application", "bom-ref": "dateline", "name": "dateline", "version": version,
               "licenses": [{"license": {"id": "MIT"}}]}  # fmt: skip
    components = [_package(name, one, pins.get(name, {}).get(one.version, ())) for name, one in packages.items()]
    components += [*_data_files(), *_vendored()]
    needs = [{"ref": "dateline", "dependsOn": sorted(set(_refs(distribution("dateline"), extras, packages)))}]
    needs += [{"ref": name, "dependsOn": sorted(set(_refs(one, (), packages)))} for name, one in packages.items()]
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": product},
            "components": components, "dependencies": needs}  # fmt: skip


def _refs(installed: Distribution, extras: Sequence[str], packages: dict[str, Distribution]) -> Iterator[str]:
    for each in _required(installed, extras):
        if (name := canonicalize_name(each.name)) in packages:
            yield name


def _package(name: str, installed: Distribution, hashes: Sequence[str]) -> dict[str, Any]:
    """A package; the hashes are those of the files that it may be installed from."""
    files = [{"name": "files", "value": " ".join(f"sha256:{each}" for each in hashes)}] if hashes else []
    return {
        "type": "library", "bom-ref": name, "name": name, "version": installed.version,
        "purl": f"pkg:pypi/{name}@{installed.version}", "licenses": [{"license": {"name": _licence(installed)}}],
        "properties": files,
    }  # fmt: skip


def _licence(installed: Distribution) -> str:
    told: Any = installed.metadata
    classified = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier", ()) if each.startswith("License")]
    stated = told.get("License-Expression") or (told.get("License") or "").partition("\n")[0].strip()
    return str(stated if 0 < len(stated) < 80 else ", ".join(classified) or "not stated")


def _data_files() -> Iterator[dict[str, Any]]:
    """The models and gazetteers with the cards that tell their origin and licence."""
    for card in sorted((*DATA.glob("models/*.toml"), *DATA.glob("*/card.toml"), *DATA.glob("models/*/card.toml"))):
        told = tomllib.loads(card.read_text())
        folder = card.parent if card.name == "card.toml" else None
        for path in sorted(folder.iterdir()) if folder else ():
            if path.suffix not in (".toml", ".py") and path.is_file():
                yield {
                    "type": "data", "bom-ref": str(path.relative_to(ROOT)), "name": str(path.relative_to(DATA)),
                    "description": str(told["origin"]), "licenses": [{"license": {"name": str(told["licence"])}}],
                    "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
                }  # fmt: skip


def _vendored() -> Iterator[dict[str, Any]]:
    """The scripts of others that the browser's desk brings along."""
    folder = ROOT / "src" / "dateline" / "web" / "static" / "vendor"
    versions = {name: one["version"] for name, one in tomllib.loads(VENDORED.read_text())["package"].items()}
    for package in sorted(path for path in folder.iterdir() if path.is_dir()):
        for path in sorted(each for each in package.iterdir() if each.name != "LICENSE"):
            yield {
                "type": "library", "bom-ref": str(path.relative_to(ROOT)), "name": package.name,
                "version": versions[package.name], "purl": f"pkg:npm/{package.name}@{versions[package.name]}",
                "licenses": [{"license": {"name": (package / "LICENSE").read_text().strip().partition("\n")[0]}}],
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--extra", action="append", default=[])
    options = parser.parse_args(arguments)
    written = json.dumps(bill(options.extra), indent=1, ensure_ascii=False) + "\n"
    if options.file:
        options.file.write_text(written, encoding="utf-8")
    else:
        sys.stdout.write(written)


if __name__ == "__main__":
    main()
