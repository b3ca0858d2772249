"""Learns the weights of the events layer and writes them as data.

    python -m scripts.train_events LEDGER.jsonl NAMES.jsonl CORROBORATION.jsonl PLOVER.jsonl [--only PART…]
        [--halves FOLDER FOLDER] [--bench BENCH] [--out FILE]

LEDGER holds reports with annotated events, NAMES the texts of those whose events training/events.jsonl annotates,
CORROBORATION news sentences with every event mention marked, PLOVER sentences with one coded event each; places are
learned from training/invented.jsonl as well. How far the network's links to places are to be believed ("placed") is
learned from the reports that it has not learned them from; how far it and the rules are to be believed of the status of
a happening ("status") from the reports of training/unseen.jsonl. The texts of both are in BENCH, the folder of the
development data. Only counts and weights of words and of their surroundings are written, never a text. With --only the
other parts stay as they are.
How near embeddings lie says more of mentions that they were learned from than of others: "same" is learned from each
half of the reports as read by a network whose embeddings have not learned from it. The first FOLDER holds a copy of the
reader that was given them by ``training.embed --without 0 --into FOLDER/reader.onnx``, the second one --without 1.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import msgspec

from dateline.intake import plain_report
from dateline.lexicon.known_names import KnownNames
from dateline.lexicon.models import NetworkCard, make_tagger
from dateline.model import EventType, Parse, Reading, Span, Status, Token, Where, cosine
from dateline.reading.events.anchoring import Anchor, told_features
from dateline.reading.events.coreference import pair_features
from dateline.reading.events.detect import candidates, features
from dateline.reading.events.drafts import Draft
from dateline.reading.events.lexicon import EventLexicon, EventWords, Models
from dateline.reading.events.merge import MAX_LOOK_BACK, mentions
from dateline.reading.events.plover import features as plover_features
from dateline.reading.events.reader import EventReader, lead_of
from dateline.reading.events.salience import main_features
from dateline.reading.events.scene import Scene, lay_out
from dateline.reading.events.status import judge_status, status_features, told_status
from dateline.reading.events.types import type_features
from dateline.reading.events.where import Placed, all_features, as_anchors, place_candidates
from dateline.reading.tags import TagReader
from scripts.linear import Weights, fit
from training.annotated import CODED, CODED_PLAIN, INVENTED, all_rows, annotated_rows, half_of, held_out, unseen_rows

C = TypeVar("C")
Row = dict[str, Any]
Pair = tuple[Row, Reading]
Examples = tuple[list[list[str]], list[str]]
Found = tuple[Scene, list[Draft], Row | None]

OUT = Path(__file__).parent.parent / "src/dateline/data/languages/en/events_weights.json"

CARD = {
    "what": "Weights of the linear models of the events layer, and how often news takes a word for a happening.",
    "how": "python -m scripts.train_events LEDGER NAMES CORROBORATION PLOVER (softmax regression with an L2 penalty), "
    "the last times with --only type, --only where, --only same, --only plover and --only status placed",
    "data": "type, where: 676 reports annotated for Dateline (30 of them the ledger data, 646 of the names data: "
    "training/events.jsonl); where also 1,055 made up for it (training/invented.jsonl), without an eighth of all; "
    "placed: that eighth, with excerpts of others (training/excerpts.jsonl). status: 244 texts of the "
    "attribution and the times data annotated for Dateline (training/unseen.jsonl). type, same: the 676, before a "
    "third and a second annotator read them. detect, main: the 318 of them that were annotated first. known: counts "
    "over the training part of ECB+ (CC BY 3.0). plover: PLOVER gold standard records, development part (CC BY-SA "
    "4.0), and 9,300 sentences made up for Dateline (training/coded.jsonl, coded_plain.jsonl).",
    "licence": "The weights are derived from these annotations and name them; no text is contained.",
}

PARTS = ("known", "detect", "type", "status", "where", "placed", "same", "main", "plover")
"""The models that are learned."""

ON_BENCH = frozenset({"status", "placed"})
"""Those that are learned from reports that the network has not learned the same from."""

WHERE_RIDGE, PLACED_RIDGE = 120.0, 20.0
MAIN_RIDGE, DETECT_RIDGE, TYPE_RIDGE, STATUS_RIDGE = 4.0, 8.0, 3.0, 60.0
THRESHOLD, WHERE_ABOVE = 0.7, 0.35
SAME_THRESHOLD, SAME_RIDGE = 0.45, 30.0
"""How likely mentions must be whose pairs the model of one happening is learned from: more than are told later."""

RULE_HEFT = 4.0
EXTRA_HEFT = 0.3
"""What an example of another scheme of annotation weighs beside one of the ledger."""

MADE_UP = {CODED: 0.1, CODED_PLAIN: 0.3}
"""What a made-up sentence weighs beside one of PLOVER's, of which there are an eleventh as many."""


