"""Reports, their events and statements as FollowTheMoney entities, for Aleph and its kin.

Written by hand after the public schemata of FollowTheMoney: an entity has an id, the name of its schema, and
properties whose values are lists of strings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b

from dateline.export.cells import clean, days_of, json_line, names_of, title_of, web_address, word_of
from dateline.export.claims import content_of
from dateline.export.outline import one_line
from dateline.export.pages import Page
from dateline.export.times import show_time
from dateline.model import Entry, Quote, ReportLine
from dateline.model.timex_values import grain

Entity = dict[str, object]

_SCHEMATA = {
    "Person": "Person",
    "Organization": "Organization",
    **dict.fromkeys(("Location", "NORP"), "LegalEntity"),
}
"""The schema of a party by the kind of its name. Countries and peoples act, and are no companies."""


def export_ftm(pages: Iterable[Page]) -> Iterator[bytes]:
    """JSON Lines of entities: an Article a report, an Event an entry, a Note a statement, and who is named in them.

    A name is a Mention in its Article, resolved to a Person, Organization or LegalEntity of that article alone: that
    two reports name the same person is for the reader's own matching to say.
    """
    written = None
    for page in pages:
        lines = [*(entry.report for entry in page.entries), *(quote.report for quote in page.quotes)]
        if not lines:
            continue
        line = lines[0]
        if line.edition != written:
            yield json_line(_article(line, page.language)) + b"\n"
            written = line.edition
        names = _Names(page)
        for name in names.all:
            yield from (json_line(entity) + b"\n" for entity in names.entities(line, name))
        for entry in page.entries:
            yield json_line(_event(entry, names)) + b"\n"
        for quote in page.quotes:
            yield json_line(_note(quote)) + b"\n"


def _article(line: ReportLine, language: str) -> Entity:
    title = one_line(line.headline or "") or one_line(line.origin or "") or line.edition
    return _entity(
        _article_id(line),
        "Article",
        name=[title],
        title=[title],
        fileName=[_file_name(line)],
        publishedAt=[_moment(line.published)],
        publisher=[one_line(line.publisher or "")],
        sourceUrl=[web_address(line.origin)],
        language=[{"en": "eng"}.get(language, "")],
    )


def _file_name(line: ReportLine) -> str:
    origin = (line.origin or "").split("?", 1)[0].split("#", 1)[0].rstrip("/\\")
    return one_line(origin.replace("\\", "/").rsplit("/", 1)[-1]) or f"{line.edition}.txt"


class _Names:
    """The names of a page, and which of them are parties: those known for one, and whoever says something.

    Bombers and weapons do things in a sentence, and are no legal entities: they are mentioned, and that is all.
    """

    def __init__(self, page: Page) -> None:
        self._kinds = page.kinds
        names: dict[str, None] = {}
        speakers: dict[str, None] = {}
        for entry in page.entries:
            names.update(dict.fromkeys((*names_of(entry, "actors"), *names_of(entry, "recipients"))))
            speakers[one_line(entry.event.source.name or "")] = None
        speakers.update(dict.fromkeys(one_line(quote.statement.source_name or "") for quote in page.quotes))
        self._speakers = frozenset(name for name in speakers if name)
        self.all = [name for name in {**names, **speakers} if name]

    def schema(self, name: str) -> str | None:
        """The schema of a name; None where it is no party."""
        found = _SCHEMATA.get(self._kinds.get(name, ""))
        return found or ("LegalEntity" if name in self._speakers else None)

    def entities(self, line: ReportLine, name: str) -> Iterator[Entity]:
        """The party that a name stands for in an article, where it is one, and the Mention of the name."""
        schema, whom = self.schema(name), _name_id(line, name)
        if schema:
            yield _entity(whom, schema, name=[name])
        resolved = [whom] if schema else []
        yield _entity(f"{whom}-mention", "Mention", document=[_article_id(line)], name=[name], resolved=resolved)


def _event(entry: Entry, names: _Names) -> Entity:
    event, line = entry.event, entry.report
    involved = dict.fromkeys((*names_of(entry, "actors"), *names_of(entry, "recipients")))
    source = one_line(event.source.name or "")
    told = [word_of(entry), f"status: {event.status}"]
    if event.when:
        told.append(f"when: {show_time(event.when.value)}")
    return _entity(
        f"dl-event-{entry.id}",
        "Event",
        name=[title_of(entry)],
        summary=[one_line(entry.words)],
        notes=[f"{'; '.join(told)}"],
        keywords=[event.type, event.status],
        involved=[_name_id(line, name) for name in involved if names.schema(name)],
        namesMentioned=list(dict.fromkeys([*involved, source])),
        location=[one_line(event.where.name) if event.where else ""],
        proof=[_article_id(line)],
        publisher=[one_line(line.publisher or "")],
        sourceUrl=[web_address(line.origin)],
        recordId=[entry.id],
        **_dates(entry),
    )


def _dates(entry: Entry) -> dict[str, Sequence[str | None]]:
    """The date as FollowTheMoney writes it: a day, month or year as one, any other stretch by its two ends."""
    days, when = days_of(entry), entry.event.when
    if days is None or when is None:
        return {}
    first, last = days
    width = grain(when.value)
    if first == last or width in ("month", "year"):
        return {"date": [first.isoformat()[: {"month": 7, "year": 4}.get(width or "day", 10)]]}
    return {"startDate": [_day(first)], "endDate": [_day(last)]}


def _day(day: date) -> str:
    return day.isoformat()


def _note(quote: Quote) -> Entity:
    name = one_line(quote.statement.source_name or "")
    line = quote.report
    return _entity(
        f"dl-note-{quote.id}",
        "Note",
        name=[f"{name or 'Someone unnamed'} ({quote.statement.quoted})"],
        description=[content_of(quote)],
        # The entity that a note is about: who said it, else the report that printed it.
        entity=[_name_id(line, name) if name else _article_id(line)],
        summary=[one_line(quote.words)],
        publisher=[one_line(line.publisher or "")],
        sourceUrl=[web_address(line.origin)],
    )


def _entity(id: str, schema: str, **properties: Sequence[str | None]) -> Entity:
    """An entity with the properties that have a value."""
    kept = {name: [clean(value) for value in values if value] for name, values in properties.items()}
    return {"id": clean(id), "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _article_id(line: ReportLine) -> str:
    return f"dl-article-{line.edition}"


def _name_id(line: ReportLine, name: str) -> str:
    return f"dl-name-{blake2b(clean(f'{line.edition} {name}').encode(), digest_size=8).hexdigest()}"


def _moment(published: str | None) -> str | None:
    """A time of publication in UTC; of a page that tells no zone, the day alone."""
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    if moment.tzinfo is None:
        return _day(moment.date())
    try:
        return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    except OverflowError:
        return None
