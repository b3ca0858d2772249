"""What a network that was made smaller learns beside the labels: what a whole one makes of the same pieces, and says.

As every layer leaves vectors of one width, those of the small network are held to the whole one's, layer by layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from dateline.reading.tags.pieces import WITHIN
from training.data import BESIDE, ROLES, SAID, SAME, Heads
from training.evaluate import Run, open_run
from training.network import Reader, bar, widened

LED_BY = dict.fromkeys(SAID | BESIDE, "happenings")
"""Heads whose answers are asked for only of what another head marks."""


@dataclass(frozen=True)
class Teachers:
    """A whole network, and perhaps another whose names are read beside its own."""

    reader: Reader
    namer: Run | None = None
    unlearned: frozenset[str] = frozenset()
    """Heads that the network has and has not learned: of these it tells nothing."""

    @classmethod
    def open(cls, checkpoint: Path, namer: Path | None, config: dict[str, Any]) -> Teachers:
        """The averaged network of a checkpoint, and an ONNX file."""
        settings = {name: value for name, value in config["network"].items() if name != "layers"}
        reader = Reader(Heads.of(config["heads"]), settings).eval().requires_grad_(False)
        found = torch.load(checkpoint, weights_only=True)["average"]
        reader.load_state_dict(widened(reader.state_dict(), found))
        unlearned = frozenset(head for head in reader.heads if f"heads.{head}.weight" not in found)
        return cls(reader, open_run(namer, 1) if namer else None, unlearned)

    @torch.no_grad()
    def said(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[list[Tensor], dict[str, Tensor]]:
        """The pieces as each layer leaves them, and how likely each label is; of links, their scores."""
        layers = self.reader.layers(ids, features, mask)
        scores = self.reader.scores(layers[-1])
        likely = {name: rows if name == "links" else rows.softmax(-1) for name, rows in scores.items()}
        if self.namer is not None:
            other = torch.from_numpy(self.namer(ids.numpy(), features.numpy(), mask.numpy())["names"])
            likely["names"] = (likely["names"] + other.softmax(-1)) / 2
        return layers, likely

    def apart(
        self, ids: Tensor, features: Tensor, mask: Tensor, layers: list[Tensor], scores: dict[str, Tensor]
    ) -> dict[str, Tensor]:
        """How far a network is from what it is told, summed over the pieces: in its answers, and in its layers."""
        wanted, likely = self.said(ids, features, mask)
        words = (features[:, :, 1] > WITHIN).float()
        marked = {name: words * (1 - likely[name][..., 0]) for name in ("attribution", "happenings")}
        told = torch.zeros(())
        for head in likely.keys() - {"links"} - self.unlearned:
            told = told + _apart(scores[head], likely[head], marked[LED_BY[head]] if head in LED_BY else words)
        barred = bar(mask, torch.float32)[:, 0]
        for kind in range(SAME):
            heft = marked["attribution" if kind < ROLES else "happenings"]
            ours, theirs = (links[:, kind] + barred for links in (scores["links"], likely["links"]))
            told = told + _apart(ours, theirs.softmax(-1), heft)
        far = sum((((ours - theirs) ** 2).mean(-1) * mask).sum() for ours, theirs in zip(layers, wanted, strict=True))
        return {"told": told, "layers": torch.as_tensor(far)}


def _apart(scores: Tensor, likely: Tensor, heft: Tensor) -> Tensor:
    """How far some scores are from what is likely, summed over the pieces, each counted by what it weighs."""
    lost: Tensor = (F.kl_div(scores.log_softmax(-1), likely, reduction="none").sum(-1) * heft).sum()
    return lost
