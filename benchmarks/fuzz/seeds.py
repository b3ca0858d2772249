"""Sound inputs of each kind to bend, and the words of its format."""

from __future__ import annotations

import json
from pathlib import Path

_EXAMPLES = Path(__file__).parent.parent.parent / "examples"

STORY = (
    "Kim leaves Russia by train\n\nBy Ann Otu\n17 September 2023, 12:26 GMT\n\n"
    "VLADIVOSTOK, Russia, Sept 17 (Example Wire) - North Korean leader Kim Jong Un left Russia on Sunday after a "
    "six-day visit, the state news agency Tass said, citing the ministry. “We will help each other,” President "
    "Vladimir Putin "
    "told reporters in Moscow on Wednesday, according to the Kremlin.\n\n"
    "Police in Paris arrested 12 people on Friday and will not release them until 3 October 2023, the mayor Ana Ruiz "
    "said. Rebels attacked the town of Artyom, some 40 km north of Vladivostok, at 10:30 a.m., killing at least 14, "
    "officials who asked not to be named said. The ministry denied that any of its soldiers had been there.\n\n"
    "A kangaroo (Joe Smith/AP)\n\nAdvertisement\nSign up to our newsletter\nRead more: The talks in pictures\n"
)

PAGES: tuple[bytes, ...] = (
    *(path.read_bytes() for path in sorted(_EXAMPLES.glob("*.html"))),
    b"<!DOCTYPE html><html lang=en><head><title>Storm closes harbour | The Coast</title><meta charset=utf-8>"
    b'<meta property="article:published_time" content="2023-09-17T12:26:00+01:00"><link rel=canonical href="/storm">'
    b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"Storm closes harbour","datePublished":'
    b'"2023-09-17","author":[{"name":"Ann Otu"}],"publisher":{"name":"The Coast"}}</script></head><body><nav><ul><li>'
    b"<a href=/>Home</a></ul></nav><article><h1>Storm closes harbour</h1><p class=byline>By Ann Otu<time datetime="
    b'"2023-09-17">17 Sept</time><figure><img src=a.jpg><figcaption>The pier (AP)</figcaption></figure><p>The harbour '
    b"of Portmere was closed on Monday after a storm damaged both piers, the mayor said.<br>She told reporters that "
    b"ferries would not sail before Thursday.<p>&ldquo;Nobody was hurt,&rdquo; she added.<table><tr><td>1<td>2</table>"
    b"</article>"
    b"<aside>Most read</aside></body></html>",
)
TAGS = tuple(
    tag.encode() for tag in (
        "<div>", "</div>", "<p>", "<b", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE html [", "<script>", "</script>",
        "<style>", "<title>", "<svg>", "<math>", "<template>", "<table>", "<tr><td>", "<li>", "<figure>",
        "<figcaption>",
        "<article>", "<h1>", "<time datetime='", "<meta charset=utf-16>", "<meta charset=utf-7>",
        "<base href='http://[",
        "<link rel=canonical href='http://[::", "<p style='display:none'>", "<p hidden>", "&amp;", "&#x110000;",
        "&#xD800;",
        "&#0;", "&lt;", "&", "&notanentity;", "&#99999999999999;", "<a href='javascript:alert(1)'>", "<iframe>",
        "<plaintext>",
        '<script type="application/ld+json">', '{"@graph":[{"@type":"NewsArticle","datePublished":', "[[[[", "{\"a\":",
        "<br>",
        "<font", "=\"", "='", ">", "<", "</", "<?xml version='1.0' encoding='utf-16'?>", "<html xmlns:a='",
    )
)  # fmt: skip

TEXTS: tuple[bytes, ...] = (
    STORY.encode(),
    b"Storm hits coast\n\n" + b"The mayor of Portmere, Ana Ruiz, said on 2 May 2021 that she had resigned. " * 6,
    "He said: “I said ‘no’,” she said, “and he said, ‘Yes’.” But officials denied it, according to Reuters.".encode()
    * 4,
    b"From: Ann Otu\nDate: Sun, 17 Sep 2023 12:26:00 +0100\nSubject: Kim\n\n> Kim left\n> for home.\n-- \nAnn",
    b"Between 3 and 5 March 2023, and from Monday to Friday last week, two days before the third quarter of 1998.",
    b"U.S. and U.K. officials, incl. Dr. J. R. Smith Jr. of the F.B.I., met at 5 p.m. ET in St. Petersburg, Fla., U.S.",
)
WORDS = tuple(
    word.encode() for word in (
        "Kim", "Mr ", " said ", ", according to ", " told ", "“", "”", "‘", "’", "\"", "'", "(", ")", " — ", ". ",
        ", ", "; ",
        ": ", " on Monday", " 17 September 2023", " last week", " the day before", " in Paris", " Moscow", " and ",
        " he ",
        " she ", " who ", " that ", " not ", " denied ", " attacked ", " killed ", " met ", "Russia’s ", "U.S. ",
        "the ",
        " of ", " 1990s", " 10:30 a.m.", " two years ago", " at least 12 ", "\n\n", "\nBy ", "\nRead more",
        "Advertisement",
        "$5 million ", "3.5 km ", "Sept. ", "No. 10 ", "’s", "-", "...", "…", "A", "a ", "İ", "ſ", "J. ", "Q3 2023",
        "the third of the second of the ", "(AP) ", "[", "]", "http://a.b/c?d", "@ann ", "#kim ", "/", "\u00a0",
    )
)  # fmt: skip

_ITEM = "<item><title>Kim &amp; Putin</title><link>https://a.example/1?b=c</link><guid isPermaLink='false'>1</guid>"
FEEDS: tuple[bytes, ...] = (
    f"<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
    f"<title>The Coast</title>{_ITEM}<pubDate>Sun, 17 Sep 2023 12:26:00 +0100</pubDate><content:encoded><![CDATA[<p>"
    f"{STORY}</p>]]></content:encoded></item>{_ITEM}<description>{'Kim left. ' * 80}</description></item></channel>"
    "</rss>"
    .encode(),
    f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/'><title>Wire</title><entry><id>urn:1</id>"
    f"<title type='html'>Kim &lt;b&gt;left&lt;/b&gt;</title><link rel='alternate' href='/1'/><updated>2023-09-17T12:26"
    f":00Z</updated><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{STORY[:400]}</p></div></content>"
    f"</entry></feed>".encode(),
    json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": [
        {"id": 1, "url": "https://a.example/1", "content_html": f"<p>{STORY}</p>", "date_published": "2023-09-17"},
        {"id": "2", "external_url": "//b.example", "content_text": STORY}]}).encode(),
    b"<?xml version='1.0'?><opml version='2.0'><body><outline text='a' xmlUrl='https://a.example/feed'/></body></opml>",
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel/>"
    b"<item rdf:about='https://a.example/1'><link>https://a.example/1</link><title>Kim</title></item></rdf:RDF>",
)  # fmt: skip
ELEMENTS = tuple(
    tag.encode() for tag in (
        "<item>", "</item>", "<entry>", "<link>", "<link href='http://[::1'/>", "<link>javascript:1</link>", "<title>",
        "<content type='xhtml'>", "<content type='html'>", "<content src='x'>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;",
        "<!ENTITY % x SYSTEM 'file:///etc/passwd'>", "<![CDATA[", "]]>", "<?xml version='1.1'?>", " encoding='utf-7'",
        " xml:base='http://['", " xmlns='", "<pubDate>", "<guid>", "<!--", "-->", "&#0;", "&#x1F;", "<x:y>", "{", "[",
        "\"items\":",
        "\"url\":\"http://a\\u0001b/\"", "\"content_html\":", "<outline xmlUrl='http://[' />",
        "<xi:include href='file:///etc/passwd'/>",
    )
)  # fmt: skip

