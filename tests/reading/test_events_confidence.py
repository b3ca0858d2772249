"""Each cell of an event has a confidence, and what else it might be stands beside it."""

from __future__ import annotations

from dateline.model import Candidates, Confidences, Event
from tests.reading.test_events import events_by_word

SURE = "Japan's Prime Minister Fumio Kishida visited Kyiv on 21 March 2023, his office said."


def rated(event: Event) -> Confidences:
    assert event.confidences is not None
    return event.confidences


def test_every_filled_cell_has_a_confidence_and_no_empty_one_has() -> None:
    for event in events_by_word("The mayor of Lyon met Ada Quill. Troops shelled Kharkiv on Friday.").values():
        sure = rated(event)
        assert len(sure.actors) == len(event.actors) and len(sure.recipients) == len(event.recipients)
        assert (sure.when is None) == (event.when is None) and (sure.where is None) == (event.where is None)
        told = [sure.type, sure.status, sure.source, *sure.actors, *sure.recipients]
        told += [each for each in (sure.when, sure.where) if each is not None]
        assert all(0 <= each <= 1 for each in told)


def test_a_time_of_the_very_clause_is_surer_than_one_that_is_understood() -> None:
    clear = events_by_word("Police arrested Ada Quill in Lyon on 3 May 2021.")["arrested"]
    vague = events_by_word("Ada Quill left Lima on Tuesday, and the firm had sold ships.")["sold"]
    assert clear.when is not None and clear.when.value == "2021-05-03"
    assert vague.when is not None and vague.when.value == "2023-09-12"
    assert (rated(clear).when or 0) > 0.75 > 0.6 > (rated(vague).when or 0)


def test_a_time_that_is_too_unlikely_is_kept_as_a_candidate() -> None:
    text = "Police arrested Ada Quill in Lyon on 3 May 2021. Her brother has appealed."
    event = events_by_word(text)["appealed"]
    assert event.when is None and rated(event).when is None
    (other,) = event.candidates.when
    assert other.value == "2021-05-03" and other.span is not None and other.span.of(text) == "3 May 2021"
    assert 0.1 <= other.confidence < 0.3


def test_what_is_hardly_a_party_is_none_and_stays_a_candidate() -> None:
    event = events_by_word("The army entered the town. An attack killed six people there.")["attack"]
    assert event.actors == () and rated(event).actors == ()
    assert "army" in {each.value for each in event.candidates.actors}
    assert all(each.confidence < 0.5 for each in event.candidates.actors)


def test_its_attack_is_that_of_whoever_the_sentence_before_tells_of() -> None:
    event = events_by_word("The army shelled a market. Its attack, which killed six, was condemned by the UN.")[
        "attack"
    ]
    assert [one.name for one in event.actors] == ["army"]
    assert min(rated(event).actors) > 0.5


def test_a_type_in_doubt_names_the_other() -> None:
    event = events_by_word("Ada Quill was sworn in on Tuesday. Her rival was fined.")["fined"]
    assert event.type == "SANCTION"
    assert event.candidates.type[0].value == "COERCE"
    assert rated(event).type + event.candidates.type[0].confidence <= 1


def test_candidates_never_repeat_what_the_cell_holds() -> None:
    for event in events_by_word(f"{SURE} France and Germany signed a deal in Paris.").values():
        others = event.candidates
        assert event.type not in {each.value for each in others.type}
        assert event.status not in {each.value for each in others.status}
        assert event.when is None or event.when.value not in {each.value for each in others.when}
        assert event.where is None or event.where.name not in {each.value for each in others.where}
        parties = {one.name for one in (*event.actors, *event.recipients)}
        assert parties.isdisjoint({each.value for each in (*others.actors, *others.recipients)})
        for cell in Candidates.__struct_fields__:
            kept = getattr(others, cell)
            assert len(kept) <= 3
            assert [each.confidence for each in kept] == sorted((each.confidence for each in kept), reverse=True)


def test_nobody_is_actor_and_recipient_at_once() -> None:
    text = "Ada Quill met Rob Stone in Oslo. The meeting of Rob Stone with Ada Quill lasted an hour."
    for event in events_by_word(text).values():
        assert {one.name for one in event.actors}.isdisjoint({one.name for one in event.recipients})
