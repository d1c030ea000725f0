"""A prior from what people can answer: "between 1.01 and 5 times what we documented"."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaincinv

from cenotaph.errors import InputError
from cenotaph.estimation.chains import Prior

_NUMBERS, _FEWEST = 40_000, 300  # uniform numbers used in all, and draws at least


def elicit(low: float, high: float, *, lists: int, classes: int = 10, share: float = 0.95, seed: int = 1988) -> Prior:
    """Return the prior under which the total is, with that share, between ``low`` and ``high`` times the documented.

    The beta distribution of the chances to be on a list is fitted; the prior of the concentration stays. With many
    lists a flat prior says that almost nobody is missing; this says what was meant.

    Parameters
    ----------
    low, high
        Factors of expansion, both above 1.
    lists
        How many lists there are.
    """
    if not 1.0 < low < high:
        raise InputError(
            f"expected 1 < low < high, not {low} and {high}; 1.01 to 5 means up to five times the documented"
        )
    wanted = np.log(np.log([low, high]))
    base = Prior()
    draws = max(_NUMBERS // (classes * lists), _FEWEST)
    rng = np.random.default_rng([seed, 5])
    weights, noise = _weights(base, classes, draws, rng), rng.random((draws, classes, lists))

    def distance(point: NDArray[np.float64]) -> float:
        factors = expansions(weights, noise, (float(np.exp(point[0])), float(np.exp(point[1]))))
        edges = np.quantile(factors, [(1.0 - share) / 2.0, (1.0 + share) / 2.0])
        return float(((np.log(np.log(np.maximum(edges, 1.0 + 1e-12))) - wanted) ** 2).sum())

    found = minimize(distance, np.zeros(2), method="Nelder-Mead", options={"xatol": 1e-3, "fatol": 1e-5, "maxiter": 40})
    p, q = np.exp(found.x)
    return replace(base, capture=(round(float(p), 4), round(float(q), 4)))


def _weights(prior: Prior, classes: int, draws: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return class weights drawn from the prior, shape (draws, classes)."""
    alpha = np.maximum(rng.gamma(prior.shape, 1.0 / prior.rate, draws), 1e-6)
    left = -rng.exponential(1.0, (draws, classes - 1)) / alpha[:, None]
    after = np.concatenate([np.zeros((draws, 1)), left.cumsum(axis=1)], axis=1)
    weights = np.exp(after)
    weights[:, :-1] *= -np.expm1(left)
    return np.asarray(weights, np.float64)


def expansions(
    weights: NDArray[np.float64], noise: NDArray[np.float64], capture: tuple[float, float]
) -> NDArray[np.float64]:
    """Return expansion factors, total over seen, under the prior; ``noise`` are uniform numbers."""
    chances = betaincinv(capture[0], capture[1], noise)
    hidden = (weights * np.prod(1.0 - chances, axis=2)).sum(axis=1)
    return np.asarray(1.0 / np.maximum(1.0 - hidden, 1e-9), np.float64)
