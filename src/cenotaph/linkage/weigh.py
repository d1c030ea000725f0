"""What agreement is worth: Fellegi-Sunter weights learned by EM, with a third kind of pair, two victims of one event.

Invariant: every pair is one of three: one person, strangers, or two people of one event (their dates and places agree as
if they were one, their names and ages as strangers' do). Missing tells nothing. Priors are worth a few dozen pairs, so
small collections keep them and large ones overrule them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.compare import Compared
from cenotaph.linkage.levels import PRIOR, STRANGERS

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
_PRIOR_PAIRS = 40.0
_PRIOR_STRANGERS = 200.0
_DOUBT = 500.0  # imagined pairs of strangers, so that a handful of records is not linked on little
_ROUNDS = 25
_MOST_PAIRS = 400_000  # EM looks at no more; the rest are weighed with what it learned
_TELLING = frozenset({"name", "date", "place", "text"})
_NAME_SLOPES = (0.0, 1.0, 0.9, 0.7, 0.5, 0.3, 0.1, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Kind:
    """What weighing must know of a property."""

    key: str
    kind: str

    @property
    def of_event(self) -> bool:
        """Whether two people of one event share it."""
        return self.kind in ("date", "place") and not self.key.startswith("birth")


@dataclass(frozen=True, slots=True)
class Model:
    """Learned tables by property and level, in log2; ``rate`` by class of pair (0 across lists, 1 within one)."""

    kinds: tuple[Kind, ...]
    person: tuple[Doubles, ...]  # shares among pairs of one person
    event: tuple[Doubles, ...]
    strangers: tuple[Doubles, ...]
    typical: tuple[Doubles, ...]  # usual bits of a level among strangers
    rate: Doubles
    event_rate: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence for each pair being one person."""

    probability: Floats
    weight: Floats  # log2 odds
    parts: Floats  # (pairs, properties)
    event: Floats  # log2 by which one event explains the agreement instead


