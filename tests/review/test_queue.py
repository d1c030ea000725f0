"""The order of the review: what a verdict is expected to change, worked out by hand and held against ours."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linkage.world import crowd, judge, table

from cenotaph.linkage import Links, link
from cenotaph.model import ListFacts
from cenotaph.review import queue

LISTS = ("a", "b", "c")
PARTS = ("w.prior", "w.event", "w.settled", "w.name")


def pairs(rows: list[tuple[int, int, float]]) -> pa.Table:
    weight = [float(np.log2(share / (1.0 - share))) for _, _, share in rows]
    found = {
        "left": pa.array([one for one, _, _ in rows], pa.int32()),
        "right": pa.array([two for _, two, _ in rows], pa.int32()),
        "probability": pa.array([share for _, _, share in rows], pa.float32()),
        "weight": pa.array(weight, pa.float32()),
        "guards": pa.array([0] * len(rows), pa.uint8()),
        "a.name": pa.array([1] * len(rows), pa.uint8()),
    }
    return pa.table(found | {part: pa.array([0.0] * len(rows), pa.float32()) for part in PARTS})


@st.composite
def worlds(draw: st.DrawFn) -> tuple[pa.Table, Links, tuple[str, ...]]:
    """Make records on lists, people made of chains of links, and questions between people."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    starts = np.cumsum([0, *sizes])
    cluster = np.repeat(starts[:-1], sizes).astype(np.int32)
    share = st.integers(1, 99).map(lambda n: n / 100)
    inside = [(int(at), int(at) + 1, draw(share)) for at in range(len(cluster) - 1) if cluster[at] == cluster[at + 1]]
    across = [pair for pair in combinations(range(len(cluster)), 2) if cluster[pair[0]] != cluster[pair[1]]]
    chosen = sorted(draw(st.sets(st.sampled_from(across), max_size=8))) if across else []
    asked = [(one, two, draw(share)) for one, two in chosen]
    names = [draw(st.sampled_from(LISTS)) for _ in cluster]
    records = pa.table({"record": [f"r:{at}" for at in range(len(cluster))], "list": names})
    serving = tuple(sorted(draw(st.sets(st.sampled_from(LISTS)))))
    return records, Links(pairs(inside), cluster, pairs(asked)), serving


def change(one: set[int], two: set[int], names: list[str], serving: tuple[str, ...]) -> int:
    """Count what a verdict changes: records, one person, pairs of lists that only both together are on."""
    here, there = ({names[at] for at in side} & set(serving) for side in (one, two))
    return min(len(one), len(two)) + 1 + len(here - there) * len(there - here)


@settings(deadline=None)
@given(worlds())
def test_what_is_expected_to_change_most_stands_first(world: tuple[pa.Table, Links, tuple[str, ...]]) -> None:
    """Expected change is chance times change, as counted by hand, and falls from the first question to the last."""
    records, links, serving = world
    found = queue(records, links, [], serving=serving)
    names = records["list"].to_pylist()
    for each in found.questions:
        one, two = (set(np.flatnonzero(links.cluster == links.cluster[row]).tolist()) for row in each.rows)
        if each.linked:  # people here are chains: what lies before the link, and what after it
            one, two = {at for at in one if at <= each.rows[0]}, {at for at in two if at >= each.rows[1]}
        chance = 1.0 - each.probability if each.linked else each.probability
        np.testing.assert_allclose(each.expected, chance * change(one, two, names, serving), rtol=1e-6)
    worth = [each.expected for each in found.questions]
    assert worth == sorted(worth, reverse=True)


@settings(deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_tables_changes_nothing(world, random) -> None:
    """The same pairs in another order of rows give the same questions in the same order."""
    records, links, serving = world
    shuffled = []
    for rows in (links.pairs, links.questions):
        order = list(range(rows.num_rows))
        random.shuffle(order)
        shuffled.append(rows.take(pa.array(order, pa.int64())))
    again = queue(records, Links(shuffled[0], links.cluster, shuffled[1]), [], serving=serving)
    assert again == queue(records, links, [], serving=serving)


@settings(deadline=None)
@given(worlds(), st.sampled_from(["same", "different", "unsure"]))
def test_a_decided_pair_leaves_the_open_questions(world, verdict: str) -> None:
    """Whatever the verdict, a judged pair is no open question, its persons are not asked about by another pair, and
    every question between others stands as it stood.
    """
    records, links, serving = world
    before = queue(records, links, [], serving=serving)
    if not before.questions:
        return
    first = before.questions[0]
    after = queue(records, links, [judge(first.left, first.right, verdict)], serving=serving)
    open_ = [each.rows for each in after.questions if each.judgement is None]
    assert [each.rows for each in before.questions[1:]] == open_
    assert [each.rows for each in after.questions if each.judgement is not None] == [first.rows]


def test_each_person_is_asked_about_once_by_its_weakest_link() -> None:
    """A chain of a strong and a doubtful link has one question, the doubtful one, that would move one record."""
    links = Links(pairs([(0, 1, 0.9), (1, 2, 0.6)]), np.zeros(3, np.int32), pairs([]))
    records = pa.table({"record": ["r:0", "r:1", "r:2"], "list": ["a", "b", "c"]})
    (question,) = queue(records, links, [], serving=LISTS).questions
    assert (question.rows, question.linked, question.moved, question.overlaps) == ((1, 2), True, 1, 2)
    sure = Links(pairs([(0, 1, 0.99), (1, 2, 0.98)]), np.zeros(3, np.int32), pairs([]))
    assert queue(records, sure, [], serving=LISTS).questions == ()


def test_judging_and_linking_again_empties_the_queue_step_by_step() -> None:
    """Of real links, the first question judged different is gone from the queue of the next linking."""
    rows = crowd(200, seed=5)
    lists = {name: ListFacts(name=name, date_order="ymd", capture=True) for name in ("a", "b")}
    records = table(rows)
    said = []
    for round_ in range(2):
        links = link(records, lists, said)
        open_ = [each for each in queue(records, links, said, serving=("a", "b")).questions if each.judgement is None]
        assert not {each.rows for each in open_} & {tuple(sorted(map(_row(rows), (j.left, j.right)))) for j in said}
        if not open_:
            return
        said.append(judge(open_[0].left, open_[0].right, "different", sequence=round_ + 1))


def _row(rows):
    return {row["record"]: at for at, row in enumerate(rows)}.__getitem__
