"""Learns the weights of the events layer and writes them as data.

    python -m scripts.train_events LEDGER.jsonl CORROBORATION.jsonl PLOVER.jsonl [--out FILE]

LEDGER holds reports with annotated events, CORROBORATION news sentences with every event mention marked, PLOVER
sentences with one coded event each. Only counts and weights of words and of their surroundings are written, never a
text.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dateline.model import Block, Parse, Reading, Report, Span, Token
from dateline.reading.events.detect import candidates, features
from dateline.reading.events.lexicon import EventLexicon, EventWords, Models
from dateline.reading.events.merge import gather
from dateline.reading.events.reader import EventReader
from dateline.reading.events.salience import main_features
from dateline.reading.events.scene import Scene, lay_out
from dateline.reading.events.types import type_features
from scripts.linear import fit

Row = dict[str, Any]
Pair = tuple[Row, Reading]

OUT = Path(__file__).parent.parent / "src/dateline/data/languages/en/events_weights.json"

CARD = {
    "what": "Weights of the linear models of the events layer, and how often news takes a word for a happening.",
    "how": "python -m scripts.train_events LEDGER CORROBORATION PLOVER (softmax regression with an L2 penalty)",
    "data": "detect, main, type and status: ledger train (30 reports annotated for Dateline). known: counts over the "
    "training part of ECB+ (CC BY 3.0). plover: PLOVER gold standard records, development part (CC BY-SA 4.0).",
    "licence": "The weights are derived from these annotations and name them; no text is contained.",
}

MAIN_RIDGE, DETECT_RIDGE, TYPE_RIDGE, STATUS_RIDGE = 4.0, 4.0, 2.0, 2.0


def read_rows(path: str) -> list[Row]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line.strip()]


def as_report(row: Row) -> Report:
    """The report of a row: its text just as it stands, one paragraph a line."""
    blocks, place = [], 0
    for line in row["text"].splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(place, place + len(line.rstrip("\r\n")), "paragraph"))
        place += len(line)
    return Report(id=row["id"], text=row["text"], blocks=tuple(blocks), published=row.get("published"))


def read_all(rows: Iterable[Row]) -> list[Pair]:
    """The rows with their readings by every layer below the events."""
    from dateline.reading.pipeline import LAYERS

    annotators = [layer.load() for layer in LAYERS[:-1]]
    pairs = []
    for row in rows:
        reading = Reading(as_report(row))
        for annotator in annotators:
            reading = annotator(reading)
        pairs.append((row, reading))
    return pairs


def learn_known(pairs: Iterable[Pair], words: EventWords) -> dict[str, str]:
    """How often annotators took each verb and noun for a happening, in four steps."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row, reading in pairs:
        spans = [Span(event["start"], event["end"]) for event in row["events"]]
        annotated = [Span(*row["sentences"][number]) for number in row["annotated"]]
        for token in candidates(reading.parsed(), words):
            if any(sentence.covers(token.span) for sentence in annotated):
                counts[f"{token.pos[0]}:{token.lemma}"][any(token.span.touches(span) for span in spans)] += 1
    steps = {}
    for word, (no, yes) in sorted(counts.items()):
        share = (yes + 0.7) / (no + yes + 1)
        if no + yes > 1:
            steps[word] = (
                "mostly" if share > 0.85 else "often" if share > 0.6 else "sometimes" if share > 0.3 else "seldom"
            )
    return steps


def gold_heads(row: Row, parse: Parse) -> list[tuple[Token, Row, bool]]:
    """The head of each annotated mention with its event, and whether it is the trigger."""
    found = []
    for event in row["events"]:
        for place, span in enumerate([event["trigger"], *event["also"]]):
            head = parse.root_of(parse.within(Span(*span)))
            if head is not None:
                found.append((head, event, place == 0))
    return found


