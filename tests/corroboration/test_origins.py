"""The registry of origins: its shape, and how names, hosts and credits lead to it."""

import re
from collections import Counter
from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.lexicon.origins import Origins, fold_name
from dateline.lexicon.tables import read_table

ORIGINS = Origins.load()


def test_there_are_many_of_many_lands() -> None:
    assert len(ORIGINS.entries) >= 150
    assert len({entry.country for entry in ORIGINS.entries}) >= 90


def test_countries_are_those_of_the_gazetteer() -> None:
    known = set(re.findall(r'"([A-Z]{2})"', str(read_table("places/countries.toml", dict)).replace("'", '"')))
    assert {entry.country for entry in ORIGINS.entries} - known == set()


def test_every_name_and_domain_is_of_one_origin() -> None:
    names = Counter(fold_name(name) for entry in ORIGINS.entries for name in (entry.name, *entry.aliases))
    domains = Counter(domain for entry in ORIGINS.entries for domain in entry.domains)
    assert [name for name, count in (names | domains).items() if count > 1] == []
    assert [domain for domain in domains if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain)] == []


def test_every_classification_has_its_source() -> None:
    assert [entry.name for entry in ORIGINS.entries if len(entry.source) < 12] == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("(AP)", "Associated Press"),
        ("MOSCOW (Reuters) —", "Reuters"),
        ("(Ann Otu/AFP via Getty Images)", "Agence France-Presse"),
        ("Photo: Xinhua News Agency", "Xinhua"),
        ("a map of the beta version", None),
        ("", None),
    ],
)
def test_credits(words: str, name: str | None) -> None:
    found = ORIGINS.in_credit(words)
    assert (found and found.name) == name


def test_a_state_behind_an_origin() -> None:
    states = {name: entry.state for name in ("KCNA", "BBC", "Rodong Sinmun", "AP") if (entry := ORIGINS.named(name))}
    assert states == {"KCNA": "KP", "BBC": None, "Rodong Sinmun": "KP", "AP": None}


def test_hosts() -> None:
    found = ORIGINS.of_domain("www.BBC.co.uk")
    assert found is not None and found.name == "BBC"
    assert ORIGINS.of_domain("notbbc.co.uk") is None


def test_own_origins_come_first(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(
        '[[origin]]\nname = "Avalon Wire"\ncountry = "GB"\naliases = ["AP"]\nkind = "agency"\ncontrol = "independent"\n'
        'source = "its own account"\n'
    )
    found = Origins.load(own).named("AP")
    assert found is not None and found.name == "Avalon Wire"
    own.write_text("[[origin]]\nname = 3\n")
    with pytest.raises(LexiconError, match=r"mine\.toml"):
        Origins.load(own)
    with pytest.raises(LexiconError, match="cannot be read"):
        Origins.load(tmp_path / "none.toml")
