"""``dateline timeline``: happenings in the order of time, with who tells of them and what is disputed."""

from __future__ import annotations

from typing import Any

from dateline.cli.guard import guarded
from dateline.cli.options import (
    AllOption,
    CsvOption,
    JsonOption,
    LedgerOption,
    LimitOption,
    MainOption,
    OffsetOption,
    PublisherOption,
    SaidByOption,
    StatusOption,
    TypeOption,
    VerboseOption,
    WhenOption,
    WhereOption,
    WhomOption,
    WhoOption,
    WordsOption,
    capitals,
    value_of,
)


@guarded
def timeline(
    who: WhoOption = None,
    whom: WhomOption = None,
    type_: TypeOption = None,
    when: WhenOption = None,
    where: WhereOption = None,
    status: StatusOption = None,
    said_by: SaidByOption = None,
    publisher: PublisherOption = None,
    words: WordsOption = None,
    main: MainOption = False,
    all_: AllOption = False,
    limit: LimitOption = 100,
    offset: OffsetOption = 0,
    ledger: LedgerOption = "press.ledger",
    json: JsonOption = False,
    csv: CsvOption = False,
    verbose: VerboseOption = False,
) -> None:
    """List happenings in the order of time: reports, independent origins, and what is disputed or denied.

    Where there are more than ten, the main ones are shown; background, details and repeats are folded beneath them.
    """
    from dateline.cli.answers import check_forms, paging, print_csv, print_json, print_page
    from dateline.desk import timeline as ask_ledger

    check_forms(json=json, csv=csv)
    question: dict[str, Any] = {
        "who": who, "whom": whom, "type": capitals(type_), "when": when, "where": where,
        "status": value_of(status),
        "said_by": said_by, "publisher": publisher, "words": words, "main": main, "offset": offset,
    }  # fmt: skip
    if json:
        print_json(ask_ledger(ledger, **question, limit=limit))
    elif csv:
        from dateline.cli.sheets import happening_sheet

        print_csv(happening_sheet(ask_ledger(ledger, **question, limit=limit)))
    else:
        from dateline.cli.page.timeline import draw_timeline

        happenings = ask_ledger(ledger, **question, limit=limit + 1)
        shown = happenings[:limit]
        line = paging(offset, len(shown), None, more=len(happenings) > limit)
        print_page(draw_timeline(shown, line, whole=all_, verbose=verbose))
