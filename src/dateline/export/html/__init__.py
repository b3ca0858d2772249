"""A reading as one self-contained web page.

``escape``    words made fit for HTML: nothing in a report can become markup
``marks``     the layers laid over the text, and the text cut at every edge of theirs
``article``   the text, highlighted
``tables``    what happened, who said what, what was set aside
``page``      the whole page, with its style and its script
"""

from dateline.export.html.page import export_html

__all__ = ["export_html"]
