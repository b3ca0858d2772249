"""The network: the MiniLM-L6 encoder in plain torch, features beside its word-pieces, and one head a task."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dateline.model import EMBEDDED
from dateline.reading.tags.pieces import FEATURES
from training.data import ANCHORS, ANTECEDENT, BESIDE, LINKS, ROLES, SAID, UNMARKED, Heads

WIDTH, HEAD, VOCABULARY, LONGEST = 384, 32, 30522, 512
"""The numbers of a piece's vector, those that one head of attention works on, the pieces known, the longest window."""

WHOLE = ((12, 1536),) * 6
"""The heads of attention of each layer of MiniLM-L6, and how many numbers it works on between its two products."""

EMBEDDED_AFTER = (3, 6)
"""The layers that the embedding of a mention is made from, by their numbers from 1: what the third knows of a word is
its sense more than its part in the sentence, which the last knows."""

DISTANCES = 32
"""Buckets of the distance of a link: each step up to 8, then ever longer ones, on either side."""


class Layer(nn.Module):
    """One layer of the encoder: so many heads of attention, and so many numbers between its two products."""

    def __init__(self, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.attend = nn.Linear(WIDTH, 3 * heads * HEAD)
        self.gather = nn.Linear(heads * HEAD, WIDTH)
        self.widen = nn.Linear(WIDTH, inner)
        self.narrow = nn.Linear(inner, WIDTH)
        self.first_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.second_norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, hidden: Tensor, barred: Tensor, drop: Drop) -> Tensor:
        """The pieces, each knowing more of the others."""
        batch, length, _ = hidden.shape
        parts = self.attend(hidden).view(batch, length, 3, self.heads, HEAD)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = attention(query, key, value, barred)
        seen = seen.transpose(1, 2).reshape(batch, length, self.heads * HEAD)
        hidden = self.first_norm(hidden + drop(self.gather(seen)))
        return self.second_norm(hidden + drop(self.narrow(F.gelu(self.widen(hidden)))))


def attention(query: Tensor, key: Tensor, value: Tensor, barred: Tensor) -> Tensor:
    """What each piece gathers from the others; in whole floats, which its way back needs to be fast."""
    if not torch.is_autocast_enabled("cpu"):
        return F.scaled_dot_product_attention(query, key, value, attn_mask=barred)
    with torch.autocast("cpu", enabled=False):
        return F.scaled_dot_product_attention(query.float(), key.float(), value.float(), attn_mask=barred)


Drop = Callable[[Tensor], Tensor]
"""What happens to vectors on their way: some numbers are dropped in training, none in reading."""


def keep(values: Tensor) -> Tensor:
    """The very same."""
    return values


def dropping(share: float, seed: int | None) -> Drop:
    """Drops a share of the numbers, always the same ones for a seed."""
    if seed is None or not share:
        return keep
    chance = torch.Generator().manual_seed(seed)

    def drop(values: Tensor) -> Tensor:
        kept = torch.empty(values.shape, dtype=torch.bool).bernoulli_(1 - share, generator=chance)
        return values * kept / (1 - share)

    return drop


class Encoder(nn.Module):
    """MiniLM-L6, or what is left of it, with embeddings of a piece's features added to its own."""

    def __init__(self, *, frozen: bool, sizes: Sequence[tuple[int, int]] = WHOLE) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(LONGEST, WIDTH)
        self.features = nn.ModuleList(nn.Embedding(size, WIDTH) for size in FEATURES.values())
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(*size) for size in sizes)
        for table in self.features:
            nn.init.normal_(table.weight, std=0.01)
        self.words.requires_grad_(not frozen)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor, drop: Drop) -> list[Tensor]:
        """The pieces as each layer leaves them, the last as vectors that know their window."""
        hidden = drop(self.embed(ids, features))
        barred, found = bar(mask, hidden.dtype), []
        for layer in self.layers:
            hidden = layer(hidden, barred, drop)
            found.append(hidden)
        return found

    def embed(self, ids: Tensor, features: Tensor) -> Tensor:
        """The pieces as vectors that know nothing of each other yet."""
        hidden = self.words(ids) + self.places(torch.arange(ids.shape[1], device=ids.device))
        for number, table in enumerate(self.features):
            hidden = hidden + table(features[:, :, number])
        normed: Tensor = self.norm(hidden)
        return normed

    def rise(self, hidden: Tensor, barred: Tensor, drop: Drop, first: int = 0, end: int | None = None) -> Tensor:
        """The pieces after some of the layers."""
        for layer in self.layers[first:end]:
            hidden = layer(hidden, barred, drop)
        return hidden


