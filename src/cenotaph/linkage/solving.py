"""From candidates to clusters: compare, learn, close triangles and learn again, calibrate, guard, cluster.

Invariant: the model learns from records and triangles alone; judgements calibrate it, train what it weighs once there
are enough of them, and stand above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates import graph, pairs
from cenotaph.linkage.candidates.search import Candidates
from cenotaph.linkage.clusters import cluster, questions
from cenotaph.linkage.clusters.assignment import assign
from cenotaph.linkage.clusters.facts import RecordFacts
from cenotaph.linkage.clusters.guards import HELD_BACK, Guarded, guard
from cenotaph.linkage.clusters.judgements import Settled
from cenotaph.linkage.comparison.compare import sorted_distinct
from cenotaph.linkage.comparison.compared_pairs import Pairs
from cenotaph.linkage.comparison.remembered import Comparer, Remembered, places
from cenotaph.linkage.encoding.encode import Ints
from cenotaph.linkage.settings import LinkSettings
from cenotaph.linkage.weights import learn, thinning, training
from cenotaph.linkage.weights.calibrate import SURE, calibrate
from cenotaph.linkage.weights.company import company
from cenotaph.linkage.weights.model import Model, Weighed, probability, total, weigh

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
_ROUNDS = 2
_DECIDED = 50.0  # log2 odds of a verdict
_REACH = -3.0  # log2 odds: weaker pairs connect nothing


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be linked, under what."""

    facts: RecordFacts
    compare: Comparer
    sides: Remembered  # the same, for third sides of triangles and pairs that people judged
    lists: Ints
    unique: Flags
    settled: Settled
    settings: LinkSettings
    seed: int
    whole: Ints  # for each list what holds nobody twice: itself, or the imported register it is part of

    @property
    def size(self) -> int:
        """Return the number of records."""
        return len(self.lists)

    @property
    def apart(self) -> Ints:
        """Return the list of each record where it holds nobody twice, -1 elsewhere."""
        return np.where(self.unique[self.lists], self.whole[self.lists], -1).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs of canonical positions with their evidence."""

    left: Ints
    right: Ints
    probability: Floats
    weight: Floats
    prior: Floats
    event: Floats
    held: Floats  # what guards and people's verdicts changed
    parts: Floats
    levels: npt.NDArray[np.uint8]  # of agreement, (pairs, properties)
    refused: npt.NDArray[np.uint8]  # marks of the guards that held a pair back
    company: Floats  # what third records say, nought until verdicts taught it


@dataclass(frozen=True, slots=True)
class Solved:
    """Clusters, the scored pairs, and which of them are kept, asked about or of kin (numbers into the scored ones)."""

    label: Ints
    scored: Scored
    kept: npt.NDArray[np.int64]
    questions: npt.NDArray[np.int64]
    kin: npt.NDArray[np.int64]
    report: dict[str, Any]


def compared_pairs(problem: Problem, found: Candidates) -> Pairs:
    """Compare the candidates."""
    return Pairs(found.left, found.right, problem.compare(found.left, found.right))


def teach(problem: Problem, base: Pairs) -> Model:
    """Learn from the candidates, or enough of very many, from random pairs and from what triangles imply."""
    one, two = pairs.random_pairs(problem.lists, problem.unique, problem.settings.random_pairs, problem.seed)
    model = learn.learn(problem.facts.kinds, problem.compare(one, two), _lesson(problem, base))
    base, step = _thinned(problem, base, model)
    state = _with_judged(problem, base)
    for _ in range(_ROUNDS):
        state = _closed(problem, state, model, 1)
        model = _refined(problem, state, model, step)
    return model


def _thinned(problem: Problem, base: Pairs, model: Model) -> tuple[Pairs, float]:
    """Return the pairs to learn from, and how many each of them stands for."""
    if len(base.left) <= thinning.ENOUGH:
        return base, 1.0
    kept, step = thinning.drawn(base.left, base.right, _likely(problem, base, model), problem.size)
    return base.chosen(kept), step


def solve(problem: Problem, base: Pairs, model: Model) -> Solved:
    """Link the compared candidates under a model, which may have been learnt from fewer records."""
    state = _closed(problem, _with_judged(problem, base), model, _ROUNDS)
    scored, guarded, trained = _score(problem, state, model)
    label, groups = _cluster(problem, scored, guarded.kin)
    solved = _result(problem, scored, guarded, label)
    return replace(solved, report={**solved.report, **groups, "training": _told(problem.settled, trained)})


def _with_judged(problem: Problem, base: Pairs) -> Pairs:
    """Put the pairs that people judged among the candidates."""
    judged = _judged_records(problem.settled)
    asked = sorted_distinct(pairs.packed(judged[:, 0], judged[:, 1]))
    at, there = places(base.packed, asked)
    return base.with_more(at[~there], asked[~there], problem.sides(asked[~there])) if len(asked) else base


def _lesson(problem: Problem, state: Pairs) -> learn.Lesson:
    within = problem.lists[state.left] == problem.lists[state.right]
    return learn.Lesson(state.compared, within, pairs.universe(problem.lists, problem.unique))


def _refined(problem: Problem, state: Pairs, model: Model, step: float) -> Model:
    """Learn again with what triangles imply, and calibrate."""
    lesson = _lesson(problem, state)
    raw = replace(model, offset=0.0, scale=1.0)
    weight = total(raw, state.compared, lesson.within)[0]
    implied = _implied(problem, state, weight)
    raw = learn.relearn(raw, lesson, np.maximum(probability(weight), implied).astype(np.float32), step)
    weight = total(raw, state.compared, lesson.within)[0]
    scale = calibrate(weight, _implied(problem, state, weight), _verdicts(problem.settled, state, weight))
    return replace(raw, offset=scale.offset, scale=scale.scale)


def _implied(problem: Problem, state: Pairs, weight: Floats) -> Flags:
    """Mark the pairs that are third sides of triangles of sure pairs."""
    return np.asarray(graph.closing(state.left, state.right, weight >= SURE, problem.size), dtype=bool)


def _verdicts(settled: Settled, state: Pairs, weight: Floats) -> tuple[Floats, Flags]:
    at, same = _judged_pairs(settled, state)
    return weight[at], same


def _judged_pairs(settled: Settled, state: Pairs) -> tuple[npt.NDArray[np.int64], Flags]:
    """Return where the judged pairs stand, and whether each is the same."""
    at = _places(state.left, state.right, (*settled.same, *settled.different))
    same = np.zeros(len(at), dtype=bool)
    same[: len(settled.same)] = True
    return at, same


def _places(left: Ints, right: Ints, asked: Sequence[tuple[int, int]]) -> npt.NDArray[np.int64]:
    """Return where pairs stand among the sorted ones."""
    if not len(asked):
        return np.empty(0, dtype=np.int64)
    packed = (left.astype(np.int64) << 32) | right
    return np.searchsorted(packed, np.array([(one << 32) | two for one, two in asked], dtype=np.int64))


def _score(problem: Problem, state: Pairs, model: Model) -> tuple[Scored, Guarded, training.Trained | None]:
    """Weigh all pairs, hold back what never suffices, and let people's verdicts stand above it."""
    plain = weigh(model, state.compared, problem.lists[state.left] == problem.lists[state.right])
    weighed, trained = _trained(problem, state, plain)
    guarded = guard(
        problem.facts, (state.left, state.right), state.compared,
        replace(weighed, parts=plain.parts),  # what a name alone may do is not for verdicts to change
        lists=problem.lists if problem.settings.link_unnamed else None,
    )  # fmt: skip
    weight = _judged(problem.settled, state, guarded.weight)
    said = (probability(weight), weight, weighed.prior, weighed.event, weight - weighed.weight, weighed.parts)
    scored = Scored(state.left, state.right, *said, state.compared.levels, guarded.refused, weighed.company)
    return scored, guarded, trained


