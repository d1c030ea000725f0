"""The explanation of a pair: its steps add up, its values are the sources', its words exist in every language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from lxml import etree

from cenotaph import linkage
from cenotaph.case import Case
from cenotaph.errors import InputError, NotFound
from cenotaph.linkage import MEANINGS
from cenotaph.linkage.clusters.guards import GUARDS
from cenotaph.pipeline import decide, keeping
from cenotaph.pipeline.explaining import Explained, explain
from cenotaph.pipeline.stages import silent
from cenotaph.review import LANGUAGES, picture, plain, spoken, text_of, waterfall
from cenotaph.review.telling import bar, met, percent, signed
from cenotaph.review.waterfall import values
from cenotaph.values.facing import Answer

ISOLATES = re.compile("[\u2066-\u2069]")


@pytest.fixture(scope="module")
def opened(linked: Path):
    """Return the records and the links of the case."""
    case = Case.load(linked)
    records, _, case = keeping.read(case, author="local", tell=silent)
    return records, keeping.link(case, records, tell=silent)


def pair(opened, at: int, table: str = "questions") -> tuple[str, str]:
    records, links = opened
    row = getattr(links, table).slice(at, 1).to_pylist()[0]
    return records["record"][row["left"]].as_py(), records["record"][row["right"]].as_py()


@pytest.mark.parametrize("table", ["pairs", "questions"])
def test_steps_add_up_to_the_total_and_the_total_is_the_links(opened, table: str) -> None:
    """Of every pair that linking kept the bits of the steps sum to its weight, and its probability is theirs."""
    records, links = opened
    for row in getattr(links, table).to_pylist():
        found = waterfall(records, row, spoken("en"), linked=table == "pairs")
        assert sum(step.bits for step in found.steps) == pytest.approx(row["weight"], abs=0.06)
        assert found.probability == pytest.approx(1 / (1 + 2.0**-found.total), abs=1e-4)


def test_what_is_weighed_beside_the_properties_is_a_step_of_its_own(opened) -> None:
    """Bits that belong to no property, and bits of a property that one does not state, are steps and are not lost."""
    records, links = opened
    row = dict(links.questions.slice(0, 1).to_pylist()[0])
    missing = next(key for key in row if key.startswith("a.") and row[key] == 0).removeprefix("a.")
    row |= {"w.company": 2.5, f"w.{missing}": -1.5, "weight": row["weight"] + 1.0}
    found = waterfall(records, row, spoken("en"), linked=False)
    assert [(step.title, step.bits) for step in found.steps if step.kind == "beside"] == [("Third records", 2.5)]
    assert [step.bits for step in found.steps if step.key == missing] == [-1.5]
    assert missing not in found.silent
    assert "Third records" in text_of(found, spoken("en"), ("one", "two"))


def test_values_stand_as_the_sources_wrote_them(opened) -> None:
    """Both values of each step are texts of the two records, and a property that one does not state is no step."""
    records, links = opened
    row = links.questions.slice(0, 1).to_pylist()[0]
    found = waterfall(records, row, spoken("fa"), linked=False)
    steps = [step for step in found.steps if step.kind == "property"]
    assert steps
    for step in steps:
        assert step.left == " / ".join(values(records, step.key, row["left"]))
        assert step.left
        assert step.right
    assert not {step.key for step in steps} & set(found.silent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_meaning_guard_and_answer_has_words(language: str) -> None:
    """No level, guard or reason that linking can give is without words in a language."""
    table = spoken(language).table
    assert {code for codes in MEANINGS.values() for code in codes} == set(table["agreement"])
    assert set(GUARDS) == set(table["guards"])
    assert set(Answer) == set(table["facing"])


def test_figures_are_written_as_their_language_does() -> None:
    """A sign is a true minus, nothing nearly sure is called sure, and Persian has its digits in one direction."""
    english, persian = spoken("en"), spoken("fa")
    assert (signed(-3.14, english), signed(0.0, english), signed(2, english)) == ("\u22123.1", "0.0", "+2.0")
    assert (percent(0.99999, english), percent(0.00001, english), percent(0.42, english)) == (
        "> 99.9%",
        "< 0.1%",
        "42.0%",
    )
    assert ISOLATES.sub("", signed(-3.14, persian)) == "\u2212۳٫۱"
    assert ISOLATES.sub("", percent(0.5, persian)) == "۵۰٫۰٪"
    assert (len(bar(0.1)), len(bar(5.0)), len(bar(400.0)), bar(-1.0)) == (1, 5, 12, "░")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_holds_every_step_and_every_word(opened, language: str) -> None:
    """The SVG is well formed, has a bar for each step and for the total, inside the picture, and names both records."""
    records, links = opened
    for row in links.questions.slice(0, 8).to_pylist():
        found = waterfall(records, row, spoken(language), linked=False)
        root = etree.fromstring(picture(found, spoken(language), ("List <one> & more", "List two")))
        texts = ISOLATES.sub("", " ".join("".join(each.itertext()) for each in root))
        bars = [each for each in root if each.tag.endswith("rect")][1:]
        assert len(bars) == len(found.steps) + 1
        assert all(
            float(each.get("x")) >= 0 and float(each.get("x")) + float(each.get("width")) <= 760 for each in bars
        )
        assert found.left in texts
        assert found.right in texts
        assert "List <one> & more" in texts
        assert all(step.title in texts for step in found.steps)


def test_a_kept_pair_is_explained_in_text_and_json(linked: Path, opened) -> None:
    """Text has the probability and each step of the JSON, whichever record is named first; keys only where asked."""
    one, two = pair(opened, 0)
    found = explain(linked, one, two)
    assert isinstance(found, Explained)
    told, data = found.text("en"), found.to_json()
    words = spoken("en")
    assert percent(data["probability"], words) in told
    assert all(step["title"] in told for step in data["steps"])
    assert json.loads(json.dumps(data)) == json.loads(json.dumps(explain(linked, two, one).to_json()))
    assert data["kept"]
    assert data["found_by"] is None
    assert explain(linked, one, two, keys=True).to_json()["found_by"]


def test_a_pair_that_was_never_kept_is_weighed_on_demand(linked: Path, opened) -> None:
    """Two records of no kept pair get a total that guards alone may have lowered, and why they never met is said."""
    records, links = opened
    kept = {(row["left"], row["right"]) for table in (links.pairs, links.questions) for row in table.to_pylist()}
    lists = records["list"].to_pylist()
    right = next(at for at in range(1, len(lists)) if lists[at] != lists[0] and (0, at) not in kept)
    ids = records["record"]
    found = explain(linked, ids[0].as_py(), ids[right].as_py())
    data = found.to_json()
    assert not data["kept"]
    assert data["probability"] < linkage.LinkSettings().review
    assert {step["kind"] for step in data["steps"]} <= {"prior", "property", "event", "rest", "guard"}
    assert met(found.meeting, spoken("en"), kept=False)[0] in found.text("en")
    again, _ = keeping.read(Case.load(linked), author="local", tell=silent)[:2]
    assert np.array_equal(keeping.link(Case.load(linked), again, tell=silent).cluster, links.cluster)


def test_a_verdict_stands_as_the_last_step(folder: Path, opened) -> None:
    """After a judgement the explanation ends with it, and the reasons before it are as they were."""
    one, two = pair(opened, 0)
    decide(folder, "judge", author="r7", left=one, right=two, verdict="different", reason="two cousins")
    found = explain(folder, one, two).to_json()
    assert (found["steps"][-1]["kind"], found["linked"]) == ("person", False)
    assert "r7" in found["steps"][-1]["note"]
    assert found["probability"] < 0.001


def test_a_person_is_explained_by_what_it_hangs_on(linked: Path, opened) -> None:
    """A record, or the public id of its person, leads to the person's weakest link; one record alone has none."""
    records, links = opened
    row = linkage.weakest(links.pairs, links.cluster).table.slice(0, 1).to_pylist()[0]
    founder = records["record"][row["person"]].as_py()
    found = explain(linked, founder)
    assert {found.row["left"], found.row["right"]} == {row["left"], row["right"]}
    assert found.to_json()["held"] == {"records": row["records"], "side": row["side"]}
    assert explain(linked, Case.load(linked).public_id(founder)).row == found.row
    alone = int(np.flatnonzero(np.bincount(links.cluster, minlength=len(links.cluster)) == 1)[0])
    assert explain(linked, records["record"][alone].as_py()) is None


