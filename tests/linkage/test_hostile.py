"""Shapes that break linkers, small: each finishes, compares few pairs a record, keeps its promise and says what it did.

The shapes are those of `benchmarks/hostile.py`, which links a hundred thousand records of each.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pytest
from tests.linkage.world import facts, run, table

from cenotaph.linkage import LinkSettings, link

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))  # its scripts are no part of the package
import hostile
import hostile_shapes

SIZE = 2000


@pytest.mark.parametrize("name", list(hostile.SHAPES))
def test_a_hostile_shape_keeps_its_promise(name: str) -> None:
    """Nobody is linked who should not be, few pairs are compared, and oversized blocks are counted."""
    shape = hostile.SHAPES[name]
    case = shape.make(SIZE)
    links = case.link()
    assert len(links.cluster) == len(case.lists)
    assert hostile.broken(shape, case, links) == []


@pytest.mark.parametrize("name", ["one-name", "one-name-two-lists", "letters", "nothing", "blanks", "distinct"])
def test_nothing_but_a_common_name_never_links(name: str) -> None:
    """Records without evidence beside one common name are as many people as they are records."""
    links = hostile.SHAPES[name].make(SIZE).link()
    assert links.report["persons"] == links.report["records"]


def test_a_broken_promise_is_named() -> None:
    """A shape whose links are wrong says which figure is below what was promised."""
    case = hostile.SHAPES["itself"].make(200)
    strangers = hostile.Case(case.columns, case.lists, case.person // 2, case.unique)
    said = hostile.broken(
        hostile.Shape(hostile.SHAPES["itself"].make, precision=1.0, recall=1.0), strangers, strangers.link()
    )
    assert len(said) == 1
    assert said[0].startswith("recall 0.3")


@pytest.mark.parametrize("columns", [{}, {"name": pa.array([], pa.string())}])
def test_an_empty_table_gives_nobody(columns: dict[str, pa.Array]) -> None:
    """No record at all is linked into no person, with and without columns."""
    none = {
        "record": pa.array([], pa.string()),
        "list": pa.array([], pa.string()),
        "order": pa.array([], pa.int64()),
    }
    links = link(pa.table(none | columns), facts("a"))
    assert (links.report["records"], links.report["persons"], len(links.pairs), len(links.questions)) == (0, 0, 0, 0)


def test_one_record_is_one_person() -> None:
    """A single record is its own founding record, and nobody is asked anything."""
    links = run([{"record": "a:1", "list": "a", "name": "Dorvan Akkarov"}])
    assert links.cluster.tolist() == [0]
    assert len(links.questions) == 0


def test_records_that_say_nothing_but_their_list_are_people() -> None:
    """Without a single column of claims every record is a person."""
    rows: list[dict[str, str | None]] = [{"record": f"a:{at}", "list": "a"} for at in range(50)]
    assert link(table(rows), facts("a")).report["persons"] == 50


def test_fewer_neighbours_compare_fewer_pairs() -> None:
    """What a record is compared with is bounded by the setting, not by how many are like it."""
    case = hostile.SHAPES["one-place"].make(4000)
    few = link(case.records, case.facts, settings=LinkSettings(neighbours=5, block=10))
    many = link(case.records, case.facts)
    assert few.report["candidates"]["kept"] < many.report["candidates"]["kept"] <= 40 * 4000


@pytest.mark.parametrize("copies", [40, 100, 250])
def test_a_row_repeated_more_often_than_a_block_holds_is_one_person(copies: int) -> None:
    """Copies in blocks too large to compare all with all meet in other rooms by other keys, and are linked."""
    size = 24 * copies
    case = hostile_shapes.copied(size, copies)
    links = case.link()
    assert hostile.measures(case, links) == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert links.report["candidates"]["kept"] < 60 * size
