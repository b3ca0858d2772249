"""What MkDocs does to the docs beyond its own: brings in pages from outside ``docs``, and mends the links to them.

The pages stay readable where they are. A link to a page that the site has too leads to it there; of a link to any other
file of the repository the site keeps the words alone, for it has no such file.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
BROUGHT = {"benchmarks/README.md": "benchmarks.md", "CONTRIBUTING.md": "building.md", "CHANGELOG.md": "changes.md"}
"""Pages from outside ``docs``, and what they are called in the site."""
LINK = re.compile(r"\[([^\]]*)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)")
FIGURES = "<!-- figures -->"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Brings in the pages from outside ``docs``."""
    for source, name in BROUGHT.items():
        files.append(File.generated(config, name, content=(ROOT / source).read_text()))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """The page with its links mended, and with the table of figures where it asks for that."""
    homes = {name: source for source, name in BROUGHT.items()}
    text = markdown.replace(FIGURES, figures()) if FIGURES in markdown else markdown
    return mended(text, homes.get(page.file.src_uri, f"docs/{page.file.src_uri}"))


def mended(markdown: str, source: str) -> str:
    """The text of a page of the repository, its links as they lead within the site.

    >>> mended("[so good](../benchmarks/README.md#figures), [rules](../src/rules.toml)", "docs/times.md")
    '[so good](benchmarks.md#figures), rules'
    """

    def link(found: re.Match[str]) -> str:
        words, to, anchor = found.groups(default="")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), to))
        if target in BROUGHT:
            return f"[{words}]({BROUGHT[target]}{anchor})"
        if target.startswith("docs/"):
            return f"[{words}]({target.removeprefix('docs/')}{anchor})"
        return words

    return LINK.sub(link, markdown)


def figures() -> str:
    """The first table of figures that the benchmarks tell: layer by layer."""
    told = (ROOT / "benchmarks" / "README.md").read_text().partition("\n## Figures\n")[2]
    [table] = re.findall(r"(?:^\|.*\n)+", told, re.MULTILINE)[:1]
    return str(table)
