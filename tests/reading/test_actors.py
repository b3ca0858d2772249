import pytest
from msgspec.structs import replace

from dateline.model import Actor, Block, Reading, Span
from dateline.reading.actors.clusters import Cluster
from dateline.reading.actors.reader import ActorReader
from tests.conftest import Readers
from tests.marked import marked, plain


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
        ("Kim Jong Un", "[m: Kim Jong Un] left. Mr [m: Kim] waved. Aides praised [m: Kim Jong-un]."),
        (
            "Palestine",
            "[m: Palestine] signed the treaty on Monday. [m: Palestinian] envoys came. [m: Palestine] said so.",
        ),
        ("North Korea", "[m: North Korea] fired. The [m: North] denied it. [m: North Korean] troops fled."),
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


def test_the_countries_are_the_two_that_were_spoken_of_together(readers: Readers) -> None:
    text = (
        "Russia and North Korea held talks on Monday. The armed forces of the two countries will meet. The war in "
        "Ukraine goes on. Experts said that cooperation between the countries could grow."
    )
    pair = actor(readers, text, "Russia and North Korea")
    assert [mention.of(text) for mention in pair.mentions] == ["the two countries", "the countries"]


def test_people_without_a_name_are_known_by_the_words_for_them(readers: Readers) -> None:
    text = "Local residents protested. Police arrested the residents. They were freed."
    assert {"Local residents", "Police"} <= {found.name for found in actors(readers, text)}


def test_a_pronoun_before_anybody_is_nobodys(readers: Readers) -> None:
    assert actors(readers, "He left. She waved.") == ()


def test_who_took_a_picture_is_nobody_that_the_report_speaks_of(readers: Readers) -> None:
    text = (
        "The Primorsky Aquarium is the largest. Photo: Rosa Marin\n\nOn the last day he was spotted in a lighter mood."
    )
    credit = Span(text.index("Photo"), text.index("Rosa Marin") + len("Rosa Marin"))
    caption = Block(0, credit.end, "caption", credit=credit)
    blocks = (caption, Block(credit.end + 2, len(text), "paragraph"))
    reading = plain(text)
    for report, mentions in (
        (reading.report, ["Rosa Marin", "he"]),
        (replace(reading.report, blocks=blocks), ["Rosa Marin"]),
    ):
        found = readers.up_to("actors", replace(reading, report=report)).actors
        assert [span.of(text) for one in found if one.name == "Rosa Marin" for span in one.mentions] == mentions


def test_ids_count_from_the_first_mention(readers: Readers) -> None:
    found = actors(readers, "Putin met Ana Ruiz in France.")
    assert [one.id for one in found] == [f"a{n}" for n in range(1, len(found) + 1)]
    assert [one.mentions[0] for one in found] == sorted(one.mentions[0] for one in found)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "Osiris Luna Meza",
            "The General Director of Prisons, [m: Osiris Luna Meza], reported on Sunday that inmates were moved. "
            "“They work,” said [m: the head] of Prisons.",
        ),
        (
            "José Luis Chilavert",
            "[m: José Luis Chilavert] told reporters in Asunción on Monday that he would run. "
            "[m: The former goalkeeper] "
            "said taxes were too high.",
        ),
        (
            "Luiz Inácio Lula da Silva",
            "President [m: Luiz Inácio Lula da Silva] arrived in Beijing. [m: Lula] met Xi Jinping on Friday.",
        ),
        (
            "Viktor Orbán",
            "Prime Minister [m: Viktor Orbán] spoke in Budapest. Earlier, [m: Orbán Viktor] had met farmers.",
        ),
        (
            "Anti Corruption Bureau",
            "The [m: Anti Corruption Bureau] ([m: ACB]) arrested a clerk in Srinagar on Monday. In a "
            "statement, [m: the "
            "anti-graft body] said that the clerk had taken a bribe.",
        ),
        (
            "Gambia Police Force",
            "The [m: Gambia Police Force] arrested two men in Banjul on Monday. [m: The police] said "
            "that the men would "
            "be charged.",
        ),
    ],
)
def test_one_actor_in_many_words(readers: Readers, name: str, line: str) -> None:
    text, gold = marked(line)
    mentions = [m.of(text) for m in actor(readers, text, name).mentions]
    assert [m for m in mentions if m.lower() not in ("he", "she", "it", "they")] == [
        span.of(text) for span in gold["m"]
    ]


