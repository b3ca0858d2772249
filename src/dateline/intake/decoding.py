"""Turns the bytes of a page into text: by its mark, by what was declared, by UTF-8, and by a guess, in that order."""

from __future__ import annotations

import codecs
import re

HEAD = 4096
"""How far into a page its own declaration of an encoding is looked for, in bytes."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta\b[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The characters of a page; whatever no encoding explains becomes U+FFFD.

    >>> decode_page("Köln".encode("cp1252"), "iso-8859-1")
    'Köln'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return without_surrogates(data.decode(encoding, "replace").removeprefix("\ufeff"))
    for encoding in (*_declared(data, charset), "utf-8"):
        decoded = _decode(data, encoding)
        if decoded is not None:
            return decoded
    return data.decode(_guessed(data), "replace")


def without_surrogates(text: str) -> str:
    """The text with lone surrogates, which no encoding can carry, as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def wide_encoding(data: bytes) -> str | None:
    """The UTF-16 that bytes without a mark are in, told by where their zero bytes fall; None where they are not.

    >>> wide_encoding("Kim left.".encode("utf-16-le"))
    'utf-16-le'
    """
    sample = data[:2000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.3 and even < len(sample) * 0.02:
        return "utf-16-le"
    if even > len(sample) * 0.3 and odd < len(sample) * 0.02:
        return "utf-16-be"
    return None


def _declared(data: bytes, charset: str | None) -> list[str]:
    """The encodings that the server and the page name, as the web understands those names ("latin1" is cp1252)."""
    from resiliparse.parse.encoding import map_encoding_to_html5

    matches = (_XML_DECLARED.search(data[:HEAD]), _DECLARED.search(data[:HEAD]))
    found = [match[1].decode("ascii", "ignore") for match in matches if match]
    labels = ([charset] if charset else []) + found
    wide = wide_encoding(data)
    # A page that declares UTF-16 in ASCII letters is not in UTF-16.
    known = [map_encoding_to_html5(label, fallback_utf8=False) for label in labels]
    return ([wide] if wide else []) + [name for name in known if name and not name.startswith("utf-16")]


def _decode(data: bytes, encoding: str) -> str | None:
    """The bytes in an encoding, or None where they are not in it.

    One-byte encodings fit anything, so bytes beyond ASCII that are sound UTF-8 are believed before them.
    """
    if encoding != "utf-8" and not data.isascii():
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guessed(data: bytes) -> str:
    from resiliparse.parse.encoding import detect_encoding

    guess = detect_encoding(data[:200_000])
    try:
        codecs.lookup(guess or "")
    except LookupError:
        return "cp1252"
    return str(guess)
