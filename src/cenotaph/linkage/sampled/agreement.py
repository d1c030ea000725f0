"""How far two coders agree beyond what chance gives: Cohen's kappa with an interval that holds for few pairs.

References
----------
J. Cohen, "A Coefficient of Agreement for Nominal Scales", *Educational and Psychological Measurement* 20 (1960), 37–46.
S. Basu, M. Banerjee, A. Sen, "Bayesian Inference for Kappa from Single and Multiple Studies", *Biometrics* 56 (2000),
577–582.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.sampled.measure import LEVEL, Share
from cenotaph.model import Verdict

Floats = npt.NDArray[np.float64]
_DRAWS = 10_000
_WORDS = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders on the pairs that both labelled: how many, on how many they agree, and kappa.

    Kappa is of the pairs in the sample, which holds more doubtful ones than there are.
    """

    coders: tuple[str, str]
    both: int
    agreed: int
    kappa: Share


def agreement(coders: tuple[str, str], labels: Sequence[tuple[str, str]], *, seed: int = 1988) -> Agreement:
    """Compare the labels that two coders gave to the same pairs.

    Parameters
    ----------
    coders
        Their codes.
    labels
        Of each pair that both labelled, the two verdicts.
    seed
        Of the draws that the interval rests on.
    """
    table = np.array([[sum(said == (one, two) for said in labels) for two in _WORDS] for one in _WORDS], np.float64)
    agreed = int(np.trace(table))
    if not labels:
        return Agreement(coders, 0, 0, Share(None, -1.0, 1.0))
    middle = float(_kappa((table / table.sum())[None])[0])
    prior = 1.0 / table.size  # all cells together weigh as much as one pair
    drawn = np.random.default_rng(seed).dirichlet((table + prior).ravel(), _DRAWS).reshape(-1, *table.shape)
    low, high = np.quantile(_kappa(drawn), ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Agreement(coders, len(labels), agreed, Share(middle, min(float(low), middle), max(float(high), middle)))


def _kappa(tables: Floats) -> Floats:
    """Return kappa of each table of shares; 1 where everybody says the same of every pair."""
    seen = np.trace(tables, axis1=1, axis2=2)
    chance = (tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1)
    certain = chance >= 1.0
    return np.where(certain, 1.0, (seen - chance) / np.where(certain, 1.0, 1.0 - chance))


def consensus(said: Mapping[str, str]) -> Verdict:
    """Return what coders say of one pair together: what more than half of them say, else unsure.

    Examples
    --------
    >>> consensus({"r1": "same", "r2": "different"}).value, consensus({"r1": "same"}).value
    ('unsure', 'same')
    """
    votes = list(said.values())
    return next((word for word in _WORDS if 2 * votes.count(word) > len(votes)), Verdict.UNSURE)
