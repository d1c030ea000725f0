"""Poisson regression on the observed cells, by iteratively reweighted least squares.

Invariant: returns a maximum of the likelihood or raises `NotEstimable`; whether one exists is asked in `existence.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from cenotaph.errors import NotEstimable

Floats = NDArray[np.float64]
_STEPS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients (first the intercept), their covariance, fitted means by cell, log likelihood."""

    coefficients: Floats
    covariance: Floats
    fitted: Floats
    log_likelihood: float

    @property
    def unseen(self) -> float:
        """The expected count of the empty pattern: the exponential of the intercept."""
        return float(np.exp(self.coefficients[0]))

    @property
    def spread(self) -> float:
        """The standard error of the intercept."""
        return float(np.sqrt(self.covariance[0, 0]))


def poisson(design: Floats, counts: Floats) -> Fit:
    """Fit a log-linear Poisson model; the first column of ``design`` (cells, terms) is the intercept."""
    means = counts + 0.5
    linear, last = np.log(means), np.inf
    for _ in range(_STEPS):
        step = _weighted(design, means, linear + (counts - means) / means)
        linear = np.clip(design @ step, -700.0, 700.0)
        means = np.asarray(np.exp(linear), np.float64)
        deviance = _deviance(counts, means)
        if abs(deviance - last) < 1e-11 * (abs(deviance) + 0.1):
            return _fit(design, counts, step, means)
        last = deviance
    raise NotEstimable("the log-linear fit did not settle; the table is too sparse for these terms")


def _weighted(design: Floats, weights: Floats, response: Floats) -> Floats:
    """Solve the weighted least squares step; by its normal equations where they are regular, which is fast."""
    scaled = design * weights[:, None]
    try:
        return np.asarray(np.linalg.solve(design.T @ scaled, scaled.T @ response), np.float64)
    except np.linalg.LinAlgError:
        root = np.sqrt(weights)
        return np.asarray(np.linalg.lstsq(design * root[:, None], response * root, rcond=None)[0], np.float64)


def _deviance(counts: Floats, means: Floats) -> float:
    ratio = np.log(np.where(counts > 0, counts, 1.0) / np.where(counts > 0, means, 1.0))
    return float(2.0 * (counts * ratio - counts + means).sum())


def _fit(design: Floats, counts: Floats, coefficients: Floats, means: Floats) -> Fit:
    information = design.T @ (design * means[:, None])
    likelihood = float((counts * np.log(means) - means - gammaln(counts + 1.0)).sum())
    covariance = np.asarray(np.linalg.pinv(information, hermitian=True), np.float64)
    return Fit(coefficients, covariance, means, likelihood)
