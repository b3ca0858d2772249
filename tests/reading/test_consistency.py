"""The names of a report are read alike: words are levelled before they are decoded, and names agree after."""

from __future__ import annotations

from typing import Any

import numpy as np

from dateline.lexicon.known_names import KnownNames
from dateline.reading.tags.consistency import agree, level, vote, whole
from dateline.reading.tags.spans import Decoder, Tagged, labels_of

LABELS = labels_of(["Person", "Location", "Date"])
Told = list[tuple[str, dict[str, float]]]
"""The words of a report with the scores that each is given by label."""

SURE, UNSURE = {"S-Person": 9.0}, {"S-Location": 2.0, "S-Person": 1.0}
OUT = {"O": 9.0}


def rows(told: Told) -> Any:
    scores = np.zeros((len(told), len(LABELS)), dtype=np.float32)
    for row, (_, given) in zip(scores, told, strict=True):
        for label, score in given.items():
            row[LABELS.index(label)] = score
    return scores


def read(told: Told) -> list[tuple[str, str]]:
    """The names of a report as they are read."""
    words = [word for word, _ in told]
    scores = level(rows(told), words, LABELS)
    spans = Decoder(LABELS)(scores)
    return [(" ".join(words[first:last]), kind) for first, last, kind in agree(spans, words, scores, LABELS)]


def test_what_is_sure_in_one_place_settles_it_in_another() -> None:
    unsure: Told = [("Muroki", UNSURE), ("spoke", OUT), ("Muroki", UNSURE)]
    assert read(unsure) == [("Muroki", "Location")] * 2
    assert read([("Muroki", SURE), *unsure[1:]]) == [("Muroki", "Person")] * 2


def test_a_mention_that_is_overlooked_is_found_by_the_others() -> None:
    overlooked: Told = [("MUROKI", {"O": 1.5, "S-Person": 1.0})]
    assert read(overlooked) == []
    assert read([("Muroki", SURE), ("Muroki", SURE), *overlooked])[-1] == ("MUROKI", "Person")


def test_longer_names_vote_as_wholes() -> None:
    place: Told = [("Port", {"B-Location": 3.0}), ("Louis", {"E-Location": 3.0})]
    person: Told = [("Port", {"B-Person": 2.2, "B-Location": 2.0}), ("Louis", {"E-Person": 2.2, "E-Location": 2.0})]
    assert read(person) == [("Port Louis", "Person")]
    assert read([*place, *person, *place]) == [("Port Louis", "Location")] * 3


def test_a_vote_counts_what_a_name_is_with_its_article() -> None:
    told: Told = [("The", {"B-Location": 9.0}), ("Gambia", {"E-Location": 9.0}), ("Gambia", {"S-Person": 1.0})]
    scores = rows(told)
    spans = Decoder(LABELS)(scores)
    assert [span.label for span in vote(spans, ["The", "Gambia", "Gambia"], scores, LABELS)] == ["Location"] * 2


def test_a_month_and_a_minister_stay_apart() -> None:
    assert read([("May", {"S-Date": 30.0}), ("May", {"S-Person": 30.0})]) == [("May", "Date"), ("May", "Person")]


def test_words_without_a_capital_and_other_words_stay_as_they_are() -> None:
    told: Told = [("Said", SURE), ("of", OUT), ("Oman", {"S-Location": 9.0}), ("said", OUT)]
    assert np.allclose(level(rows(told), [word for word, _ in told], LABELS), rows(told), atol=1e-5)
    assert read(told) == [("Said", "Person"), ("Oman", "Location")]


def test_levelling_leaves_the_shape_of_a_name_alone() -> None:
    told: Told = [("Ada", {"B-Person": 5.0, "S-Person": 4.0}), ("Ada", {"S-Person": 5.0, "B-Person": 4.0})]
    levelled = level(rows(told), ["Ada", "Ada"], LABELS)
    begins, single = LABELS.index("B-Person"), LABELS.index("S-Person")
    assert levelled[0, begins] > levelled[0, single]
    assert levelled[1, begins] < levelled[1, single]


def test_a_report_without_names_is_left_alone() -> None:
    assert level(rows([("rain", OUT)]), ["rain"], LABELS).tolist() == rows([("rain", OUT)]).tolist()
    assert agree([], ["rain"], rows([("rain", OUT)]), LABELS) == []


CONGO = ["Democratic", "Republic", "of", "Congo", "said", "the", "Democratic", "Republic", "of", "Congo"]
NAME = Tagged(6, 10, "Location")


def test_the_parts_of_a_name_that_stands_whole_elsewhere_are_made_whole() -> None:
    parts = [Tagged(0, 1, "NORP"), Tagged(1, 4, "Location")]
    assert whole([*parts, NAME], CONGO) == [Tagged(0, 4, "Location"), NAME]
    assert whole(parts, CONGO) == parts


def test_words_that_no_name_was_found_in_are_not_made_one() -> None:
    assert whole([NAME], CONGO) == [NAME]


def test_a_longer_name_keeps_the_words_of_a_shorter() -> None:
    longer = Tagged(0, 5, "Organization")
    assert whole([longer, NAME], CONGO) == [longer, NAME]


def test_a_name_that_is_mostly_found_apart_stays_apart() -> None:
    words = ["East", "India", "and"] * 5
    apart = [Tagged(3 * number + part, 3 * number + part + 1, "Location") for number in range(4) for part in (0, 1)]
    once = Tagged(12, 14, "Location")
    assert whole([*apart, once], words) == [*apart, once]
    assert len(whole([*apart[2:], once], words)) == 4


def test_what_a_name_is_known_for_weighs_in() -> None:
    known = KnownNames({"muroki": {"Person": 3}, "port louis": {"Location": 1}})
    told: Told = [("Muroki", UNSURE), ("spoke", OUT), ("Oman", {"S-Location": 9.0})]
    words, scores = [word for word, _ in told], rows(told)
    spans = Decoder(LABELS)(scores)
    assert [span.label for span in vote(spans, words, scores, LABELS)] == ["Location", "Location"]
    assert [span.label for span in vote(spans, words, scores, LABELS, known)] == ["Person", "Location"]
    sure = rows([("Muroki", {"S-Location": 30.0})])
    assert [span.label for span in vote([Tagged(0, 1, "Location")], ["Muroki"], sure, LABELS, known)] == ["Location"]


def test_a_date_is_no_name_that_is_known() -> None:
    known, scores = KnownNames({"may": {"Person": 5}}), rows([("May", {"S-Date": 3.0})])
    assert vote([Tagged(0, 1, "Date")], ["May"], scores, LABELS, known) == [Tagged(0, 1, "Date")]
