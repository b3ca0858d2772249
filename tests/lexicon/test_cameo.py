"""From PLOVER to CAMEO: codes that are CAMEO's, and none that nothing tells."""

from __future__ import annotations

from typing import get_args

import pytest

from dateline.lexicon.actor_kinds import open_kinds
from dateline.lexicon.cameo import find_cameo, open_cameo
from dateline.lexicon.country_codes import alpha3, cameo_country
from dateline.model import ActorKind, Cameo, EventType


def test_codes_begin_with_their_roots() -> None:
    for rows in open_cameo().values():
        for row in rows:
            assert row.root is None or (len(row.root) == 2 and 2 <= int(row.root) <= 20)
            assert row.code is None or (row.root is not None and row.code.startswith(row.root) and len(row.code) <= 4)


def test_every_type_but_other_ends_in_a_row_that_always_fits() -> None:
    table = open_cameo()
    assert set(table) == set(get_args(EventType)) - {"OTHER"}
    for rows in table.values():
        assert rows[-1].fits(None, set(), set(), set())
        assert not any(row.fits(None, set(), set(), set()) for row in rows[:-1])


@pytest.mark.parametrize(
    ("type_", "mode", "trigger", "near", "by", "wanted"),
    [
        ("ASSAULT", "aerial", "struck", "", "", Cameo("19", "195")),
        ("ASSAULT", "firearms", "shot", "", "", None),
        ("ASSAULT", "firearms", "shot", "", "military", Cameo("19", "193")),
        ("ASSAULT", None, "assassinate", "", "", Cameo("18", "186")),
        ("ASSAULT", "crowd-control", "disperse", "gas", "", Cameo("17", "175")),
        ("REQUEST", None, "demand", "", "", Cameo("10")),
        ("REQUEST", None, "appeal", "aid", "", Cameo("02", "023")),
        ("REQUEST", None, "push", "", "", None),
        ("SANCTION", "convict", "convict", "", "", Cameo("11", "116")),
        ("SANCTION", "expel", "expel", "diplomat", "", Cameo("16", "161")),
        ("ACCUSE", "allege", "charge", "", "", Cameo("17", "173")),
        ("CONSULT", None, "meet", "", "", Cameo("04")),
        ("OTHER", None, "win", "", "", None),
    ],
)
def test_code(type_: EventType, mode: str, trigger: str, near: str, by: ActorKind, wanted: Cameo | None) -> None:
    assert find_cameo(type_, mode, trigger={trigger}, near={near}, by={by}) == wanted


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Russian defence minister", "state"),
        ("a commander of the rebels", "rebel"),
        ("army chief", "military"),
        ("UN special envoy for Yemen", "international"),
        ("opposition leader", "civil"),
        ("attorney general", "state"),
        ("Secretary-General of the United Nations", "international"),
        ("former president", None),
        ("Ministry of Gender Equality and Family", "state"),
        ("wife of the prime minister", "civil"),
        ("two gunmen", "rebel"),
        ("striker", None),
        ("", None),
        ("of of of", None),
    ],
)
def test_what_a_phrase_tells_of_a_kind(phrase: str, kind: ActorKind | None) -> None:
    assert open_kinds().told_by(phrase) == kind


def test_a_leader_is_the_states_only_where_he_is_a_countrys() -> None:
    assert open_kinds().told_by("North Korean leader", of_country=True) == "state"
    assert open_kinds().told_by("group leader") is None


def test_letters_of_countries() -> None:
    assert (alpha3("Romania"), cameo_country("Romania"), alpha3("Paris"), alpha3("")) == ("ROU", "ROM", None, None)
