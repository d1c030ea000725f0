"""Errors know of each other: where records are copied with care, two rarely meet in one pair.

What each property tells of an error takes no account of the others. How many errors two records of one person have is
therefore counted, and compared with how many there would be by chance; that tells beyond each error alone.

Invariant: no pairs, or errors as by chance, tell nothing; what is vague or missing is no error. Several errors at once
never speak for one person more than each of them: careless records look so, but so do relatives who died together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.comparison.levels import DEEPEST, ERRORS

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_PRIOR_PAIRS = 100.0  # imagined pairs whose errors are as by chance
_LEAST = 1e-12


def errors_of(kinds: Sequence[str]) -> Flags:
    """Return which levels of each property are errors, shape (properties, levels), for records of one person."""
    out = np.zeros((len(kinds), DEEPEST), dtype=np.bool_)
    for number, kind in enumerate(kinds):
        out[number, list(ERRORS[kind])] = True
    return out


def learned(kinds: Sequence[str], shares: Sequence[Doubles], erring: Doubles, stated: Doubles) -> Doubles:
    """Return what the number of errors tells, in bits, by how many properties are stated and how many err.

    Parameters
    ----------
    kinds, shares
        The kind of each property, and how often two records of one person agree at each of its levels.
    erring
        Pairs of one person by how many properties both state, and in how many they err.
    stated
        Pairs of one person by which properties both state, a bit for each.
    """
    by_chance = _by_chance(_chances(kinds, shares), stated, erring.shape[0])
    whole = by_chance.sum(axis=1, keepdims=True)
    usual = by_chance / np.maximum(_LEAST, whole)
    odds = (erring + _PRIOR_PAIRS * usual) / np.maximum(_LEAST, by_chance + _PRIOR_PAIRS * usual)
    told = (whole > _LEAST) & (usual > _LEAST)
    found: Doubles = np.where(told, np.log2(np.maximum(_LEAST, odds)), 0.0)
    found[:, 2:] = np.minimum(found[:, 2:], 0.0)
    return found


def _chances(kinds: Sequence[str], shares: Sequence[Doubles]) -> list[float]:
    errors = errors_of(kinds)
    return [float(share[errors[number, : len(share)]].sum()) for number, share in enumerate(shares)]


def _by_chance(chances: Sequence[float], stated: npt.NDArray[Any], size: int) -> Doubles:
    """Return how many pairs would have each number of errors if no error knew of another."""
    out = np.zeros((size, size))
    for which in np.flatnonzero(stated).tolist():
        said = [number for number in range(len(chances)) if which >> number & 1]
        spread = np.ones(1)
        for number in said:
            spread = np.convolve(spread, (1.0 - chances[number], chances[number]))
        out[len(said), : len(spread)] += stated[which] * spread
    return out
