"""GeoNames' dumps and tables of one's own become a gazetteer; what is wrong with one is told by its line."""

import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.lexicon.dumps import DumpFile
from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.gazetteer_file import PlaceRecord, write_gazetteer
from dateline.lexicon.place_building import PART, Building, PlaceBuilder
from dateline.lexicon.place_runs import merge_runs, write_run


def line(
    row: int, name: str, *, also: str = "", at: str = "10.5\t20.25", sort: str = "P\tPPL", country: str = "FD",
    admin: str = "01\t\t\t", people: int = 0,
) -> str:  # fmt: skip
    cells = (row, name, name, also, at, sort, country, "", admin, people, "", 12, "Europe/Paris", "2024-05-06")
    return "\t".join(map(str, cells))


DUMP = [
    line(1, "Republic of Freedonia", also="Freedonia,Fridonija,フリードニア", sort="A\tPCLI", admin="00\t\t\t"),
    line(2, "Upper Freedonia", sort="A\tADM1"),
    line(3, "Markstadt District", sort="A\tADM2", admin="01\t007\t\t"),
    line(4, "São Marco", also="San Marco,SMR", admin="01\t007\t\t", people=5_000),
    line(5, "Markstadt", people=70_000, at="-5.0\t-7.25"),
    line(6, "Gulf of Marx", sort="H\tGULF", country="", admin="\t\t\t"),
    line(7, "Old Mill", sort="S\t"),
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return write(tmp_path / "FD.txt", DUMP)


def write(path: Path, lines: Sequence[str]) -> Path:
    path.write_text("".join(f"{each}\n" for each in lines), encoding="utf-8")
    return path


def built(tmp_path: Path, *dumps: Path, own: Sequence[Path] = (), base: Path | None = None) -> Gazetteer:
    to = tmp_path / "made.places"
    PlaceBuilder(to, dumps, own, base).build()
    assert not Path(f"{to}.building").exists()
    return Gazetteer.open(to)


def names(gazetteer: Gazetteer, name: str) -> list[str]:
    return [entry.place.id for entry in gazetteer.look_up(name)]


def test_a_dump_becomes_a_gazetteer(tmp_path: Path, dump: Path) -> None:
    made = built(tmp_path, dump)
    (town,) = made.look_up("san marco")
    assert (town.place.id, town.place.name, town.place.lat, town.population) == ("geonames:4", "São Marco", 10.5, 5_000)
    assert (town.region, town.district, town.alternate) == ("Upper Freedonia", "Markstadt District", True)
    assert made.look_up("Markstadt")[0].district is None
    assert [entry.kind for key in ("Gulf of Marx", "Old Mill", "Freedonia") for entry in made.look_up(key)] == [
        "water", "site", "country",
    ]  # fmt: skip
    assert made.about()["places"] == "7"
    assert names(made, "SMR") == []


def test_units_come_from_the_files_of_codes_where_the_dump_has_none(tmp_path: Path) -> None:
    dump = write(tmp_path / "FD.txt", [*DUMP[4:], line(9, "Nova Marca", sort="A\tADMD", admin="\t\t\t")])
    one = write(tmp_path / "admin1CodesASCII.txt", ["FD.01\tUpper Freedonia\tUpper Freedonia\t9"])
    two = write(tmp_path / "admin2Codes.txt", ["FD.01.007\tMarkstadt District\tMarkstadt District\t3"])
    assert built(tmp_path, dump, one, two).look_up("Markstadt")[0].region == "Nova Marca"


def test_the_hierarchy_tells_a_region_where_the_codes_do_not(tmp_path: Path, dump: Path) -> None:
    hierarchy = write(tmp_path / "hierarchy.txt", ["2\t6\tADM", "3\t7\tother"])
    made = built(tmp_path, dump, hierarchy)
    assert made.look_up("Gulf of Marx")[0].region == "Upper Freedonia"
    assert made.look_up("Old Mill")[0].region == "Upper Freedonia"  # by its code


def test_the_region_by_the_hierarchy_is_the_first_order_unit_however_far_above(tmp_path: Path) -> None:
    dump = write(
        tmp_path / "FD.txt",
        [*DUMP[:3], line(20, "Hill Parish", sort="A\tADM3", admin="\t\t\t"), line(21, "Hillton", admin="\t\t\t"),
         line(22, "Round Lake", sort="H\tLK", admin="\t\t\t"), line(23, "Round Pond", sort="H\tPND", admin="\t\t\t"),
         line(24, "Old Freedonia", sort="A\tADM1H"), line(25, "Great Freedonia", sort="A\tPCLH", admin="\t\t\t"),
         line(26, "Lone Rock", sort="T\tRK", admin="\t\t\t")],
    )  # fmt: skip
    held = ["1\t2\tADM", "2\t3\tADM", "3\t20\tADM", "20\t21\tADM", "22\t23\t", "23\t22\t", "2\t25\tADM", "1\t26\tADM"]
    made = built(tmp_path, dump, write(tmp_path / "hierarchy.txt", held))
    names = ("Hillton", "Hill Parish", "Round Lake", "Old Freedonia", "Great Freedonia", "Upper Freedonia", "Lone Rock")
    regions = [made.look_up(name)[0].region for name in names]
    assert regions == ["Upper Freedonia", "Upper Freedonia", None, None, None, None, None]


def test_alternate_names_say_which_is_the_usual_one(tmp_path: Path, dump: Path) -> None:
    rows = [
        "1\t4\ten\tSaint Mark\t1\t\t\t\t\t", "2\t4\tde\tSankt Markus\t\t\t\t\t\t", "3\t4\tlink\thttps://x.org\t\t\t\t\t\t",
        "4\t4\ten\tMarky Town\t\t\t1\t\t\t", "5\t99\ten\tNowhere at All\t\t\t\t\t\t", "6\t4\tru\tСан-Марко\t\t\t\t\t\t",
        "7\t4\ten\tMarkopolis\t1\t\t\t1\t\t",
    ]  # fmt: skip
    made = built(tmp_path, dump, write(tmp_path / "alternateNamesV2.txt", rows))
    assert [made.look_up(name)[0].alternate for name in ("Saint Mark", "Sankt Markus", "Markopolis")] == [
        False, True, True,
    ]  # fmt: skip
    assert names(made, "Marky Town") == names(made, "Nowhere at All") == names(made, "San Marco") == []


def test_own_places_and_those_of_the_base_stay_beside_the_dump(tmp_path: Path, dump: Path) -> None:
    base = tmp_path / "base.sqlite"
    write_gazetteer(
        base,
        [PlaceRecord(5, "Markstadt", "FD", "PPL", 0.0, 0.0, also=("Markville",)),
         PlaceRecord(1_000_000_001, "Karl's Gate", "FD", "GATE", 1.0, 2.0, slug="dateline:karls-gate")],
        {},
    )  # fmt: skip
    own = write(tmp_path / "own.csv", ["Name,Lat,Lon,Also", '"Depot, North",1.5,2.5,North Depot|the Depot'])
    made = built(tmp_path, dump, own=[own], base=base)
    assert names(made, "Markville") == ["geonames:5"]
    assert made.look_up("Markville")[0].place.lat == -5.0  # the dump's point
    assert names(made, "Karl's Gate") == ["dateline:karls-gate"]
    assert names(made, "North Depot") == names(made, "Depot North") == ["own:depot-north"]
    assert made.mark() != ""


def test_tables_of_own_places_stand_beside_each_other(tmp_path: Path) -> None:
    tables = [write(tmp_path / f"{name}.csv", ["name,lat,lon", f"{name} One,1,2", f"{name} Two,3,4"]) for name in "ABC"]
    made = built(tmp_path, own=tables)
    assert made.about()["places"] == "6"
    assert all(names(made, f"{name} Two") == [f"own:{name.lower()}-two"] for name in "ABC")


def test_the_mark_tells_gazetteers_apart_whose_names_alone_differ(tmp_path: Path) -> None:
    def mark(also: str) -> str:
        own = write(tmp_path / "own.csv", ["name,lat,lon,also", f"North Depot,1,2,{also}", "South Depot,3,4,the Depot"])
        return built(tmp_path, own=[own]).mark()

    assert mark("Depot One") == mark("Depot One") != mark("Depot Two")
    assert mark("Depot One") != mark("the Depot")


def test_an_id_that_stands_in_two_tables_is_refused_with_the_line_of_the_second(tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", ["name,lat,lon", "North Depot,1,2"])
    two = write(tmp_path / "two.csv", ["name,lat,lon,id", "South Depot,3,4,", "Depot,5,6,north-depot"])
    with pytest.raises(LexiconError, match=r"two\.csv, line 3: the id own:north-depot stands here a second time"):
        built(tmp_path, own=[one, two])


def test_a_zip_is_read_as_what_it_holds(tmp_path: Path, dump: Path) -> None:
    with zipfile.ZipFile(tmp_path / "FD.zip", "w") as archive:
        archive.write(dump, "FD.txt")
        archive.writestr("readme.txt", "about")
    assert built(tmp_path, tmp_path / "FD.zip").about()["places"] == "7"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda lines: [lines[0], lines[1].rsplit("\t", 3)[0], *lines[2:]], "line 2: 16 columns, where a dump"),
        (lambda lines: [*lines[:1], lines[1].replace("\t2024", "\t24")], "line 2: the line breaks off"),
        (lambda lines: [line(0, "Nought")], "line 1: \"0\" is no GeoNames id"),
        (lambda lines: [line(8, "Off", at="95.0\t0")], "line 1: 95.0, 0 lie not on the earth"),
        (lambda lines: [line(8, "Off", at="north\t0")], 'line 1: "north", "0" are no degrees'),
        (lambda lines: [line(8, "Off", at="nan\t0")], "line 1: nan, 0 lie not on the earth"),
        (lambda lines: [line(8, "Off", sort="Q\tPPL")], "line 1: \"Q\" \"PPL\" is no class"),
        (lambda lines: [line(8, "Off", country="Freedonia")], "line 1: \"Freedonia\" is no code of a country"),
        (lambda lines: [line(8, "Off", people=10**30)], 'line 1: "1000000000000000000000000000000" is more people'),
        (lambda lines: [lines[1].replace("2", "²", 1)], 'line 1: "²" is no number'),
        (lambda lines: [lines[1].replace("2", "2" * 5_000, 1)], f'line 1: "{"2" * 40}…" is no GeoNames id'),
        (lambda lines: [line(8, "")], "line 1: the place has no name"),
        (lambda lines: ["geonameid,name,lat,lon"], "line 1: 1 column, where a dump of places has 19"),
        (lambda lines: [], "the file is empty"),
    ],
)  # fmt: skip
def test_a_bad_line_is_refused_with_its_number(
    tmp_path: Path, spoil: Callable[[list[str]], list[str]], message: str
) -> None:
    dump = write(tmp_path / "FD.txt", spoil(list(DUMP)))
    with pytest.raises(LexiconError) as told:
        built(tmp_path, dump)
    assert message in str(told.value)
    assert not (tmp_path / "made.places").exists()


