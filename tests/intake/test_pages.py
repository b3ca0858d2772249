"""From bytes to a decoded page: encodings, kinds, and what is refused."""

from __future__ import annotations

import gzip
import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.intake import read_page
from dateline.intake.pages import HTML_LIMIT, TEXT_LIMIT

STORY = "<html><body><p>Café “Köln” – é</p></body></html>"


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (STORY.encode(), None),
        (STORY.encode("utf-8-sig"), "iso-8859-1"),
        (STORY.encode("utf-16"), None),
        (STORY.encode("utf-32"), None),
        (STORY.encode("utf-16-le"), None),
        (STORY.encode("utf-16-be"), None),
        (STORY.encode("cp1252"), "windows-1252"),
        (STORY.encode("cp1252"), "ISO-8859-1"),
        (STORY.encode("cp1252"), "no-such-charset"),
        (STORY.encode("cp1252"), None),
        (b'<meta charset="windows-1252">' + STORY.encode("cp1252"), None),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">' + STORY.encode("cp1252"), None),
        (b'<?xml version="1.0" encoding="windows-1252"?>' + STORY.encode("cp1252"), None),
        # The page says one thing and is another: sound UTF-8 is believed.
        (b'<meta charset="iso-8859-1">' + STORY.encode(), None),
        (b'<meta charset="utf-16">' + STORY.encode(), None),
    ],
)
def test_a_page_is_decoded_by_mark_declaration_utf8_or_guess(data: bytes, charset: str | None) -> None:
    page = read_page(data, charset=charset)
    assert page.text.endswith(STORY)
    assert page.kind == "html"


def test_what_no_encoding_explains_is_replaced() -> None:
    assert read_page("Kim left \udcff Russia.").text == "Kim left \ufffd Russia."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><p>x", "html"),
        ("\n <!-- saved --><HTML>x", "html"),
        (
            '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><html>x</html>',
            "html",
        ),
        ("<p>Kim left Russia.", "html"),
        ("Kim <b>left</b> <a>x</a> Russia</p><p>He</p></div>", "html"),
        ("Kim left Russia.", "text"),
        ("Losses were <3,000 and >2,000, he said.", "text"),
        ("<Kim> left Russia, the log says.", "text"),
        ("a < b", "text"),
    ],
)
def test_html_is_told_from_plain_text(text: str, kind: str) -> None:
    assert read_page(text).kind == kind
    assert read_page(text, as_="text").kind == "text"


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("a.txt", "Kim left.")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "there is nothing in it"),
        (b" \n\t ", "there is nothing in it"),
        ("\ufeff".encode(), "there is nothing in it"),
        (b"%PDF-1.7\n%\xe2", "a PDF"),
        (archive(), "a zip archive"),
        (gzip.compress(b"Kim left."), "compressed with gzip"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"WARC/1.0\r\n", "a web archive"),
        (b"Kim\0left\0\0\1\2\3", "zero bytes"),
        (bytes(range(256)) * 10, "zero bytes"),
        (b"x" * (HTML_LIMIT + 1), "larger than a page may be"),
        (b"x " * (TEXT_LIMIT // 2 + 1), "longer than a report may be"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "this is a feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "this is a feed"),
        (b'<?xml version="1.0"?><svg/>', "this is XML"),
        (b'<?xml version="1.0"?>', "this is XML"),
    ],
)
def test_what_is_no_page_is_refused_with_the_reason(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as refusal:
        read_page(data, "storm.html")
    assert str(refusal.value).startswith("storm.html: ")


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


def test_a_billion_laughs_are_refused_at_once() -> None:
    started = time.monotonic()
    with pytest.raises(InputError, match="this is XML"):
        read_page(LAUGHS.replace("{root}", "lolz") + "<lolz>&j;</lolz>")
    assert time.monotonic() - started < 0.5


@given(st.binary(max_size=400))
def test_any_bytes_are_a_page_or_refused(data: bytes) -> None:
    try:
        page = read_page(data)
    except InputError:
        return
    assert "\0" not in page.text
    page.text.encode()
