"""HTML pages: blocks and their kinds, the way back to the page, and hostile pages."""

from __future__ import annotations

import html
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.intake import read_page, read_report
from dateline.intake.markup.elements import MarkupWords
from dateline.intake.markup.outline import outline_page
from dateline.intake.markup.tokens import Tag, find_tokens
from dateline.model import Report, Span, report_id
from tests.intake.test_pages import LAUGHS

WORDS = MarkupWords.load()
FIRST = "A storm hit the coast on Sunday, the mayor said, and hundreds of people left their homes in the dark."
SECOND = "The wall gave way in two places before dawn, and the water stood two metres high in the old town."
THIRD = "Nobody was hurt, according to the fire service, which brought the last families out in boats at noon."
STORY = f"<h1>Storm hits coast</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def read(page: str, origin: str | None = None, **options: Any) -> Report:
    return read_report(read_page(page, origin, as_="html"), **options)


def in_story(extra: str, head: str = "") -> Report:
    """The report of a page with something more between the second and third paragraph."""
    body = f"<h1>Storm hits coast</h1><p>{FIRST}</p><p>{SECOND}</p>{extra}<p>{THIRD}</p>"
    return read(f"<html><head>{head}</head><body><main><article>{body}</article></main></body></html>")


def kind_of(report: Report, words: str) -> tuple[str, str | None]:
    """The kind and sort of the block that holds some words."""
    block = next(block for block in report.blocks if words in block.span.of(report.text))
    return block.kind, block.sort


@pytest.mark.parametrize(
    ("extra", "words", "kind", "sort"),
    [
        ("<figure><img><figcaption>Waves at the wall</figcaption></figure>", "Waves at", "caption", None),
        ("<div class='wp-caption-text'>Waves at the wall</div>", "Waves at", "caption", None),
        ("<p class=cutline>Waves at the wall (AP)</p>", "Waves at", "caption", None),
        ("<div class=donation-box><p>Give what you can to us.</p></div>", "Give what", "furniture", "appeal"),
        ("<p>Support our journalism</p>", "Support our", "furniture", "appeal"),
        ("<div class=newsletter><p>The Morning Mail</p></div>", "Morning Mail", "furniture", "newsletter"),
        ("<aside><a href=/a>Dam talks stall again</a></aside>", "Dam talks", "furniture", "related"),
        ("<div class='ad-slot'>Buy a boat</div>", "Buy a boat", "furniture", "advert"),
        ("<nav><a href=/>World</a></nav>", "World", "furniture", "navigation"),
        ("<section id=comments><p>Nice report, thanks a lot.</p></section>", "Nice report", "furniture", "comments"),
        ("<form><p>Log in</p></form>", "Log in", "furniture", "registration"),
        ("<p>Read more: <a href=/a>Dam talks stall again</a></p>", "Read more", "furniture", "related"),
        ("<footer>© 2023 Example News</footer>", "©", "furniture", "other"),
        ("<h2>What the engineers found</h2>", "What the engineers", "paragraph", None),
        ("<p>It was over.</p>", "It was over", "paragraph", None),
        ("<ul><li>The gate at the port stays shut until further notice.</li></ul>", "The gate", "paragraph", None),
        (
            "<blockquote><p>“We have lost it all,” a man of sixty said.</p></blockquote>",
            "lost it all",
            "paragraph",
            None,
        ),
    ],
)
def test_each_piece_is_told_for_what_it_is(extra: str, words: str, kind: str, sort: str | None) -> None:
    report = in_story(extra)
    assert kind_of(report, words) == (kind, sort)
    assert [kind_of(report, paragraph)[0] for paragraph in (FIRST, SECOND, THIRD)] == ["paragraph"] * 3


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Waves <span class=credit>Musa Bello</span>", "Musa Bello"),
        ("Waves at the wall (Musa Bello/AFP)", "(Musa Bello/AFP)"),
        ("Reuters", "Reuters"),
        ("Waves. Photograph: Ann Otu", "Photograph: Ann Otu"),
        ("Waves at the wall", None),
    ],
)
def test_the_credit_of_a_caption_is_known(caption: str, credit: str | None) -> None:
    report = in_story(f"<figure><img><figcaption>{caption}</figcaption></figure>")
    block = next(block for block in report.blocks if block.kind == "caption")
    assert (block.credit and block.credit.of(report.text)) == credit


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Unseen</p>", "<div style='display: none'><p>Unseen</p></div>", "<p aria-hidden=true>Unseen</p>",
        "<script>Unseen</script>", "<style>Unseen</style>", "<noscript>Unseen</noscript>", "<!-- Unseen -->",
        "<template><p>Unseen</p></template>", "<svg><text>Unseen</text></svg>", "<span class=sr-only>Unseen</span>",
        "<![CDATA[Unseen]]>", "<img alt='Unseen'>", "<textarea>Unseen</textarea>",
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_not_in_the_text(hidden: str) -> None:
    assert "Unseen" not in in_story(hidden).text


