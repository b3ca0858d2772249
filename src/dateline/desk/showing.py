"""Shows one thing of a ledger by its id: an event with its words, a happening, a report, an actor; and what editions
changed."""

from __future__ import annotations

from itertools import pairwise

from dateline.desk.actors import find_persona, names_like, persona_of
from dateline.desk.naming import find_one, is_id, joined_since
from dateline.desk.opening import AnyLedger, opened
from dateline.errors import NotFound, SettingError
from dateline.ledger import Ledger
from dateline.model import Dossier, Edition, Exhibit, Happening, Persona, Revision

Shown = Exhibit | Happening | Dossier | Persona


def show(ledger: AnyLedger = "press.ledger", id: str = "") -> Shown:
    """What has this id: an event as an Exhibit, a happening, a report or edition as a Dossier, an actor as a Persona.

    A beginning of the id is enough where no other begins so; an actor may be given by name. Raises LedgerError where
    nothing has it, SettingError where it is neither an id nor the name of somebody, or the beginning of several ids.
    """
    with opened(ledger) as book:
        # "Abed" could be the beginning of an id, and with its capital is a name; "abed" is one where no id begins so.
        may_be_id = is_id(id)
        named = find_persona(book, id) if not may_be_id or id != id.lower() else None
        if named is not None:
            return named
        try:
            kind, whole = find_one(book, id)
        except NotFound:
            named = find_persona(book, id)
            if named is None:
                raise
            return named
        except SettingError as error:
            alike = () if may_be_id else names_like(book, id)
            if not alike:
                raise
            what = "no report names anybody just so, but " + ", ".join(alike)
            raise SettingError(error.where, what, "Give one of these names, or an id.") from None
        if kind == "actor":
            return persona_of(book, whole)
        if kind == "event":
            return _exhibit(book, whole)
        if kind == "happening":
            return _happening(book, whole)
        return _dossier(book, whole, _report_of(book, whole) if kind == "edition" else whole)


def show_editions(ledger: AnyLedger = "press.ledger", id: str = "") -> tuple[Revision, ...]:
    """What changed from each edition of a report to the next; nothing where there is but one.

    ``id`` is that of the report, of one of its editions, or of an event in it. Raises as ``show`` does.
    """
    from dateline.desk.revising import find_revision

    with opened(ledger) as book:
        kind, whole = find_one(book, id, "report", "edition", "event")
        if kind == "event":
            whole = book.entries([whole])[0].report.report
        elif kind == "edition":
            whole = _report_of(book, whole)
        return tuple(find_revision(book, before, after) for before, after in pairwise(book.editions(whole)))


def _exhibit(ledger: Ledger, id: str) -> Exhibit:
    from dateline.desk.backing import find_backings

    (entry,) = ledger.entries([id])
    corrections = ledger.corrections(id)
    backings = find_backings(entry, ledger.reading(entry.report.edition), corrections)
    return Exhibit(entry, backings, ledger.judgements([id]), corrections)


def _happening(ledger: Ledger, id: str) -> Happening:
    from dateline.desk.happening import put_together

    # Whoever writes may have joined it with another since it was found a moment ago.
    found = put_together(ledger, [id]) or put_together(ledger, joined_since(ledger, id))
    if not found:
        raise NotFound(str(ledger.path), f"happening {id} has no events any more", "Find it with `dateline ask`.")
    return found[0]


def _report_of(ledger: Ledger, edition: str) -> str:
    return ledger.reading(edition).report.id


def _dossier(ledger: Ledger, id: str, report: str) -> Dossier:
    """The edition of this id, or else the current one of the report."""
    editions = ledger.editions(report)
    edition = _chosen(editions, id)
    return Dossier(edition, editions, ledger.entries_of(edition.id))


def _chosen(editions: tuple[Edition, ...], id: str) -> Edition:
    named = [each for each in editions if each.id == id]
    return (named or [each for each in editions if each.current] or list(editions))[0]