def read_rows(path: str) -> list[Row]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in Path(path).read_text("utf-8").split("\n") if line.strip()]


def read_all(rows: Iterable[Row], tags: TagReader | None = None) -> list[Pair]:
    """The rows with their readings by every layer below the events; ``tags`` reads in place of the one that ships."""
    from dateline.reading.pipeline import LAYERS

    annotators = [tags if tags is not None and layer is TagReader else layer.load() for layer in LAYERS[:-1]]
    pairs = []
    for row in rows:
        reading = Reading(plain_report(row["text"], id=row["id"], published=row.get("published")))
        for annotator in annotators:
            reading = annotator(reading)
        pairs.append((row, reading))
    return pairs


def open_reader(folder: Path) -> TagReader:
    """The reader of tags by the network that ``training.export`` wrote into a folder."""
    card = msgspec.toml.decode((folder / "card.toml").read_bytes(), type=NetworkCard)
    return TagReader.of(
        make_tagger(card, {name: (folder / name).read_bytes() for name in card.files}), KnownNames.load()
    )


def read_halves(rows: Iterable[Row], readers: Sequence[TagReader]) -> list[Pair]:
    """Annotated reports, each read by the network that has not learned from its half of them."""
    halves: tuple[list[Row], ...] = ([], [])
    for row in rows:
        halves[half_of(row["id"])].append(row)
    return [pair for half, reader in zip(halves, readers, strict=True) for pair in read_all(half, reader)]


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


def learn_extra(pairs: Iterable[Pair], lexicon: EventLexicon) -> Examples:
    """Examples of mentions by another scheme: without its verbs of saying and beginning, which it counts as events."""
    rows, labels = [], []
    words = lexicon.words
    for row, reading in pairs:
        spans = [Span(event["start"], event["end"]) for event in row["events"]]
        annotated = [Span(*row["sentences"][number]) for number in row["annotated"]]
        scene = lay_out(reading, words)
        for token in candidates(scene.parse, words):
            skipped = token.lemma in words.saying or token.lemma in words.aspectual
            if not skipped and any(sentence.covers(token.span) for sentence in annotated):
                told = features(scene, lexicon, token)
                rows.append([*(each for each in told if not each.startswith(SCHEME)), "other scheme"])
                labels.append("yes" if any(token.span.touches(span) for span in spans) else "no")
    return rows, labels


SCHEME = ("said", "cue", "block", "V:known", "N:known")
"""Features that mean something else where single sentences, rather than reports, were annotated."""


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
    pairs: Iterable[Pair], extra: Examples, lexicon: EventLexicon, ridge: float = DETECT_RIDGE
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
    rows += extra[0]
    labels += extra[1]
    importance += [EXTRA_HEFT] * len(extra[0])
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
    # A rule is believed until the annotations speak against it: some types are seldom seen in thirty reports.
    shapes = {
        (rule.type, rule.mode, bool(rule.near))
        for table in (lexicon.verb_rules, lexicon.noun_rules)
        for called in table.values()
        for rule in called
    }
    for type_, mode, near in sorted(shapes, key=str):
        rows.append([f"rule={type_}", f"rule={type_}:{mode}", f"rule={type_}:{'near' if near else 'alone'}"])
        labels.append(type_)
        importance.append(RULE_HEFT)
    return fit(rows, labels, importance, ridge=ridge)


