"""Words made fit for HTML: nothing in a report can become markup, an attribute, or turn the order of the page."""

from __future__ import annotations

import html
import re

_UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")
"""Characters that no HTML can hold: parsers drop or replace them."""

_UNSEEN = re.compile(
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001]"
)
"""Controls, marks that turn the direction of writing, and characters that show nothing."""


def escape(words: str) -> str:
    """The words as HTML, also between the quotes of an attribute.

    >>> escape('<b> & "x"')
    '&lt;b&gt; &amp; &quot;x&quot;'
    """
    return html.escape(_UNWRITABLE.sub("\ufffd", words), quote=True).replace("\r", "&#13;")


def escape_shown(words: str) -> str:
    """The words as HTML for the body of the page: unseen characters stay what they are, are shown, and do nothing.

    Each stands alone in a ``bdi``, so that an override of the direction ends where it begins; the style shows its code.

    >>> escape_shown("a\\u202eb")
    'a<bdi class="unseen" data-code="U+202E">\\u202e</bdi>b'
    """
    return _UNSEEN.sub(_isolate, escape(words))


def escape_title(words: str) -> str:
    """The words as HTML for an attribute that is shown, where no element can stand: unseen characters as their codes.

    >>> escape_title("a\\u202eb")
    'a[U+202E]b'
    """
    return escape(_UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", words))


def _isolate(match: re.Match[str]) -> str:
    return f'<bdi class="unseen" data-code="U+{ord(match[0]):04X}">{match[0]}</bdi>'
