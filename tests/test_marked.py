from dateline.model import Span
from tests.marked import marked


def test_marks_nest_and_leave_the_text_clean() -> None:
    text, spans = marked("[source: Police] [cue: said] [content: he fled on [timex: Monday]].")
    assert text == "Police said he fled on Monday."
    assert spans == {
        "source": [Span(0, 6)],
        "cue": [Span(7, 11)],
        "timex": [Span(23, 29)],
        "content": [Span(12, 29)],
    }