def learn_status(
    pairs: Iterable[Pair], lexicon: EventLexicon, ridge: float = STATUS_RIDGE
) -> dict[str, dict[str, float]]:
    """The model of how far the rules of status are to be believed beside the network."""
    rows, labels, beside = [], [], []
    for row, reading in pairs:
        scene = lay_out(reading, lexicon.words)
        for head, event, _ in gold_heads(row, scene.parse):
            telling = scene.telling(head)
            if telling is not None:
                rows.append(status_features(head, judge_status(scene, lexicon, head)))
                labels.append(event["status"])
                beside.append(told_status(telling))
    return fit(rows, labels, beside=beside, ridge=ridge)


def learn_where(
    pairs: Iterable[Pair], lexicon: EventLexicon, ridge: float = WHERE_RIDGE
) -> dict[str, dict[str, float]]:
    """The model that tells the place of an event from other places near it."""
    rows, labels = [], []
    for row, reading in pairs:
        scene = lay_out(reading, lexicon.words)
        for head, event, _ in gold_heads(row, scene.parse):
            status = judge_status(scene, lexicon, head).status
            candidates = place_candidates(scene, head)
            rows += all_features(scene, head, status, candidates)
            labels += ["yes" if is_at(event, placed) else "no" for placed in candidates]
    return fit(rows, labels, ridge=ridge)


def learn_linked(
    pairs: Iterable[Pair],
    lexicon: EventLexicon,
    cell: Literal["places", "times"],
    find: Callable[[Scene, Token], Sequence[C]],
    lay: Callable[[Scene, EventLexicon, Token, Status, Sequence[C]], list[Anchor]],
    right: Callable[[Row, C], bool],
    ridge: float,
) -> Weights:
    """The model that weighs the rules and the network's links, learned from reports that neither has learned from.

    ``find`` has the candidates for the place or the time of what a token tells of, ``lay`` makes anchors of them, and
    ``right`` says whether one is that of an annotated event.
    """
    rows, labels = [], []
    for row, reading in pairs:
        scene = lay_out(reading, lexicon.words)
        for head, event, _ in gold_heads(row, scene.parse):
            telling = scene.telling(head)
            if telling is not None:
                candidates = find(scene, head)
                status = judge_status(scene, lexicon, head).status
                rows += told_features(telling, cell, lay(scene, lexicon, head, status, candidates))
                labels += ["yes" if right(event, each) else "no" for each in candidates]
    return fit(rows, labels, ridge=ridge)


def is_at(event: Row, placed: Placed) -> bool:
    """Whether a place is that of an annotated event."""
    return bool(event["where"]) and near_by(event["where"], placed.where)


def near_by(gold: Row, where: Where) -> bool:
    """Whether a place lies within 30 km of the annotated one, or is of its name and not far."""
    if None in (gold["lat"], gold["lon"], where.lat, where.lon):
        return False
    north, south = math.radians(gold["lat"]), math.radians(where.lat or 0.0)
    east = math.radians((where.lon or 0.0) - gold["lon"])
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    distance = 12742 * math.asin(min(1.0, math.sqrt(half)))
    shared = set(gold["name"].casefold().split()) & set(where.name.casefold().split())
    return distance <= 30 or (distance <= 161 and bool(shared))


def learn_main(groups: Iterable[Found], ridge: float = MAIN_RIDGE) -> dict[str, dict[str, float]]:
    """The model that tells the main events, learned from what the reader itself finds."""
    rows, labels = [], []
    for scene, group, event in groups:
        rows.append(main_features(scene, group, lead_of(group)))
        labels.append("yes" if event is not None and event["main"] else "no")
    return fit(rows, labels, ridge=ridge)


