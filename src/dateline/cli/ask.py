"""``dateline ask``: the events of a ledger that answer a question."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dateline.cli.guard import guarded
from dateline.cli.options import (
    CsvOption,
    JsonOption,
    LedgerOption,
    LimitOption,
    MainOption,
    OffsetOption,
    PublisherOption,
    SaidByOption,
    Sort,
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
def ask(
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
    order: Annotated[
        Sort, typer.Option(help="By time of the event or of publication; with a minus the latest first.")
    ] = Sort.WHEN,
    limit: LimitOption = 100,
    offset: OffsetOption = 0,
    ledger: LedgerOption = "press.ledger",
    readings: Annotated[
        list[str] | None,
        typer.Option(metavar="FILES", help="Ask shards of readings in place of a ledger: 'readings/*.parquet'."),
    ] = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Ask who did what, to whom, when, where and on whose word; all that is given must hold."""
    from dateline.cli.answers import check_forms, paging, print_csv, print_json, print_page
    from dateline.desk import ask as ask_ledger
    from dateline.desk import ask_readings

    check_forms(json=json, csv=csv)
    question: dict[str, Any] = {
        "who": who, "whom": whom, "type": capitals(type_), "when": when, "where": where,
        "status": value_of(status),
        "said_by": said_by, "publisher": publisher, "words": words, "main": main, "order": order.value,
        "limit": limit, "offset": offset,
    }  # fmt: skip
    answer = ask_readings(readings, **question) if readings else ask_ledger(ledger, **question)
    if json:
        print_json(answer)
    elif csv:
        from dateline.export.tables import export_csv

        print_csv(export_csv(answer.entries))
    else:
        from dateline.cli.page.answers import draw_answer

        shown = len(answer.entries)
        line = paging(offset, shown, answer.total, more=offset + shown < answer.total and shown > 0)
        print_page(draw_answer(answer, line, verbose=verbose, shown=not readings))