def test_a_line_in_another_encoding_is_refused_with_its_number_and_column(tmp_path: Path, dump: Path) -> None:
    dump.write_bytes(dump.read_bytes().replace("São".encode(), "São".encode("latin-1")))
    with pytest.raises(LexiconError, match=r"FD.txt, line 4: column 2 is not UTF-8 \(byte 0xe3\)"):
        built(tmp_path, dump)


def test_a_dump_cut_short_is_refused_where_it_breaks_off(tmp_path: Path, dump: Path) -> None:
    dump.write_bytes(dump.read_bytes()[:-40])
    with pytest.raises(LexiconError, match="line 7: the file breaks off in the middle of this line"):
        built(tmp_path, dump)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "FD.zip").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(LexiconError, match=r"FD\.zip"):
        built(tmp_path, tmp_path / "FD.zip")


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_that_is_damaged_inside_is_refused(tmp_path: Path, dump: Path, packing: int) -> None:
    path = tmp_path / "FD.zip"
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.write(dump, "FD.txt")
    whole = path.read_bytes()
    at = whole.index(b"PK\x01\x02") // 2
    path.write_bytes(whole[:at] + bytes(byte ^ 1 for byte in whole[at : at + 8]) + whole[at + 8 :])
    with pytest.raises(LexiconError, match=r"FD\.zip"):
        built(tmp_path, path)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("name,lat\nA B,1\n", "line 1: the heading has no column lon"),
        ("name,lat,lon,colour\nA B,1,2,red\n", 'line 1: there can be no column "colour"'),
        ("name,lat,lon\nA B,1,2\nC D,1\n", "line 3: 2 columns, where the heading has 3"),
        ("name,lat,lon\nA B,1,2\n\nC D,x,2\n", "line 4: this is no number"),
        ("name,lat,lon\nA B,1,200\n", "line 2: 1, 200 lie not on the earth"),
        ("name,lat,lon\n,1,2\n", "line 2: the place has no name"),
        ("name,lat,lon,country\nA B,1,2,Freedonia\n", "line 2: \"FREEDONIA\" is no code of a country"),
        ("name,lat,lon\nA B,1,2\nA B,3,4\n", "line 3: the id own:a-b stands here a second time"),
        ("name,lat,lon,population\nA B,1,2,-5\n", "line 2: a population is not less than nothing"),
        ("name,lat,lon,population\nA B,1,2,10000000001\n", "line 2: the population is more people than there are"),
        ('name,lat,lon,id\nA B,1,2,ab\nC D,1,2,"c\td"\n', "line 3: the id has a tab or a line break in it"),
        ('name,lat,lon,id\nA B,1,2,"a\nb"\n', "line 3: the id has a tab or a line break in it"),
        ('name,lat,lon\n"A B"x,1,2\n', "line 2: this is no CSV"),
    ],
)  # fmt: skip
def test_a_bad_table_of_own_places_is_refused_with_its_line(tmp_path: Path, table: str, message: str) -> None:
    own = tmp_path / "own.csv"
    own.write_text(table)
    with pytest.raises(LexiconError) as told:
        built(tmp_path, own=[own])
    assert message in str(told.value)