def test_the_headline_comes_first_and_what_stood_before_it_last() -> None:
    report = read(f"<body><div class=kicker>Weather</div><main>{STORY}</main></body>")
    assert report.headline == "Storm hits coast"
    assert report.text.startswith("Storm hits coast\n\nA storm")
    assert report.text.endswith("\n\nWeather")


def test_the_heading_that_agrees_with_the_title_of_the_page_is_the_headline() -> None:
    page = f"<head><title>Storm hits coast | Example</title></head><h1>Example News</h1><article>{STORY}</article>"
    assert read(page).headline == "Storm hits coast"


def test_a_page_without_a_headline_is_read() -> None:
    report = read(f"<p>{FIRST}</p><p>{SECOND}</p>")
    assert report.headline is None
    assert [block.kind for block in report.blocks] == ["paragraph", "paragraph"]


def test_wrappers_with_the_words_of_furniture_in_their_class_hide_no_reporting() -> None:
    report = read(f"<div class='content with-related sidebar-left'><div class='newsletter-enabled'>{STORY}</div></div>")
    assert [block.kind for block in report.blocks] == ["headline", "paragraph", "paragraph", "paragraph"]


def test_line_breaks_part_paragraphs_but_no_sentence_and_no_headline() -> None:
    report = read(f"<h1>Storm<br>hits coast</h1><div>{FIRST}<br><br>{SECOND.replace(', and', ',<br>and')}</div>")
    assert report.headline == "Storm hits coast"
    assert [block.span.of(report.text) for block in report.blocks[1:]] == [FIRST, SECOND]


def test_the_facts_of_publication_are_read_from_the_markup() -> None:
    head = """<meta property="og:site_name" content="Example News"><link rel=canonical href="/2023/09/17/storm">
    <script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"],
    "datePublished": "2023-09-17T12:26:00+01:00", "dateModified": "2023-09-19", "author": [{"name": "Ann Otu"}],
    "publisher": {"name": "Example &amp; Sons"}}]}</script>"""
    page = f"<html lang=en><head>{head}</head><body>{STORY}</body></html>"
    report = read(page, "https://news.example/a?b=1")
    assert report.published == "2023-09-17T12:26:00+01:00"
    assert report.publisher == "Example & Sons"
    assert report.bylines == ("Ann Otu",)
    assert report.id == report_id("https://news.example/2023/09/17/storm", report.text)
    stated = next(candidate for candidate in report.published_candidates if candidate.source == "json-ld")
    assert stated.page
    assert "datePublished" in page[stated.page.start :] or page[stated.page.start] == "<"
    assert {candidate.source for candidate in report.published_candidates} >= {"json-ld", "modified", "url"}


def test_a_date_and_a_name_on_one_line_are_both_read() -> None:
    meta = "<div class=entry-meta><time>September 17, 2023</time> <span class=byline>by <a>Ann Otu</a></span></div>"
    report = in_story(meta)
    assert kind_of(report, "Ann Otu") == ("byline", None)
    assert (report.published, report.bylines) == ("2023-09-17", ("Ann Otu",))


def test_a_given_date_overrides_and_is_kept_as_a_candidate() -> None:
    report = read(f"<meta property='article:published_time' content='2023-09-17'>{STORY}", published="2023-09-18")
    assert report.published == "2023-09-18"
    assert [candidate.source for candidate in report.published_candidates][:2] == ["given", "meta"]


@pytest.mark.parametrize(
    "json",
    ["{", "[" * 50_000, "null", "[1, {}]", '{"@type": 5, "author": {"name": ["a", null]}}', '{"@graph": {"a": 1}}'],
)
def test_json_that_is_broken_or_odd_states_nothing(json: str) -> None:
    report = read(f"<script type='application/ld+json'>{json}</script>{STORY}")
    assert report.headline == "Storm hits coast"
    assert report.published is None