def _trained(problem: Problem, state: Pairs, weighed: Weighed) -> tuple[Weighed, training.Trained | None]:
    """Return the weights that people's verdicts teach, or those there are where verdicts are few or teach nothing."""
    at, same = _judged_pairs(problem.settled, state)
    if not training.enough(same):
        return weighed, None
    kept = company(state.left, state.right, probability(weighed.weight), problem.size)
    evidence = training.Evidence(weighed, state.compared.levels, kept)
    trained = training.train(evidence, at, same)
    return (weighed if trained is None else trained.applied(evidence)), trained


def _told(settled: Settled, trained: training.Trained | None) -> dict[str, Any]:
    """Say how many verdicts there are to learn from, and what came of it."""
    told = {"same": len(settled.same), "different": len(settled.different), "trained": trained is not None}
    return told if trained is None else {**told, "bits_a_verdict": round(trained.gain, 3), "strength": trained.strength}


def _judged(settled: Settled, state: Pairs, weight: Floats) -> Floats:
    """Put verdicts in place of weights; an unsure pair is never linked by its own evidence."""
    weight = weight.copy()
    weight[_places(state.left, state.right, settled.same)] = _DECIDED
    weight[_places(state.left, state.right, settled.different)] = -_DECIDED
    unsure = _places(state.left, state.right, settled.unsure)
    weight[unsure] = np.minimum(weight[unsure], HELD_BACK)
    return weight


