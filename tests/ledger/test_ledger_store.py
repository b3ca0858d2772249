"""What is put into a ledger comes out as it was, once, in its newest edition."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.errors import LedgerError, SettingError
from dateline.ledger import Ledger
from dateline.ledger.packing import pack, pack_reading, unpack_event, unpack_reading, unpack_statement
from dateline.model import (
    Correction,
    Judgement,
    Question,
    Reading,
    Refused,
    Taken,
    Tally,
    edition_id,
    event_id,
)
from tests.ledger.made import BY, Told, made_reading, reading_of

ADA = Told("Ada Quill", "met", "Rob Stone", when="2023-09-13", more="by the old harbour")
BO = Told("Bo Marsh", "fled", when="2023-09-14", more="through a night market", said_by="Tass")
PAGE = "https://news.example/one"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "press.ledger", write=True) as opened:
        yield opened


def edition_of(reading: Reading) -> str:
    return edition_id(reading.report.id, reading.text)


def intact(ledger: Ledger) -> bool:
    """Whether the file is whole, nothing points at nothing, and the full text agrees with the sentences."""
    database = ledger._database
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    listed = "SELECT count(*) FROM mark m LEFT JOIN event e ON e.row = m.event WHERE e.row IS NULL OR NOT e.current"
    assert database.execute(listed).fetchone() == (0,)
    days = "SELECT count(*) FROM mark m JOIN event e ON e.row = m.event WHERE m.first != e.first OR m.width != e.width"
    assert database.execute(days).fetchone() == (0,)
    listed = "SELECT count(*) FROM block b LEFT JOIN event e ON e.row = b.event WHERE e.row IS NULL OR NOT e.current"
    assert database.execute(listed).fetchone() == (0,)
    listed = (
        "SELECT count(*) FROM voice v LEFT JOIN statement q ON q.row = v.statement WHERE NOT coalesce(q.current, 0)"
    )
    assert database.execute(listed).fetchone() == (0,)
    return True


@given(seed=st.integers(0, 10_000))
def test_what_is_packed_comes_back(seed: int) -> None:
    reading = made_reading(seed, events=4)
    assert unpack_reading(pack_reading(reading)) == reading
    assert [unpack_event(pack(event)) for event in reading.events] == list(reading.events)
    assert [unpack_statement(pack(said)) for said in reading.statements] == list(reading.statements)


def test_a_reading_comes_back_as_it_was_and_in_entries(ledger: Ledger) -> None:
    reading = made_reading(1)
    assert ledger.put([Taken("1", reading)]) == Tally(added=1)
    edition = edition_of(reading)
    assert ledger.reading(edition) == reading
    entries = ledger.entries_of(edition)
    assert [entry.event for entry in entries] == list(reading.events)
    assert [entry.id for entry in entries] == [event_id(edition, event.trigger) for event in reading.events]
    report = entries[0].report
    assert (report.report, report.edition) == (reading.report.id, edition)
    assert report.headline == reading.report.headline
    assert (report.publisher, report.published) == (reading.report.publisher, reading.report.published)
    some = [entries[2].id, "nothing", entries[0].id, entries[2].id, "\ud800"]
    assert ledger.entries(some) == (entries[2], entries[0])


def test_adding_again_adds_nothing(ledger: Ledger) -> None:
    taken = [Taken(str(seed), made_reading(seed)) for seed in range(5)]
    refused = [Refused("x", "x.html", "no article", "Look.", "2023-09-17T00:00:00+00:00")]
    assert ledger.put(taken, refused) == Tally(added=5, refused=1)
    before = ledger.ask(Question(limit=1000))
    assert ledger.put(taken, refused) == Tally(known=6)
    # Other bytes of the same text, such as the page with another advert, are known as well.
    assert ledger.put([Taken("other bytes", made_reading(0))]) == Tally(known=1)
    assert ledger.ask(Question(limit=1000)) == before
    assert ledger.known(["0", "x", "other bytes", "new"]) == {"0", "x", "other bytes"}
    assert ledger.refusals() == tuple(refused)


def test_one_batch_may_hold_the_same_report_twice(ledger: Ledger) -> None:
    one, two = reading_of([ADA], origin=PAGE), reading_of([BO], origin=PAGE)
    tally = ledger.put([Taken("1", one), Taken("1", one), Taken("2", two), Taken("3", one)])
    assert tally == Tally(added=1, editions=1, known=2)
    assert [entry.report.edition for entry in ledger.ask(Question()).entries] == [edition_of(two)]
    assert intact(ledger)


def test_a_refused_page_that_is_read_at_last_is_no_refusal(ledger: Ledger) -> None:
    ledger.put([], [Refused("1", "x.html", "no article", "Look.", "2023")])
    assert ledger.put([Taken("1", made_reading(1))]) == Tally(added=1)
    assert ledger.refusals() == ()
    assert ledger.put([], [Refused("1", "x.html", "no article", "Look.", "2023")]) == Tally(known=1)


def test_half_a_character_is_refused_and_the_rest_is_kept(ledger: Ledger) -> None:
    tally = ledger.put([Taken("1", made_reading(1, text="Kim \ud800 left.")), Taken("2", made_reading(2))])
    assert tally == Tally(added=1, refused=1)
    assert "half of a character" in ledger.refusals()[0].what


def test_asking_sees_the_newest_edition_and_both_stay(ledger: Ledger) -> None:
    one, two = reading_of([ADA], origin=PAGE), reading_of([ADA, BO], origin=PAGE)
    assert ledger.put([Taken("1", one)]) == Tally(added=1)
    assert ledger.put([Taken("2", two)]) == Tally(editions=1)
    found = ledger.ask(Question(words="harbour"))
    assert [entry.report.edition for entry in found.entries] == [edition_of(two)]
    assert ledger.ask(Question(who="Quill")).total == 1
    assert ledger.ask(Question()).total == 2
    assert len(ledger.quotes("tass")) == 1
    editions = ledger.editions(one.report.id)
    assert [(each.id, each.current) for each in editions] == [(edition_of(one), False), (edition_of(two), True)]
    assert ledger.reading(edition_of(one)) == one
    assert len(ledger.entries_of(edition_of(one))) == 1
    assert intact(ledger)


def test_an_older_edition_that_comes_later_is_kept_behind_the_newer(ledger: Ledger) -> None:
    new = reading_of([ADA], origin=PAGE, published="2023-09-17T12:00:00+00:00")
    old = reading_of([BO], origin=PAGE, published="2023-09-17T11:00:00+00:00")
    ledger.put([Taken("1", new)])
    assert ledger.put([Taken("2", old)]) == Tally(editions=1)
    assert [entry.report.edition for entry in ledger.ask(Question()).entries] == [edition_of(new)]
    assert ledger.quotes() == ()
    assert intact(ledger)


def test_a_newer_reading_replaces_the_old_and_corrections_of_what_stays_survive(ledger: Ledger) -> None:
    old = reading_of([ADA, BO, Told("Chen Sato", "slept")], by=("events.en/0",))
    ledger.put([Taken("1", old)])
    edition = edition_of(old)
    ada, bo, chen = (entry.id for entry in ledger.entries_of(edition))
    ledger.put_blocks({ada: ["k"], bo: ["k"], chen: ["k"]})
    ledger.correct(Correction(ada, "status", '"denied"', "Eve", "2023-09-18T00:00:00+00:00"))
    ledger.judge([Judgement(ada, bo, "different", "Eve", 1.0, "I was there", "2023")])
    ledger.put_blocks({ada: ["k"]})
    ledger.regroup({"h1": [ada, chen], "h2": [bo]})
    changed = replace(old.events[1], type="RETREAT")
    added = replace(old.events[0], trigger=old.events[0].actors[0].span)
    new = replace(old, events=(old.events[0], changed, added), by=BY)
    assert list(ledger.stale(BY)) == [edition]
    assert ledger.replace(edition, new) == (1, 1)
    assert list(ledger.stale(BY)) == []
    assert ledger.reading(edition) == new
    assert [entry.id for entry in ledger.ask(Question(status="denied")).entries] == [ada]
    assert ledger.ask(Question(status="denied")).entries[0].corrected == ("status",)
    assert [entry.id for entry in ledger.ask(Question(type="RETREAT")).entries] == [bo]
    assert ledger.ask(Question(who="Sato")).total == 0
    assert ledger.group("h1") == (ada,)
    assert len(ledger.judgements([ada])) == 1
    # What is new or has changed is compared anew; what has not changed is not.
    assert set(ledger.unblocked(10)) == {bo, event_id(edition, added.trigger)}
    assert ledger.with_blocks({"k": ["k"]}, limit=10) == {"k": (ada,)}
    assert intact(ledger)
    assert ledger.replace(edition, new) == (0, 0)
    assert intact(ledger)


def test_an_edition_that_is_not_current_can_be_read_anew_and_stays_behind(ledger: Ledger) -> None:
    one, two = reading_of([ADA], origin=PAGE), reading_of([BO], origin=PAGE)
    ledger.put([Taken("1", one), Taken("2", two)])
    assert ledger.replace(edition_of(one), replace(one, events=())) == (1, 0)
    assert ledger.ask(Question()).total == 1
    assert intact(ledger)


def test_a_reading_of_another_text_replaces_nothing(ledger: Ledger) -> None:
    ledger.put([Taken("1", made_reading(1))])
    with pytest.raises(LedgerError, match="no reading of edition"):
        ledger.replace(edition_of(made_reading(1)), made_reading(2))
    with pytest.raises(LedgerError, match="there is no edition"):
        ledger.replace(edition_of(made_reading(2)), made_reading(2))


@pytest.mark.parametrize(
    ("field", "value", "question"),
    [
        ("type", '"ASSAULT"', Question(type="ASSAULT")),
        ("status", '"denied"', Question(status="denied")),
        ("main", "true", Question(main=True)),
        ("when", '{"span":null,"value":"2020-01-01"}', Question(when="2020")),
        ("where", '{"span":null,"name":"Cairo","lat":30.0,"lon":31.2}', Question(where="30,31,60")),
        ("where", '{"span":null,"name":"Cairo","lat":null,"lon":null}', Question(where="cairo")),
        ("actors", '[{"span":null,"name":"Eve Lindt"}]', Question(who="lindt")),
        ("recipients", '[{"span":null,"name":"Eve Lindt"}]', Question(whom="lindt")),
        ("source", '{"kind":"attributed","span":null,"name":"Tass"}', Question(said_by="tass")),
    ],
)
def test_a_correction_is_found_shown_and_taken_back(ledger: Ledger, field: str, value: str, question: Question) -> None:
    reading = reading_of([ADA])
    ledger.put([Taken("1", reading)])
    (entry,) = ledger.ask(Question()).entries
    assert ledger.ask(question).total == 0
    correction = Correction(entry.id, field, value, "Eve", "2023-09-18T00:00:00+00:00")
    ledger.correct(correction)
    (found,) = ledger.ask(question).entries
    assert (found.id, found.corrected) == (entry.id, (field,))
    assert ledger.corrections(entry.id) == ledger.corrections() == (correction,)
    assert ledger.reading(entry.report.edition) == reading
    assert intact(ledger)
    ledger.uncorrect(entry.id, field)
    assert ledger.ask(question).total == 0
    assert ledger.ask(Question()).entries == (entry,)
    assert intact(ledger)


def test_a_cell_corrected_to_nothing_is_found_by_it_no_more(ledger: Ledger) -> None:
    ledger.put([Taken("1", reading_of([ADA]))])
    (entry,) = ledger.ask(Question(who="Quill", when="2023-09-13")).entries
    ledger.correct(Correction(entry.id, "when", "null", "Eve", "2023"))
    assert ledger.ask(Question(who="Quill", when="2023-09-13")).total == 0
    assert ledger.ask(Question(who="Quill")).entries[0].event.when is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("type", '"WAR"'), ("main", "1"), ("when", "{}"), ("status", "denied"), ("trigger", "[0,1]"), ("actors", "null")],
)
def test_a_correction_that_makes_no_sense_is_told(ledger: Ledger, field: str, value: str) -> None:
    ledger.put([Taken("1", reading_of([ADA]))])
    (entry,) = ledger.ask(Question()).entries
    with pytest.raises(SettingError, match=field):
        ledger.correct(Correction(entry.id, field, value, "Eve", "2023"))
    assert ledger.corrections() == ()


def test_a_correction_of_no_event_is_told(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="there is no event"):
        ledger.correct(Correction("nothing", "main", "true", "Eve", "2023"))


def test_hostile_names_and_texts_are_kept(ledger: Ledger) -> None:
    odd = "Ωmega \0 \u202e" + "x" * 5_000 + " '; DROP TABLE event; --"
    reading = reading_of([Told(odd, "met", " ".join(map(str, range(5_000))), when="9999-12-31")], publisher=odd)
    ledger.put([Taken("1", reading)])
    assert ledger.ask(Question(who="ωMEGA", whom="0 1 2", publisher="omega", words="drop")).total == 0
    assert ledger.ask(Question(who="ωMEGA", whom="0 1 2", publisher="ωmega", words="drop")).total == 1
    assert ledger.reading(edition_of(reading)) == reading
    assert intact(ledger)


def test_two_events_of_one_trigger_are_one(ledger: Ledger) -> None:
    reading = reading_of([ADA])
    twice = replace(reading, events=(*reading.events, replace(reading.events[0], type="AID")))
    ledger.put([Taken("1", twice)])
    assert [entry.event.type for entry in ledger.ask(Question()).entries] == ["CONSULT"]
    assert len(ledger.reading(edition_of(twice)).events) == 2
