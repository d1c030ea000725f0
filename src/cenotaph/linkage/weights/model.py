"""What agreement is worth: tables of shares by property and level, and the weights that follow from them.

Invariant: every pair is one of three: one person, strangers, or two people of one event (their dates and places agree
as if they were one, their ages as strangers' do, their names as strangers' or relatives'). Missing tells nothing. An
exact agreement tells as much as its value is rare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.comparison.compare import Compared, Levels
from cenotaph.linkage.comparison.levels import of_event
from cenotaph.linkage.weights.slips import errors_of

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
MOST = 100.0  # log2 odds
_NOTHING = -30.0  # log2 odds of an event that explain nothing
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
        return of_event(self.key, self.kind)


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
    slips: Doubles  # by how many properties are stated, and how many of them err: what that tells beyond each of them
    offset: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Expected:
    """How many pairs are believed to be one person or of one event."""

    levels: Doubles  # (2, properties, levels): of one person, of one event
    whole: Doubles  # (3,): of one person across lists, within a list; of one event
    erring: Doubles  # of one person, by how many properties both state and in how many they err
    stated: Doubles  # of one person, by which properties both state, a bit for each


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence for one person, in log2 odds: ``weight = prior + event + company + sum of parts``."""

    weight: Floats
    prior: Floats  # how rare it is that two records are one person, and how likely so many errors at once
    event: Floats  # below zero where one event explains the agreement instead
    parts: Floats  # (pairs, properties)
    company: Floats  # what third records say, nought until verdicts taught it


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


@numba.njit(cache=True, inline="always")
def _sum(levels: Levels, bits: Floats, constant: Doubles, slope: Doubles) -> float:
    total = 0.0
    for number in range(len(levels)):
        level = levels[number]
        total += constant[number, level] + slope[number, level] * bits[number]
    return total


@numba.njit(cache=True, inline="always")
def _slips(levels: Levels, errors: Flags, slips: Doubles) -> float:
    stated, wrong = 0, 0
    for number in range(len(levels)):
        stated += levels[number] > 0
        wrong += errors[number, levels[number]]
    return float(slips[stated, wrong])


@numba.njit(cache=True)
def _slips_of_each(levels: Levels, errors: Flags, slips: Doubles) -> Floats:
    """Return for each pair what the number of its errors tells, beyond what each of them tells alone."""
    out = np.empty(len(levels), dtype=np.float32)
    for pair in range(len(levels)):
        out[pair] = _slips(levels[pair], errors, slips)
    return out


@numba.njit(cache=True)
def _weigh(
    levels: Levels, bits: Floats, tables: Any, within: Flags, rates: Doubles, scaling: Any
) -> tuple[Floats, Floats]:
    """Return the weight of each pair and what an event takes from it."""
    constant, slope, event_constant, event_slope, errors, slips = tables
    event_rate, offset, scale = scaling
    weight, event = np.empty(len(levels), dtype=np.float32), np.empty(len(levels), dtype=np.float32)
    for pair in range(len(levels)):
        person = _sum(levels[pair], bits[pair], constant, slope) + _slips(levels[pair], errors, slips)
        person = offset + scale * (person + rates[np.int64(within[pair])])
        rival = min(MOST, _sum(levels[pair], bits[pair], event_constant, event_slope) + event_rate)
        event[pair] = 0.0 if rival < _NOTHING else -scale * np.log2(1.0 + np.exp2(rival))
        weight[pair] = max(-MOST, min(MOST, person + event[pair]))
    return weight, event


@numba.njit(cache=True)
def _expect(levels: Levels, bits: Floats, tables: Any, within: Flags, rates: Doubles, belief: Floats) -> Any:
    """Return how many pairs of each level are believed to be one person and one event, and how many in all.

    ``rates`` are those across lists, within a list, and of events; ``belief`` replaces what the model would believe.
    """
    constant, slope, event_constant, event_slope, errors, slips = tables
    erring = np.zeros(slips.shape, dtype=np.float64)
    stated = np.zeros(1 << constant.shape[0], dtype=np.float64)
    seen = np.zeros((2, constant.shape[0], constant.shape[1]), dtype=np.float64)
    whole = np.zeros(3, dtype=np.float64)  # of one person across lists, within a list; of one event
    for pair in range(len(levels)):
        side = np.int64(within[pair])
        event = np.exp2(min(MOST, _sum(levels[pair], bits[pair], event_constant, event_slope) + rates[2]))
        if len(belief):
            person = np.float64(belief[pair])
            event *= (1.0 - person) / (1.0 + event)
        else:
            told = _sum(levels[pair], bits[pair], constant, slope) + _slips(levels[pair], errors, slips)
            person = np.exp2(min(MOST, told + rates[side]))
            person, event = person / (1.0 + person + event), event / (1.0 + person + event)
        whole[side] += person
        whole[2] += event
        which, said, wrong = 0, 0, 0
        for number in range(levels.shape[1]):
            level = levels[pair, number]
            seen[0, number, level] += person
            seen[1, number, level] += event
            which |= int(level > 0) << number
            said += level > 0
            wrong += errors[number, level]
        erring[said, wrong] += person
        stated[which] += person
    return seen, whole, erring, stated


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


def _both(model: Model) -> tuple[Any, ...]:
    return (*_stacked(model, model.person), *_stacked(model, model.event), _errors(model), model.slips)


def _errors(model: Model) -> Flags:
    return errors_of([kind.kind for kind in model.kinds])


def expected(model: Model, pairs: Compared, within: Flags, belief: Floats | None = None) -> Expected:
    """Return what the model believes of pairs.

    Parameters
    ----------
    model
        Where nothing else is believed, what it says of each pair counts.
    pairs
        The pairs.
    within
        Which of them lie within a list.
    belief
        How much each pair is believed to be one person, when more than the pair itself speaks for it.
    """
    rates = np.log2(np.append(model.rates, model.event_rate))
    asked = np.empty(0, dtype=np.float32) if belief is None else belief
    return Expected(*_expect(pairs.levels, pairs.bits, _both(model), within, rates, asked))


def total(model: Model, pairs: Compared, within: Flags) -> tuple[Floats, Floats]:
    """Return the weight of each pair, and what of it a shared event takes away."""
    scaling = (float(np.log2(model.event_rate)), model.offset, model.scale)
    weight, event = _weigh(pairs.levels, pairs.bits, _both(model), within, np.log2(model.rates), scaling)
    return weight, event


def weigh(model: Model, pairs: Compared, within: Flags) -> Weighed:
    """Return what each property, the prior and a shared event say about each pair."""
    weight, event = total(model, pairs, within)
    parts = _each(pairs.levels, pairs.bits, *(table * model.scale for table in _stacked(model, model.person)))
    prior = (model.offset + model.scale * np.log2(model.rates))[within.astype(np.int8)].astype(np.float32)
    prior += model.scale * _slips_of_each(pairs.levels, _errors(model), model.slips)
    return Weighed(weight, prior, event, parts, np.zeros(len(weight), dtype=np.float32))


def probability(weight: Floats) -> Floats:
    """Return the probability of log2 odds."""
    found: Floats = (1.0 / (1.0 + np.exp2(-weight.astype(np.float64)))).astype(np.float32)
    return found
