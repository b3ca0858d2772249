"""The docs as a site: every page is in it, every link leads somewhere, and nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

mkdocs_build = pytest.importorskip("mkdocs.commands.build", reason="MkDocs is not installed")
ROOT = Path(__file__).parent.parent
LOADS = "//script/@src | //img/@src | //iframe/@src | //link[@rel != 'canonical']/@href | //*/@srcset"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as strictly as in CI."""
    from mkdocs.config import load_config

    folder = tmp_path_factory.mktemp("site")
    mkdocs_build.build(load_config(str(ROOT / "mkdocs.yml"), strict=True, site_dir=str(folder)))
    return folder


def loaded(page: Path) -> list[str]:
    found = html.fromstring(page.read_bytes()).xpath(LOADS)
    assert isinstance(found, list)
    return [str(each) for each in found]


def test_every_page_of_the_docs_is_in_the_site(site: Path) -> None:
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")} | {"benchmarks", "building", "changes"}
    assert pages <= {path.stem for path in site.glob("*.html")}


def test_the_pages_load_nothing_from_elsewhere(site: Path) -> None:
    pages = list(site.glob("*.html"))
    loads = {each for page in pages for each in loaded(page)}
    assert any(each.endswith(".css") for each in loads)
    assert [each for each in loads if re.match(r"(?:[a-z]+:)?//", each)] == []
    styles = "".join(path.read_text() for path in site.rglob("*.css"))
    assert re.findall(r"url\(\s*[\"']?(?:[a-z]+:)?//", styles) == []


def test_the_words_of_pages_show_no_tables_or_lists_that_failed(site: Path) -> None:
    for page in site.glob("*.html"):
        text = page.read_text()
        assert re.findall(r"<p>\|.*|^(?:- |\d\. |\| ).*", re.sub(r"(?s)<pre>.*?</pre>", "", text), re.MULTILINE) == []


def test_links_out_of_the_docs_lead_to_the_pages_of_the_site(site: Path) -> None:
    start = (site / "index.html").read_text()
    assert 'href="benchmarks.html"' in start
    assert "../benchmarks" not in start