def test_an_own_table_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_bytes("name,lat,lon\nA B,1,2\nCañón,3,4\n".encode("latin-1"))
    with pytest.raises(LexiconError, match="line 3: the line is not UTF-8"):
        built(tmp_path, own=[own])


class Stop(Exception):
    pass


@pytest.mark.parametrize(("after", "line_kept"), [(1, 0), (2, 0), (3, 10), (6, 40), (8, 59)])
def test_what_was_stopped_goes_on_and_makes_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int, line_kept: int
) -> None:
    monkeypatch.setattr("dateline.lexicon.place_building.TOLD", 10)
    dump = write(tmp_path / "FD.txt", [line(row, f"Town Nr {chr(97 + row % 26)}x{row // 26}") for row in range(1, 60)])
    whole, told = tmp_path / "whole.places", list[Building]()
    PlaceBuilder(whole, [dump], most=10, tell=told.append).build()
    assert [each.at for each in told if each.stage == "reading"] == sorted(
        {each.at for each in told if each.stage == "reading"}
    )

    def stop(building: Building) -> None:
        nonlocal after
        after -= 1
        if not after:
            raise Stop

    again = tmp_path / "again.places"
    with pytest.raises(Stop):
        PlaceBuilder(again, [dump], most=10, tell=stop).build()
    assert not again.exists()
    read: list[int] = []
    lines = DumpFile.lines

    def spy(self: DumpFile) -> object:
        read.append(self.line)
        return lines(self)

    monkeypatch.setattr(DumpFile, "lines", spy)
    PlaceBuilder(again, [dump], most=10).build()
    assert dumped(again) == dumped(whole)
    assert read == ([line_kept] if line_kept < 59 else [])