def bar(mask: Tensor, dtype: torch.dtype) -> Tensor:
    """What is added to the scores of attention, so that no piece sees the padding."""
    return (1.0 - mask[:, None, None, :].to(dtype)) * -1e4


class Links(nn.Module):
    """Scores, for each kind of link, how well each piece leads to each other; the window's opening piece is none."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.width = width
        self.leave = nn.Linear(WIDTH, len(LINKS) * width)
        self.reach = nn.Linear(WIDTH, len(LINKS) * width)
        self.distance = nn.Parameter(torch.zeros(len(LINKS), 2 * DISTANCES))

    def forward(self, hidden: Tensor) -> Tensor:
        """The scores: window, kind of link, from, to."""
        batch, length, _ = hidden.shape
        leave = self.leave(hidden).view(batch, length, len(LINKS), self.width).permute(0, 2, 1, 3)
        reach = self.reach(hidden).view(batch, length, len(LINKS), self.width).permute(0, 2, 3, 1)
        steps = torch.arange(length, device=hidden.device)
        steps = steps[None, :] - steps[:, None]
        size = steps.abs().to(hidden.dtype)
        bucket = torch.where(size < 8, size, 8 + torch.log2(size.clamp(min=8) / 8) * 4).clamp(max=DISTANCES - 1)
        bucket = bucket.to(torch.int64) + (steps < 0).to(torch.int64) * DISTANCES
        return leave @ reach / math.sqrt(self.width) + self.distance[:, bucket]


class Reader(nn.Module):
    """One pass over the windows of a report: a row of scores a head for every piece, and the links."""

    def __init__(self, heads: Heads, settings: dict[str, Any]) -> None:
        super().__init__()
        self.encoder = Encoder(frozen=settings["frozen"], sizes=settings.get("layers", WHOLE))
        self.dropout: float = settings["dropout"]
        self.inner_dropout: float = settings["inner_dropout"]
        self.halves: bool = settings["halves"]
        sizes = {head: len(labels) for head, labels in heads.labels.items()}
        sizes |= {head: len(labels) for head, labels in (SAID | BESIDE).items()}
        self.heads = nn.ModuleDict({head: nn.Linear(WIDTH, size) for head, size in sizes.items()})
        self.links = Links(settings["link_width"])
        self.embed = nn.Linear(len(EMBEDDED_AFTER) * WIDTH, EMBEDDED).requires_grad_(False)
        """What ``training.embed`` learns when all else has been learned, of the pieces as some layers leave them."""

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor, seed: int | None = None) -> dict[str, Tensor]:
        """The scores of every head; with a seed, for training, after dropping some of what the heads are told."""
        return self.scores(self.layers(ids, features, mask, seed)[-1], seed)

    def layers(self, ids: Tensor, features: Tensor, mask: Tensor, seed: int | None = None) -> list[Tensor]:
        """The pieces as each layer of the encoder leaves them."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.halves and seed is not None):
            found: list[Tensor] = self.encoder(ids, features, mask, dropping(self.inner_dropout, seed))
        return found

    @staticmethod
    def lower(layers: Sequence[Tensor]) -> Tensor:
        """What an embedding is made from: the pieces as some of the layers leave them, side by side."""
        return torch.cat([layers[number - 1] for number in EMBEDDED_AFTER], -1)

    def scores(self, hidden: Tensor, seed: int | None = None) -> dict[str, Tensor]:
        """The scores of every head, and of the links, from the pieces as the last layer leaves them."""
        hidden = dropping(self.dropout, None if seed is None else seed + 1)(hidden.float())
        return {**{name: head(hidden) for name, head in self.heads.items()}, "links": self.links(hidden)}


