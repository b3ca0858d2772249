"""``add``: what is found is read once, what cannot be read is kept as a refusal, and the rest go on."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks.crash import cheap
from dateline.desk import adding
from dateline.desk.adding import Progress, add, add_parcels
from dateline.desk.refusing import refused
from dateline.errors import LedgerError, SettingError
from dateline.intake.sources import Parcel
from dateline.ledger import Ledger
from dateline.model import Question, Refused, Taken, Tally

TEXT = (
    "Mayor Ada Quill opened the new bridge in Exampleville on Friday. Bo Stone number {} watched from the river bank."
)


def parcel(number: int, text: str = TEXT) -> Parcel:
    address = f"https://news.example/{number}"
    return Parcel(f"line {number}", text.format(number).encode(), as_="text", address=address, published="2023-09-17")


def careless(given: Parcel) -> Taken | Refused:
    """Work with a bug in it."""
    if b"number 2 " in given.data:
        raise ZeroDivisionError("division by zero")
    return cheap(given)


def held(ledger: Path) -> int:
    with Ledger.open(ledger) as opened:
        return len(opened.editions())


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "press.ledger"


def test_reports_are_added_once(ledger: Path) -> None:
    assert add_parcels(map(parcel, range(5)), ledger, workers=1, work=cheap) == Tally(added=5)
    assert add_parcels(map(parcel, range(7)), ledger, workers=1, work=cheap) == Tally(added=2, known=5)
    assert held(ledger) == 7


def test_what_is_known_is_not_read_again(ledger: Path) -> None:
    add_parcels(map(parcel, range(3)), ledger, workers=1, work=cheap)

    def never(_: Parcel) -> Taken | Refused:
        raise AssertionError

    assert add_parcels(map(parcel, range(3)), ledger, workers=1, work=never) == Tally(known=3)


def test_a_page_that_comes_twice_is_read_once(ledger: Path) -> None:
    assert add_parcels([parcel(1), parcel(1)], ledger, workers=1, work=cheap) == Tally(added=1, known=1)


def test_a_page_that_changed_is_a_new_edition(ledger: Path) -> None:
    changed = parcel(1, TEXT + " It rained.")
    assert add_parcels([parcel(1), changed], ledger, workers=1, work=cheap) == Tally(added=1, editions=1)


@pytest.mark.parametrize("workers", [1, 2])
def test_refusals_and_bugs_are_kept_and_the_rest_go_on(ledger: Path, workers: int) -> None:
    stray = Refused("d1", "news.jsonl, line 9", "this is no JSON", "Mend the line.", "2023-09-17T00:00:00+00:00")
    parcels: list[Parcel | Refused] = [parcel(1), stray, parcel(2), parcel(3, "%PDF"), parcel(4)]
    assert add_parcels(parcels, ledger, workers=workers, work=careless) == Tally(added=2, refused=3)
    reasons = {each.origin: each.what for each in refused(ledger)}
    assert reasons == {
        "news.jsonl, line 9": "this is no JSON",
        "line 2": "this is a bug in Dateline (ZeroDivisionError: division by zero)",
        "line 3": "this seems to be a PDF, not a page or text",
    }


def test_readings_are_kept_in_batches(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MOST", 4)
    seen: list[int] = []
    add_parcels(map(parcel, range(10)), ledger, workers=1, work=cheap, progress=lambda now: seen.append(now.kept.added))
    assert sorted(set(seen)) == [0, 4, 8, 10]


def test_refusals_without_end_are_kept_in_batches_too(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MOST", 4)
    strays = [Refused(f"d{n}", f"line {n}", "this is no JSON", "Mend it.", "2023-09-17") for n in range(10)]
    seen: list[int] = []
    add_parcels(strays, ledger, workers=1, work=cheap, progress=lambda now: seen.append(now.kept.refused))
    assert sorted(set(seen)) == [0, 4, 8, 10]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
def test_what_was_read_before_the_end_is_kept(ledger: Path, stop: type[BaseException]) -> None:
    def parcels() -> Iterator[Parcel]:
        yield from map(parcel, range(adding.LOOKED_UP))
        raise stop

    with pytest.raises(stop):
        add_parcels(parcels(), ledger, workers=1, work=cheap)
    assert held(ledger) == adding.LOOKED_UP
    assert add_parcels(map(parcel, range(100)), ledger, workers=1, work=cheap).known == adding.LOOKED_UP


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_is_kept_is_counted_though_a_signal_comes_right_after(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    put, seen = Ledger.put, Progress()

    def put_and_be_stopped(self: Ledger, taken: Sequence[Taken], refused: Sequence[Refused] = ()) -> Tally:
        tally = put(self, taken, refused)
        signal.raise_signal(number)
        return tally

    def watch(progress: Progress) -> None:
        nonlocal seen
        seen = progress

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Ledger, "put", put_and_be_stopped)
    before = signal.signal(number, stop)
    try:
        with pytest.raises(KeyboardInterrupt):
            add_parcels(map(parcel, range(3)), ledger, workers=1, work=cheap, progress=watch)
        assert signal.getsignal(number) is stop
    finally:
        signal.signal(number, before)
    assert (seen.kept, held(ledger)) == (Tally(added=3), 3)


def test_no_more_pages_are_taken_than_are_in_flight(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "LOOKED_UP", 8)
    taken = 0

    def parcels() -> Iterator[Parcel]:
        nonlocal taken
        for number in range(60):
            taken += 1
            yield parcel(number)

    def check(now: Progress) -> None:
        assert taken - now.done - now.known - now.refused <= 16 + adding.LOOKED_UP

    add_parcels(parcels(), ledger, workers=2, work=cheap, progress=check)


def test_progress_goes_from_nothing_to_all(tmp_path: Path, ledger: Path) -> None:
    source = tmp_path / "news.jsonl"
    lines = [json.dumps({"url": f"https://x.example/{n}", "text": TEXT.format(n)}) for n in range(5)]
    source.write_text("\n".join([*lines, "{broken"]))
    seen: list[Progress] = []
    assert add(source, ledger, workers=1, work=cheap, progress=seen.append) == Tally(added=5, refused=1)
    size = source.stat().st_size
    assert [now.at for now in seen] == sorted(now.at for now in seen)
    assert (seen[0].at, seen[-1].at, seen[-1].total) == (0, size, size)
    assert (seen[-1].done, seen[-1].refused, seen[-1].barren) == (5, 1, ())


def test_a_source_of_which_nothing_could_be_taken_is_told(tmp_path: Path, ledger: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT.format(1))
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "empty").mkdir()
    seen: list[Progress] = []
    names = [tmp_path / name for name in ("good.txt", "bad.txt", "none.txt", "empty")]
    add(names, ledger, workers=1, work=cheap, progress=seen.append)
    assert [Path(each.origin).name for each in seen[-1].barren] == ["bad.txt", "none.txt", "empty"]
    add(names[0], ledger, workers=1, work=cheap, progress=seen.append)
    assert (seen[-1].barren, seen[-1].kept) == ((), Tally(known=1))


def test_a_date_is_for_reports_that_tell_none(tmp_path: Path, ledger: Path) -> None:
    rows = [{"text": TEXT.format(1)}, {"text": TEXT.format(2), "published": "2020-01-02"}]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, rows)))
    add(tmp_path / "news.jsonl", ledger, workers=1, work=cheap, published="2023-09-17")
    with Ledger.open(ledger) as opened:
        assert sorted(str(edition.report.published) for edition in opened.editions()) == ["2020-01-02", "2023-09-17"]
    with pytest.raises(SettingError, match="soon"):
        add(tmp_path / "news.jsonl", ledger, published="soon")


def test_a_ledger_that_is_none_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no ledger at all, but a text of some length, as such things go" * 20)
    with pytest.raises(LedgerError):
        add_parcels(map(parcel, range(3)), tmp_path / "notes.txt", workers=1, work=cheap)


def test_others_read_while_it_adds(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MOST", 2)
    add_parcels([parcel(0)], ledger, workers=1, work=cheap)
    totals: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            with Ledger.open(ledger) as opened:
                totals.append(opened.ask(Question()).total)

    reader = threading.Thread(target=read)
    reader.start()
    add_parcels(map(parcel, range(1, 40)), ledger, workers=1, work=cheap)
    done.set()
    reader.join()
    assert totals == sorted(totals) and len(totals) > 2
