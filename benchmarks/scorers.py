"""Opens the scorers that stand beside the gold data, for what must judge as they do."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any


def open_scorer(path: Path) -> Any:
    """The scorer at a path, as a module; SystemExit where there is none."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SystemExit(f"there is no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