def learn_detect(
    pairs: Iterable[Pair], lexicon: EventLexicon, ridge: float = DETECT_RIDGE
) -> dict[str, dict[str, float]]:
    """The model that tells mentions of happenings from other words."""
    rows, labels, importance = [], [], []
    for row, reading in pairs:
        scene = lay_out(reading, lexicon.words)
        heads = {head.index for head, _, _ in gold_heads(row, scene.parse)}
        spans = [Span(*span) for event in row["events"] for span in [event["trigger"], *event["also"]]]
        for token in candidates(scene.parse, lexicon.words):
            inside = any(token.span.touches(span) for span in spans)
            rows.append(features(scene, lexicon, token))
            labels.append("yes" if inside else "no")
            importance.append(0.4 if inside and token.index not in heads else 1.0)
    return fit(rows, labels, importance, ridge=ridge)


def learn_type(pairs: Iterable[Pair], lexicon: EventLexicon, ridge: float = TYPE_RIDGE) -> dict[str, dict[str, float]]:
    """The model that weighs what speaks for each type."""
    rows, labels, importance = [], [], []
    for row, reading in pairs:
        scene = lay_out(reading, lexicon.words)
        for head, event, trigger in gold_heads(row, scene.parse):
            rows.append(type_features(scene, lexicon, head))
            labels.append(event["type"])
            importance.append(1.0 if trigger else 0.5)
    return fit(rows, labels, importance, ridge=ridge)


def learn_main(pairs: Iterable[Pair], reader: EventReader, ridge: float = MAIN_RIDGE) -> dict[str, dict[str, float]]:
    """The model that tells the main events, learned from what the reader itself finds."""
    rows, labels = [], []
    for row, reading in pairs:
        scene, groups = find_groups(reader, reading)
        for group in groups:
            lead = max(group, key=lambda draft: draft.richness)
            spans = [draft.mention.span for draft in group]
            hits = [
                event["main"]
                for event in row["events"]
                if any(Span(*span).touches(own) for span in [event["trigger"], *event["also"]] for own in spans)
            ]
            rows.append(main_features(scene, group, lead))
            labels.append("yes" if any(hits) else "no")
    return fit(rows, labels, ridge=ridge)


def find_groups(reader: EventReader, reading: Reading) -> tuple[Scene, Sequence[Any]]:
    """What the reader finds in a reading before it makes events of it."""
    from dateline.reading.events.detect import find_mentions

    scene = lay_out(reading, reader.lexicon.words)
    drafts = [reader.draft(scene, mention) for mention in find_mentions(scene, reader.lexicon)]
    return scene, gather(scene, drafts)


def learn(ledger: Sequence[Pair], known: dict[str, str], threshold: float = 0.4) -> EventLexicon:
    """The lexicon with every model learned but PLOVER's."""
    from dataclasses import replace

    lexicon = EventLexicon.load()
    models = Models(CARD, threshold, known, {}, {}, {}, {}, {})
    lexicon = replace(lexicon, models=models)
    models = Models(CARD, threshold, known, learn_detect(ledger, lexicon), {}, learn_type(ledger, lexicon), {}, {})
    lexicon = replace(lexicon, models=models)
    main = learn_main(ledger, EventReader(lexicon))
    models = Models(CARD, threshold, known, models.detect, main, models.type, {}, {})
    return replace(lexicon, models=models)


def write(models: Models, path: Path) -> None:
    """Writes the models as JSON, one feature a line, in a fixed order."""
    parts = {}
    for key in Models.__struct_fields__:
        value = getattr(models, key)
        parts[key] = dict(sorted(value.items())) if isinstance(value, dict) and key != "card" else value
    path.write_text(json.dumps(parts, ensure_ascii=False, indent=0) + "\n", "utf-8")


def main() -> None:
    """Learns all models and writes them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger")
    parser.add_argument("corroboration")
    parser.add_argument("plover")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    known = learn_known(read_all(read_rows(options.corroboration)), EventLexicon.load().words)
    lexicon = learn(read_all(read_rows(options.ledger)), known)
    write(lexicon.models, options.out)


if __name__ == "__main__":
    main()
