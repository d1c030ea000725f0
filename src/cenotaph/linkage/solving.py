"""From candidates to clusters: compare, learn, weigh, guard, cluster; then learn again from the clusters, twice.

Invariant: clusters teach the weights only what their members show (who is held together by several ties shows which
disagreements one person has), never the other way about what people decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cenotaph.linkage import cluster, pairs, weigh
from cenotaph.linkage.candidates import Candidates
from cenotaph.linkage.columns import Column
from cenotaph.linkage.compare import Compared, compare
from cenotaph.linkage.encode import Ints
from cenotaph.linkage.guards import Guarded, guard
from cenotaph.linkage.judgements import Settled
from cenotaph.linkage.settings import LinkSettings

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
_ROUNDS = 2
_REACH = -3.0  # log2 odds: weaker pairs connect nothing


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be linked, under what."""

    columns: Sequence[Column]
    lists: Ints
    unique: Flags
    settled: Settled
    settings: LinkSettings
    seed: int

    @property
    def size(self) -> int:
        """Return the number of records."""
        return len(self.lists)


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs of canonical positions with their evidence."""

    left: Ints
    right: Ints
    probability: Floats
    weight: Floats
    prior: Floats
    event: Floats
    parts: Floats


@dataclass(frozen=True, slots=True)
class Solved:
    """Clusters, the scored pairs, and which of them are kept or asked about (numbers into the scored ones)."""

    label: Ints
    scored: Scored
    kept: npt.NDArray[np.int64]
    questions: npt.NDArray[np.int64]
    report: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _State:
    left: Ints
    right: Ints
    compared: Compared
    model: weigh.Model


def solve(problem: Problem, found: Candidates) -> Solved:
    """Link the candidates."""
    judged = np.array((*problem.settled.same, *problem.settled.different, *problem.settled.unsure), dtype=np.int32)
    left, right = pairs.joined(found.left, found.right, judged.reshape(-1, 2))
    compared = compare(problem.columns, left, right)
    state = _State(left, right, compared, _learn(problem, left, right, compared))
    scored, guarded = _score(problem, state)
    label, cut = _cluster(problem, scored)
    for _ in range(_ROUNDS):
        state = _close(problem, state, scored, label)
        state = _relearn(problem, state, label)
        scored, guarded = _score(problem, state)
        label, cut = _cluster(problem, scored)
    return _result(problem, scored, guarded, label, cut)


def _kinds(problem: Problem) -> list[weigh.Kind]:
    return [weigh.Kind(column.key, column.kind) for column in problem.columns]


def _learn(problem: Problem, left: Ints, right: Ints, compared: Compared) -> weigh.Model:
    one, two = pairs.random_pairs(problem.lists, problem.unique, problem.settings.random_pairs, problem.seed)
    sample = compare(problem.columns, one, two)
    within = problem.lists[left] == problem.lists[right]
    return weigh.learn(_kinds(problem), sample, compared, within, pairs.universe(problem.lists, problem.unique))


def _score(problem: Problem, state: _State) -> tuple[Scored, Guarded]:
    """Weigh all pairs, hold back what never suffices, and let people's verdicts stand above it."""
    within = problem.lists[state.left] == problem.lists[state.right]
    weighed = weigh.weigh(state.model, state.compared, within)
    guarded = guard(
        problem.columns, state.left, state.right, state.compared, weighed.weight, weighed.parts,
        link_unnamed=problem.settings.link_unnamed,
    )  # fmt: skip
    weight = _judged(problem.settled, state.left, state.right, guarded.weight)
    probability = (1.0 / (1.0 + np.exp2(-weight.astype(np.float64)))).astype(np.float32)
    prior = np.log2(state.model.rate)[within.astype(int)].astype(np.float32)
    return Scored(state.left, state.right, probability, weight, prior, weighed.event, weighed.parts), guarded


def _judged(settled: Settled, left: Ints, right: Ints, weight: Floats) -> Floats:
    """Put verdicts in place of weights; an unsure pair is never linked by its own evidence."""
    weight = weight.copy()
    packed = (left.astype(np.int64) << 32) | right
    for verdict, said in ((settled.same, 50.0), (settled.different, -50.0), (settled.unsure, -0.5)):
        asked = np.array([(one << 32) | two for one, two in verdict], dtype=np.int64)
        at = np.searchsorted(packed, asked)
        weight[at] = np.minimum(weight[at], said) if said == -0.5 else said
    return weight


def _cluster(problem: Problem, scored: Scored) -> tuple[Ints, int]:
    group = np.arange(problem.size, dtype=np.int32)
    for one, leader in problem.settled.group.items():
        group[one] = leader
    bounds = cluster.Bounds(
        group=group,
        apart=np.where(problem.unique[problem.lists], problem.lists, -1).astype(np.int32),
        never=np.array(problem.settled.different, dtype=np.int32).reshape(-1, 2),
    )
    edges = cluster.Edges(scored.left, scored.right, scored.weight)
    return cluster.clusters(edges, bounds, _odds(problem.settings.link), _REACH)


def _odds(probability: float) -> float:
    return float(np.log2(probability / (1.0 - probability)))


def _close(problem: Problem, state: _State, scored: Scored, label: Ints) -> _State:
    """Compare also the third sides of triangles of likely pairs, so that averages rest on evidence."""
    likely = (scored.weight > _REACH) | (label[scored.left] == label[scored.right])
    sides = pairs.third_sides(state.left[likely], state.right[likely], problem.size)
    if len(sides):
        fresh = pairs.without(sides[:, 0], sides[:, 1], state.left, state.right)
        apart = problem.unique[problem.lists[sides[:, 0]]] & (problem.lists[sides[:, 0]] == problem.lists[sides[:, 1]])
        sides = sides[fresh & ~apart]
    if not len(sides):
        return state
    more = compare(problem.columns, sides[:, 0], sides[:, 1])
    left, right = np.concatenate((state.left, sides[:, 0])), np.concatenate((state.right, sides[:, 1]))
    order = np.lexsort((right, left))
    compared = Compared(
        np.concatenate((state.compared.levels, more.levels))[order], np.concatenate((state.compared.bits, more.bits))[order]
    )
    return _State(left[order], right[order], compared, state.model)


def _relearn(problem: Problem, state: _State, label: Ints) -> _State:
    within = problem.lists[state.left] == problem.lists[state.right]
    together = label[state.left] == label[state.right]
    model = weigh.relearn(state.model, state.compared, within, together, pairs.universe(problem.lists, problem.unique))
    return _State(state.left, state.right, state.compared, model)


def _result(problem: Problem, scored: Scored, guarded: Guarded, label: Ints, cut: int) -> Solved:
    together = label[scored.left] == label[scored.right]
    different = scored.weight <= -50.0
    kept = (scored.probability >= problem.settings.review) | together
    open_ = ~together & ~different & ((scored.probability >= problem.settings.review) | guarded.asked)
    apart = problem.unique[problem.lists[scored.left]] & (problem.lists[scored.left] == problem.lists[scored.right])
    questions = np.flatnonzero(open_ & ~apart)
    # the most uncertain first: there a verdict changes most
    questions = questions[np.lexsort((scored.right[questions], scored.left[questions], np.abs(scored.weight[questions])))]
    report = {"pairs": int(kept.sum()), "questions": len(questions), "groups_cut": cut}
    return Solved(label, scored, np.flatnonzero(kept), questions, report)
