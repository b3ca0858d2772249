"""The hard sentences of event coding: type, roles and status must all be right."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dateline.model import Timex
from dateline.reading.events.clauses import MAX_CLIMB
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.scene import lay_out
from dateline.reading.events.tense import verb_of
from tests.reading.test_events import events_by_word, names
from tests.reading.test_statements_properties import flat


def cells(text: str, word: str) -> tuple[str, list[str], list[str], str]:
    event = events_by_word(text)[word]
    return event.type, names(event.actors), names(event.recipients), event.status


def test_1_a_deed_held_out_on_a_condition_is_a_threat_and_has_not_happened() -> None:
    text = "If Russian forces cross the border, NATO will send troops to Estonia."
    assert cells(text, "send") == ("THREATEN", ["NATO"], ["Russian forces"], "possible")


def test_2_what_was_not_done_is_denied_on_the_word_of_its_source() -> None:
    text = "Israel did not strike Iran on Friday, the army said."
    assert cells(text, "strike") == ("ASSAULT", ["Israel"], ["Iran"], "denied")
    assert events_by_word(text)["strike"].source.name == "army"


def test_3_a_denial_denies_the_deed() -> None:
    text = "Turkey denied it had bombed Syrian positions."
    assert cells(text, "bombed") == ("ASSAULT", ["Turkey"], ["Syrian positions"], "denied")
    assert events_by_word(text)["bombed"].source.name == "Turkey"


def test_4_an_accusation_and_the_deed_it_alleges() -> None:
    text = "Ukraine accused Russia of shelling a hospital in Kherson."
    assert cells(text, "accused") == ("ACCUSE", ["Ukraine"], ["Russia"], "happened")
    assert cells(text, "shelling") == ("ASSAULT", ["Russia"], ["hospital"], "happened")
    assert events_by_word(text)["shelling"].source.name == "Ukraine"


def test_5_crowd_control_in_the_passive() -> None:
    text = "Protesters were dispersed by police with tear gas in Tbilisi."
    assert cells(text, "dispersed") == ("ASSAULT", ["police"], ["Protesters"], "happened")
    event = events_by_word(text)["dispersed"]
    assert event.mode == "crowd-control"
    assert event.where is not None
    assert event.where.name.startswith("Tbilisi")


def test_6_a_host_of_talks_is_one_of_three() -> None:
    text = "France will host talks between Armenia and Azerbaijan next month."
    assert cells(text, "talks") == ("CONSULT", ["Armenia", "Azerbaijan", "France"], [], "planned")
    when = events_by_word(text)["talks"].when
    assert when is not None
    assert when.value == "2023-10"


def test_7_a_demand_withdrawn_is_a_concession() -> None:
    text = "Sudan's army withdrew its demand that the UN leave Khartoum."
    type_, actors, recipients, status = cells(text, "withdrew")
    assert (type_, recipients, status) == ("CONCEDE", ["United Nations"], "happened")
    assert actors in (["Sudan's army"], ["Sudan’s army"])


def test_8_an_ambassador_summoned_is_an_accusation() -> None:
    text = "Poland summoned the Russian ambassador to protest the drone incursion."
    assert cells(text, "summoned") == ("ACCUSE", ["Poland"], ["Russian ambassador"], "happened")
    assert events_by_word(text)["incursion"].status == "happened"


def test_9_a_fine_is_a_sanction() -> None:
    text = "The court fined Shell $3 million over the spill."
    assert cells(text, "fined") == ("SANCTION", ["court"], ["Shell"], "happened")


def test_10_freeing_hostages_is_aid_and_the_captor_no_actor() -> None:
    text = "Soldiers freed 40 hostages held by Boko Haram."
    assert cells(text, "freed") == ("AID", ["Soldiers"], ["40 hostages"], "happened")


def test_11_years_ago_is_reckoned_from_the_publication() -> None:
    text = "Ten years ago rebels seized the town of Gao from the army."
    assert cells(text, "seized") == ("ASSAULT", ["rebels"], ["army"], "happened")
    event = events_by_word(text)["seized"]
    assert event.when is not None
    assert event.when.value == "2013"
    assert event.where is not None
    assert event.where.name.startswith("Gao")


def test_12_a_deal_struck_is_no_blow() -> None:
    text = "Kenya struck a trade deal with China."
    assert cells(text, "deal") == ("AGREE", ["Kenya"], ["China"], "happened")
    assert not any(event.type == "ASSAULT" for event in events_by_word(text).values())


@pytest.mark.xfail(strict=True, reason="'fired on by critics' is read as a dismissal: figurative use is not known yet")
def test_13_fired_on_and_fired() -> None:
    text = "Greece, fired on by critics, fired its police chief on Monday."
    assert cells(text, "fired") == ("SANCTION", ["Greece"], ["its police chief"], "happened")
    assert cells(text, "fired on") == ("ACCUSE", ["critics"], ["Greece"], "happened")


def test_14_a_ban_lifted_is_a_concession() -> None:
    text = "Beijing's ban on Japanese seafood was lifted."
    assert cells(text, "lifted") == ("CONCEDE", ["Beijing"], ["Japan"], "happened")


def test_15_joint_drills_begun_are_ongoing() -> None:
    text = "Japan and South Korea began joint naval drills."
    assert cells(text, "drills") == ("COOPERATE", ["Japan", "South Korea"], [], "ongoing")


def test_what_was_begun_long_ago_does_not_go_on() -> None:
    text = "In May 2018 the firm started the construction of a bridge in Lima. It was opened in 2020."
    assert events_by_word(text)["construction"].status == "happened"


def test_far_up_a_sentence_without_end_nothing_is_looked_for() -> None:
    reading = flat(" ".join(["said", *(f"attack{number}" for number in range(100))]))
    parse = reading.parsed()
    last = parse.tokens[-1]
    day = Timex(last.start, last.end, "DATE", "2023-09-17", "explicit")
    scene = lay_out(replace(reading, timexes=(day,)), EventLexicon.load().words)
    assert [verb_of(scene, parse.tokens[at]) for at in (1, MAX_CLIMB, 100)] == [parse.tokens[0], parse.tokens[0], None]
    assert scene.day_of_word.keys() == {f"attack{number}" for number in range(99 - MAX_CLIMB, 99)}
