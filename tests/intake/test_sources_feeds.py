"""Feeds of every kind, lists of them, and XML that means harm."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.intake.sources import Parcel, find_parcels, read_feed, read_opml, read_parcel
from dateline.intake.sources.feeds import is_feed
from dateline.model import Refused

WHERE = "https://example.org/news/feed.xml"
LONG = "The harbour of Portmere was closed on Monday after a storm damaged both piers, the mayor said. " * 8

RSS2 = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Portmere Post</title><link>https://example.org/</link>
<item><media:title>Picture</media:title><title>Storm &amp;amp; tide</title><link>../storm</link>
  <guid isPermaLink="false">g1</guid><pubDate>Mon, 18 Sep 2023 08:00:00 GMT</pubDate>
  <description>Short.</description><content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded></item>
<item><title>Ferry</title><guid>https://example.org/ferry</guid><description>Short.</description></item>
<item><title>Nothing</title></item>
<item><title>Ferry again</title><guid>https://example.org/ferry</guid></item>
</channel></rss>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old Post</title></channel>
<item rdf:about="x"><title>Storm</title><link>https://example.org/a</link><dc:date>2023-09-18</dc:date></item></rdf:RDF>"""

RSS091 = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old Post</title><item><title>Storm</title><link>https://example.org/a</link></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/base/">
<title type="html">A &lt;b&gt;Post&lt;/b&gt;</title>
<entry><id>tag:1</id><title>Storm</title><link rel="edit" href="/edit"/><link href="storm"/>
 <updated>2023-09-19T00:00:00Z</updated><published>2023-09-18T08:00:00Z</published>
 <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{LONG}</p></div></content></entry>
<entry><id>tag:2</id><title>Ferry</title><link type="application/pdf" href="b.pdf"/><link href="b.html"/>
 <content type="html">&lt;p&gt;{LONG}&lt;/p&gt;</content></entry>
</feed>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J Post",
        "items": [
            {"id": 1, "url": "/a", "title": "Storm", "date_published": "2023-09-18T08:00:00Z", "content_text": LONG},
            "no item",
            {"id": "2", "external_url": "https://example.net/b"},
        ],
    }
)


def test_rss_2() -> None:
    feed = read_feed(RSS2.encode(), WHERE)
    assert feed.title == "Portmere Post"
    assert [(item.key, item.address, item.title) for item in feed.items] == [
        ("g1", "https://example.org/storm", "Storm & tide"),
        ("https://example.org/ferry", "https://example.org/ferry", "Ferry"),
    ]
    assert feed.items[0].published == "Mon, 18 Sep 2023 08:00:00 GMT"
    assert LONG.strip() in (feed.items[0].page() or b"").decode()
    assert feed.items[1].content is None


@pytest.mark.parametrize(("words", "date"), [(RDF, "2023-09-18"), (RSS091, None)])
def test_rss_of_older_age(words: str, date: str | None) -> None:
    feed = read_feed(words.encode(), WHERE)
    assert [(item.address, item.title, item.published) for item in feed.items] == [
        ("https://example.org/a", "Storm", date)
    ]


def test_atom() -> None:
    feed = read_feed(ATOM.encode(), WHERE)
    assert feed.title == "A Post"
    assert [item.address for item in feed.items] == [
        "https://example.org/base/storm",
        "https://example.org/base/b.html",
    ]
    assert feed.items[0].published == "2023-09-18T08:00:00Z"
    assert all(LONG.strip() in (item.content or "") for item in feed.items)


def test_json_feed() -> None:
    feed = read_feed(JSON_FEED.encode(), WHERE)
    assert [item.address for item in feed.items] == ["https://example.org/a", "https://example.net/b"]
    assert LONG.strip() in (feed.items[0].content or "")


@pytest.mark.parametrize("words", [RSS2, RDF, RSS091, ATOM, JSON_FEED])
def test_feeds_are_known_for_feeds(words: str) -> None:
    assert is_feed(words.encode())
    assert is_feed(b"\xef\xbb\xbf\n " + words.encode())