_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def record(block: bytes, type_: str = "response", length: int | None = None) -> bytes:
    """A record of a web archive."""
    head = f"WARC/1.0\r\nWARC-Type: {type_}\r\nWARC-Target-URI: https://a.example/1\r\nContent-Type: application/http"
    return (
        f"{head}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n".encode() + block + b"\r\n\r\n"
    )


_CHUNKED = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n"
ARCHIVES: tuple[bytes, ...] = (
    record(b"software: a\r\n", "warcinfo") + record(_HTTP + PAGES[-1]) + record(_HTTP + PAGES[-1][:600]),
    record(_CHUNKED + b"a\r\n0123456789\r\n%x\r\n" % len(PAGES[-1]) + PAGES[-1] + b"\r\n0\r\n\r\n") * 2,
    record(b"HTTP/1.1 404 Gone\r\n\r\n") + record(_HTTP + b"<p>short</p>") + record(b"dns: 1", "resource"),
)
LINES = tuple(
    line.encode() for line in (
        "WARC/1.0\r\n", "WARC/1.1\r\nWARC-Type: response\r\n", "\r\n\r\n", "Content-Length: 99999999999999\r\n",
        "Content-Length: -1\r\n", "Content-Encoding: br\r\n", "Content-Encoding: gzip, gzip, deflate\r\n",
        "HTTP/1.1 200 OK",
        "Content-Encoding: zstd\r\n", "Transfer-Encoding: chunked\r\n", "ffffffff\r\n",
        "Content-Type: text/plain;charset=utf-7",
        "charset=\"", "WARC-Target-URI: <http://[::1>\r\n", "WARC-Target-URI: file:///etc/passwd\r\n",
        " folded: yes\r\n",
    )
)  # fmt: skip

