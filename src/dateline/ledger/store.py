"""The ledger: keeps readings and what was judged about them, and answers questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from dateline.errors import LedgerError, NotFound
from dateline.ledger import (
    asking,
    beside,
    corrections,
    counting,
    entries,
    glimpsing,
    happenings,
    lives,
    lookup,
    mapping,
    walking,
    writing,
)
from dateline.ledger.batch import Batch
from dateline.ledger.files import open_file, told
from dateline.ledger.marks import sound
from dateline.ledger.questions import Sought, check_page, understand, ways_of
from dateline.ledger.searching import full_text
from dateline.ledger.shelves import ActorShelf
from dateline.ledger.tables import chunks, marks_for
from dateline.ledger.values import text
from dateline.model import (
    Answer,
    Correction,
    Edition,
    Entry,
    Hit,
    Judgement,
    Kept,
    Question,
    Quote,
    Reading,
    Refused,
    Report,
    Taken,
    Tally,
)

WAIT = 30.0
"""How many seconds to wait for another writer."""

MANY_QUOTES = 200
"""So many of all quotes are looked for at first."""


class Ledger(ActorShelf):
    """A ledger in one file, open for reading or for reading and writing, to be closed after use.

    Many processes may read one ledger while one writes; each holds a Ledger of its own. All that is asked in one call
    is seen as it stood at one moment, and each call that writes is one transaction.
    """

    @classmethod
    def open(cls, path: str | Path, *, write: bool = False, wait: float = WAIT) -> Self:
        """The ledger in a file; a new one where it is opened for writing and there is none.

        Raises LedgerError where there is none to read, where the file is no ledger, was made by a newer Dateline, may
        not be written to, or is being written to by another program for longer than ``wait`` seconds.
        """
        return cls(open_file(Path(path), write=write, wait=wait), Path(path))

    def close(self) -> None:
        """Closes the file; the ledger cannot be asked any more."""
        with told(self.path):
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written inside is one transaction: it is kept whole, or nothing of it."""
        with self._transaction():
            yield

    # Readings

    def known(self, digests: Collection[str]) -> frozenset[str]:
        """Those of the digests whose pages were taken or refused already."""
        found: list[str] = []
        with self._view() as database:
            for some in chunks(digests):
                marks = marks_for(some)
                query = f"SELECT digest FROM page WHERE digest IN ({marks})"
                query += f" UNION ALL SELECT digest FROM refusal WHERE digest IN ({marks})"
                found += (digest for (digest,) in database.execute(query, some * 2))
        return frozenset(found)

    def put(self, taken: Sequence[Taken], refused: Sequence[Refused] = ()) -> Tally:
        """Keeps readings and refusals, all or none; what adding them came to. What is known already is left as it is.

        A reading of a known report with another text is a new edition of it, and from now on the current one, unless
        the page itself says that it was published before.
        """
        at = _now()
        ready = [writing.ready_or_refused(each, at) for each in taken]
        counts = {"added": 0, "edition": 0, "known": 0, "refused": 0}
        with self._transaction() as database:
            batch = Batch(database)
            for each in (*ready, *refused):
                if isinstance(each, Refused):
                    counts["refused" if writing.put_refusal(database, each) else "known"] += 1
                else:
                    counts[writing.put_ready(database, batch, each, at)] += 1
            batch.flush()
        return Tally(counts["added"], counts["edition"], counts["known"], counts["refused"])

    def replace(self, edition: str, reading: Reading) -> tuple[int, int]:
        """Keeps a newer reading of an edition in place of the older; how many events are gone, and how many are new.

        Corrections and judgements of events that are found again stay. Raises LedgerError where the reading is of
        another text.
        """
        ready = writing.Ready.of("", reading)
        if ready.edition != edition:
            raise LedgerError(str(self.path), f"this is no reading of edition {sound(edition)}", "Add it instead.")
        with self._transaction() as database:
            return writing.replace_reading(database, self._edition(edition), ready)

    def reading(self, edition: str) -> Reading:
        """The whole reading of an edition."""
        with self._view() as database:
            return writing.reading_of(database, self._edition(edition))

    def report(self, edition: str) -> Report:
        """The report of an edition, without what was read in it: quicker than the whole reading."""
        with self._view() as database:
            return writing.report_of(database, self._edition(edition))

    def editions(self, report: str | None = None) -> tuple[Edition, ...]:
        """The editions of a report, or of all, in the order in which they were added."""
        with self._view() as database:
            return entries.editions(database, report)

    def stale(self, by: tuple[str, ...]) -> Iterator[str]:
        """The ids of current editions that were read by other annotators; they may be replaced one by one meanwhile."""
        row = 0
        while True:
            with self._view() as database:
                query = "SELECT row, id FROM edition WHERE row > ? AND current AND read_by != ? ORDER BY row LIMIT 500"
                found = database.execute(query, (row, writing.read_by(by))).fetchall()
            if not found:
                return
            yield from (id for _, id in found)
            row = found[-1][0]

    def refusals(self) -> tuple[Refused, ...]:
        """The pages that could not be read, in the order in which they were refused."""
        with self._view() as database:
            query = "SELECT digest, origin, what, todo, at FROM refusal ORDER BY at, origin, digest"
            return tuple(Refused(*map(text, row)) for row in database.execute(query))

    def came_of(self, digests: Collection[str]) -> tuple[tuple[Edition, ...], tuple[Refused, ...]]:
        """What the pages of these digests became: the editions that they are, and the refusals."""
        with self._view() as database:
            return entries.came_of(database, digests)

    # Questions

    def ask(self, question: Question) -> Answer:
        """The entries that answer a question, of current editions: one page of them, and how many there are in all.

        Raises SettingError where a part of the question makes no sense.
        """
        with self._view() as database:
            sought = self._understand(question)
            total, rows = asking.find_rows(database, question, sought)
            return Answer(question, total, entries.entries_of_rows(database, rows))

    def each(self, question: Question) -> Iterator[Entry]:
        """All entries that answer a question, in its order, a few at a time; its limit and offset hold as in ``ask``.

        Which they are is settled when the first is asked for; what a newer reading has taken out by the time that it
        would come is left out.
        """
        with self._view() as database:
            sought = self._understand(question)
            _, rows = asking.find_rows(database, question, sought)
        for some in chunks(rows):
            with self._view() as database:
                found = entries.entries_of_rows(database, some)
            yield from found

    def entries(self, ids: Iterable[str]) -> tuple[Entry, ...]:
        """The entries of these ids, in order and each once, of any edition; ids that are unknown are left out."""
        with self._view() as database:
            return entries.entries_of_ids(database, ids)

    def entries_of(self, edition: str, *, rejected: bool = False) -> tuple[Entry, ...]:
        """The entries of an edition in the order of its text; on demand also those that somebody has rejected."""
        with self._view() as database:
            return entries.entries_of_edition(database, self._edition(edition), rejected=rejected)

    def quotes(
        self, who: str | None = None, *, words: str | None = None, limit: int = 100, offset: int = 0
    ) -> tuple[Quote, ...]:
        """What somebody said (a part of the name is enough), with these words, in order of publication."""
        check_page(limit, offset)
        with self._view() as database:
            names, query = self._understand_said(who, words)
            return entries.quotes_of_rows(database, lives.quote_rows(database, names, query, limit, offset))

    def each_quote(self, who: str | None = None, *, words: str | None = None) -> Iterator[Quote]:
        """All that ``quotes`` finds, in its order, a few at a time.

        The first ones come soon; then each look finds as many as all before it, so that all of them cost no more than a
        few looks. What a newer reading has taken out by the time that it would come is left out.
        """
        offset, many = 0, MANY_QUOTES
        while True:
            with self._view() as database:
                names, query = self._understand_said(who, words)
                rows = lives.quote_rows(database, names, query, many, offset)
            for some in chunks(rows):
                with self._view() as database:
                    found = entries.quotes_of_rows(database, some)
                yield from found
            if len(rows) < many:
                return
            offset = many = offset + many

    def find(self, beginning: str, *, limit: int = 10) -> tuple[tuple[Kept, str], ...]:
        """The events, happenings, editions and reports whose id is this or begins so: the kind and the id of each."""
        with self._view() as database:
            return lookup.find_kept(database, sound(beginning), limit)

    def placed(self, question: Question, *, most: int) -> mapping.Placed:
        """What of the latest ``most`` events that answer a question can be put on a map.

        Raises SettingError where a part of the question makes no sense.
        """
        with self._view() as database:
            sought = self._understand(question)
            return mapping.find_placed(database, question, sought, most)

    # Corrections by hand

    def correct(self, correction: Correction) -> None:
        """Puts a value by hand beside the machine's; from now on the event is shown and found with it.

        What is corrected to be "rejected" is kept, with all that was said of it, and found no more.
        """
        corrections.check(correction)
        with self._transaction() as database:
            before = self._entry(correction.event)
            corrections.keep(database, correction)
            writing.relist_event(database, before, self._entry(correction.event))

    def uncorrect(self, event: str, field: str) -> None:
        """Takes a correction back: the machine's own value holds again."""
        with self._transaction() as database:
            before = self._entry(event)
            database.execute("DELETE FROM correction WHERE event = ? AND field = ?", (event, sound(field)))
            writing.relist_event(database, before, self._entry(event))

    def corrections(self, event: str | None = None) -> tuple[Correction, ...]:
        """The corrections of an event, or all; also those of events that a newer reading has not found again."""
        with self._view() as database:
            return corrections.all_corrections(database, event)

    # What corroboration finds out

    def unblocked(self, limit: int) -> tuple[str, ...]:
        """The ids of current events that have not been compared yet, or have changed since."""
        with self._view() as database:
            return beside.unblocked(database, limit)

    def put_blocks(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Keeps the blocking keys of events; they count as compared from now on."""
        with self._transaction() as database:
            beside.put_blocks(database, keys)

    def with_blocks(self, keys: Mapping[str, Sequence[str]], *, limit: int) -> dict[str, tuple[str, ...]]:
        """For each name of some keys the ids of current events that share one of them, those sharing most first.

        Of a key that more events have than ``beside.MOST_SHARERS`` only the newest so many are looked at.
        """
        with self._view() as database:
            return beside.with_blocks(database, keys, limit)

    def put_shingles(self, hashes: Mapping[str, Sequence[int]]) -> None:
        """Keeps the hashes of each edition's word runs, which copies of its text share."""
        with self._transaction() as database:
            beside.put_shingles(database, {self._edition(edition): mine for edition, mine in hashes.items()})

    def sharing_shingles(self, hashes: Sequence[int], *, limit: int) -> tuple[beside.Sharer, ...]:
        """The current editions that share hashes, those that share most first."""
        with self._view() as database:
            return beside.sharing_shingles(database, hashes, limit)

    def put_copies(self, copies: Sequence[tuple[str, str, float]]) -> None:
        """Keeps for each of some editions that it is a copy of another, and by what share of its text."""
        with self._transaction() as database:
            for each in dict.fromkeys(id for edition, of, _ in copies for id in (edition, of)):
                self._edition(each)
            beside.put_copies(database, copies)

    def copies(self, editions: Iterable[str]) -> tuple[tuple[str, str, float], ...]:
        """For each of the editions that is a copy: itself, what it is a copy of, and by what share."""
        with self._view() as database:
            return tuple(beside.copies(database, editions))

    def judge(self, judgements: Sequence[Judgement]) -> None:
        """Keeps judgements, each in place of what the same judge had said of the same two events."""
        with self._transaction() as database:
            beside.judge(database, judgements)

    def unjudge(self, a: str, b: str, by: str | None = None) -> bool:
        """Takes back what one judge, or everybody, said of two events; whether there was anything to take back."""
        with self._transaction() as database:
            return beside.unjudge(database, a, b, by)

    def judgements(self, events: Iterable[str] | None = None) -> tuple[Judgement, ...]:
        """The judgements that bear on any of the events, or all."""
        with self._view() as database:
            return beside.judgements(database, events)

    def regroup(self, groups: Mapping[str, Sequence[str]]) -> None:
        """Puts events into happenings (ids of events by the happening's id), out of those that they were in."""
        with self._transaction() as database:
            happenings.regroup(database, groups)

    def happenings_of(self, events: Iterable[str]) -> tuple[str, ...]:
        """The ids of the happenings that these events are in, each once."""
        with self._view() as database:
            return happenings.happenings_of(database, events)

    def group(self, happening: str) -> tuple[str, ...]:
        """The ids of a happening's events in order of time, then of publication."""
        with self._view() as database:
            return happenings.events_of(database, happening)

    def groups(self, *, limit: int, offset: int = 0, question: Question | None = None) -> tuple[str, ...]:
        """The ids of happenings in order of time; of those only that have an event which answers the question."""
        check_page(limit, offset)
        with self._view() as database:
            asked = (question, self._understand(question)) if question is not None else None
            return walking.find_happenings(database, limit, offset, asked)

    def hits(self, words: str, *, limit: int, offset: int = 0) -> tuple[Hit, ...]:
        """The sentences that have these words, those added last first, with what was read in each."""
        check_page(limit, offset)
        query = full_text(words)
        with self._view() as database:
            return glimpsing.find_hits(database, query, limit, offset)

    def span(self) -> tuple[int, int] | None:
        """The days (as ordinals) on which the first and the last happening with a date begin; None where none has."""
        with self._view() as database:
            return counting.find_span(database)

    def count_happenings(self, stretches: Sequence[tuple[int, int]], *, most: int) -> tuple[int, ...]:
        """How many happenings begin in each stretch of days, its last day in it, counted up to ``most``."""
        with self._view() as database:
            return counting.count_happenings(database, stretches, most)

    def newest(self, *, limit: int) -> tuple[Entry, ...]:
        """Entries of the reports that were added last, the last first."""
        with self._view() as database:
            return entries.entries_of_rows(database, lives.newest_rows(database, limit))

    def life(self, who: str, *, as_recipient: bool = False, limit: int, offset: int = 0) -> tuple[Entry, ...]:
        """What somebody did, or had done to them, the latest first, then what has no date."""
        check_page(limit, offset)
        slot = "whom" if as_recipient else "who"
        with self._view() as database:
            names = ways_of(who, self.also_named(who))
            return entries.entries_of_rows(database, lives.life_rows(database, slot, names, limit, offset))

    def last_words(self, who: str, *, limit: int, offset: int = 0) -> tuple[Quote, ...]:
        """What somebody said, the latest first, then what has no date."""
        check_page(limit, offset)
        with self._view() as database:
            names = ways_of(who, self.also_named(who))
            return entries.quotes_of_rows(database, lives.said_rows(database, names, limit, offset))

    # Inside

    def _understand(self, question: Question) -> Sought:
        return understand(question, self.also_named)

    def _understand_said(self, who: str | None, words: str | None) -> tuple[tuple[tuple[str, ...], ...], str | None]:
        """The ways to find a speaker, and a full-text query for words."""
        names = ways_of(who, self.also_named(who)) if who and who.strip() else ()
        return names, full_text(words) if words and words.strip() else None

    def _edition(self, id: str) -> int:
        found = self._database.execute("SELECT row FROM edition WHERE id = ?", (sound(id),)).fetchone()
        if found is None:
            raise NotFound(
                str(self.path), f"there is no edition {sound(id)}", "List those there are with `dateline show`."
            )
        return int(found[0])

    def _entry(self, event: str) -> Entry:
        found = entries.entries_of_ids(self._database, [event])
        if not found:
            raise NotFound(str(self.path), f"there is no event {sound(event)}", "Find its id with `dateline ask`.")
        return found[0]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
