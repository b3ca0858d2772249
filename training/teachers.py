"""What a network that was made smaller learns beside the labels: what a whole one makes of the same pieces, and says.

As every layer leaves vectors of one width, those of the small network are held to the whole one's, layer by layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from dateline.reading.tags.pieces import WITHIN
from training.data import BESIDE, ROLES, SAID, SAME, Heads
from training.evaluate import Run, open_run
from training.network import Reader, bar, keep, layer_sizes, widened

LED_BY = dict.fromkeys(SAID | BESIDE, "happenings")
"""Heads whose answers are asked for only of what another head marks."""


@dataclass(frozen=True)
class Teachers:
    """Networks the mean of whose answers is told, the first a whole one; and perhaps one with a say in names alone."""

    readers: tuple[Reader, ...]
    namer: Run | None = None
    unlearned: frozenset[str] = frozenset()
    """Heads that one of the networks has not learned: of these nothing is told."""

    @classmethod
    def open(cls, checkpoints: Sequence[Path], namer: Path | None, config: dict[str, Any]) -> Teachers:
        """The averaged networks of some checkpoints, and an ONNX file."""
        states = [torch.load(checkpoint, weights_only=True)["average"] for checkpoint in checkpoints]
        readers = []
        for state in states:
            settings = {**config["network"], "layers": layer_sizes(state)}
            reader = Reader(Heads.of(config["heads"]), settings).eval().requires_grad_(False)
            reader.load_state_dict(widened(reader.state_dict(), state))
            readers.append(reader)
        heads = readers[0].heads
        unlearned = frozenset(head for head in heads for state in states if f"heads.{head}.weight" not in state)
        return cls(tuple(readers), open_run(namer, 1) if namer else None, unlearned)

    @torch.no_grad()
    def said(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[list[Tensor], dict[str, Tensor]]:
        """The pieces as each layer of the first leaves them, and how likely each label is; of links, their scores."""
        answers: list[dict[str, Tensor]] = []
        first: list[Tensor] = []
        for reader in self.readers:
            with torch.autocast("cpu", torch.bfloat16, enabled=reader.halves):
                layers = [layer.float() for layer in reader.encoder(ids, features, mask, keep)]
            first = first or layers
            scores = reader.scores(layers[-1])
            answers.append({name: rows if name == "links" else rows.softmax(-1) for name, rows in scores.items()})
        likely = {name: torch.stack([answer[name] for answer in answers]).mean(0) for name in answers[0]}
        if self.namer is not None:
            other = torch.from_numpy(self.namer(ids.numpy(), features.numpy(), mask.numpy())["names"])
            likely["names"] = (likely["names"] + other.softmax(-1)) / 2
        return first, likely

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
