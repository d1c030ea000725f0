"""Draws of the clustering follow the doubt and keep what is settled."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linkage.world import crowd, facts, judge, run, table

from cenotaph.errors import InputError
from cenotaph.linkage import Links, doubt
from cenotaph.model import Judgement, ListFacts

PROBABILITIES = st.floats(0.06, 0.999)


def linked(names: list[str], pairs: dict[tuple[int, int], float], held: float = 0.0) -> tuple[pa.Table, Links]:
    """Return records of the lists named and links of the given probabilities, nobody clustered yet."""
    rows = [{"record": f"{name}:{k}", "list": name} for k, name in enumerate(names)]
    probability = np.array(list(pairs.values()))
    kept = pa.table(
        {
            "left": np.array([left for left, _ in pairs], np.int32),
            "right": np.array([right for _, right in pairs], np.int32),
            "probability": probability,
            "weight": np.log2(probability / (1 - probability)).astype(np.float32),
            "w.settled": np.full(len(pairs), held, np.float32),
        }
    )
    return table(rows), Links(kept, np.arange(len(names), dtype=np.int32), kept.slice(0, 0))


def together(
    records: pa.Table, links: Links, *judgements: Judgement, count: int = 400, unique: bool = False
) -> Counter[tuple[int, ...]]:
    drawn = doubt(records, links, facts("a", "b", "c", unique=unique), judgements).draws(count)
    return Counter(tuple(one.cluster.tolist()) for one in drawn)


@pytest.mark.parametrize("probability", [0.1, 0.5, 0.8])
def test_a_doubtful_link_is_drawn_as_often_as_it_is_probable(probability: float) -> None:
    """Of two thousand draws the share that links is the probability, within four standard errors."""
    found = together(*linked(["a", "b"], {(0, 1): probability}), count=2000)
    assert abs(found[0, 0] / 2000 - probability) < 4 * np.sqrt(probability * (1 - probability) / 2000)


def test_sure_links_are_in_every_draw_and_groups_are_drawn_whole() -> None:
    """Two records that surely are one go in or out together."""
    found = together(*linked(["a", "b", "c"], {(0, 1): 0.999, (0, 2): 0.6, (1, 2): 0.6}))
    assert set(found) == {(0, 0, 0), (0, 0, 2)}


def test_a_link_that_a_guard_holds_back_is_never_drawn() -> None:
    """What never suffices suffices in no draw."""
    assert set(together(*linked(["a", "b"], {(0, 1): 0.41}, held=-3.0))) == {(0, 1)}


@settings(max_examples=25, deadline=None)
@given(st.lists(PROBABILITIES, min_size=10, max_size=10), st.lists(st.sampled_from("abc"), min_size=5, max_size=5))
def test_no_draw_breaks_a_verdict_or_a_list_that_holds_nobody_twice(chances: list[float], names: list[str]) -> None:
    """Different stay apart, same stay together, and two records of one such list are two people in every draw."""
    places = itertools.combinations(range(5), 2)
    pairs = {(i, j): p for (i, j), p in zip(places, chances, strict=True) if names[i] != names[j]}
    records, links = linked(names, pairs)
    ids = records["record"].to_pylist()
    verdicts = (judge(ids[0], ids[1], "different"), judge(ids[2], ids[3], "same", sequence=2))
    said_same = {2, 3}
    for label in together(records, links, *verdicts, count=10, unique=True):
        assert label[0] != label[1]
        assert label[2] == label[3]
        clashes = [(i, j) for i in range(5) for j in range(i) if names[i] == names[j] and label[i] == label[j]]
        assert all(said_same & {i, j} for i, j in clashes)


@settings(max_examples=25, deadline=None)
@given(st.lists(PROBABILITIES, min_size=10, max_size=10))
def test_no_draw_brings_two_records_of_one_register_together(chances: list[float]) -> None:
    """Records of two lists of one imported register, which holds nobody twice, are two people in every draw."""
    pairs = dict(zip(itertools.combinations(range(5), 2), chances, strict=True))
    records, links = linked(["a", "a", "b", "b", "c"], pairs)
    lists = {name: ListFacts(name=name, register=None if name == "c" else "r") for name in "abc"}
    for one in doubt(records, links, lists).draws(10):
        assert len(set(one.cluster[:4].tolist())) == 4


def test_draws_of_real_links_vary_around_them_and_repeat_with_the_seed() -> None:
    """Surely linked people stay linked; the same seed gives the same clusterings, another seed others."""
    rows = crowd()
    found = run(rows)
    lists = facts("a", "b", "c")
    made = doubt(table(rows), found, lists)
    first = [one.cluster.tolist() for one in made.draws(3)]
    assert first == [one.cluster.tolist() for one in made.draws(3)]
    sure = found.pairs.filter(pa.compute.greater(found.pairs["probability"], 0.999))
    for label in first:
        assert np.array_equal(np.array(label)[sure["left"]], np.array(label)[sure["right"]])
    assert made.at(0.5).cluster.tolist() == found.cluster.tolist()


def test_a_lower_threshold_links_more_and_a_threshold_is_a_probability() -> None:
    """From strict to loose there are never more people; 1 is no threshold."""
    made = doubt(*linked(["a", "b", "c"], {(0, 1): 0.4, (1, 2): 0.8}), facts("a", "b", "c"))
    assert [len(set(made.at(share).cluster.tolist())) for share in (0.9, 0.5, 0.1)] == [3, 2, 1]
    assert made.doubtful == 2
    with pytest.raises(InputError, match="between 0 and 1"):
        made.at(1.0)


def test_no_order_of_rows_matters_to_a_draw() -> None:
    """The same records in another order are drawn into the same people."""
    rows = crowd(120)
    shuffled = [rows[k] for k in np.random.default_rng(4).permutation(len(rows))]
    drawn = []
    for order in (rows, shuffled):
        made = doubt(table(order), run(order), facts("a", "b", "c"))
        ids = [row["record"] for row in order]
        drawn.append([_people(ids, one.cluster.tolist()) for one in made.draws(3)])
    assert drawn[0] == drawn[1]


def _people(ids: list[str | None], cluster: list[int]) -> set[frozenset[str | None]]:
    held: dict[int, set[str | None]] = {}
    for record, label in zip(ids, cluster, strict=True):
        held.setdefault(label, set()).add(record)
    return {frozenset(one) for one in held.values()}


def test_no_third_record_joins_two_of_a_family_in_any_draw() -> None:
    """Two given names of one family and event are two people in every draw, however sure both are of a third record."""
    records, links = linked(["a", "b", "c"], {(0, 2): 0.97, (1, 2): 0.97})
    family = pa.table({"left": np.array([0], np.int32), "right": np.array([1], np.int32)})
    assert (0, 0, 0) in together(records, links)
    assert all(found[0] != found[1] for found in together(records, replace(links, kin=family)))