def widened(own: dict[str, Tensor], found: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights of another network, with our own where it has no such head, or fewer kinds of link."""
    state = {}
    for name, value in own.items():
        other = found.get(name, value[:0])
        state[name] = torch.cat([other, value[len(other) :]]) if len(other) < len(value) else other
    return state


def layer_sizes(found: dict[str, Tensor]) -> list[tuple[int, int]]:
    """The heads of attention of each layer of a network's weights, and its inner numbers."""
    layers = [f"encoder.layers.{number}" for number in range(len(WHOLE))]
    return [
        (len(found[f"{layer}.attend.weight"]) // (3 * HEAD), len(found[f"{layer}.widen.weight"])) for layer in layers
    ]


def load_encoder(encoder: Encoder, weights: Path) -> None:
    """Puts MiniLM's published weights into the encoder."""
    from safetensors.torch import load_file

    have = load_file(weights)
    kind = have["embeddings.token_type_embeddings.weight"][0]
    state = {
        "words.weight": have["embeddings.word_embeddings.weight"],
        "places.weight": have["embeddings.position_embeddings.weight"] + kind,
        "norm.weight": have["embeddings.LayerNorm.weight"],
        "norm.bias": have["embeddings.LayerNorm.bias"],
    }
    names = {"gather": "attention.output.dense", "first_norm": "attention.output.LayerNorm",
             "widen": "intermediate.dense", "narrow": "output.dense", "second_norm": "output.LayerNorm"}  # fmt: skip
    for number in range(len(WHOLE)):
        theirs = f"encoder.layer.{number}."
        for part in ("weight", "bias"):
            for ours, name in names.items():
                state[f"layers.{number}.{ours}.{part}"] = have[f"{theirs}{name}.{part}"]
            three = [have[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            state[f"layers.{number}.attend.{part}"] = torch.cat(three)
    missing, unknown = encoder.load_state_dict(state, strict=False)
    if unknown or any(not name.startswith("features.") for name in missing):
        raise ValueError(f"{weights}: not the weights of MiniLM-L6 (missing {missing}, unknown {unknown}).")


def losses(
    scores: dict[str, Tensor], labels: dict[str, Tensor], links: Tensor, mask: Tensor, smoothing: float
) -> dict[str, Tensor]:
    """The loss of each head, summed over what is taught in the batch."""
    found = {}
    for head, rows in labels.items():
        wanted = rows.flatten()
        taught = torch.nonzero(wanted != UNMARKED).flatten()
        if not len(taught):
            continue
        if head == "dated":
            given = scores["timexes"].flatten(0, 1)[taught].log_softmax(-1)
            found[head] = -torch.logsumexp(given[:, 1:], -1).sum()
        else:
            given = scores[head].flatten(0, 1)[taught]
            found[head] = F.cross_entropy(given, wanted[taught], reduction="sum", label_smoothing=smoothing)
    if len(links):
        window, kind, start, end = links.T
        given = scores["links"][window, kind, start] + (1.0 - mask[window].to(torch.float32)) * -1e4
        lost = F.cross_entropy(given, end, reduction="none")
        found["links"], found["roles"] = lost[kind < ROLES].sum(), lost[(kind >= ROLES) & (kind < ANCHORS)].sum()
        anchors = kind >= ANCHORS
        if anchors.any():
            _, group = torch.unique(links[anchors, :3], dim=0, return_inverse=True)
            likely = torch.zeros(int(group.max()) + 1).index_add(0, group, torch.exp(-lost[anchors]))
            missed = -torch.log(likely.clamp(min=1e-9))
            kinds = torch.zeros(len(missed), dtype=kind.dtype).index_copy(0, group, kind[anchors])
            for name, own in (("anchors", kinds < ANTECEDENT), ("antecedents", kinds == ANTECEDENT)):
                if own.any():
                    found[name] = missed[own].sum()
    return found