@pytest.mark.parametrize("stage", ["places", "names"])
def test_what_was_stopped_while_writing_goes_on_without_reading_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    monkeypatch.setattr("dateline.lexicon.place_building.BATCH", 5)
    dump = write(tmp_path / "FD.txt", [line(row, f"Town Nr {chr(97 + row % 26)}x{row // 26}") for row in range(1, 60)])
    PlaceBuilder(tmp_path / "whole", [dump]).build()
    counts: list[int] = []

    def stop(building: Building) -> None:
        counts.append(building.stage == stage)
        if sum(counts) == 3:
            raise Stop

    with pytest.raises(Stop):
        PlaceBuilder(tmp_path / "again", [dump], tell=stop).build()
    monkeypatch.setattr(DumpFile, "lines", lambda self: pytest.fail("read anew"))
    PlaceBuilder(tmp_path / "again", [dump]).build()
    assert dumped(tmp_path / "again") == dumped(tmp_path / "whole")


@pytest.mark.parametrize("last", ["pathlib.Path.replace", "shutil.rmtree"])
def test_what_was_stopped_when_all_was_written_can_be_built_again(
    tmp_path: Path, dump: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    PlaceBuilder(tmp_path / "whole", [dump]).build()
    replace = Path.replace

    def stop(path: Path, *rest: object) -> object:
        if path.name in (PART, "again.building"):
            raise Stop
        return replace(path, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patched, pytest.raises(Stop):
        patched.setattr(last, stop)
        PlaceBuilder(tmp_path / "again", [dump]).build()
    assert (tmp_path / "again").exists() == (last == "shutil.rmtree")
    PlaceBuilder(tmp_path / "again", [dump]).build()
    assert dumped(tmp_path / "again") == dumped(tmp_path / "whole")
    assert not (tmp_path / "again.building").exists()


def test_a_folder_is_refused_before_anything_is_read(tmp_path: Path, dump: Path) -> None:
    with pytest.raises(LexiconError, match="this is a folder"):
        PlaceBuilder(tmp_path, [dump]).build()
    assert not Path(f"{tmp_path}.building").exists()


def test_a_build_of_other_files_does_not_go_on_from_an_old_one(tmp_path: Path, dump: Path) -> None:
    to = tmp_path / "made.places"

    def stop(building: Building) -> None:
        if building.stage == "places":
            raise Stop

    with pytest.raises(Stop):
        PlaceBuilder(to, [dump], tell=stop).build()
    other = write(tmp_path / "FE.txt", [line(70, "Elsewhere")])
    PlaceBuilder(to, [other]).build()
    assert Gazetteer.open(to).about()["places"] == "1"


def dumped(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [each for each in database.iterdump() if "'made'" not in each]


def test_runs_are_merged_in_order(tmp_path: Path) -> None:
    write_run(tmp_path / "one", [b"c", b"a", b"b b"])
    write_run(tmp_path / "two", [b"a", b"bb"])
    assert list(merge_runs([tmp_path / "one", tmp_path / "two"])) == [b"a", b"a", b"b b", b"bb", b"c"]
    assert list(merge_runs([])) == []
