"""What is counted by whom, and what became of each value over the days."""

from dateline.corroboration import find_happening
from dateline.lexicon.origins import Origins
from dateline.model import Course, Entry, Happening

from .made import entry

ORIGINS = Origins.load()


def told(day: int, words: str, publisher: str = "Avalon Post", **more: object) -> Entry:
    published = f"2024-03-{day:02}T10:00:00+00:00"
    return entry(words, edition=f"r{day}{publisher[0]}", publisher=publisher, published=published, **more)  # type: ignore[arg-type]


def happening(*entries: Entry) -> Happening:
    return find_happening(entries, origins=ORIGINS)


def lines(courses: tuple[Course, ...], slot: str) -> list[tuple[str, str, str, str | None]]:
    return [(each.value, each.first, each.fate, each.ended) for each in courses if each.slot == slot]


def test_a_toll_has_its_lowest_highest_and_the_latest_of_each_origin() -> None:
    one = happening(
        told(5, "A ferry [sank] and 12 people were killed."),
        told(6, "The ferry that [sank] killed 31 people."),
        told(6, "At least 20 were killed when a ferry [sank].", publisher="Boria Times"),
    )
    (toll,) = one.tolls
    assert (toll.what, toll.lowest.words, toll.highest.words) == ("killed", "12", "31")
    assert {(count.origin, count.words, count.most) for count in toll.latest} == {
        ("Avalon Post", "31", 31.0),
        ("Boria Times", "At least 20", None),
    }


def test_counts_that_agree_are_no_toll() -> None:
    one = happening(
        told(5, "A ferry [sank] and 12 people were killed."),
        told(6, "Twelve people were killed when a ferry [sank].", publisher="Boria Times"),
    )
    assert one.tolls == ()


def test_a_value_that_its_own_paper_replaces_is_corrected() -> None:
    first = told(5, "A ferry [sank] and 12 people were killed.", when="2024-03-04")
    later = told(6, "The ferry that [sank] killed 31 people.", when="2024-03-04")
    one = happening(first, later)
    assert lines(one.courses, "number") == [
        ("12", first.id, "corrected", later.id),
        ("31", later.id, "stands", None),
    ]
    assert lines(one.courses, "when") == [("2024-03-04", first.id, "stands", None)]
    (when,) = [each for each in one.courses if each.slot == "when"]
    assert (when.last, when.line) == (later.id, "Avalon Post")


def test_what_a_line_denies_later_is_withdrawn() -> None:
    first = told(5, "A ferry [sank] in the bay.", said_by="the navy")
    later = told(7, "No ferry [sank], the navy said.", publisher="Boria Times", said_by="the navy", status="denied")
    assert lines(happening(first, later).courses, "status") == [
        ("happened", first.id, "withdrawn", later.id),
        ("denied", later.id, "stands", None),
    ]


def test_a_plan_that_came_about_is_an_update() -> None:
    plan = told(5, "A ferry will [sail] on Friday.", status="planned")
    done = told(6, "The ferry [sailed] on Friday.")
    one = happening(plan, done)
    assert lines(one.courses, "status") == [
        ("planned", plan.id, "updated", done.id),
        ("happened", done.id, "stands", None),
    ]
    assert [each.relation for each in one.disagreements if each.slot == "status"] == ["updated"]


def test_time_runs_on_where_zones_differ() -> None:
    words = ("A ferry [sank] and 12 people were killed.", "The ferry that [sank] killed 31 people.")
    early, late = (
        entry(told, edition=edition, publisher="Avalon Post", published=f"2024-03-05T{clock}")
        for told, edition, clock in zip(words, ("r1", "r2"), ("10:00:00+05:00", "08:00:00+00:00"), strict=True)
    )
    one = happening(late, early)
    assert one.entries == (early, late)
    assert lines(one.courses, "number") == [("12", early.id, "corrected", late.id), ("31", late.id, "stands", None)]
    (toll,) = one.tolls
    assert [count.words for count in toll.latest] == ["31"]


def test_other_papers_correct_nobody() -> None:
    first = told(5, "A ferry [sank] and 12 people were killed.")
    other = told(6, "The ferry that [sank] killed 31 people.", publisher="Boria Times")
    assert happening(first, other).courses == ()
