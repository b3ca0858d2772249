"""What stands on a page beside the report tells no events, and offsets stay those of the text as it stands."""

import pytest

from benchmarks.predict import paste
from dateline.errors import NotEnglish
from dateline.intake import plain_report, read_page, read_report

PAGE = """Mayor opens bridge over the Olt

By Ana Pop
12 May 2022 09:30

The mayor of Slatina opened a bridge over the Olt on Thursday. Hundreds of people walked across it before noon.

Sign up to our newsletter

The works had begun in 2019. They cost 30 million lei, the town hall said.
"""


GERMAN = """Der Bürgermeister von Slatina hat am Donnerstag eine neue Brücke über den Olt eröffnet.

Hunderte von Menschen gingen noch vor dem Mittag zu Fuß hinüber, wie die Stadt am Abend mitteilte.
"""


def test_furniture_of_a_page_is_not_read() -> None:
    plain = plain_report(PAGE, id="bridge", published="2022-05-12")
    pasted = paste(plain)
    assert (pasted.id, pasted.text, pasted.published) == ("bridge", PAGE, "2022-05-12")
    unread = [PAGE[block.start : block.end] for block in pasted.blocks if not block.readable]
    assert "Sign up to our newsletter" in unread
    assert all(block.readable for block in plain.blocks)


def test_a_text_that_no_report_is_found_in_stays_as_it_is() -> None:
    with pytest.raises(NotEnglish):
        read_report(read_page(GERMAN, as_="text"))
    plain = plain_report(GERMAN, id="german")
    assert paste(plain) == plain
