"""Reports are gathered into stories, and their events linked as a ledger links them or as CoNLL F1 asks."""

from benchmarks.corroboration import clusters, link
from benchmarks.mentions import MentionReader
from benchmarks.stories import find_stories, pairs_of_stories
from dateline.corroboration import find_profile
from dateline.corroboration.facts import likeness
from dateline.intake import plain_report
from dateline.model import Reading
from dateline.reading.pipeline import open_annotators
from dateline.reading.sentences import SentenceReader
from tests.corroboration.made import entry

BOMB = "A car bomb killed 12 people in Avalon on Tuesday, Mayor Tessa Quill said."
BLAST = "Twelve people were killed in Avalon on Tuesday when a car bomb went off, Mayor Tessa Quill said."
SCHOOL = "Ada Marsh opened a school in Boria with singing, dancing and a long lunch for all pupils."
TEXTS = {"r1": BOMB, "r2": BLAST, "r3": SCHOOL}
ENTRIES = [
    entry(BOMB.replace("killed", "[killed]"), edition="r1", published=None),
    entry(BLAST.replace("killed", "[killed]"), edition="r2", published=None),
    entry(SCHOOL.replace("opened", "[opened]"), edition="r3", published=None),
]
READINGS = [Reading(plain_report(text, id=id)) for id, text in TEXTS.items()]


def test_reports_about_the_same_are_one_story() -> None:
    story_of = find_stories({id: find_profile(text) for id, text in TEXTS.items()})
    assert story_of == {"r1": "r1", "r2": "r1", "r3": "r3"}
    assert list(pairs_of_stories(ENTRIES, story_of)) == [(ENTRIES[0].id, ENTRIES[1].id)]
    assert find_stories({}) == {}


def test_two_stories_of_one_kind_stay_two() -> None:
    """All share the words of any storm, and each shares more with those of its own story."""
    storm = "The storm tore roofs off houses, cut the power and closed schools on the coast, officials said."
    stories = {
        "a": ("Hurricane Ada reached Avalon", "Mayor Tessa Quill opened the arena", "winds of 200 km an hour blew"),
        "c": ("Cyclone Boris moved over Boria", "Governor Rob Stone sent boats", "soldiers came into the delta"),
    }
    texts = {
        f"{story}{number}": f"{storm} {', '.join(told[number % 3 :] + told[: number % 3])}."
        for story, told in stories.items()
        for number in range(4)
    }
    profiles = {id: find_profile(text) for id, text in texts.items()}
    assert likeness(profiles["a0"].words, profiles["c0"].words) > 0.2
    assert find_stories(profiles) == {id: f"{id[0]}0" for id in texts}


def test_events_of_one_story_are_linked() -> None:
    first, second, other = ENTRIES
    for as_ledger in (False, True):
        found = link(ENTRIES, READINGS, None, as_ledger=as_ledger)
        assert (found[first.id] == found[second.id], found[first.id] == found[other.id]) == (True, False)


def test_what_the_groups_part_is_not_linked() -> None:
    first, second, _ = ENTRIES
    for as_ledger in (False, True):
        found = link(ENTRIES, READINGS, {"r1": "x", "r2": "y", "r3": "x"}, as_ledger=as_ledger)
        assert found[first.id] != found[second.id]


def test_occasions_and_offences_are_mentions_but_not_in_the_names_of_bodies() -> None:
    text = "Ada Quill hosted the Oscars after the office party. The Eastern Conference charged him with DUI on Friday."
    reading = Reading(plain_report(text, id="r9"))
    for annotator in open_annotators():
        reading = annotator(reading)
    found = {span.of(text) for span in MentionReader.load()(reading)}
    assert {"Oscars", "party", "DUI"} <= found
    assert not any("Conference" in words for words in found)


def test_own_mentions_are_clustered_in_place_of_the_rows() -> None:
    reader = MentionReader.load()
    rows = [{"id": id, "events": []} for id in TEXTS]
    parsed = [SentenceReader.load()(reading) for reading in READINGS]
    mentions = [reader(reading) for reading in parsed]
    words = [{span.of(reading.text) for span in spans} for reading, spans in zip(READINGS, mentions, strict=True)]
    assert all("killed" in each for each in words[:2]) and "opened" in words[2]
    found = clusters(rows, parsed, mentions=mentions)
    assert [len(row["events"]) for row in found] == [len(spans) for spans in mentions]
    assert clusters(rows, parsed) == [{"id": id, "events": []} for id in TEXTS]
