"""Formats of others, judged by the programs of others."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.interchange.days import ends, prefix
from cenotaph.pipeline.estimating import register_of
from cenotaph.pipeline.exchanging import export_register, import_register
from cenotaph.publishing.public import PublicDate
from cenotaph.values import date


def _entities(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_entities_are_what_followthemoney_reads(made: Path, tmp_path: Path) -> None:
    """Every entity validates, the library keeps all but zero-width joiners of it, every act leads to its person."""
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is in the group `exchange`: make test-exchange")
    export_register(made, "ftm", out=tmp_path / "a.json")
    found = _entities(tmp_path / "a.json")
    people = {each["id"] for each in found if each["schema"] == "Person"}
    assert len(people) == 5
    for each in found:
        ftm.model.get(each["schema"]).validate(each)
        proxy = ftm.model.get_proxy(each, cleaned=False)
        kept = {name: sorted(texts) for name, texts in proxy.to_dict()["properties"].items()}
        said = {
            name: sorted(text.replace("\u200c", "") for text in texts) for name, texts in each["properties"].items()
        }
        assert {name: [text.replace("\u200c", "") for text in texts] for name, texts in kept.items()} == said
        assert set(each["properties"].get("involved", ())) <= people
    killed = next(each for each in found if each["id"].endswith("-death-1") and "death.date: 30.7.1988" in str(each))
    assert killed["schema"] == "Event"
    assert "death.date: مرداد ۱۳۶۷" in killed["properties"]["notes"]


def test_the_extension_is_a_model_of_followthemoney(made: Path, tmp_path: Path) -> None:
    """With the schemata beside it, a detention, a killing and a burial validate as such."""
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is in the group `exchange`: make test-exchange")
    from followthemoney.model import Model

    export_register(made, "ftm", out=tmp_path / "a.json", extended=True)
    schemata = shutil.copytree(Path(ftm.__file__).parent / "schema", tmp_path / "model")
    for path in (tmp_path / "ftm_schema").iterdir():
        shutil.copy(path, schemata)
    model = Model(str(schemata))
    found = _entities(tmp_path / "a.json")
    assert {"Detention", "Killing", "Burial"} <= {str(each["schema"]) for each in found}
    for each in found:
        schema = model.get(str(each["schema"]))
        assert schema is not None
        schema.validate(each)
    assert any(each["properties"].get("manner") == ["shot"] for each in found)  # type: ignore[union-attr]


def test_entities_come_back_as_records(made: Path, tmp_path: Path) -> None:
    """The persons of an FtM file become records with their names, sex and dates as written; their acts too."""
    export_register(made, "ftm", out=tmp_path / "theirs.json")
    found = import_register(tmp_path / "case", "ftm", tmp_path / "theirs.json")
    assert (found["persons"], found["new"]) == (5, True)
    persons = list(register_of(Case.load(tmp_path / "case")).persons())
    first = next(person for person in persons if any("Tavan" in value.shown for value in person.values))
    said = {(value.property, claim.claim.raw) for value in first.values for claim in value.claims}
    assert {("death.date", "30.7.1988"), ("sex", "male"), ("arrest.date", "1985"), ("burial.place", "a field")} <= said
    assert ("name", "تاوان اورسن") in said


def test_the_graph_expands_and_flattens(made: Path, tmp_path: Path) -> None:
    """A JSON-LD processor, with nothing to fetch, finds each person with schema.org and Wikidata properties."""
    pyld = pytest.importorskip("pyld", reason="pyld is in the group `dev`")
    export_register(made, "jsonld", out=tmp_path / "a.jsonld")
    data = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))

    def nothing(address: str, _options: object) -> None:
        raise AssertionError(f"the graph wants {address}")

    expanded = pyld.jsonld.expand(data, {"documentLoader": nothing})
    flat = pyld.jsonld.flatten(data, None, {"documentLoader": nothing})
    people = [each for each in expanded if "https://schema.org/Person" in each["@type"]]
    assert len(people) == 5
    assert {each["@id"] for each in people} < {each["@id"] for each in flat}
    died = [each["http://www.wikidata.org/prop/direct/P570"][0] for each in people]
    assert {each["@type"] for each in died} == {"http://id.loc.gov/datatypes/edtf/EDTF"}
    assert any("http://www.wikidata.org/prop/direct/P20" in each for each in people)
    sexes = [each["http://www.wikidata.org/prop/direct/P21"][0]["@id"] for each in people
             if "http://www.wikidata.org/prop/direct/P21" in each]  # fmt: skip
    assert set(sexes) == {"http://www.wikidata.org/entity/Q6581097", "http://www.wikidata.org/entity/Q6581072"}


def test_events_standard_tables_hang_together(made: Path, tmp_path: Path) -> None:
    """Every act has a victim and an event of the tables, every person an information, dates are intervals."""
    export_register(made, "huridocs", out=tmp_path)
    read = {
        path.name: list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        for path in tmp_path.iterdir()
    }
    people = {row["901 Person record number"] for row in read["persons.csv"]}
    events = {row["101 Event record number"] for row in read["events.csv"]}
    assert len(people) == 5
    assert {row["2102 Victim"] for row in read["acts.csv"]} <= people
    assert {row["2103 Event"] for row in read["acts.csv"]} == events
    assert {row["2504 Related person"] for row in read["information.csv"]} == people
    year = next(row for row in read["acts.csv"] if row["2111 Initial date"] == "1988-01-01")
    assert year["2121 Final date"] == "1988-12-31"
    assert any(row["903 Name"] == "'=Miran Velk" for row in read["persons.csv"])


@pytest.mark.parametrize(
    ("text", "short", "interval"),
    [
        ("1988-07-30", "1988-07-30", ("1988-07-30", "1988-07-30")),
        ("1988-07", "1988-07", ("1988-07-01", "1988-07-31")),
        ("1988", "1988", ("1988-01-01", "1988-12-31")),
        ("مرداد ۱۳۶۷", "", ("1988-07-23", "1988-08-22")),
        ("summer 1988", "", None),
        ("unknown", "", ("", "")),
    ],
)
def test_no_day_is_made_up(text: str, short: str, interval: tuple[str, str] | None) -> None:
    """A format that knows days, months and years gets one only where the source means exactly that."""
    read = date(text)
    shown = PublicDate(earliest=read.earliest, latest=read.latest, calendar="", edtf=read.edtf)
    assert prefix(shown) == short
    assert interval is None or ends(shown) == interval
    assert prefix(None) == ""
    assert ends(None) == ("", "")
