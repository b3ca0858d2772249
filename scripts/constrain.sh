#!/usr/bin/env bash
# Writes constraints.txt anew: every package of the product and its tests, pinned and hashed. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
uv pip compile pyproject.toml --extra dev --generate-hashes --universal --python-version 3.11 \
  --no-header --no-annotate --quiet --output-file constraints.txt
