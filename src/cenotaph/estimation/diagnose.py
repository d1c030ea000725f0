"""Has a sampler settled? Rank-normalised split R-hat and effective sample sizes, after Vehtari et al. 2021.

Arrays have shape (chains, draws). Nothing here judges a claim about people: it judges a computation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Convergence:
    """R-hat and effective draws of one quantity over several chains."""

    rhat: float
    ess_bulk: float
    ess_tail: float

    def settled(self, *, rhat: float = 1.01, ess: float = 400.0) -> bool:
        """Say whether the chains agree and hold enough independent draws for an interval."""
        return self.rhat < rhat and min(self.ess_bulk, self.ess_tail) >= ess


def converge(chains: Floats) -> Convergence:
    """Compute R-hat and effective sample sizes.

    Parameters
    ----------
    chains
        Draws of one quantity, shape (chains, draws); at least four draws a chain.

    References
    ----------
    .. [1] A. Vehtari, A. Gelman, D. Simpson, B. Carpenter, P.-C. Bürkner, "Rank-normalization, folding, and
       localization: an improved R-hat", Bayesian Analysis 16 (2021), doi:10.1214/20-BA1221.
    """
    split = _split(chains)
    low, high = np.quantile(chains, [0.05, 0.95])
    tails = min(_ess(_split((chains <= edge).astype(np.float64))) for edge in (low, high))
    return Convergence(rhat=rhat(chains), ess_bulk=_ess(_normal_ranks(split)), ess_tail=tails)


def rhat(chains: Floats) -> float:
    """Return the larger of the R-hats of location and of spread; 1 for a constant."""
    split = _split(chains)
    folded = np.abs(split - np.median(split))
    return max(_plain_rhat(_normal_ranks(split)), _plain_rhat(_normal_ranks(folded)))


def _split(chains: Floats) -> Floats:
    """Cut each chain in two halves."""
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def _normal_ranks(chains: Floats) -> Floats:
    ranks = rankdata(chains, axis=None).reshape(chains.shape)
    scores: Floats = ndtri((ranks - 0.375) / (chains.size + 0.25))
    return scores


def _plain_rhat(chains: Floats) -> float:
    draws = chains.shape[1]
    within = chains.var(axis=1, ddof=1).mean()
    between = draws * chains.mean(axis=1).var(ddof=1)
    if within <= 0.0:
        return 1.0 if between <= 0.0 else float("inf")
    return float(np.sqrt((draws - 1) / draws + between / within / draws))


def _autocovariance(chains: Floats) -> Floats:
    draws = chains.shape[1]
    centred = chains - chains.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, 2 * draws, axis=1)
    found: Floats = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, :draws] / draws
    return found


def _ess(chains: Floats) -> float:
    """Geyer's initial monotone sequence over the pooled autocorrelations."""
    count, draws = chains.shape
    covariance = _autocovariance(chains)
    within = float(covariance[:, 0].mean()) * draws / (draws - 1)
    pooled = within * (draws - 1) / draws + float(chains.mean(axis=1).var(ddof=1))
    if pooled <= 0.0:
        return float(count * draws)
    correlation = 1.0 - (within - covariance.mean(axis=0) * draws / (draws - 1)) / pooled
    correlation[0] = 1.0
    even = draws // 2 * 2
    pairs = correlation[:even].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs <= 0.0)
    pairs = np.minimum.accumulate(pairs[: negative[0]] if negative.size else pairs)
    time = max(-1.0 + 2.0 * float(pairs.sum()), 1.0 / np.log10(count * draws))
    return float(count * draws / time)
