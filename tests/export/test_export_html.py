"""The web page of a reading: parsed again, and held against the reading it was made from."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html.parser import HTMLParser
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.export import export_html
from dateline.export.html.marks import cut, find_marks
from dateline.model import (
    Actor,
    Block,
    BlockKind,
    Candidate,
    Candidates,
    Confidences,
    Event,
    EventSource,
    EventType,
    FurnitureSort,
    Name,
    NameType,
    Participant,
    Place,
    Quoted,
    Reading,
    Report,
    Span,
    Statement,
    Status,
    Timex,
    TimexType,
    Toponym,
    When,
    Where,
)

VOID = {"meta", "input"}
HOSTILE = """</article></style></script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> "'&amp;"""


class Page(HTMLParser):
    """What a browser would find: elements with their attributes, the text of the report, and tags that do not close."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.article: list[str] = []
        self.words: list[str] = []
        self.stack: list[str] = []
        self.strays: list[str] = []
        self.blocks: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.strays.append(tag)

    def handle_comment(self, data: str) -> None:
        self.strays.append(data)

    def handle_data(self, data: str) -> None:
        (self.article if "article" in self.stack else self.words).append(data)

    @property
    def text(self) -> str:
        return "".join(self.article)

    def all(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(attribute)) is not None]


def written(text: str) -> str:
    """The text as HTML can hold it."""
    return re.sub(r"[\x00\ud800-\udfff]", "\ufffd", text)


def check(reading: Reading) -> Page:
    """The page of a reading, after all that must be true of every page."""
    html = export_html(reading)
    page = Page(html)
    assert page.text == written(reading.text)
    assert page.strays == [] and page.stack == []
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert set(page.all("href")) <= {f"#{key}" for key in ids}
    assert {key.split(".")[0] for rest in page.all("data-rest") for key in rest.split()} <= set(page.all("data-key"))
    assert {tag for tag, _ in page.elements} <= KNOWN_TAGS
    assert not any(name.startswith("on") or name in ("src", "style") for _, attrs in page.elements for name in attrs)
    assert sum(tag == "h1" for tag, _ in page.elements) == 1
    return page


KNOWN_TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "p", "nav", "a", "fieldset", "legend", "label", "input",
    "span", "details", "summary", "main", "footer", "div", "article", "h1", "h2", "h3", "bdi", "section", "dl", "dt",
    "dd", "ul", "li", "i", "q", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "code", "script",
}  # fmt: skip


def test_the_page_holds_the_text_exactly(reading: Reading) -> None:
    page = check(reading)
    assert "15 Sep 2023" in "".join(page.words)


def test_each_event_leads_to_its_words_and_back(reading: Reading) -> None:
    page = check(reading)
    trigger = reading.events[0].trigger
    assert f"#at-{trigger.start}" in page.all("href")
    at_trigger = next(attrs for _, attrs in page.elements if attrs.get("id") == f"at-{trigger.start}")
    assert at_trigger["href"] == "#e1"
    assert "e1.trigger" in str(at_trigger["data-rest"]).split()


def test_every_cell_of_an_event_is_known_in_the_text(reading: Reading) -> None:
    rests = {key for rest in check(reading).all("data-rest") for key in rest.split()}
    parts = {"trigger", "also", "actor", "when", "where", "word"}
    assert {f"e1.{part}" for part in parts} <= rests
    assert {"s1.source", "s1.cue", "s1.content", "a1.mention"} <= rests


def test_furniture_and_captions_are_marked(reading: Reading) -> None:
    classes = check(reading).all("class")
    assert {"furniture", "caption", "headline"} <= set(classes)
    assert "appeal" in check(reading).all("data-sort")


def test_a_status_is_marked_and_main_events_too(reading: Reading) -> None:
    rows = [attrs for tag, attrs in check(reading).elements if tag == "tr" and attrs.get("id")]
    assert [row["class"] for row in rows] == ["happened main", "denied"]


def test_nothing_may_be_fetched_and_only_this_style_and_script_run(reading: Reading) -> None:
    html = export_html(reading)
    policy = next(str(attrs["content"]) for _, attrs in Page(html).elements if "http-equiv" in attrs)
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        content = html.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert "://" not in content and "url(" not in content


def test_hostile_words_stay_words(reading: Reading) -> None:
    report = replace(
        reading.report, text=HOSTILE, blocks=(Block(0, len(HOSTILE), "paragraph"),), publisher=HOSTILE, origin=HOSTILE,
        bylines=(HOSTILE,), published=HOSTILE, language=HOSTILE,
    )  # fmt: skip
    span = Span(3, 12)
    event = replace(
        reading.events[0], trigger=span, also=(), mode=HOSTILE, actors=(Participant(span, HOSTILE),),
        when=When(span, HOSTILE), where=Where(span, HOSTILE, None, None),
        source=EventSource("attributed", span, HOSTILE),
    )  # fmt: skip
    hostile = Reading(
        report,
        names=(Name(3, 12, "Misc"),),
        actors=(Actor(HOSTILE, HOSTILE, "Misc", (HOSTILE,), (span,)),),
        timexes=(Timex(3, 12, "DATE", HOSTILE, HOSTILE),),
        toponyms=(Toponym(3, 12, HOSTILE, Place(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 0.0, 0.0), 1.0),),
        statements=(Statement(span, HOSTILE, span, Span(0, 20), "direct", (HOSTILE, HOSTILE)),),
        events=(event,),
        by=(HOSTILE,),
    )
    check(hostile)
    assert "<img" not in export_html(hostile) and "<!-- " not in export_html(hostile)


def test_what_a_cell_might_hold_stays_in_its_title(reading: Reading) -> None:
    bad = f'a\u202eb" onclick="x {HOSTILE}'
    event = replace(
        reading.events[0],
        candidates=Candidates(where=(Candidate(bad, None, 0.3),)),
        confidences=Confidences(type=0.9, status=0.8, source=0.7),
    )
    page = check(replace(reading, events=(event,)))
    titles = [attrs.get("title") for tag, attrs in page.elements if tag == "td" and attrs.get("data-label") == "Where"]
    assert titles == [f"perhaps {bad.replace(chr(0x202E), '[U+202E]')} (30%)"]


def test_an_override_of_direction_ends_where_it_begins_and_is_shown(reading: Reading) -> None:
    report = replace(reading.report, text="a\u202ebc \x1b[2J\r\nd", blocks=())
    html = export_html(Reading(report))
    assert '<bdi class="unseen" data-code="U+202E">\u202e</bdi>' in html
    assert '<bdi class="unseen" data-code="U+001B">\x1b</bdi>' in html
    check(Reading(report))


def test_overlapping_layers_are_split_at_every_edge() -> None:
    text = "abcdefgh"
    report = Report("r", text, (Block(0, 8, "paragraph"),))
    reading = Reading(
        report, names=(Name(0, 5, "Person"), Name(3, 8, "Location")), timexes=(Timex(4, 6, "DATE", None),)
    )
    segments = list(cut(8, find_marks(reading)))
    assert [tuple(segment.span) for segment in segments] == [(0, 3), (3, 4), (4, 5), (5, 6), (6, 8)]
    assert [len(segment.marks) for segment in segments] == [1, 2, 3, 2, 1]
    check(reading)


def test_code_points_beyond_the_first_plane_shift_nothing() -> None:
    text = "Kyiv 🇺🇦 said"
    report = Report("r", text, (Block(0, len(text), "paragraph"),))
    said = Span(8, 12)
    page = export_html(Reading(report, statements=(Statement(None, "Kyiv", said, Span(0, 4), "indirect"),)))
    assert re.search(r'id="at-8"[^>]*>said</a>', page)


def test_layers_that_were_not_read_say_so(reading: Reading) -> None:
    assert "Not read: no annotator of events was run." in "".join(check(Reading(reading.report)).words)
    read = Reading(reading.report, by=("events.en/1",))
    assert "No events were found." in "".join(check(read).words)


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "\ud800", "a\r\n\r\nb\u2028c\x85"])
def test_the_oddest_texts_make_a_page(text: str) -> None:
    check(Reading(Report("r", text, ())))


def test_spans_outside_the_text_are_left_alone(reading: Reading) -> None:
    event = replace(reading.events[0], trigger=Span(10_000, 10_010), also=(Span(5, 5), Span(-4, 2)))
    check(replace(reading, events=(event,)))


# Arbitrary readings: any text, any layers whose spans lie in it.


def one_of(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(
        st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
        | st.text("ab <>&\"'-!\u202e\r\n\x00🇺é", max_size=60)
    )
    spots = st.integers(0, len(text))
    spans = st.tuples(spots, spots).map(lambda pair: Span(min(pair), max(pair)))
    words = st.text(max_size=8) | st.sampled_from([HOSTILE])
    maybe = st.none() | spans
    edges = draw(st.lists(spots, max_size=8).map(sorted))
    blocks = tuple(
        Block(start, end, draw(one_of(BlockKind)), draw(st.none() | one_of(FurnitureSort)), draw(maybe))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    )

    def some(one: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        return tuple(draw(st.lists(one, max_size=3)))

    people = st.lists(st.builds(Participant, maybe, words), max_size=2).map(tuple)
    places = st.builds(Place, words, words, st.none() | words, words, st.floats(-90, 90), st.floats(-180, 180))
    sources = st.builds(EventSource, st.sampled_from(["reporter", "attributed"]), maybe, st.none() | words)
    mentions = st.lists(spans, max_size=2).map(tuple)
    events = st.builds(
        Event, spans, mentions, one_of(EventType), st.none() | words, people, people,
        st.none() | st.builds(When, maybe, words), st.none() | st.builds(Where, maybe, words, st.none(), st.none()),
        one_of(Status), st.booleans(), sources, st.floats(0, 1),
    )  # fmt: skip
    return Reading(
        Report("r", text, blocks, draw(st.none() | words), draw(st.none() | words), draw(st.none() | words)),
        names=tuple(Name(start, end, draw(one_of(NameType))) for start, end in some(spans)),
        actors=some(st.builds(Actor, words, words, one_of(NameType), st.just(()), mentions)),
        timexes=tuple(Timex(at[0], at[1], draw(one_of(TimexType)), draw(st.none() | words)) for at in some(spans)),
        toponyms=tuple(Toponym(start, end, draw(words), draw(st.none() | places), 0.5) for start, end in some(spans)),
        statements=some(st.builds(Statement, maybe, st.none() | words, maybe, spans, one_of(Quoted))),
        events=some(events),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(readings())
def test_any_reading_makes_a_sound_page(reading: Reading) -> None:
    check(reading)
    assert export_html(reading) == export_html(reading)
