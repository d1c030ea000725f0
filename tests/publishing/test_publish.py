"""The door of the room: from a register and a case to folders, with canaries planted wherever nothing may leave."""

from __future__ import annotations

import gzip
import html
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from cenotaph.case import Case
from cenotaph.errors import InputError, Refused
from cenotaph.estimation import Bound, Estimate, Reason, Verdict, Weight
from cenotaph.publishing import publish
from cenotaph.registry import load_criteria
from cenotaph.values.properties import PROPERTIES

CANARY = "Qanari5e1"  # a word that stands nowhere else
CONFIG = """
[case]
title = "The Dead of Savalan"
languages = ["en", "fa"]
include = "killed in Savalan"
invented = true

[publisher]
name = "Savalan Circle"
affiliation = "none"
funding = "members"
contact = "desk@savalan.example"

[publish]
date = "2026-11-01"
audience = { "name.father" = "public" }

[[publish.corrections]]
date = "2026-10-01"
what = "A page was divided."

[lists.amar]
title = "Amar Committee"
file = "amar.csv"
key = "id"
language = "en"
covers = { period = "1988/.." }
columns.name = "name"
cites.leaflet = { column = "leaflet", title = "Leaflet of 1371" }

[lists.bayan]
title = "دفتر بیان"
file = "bayan.csv"
key = "id"
language = "fa"
columns.name = "name"

[lists.copy]
file = "copy.csv"
key = "id"
derived_from = ["amar"]
columns.name = "name"
"""


def _case(folder: Path, text: str = CONFIG) -> Case:
    """Return a case whose ledger holds a canary in every place for words, and in every author."""
    case = Case.create(folder, text, secret=bytes(32))
    with case.open_ledger() as ledger:
        source = {"digest": "ab" * 32, "size": 3, "media_type": "text/csv", "list": "amar", "edition": 1}
        ledger.append("source", source, {"filename": f"{CANARY}.csv", "origin": CANARY}, CANARY)
        reading = {"list": "amar", "edition": 1, "source": "ab" * 32, "records": 1, "refused": 0, "digest": "cd" * 32}
        ledger.append("reading", reading, {"note": CANARY}, CANARY)
        pair = {"left": case.public_id("amar:1"), "right": case.public_id("bayan:2"), "verdict": "same"}
        ledger.append("judgement", pair, {"left": "amar:1", "right": "bayan:2", "reason": CANARY}, CANARY)
        choice = {"record": case.public_id("amar:1"), "chosen": case.public_id("amar:1"), "property": "death.date"}
        ledger.append("choice", choice, {"record": "amar:1", "chosen": "amar:1", "reason": CANARY}, CANARY)
    return Case.load(folder)


def _register(people: list[Any]) -> Any:
    table = pa.table({"included": [p.included for p in people], "records": [len(p.records) for p in people]})

    def persons(*, included: bool = False) -> Iterator[Any]:
        return (p for p in people if p.included or not included)

    nothing = SimpleNamespace(columns=SimpleNamespace(keys=()))  # no column to ask by
    case = SimpleNamespace(config=SimpleNamespace(case=SimpleNamespace(country=None)), lists={})
    return SimpleNamespace(table=table, criteria=load_criteria(), persons=persons, assembly=nothing, case=case)


def _estimate() -> Estimate:
    return Estimate(
        documented=2,
        verdict=Verdict.FRAGILE,
        reasons=(Reason("few", Weight.WEAKEN),),
        methods={"chao": Bound(3.0, (2.0, 5.0))},
        seed=1988,
        table_sha256="e" * 64,
        version="0.1.0",
        settings={"note": CANARY},
        checks={"note": CANARY},
        statements={"en": "At least three.", "fa": "دست‌کم سه نفر."},
        explanations={"en": ("Few lists.",), "fa": ("فهرست‌ها کم‌اند.",)},
    )


def _canaries(invented: Any) -> list[Any]:
    """People with a canary in everything that may not leave."""
    internal = [name for name, each in PROPERTIES.items() if each.audience != "public" and name != "name.father"]
    hidden = [
        invented.value(invented.claim(key, CANARY, CANARY)) for key in [*internal, "other.remarks", f"other.{CANARY}"]
    ]
    key = f"amar:{CANARY}"
    father = invented.value(invented.claim("name.father", "Reza"))
    return [
        invented.rich(2),
        invented.person("Mina Zarrin", *hidden, father, number=3, id=key, records=(key,)),
        invented.person(CANARY, number=4, contested=True),
        invented.person(CANARY, number=5, visibility="hidden"),
        invented.person(CANARY, number=6, fates={}),
        invented.person(CANARY, number=7, included=False),
        invented.person("Sara", invented.value(invented.claim("occupation", CANARY)), number=8, visibility="name-only"),
        invented.person("Yusef", invented.value(invented.claim("photo", CANARY)), number=9),
    ]


