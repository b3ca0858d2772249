"""Whether the actors of two reports are one: by name, role, country and company."""

from __future__ import annotations

import pytest

from dateline.corroboration.people import RULE, judge_actors
from dateline.model import ActorLine, NameType, ReportLine, Verdict


def line(
    id: str,
    name: str,
    roles: tuple[str, ...] = (),
    country: str | None = None,
    company: tuple[str, ...] = (),
    kind: NameType = "Person",
) -> ActorLine:
    return ActorLine(id, name, kind, country, roles, ReportLine(id, id, None, None, None, None), company)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (line("a", "Kim Jong Un"), line("b", "Kim Jong-un"), "same"),
        (line("a", "Volodymyr Zelensky"), line("b", "Volodymyr Zelenskyy"), "unsure"),
        (
            line("a", "Volodymyr Zelensky", ("Ukrainian president",)),
            line("b", "Volodymyr Zelenskyy", ("president",)),
            "same",
        ),
        (line("a", "Ana Ruiz", country="Spain"), line("b", "Ana Ruiz", country="Chile"), "different"),
        (line("a", "Ana Ruiz", ("mayor",)), line("b", "Ana Ruiz", ("goalkeeper",)), "unsure"),
        (line("a", "Ana Ruiz"), line("b", "Ana Ruiz", kind="Organization"), "different"),
        (line("a", "Lula", company=("Petrobras",)), line("b", "Lula", company=("Petrobras",)), "same"),
        (line("a", "Ana Ruiz"), line("b", "Otto Brandt"), "different"),
        (line("a", "Ana Ruiz"), line("b", "Ana María Ruiz"), "unsure"),
        (line("a", "Ana Ruiz", ("mayor",), "Spain"), line("b", "Ana María Ruiz", ("mayor",), "Spain"), "same"),
    ],
)
def test_verdicts(one: ActorLine, other: ActorLine, verdict: Verdict) -> None:
    judged = judge_actors(one, other)
    assert judged.verdict == verdict, judged
    assert judge_actors(other, one) == judged
    assert (judged.a, judged.b, judged.by) == ("a", "b", RULE)
    assert 0 < judged.confidence < 1 and judged.because


def test_a_judgement_says_what_speaks_for_it() -> None:
    company = ("KCNA", "Sergei Shoigu", "Tass", "Vladimir Putin")
    one = line("a", "Kim Jong Un", ("North Korean leader",), "North Korea", company)
    other = line("b", "Kim Jong-un", ("leader",), "North Korea", company)
    assert judge_actors(one, other).because == (
        "the same name; the same country; called leader in both; in company of KCNA, Sergei Shoigu, Tass and 1 more"
    )


def test_oneself_is_no_company() -> None:
    one, other = line("a", "Lula", company=("Lula da Silva",)), line("b", "Lula", company=("Lula da Silva",))
    assert "company" not in judge_actors(one, other).because
