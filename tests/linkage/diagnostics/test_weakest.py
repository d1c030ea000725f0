"""What a person hangs on: the weakest of the links that hold it together, found by brute force and by us."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linkage.world import crowd, run

from cenotaph.linkage import MEANINGS, guards_of, weakest
from cenotaph.linkage.comparison.levels import PRIOR

SIZE = 7


def pairs(edges: dict[tuple[int, int], float]) -> pa.Table:
    ordered = sorted(edges)
    return pa.table({
        "left": pa.array([one for one, _ in ordered], pa.int32()),
        "right": pa.array([two for _, two in ordered], pa.int32()),
        "weight": pa.array([edges[each] for each in ordered], pa.float32()),
    })  # fmt: skip


def reached(edges: list[tuple[int, int]], start: int) -> set[int]:
    found, open_ = {start}, [start]
    while open_:
        here = open_.pop()
        near = {two for one, two in edges if one == here} | {one for one, two in edges if two == here}
        open_ += near - found
        found |= near
    return found


@st.composite
def clusters(draw: st.DrawFn) -> dict[tuple[int, int], float]:
    """Make a connected cluster of SIZE records with weighted pairs."""
    tree = {(draw(st.integers(0, at - 1)), at) for at in range(1, SIZE)}
    more = draw(st.sets(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))))
    chosen = sorted(tree | {(min(pair), max(pair)) for pair in more if pair[0] != pair[1]})
    return {pair: float(draw(st.integers(-3, 12))) for pair in chosen}


@settings(deadline=None)
@given(clusters())
def test_the_weakest_link_is_the_strongest_bottleneck(edges: dict[tuple[int, int], float]) -> None:
    """No stronger links hold the cluster together, and without links as weak as it the two sides part."""
    found = weakest(pairs(edges), np.zeros(SIZE, np.int32))
    (row,) = found.table.to_pylist()
    bottleneck = max(
        weight for weight in edges.values() if len(reached([e for e, w in edges.items() if w >= weight], 0)) == SIZE
    )
    side = {at for at in range(SIZE) if found.side[at]}
    across = [weight for (one, two), weight in edges.items() if (one in side) != (two in side)]
    assert row["weight"] == bottleneck == max(across)
    assert (row["left"] in side, row["right"] in side) == (False, True)
    assert (row["records"], row["side"]) == (SIZE, min(len(side), SIZE - len(side)))


def test_every_person_of_several_records_has_one_and_nobody_else() -> None:
    """Of real links each cluster of two records and more has a row whose records are its own, with its weights."""
    links = run(crowd(120))
    found = weakest(links.pairs, links.cluster)
    sizes = np.bincount(links.cluster)
    assert found.table["person"].to_pylist() == np.flatnonzero(sizes > 1).tolist()
    rows = found.table.to_pylist()
    assert all(links.cluster[row["left"]] == links.cluster[row["right"]] == row["person"] for row in rows)
    assert {"w.name", "a.name", "guards"} <= set(found.table.column_names)
    assert not found.side[sizes[links.cluster] == 1].any()


def test_every_level_has_a_meaning() -> None:
    """A level that linking gives is a level that can be said in words."""
    assert {kind: len(shares) for kind, shares in PRIOR.items()} == {kind: len(said) for kind, said in MEANINGS.items()}


def test_a_guard_is_named() -> None:
    """Two records alike in name and town, forty years apart in age, are held back by the guard of ages, by its name."""
    alike = {"name": "Quorvin Zalmeddin", "death.place": "Arvand", "sex": "male"}
    rows = [*crowd(300), {"record": "a:x", "list": "a", "age": "20", **alike},
            {"record": "b:x", "list": "b", "age": "61", **alike}]  # fmt: skip
    links = run(rows)
    (row,) = [
        each for each in links.questions.to_pylist() if {each["left"], each["right"]} == {len(rows) - 2, len(rows) - 1}
    ]
    assert guards_of(row["guards"]) == ("ages",)
    assert row["w.settled"] < 0
    assert guards_of(0) == ()
