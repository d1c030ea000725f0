"""What agreement is worth: tables of shares by property and level, and the weights that follow from them.

Invariant: every pair is one of three: one person, strangers, or two people of one event (their dates and places agree
as if they were one, their names and ages as strangers' do). Missing tells nothing. An exact agreement tells as much as
its value is rare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.compare import Compared, Levels

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
MOST = 100.0  # log2 odds
_TELLING = frozenset({"name", "date", "place", "text", "identity"})
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
    """Learned shares of each level by property, rates of pairs, and the calibration of the whole.

    ``rates`` holds the share of pairs that are one person, across lists and within one; ``offset`` and ``scale`` turn
    the sum of weights into log2 odds that mean what they say.
    """

    kinds: tuple[Kind, ...]
    person: tuple[Doubles, ...]
    event: tuple[Doubles, ...]
    strangers: tuple[Doubles, ...]
    usual: tuple[Doubles, ...]  # bits that strangers' agreements of a level usually tell
    rates: Doubles
    event_rate: float
    offset: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence for each pair being one person, in log2 odds: ``weight = prior + event + sum of parts``."""

    weight: Floats
    prior: Floats
    event: Floats  # below zero where one event explains the agreement instead
    parts: Floats  # (pairs, properties)


def weights(model: Model, shares: Sequence[Doubles], pairs: Compared) -> Floats:
    """Return how each level speaks for the shares against strangers, shape (pairs, properties), in log2."""
    return np.asarray(_each(pairs.levels, pairs.bits, *_stacked(model, shares)), dtype=np.float32)


def _stacked(model: Model, shares: Sequence[Doubles]) -> tuple[Doubles, Doubles]:
    """Return the constant and the slope of each property and level: a weight is ``constant + slope * bits``."""
    deepest = max((len(own) for own in shares), default=1)
    constant, slope = np.zeros((len(shares), deepest)), np.zeros((len(shares), deepest))
    for number, own in enumerate(shares):
        base, steep, centre = _tables(model, number, own)
        constant[number, : len(own)], slope[number, : len(own)] = base - steep * centre, steep
    return constant, slope


@numba.njit(cache=True)
def _each(levels: Levels, bits: Floats, constant: Doubles, slope: Doubles) -> Floats:
    out = np.empty(levels.shape, dtype=np.float32)
    for pair in range(levels.shape[0]):
        for number in range(levels.shape[1]):
            level = levels[pair, number]
            out[pair, number] = constant[number, level] + slope[number, level] * bits[pair, number]
    return out


@numba.njit(cache=True)
def _sums(levels: Levels, bits: Floats, constant: Doubles, slope: Doubles) -> Doubles:
    out = np.zeros(levels.shape[0], dtype=np.float64)
    for pair in range(levels.shape[0]):
        for number in range(levels.shape[1]):
            level = levels[pair, number]
            out[pair] += constant[number, level] + slope[number, level] * bits[pair, number]
    return out


def _tables(model: Model, number: int, shares: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """Return base, slope and centre of a property: ``base + slope * (bits - centre)`` is its weight."""
    kind = model.kinds[number].kind
    base = np.zeros(len(shares))
    base[1:] = np.log2(shares[1:] / model.strangers[number][1:])
    slope = np.array(_NAME_SLOPES) if kind == "name" else np.zeros(len(shares))
    centre = model.usual[number].copy()
    if kind in _TELLING:
        base[1], slope[1], centre[1] = np.log2(shares[1]), 1.0, 0.0
    return base, slope, centre


def odds(model: Model, pairs: Compared, within: Flags) -> tuple[Doubles, Doubles]:
    """Return for each pair the log2 odds of one person, and of one event, against strangers; not yet calibrated."""
    rate = np.log2(model.rates)[within.astype(np.int8)]
    person = _sums(pairs.levels, pairs.bits, *_stacked(model, model.person)) + rate
    event = _sums(pairs.levels, pairs.bits, *_stacked(model, model.event)) + np.log2(model.event_rate)
    return np.clip(person, -MOST, MOST), np.clip(event, -MOST, MOST)


def weigh(model: Model, pairs: Compared, within: Flags) -> Weighed:
    """Return what each property, the prior and a shared event say about each pair."""
    parts = weights(model, model.person, pairs) * np.float32(model.scale)
    prior = (model.offset + model.scale * np.log2(model.rates))[within.astype(np.int8)].astype(np.float32)
    _, rival = odds(model, pairs, within)
    event = (-model.scale * np.log2(1.0 + np.exp2(rival))).astype(np.float32)
    weight = np.clip(parts.sum(axis=1, dtype=np.float64) + prior + event, -MOST, MOST)
    return Weighed(weight.astype(np.float32), prior, event, parts)


def probability(weight: Floats) -> Floats:
    """Return the probability of log2 odds."""
    found: Floats = (1.0 / (1.0 + np.exp2(-weight.astype(np.float64)))).astype(np.float32)
    return found