def test_what_cannot_be_explained_is_refused_by_id(linked: Path, opened) -> None:
    """An unknown record, an unknown person and a record beside itself are errors that name the id."""
    one, _ = pair(opened, 0)
    with pytest.raises(NotFound, match="no record nobody:1"):
        explain(linked, one, "nobody:1")
    with pytest.raises(NotFound, match="no record and no person nobody:1"):
        explain(linked, "nobody:1")
    with pytest.raises(InputError, match="is one record"):
        explain(linked, one, one)


def test_pictures_are_written_in_each_language(linked: Path, opened, tmp_path: Path) -> None:
    """SVG and PNG, English and Persian."""
    made = explain(linked, *pair(opened, 0)).draw(tmp_path / "pictures")
    assert sorted(path.name for path in made) == ["why.en.png", "why.en.svg", "why.fa.png", "why.fa.svg"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in made if path.suffix == ".png")


def test_the_link_stage_keeps_what_each_person_hangs_on(linked: Path, opened) -> None:
    """``build/link/weakest.parquet`` has a row for each person of several records, with ids, weights and guards."""
    import pyarrow.parquet as pq

    table = pq.read_table(linked / "build" / "link" / "weakest.parquet")
    sizes = np.bincount(opened[1].cluster)
    assert table.num_rows == int((sizes > 1).sum())
    assert {"person_record", "left_record", "right_record", "probability", "guards", "w.name"} <= set(
        table.column_names
    )


def test_text_names_what_a_list_is_called(opened) -> None:
    """The two titles and the two ids stand in the first line."""
    records, links = opened
    found = waterfall(records, links.questions.slice(0, 1).to_pylist()[0], spoken("fa"), linked=False)
    first = ISOLATES.sub("", text_of(found, spoken("fa"), ("یک", "دو")).splitlines()[0])
    assert f"{found.left} (یک)" in first
    assert f"{found.right} (دو)" in first
    assert plain(found)["left"] == found.left
