"""Weights that learn from what reviewers decided: a logistic regression that starts from the weights already there.

Every term stays additive by property, so a link can still be explained: the weight of a property is stretched, each of
its levels is shifted, and the company of the two records (`company`) adds a term of its own. All of it is drawn towards
"as it is" by penalties; how strongly is chosen by cross-validation, and where no strength foretells the verdicts better
than no training at all, nothing is trained.

Reviewers judge questions, not random pairs. Which pairs were judged depends on what is known of them and not on the
answer, so the answers *given* what is known are fair; what could go wrong is what is said of pairs unlike any judged
one. There stand the penalties and the anchors: pairs that are sure without any verdict, which training must leave sure.

Invariant: no verdicts, too few of one kind, verdicts that teach nothing or that overturn what is sure: no training.
Missing stays worth nothing. The order of the verdicts never matters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.weights.model import MOST, Doubles, Flags, Floats, Weighed

Levels = npt.NDArray[np.uint8]
Longs = npt.NDArray[np.int64]
FEWEST = 30  # verdicts of either kind
_FOLDS = 5
_LEVELS = 12  # more than any property has
_STRENGTHS = (1.0, 3.0, 10.0, 30.0)
_LOOSE, _STIFF_SLOPE, _STIFF_LEVEL, _STIFF_COMPANY = 0.05, 4.0, 1.0, 0.2  # penalties, times the strength
_SURE_BITS, _ANCHORS, _ANCHOR_WEIGHT = 6.6, 60, 0.25  # log2 odds; pairs at either end; verdicts that each is worth
_MOST_OVERTURNED = 0.05  # of the anchors
_WORTH = 0.02  # bits a verdict; less is no reason to change a weight
_STEPS, _ENOUGH = 50, 1e-6
_LN2 = float(np.log(2.0))


@dataclass(frozen=True, slots=True)
class Evidence:
    """All pairs before training: weights by property, levels, and the company they keep."""

    weighed: Weighed
    levels: Levels
    company: Floats

    def take(self, at: Longs) -> Evidence:
        """Return the pairs at these places."""
        said = self.weighed
        part = Weighed(said.weight[at], said.prior[at], said.event[at], said.parts[at], said.company[at])
        return Evidence(part, self.levels[at], self.company[at])


@dataclass(frozen=True, slots=True)
class Trained:
    """What was learned: ``offset + prior + slope * event + sum(slopes * parts + shifts[level]) + company``."""

    offset: float
    event: float
    slopes: Doubles  # (properties,)
    shifts: Doubles  # (properties, levels), nought where missing
    company: Doubles  # (4,)
    strength: float
    gain: float  # bits by which a verdict surprises less than before, by cross-validation

    def applied(self, evidence: Evidence) -> Weighed:
        """Return the weights after training."""
        said = evidence.weighed
        parts = np.empty_like(said.parts)
        for number in range(parts.shape[1]):
            parts[:, number] = (
                self.slopes[number] * said.parts[:, number] + self.shifts[number][evidence.levels[:, number]]
            )
        prior = (said.prior + self.offset).astype(np.float32)
        event = (self.event * said.event).astype(np.float32)
        kept = (evidence.company @ self.company).astype(np.float32)
        weight = np.clip(prior + event + kept + parts.sum(axis=1), -MOST, MOST).astype(np.float32)
        return Weighed(weight, prior, event, parts, kept)


@dataclass(frozen=True, slots=True)
class _Lesson:
    """Terms of the pairs to learn from, what stands before them, the answers, and how much each counts."""

    terms: Doubles
    base: Doubles
    answer: Doubles
    counts: Doubles

    def take(self, at: Longs | Flags) -> _Lesson:
        return _Lesson(self.terms[at], self.base[at], self.answer[at], self.counts[at])

    def joined(self, other: _Lesson) -> _Lesson:
        return _Lesson(
            np.concatenate((self.terms, other.terms)), np.concatenate((self.base, other.base)),
            np.concatenate((self.answer, other.answer)), np.concatenate((self.counts, other.counts)),
        )  # fmt: skip


def enough(same: Flags) -> bool:
    """Tell whether there are verdicts enough of either kind to learn from."""
    return min(int(same.sum()), int((~same).sum())) >= FEWEST


def train(evidence: Evidence, judged: Longs, same: Flags) -> Trained | None:
    """Learn from verdicts, or return None where they teach nothing that is not known.

    Parameters
    ----------
    evidence
        All pairs.
    judged
        Places of the judged pairs among them.
    same
        Whether each is the same person.
    """
    if not enough(same):
        return None
    order = np.argsort(judged, kind="stable")
    verdicts = _lesson(evidence.take(judged[order]), same[order].astype(np.float64))
    anchors = _anchors(evidence)
    properties = evidence.weighed.parts.shape[1]
    centre, stiffness = _beliefs(properties, verdicts.terms.shape[1])
    before = _surprise(verdicts.base + verdicts.terms @ centre[1:], verdicts.answer)
    tried = [_foretold(verdicts, anchors, centre, stiffness * strength) for strength in _STRENGTHS]
    chosen = _strongest(tried)
    gains = before - tried[chosen]
    if gains.mean() <= max(_WORTH, _error(gains)):
        return None
    found = _fit(verdicts.joined(anchors), centre, stiffness * _STRENGTHS[chosen], centre)
    if _overturned(found, anchors):
        return None
    return _told(found, properties, _STRENGTHS[chosen], float(gains.mean()))


def _strongest(tried: list[Doubles]) -> int:
    """Return the strongest penalty whose verdicts surprise hardly more than under the best one."""
    best = tried[int(np.argmin([one.mean() for one in tried]))]
    return max(number for number, one in enumerate(tried) if (one - best).mean() <= _error(one - best))


def _error(values: Doubles) -> float:
    """Return the standard error of a mean."""
    return float(values.std() / np.sqrt(len(values)))


def _lesson(evidence: Evidence, answer: Doubles, counts: float = 1.0) -> _Lesson:
    """Return the terms in which training is linear: all parts together, each part, event, levels, company."""
    said = evidence.weighed
    parts = said.parts.astype(np.float64)
    levels = np.zeros((len(answer), parts.shape[1], _LEVELS))
    rows, numbers = np.indices(evidence.levels.shape)
    levels[rows, numbers, evidence.levels] = evidence.levels > 0
    flat = levels.reshape(len(answer), parts.shape[1] * _LEVELS)
    terms = np.column_stack((parts.sum(axis=1), parts, said.event, flat, evidence.company)).astype(np.float64)
    return _Lesson(terms, said.prior.astype(np.float64), answer, np.full(len(answer), counts))


def _beliefs(properties: int, terms: int) -> tuple[Doubles, Doubles]:
    """Return what is believed of the offset and of each term before any verdict, and how stiffly."""
    centre, stiffness = np.zeros(terms + 1), np.full(terms + 1, _STIFF_LEVEL)
    centre[1], centre[2 + properties] = 1.0, 1.0  # all parts, and the event, as they are
    stiffness[:2] = _LOOSE
    stiffness[2 : 3 + properties] = _STIFF_SLOPE
    stiffness[-4:] = _STIFF_COMPANY
    return centre, stiffness


def _anchors(evidence: Evidence) -> _Lesson:
    """Return pairs that are surely one person or surely two without a verdict, spread over their weights."""
    weight = evidence.weighed.weight
    ends = (np.flatnonzero(weight >= _SURE_BITS), np.flatnonzero(weight <= -_SURE_BITS))
    chosen = []
    for end in ends:
        ranked = end[np.argsort(weight[end], kind="stable")]
        chosen.append(ranked[np.unique(np.linspace(0, len(ranked) - 1, min(_ANCHORS, len(ranked))).astype(np.int64))])
    at = np.concatenate(chosen)
    answer = (weight[at] > 0).astype(np.float64)
    return _lesson(evidence.take(at), answer, _ANCHOR_WEIGHT)


def _overturned(found: Doubles, anchors: _Lesson) -> bool:
    """Tell whether pairs that are sure without any verdict would no longer be.

    Verdicts that say so of unlike records that they are one, and of like ones that they are not, are mistakes or an
    attack: they stand for the pairs they name, and teach nothing.
    """
    odds = anchors.base + found[0] + anchors.terms @ found[1:]
    return bool(((odds > 0) != (anchors.answer > 0)).mean() > _MOST_OVERTURNED)


def _foretold(verdicts: _Lesson, anchors: _Lesson, centre: Doubles, stiffness: Doubles) -> Doubles:
    """Return how much each verdict surprises a model that learned from the other folds."""
    fold = np.arange(len(verdicts.answer)) % _FOLDS
    surprise = np.empty(len(fold))
    start = _fit(verdicts.joined(anchors), centre, stiffness, centre)  # only where the steps begin, not where they end
    for each in range(_FOLDS):
        found = _fit(verdicts.take(fold != each).joined(anchors), centre, stiffness, start)
        left_out = verdicts.take(fold == each)
        surprise[fold == each] = _surprise(left_out.base + found[0] + left_out.terms @ found[1:], left_out.answer)
    return surprise


def _surprise(odds: Doubles, answer: Doubles) -> Doubles:
    """Return minus log2 of the probability given to each answer."""
    natural = odds * _LN2
    found: Doubles = (np.logaddexp(0.0, natural) - answer * natural) / _LN2
    return found


def _fit(lesson: _Lesson, centre: Doubles, stiffness: Doubles, start: Doubles) -> Doubles:
    """Return offset and coefficients that surprise least, penalties included; what no pair has stays as believed."""
    alive = np.append(True, lesson.terms.any(axis=0))
    terms = np.column_stack((np.ones(len(lesson.answer)), lesson.terms))[:, alive]
    found = centre.copy()
    found[alive] = _newton(replace(lesson, terms=terms), centre[alive], stiffness[alive], start[alive])
    return found


def _newton(lesson: _Lesson, centre: Doubles, stiffness: Doubles, found: Doubles) -> Doubles:
    """Return the coefficients that surprise least, by Newton's steps, halved where one is too long."""
    terms = lesson.terms

    def cost(at: Doubles) -> float:
        surprise = _surprise(lesson.base + terms @ at, lesson.answer) * _LN2
        return float(lesson.counts @ surprise + 0.5 * stiffness @ (at - centre) ** 2)

    now = cost(found)
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp2(-np.clip(lesson.base + terms @ found, -60.0, 60.0)))
        slope = _LN2 * terms.T @ (lesson.counts * (chance - lesson.answer)) + stiffness * (found - centre)
        bend = (terms * (lesson.counts * chance * (1.0 - chance) * _LN2**2)[:, None]).T @ terms + np.diag(stiffness)
        step, then = np.linalg.solve(bend, slope), np.inf
        while (then := cost(found - step)) > now and np.abs(step).max() > _ENOUGH:
            step = step / 2.0
        if now - then <= _ENOUGH:
            break
        found, now = found - step, then
    return found


def _told(found: Doubles, properties: int, strength: float, gain: float) -> Trained:
    """Name the coefficients."""
    slopes = found[1] + found[2 : 2 + properties]
    shifts = found[3 + properties : -4].reshape(properties, _LEVELS)
    return Trained(float(found[0]), float(found[2 + properties]), slopes, shifts, found[-4:], strength, gain)
