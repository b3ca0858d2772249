from dateline.model import Block, PageRun, PageSpan, Report, Span, report_id

# The page "<p>Kim &amp; Putin</p><p>met</p>" and the text "Kim & Putin\n\nmet".
REPORT = Report(
    "x",
    "Kim & Putin\n\nmet",
    (Block(0, 11, "headline"), Block(13, 16, "paragraph")),
    page_map=(
        PageRun(0, 4, 3, 7),
        PageRun(4, 5, 7, 12),
        PageRun(5, 11, 12, 18),
        PageRun(11, 13, 18, 25),
        PageRun(13, 16, 25, 28),
    ),
)


def test_a_span_of_copied_characters_leads_back_to_the_character() -> None:
    assert REPORT.page_span(Span(1, 3)) == PageSpan(4, 6)
    assert REPORT.page_span(Span(6, 11)) == PageSpan(13, 18)


def test_a_character_of_an_entity_leads_back_to_the_whole_entity() -> None:
    assert REPORT.page_span(Span(4, 5)) == PageSpan(7, 12)
    assert REPORT.page_span(Span(3, 7)) == PageSpan(6, 14)


def test_a_span_over_two_blocks_leads_back_to_the_stretch_that_holds_both() -> None:
    assert REPORT.page_span(Span(6, 14)) == PageSpan(13, 26)


def test_without_a_page_there_is_no_way_back() -> None:
    assert Report("x", "abc", ()).page_span(Span(0, 2)) is None


def test_the_headline_is_the_words_of_its_block() -> None:
    assert REPORT.headline == "Kim & Putin"
    assert Report("x", "abc", (Block(0, 3, "paragraph"),)).headline is None


def test_a_report_is_known_by_its_address_else_by_its_words() -> None:
    assert report_id("https://example.org/a", "one") == report_id("https://example.org/a", "two")
    assert report_id(None, "one") != report_id(None, "two")
    assert report_id(None, "\ud800")  # a lone surrogate is no reason to fail
