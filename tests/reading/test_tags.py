"""What one pass of the network says of a report, and that its words stand where they were printed."""

from __future__ import annotations

from array import array
from math import sqrt
from operator import mul
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.errors import LexiconError
from dateline.lexicon import models
from dateline.lexicon.models import open_tagger
from dateline.lexicon.tables import read_table
from dateline.model import NOBODY, Block, EventType, Reading, Report, Span, Status, Tags
from dateline.reading.tags import TagReader
from dateline.reading.tags.pieces import cut
from dateline.reading.tags.reader import LED, TELLING, batches, visible
from tests.marked import plain

SUMMIT = (
    "North Korean leader Kim Jong Un left Russia on Sunday, the Kremlin said. He had met Vladimir Putin on Wednesday. "
    "“The talks went well,” Mr Putin told reporters in Vladivostok, according to the Tass news agency."
)


@pytest.fixture(scope="module")
def reader() -> TagReader:
    return TagReader.load()


def likeliest(shares: dict[str, float]) -> str:
    return max(shares, key=lambda label: shares[label])


def tags(reader: TagReader, text: str) -> Tags:
    return reader(plain(text)).tagged()


def test_one_pass_feeds_three_layers(reader: TagReader) -> None:
    found = tags(reader, SUMMIT)
    assert {(tag.span.of(SUMMIT), tag.type) for tag in found.names} >= {
        ("Kim Jong Un", "Person"), ("Russia", "Location"), ("Vladimir Putin", "Person"), ("North Korean", "NORP"),
    }  # fmt: skip
    said = [
        (
            one.source and one.source.of(SUMMIT),
            one.cue and one.cue.of(SUMMIT),
            [part.of(SUMMIT) for part in one.contents],
        )
        for one in found.attributions
    ]
    assert any(
        source == "the Kremlin" and cue == "said" and "left Russia" in " ".join(parts) for source, cue, parts in said
    )
    word = found.word(SUMMIT.index("met Vladimir"))
    leader = found.word(SUMMIT.index("leader"))
    assert word is not None
    assert leader is not None
    assert found.happening[word] > 0.5 > found.happening[leader]


def test_of_each_word_that_may_tell_of_a_happening_status_and_type_are_told(reader: TagReader) -> None:
    text = "Police arrested two men in Lima on Sunday. The president will visit Moscow next week, the Kremlin said."
    found = tags(reader, text)
    assert found.tellings.keys() == {at for at, likely in enumerate(found.happening) if likely >= TELLING}
    for telling in found.tellings.values():
        assert set(telling.status) == set(get_args(Status)) and set(telling.types) == set(get_args(EventType))
        assert sum(telling.status.values()) == pytest.approx(1) and sum(telling.types.values()) == pytest.approx(1)
    arrested, visit = (found.tellings[found.word(text.index(word)) or 0] for word in ("arrested", "visit"))
    assert (likeliest(arrested.status), likeliest(arrested.types)) == ("happened", "COERCE")
    assert likeliest(visit.status) == "planned"


def test_a_word_that_tells_of_a_happening_leads_to_who_takes_part(reader: TagReader) -> None:
    text = "Police arrested Ana Ruiz in Lima on Sunday. The next day the old bridge collapsed."
    found = tags(reader, text)
    arrested, fell = (found.tellings[found.word(text.index(word)) or 0] for word in ("arrested", "collapsed"))

    def words(likely: dict[int, float]) -> list[str]:
        assert 0 < sum(likely.values()) <= 1 + 1e-6 and min(likely.values()) >= LED
        told = sorted(likely, key=lambda word: -likely[word])
        return ["nobody" if word == NOBODY else text[found.starts[word] :].split()[0] for word in told]

    assert words(arrested.actors)[0] == "Police" and words(arrested.recipients)[0] == "Ana"
    assert words(fell.recipients)[0] == "nobody"


def test_who_takes_part_is_told_by_the_words_of_the_whole_report(reader: TagReader) -> None:
    text = f"{SUMMIT}\n\n" * 12 + "Police arrested Ana Ruiz in Lima."
    found = tags(reader, text)
    telling = found.tellings[found.word(text.index("arrested")) or 0]
    assert found.starts[max(telling.actors, key=lambda word: telling.actors[word])] == text.index("Police")


def test_a_name_keeps_its_type_through_the_report(reader: TagReader) -> None:
    text = SUMMIT + "\n\n" + "Putin waved. Kim waved back. Putin left first." * 3
    kinds = {tag.type for tag in tags(reader, text).names if tag.span.of(text) == "Putin"}
    assert kinds == {"Person"}