def learn_same(pairs: Iterable[Pair], reader: EventReader, ridge: float = SAME_RIDGE) -> dict[str, dict[str, float]]:
    """The model that tells whether two mentions are of one happening, learned from what the reader itself finds."""
    rows, labels = [], []
    for row, reading in pairs:
        scene = lay_out(reading, reader.lexicon.words)
        found = mentions(scene, reader.drafts(scene))
        events = [_event_at(row, told.token) for told in found]
        for place, told in enumerate(found):
            for before in range(max(0, place - MAX_LOOK_BACK), place):
                if events[before] is not None or events[place] is not None:
                    likeness = cosine(found[before].embedding, told.embedding)
                    rows.append(pair_features(scene.parse, found[before], told, likeness))
                    labels.append("yes" if events[before] == events[place] else "no")
    return fit(rows, labels, ridge=ridge, least=4)


def _event_at(row: Row, token: Token) -> int | None:
    """The number of the annotated event that a token mentions."""
    for number, event in enumerate(row["events"]):
        if any(token.span.touches(Span(*span)) for span in [event["trigger"], *event["also"]]):
            return number
    return None


def find_groups(reader: EventReader, pairs: Iterable[Pair]) -> Iterator[Found]:
    """What the reader finds before it makes events of it, each group with the annotated event that it is, if any."""
    for row, reading in pairs:
        scene, groups = reader.find(reading)
        ranked = sorted(
            (
                (_overlap(event, group), -i, -j)
                for i, event in enumerate(row["events"])
                for j, group in enumerate(groups)
            ),
            reverse=True,
        )
        event_of: dict[int, Row] = {}
        used: set[int] = set()
        for shared, i, j in ranked:
            if shared > 0 and -i not in used and -j not in event_of:
                event_of[-j] = row["events"][-i]
                used.add(-i)
        for number, group in enumerate(groups):
            yield scene, group, event_of.get(number)


def _overlap(event: Row, group: Sequence[Draft]) -> float:
    spans = [Span(*span) for span in [event["trigger"], *event["also"]]]
    lead = lead_of(group).mention.span
    shared = sum(any(span.touches(draft.mention.span) for span in spans) for draft in group)
    return shared + 5 * spans[0].touches(lead) if shared else 0


def learn(
    ledger: Sequence[Pair],
    invented: Sequence[Pair],
    held: Sequence[Pair],
    unseen: Sequence[Pair],
    halves: Sequence[Pair],
    extra: Examples,
    known: dict[str, str],
    only: Collection[str],
    folds: int = 5,
) -> EventLexicon:
    """The lexicon with some models learned, all but PLOVER's; the others stay as they are.

    Places are learned from the ``invented`` reports too, and how far the network's links to them are to be believed
    from those ``held`` out; how far it is to be believed of their status from those ``unseen``. What is of one
    happening is learned from ``halves``, the reports read by networks whose embeddings were not learned from them. The
    model that judges whole events is learned from what is found in reports that the model of mentions has not seen.
    """
    lexicon = EventLexicon.load()
    kept = {part: getattr(lexicon.models, part) for part in PARTS if part not in only}
    blank = Models(CARD, THRESHOLD, WHERE_ABOVE, known, {}, {}, {}, {}, {}, {}, {})
    blank = msgspec.structs.replace(blank, **kept)
    lexicon = replace(lexicon, models=blank)

    def judging(pairs: Sequence[Pair]) -> dict[str, Weights]:
        """What judges single mentions."""
        found = {}
        if "detect" in only:
            found["detect"] = learn_detect(pairs, extra, lexicon)
        if "type" in only:
            found["type"] = learn_type(pairs, lexicon)
        return found

    if "status" in only:
        blank = msgspec.structs.replace(blank, status=learn_status(unseen, lexicon))
    if "where" in only:
        own = (pair for pair in (*ledger, *invented) if not held_out(pair[0]["id"]))
        blank = msgspec.structs.replace(blank, where=learn_where(own, lexicon))
    if "placed" in only:
        judged = replace(lexicon, models=blank)
        placed = learn_linked(held, judged, "places", place_candidates, as_anchors, is_at, PLACED_RIDGE)
        blank = msgspec.structs.replace(blank, placed=placed)
    whole = msgspec.structs.replace(blank, **judging(ledger))
    if "same" in only:
        many = EventReader(replace(lexicon, models=msgspec.structs.replace(whole, threshold=SAME_THRESHOLD)))
        whole = msgspec.structs.replace(whole, same=learn_same(halves, many))
    if "main" in only:
        groups: list[Found] = []
        for fold in range(folds):
            seen = [pair for number, pair in enumerate(ledger) if number % folds != fold]
            models = msgspec.structs.replace(blank, same=whole.same, **judging(seen))
            reader = EventReader(replace(lexicon, models=models))
            groups += find_groups(reader, (pair for number, pair in enumerate(ledger) if number % folds == fold))
        whole = msgspec.structs.replace(whole, main=learn_main(groups))
    return replace(lexicon, models=whole)


