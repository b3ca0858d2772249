#!/usr/bin/env bash
# Builds the sdist, the wheel from that sdist, installs it into a fresh environment from pinned and hashed packages, and
# reads an example there. Neither file may be larger than 60 MB. Needs hatchling (.venv has it), pip and its packages.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-.venv/bin/python}
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
"$python" -m hatchling build -t sdist -d "$made/dist" >/dev/null
mkdir "$made/sdist"
tar -xzf "$made"/dist/*.tar.gz -C "$made/sdist" --strip-components=1
python_at=$(cd "$(dirname "$python")" && pwd)/$(basename "$python")
(cd "$made/sdist" && "$python_at" -m hatchling build -t wheel -d "$made/dist" >/dev/null)
for file in "$made"/dist/*; do
  size=$(stat -c %s "$file")
  echo "$(basename "$file"): $((size / 1000000)) MB"
  [ "$size" -lt 60000000 ] || { echo "larger than 60 MB"; exit 1; }
done
"$python" -m venv "$made/fresh"
# What the product needs, and not what its tests need too, each with the hashes of the constraints.
"$python" -m scripts.needed > "$made/needed.txt"
"$made/fresh/bin/pip" install -q --require-hashes -r "$made/needed.txt"
"$made/fresh/bin/pip" install -q --no-deps --no-index "$made"/dist/*.whl
cp examples/example-wire.html "$made/page.html"
cd "$made"
fresh/bin/pip check
fresh/bin/dateline read page.html >read.txt
grep -q "WHAT HAPPENED" read.txt
fresh/bin/dateline add page.html --ledger made.ledger >/dev/null
fresh/bin/dateline ask --who kim --ledger made.ledger --json >/dev/null
echo "built, installed and run"