def test_what_is_not_read_is_not_tagged_and_moves_nothing(reader: TagReader) -> None:
    furniture = "Follow Ana Ruiz in Lisbon\n"
    text = furniture + SUMMIT
    blocks = (
        Block(0, len(furniture) - 1, "furniture", "related"),
        Block(len(furniture), len(text), "paragraph"),
    )
    report = Report("x", text, blocks)
    assert len(visible(report)) == len(text)
    found = reader(Reading(report)).tagged()
    assert [tag.span.of(text) for tag in found.names] == [tag.span.of(SUMMIT) for tag in tags(reader, SUMMIT).names]
    assert min(found.starts) >= len(furniture)


@given(text=st.text(max_size=300))
def test_tags_lie_in_any_text_whatever(reader: TagReader, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode("utf-8")
    found = tags(reader, text)
    assert all(0 <= name.start < name.end <= len(text) for name in found.names)
    assert all(0 <= one.likely <= 1 for one in found.attributions)
    assert len(found.starts) == len(found.happening)
    assert list(found.starts) == sorted(set(found.starts))


def test_a_report_of_many_windows_reads_as_its_parts(reader: TagReader) -> None:
    text = "\n\n".join([SUMMIT] * 40)
    found = [tag for tag in tags(reader, text).names if tag.span.of(text) == "Kim Jong Un"]
    assert len(found) == 40


def test_windows_are_batched_by_length_within_bounds() -> None:
    windows = [(0, 190), (190, 200), (200, 390), (390, 420)]
    made = list(batches(windows, size=400))
    assert sorted(window for batch in made for window in batch) == windows
    assert all(len(batch) * (max(end - start for start, end in batch) + 2) <= 400 for batch in made)


def test_a_network_whose_files_are_not_the_ones_on_its_card_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    real = read_table("models/reader/card.toml", models.NetworkCard)
    for files, message in ((dict.fromkeys(real.files, "0" * 64), "is not the one"), ({"gone": "0"}, "is missing")):
        forged = replace(real, files=files)
        monkeypatch.setattr(models, "read_table", lambda *_, forged=forged: forged)
        with pytest.raises(LexiconError, match=message):
            open_tagger("reader")


def test_the_network_has_the_tasks_that_the_layers_ask_for() -> None:
    tagger = open_tagger("reader")
    assert set(tagger.card.labels) >= {"names", "attribution", "happenings"}
    assert len(cut(SUMMIT, tagger.tokenizer)) > 40


def test_an_embedding_is_the_mean_of_its_words_in_whole_numbers() -> None:
    rows = ((1.0, -4.0), (3.0, 0.0), (9.0, 9.0))
    told = Tags((), (), starts=(0, 4, 9), happening=(0.0, 0.0, 0.0), embeddings=rows)
    assert array("b", told.embedding(Span(0, 8))).tolist() == [127, -127]  # (4, -4) of the first two words
    assert array("b", told.embedding(Span(4, 8))).tolist() == [127, 0]
    assert array("b", told.embedding(Span(0, 2), Span(4, 8))).tolist() == [127, -127]
    assert told.embedding(Span(1, 3)) == told.embedding() == b""  # no word starts there
    assert Tags((), (), (), ()).embedding(Span(0, 8)) == b""


def test_mentions_of_one_happening_lie_nearer_than_others(reader: TagReader) -> None:
    text = (
        "A bomb exploded outside the embassy in Kabul on Monday and killed nine guards. Officials said that the blast "
        "broke windows. The parliament in Oslo approved a new budget on Tuesday."
    )
    told = tags(reader, text)

    def embedding(word: str) -> list[int]:
        start = text.index(word)
        return array("b", told.embedding(Span(start, start + len(word)))).tolist()

    def cosine(one: str, other: str) -> float:
        x, y = embedding(one), embedding(other)
        return float(sum(map(mul, x, y)) / sqrt(sum(map(mul, x, x)) * sum(map(mul, y, y))))

    assert len(embedding("exploded")) == 32
    assert cosine("exploded", "blast") > 0.5 > cosine("exploded", "approved")
    assert cosine("exploded", "blast") > cosine("killed", "blast") > cosine("approved", "blast")


def test_words_for_somebody_lead_to_his_name(reader: TagReader) -> None:
    text = (
        "Ada Quill, the mayor of Lima, resigned on Monday. She had quarrelled with the council for months, police said."
    )
    told = tags(reader, text)
    named = told.named_by(text.index("She"))
    assert max(named, key=lambda place: named[place]) in (text.index("Ada"), text.index("mayor"))
    assert sum(named.values()) > 0.5
    assert told.named_by(text.index("She") + 1) == {}  # no word begins there
    assert all(0 < chance <= 1 for found in told.antecedents.values() for chance in found.values())
    assert Tags((), (), (), ()).named_by(0) == {}