def test_he_added_is_whoever_spoke_last(readers: Readers) -> None:
    text = (
        "The army commander, General Upendra Dwivedi, reviewed the troops on Sunday. He also met villagers, a defence "
        "spokesman said. General Dwivedi praised the men, he added."
    )
    assert actor(readers, text, "defence spokesman").mentions[-1].of(text) == "he"
    assert actor(readers, text, "defence spokesman").because[-1] == "whoever spoke last"


def test_whom_a_name_is_told_of_later_is_one_with_it(readers: Readers) -> None:
    text = "A worker was killed in Dhaka on Monday. The victim was identified as Noor Alam, police said."
    found = actor(readers, text, "Noor Alam")
    assert [m.of(text) for m in found.mentions] == ["A worker", "The victim", "Noor Alam"]
    assert set(found.because) == {"identified as Noor Alam", "the full name"}


def test_who_is_named_later_is_of_the_country_that_was_told_before(readers: Readers) -> None:
    text = "A Russian worker was killed in Dhaka on Monday. The victim was identified as Oleg Petrov, police said."
    assert actor(readers, text, "Oleg Petrov").country == "Russia"


def test_a_participant_takes_all_that_is_known_of_another() -> None:
    one, other = Cluster("Person"), Cluster("Person")
    one.roles["mayor"] = other.roles["poet"] = None
    other.nations.add("Peru")
    one.take(other, "the same")
    assert (list(one.roles), one.nations) == (["mayor", "poet"], {"Peru"})


def test_two_who_share_a_surname_are_told_apart(readers: Readers) -> None:
    text = (
        "Park Geun-hye met the lawyer Park Ji-won in Seoul on Monday. Park Ji-won later spoke to "
        "reporters. Park said the "
        "meeting had gone well."
    )
    found = actor(readers, text, "Park Ji-won")
    assert found.mentions[2].of(text) == "Park"
    assert found.because[2] == "a part of the name Park Ji-won, the nearest of those who share it"


def test_short_forms_stand_for_full_names(readers: Readers) -> None:
    text = (
        "President Andrés Manuel López Obrador visited Nayarit on Saturday. The EU warned Mexico "
        "in May. AMLO said that "
        "he would not yield."
    )
    obrador = actor(readers, text, "Andrés Manuel López Obrador")
    assert "AMLO" in [m.of(text) for m in obrador.mentions]
    assert "the initials of Andrés Manuel López Obrador" in obrador.because
    assert [m.of(text) for m in actor(readers, text, "European Union").mentions] == ["EU"]


def test_every_mention_says_why_and_counterparts_say_of_where(readers: Readers) -> None:
    text = (
        "North Korean leader Kim Jong Un met Russian president Vladimir Putin in Vostochny on "
        "Wednesday. Mr Kim thanked "
        "his Russian counterpart. Moscow and Pyongyang agreed to more talks, Russia and North Korea said."
    )
    putin = actor(readers, text, "Vladimir Putin")
    assert putin.because[-1] == "of Russia, and with the other’s office"
    assert putin.country == "Russia" and putin.named
    for one in actors(readers, text):
        assert len(one.because) == len(one.mentions) and all(one.because)


def test_who_has_no_name_is_known_for_it(readers: Readers) -> None:
    found = actors(readers, "A senior official in Ankara said on Monday that the road was open.")
    assert [(one.name, one.named) for one in found if one.type == "Person"] == [("senior official in Ankara", False)]


def test_roles_keep_their_years(readers: Readers) -> None:
    text = "Ana Ruiz, mayor from 2010 to 2014, said on Monday that the bridge was safe."
    assert actor(readers, text, "Ana Ruiz").roles == ("mayor from 2010 to 2014",)


