"""Showing one thing by its id: what each cell rests on, and what editions changed."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.desk.backing import find_backings
from dateline.desk.revising import find_changes
from dateline.errors import LedgerError, SettingError
from dateline.ledger import Ledger
from dateline.model import Block, Correction, Dossier, Exhibit, Happening, Reading, Report
from tests.desk.press import COAST, first_print, second_print


def met(press: Path) -> str:
    return dateline.ask(press, who="quill", when="2023-09-13").entries[0].id


def test_an_event_shows_the_words_of_each_cell(press: Path) -> None:
    shown = dateline.show(press, met(press))
    assert isinstance(shown, Exhibit)
    cells = {each.cell: each for each in shown.backings}
    assert {name: each.words for name, each in cells.items() if each.words} == {
        "what": "met", "who": "Ada Quill", "whom": "Rob Stone", "when": "2023-09-13", "where": "Vostok Bay",
    }  # fmt: skip
    assert cells["when"].because == "in so many words" and cells["when"].by == "timexes.en/1"
    assert cells["where"].because == "Vostok Bay, RU; 51.90, 128.30; made:vostok bay"
    assert cells["source"].value == "reporter" and cells["status"].value == "happened"
    assert [each.verdict for each in shown.judgements] == ["same"]


def test_every_span_leads_to_its_words(press: Path) -> None:
    with Ledger.open(press) as ledger:
        for entry in dateline.ask(ledger).entries:
            reading = ledger.reading(entry.report.edition)
            for each in find_backings(entry, reading):
                assert each.span is None or each.span.of(reading.text) == each.words


def test_words_in_another_sentence_come_with_it() -> None:
    from dateline.desk.comparing import entries_of
    from dateline.model import Participant

    reading = first_print()
    first, second, _ = reading.events
    borrowed = Participant(first.actors[0].span, "Ada Quill")
    moved = dateline.model.Event(second.trigger, (), "OTHER", None, (borrowed,), (), None, None, "happened", False,
                                 second.source, 0.5)  # fmt: skip
    entry = entries_of(Reading(reading.report, sentences=reading.sentences, events=(moved,)))[0]
    who = next(each for each in find_backings(entry, reading) if each.cell == "who")
    assert who.sentence is not None and who.sentence.startswith("Ada Quill met")


def test_what_was_corrected_by_hand_says_so(own_press: Path) -> None:
    event = met(own_press)
    with Ledger.open(own_press, write=True) as ledger:
        ledger.correct(Correction(event, "status", '"denied"', "Ann", "2023-10-01T00:00:00+00:00"))
    shown = dateline.show(own_press, event)
    assert isinstance(shown, Exhibit)
    status = next(each for each in shown.backings if each.cell == "status")
    assert (status.value, status.by) == ("denied", "Ann")
    assert status.because is not None and "the machine read happened" in status.because


def test_a_beginning_of_an_id_is_enough(press: Path) -> None:
    event = met(press)
    assert dateline.show(press, event[:8].upper()) == dateline.show(press, event)
    entry = dateline.ask(press, who="quill").entries[0]
    assert isinstance(dateline.show(press, entry.happening or ""), Happening)
    for id in (entry.report.report, entry.report.edition):
        shown = dateline.show(press, id)
        assert isinstance(shown, Dossier) and shown.edition.id == entry.report.edition


def test_an_edition_that_is_not_current_is_shown_as_it_stood(press: Path) -> None:
    with Ledger.open(press) as ledger:
        old, new = ledger.editions(dateline.ask(ledger, who="sato").entries[0].report.report)
    shown = dateline.show(press, old.id)
    assert isinstance(shown, Dossier) and not shown.edition.current
    assert shown.editions == (old, new) and len(shown.entries) == 3


@pytest.mark.parametrize("id", ["", "abc", "g" * 16, "../press", "%", "f" * 17])
def test_what_is_no_id_is_told(press: Path, id: str) -> None:
    with pytest.raises(SettingError, match="no id"):
        dateline.show(press, id)


def test_an_id_that_nothing_has_is_told(press: Path) -> None:
    with pytest.raises(LedgerError, match="there is no event"):
        dateline.show(press, "0000")


def test_a_beginning_of_several_ids_is_told(own_press: Path) -> None:
    with Ledger.open(own_press, write=True) as ledger:
        (event, *_) = ledger.ask(dateline.Question()).entries
        ledger.regroup({event.id[:6] + "0" * 10: [event.id]})
    with pytest.raises(SettingError, match=r"several ids \(event .*, happening"):
        dateline.show(own_press, event.id[:6])


def test_editions_tell_what_changed(press: Path) -> None:
    (revision,) = dateline.show_editions(press, met(press))
    assert [(each.change, each.block) for each in revision.changes] == [
        ("changed", "paragraph"), ("removed", "paragraph"), ("added", "paragraph"),
    ]  # fmt: skip
    assert [piece for piece in revision.changes[0].pieces if piece.only] == [
        dateline.model.Piece("harbour", "before"), dateline.model.Piece("army", "after"),
    ]  # fmt: skip
    assert [entry.event.status for entry in revision.gone] == ["denied"]
    assert [entry.event.actors[0].name for entry in revision.new] == ["Dina Sato"]
    assert dateline.show_editions(press, dateline.ask(press, publisher="wire").entries[0].report.report) == ()


def test_editions_go_from_the_earlier_to_the_later_text(press: Path) -> None:
    (revision,) = dateline.show_editions(press, met(press))
    assert revision.before.report.published == first_print().report.published
    assert revision.after.report.published == second_print().report.published
    assert revision.after.current and revision.before.report.origin == COAST


def of_paragraphs(*words: str) -> Reading:
    text = "\n\n".join(words)
    blocks, at = [], 0
    for each in words:
        blocks.append(Block(at, at + len(each), "paragraph"))
        at += len(each) + 2
    return Reading(Report("r", text, tuple(blocks)))


def rebuilt(reading: Reading, other: Reading, side: str) -> list[str]:
    """The words of one side of all changed blocks, put together from the pieces."""
    changes = find_changes(reading, other)
    drop = "after" if side == "before" else "before"
    keep = [each for each in changes if each.change != ("added" if side == "before" else "removed")]
    return [" ".join(piece.words for piece in each.pieces if piece.only != drop) for each in keep]


def test_pieces_put_together_are_the_words_of_either_edition() -> None:
    one = of_paragraphs("the same", "five men were held on the old pier", "gone for good", "the end")
    other = of_paragraphs("the same", "four men were held at the old pier", "quite another story", "the end")
    assert rebuilt(one, other, "before") == ["five men were held on the old pier", "gone for good"]
    assert rebuilt(one, other, "after") == ["four men were held at the old pier", "quite another story"]
    assert find_changes(one, one) == ()


def test_editions_of_very_many_blocks_are_compared_in_good_time() -> None:
    one = of_paragraphs(*(f"word{number % 7} and more" for number in range(4_000)), "old")
    other = of_paragraphs("new", *(f"word{number % 5} and more" for number in range(4_000)))
    assert len(find_changes(one, other)) < 4_000
    long = of_paragraphs("a b " * 20_000), of_paragraphs("b a " * 20_000)
    assert [each.change for each in find_changes(*long)] == ["changed"]
