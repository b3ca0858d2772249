"""Whose word a happening rests on, and how many distinct origins that makes."""

import msgspec
import pytest

from dateline.corroboration import Credit, find_credit, find_roots
from dateline.corroboration.roots import is_unnamed
from dateline.lexicon.origins import Origins
from dateline.model import Block, Report, Root, Span

from .made import entry

ORIGINS = Origins.load()
WORDS = "A ferry [sank] off Avalon."


def printed(text: str) -> Report:
    """A report of a headline and paragraphs, one a line."""
    blocks: list[Block] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(start, start + len(line.rstrip()), "paragraph" if blocks else "headline"))
        start += len(line)
    return Report("r1", text, tuple(blocks))


def keys(roots: tuple[Root, ...]) -> list[str]:
    return [root.key for root in roots]


def test_one_source_in_two_papers_is_one_origin() -> None:
    told = [
        entry(WORDS, edition="r1", said_by="KCNA", publisher="Avalon Post"),
        entry(WORDS, edition="r2", said_by="North Korea’s state media", publisher="Boria Times"),
    ]
    (root,) = find_roots(told, origins=ORIGINS)
    assert (root.name, root.kind, root.state, root.entries) == ("KCNA", "attributed", "KP", ("r1:8", "r2:8"))
    assert "RSF" in root.because


def test_two_papers_on_their_own_word_are_two() -> None:
    told = [entry(WORDS, edition="r1", publisher="Avalon Post"), entry(WORDS, edition="r2", publisher="Boria Times")]
    assert keys(find_roots(told, origins=ORIGINS)) == ["name:avalon post", "name:boria times"]


def test_a_copy_has_the_root_of_what_it_copies() -> None:
    told = [entry(WORDS, edition=f"r{n}", publisher=f"Paper {n}", published=f"2024-03-0{n}") for n in (1, 2, 3)]
    roots = find_roots(told, copies=[("r2", "r1", 0.9), ("r3", "r2", 0.8)], origins=ORIGINS)
    assert [(root.name, len(root.entries)) for root in roots] == [("Paper 1", 3)]


def test_copies_in_a_ring_have_one_root_and_come_to_an_end() -> None:
    told = [entry(WORDS, edition=f"r{n}", publisher=f"Paper {n}") for n in (1, 2)]
    assert len(find_roots(told, copies=[("r1", "r2", 0.9), ("r2", "r1", 0.9)], origins=ORIGINS)) == 1


def test_two_copies_of_a_report_outside_the_happening_are_one() -> None:
    told = [entry(WORDS, edition=f"r{n}", publisher=f"Paper {n}") for n in (1, 2)]
    assert len(find_roots(told, copies=[("r1", "r0", 0.9), ("r2", "r0", 0.9)], origins=ORIGINS)) == 1


def test_a_credited_wire_is_the_root_of_all_who_print_it() -> None:
    told = [entry(WORDS, edition=f"r{n}", publisher=f"Paper {n}") for n in (1, 2)]
    credit = Credit("Reuters", "dateline “AVALON (Reuters) —”")
    (root,) = find_roots(told, origins=ORIGINS, credits={"r1": credit, "r2": credit})
    assert (root.name, root.kind, root.state) == ("Reuters", "wire", None)


def test_unnamed_sources_are_marked_and_belong_to_who_prints_them() -> None:
    told = [
        entry(WORDS, edition=f"r{n}", publisher=f"Paper {n}", said_by="officials") for n in (1, 2)
    ]  # fmt: skip
    roots = find_roots(told, origins=ORIGINS)
    assert [root.unnamed for root in roots] == [True, True]


def test_a_party_to_the_event_is_marked() -> None:
    told = [entry("Examplia [shelled] Boria.", who=("Examplia",), said_by="Examplia")]
    assert [root.party for root in find_roots(told, origins=ORIGINS)] == [True]


def test_the_web_address_tells_the_publisher() -> None:
    (root,) = find_roots([entry(WORDS, origin="https://english.news.cn/a.html")], origins=ORIGINS)
    assert (root.name, root.state) == ("Xinhua", "CN")


def test_an_address_that_cannot_be_taken_apart_tells_no_publisher() -> None:
    (root,) = find_roots([entry(WORDS, origin="http://[bad/story.html", publisher=None)], origins=ORIGINS)
    assert (root.name, root.because) == ("an unnamed publisher", "no publisher is told")


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Ferry sinks\n\nAVALON, March 5 (Reuters) - A ferry sank off the coast on Tuesday.\n", "Reuters"),
        ("Ferry sinks\n\nAVALON (AP) — A ferry sank off the coast on Tuesday.\n", "Associated Press"),
        ("Ferry sinks\n\nA ferry sank (it was old) - off the coast on Tuesday, Reuters said.\n", None),
    ],
)
def test_credits(text: str, agency: str | None) -> None:
    found = find_credit(printed(text), ORIGINS)
    assert (found and found.name) == agency


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("officials", True), ("a senior security source", True), ("Turkish diplomats", True),
        ("US officials familiar with the talks", True), ("the people " * 500, True), ("Tessa Quill", False),
        ("White House officials", False), ("the defence ministry", False), ("", False),
    ],
)  # fmt: skip
def test_unnamed(name: str, wanted: bool) -> None:
    assert is_unnamed(name) is wanted


def test_each_label_has_the_words_or_the_entry_that_say_so() -> None:
    words = "A ferry [sank] off Avalon, officials said."
    told = entry(words, edition="r1", said_by="officials", publisher="Avalon Post")
    source = msgspec.structs.replace(told.event.source, span=Span(25, 34))
    told = msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, source=source))
    wire = entry(WORDS, edition="r2", said_by="Reuters", publisher="Boria Times")
    state = entry(WORDS, edition="r3", said_by="KCNA", publisher="Boria Times")
    party = entry(WORDS, edition="r4", who=("The Navy",), said_by="navy", publisher="Boria Times")
    labels = [root.labels for root in find_roots([told, wire, state, party], origins=ORIGINS)]
    assert [[label.kind for label in some] for some in labels] == [["unnamed"], ["second-hand"], ["state"], ["party"]]
    assert labels[0][0].because == "“officials said”"
    assert "RSF" in labels[2][0].because


def test_a_land_that_speaks_is_the_office_that_speaks_for_it() -> None:
    told = [
        entry(WORDS, edition="r1", said_by="North Korea", publisher="Avalon Post"),
        entry(WORDS, edition="r2", said_by="KCNA", publisher="Boria Times"),
        entry(WORDS, edition="r3", said_by="Azerbaijan", publisher="Boria Times"),
        entry(WORDS, edition="r4", said_by="Azerbaijan's defence ministry", publisher="Boria Times"),
    ]
    assert {root.name for root in find_roots(told, origins=ORIGINS)} == {"KCNA", "Azerbaijan's defence ministry"}


def test_the_paper_that_speaks_of_itself_is_its_own_source() -> None:
    words = "A ferry [sank], this paper wrote."
    told = entry(words, edition="r1", said_by="paper", publisher="Avalon Post")
    source = msgspec.structs.replace(told.event.source, span=Span(19, 24))
    told = msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, source=source))
    assert [root.name for root in find_roots([told], origins=ORIGINS)] == ["Avalon Post"]