_OBJECTS = (
    {
        "url": "https://a.example/1",
        "title": "Kim leaves",
        "text": STORY,
        "published": "2023-09-17",
        "publisher": "Wire",
    },
    {"link": "https://a.example/2", "html": PAGES[-1].decode(), "date": 1694949960, "source": {"name": "The Coast"}},
    {"headline": "Storm", "articleBody": STORY, "datePublished": "Sun, 17 Sep 2023 12:26:00 +0100", "source": ["x"]},
)
RECORDS: tuple[bytes, ...] = (
    b"\n".join(json.dumps(each).encode() for each in _OBJECTS),
    json.dumps(list(_OBJECTS), indent=1).encode(),
    json.dumps({"articles": list(_OBJECTS)}).encode(),
    json.dumps(_OBJECTS[0], indent=2).encode(),
)
KEYS = tuple(
    key.encode() for key in (
        "[", "]", "{", "}", "{\"text\":", "\"html\":", "\"published\":", "\"url\":\"http://[", ",", ":", "\\", "\\u",
        "\\ud83d",
        "\"articles\":[", "null", "\"source\":{\"name\":", "1e400", "-0", "\n",
        "{\"a\":" * 50, "[" * 50, "\"date\":99999999999999,",
    )
)  # fmt: skip

_PLACE = "{}\t{}\t{}\tKyiv,Kiev,Киев\t50.45\t30.52\tP\tPPLC\tUA\t\t12\t\t\t\t2797553\t\t187\tEurope/Kyiv\t2024-05-06\n"
DUMPS: dict[str, tuple[bytes, ...]] = {
    "UA.txt": (
        "".join(_PLACE.format(number, name, name) for number, name in enumerate(("Kyiv", "Lviv", "Odesa"), 1)).encode(),
        b"4\tUpper\tUpper\t\t1\t2\tA\tADM1\tUA\t\t12\t\t\t\t0\t\t\tEurope/Kyiv\t2024-05-06\n",
    ),
    "admin1CodesASCII.txt": (b"UA.12\tKyiv\tKyiv\t1\nUS.TX\tTexas\tTexas\t2\n",),
    "admin2Codes.txt": (b"US.TX.453\tTravis\tTravis\t3\n",),
    "alternateNamesV2.txt": ("1\t1\ten\tKyiv\t1\t\t\t\t\t\n2\t1\tuk\tКиїв\t\t\t\t1\t\t\n3\t2\tlink\thttp://x\t\t\t\t\t\t\n".encode(),),
    "hierarchy.txt": (b"# a\n1\t2\tADM\n2\t3\t\n4\t5\n",),
    "own.csv": (b"name,lat,lon,feature,country,population,also,id\nOld Mill,1.5,2.5,MLL,UA,10,The Mill|Mill,m\n",),
}  # fmt: skip
CELLS = tuple(
    cell.encode() for cell in ("\t", "\n", "\t\t\t\t", "ADM1", "ADM2", "UA.12", "US.", ".", "en", "90.0001", "nan",
    "inf", "1_0",
    "１２", "-0", "#", "\r", "P", "geonames:1", "name", "|", "\"")
)  # fmt: skip