def learn(kinds: Sequence[Kind], sample: Compared, pairs: Compared, within: Flags, universe: tuple[int, int]) -> Model:
    """Learn the model.

    Parameters
    ----------
    kinds
        The properties, in the order of the columns of the comparisons.
    sample
        Random pairs: how strangers agree.
    pairs
        Candidates, shape (pairs, properties).
    within
        For each candidate, whether both records are of one list.
    universe
        How many pairs there are across lists and within lists, candidates or not.
    """
    model = _start(kinds, sample, universe)
    step = -(-len(within) // _MOST_PAIRS) if len(within) else 1
    part = Compared(pairs.levels[::step], pairs.bits[::step])
    for _ in range(_ROUNDS):
        model = _improve(model, part, within[::step], universe, float(step))
    return model


def _start(kinds: Sequence[Kind], sample: Compared, universe: tuple[int, int]) -> Model:
    person = tuple(np.array(PRIOR[kind.kind]) for kind in kinds)
    strangers, typical = [], []
    for number, kind in enumerate(kinds):
        share, usual = _of_strangers(kind, sample.levels[:, number], sample.bits[:, number])
        strangers.append(share)
        typical.append(usual)
    rate = np.array([1e-4, 1e-5])
    event = tuple(p if kind.of_event else s for p, s, kind in zip(person, strangers, kinds, strict=True))
    return Model(tuple(kinds), person, event, tuple(strangers), tuple(typical), rate, 1e-4)


def _of_strangers(kind: Kind, levels: npt.NDArray[np.uint8], bits: Floats) -> tuple[Doubles, Doubles]:
    believed = np.array(STRANGERS[kind.kind])
    counts = np.bincount(levels[levels > 0], minlength=len(believed)).astype(np.float64)[: len(believed)]
    share = (counts + _PRIOR_STRANGERS * believed) / max(1.0, counts.sum() + _PRIOR_STRANGERS)
    sums = np.bincount(levels, weights=bits, minlength=len(believed))[: len(believed)]
    whole = float(bits[levels > 0].mean()) if (levels > 0).any() else 0.0
    usual = (sums + 20.0 * whole) / (counts + 20.0)
    return share, usual


def _tables(model: Model, number: int, shares: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """Return base, slope and centre of a property: ``base + slope * (bits - centre)`` is its weight in log2."""
    kind = model.kinds[number].kind
    strangers = model.strangers[number]
    base = np.zeros(len(shares))
    base[1:] = np.log2(shares[1:] / strangers[1:])
    slope = np.array(_NAME_SLOPES) if kind == "name" else np.zeros(len(shares))
    centre = model.typical[number].copy()
    if kind in _TELLING:
        base[1], slope[1], centre[1] = np.log2(shares[1]), 1.0, 0.0
    return base, slope, centre


def _weights(model: Model, shares: Sequence[Doubles], pairs: Compared) -> Floats:
    """Return the weight of each pair in each property, shape (pairs, properties)."""
    out = np.empty(pairs.levels.shape, dtype=np.float32)
    for number in range(len(model.kinds)):
        base, slope, centre = _tables(model, number, shares[number])
        level = pairs.levels[:, number]
        out[:, number] = base[level] + slope[level] * (pairs.bits[:, number] - centre[level])
    return out


def weigh(model: Model, pairs: Compared, within: Flags) -> Weighed:
    """Return the probability that each pair is one person, and what each property adds."""
    parts = _weights(model, model.person, pairs)
    person = parts.sum(axis=1, dtype=np.float64) + np.log2(model.rate)[within.astype(int)]
    event = _weights(model, model.event, pairs).sum(axis=1, dtype=np.float64) + np.log2(model.event_rate)
    discount = np.log2(1.0 + np.exp2(np.clip(event, -60, 60)))
    weight = np.clip(person - discount, -100, 100)
    probability = 1.0 / (1.0 + np.exp2(-weight))
    return Weighed(probability.astype(np.float32), weight.astype(np.float32), parts, -discount.astype(np.float32))


def _improve(
    model: Model, pairs: Compared, within: Flags, universe: tuple[int, int], step: float, together: Flags | None = None
) -> Model:
    """One round of EM: who is what under the model, then the model under who is what."""
    person = _weights(model, model.person, pairs).sum(axis=1, dtype=np.float64) + np.log2(model.rate)[within.astype(int)]
    event = _weights(model, model.event, pairs).sum(axis=1, dtype=np.float64) + np.log2(model.event_rate)
    person, event = (np.exp2(np.clip(side, -100, 100)) for side in (person, event))
    total = 1.0 + person + event
    one, other = person / total, event / total
    if together is not None:
        one, other = together.astype(np.float64), np.where(together, 0.0, event / (1.0 + event))
    rate = np.array([
        (step * one[within == side].sum() + _DOUBT * believed) / (size + _DOUBT)
        for side, size, believed in ((False, universe[0], 1e-3), (True, universe[1], 1e-4))
    ])  # fmt: skip
    event_rate = (step * other.sum() + _DOUBT * 1e-3) / (sum(universe) + _DOUBT)
    return Model(
        model.kinds, _shares(model, pairs, one, model.person, _prior), _shares(model, pairs, other, model.event, _of_event),
        model.strangers, model.typical, rate, float(event_rate),
    )  # fmt: skip


def _prior(model: Model, number: int) -> Doubles:
    return np.array(PRIOR[model.kinds[number].kind])


def _of_event(model: Model, number: int) -> Doubles:
    return _prior(model, number) if model.kinds[number].of_event else model.strangers[number]


def _shares(model, pairs, belief, old, prior):  # type: ignore[no-untyped-def]
    out = []
    for number in range(len(model.kinds)):
        level = pairs.levels[:, number]
        believed = prior(model, number)
        counts = np.bincount(level, weights=belief, minlength=len(believed))
        counts[0] = 0.0
        counts = counts + _PRIOR_PAIRS * believed
        counts[0] = 1.0
        out.append(counts / counts[1:].sum())
    return tuple(out)


def relearn(model: Model, pairs: Compared, within: Flags, together: Flags, universe: tuple[int, int]) -> Model:
    """Learn again from clusters: what held together is one person, the rest as the model believed.

    Members that only third records tie together show disagreements that single pairs never would.
    """
    return _improve(model, pairs, within, universe, 1.0, together)