def test_a_suspect_is_not_the_officer_who_speaks_of_him(readers: Readers) -> None:
    text = (
        "Police in Penang arrested Teow Wooi Huat on Friday. Inspector Noor Ahmad told reporters that the suspect had "
        "fled to Thailand in May."
    )
    assert "the suspect" in [m.of(text) for m in actor(readers, text, "Teow Wooi Huat").mentions]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "government of Uganda",
            "[m: The Ugandan government] sent planes. [m: The government] also closed the border. [m: Uganda's "
            "government] said so.",
        ),
        (
            "government of the United States",
            "[m: The US government] sent planes on Monday. [m: The American government] also closed the border.",
        ),
        (
            "Selangor police",
            "[m: Police] searched the house. [m: Selangor police] then left, and [m: the police] took a car.",
        ),
    ],
)
def test_who_holds_a_power_of_a_country_is_one(readers: Readers, name: str, line: str) -> None:
    text, gold = marked(line)
    assert list(actor(readers, text, name).mentions) == gold["m"]


def test_the_government_is_not_that_of_another_country_named_in_passing(readers: Readers) -> None:
    text = (
        "Taiwan and Taiwan's army trained on Monday. Taiwan said so. An analyst cited the South Korean government. "
        "It rained on Tuesday. Taiwan waited. Then the government closed the border."
    )
    mentions = actor(readers, text, "government of South Korea").mentions
    assert [span.of(text) for span in mentions] == ["the South Korean government"]


def actors_of(readers: Readers, reading: Reading) -> tuple[Actor, ...]:
    """The actors of a reading that has all layers before them."""
    return next(one for one in readers.opened if isinstance(one, ActorReader))(reading).actors


def test_a_victim_is_rather_whom_something_was_done_to(readers: Readers) -> None:
    text = "A dog attacked Noor Alam in Dhaka on Monday until Rob Stone drove it away. The victim went to a hospital."
    victim = Span(text.index("The victim"), text.index("The victim") + len("The victim"))
    before = readers.up_to("names", plain(text))
    unaided = replace(before, tags=replace(before.tagged(), antecedents={}))
    assert [one.name for one in actors_of(readers, unaided) if victim in one.mentions] == ["Noor Alam"]


TWO = "Ada Quill met Rosa Marin in Lima on Monday. Guards waited. Later {words} left for Cusco."


@pytest.mark.parametrize(
    ("words", "chances", "name"),
    [
        ("she", {"Ada": 0.9}, "Ada Quill"),
        ("she", {"Rosa": 0.9}, "Rosa Marin"),
        ("she", {"Rosa": 0.3, "Ada": 0.1}, "Ada Quill"),  # not sure enough against the rules
        ("she", {"Lima": 0.9}, "Ada Quill"),  # a town is no "she"
        ("the minister", {"Rosa": 0.9}, "Rosa Marin"),
        ("the minister", {"Rosa": 0.3}, None),
        ("the ministry", {"Rosa": 0.9}, None),  # a person is no ministry
        ("her minister", {"Rosa": 0.9}, None),  # Rosa is "her", or her minister
    ],
)
def test_the_network_may_know_better_whom_words_stand_for(
    readers: Readers, words: str, chances: dict[str, float], name: str | None
) -> None:
    text = TWO.format(words=words)
    before = readers.up_to("names", plain(text))
    tags = before.tagged()
    first = words.removeprefix("the ")
    at = tags.word(text.index(first))
    assert at is not None
    named = {tags.word(text.index(word)): chance for word, chance in chances.items()}
    reading = replace(before, tags=replace(tags, antecedents={at: named}))
    span = Span(text.index(words), text.index(words) + len(words))
    found = [one.name for one in actors_of(readers, reading) if one.named and span in one.mentions]
    assert found == ([name] if name is not None else [])


def test_nobody_goes_by_the_name_of_a_photographer(readers: Readers) -> None:
    text = "Photo: Rosa Marin\n\nThe minister left Lima at dawn."
    credit = Block(0, len("Photo: Rosa Marin"), "caption", credit=Span(0, len("Photo: Rosa Marin")))
    reading = plain(text)
    report = replace(reading.report, blocks=(credit, Block(credit.end + 2, len(text), "paragraph")))
    before = readers.up_to("names", replace(reading, report=report))
    tags = before.tagged()
    minister, rosa = tags.word(text.index("minister")), tags.word(text.index("Rosa"))
    assert minister is not None and rosa is not None
    found = actors_of(readers, replace(before, tags=replace(tags, antecedents={minister: {rosa: 0.9}})))
    assert [mention.of(text) for one in found if one.name == "Rosa Marin" for mention in one.mentions] == ["Rosa Marin"]
