"""Precision and recall of the links from a labelled sample, with intervals that stay honest where few were looked at.

Each part of the sample (pairs of one stratum that are linked, or that are apart) stands for all pairs of its kind:
Horvitz–Thompson. Each part has the exact interval of Clopper and Pearson, so one without an error still has a width;
the parts are put together by melding, each end drawn with every part at its worse side. What coders left unsure counts
against at the lower end and for at the upper.

References
----------
D. G. Horvitz, D. J. Thompson, "A Generalization of Sampling Without Replacement From a Finite Universe", *JASA* 47
(1952), 663–685. C. J. Clopper, E. S. Pearson, "The Use of Confidence or Fiducial Limits Illustrated in the Case of
the Binomial", *Biometrika* 26 (1934), 404–413. M. P. Fay, M. A. Proschan, E. Brittain, "Combining One-Sample Confidence
Procedures for Inference in the Two-Sample Case", *Biometrics* 71 (2015), 146–156.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LEVEL = 0.95
_DRAWS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Pairs of one stratum that are linked, or apart: how many there are, and what coders said of those drawn.

    ``far`` marks pairs that the program held for as good as impossible: there are so many that a few looked at tell
    little of them, so recall is given with and without.
    """

    size: int
    linked: bool
    same: int
    different: int
    unsure: int = 0
    far: bool = False

    @property
    def drawn(self) -> int:
        """How many were looked at."""
        return self.same + self.different + self.unsure


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its interval; ``estimate`` is None where nothing was looked at that could tell."""

    estimate: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What a sample says of the links: of candidate pairs only."""

    precision: Share
    recall: Share
    recall_near: Share  # without the pairs held for as good as impossible


def accuracy(parts: Sequence[Part], *, seed: int = 1988, level: float = LEVEL) -> Accuracy:
    """Estimate precision and recall over the pairs that the parts stand for.

    Parameters
    ----------
    parts
        Every part of the sampled pairs; one that nobody looked at may hold anything.
    seed
        Of the draws that the intervals rest on.
    level
        Of the intervals.

    Examples
    --------
    >>> found = accuracy([Part(size=900, linked=True, same=50, different=0),
    ...                   Part(size=900, linked=False, same=0, different=50)])
    >>> found.precision.estimate, found.precision.high, found.precision.low < 0.98
    (1.0, 1.0, True)
    """
    parts = [part for part in parts if part.size]
    near = [part for part in parts if not part.far]
    linked = [part for part in parts if part.linked]
    return Accuracy(
        precision=_share(linked, lambda same, _: same / sum(part.size for part in linked), seed, level),
        recall=_share(parts, _of_same, seed, level),
        recall_near=_share(near, _of_same, seed, level),
    )


def _of_same(joined: Floats, apart: Floats) -> Floats:
    """Return which share of the pairs that are one person is joined; 1 where there is none."""
    whole = joined + apart
    return np.where(whole > 0, joined / np.where(whole > 0, whole, 1.0), 1.0)


def _share(parts: Sequence[Part], of: Callable[[Floats, Floats], Floats], seed: int, level: float) -> Share:
    """Return a share that grows with the same pairs among those linked, and falls with those among the others."""
    if not any(part.linked for part in parts):
        return Share(None, 0.0, 1.0)
    ends = []
    for number, upper in enumerate((False, True)):
        rng = np.random.default_rng([seed, number])
        sides = [(part.linked, _drawn(part, rng, upper=part.linked is upper)) for part in parts]
        joined, apart = (sum((n for linked, n in sides if linked is wanted), np.zeros(_DRAWS))
                         for wanted in (True, False))  # fmt: skip
        ends.append(float(np.quantile(of(joined, apart), (1 + level) / 2 if upper else (1 - level) / 2)))
    middle = _middle(parts, of)
    low, high = ends
    return Share(middle, low if middle is None else min(low, middle), high if middle is None else max(high, middle))


def _middle(parts: Sequence[Part], of: Callable[[Floats, Floats], Floats]) -> float | None:
    """Return the Horvitz–Thompson estimate, from what coders were sure of."""
    if any(part.same + part.different == 0 for part in parts):
        return None
    weighed = [(part.linked, part.size * part.same / (part.same + part.different)) for part in parts]
    joined, apart = (np.array([sum(n for linked, n in weighed if linked is wanted)]) for wanted in (True, False))
    return float(of(joined, apart)[0])


def _drawn(part: Part, rng: np.random.Generator, *, upper: bool) -> Floats:
    """Draw how many pairs of a part are one person, at one side of what was seen.

    The upper side of s of n is Beta(s + 1, n - s), the lower Beta(s, n - s + 1); of the pairs not looked at it is a
    binomial number.
    """
    same = part.same + (part.unsure if upper else 0)
    other = part.drawn - same
    rest = max(part.size - part.drawn, 0)
    if other == 0 and upper:
        return np.full(_DRAWS, float(same + rest))
    if same == 0 and not upper:
        return np.zeros(_DRAWS)
    rate = rng.beta(same + upper, other + (not upper), _DRAWS)
    return same + rng.binomial(rest, rate).astype(np.float64)
