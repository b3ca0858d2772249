"""What is main in a timeline, and what is a detail, background or a repeat of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.corroboration import find_happening, judge_pair, rank_happenings, ranking
from dateline.corroboration.facts import facts_of
from dateline.corroboration.salience import Salience, find_lag, find_salience, open_salience
from dateline.lexicon.origins import Origins
from dateline.model import Entry, Happening, Span
from scripts.train_salience import rate

from .made import entry

ORIGINS = Origins.load()
TOLD = {"who": ("Civic Front",), "when": "2024-03-05", "headline": "Civic Front attacks the harbour"}


def raid(edition: str = "r1", **more: Any) -> Entry:
    return entry("Civic Front [attacked] the harbour of Avalon on Tuesday.", edition=edition, **{**TOLD, **more})


def lesser(words: str, edition: str = "r1", **more: Any) -> Entry:
    """Something far down in a report that nothing makes much of."""
    told = entry(words, edition=edition, **{"type": "OTHER", "headline": TOLD["headline"], **more})
    at = Span(told.event.trigger.start + 4000, told.event.trigger.end + 4000)
    event = replace(told.event, trigger=at, main=False)
    return replace(told, event=event, sentence=Span(4000, 4000 + len(told.words)))


def happening(*entries: Entry) -> Happening:
    return find_happening(entries, origins=ORIGINS)


def ranks(*happenings: Happening) -> list[tuple[str | None, str | None]]:
    return [(one.rank, one.under) for one in rank_happenings(happenings)]


FLED = "The attackers [fled] in two boats."
SANK = "In 2010 a ferry [sank] in the harbour."


@pytest.mark.parametrize(
    ("more", "lag"),
    [
        ({"when": "2024-03-05"}, "news"),
        ({"when": "2024"}, "news"),
        ({"when": "2024-02-14"}, "weeks"),
        ({"when": "2010"}, "old"),
        ({"when": "2025"}, "future"),
        ({"when": None}, "none"),
        ({"published": None}, "none"),
    ],
)
def test_an_event_lies_somehow_to_the_news(more: dict[str, Any], lag: str) -> None:
    assert find_lag(facts_of(raid(**more))) == lag


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (raid(), raid(when="2010")),
        (raid(), raid(type="OTHER")),
        (raid(whom=("Border Guard",)), raid()),
        (raid(), raid(headline="Weather")),
        (raid(), lesser("Civic Front [attacked] the harbour of Avalon on Tuesday.", who=("Civic Front",))),
    ],
)
def test_what_a_report_makes_much_of_is_the_more_salient(one: Entry, other: Entry) -> None:
    assert find_salience([one]) > find_salience([other])


def test_salience_is_told_by_the_weights_that_are_given() -> None:
    others = Salience({}, 0.5, {"bias": -2.0, "parties=one": 2.0})
    assert find_salience([raid()], by=others) == 0.5
    assert rate([(raid(), True), (raid(who=()), False)], others).endswith(
        "salience             AUC 1.000   shown 50%, 100% of them main, 100% of the main ones"
    )


def test_each_doubling_of_the_origins_adds_to_it() -> None:
    chances = [find_salience([raid()], origins) for origins in (1, 2, 4)]
    assert chances == sorted(set(chances))
    assert find_salience([lesser(FLED), raid()]) == find_salience([raid()])
    copies = (raid("r2", publisher="The Post", said_by="KCNA"), raid("r3", publisher="The Sun", said_by="KCNA"))
    assert happening(*copies).salience == happening(copies[0]).salience


def test_a_detail_stands_under_what_its_report_is_about() -> None:
    main = happening(raid())
    same_people = happening(lesser(FLED, who=("Civic Front",)))
    same_day = happening(lesser(FLED, when="2024-03-05"))
    neither = happening(lesser(FLED))
    elsewhere = happening(lesser(FLED, edition="r2", who=("Civic Front",)))
    assert ranks(main, same_people) == [("main", None), ("detail", main.id)]
    assert ranks(same_day, main) == [("detail", main.id), ("main", None)]
    assert ranks(main, neither, elsewhere)[1:] == [("detail", None), ("detail", None)]


def test_what_lies_long_before_all_its_reports_is_background() -> None:
    told = lesser(SANK, when="2010", who=("Civic Front",))
    assert ranks(happening(raid()), happening(told))[1] == ("background", None)
    at_the_time = lesser(SANK, edition="r2", when="2010", published="2010-03-27")
    assert ranks(happening(raid()), happening(told, at_the_time))[1][0] == "detail"


def test_what_most_likely_is_told_before_is_a_repeat() -> None:
    first, again = raid(), raid("r2", publisher="The Post", headline="Night in Avalon")
    one, other = happening(first), happening(again)
    assert one.salience > other.salience
    assert ranks(other, one) == [("repeat", one.id), ("main", None)]
    denied = happening(replace(again, event=replace(again.event, status="denied")))
    assert ranks(one, denied)[1][0] == "main"
    in_one_report = happening(raid("r1", headline="Night in Avalon", id="r1:99"))
    assert ranks(one, in_one_report)[1][0] == "main"
    parted = {(min(first.id, again.id), max(first.id, again.id))}
    assert [each.rank for each in rank_happenings((one, other), parted)] == ["main", "main"]


def test_a_detail_of_a_repeat_stands_under_what_is_repeated() -> None:
    one, other = happening(raid()), happening(raid("r2", headline="Night in Avalon"))
    detail = happening(lesser(FLED, edition="r2", who=("Civic Front",), headline="Night in Avalon"))
    assert ranks(one, other, detail)[1:] == [("repeat", one.id), ("detail", one.id)]


def test_another_day_is_no_repeat() -> None:
    later = raid("r2", when="2024-03-11", published="2024-03-11", publisher="The Post")
    assert judge_pair(raid(), later).verdict == "different"
    assert ranks(happening(raid()), happening(later)) == [("main", None), ("main", None)]


OF_ONE_NIGHT = (raid(), raid("r2"), lesser(FLED, who=("Civic Front",)), lesser(SANK, edition="r2", when="2010"))


@given(st.permutations(OF_ONE_NIGHT))
def test_a_rank_does_not_depend_on_the_order(told: list[Entry]) -> None:
    found = rank_happenings([happening(each) for each in told])
    assert [each.entries[0].id for each in found] == [each.id for each in told]
    ranked = {each.entries[0].id: (each.rank, each.under) for each in found}
    other = rank_happenings([happening(each) for each in sorted(told, key=lambda each: each.id)])
    assert ranked == {each.entries[0].id: (each.rank, each.under) for each in other}
    main = {each.id for each in found if each.rank == "main"}
    assert {each.under for each in found} - {None} <= main


def test_the_weights_say_where_they_are_from() -> None:
    weights = open_salience()
    assert {"what", "how", "data", "licence"} <= weights.card.keys()
    assert 0 < weights.shown < 1


def test_of_many_that_share_its_words_the_most_salient_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order of its words, which is another in each process."""
    compared: list[str] = []

    def chance(_: Any, other: Any) -> float:
        compared.append(other.happening.id)
        return 0.0

    monkeypatch.setattr(ranking, "NEAREST", 2)
    monkeypatch.setattr(ranking, "_chance", chance)
    for number in range(12):
        words = [f"{letter}um{letter}od{'xyz'[number % 3]}{'aeio'[number // 3]}k" for letter in "bdgk"]
        mains = [
            replace(happening(raid_of(word, f"r{place}")), salience=salience)
            for place, (word, salience) in enumerate(zip(words, (0.6, 0.9, 0.7, 0.8), strict=True))
        ]
        again = replace(happening(raid_of(" ".join(words), "r9")), salience=0.4)
        compared.clear()
        rank_happenings([*mains, again])
        assert compared == [mains[1].id, mains[3].id]


def raid_of(words: str, edition: str) -> Entry:
    return entry(f"Civic Front [{words}] the harbour.", edition=edition, who=("Civic Front",))