def learn_plover(
    pairs: Sequence[tuple[Pair, float]], lexicon: EventLexicon, ridge: float = 4.0
) -> dict[str, dict[str, float]]:
    """The model that weighs what speaks for each of PLOVER's types; the rules' word is its strongest feature.

    Each pair comes with what it weighs.
    """
    types = [type_ for type_ in get_args(EventType) if type_ != "OTHER"]
    rows, labels = [[f"rule={type_}"] for type_ in types] * 2, types * 2
    importance = [20.0] * len(rows)
    for (row, reading), heft in pairs:
        scene = lay_out(reading, lexicon.words)
        spans = [Span(*row[key]) if row.get(key) else None for key in ("source_actor_span", "target_actor_span")]
        rows.append(plover_features(scene, lexicon, *spans))
        labels.append(row["label"])
        importance.append(heft)
    return fit(rows, labels, importance, ridge=ridge)


def read_made_up() -> list[tuple[Pair, float]]:
    """The coded sentences that were made up for Dateline, with what each weighs beside one of PLOVER's."""
    return [(pair, heft) for path, heft in MADE_UP.items() for pair in read_all(read_rows(str(path)))]


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
    for name in ("ledger", "names", "corroboration", "plover"):
        parser.add_argument(name)
    parser.add_argument("--only", nargs="+", metavar="PART", choices=PARTS, default=PARTS, help=", ".join(PARTS))
    parser.add_argument("--halves", type=Path, nargs=2, metavar="FOLDER", help="for same")
    parser.add_argument("--bench", type=Path, help="for status and placed: the folder of the development data")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    only = set(options.only)
    if only & ON_BENCH and options.bench is None:
        parser.error(f"{', '.join(sorted(ON_BENCH))} are learned from reports whose texts --bench has")
    if "same" in only and options.halves is None:
        parser.error("same is learned from what the networks of --halves say")
    models = EventLexicon.load().models
    other = read_all(read_rows(options.corroboration)) if only & {"known", "detect"} else []
    known = learn_known(other, EventLexicon.load().words) if "known" in only else models.known
    rows = [*read_rows(options.ledger), *annotated_rows(read_rows(options.names))]
    ledger = read_all(rows) if only - ON_BENCH - {"known", "same", "plover"} else []
    invented = read_all(read_rows(str(INVENTED))) if "where" in only else []
    held = read_all(row for row in all_rows(options.bench) if held_out(row["id"])) if "placed" in only else []
    unseen = read_all(unseen_rows(options.bench)) if "status" in only else []
    halves = read_halves(rows, [open_reader(folder) for folder in options.halves]) if "same" in only else []
    lexicon = learn(ledger, invented, held, unseen, halves, learn_extra(other, EventLexicon.load()), known, only)
    learned = lexicon.models
    if "plover" in only:
        own = [(pair, 1.0) for pair in read_all(read_rows(options.plover))]
        coded = learn_plover([*own, *read_made_up()], lexicon)
        learned = msgspec.structs.replace(learned, plover=coded)
    write(learned, options.out)


if __name__ == "__main__":
    main()