def _cluster(problem: Problem, scored: Scored, kin: Flags) -> tuple[Ints, dict[str, int]]:
    """Return the cluster of each record, and what stood in the way of clustering all at once.

    Never two that a person called different, nor two of a family unless a person joined them.
    """
    group = np.arange(problem.size, dtype=np.int32)
    for one, leader in problem.settled.group.items():
        group[one] = leader
    said = np.array(problem.settled.different, dtype=np.int32).reshape(-1, 2)
    bounds = cluster.Bounds(
        group=group,
        apart=problem.apart,
        never=np.concatenate((said, np.stack((scored.left[kin], scored.right[kin]), axis=1))),
    )
    link = _odds(problem.settings.link)
    assigned = assign(scored.left, scored.right, scored.weight, bounds.apart, (link, _DECIDED))
    weight = np.where(assigned.lost, np.minimum(scored.weight, HELD_BACK), scored.weight)
    label, cut = cluster.clusters(cluster.Edges(scored.left, scored.right, weight), bounds, link, _REACH)
    return label, {
        "groups_cut": cut.raised, "groups_split": cut.split, "rivals": assigned.groups, "rivals_lost":
        int(assigned.lost.sum()), "rivals_unassigned": assigned.too_large,
    }  # fmt: skip


def _odds(probability: float) -> float:
    return float(np.log2(probability / (1.0 - probability)))


def _closed(problem: Problem, state: Pairs, model: Model, rounds: int) -> Pairs:
    """Compare also the third sides of triangles of likely pairs, so that averages rest on evidence.

    In a later round only pairs that the round before brought can have made a new triangle.
    """
    likely = _likely(problem, state, model)
    fresh = np.ones(len(likely), dtype=bool)
    for _ in range(rounds):
        packed = sorted_distinct(graph.missing_sides(state.left, state.right, likely, fresh, problem.apart))
        if not len(packed):
            break
        more = Pairs(*pairs.unpack(packed), problem.sides(packed))
        at = np.searchsorted(state.packed, packed)
        state = state.with_more(at, packed, more.compared)
        likely = np.insert(likely, at, _likely(problem, more, model))
        fresh = np.insert(np.zeros(len(fresh), dtype=bool), at, True)
    return state


def _likely(problem: Problem, state: Pairs, model: Model) -> Flags:
    within = problem.lists[state.left] == problem.lists[state.right]
    return np.asarray(total(model, state.compared, within)[0] > _REACH, dtype=bool)


def _result(problem: Problem, scored: Scored, guarded: Guarded, label: Ints) -> Solved:
    together = label[scored.left] == label[scored.right]
    kept = (scored.probability >= problem.settings.review) | together
    said = problem.settled
    judged = _places(scored.left, scored.right, (*said.same, *said.different, *said.unsure))
    kept[judged] = True  # shown with its verdict
    may = np.flatnonzero(_askable(problem, scored, guarded) & ~together)
    chosen = questions.choose(
        questions.Open(scored.left[may], scored.right[may], scored.probability[may]),
        questions.Persons(label, problem.lists, _judged_records(problem.settled)),
        problem.settings.questions,
    )
    asked = may[chosen.at]
    # the most uncertain first: there a verdict changes most
    asked = asked[np.lexsort((scored.right[asked], scored.left[asked], np.abs(scored.weight[asked])))]
    report = {
        "pairs": int(kept.sum()), "questions": len(asked),
        "questions_left_out": chosen.pairs, "persons_left_out": chosen.persons,
    }  # fmt: skip
    return Solved(label, scored, np.flatnonzero(kept), asked, np.flatnonzero(guarded.kin), report)


def _askable(problem: Problem, scored: Scored, guarded: Guarded) -> Flags:
    """Mark the pairs worth a person's look that nobody decided and that no list forbids."""
    left, right = problem.lists[scored.left], problem.lists[scored.right]
    apart = problem.unique[left] & (problem.whole[left] == problem.whole[right])
    likely = (scored.probability >= problem.settings.review) | guarded.asked
    return np.asarray(likely & (scored.weight > -_DECIDED) & ~apart, dtype=bool)


def _judged_records(said: Settled) -> Ints:
    """Return the pairs that people judged, shape (pairs, 2)."""
    return np.array((*said.same, *said.different, *said.unsure), dtype=np.int32).reshape(-1, 2)
