"""The dumps that are made by dice are as GeoNames' are, and what building them costs is told."""

from pathlib import Path
from random import Random

import pytest

from benchmarks import places_build
from dateline.desk.places import build_places
from dateline.lexicon.gazetteer import Gazetteer


def test_the_dumps_become_a_gazetteer_of_as_many_places(tmp_path: Path) -> None:
    places_build.make_dumps(tmp_path, 300, Random(1))  # noqa: S311 (dice for a benchmark)
    dumps = [tmp_path / "allCountries.txt", tmp_path / "alternateNamesV2.txt"]
    about = Gazetteer.open(build_places(dumps, tmp_path / "all.places", shipped=False)).about()
    assert about["places"] == "300"
    assert 300 < int(about["names"]) < 300 + 400


def test_each_size_is_told_and_what_all_would_cost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places_build.main(["--sizes", "200", "400", "--folder", str(tmp_path)])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" places:")[0].strip() for line in lines] == ["200", "400", "13,500,000"]
    assert all(f"{measure} " in line for measure in places_build.MEASURES for line in lines)
    assert list(tmp_path.iterdir()) == []
