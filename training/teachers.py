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
    learned: tuple[tuple[frozenset[str], int], ...] = ()
    """The heads that each has learned, and how many kinds of link: it is asked for no others. None: all have all."""

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
        learned = tuple(
            (
                frozenset(head for head in readers[0].heads if f"heads.{head}.weight" in state),
                min(SAME, len(state["links.distance"])),
            )
            for state in states
        )
        return cls(tuple(readers), open_run(namer, 1) if namer else None, learned)

    @torch.no_grad()
    def said(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[list[Tensor], dict[str, Tensor]]:
        """The pieces as each layer of the first leaves them, how likely each label is, and each link, by its number."""
        answers: list[dict[str, Tensor]] = []
        first: list[Tensor] = []
        barred = bar(mask, torch.float32)[:, 0]
        every = [(frozenset(reader.heads), SAME) for reader in self.readers]
        for reader, (heads, kinds) in zip(self.readers, self.learned or every, strict=True):
            with torch.autocast("cpu", torch.bfloat16, enabled=reader.halves):
                layers = [layer.float() for layer in reader.encoder(ids, features, mask, keep)]
            first = first or layers
            scores = reader.scores(layers[-1])
            own = {name: scores[name].softmax(-1) for name in heads}
            answers.append(own | {str(kind): (scores["links"][:, kind] + barred).softmax(-1) for kind in range(kinds)})
        names = {name for answer in answers for name in answer}
        likely = {name: torch.stack([answer[name] for answer in answers if name in answer]).mean(0) for name in names}
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
        barred = bar(mask, torch.float32)[:, 0]
        for name in sorted(likely):
            if name in scores:
                told = told + _apart(scores[name], likely[name], marked[LED_BY[name]] if name in LED_BY else words)
            else:
                heft = marked["attribution" if int(name) < ROLES else "happenings"]
                told = told + _apart(scores["links"][:, int(name)] + barred, likely[name], heft)
        far = sum((((ours - theirs) ** 2).mean(-1) * mask).sum() for ours, theirs in zip(layers, wanted, strict=True))
        return {"told": told, "layers": torch.as_tensor(far)}


def _apart(scores: Tensor, likely: Tensor, heft: Tensor) -> Tensor:
    """How far some scores are from what is likely, summed over the pieces, each counted by what it weighs."""
    lost: Tensor = (F.kl_div(scores.log_softmax(-1), likely, reduction="none").sum(-1) * heft).sum()
    return lost
