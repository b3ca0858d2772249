"""How values stand to each other: equal, refined, updated, part of, contradicting; and the happening put together."""

import msgspec
import pytest

from dateline.corroboration import find_disagreements, find_happening
from dateline.errors import SettingError
from dateline.lexicon.origins import Origins
from dateline.model import Entry, Span, When

from .made import entry

TOWN = ("Avalon, Examplia", 10.0, 10.0)


def relations(*entries: Entry) -> list[tuple[str, str]]:
    return [(each.slot, each.relation) for each in find_disagreements(entries)]


def toll(words: str, edition: str, **more: object) -> Entry:
    return entry(f"The blast [struck] at noon and {words}.", edition=edition, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("killed 12 people", "killed twelve people", None),
        ("killed dozens", "killed 34 people", "refined"),
        ("killed at least 10 people", "killed 34 people", "refined"),
        ("killed 12 people", "killed 34 people", "contradicts"),
        ("killed 12 people", "killed three police", "subset"),
        ("killed 12 people", "injured 34 people", None),
        ("killed three police", "killed four children", None),
    ],
)
def test_numbers(one: str, other: str, relation: str | None) -> None:
    found = relations(toll(one, "r1"), toll(other, "r2"))
    assert found == ([("number", relation)] if relation else [])


def test_the_same_words_do_not_differ_whatever_was_read_in_them() -> None:
    words = "The ferry [struck] a rock off the long white beach at noon"
    first = entry(f"{words}.", edition="r1", when="2024-03-05")
    second = entry(f"AVALON (AP) - {words}.", edition="r2", when="2024-03-06")
    assert relations(first, second) == []
    assert relations(first, msgspec.structs.replace(second, corrected=("when",))) == [("when", "contradicts")]


def test_the_present_perfect_says_what_the_simple_past_says() -> None:
    first = entry("The minister has [ordered] an inquiry.", edition="r1", status="planned")
    second = entry("The minister [ordered] an inquiry.", edition="r2", status="happened")
    other = entry("The court [ordered] an inquiry.", edition="r3", status="happened")
    assert relations(first, second) == []
    assert relations(first, other) == [("status", "updated")]


def test_a_day_taken_over_from_elsewhere_contradicts_nobody() -> None:
    first = entry("It [struck] there.", edition="r1", when="2024-03-05")
    second = entry("There it [struck].", edition="r2", when="2024-03-06")
    far = msgspec.structs.replace(second.event, when=When(Span(500, 506), "2024-03-06"))
    assert relations(first, msgspec.structs.replace(second, event=far)) == []


def test_what_is_counted_is_told() -> None:
    (found,) = find_disagreements([toll("killed 12 people", "r1"), toll("killed 34 people", "r2")])
    assert (found.slot, found.what) == ("number", "killed")
    told = [entry(f"A court [sentenced] him to {years} years.", edition=years) for years in ("12", "15")]
    assert [(each.relation, each.what) for each in find_disagreements(told)] == [("contradicts", "year")]
    lasting = [entry(f"It [struck] for {years} years.", edition=years) for years in ("12", "15")]
    assert find_disagreements(lasting) == ()


def test_a_later_toll_of_the_same_paper_is_an_update() -> None:
    first = toll("killed 12 people", "r1", publisher="Avalon Post", published="2024-03-05")
    later = toll("killed 34 people", "r2", publisher="Avalon Post", published="2024-03-06")
    assert relations(first, later) == [("number", "updated")]


def test_a_later_toll_of_nobody_in_particular_is_none() -> None:
    first = toll("killed 12 people", "r1", published="2024-03-05")
    later = toll("killed 34 people", "r2", published="2024-03-06")
    assert relations(first, later) == [("number", "contradicts")]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ({"when": "2024-03-05"}, {"when": "2024-03-05"}, []),
        ({"when": "2024-03-05"}, {"when": "2024-03"}, [("when", "refined")]),
        ({"when": "2024-03-05"}, {"when": "2024-03-06"}, [("when", "contradicts")]),
        ({"where": TOWN}, {"where": ("Examplia", 50.0, 50.0)}, [("where", "refined")]),
        ({"where": TOWN}, {"where": ("Boria, Examplia", 20.0, 20.0)}, [("where", "contradicts")]),
        ({"where": TOWN}, {}, []),
        ({"status": "happened"}, {"status": "denied"}, [("status", "contradicts")]),
        ({"status": "planned"}, {"status": "happened"}, [("status", "updated")]),
        ({"who": ("Tessa Quill",)}, {"who": ("Mayor Quill",)}, [("actors", "refined")]),
        ({"who": ("Tessa Quill",)}, {"who": ("Bram Zorn",)}, [("actors", "contradicts")]),
        ({"whom": ("Tessa Quill",)}, {"whom": ("Tessa Quill",)}, []),
        ({"who": ("police",)}, {"who": ("Tessa Quill",)}, []),
        ({"whom": ("three guards",)}, {"whom": ("Avalon Bank",)}, []),
        ({"who": ("Armenian troops",)}, {"who": ("Azerbaijani troops",)}, [("actors", "contradicts")]),
        ({"where": ("harbour, Examplia", 10.0, 10.0)}, {"where": ("Examplia", 50.0, 50.0)}, [("where", "refined")]),
    ],
)
def test_slots(one: dict[str, object], other: dict[str, object], wanted: list[tuple[str, str]]) -> None:
    first = entry("It [struck] there.", edition="r1", **one)  # type: ignore[arg-type]
    second = entry("There it [struck].", edition="r2", **other)  # type: ignore[arg-type]
    assert relations(first, second) == wanted


def test_each_side_names_its_entries() -> None:
    told = [toll("killed 12 people", "r1"), toll("killed 34 people", "r2"), toll("killed 12 people", "r3")]
    (found,) = find_disagreements(told)
    assert [len(side.entries) for side in found.sides] == [2, 1]
    assert [side.value for side in found.sides] == ["12 killed", "34 killed"]


def test_a_happening_has_the_head_line_of_its_fullest_entry() -> None:
    bare = entry("It [sank].", edition="r1", publisher="Avalon Post")
    full = entry("The Quill [sank] off Avalon.", edition="r2", who=("The Quill",), where=TOWN, publisher="Boria Times")
    found = find_happening([bare, full], origins=Origins.load())
    assert (found.title, found.where, found.actors) == (full.words, "Avalon, Examplia", ("The Quill",))
    assert (found.independent, len(found.entries)) == (2, 2)
    assert find_happening([full, bare], origins=Origins.load()) == found


def test_no_entries_are_no_happening() -> None:
    with pytest.raises(SettingError):
        find_happening([], origins=Origins.load())