@pytest.mark.parametrize(
    "page", ["<html><body><nav><a href=/>Home</a></nav></body></html>", "<p></p>", "<p>Short.</p>", "<!doctype html>"]
)
def test_a_page_without_a_report_is_refused(page: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(page, "storm.html")
    assert str(refusal.value) == (
        "storm.html: no article text was found on the page. If it is plain text, read it with --as text."
    )


def leads_back(report: Report, page: str) -> None:
    """Asserts that every character of a report's text leads to the stretch of the page that it was made from."""
    end = 0
    for run in report.page_map:
        assert run.text_start == end
        end = run.text_end
        text, source = report.text[run.text_start : run.text_end], page[run.page_start : run.page_end]
        if len(text) == len(source):
            assert all(a == b or (a.isspace() and b.isspace()) for a, b in zip(text, source, strict=True))
        elif not text.isspace():
            assert html.unescape(source) == text
    assert end == len(report.text)
    last = 0
    for block in report.blocks:
        assert last <= block.start < block.end
        assert report.text[last : block.start] == ("" if last == 0 else "\n\n")
        last = block.end
        if block.credit:
            assert block.span.covers(block.credit)


def test_each_character_leads_back_to_the_page() -> None:
    page = f"<p>{FIRST} &amp;\n  <b>caf&eacute;</b>&nbsp;&#x1F1FA;&#127462; e\u0301 \u200b zero</p><p>{SECOND}</p>"
    report = read(page)
    leads_back(report, page)
    start = report.text.index("café")
    found = report.page_span(Span(start, start + 4))
    assert found
    assert page[found.start : found.end] == "caf&eacute;"
    assert "🇺🇦 e\u0301 \u200b zero" in report.text


FRAGMENTS = st.sampled_from(
    ["<p>", "</p>", "<div class='related'>", "</div>", "<br>", "<a href=x>", "</a>", "<li>", "<h1>", "</h1>", "<pre>",
     "<", "&amp;", "&", "&notit;", "&#x;", "&#99999999;", "&nbsp;", " ", "\r\n", "\t", "\u00a0", "\u200b", "é",
     "e\u0301", "🇺🇦", "<!--", "-->", "<script>", "</script>", "'", '"', "<figure>", "<figcaption>", "(AP)", "<b", "=",
     ">", FIRST, SECOND]
)  # fmt: skip


@given(st.lists(FRAGMENTS | st.text(max_size=8), max_size=30))
def test_any_page_is_read_with_every_span_in_place(parts: list[str]) -> None:
    page = "".join(parts).encode("utf-8", "replace").decode().replace("\0", "")
    if not page.strip():
        return
    try:
        report = read(page)
    except InputError:
        return
    leads_back(report, page)
    assert read(page) == report


HOSTILE = {
    "comments that never end": "<!--" * 250_000,
    "tags that never end": "<a " * 333_000,
    "ampersands": "&" * 1_000_000,
    "numbers that never end": "&#1" * 300_000 + "1" * 100_000,
    "less than": "<" * 1_000_000 + ">",
    "quotes that never end": '<a b="' * 160_000,
    "scripts that never end": "<script>" * 120_000,
    "one line": "word " * 200_000,
    "closing tags": "</p>" * 250_000,
    "half closing tags": "</" * 500_000 + ">",
    "declarations": "<![CDATA[" * 60_000 + "<!doctype [" * 40_000,
    "attributes": "<p " + "a=b " * 250_000 + ">",
    "line breaks": "<h1>" + "a<br>" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_nonsense_is_gone_through_in_a_moment(name: str) -> None:
    started = time.process_time()
    outline_page(HOSTILE[name], WORDS)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "part",
    ["<h2>Head {} of the long day</h2>", "<time datetime='2023-09-17T12:{}'>x</time>",
     "<meta name=author content='A B{}'>", "<footer>© Name{}</footer>", "<span class=author>A{}",
     "<div>17 September 2023 12:26 BST {}</div>"],
)  # fmt: skip
def test_a_thousand_statements_of_one_kind_are_gone_through_in_a_moment(part: str) -> None:
    started = time.monotonic()
    read(f"{STORY}{''.join(part.format(number) for number in range(5_000))}")
    assert time.monotonic() - started < 4


@pytest.mark.parametrize("levels", [200, 100_000])
def test_pages_nested_to_any_depth_are_read(levels: int) -> None:
    report = read("<div>" * levels + f"<p>{FIRST}</p><p>{SECOND}</p>" + "</div>" * levels)
    assert [block.span.of(report.text) for block in report.blocks] == [FIRST, SECOND]


def test_laughs_in_a_page_are_never_told() -> None:
    started = time.monotonic()
    report = read(LAUGHS.replace("{root}", "html") + f"<html><body>{STORY}<p>&j;</p></body></html>")
    assert "haha" not in report.text
    assert time.monotonic() - started < 2


def test_tags_are_read_as_browsers_do() -> None:
    page = """<A HREF='x>y' class="b" checked>t</a><img src=a/><p title="unclosed>text</p>"""
    tags = [token for token in find_tokens(page) if isinstance(token, Tag)]
    assert tags[0].attributes == {"href": "x>y", "class": "b", "checked": ""}
    assert [tag.name for tag in tags] == ["a", "a", "img", "p", "p"]