@pytest.mark.parametrize("words", ["<html><body>rss</body></html>", "<p>x</p>", "rss", "", '{"title": "x"}', "<svg/>"])
def test_other_things_are_not(words: str) -> None:
    assert not is_feed(words.encode())


def test_links_that_are_not_of_the_web_are_left_out() -> None:
    links = ("javascript:alert(1)", "http://[x", "ftp://example.org/x")
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    assert read_feed(f"<rss><channel>{items}</channel></rss>".encode(), WHERE).items == ()


LAUGHS = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss><channel><title>&b;</title></channel></rss>"""
INSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><title>&x;</title></channel></rss>'


@pytest.mark.parametrize("words", [LAUGHS, INSIDE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_entities_are_refused_in_every_encoding(words: str, encoding: str) -> None:
    with pytest.raises(InputError, match="entities"):
        read_feed(words.replace('<?xml version="1.0"?>', "").encode(encoding), WHERE)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html/>", "no feed"),
        (b"", "no XML"),
        (b"\0\1\2", "no XML"),
        (b"{", "no JSON feed"),
        (b'{"items": 3}', "no items"),
        (b"<rss>" + b" " * 10_000_001, "larger"),
    ],
)
def test_what_is_no_feed_says_why(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_feed(data, WHERE)


def test_feeds_nested_or_broken_beyond_reason_end() -> None:
    deep = b"<rss><channel><item>" + b"<a>" * 100_000 + b"</item></channel></rss>"
    with suppress(InputError):
        read_feed(deep, WHERE)
    broken = RSS2[: RSS2.index("<item><title>Nothing")].encode()
    assert len(read_feed(broken, WHERE).items) == 2


@given(st.text(alphabet="<>/&;!-[]rsfedchanlitm \"'=?x:", max_size=120))
def test_any_words_are_a_feed_or_an_error(words: str) -> None:
    for data in (words.encode(), f"<rss><channel>{words}</channel></rss>".encode()):
        is_feed(data)
        try:
            read_feed(data, WHERE)
        except InputError:
            continue


# Lists of feeds


def test_a_list_of_feeds() -> None:
    words = """<opml version="2.0"><body><outline text="News"><outline type="rss" xmlUrl="https://a.example/rss"/>
    <outline type="rss" XMLURL=" https://b.example/rss "/></outline><outline xmlUrl="https://a.example/rss"/>
    <outline xmlUrl="file:///etc/passwd"/></body></opml>"""
    assert read_opml(words.encode(), "feeds.opml") == ("https://a.example/rss", "https://b.example/rss")


@pytest.mark.parametrize("words", ["<opml/>", "<rss/>", "no", LAUGHS])
def test_a_list_that_names_none(words: str) -> None:
    with pytest.raises(InputError):
        read_opml(words.encode(), "feeds.opml")


# Saved feeds


def test_a_saved_feed_gives_what_it_holds_and_fetches_nothing(tmp_path: Path) -> None:
    (tmp_path / "post.rss").write_text(RSS2, encoding="utf-8")
    parcel, refused = find_parcels(str(tmp_path))
    assert isinstance(parcel, Parcel)
    assert isinstance(refused, Refused)
    assert "only a summary" in refused.what
    report = read_parcel(parcel)
    assert report.headline == "Storm & tide"
    assert report.published == "2023-09-18T08:00:00+00:00"


def test_a_saved_json_feed_is_known_for_one(tmp_path: Path) -> None:
    (tmp_path / "post.json").write_text(JSON_FEED, encoding="utf-8")
    (tmp_path / "other.json").write_text(json.dumps(json.loads(JSON_FEED), indent=2), encoding="utf-8")
    assert [type(one) for one in find_parcels(str(tmp_path))] == [Parcel, Refused, Parcel, Refused]