def _texts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte of every file, also inside archives, and every file's name."""
    for path in sorted(folder.rglob("*")):
        yield str(path.relative_to(folder)), str(path.relative_to(folder)).encode()
        if path.is_file():
            content = path.read_bytes()
            yield str(path), content
            if content[:2] == b"\x1f\x8b":
                yield f"{path} unpacked", gzip.decompress(content)
            if content[:2] == b"PK":
                archive = zipfile.ZipFile(io.BytesIO(content))
                yield from ((f"{path}/{name}", archive.read(name)) for name in archive.namelist())


def test_no_canary_leaves(invented: Any, tmp_path: Path) -> None:
    """A word planted in every place nothing may leave from is in no byte of what is published."""
    case = _case(tmp_path / "case")
    report = publish(_register(_canaries(invented)), _estimate(), case, out=tmp_path / "out")
    assert report.persons == 4
    for place, content in _texts(tmp_path / "out"):
        assert CANARY.encode() not in content, place
        assert CANARY.lower().encode() not in content.lower(), place
        assert b"secretkey" not in content, place
        assert case.secret.hex().encode() not in content, place
    assert report.withheld == {
        "contested": 1,
        "hidden": 1,
        "no source states the person dead or disappeared": 1,
    }


def test_the_door_publishes_both_parts(invented: Any, tmp_path: Path) -> None:
    """The memorial and the tables stand in folders of their own; asking again changes nothing."""
    case, register = _case(tmp_path / "case"), _register([invented.rich(2)])
    done: list[tuple[int, int]] = []
    report = publish(register, _estimate(), case, out=tmp_path / "out", progress=lambda n, most: done.append((n, most)))
    found = report.to_json()
    assert json.dumps(found)
    assert found["changed"] == {"site": True, "data": True}
    assert found["folders"] == [str(tmp_path / "out" / "site"), str(tmp_path / "out" / "data")]
    assert done[-1] == (1, 1)
    for name in ("people.csv", "claims.csv", "people.jsonld", "estimate.json", "lists.csv"):
        assert (tmp_path / "out/site/data" / name).read_bytes() == (tmp_path / "out/data/data" / name).read_bytes()
    again = publish(register, _estimate(), case, out=tmp_path / "out")
    assert again.to_json()["changed"] == {"site": False, "data": False}


def test_pages_say_what_the_case_says(invented: Any, tmp_path: Path) -> None:
    """Publisher, criteria, the estimate in its words, the log of corrections and the head stand on the pages."""
    case = _case(tmp_path / "case")
    quality = {"precision": 0.987}
    site = publish(_register([invented.rich(2)]), _estimate(), case, out=tmp_path, parts=["site"], quality=quality)
    folder = site.made["site"].folder
    method = (folder / "en/methodology.html").read_text(encoding="utf-8")
    for text in ("Savalan Circle", "members", "independent &gt;= 2", "At least three.", "0.987", case.head, "1988"):
        assert text in method
    assert "دست‌کم سه نفر." in (folder / "fa/index.html").read_text(encoding="utf-8")
    assert "A page was divided." in (folder / "en/corrections.html").read_text(encoding="utf-8")
    assert "period 1988/.." in html.unescape((folder / "en/lists.html").read_text(encoding="utf-8"))
    assert not (tmp_path / "data").exists()


def test_a_case_that_does_not_say_who_speaks_is_refused(invented: Any, tmp_path: Path) -> None:
    """Without publisher and funding nothing is published, and nothing is left behind."""
    case = _case(tmp_path / "case", CONFIG.replace('funding = "members"\n', ""))
    with pytest.raises(Refused, match="does not say funding"):
        publish(_register([invented.rich(2)]), None, case, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_unknown_part_is_refused(invented: Any, tmp_path: Path) -> None:
    """A part that does not exist is refused with the names of those that do."""
    case = _case(tmp_path / "case")
    with pytest.raises(InputError, match="the parts are site, data"):
        publish(_register([]), None, case, out=tmp_path / "out", parts=["poster"])
    assert invented
