import pytest

from dateline.model import Actor
from tests.conftest import Readers
from tests.marked import marked, plain

BARE = pytest.mark.xfail(strict=True, reason="what stands alone in very short texts is named worse than in reports")


def actors(readers: Readers, text: str) -> tuple[Actor, ...]:
    return readers.up_to("actors", plain(text)).actors


def actor(readers: Readers, text: str, name: str) -> Actor:
    return next(actor for actor in actors(readers, text) if actor.name == name)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Kim Jong Un", "Korean leader [m: Kim Jong Un] left. Mr [m: Kim] waved. Aides praised [m: Kim Jong-un]."),
        ("Ana Ruiz", "The mayor, [m: Ana Ruiz], spoke on Monday. [m: She] left early. Reporters saw [m: her] wave."),
        ("Ana Ruiz", "Mayor [m: Ana Ruiz] met Mr Otto Brandt. [m: The mayor] then left."),
        ("Russia", "[m: Russia] agreed. [m: Moscow] said so. [m: Russian] jets flew to Moscow."),
        ("United States", "The [m: US] and Iran talked. [m: America] and Iran agreed. The [m: U.S.] left."),
        (
            "North Korea",
            "[m: North Korea] fired two missiles. The South accused the [m: North] of a provocation. [m: North Korean] "
            "troops were moved.",
        ),
        pytest.param(
            "Kim Jong Un", "[m: Kim Jong Un] left. Mr [m: Kim] waved. Aides praised [m: Kim Jong-un].", marks=BARE
        ),
        pytest.param(
            "North Korea",
            "[m: North Korea] fired. The [m: North] denied it. [m: North Korean] troops fled.",
            marks=BARE,
        ),
        ("Anna Brown", "Mrs [m: Anna Brown] met Mr Tom Brown. Mrs [m: Brown] left. Mr Brown stayed."),
    ],
)
def test_mentions_are_gathered_under_one_name(readers: Readers, name: str, line: str) -> None:
    text, gold = marked(line)
    assert [m.of(text) for m in actor(readers, text, name).mentions] == [span.of(text) for span in gold["m"]]
    assert list(actor(readers, text, name).mentions) == gold["m"]


def test_an_acronym_joins_the_name_it_stands_beside(readers: Readers) -> None:
    text = "The World Food Programme (WFP), a UN agency, said on Monday that it had sent grain. The WFP has 90 offices."
    assert [m.of(text) for m in actor(readers, text, "World Food Programme").mentions] == [
        "World Food Programme", "WFP", "it", "WFP",
    ]  # fmt: skip


@BARE
def test_an_acronym_joins_its_name_in_a_very_short_text(readers: Readers) -> None:
    text = "The World Food Programme (WFP) sent grain. WFP officials said so."
    assert [m.of(text) for m in actor(readers, text, "World Food Programme").mentions] == [
        "World Food Programme", "WFP", "WFP",
    ]  # fmt: skip


def test_roles_are_what_stands_beside_a_name(readers: Readers) -> None:
    text = "Russian president Vladimir Putin met Ana Ruiz, a spokeswoman for the ministry."
    assert actor(readers, text, "Vladimir Putin").roles == ("Russian president",)
    assert actor(readers, text, "Ana Ruiz").roles == ("spokeswoman for the ministry",)


def test_a_pair_is_an_actor_of_its_own(readers: Readers) -> None:
    text = "Kim Jong Un met Vladimir Putin on Monday. The two leaders shook hands."
    assert [m.of(text) for m in actor(readers, text, "Kim Jong Un and Vladimir Putin").mentions] == ["The two leaders"]


def test_people_without_a_name_are_known_by_the_words_for_them(readers: Readers) -> None:
    text = "Local residents protested. Police arrested the residents. They were freed."
    assert {"Local residents", "Police"} <= {found.name for found in actors(readers, text)}


def test_a_pronoun_before_anybody_is_nobodys(readers: Readers) -> None:
    assert actors(readers, "He left. She waved.") == ()


def test_ids_count_from_the_first_mention(readers: Readers) -> None:
    found = actors(readers, "Putin met Ana Ruiz in France.")
    assert [one.id for one in found] == [f"a{n}" for n in range(1, len(found) + 1)]
    assert [one.mentions[0] for one in found] == sorted(one.mentions[0] for one in found)
