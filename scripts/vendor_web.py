"""Writes ``src/dateline/web/static/vendor`` anew from pinned packages of npm: whole files, with their licences.

    python -m scripts.vendor_web [PACKAGE…]

Needs npm. Nothing else ever fetches these files: they are part of the wheel, and browsers get them from the app.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "src/dateline/web/static/vendor"
PINS = Path(__file__).with_name("vendor_web.toml")


def vendor(name: str, version: str, files: list[str]) -> None:
    """Puts the named files of a package into its folder, flat."""
    with TemporaryDirectory() as folder:
        command = ["npm", "pack", f"{name}@{version}", "--json", "--silent"]
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        packed = Path(folder, json.loads(done.stdout)[0]["filename"])
        target = VENDOR / name
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        with tarfile.open(packed) as archive:
            for each in files:
                source = archive.extractfile(f"package/{each}")
                if source is None:
                    raise SystemExit(f"{name}@{version} has no file {each}")
                (target / Path(each).name).write_bytes(source.read())


def main() -> None:
    """Fetches the packages that are named, or all."""
    wanted = sys.argv[1:]
    for name, package in tomllib.loads(PINS.read_text())["package"].items():
        if not wanted or name in wanted:
            vendor(name, package["version"], package["files"])
            sys.stdout.write(f"{name} {package['version']}: {len(package['files'])} files\n")


if __name__ == "__main__":
    main()
