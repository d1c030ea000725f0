"""Learning the shares: strangers from random pairs, one person and one event by EM over the candidates.

Invariant: priors are worth a few dozen pairs, so a small collection keeps them and a large one overrules them; the odds
count all pairs there are, candidates or not, so finding more candidates changes no weight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.comparison.compare import Compared
from cenotaph.linkage.comparison.levels import PRIOR, RELATIVES, STRANGERS
from cenotaph.linkage.weights import slips
from cenotaph.linkage.weights.model import Doubles, Expected, Flags, Floats, Kind, Model, expected

_PRIOR_PAIRS = 100.0
_PRIOR_STRANGERS = 200.0
_USUAL_PAIRS = 20.0
_DOUBT = 2000.0  # imagined pairs of strangers, so that a handful of records is not linked on little
_BELIEVED_RATES = (1e-3, 1e-4)  # across lists, within a list
_RELATED = 0.3  # of two people of one event: families die together
# rounds of EM, and how many pairs it looks at; the rest are weighed with what it learned. Few pairs show where it goes,
# many where it ends.
_ROUNDS = ((15, 40_000), (5, 300_000))


@dataclass(frozen=True, slots=True)
class Lesson:
    """Candidates to learn from, with how many pairs there are across lists and within lists."""

    pairs: Compared
    within: Flags
    universe: tuple[int, int]

    def thinned(self, most: int) -> tuple[Lesson, float]:
        """Return every n-th pair of a lesson longer than so many pairs, and n."""
        step = max(1, -(-len(self.within) // most))
        part = Compared(self.pairs.levels[::step], self.pairs.bits[::step])
        return Lesson(part, self.within[::step], self.universe), float(step)


def learn(kinds: Sequence[Kind], sample: Compared, lesson: Lesson) -> Model:
    """Learn from random pairs and candidates."""
    model = _start(kinds, sample)
    for rounds, most in _ROUNDS:
        part, step = lesson.thinned(most)
        for _ in range(rounds):
            improved = _improved(model, part.universe, expected(model, part.pairs, part.within), step)
            model = replace(improved, slips=model.slips)  # counted later: else they draw relatives in, round by round
    return model


def relearn(model: Model, lesson: Lesson, belief: Floats, step: float = 1.0) -> Model:
    """Learn again from what is believed of each pair, when more than the pair itself speaks for it.

    Each pair of the lesson stands for ``step`` of them.
    """
    return _improved(model, lesson.universe, expected(model, lesson.pairs, lesson.within, belief), step)


def _start(kinds: Sequence[Kind], sample: Compared) -> Model:
    learned = [_strangers(kind, sample.levels[:, number], sample.bits[:, number]) for number, kind in enumerate(kinds)]
    strangers, usual = tuple(share for share, _ in learned), tuple(bits for _, bits in learned)
    person = tuple(np.array(PRIOR[kind.kind]) for kind in kinds)
    event = tuple(_beside(kinds, number, strangers[number]) for number in range(len(kinds)))
    return Model(
        tuple(kinds),
        person,
        event,
        strangers,
        usual,
        np.array(_BELIEVED_RATES),
        _BELIEVED_RATES[0],
        np.zeros((len(kinds) + 1, len(kinds) + 1)),
    )


def _strangers(kind: Kind, levels: npt.NDArray[np.uint8], bits: Floats) -> tuple[Doubles, Doubles]:
    """Return how often strangers agree at each level, and how many bits such an agreement usually tells."""
    believed = np.array(STRANGERS[kind.kind])
    counts = np.bincount(levels[levels > 0], minlength=len(believed)).astype(np.float64)
    share = (counts + _PRIOR_STRANGERS * believed) / (counts.sum() + _PRIOR_STRANGERS)
    sums = np.bincount(levels, weights=bits, minlength=len(believed))
    whole = float(bits[levels > 0].mean()) if counts.any() else 0.0
    return share, (sums + _USUAL_PAIRS * whole) / (counts + _USUAL_PAIRS)


def _improved(model: Model, universe: tuple[int, int], seen: Expected, step: float = 1.0) -> Model:
    """Return the model under what is believed of the pairs, each of them standing for ``step``."""
    whole = seen.whole * step
    found = [
        (pairs + _DOUBT * believed) / (size + _DOUBT)
        for pairs, size, believed in zip(whole[:2].tolist(), universe, _BELIEVED_RATES, strict=True)
    ]
    events = (float(whole[2]) + _DOUBT * _BELIEVED_RATES[0]) / (sum(universe) + _DOUBT)
    person = _shares(model, seen.levels[0], _as_person)
    return replace(
        model,
        person=person,
        event=_shares(model, seen.levels[1], _as_event),
        rates=np.array(found),
        event_rate=events,
        slips=slips.learned([kind.kind for kind in model.kinds], person, seen.erring, seen.stated),
    )


def _as_person(model: Model, number: int) -> Doubles:
    return np.array(PRIOR[model.kinds[number].kind])


def _as_event(model: Model, number: int) -> Doubles:
    return _beside(model.kinds, number, model.strangers[number])


def _beside(kinds: Sequence[Kind], number: int, strangers: Doubles) -> Doubles:
    """Return what is believed of a property of two people of one event: some of them are relatives, and share a name.

    Where no property is of an event there is none to tell of, and all are strangers.
    """
    kind = kinds[number]
    if kind.of_event:
        return np.array(PRIOR[kind.kind])
    if kind.key != "name" or not any(each.of_event for each in kinds):
        return strangers
    return (1.0 - _RELATED) * strangers + _RELATED * np.array(RELATIVES)


def _shares(model: Model, seen: Doubles, prior: Callable[[Model, int], Doubles]) -> tuple[Doubles, ...]:
    """Return the share of each level among the pairs believed in, with the prior as if seen a few dozen times."""
    out = []
    for number in range(len(model.kinds)):
        believed = prior(model, number)
        counts = seen[number, : len(believed)] + _PRIOR_PAIRS * believed
        counts[0] = 0.0
        out.append(counts / counts.sum())
    return tuple(out)
