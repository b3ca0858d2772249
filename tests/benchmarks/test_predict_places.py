"""The places of rows of one outlet are found in the light of each other, those of others by themselves."""

from msgspec.structs import replace

from benchmarks.predict import in_ledger, outlet
from dateline.model import Place, Reading, Toponym

AROUND = {name: Place(f"made:{name}", name, "FD", "PPL", 10 + n / 10, 10) for n, name in enumerate("ABCDE")}
HOME = Place("made:home", "Told by the home", "FD", "PPL", 0, 0)


class Reader:
    """Finds one place in each text, the one it names; with a home known, another."""

    name = "toponyms.en/0"

    def __call__(self, reading: Reading) -> Reading:
        place = HOME if reading.home else AROUND[reading.text]
        return replace(reading, toponyms=(Toponym(0, 1, reading.text, place, 0.9, (), (0.9,)),))


def test_rows_of_one_outlet_tell_its_home_whatever_their_gold_says() -> None:
    rows = [{"id": name, "text": name, "url": f"https://local.example/{name}", "toponyms": []} for name in AROUND]
    rows.append({"id": "other", "text": "A", "domain": "other.example", "toponyms": []})
    rows.append({"id": "none", "text": "A", "toponyms": []})
    found = {row["id"]: row["toponyms"][0]["lat"] for row in in_ledger(rows, [Reader()])}
    assert found == {**dict.fromkeys(AROUND, 0), "other": 10, "none": 10}


def test_an_outlet_is_known_by_its_domain_or_its_host() -> None:
    assert outlet({"domain": "local.example"}) == outlet({"url": "https://local.example/1"}) == "local.example"
    assert outlet({"url": None}) == outlet({}) == ""
