"""Two lists alone: Chapman's estimate. It rests wholly on their independence, so it is shown, never claimed."""

from __future__ import annotations

import numpy as np

from cenotaph.estimation.panel import Table
from cenotaph.estimation.result import Fitted

_Z = 1.959963984540054


def chapman(first: int, second: int, both: int) -> tuple[float, tuple[float, float]]:
    """Return the total and its interval from the sizes of two lists and of their overlap.

    ``N = (n1 + 1)(n2 + 1)/(m + 1) - 1``; the interval is log-normal in the people not seen.

    References
    ----------
    .. [1] D. Chapman, "Some properties of the hypergeometric distribution with applications to zoological sample
       censuses", University of California Publications in Statistics 1 (1951).
    .. [2] K. Burnham et al., "Design and analysis methods for fish survival experiments", AFS Monograph 5 (1987).
    """
    total = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    seen = first + second - both
    unseen = total - seen
    if unseen <= 0.0:
        return float(seen), (float(seen), float(seen))
    factor = float(np.exp(_Z * np.sqrt(np.log1p(variance / unseen**2))))
    return total, (seen + unseen / factor, seen + unseen * factor)


def largest_pair(table: Table) -> Fitted:
    """Apply Chapman's estimate to the two lists that share the most people; it answers for their people only."""
    shared = np.triu(table.shared, k=1)
    i, j = (int(k) for k in np.unravel_index(int(shared.argmax()), shared.shape))
    total, interval = chapman(int(table.totals[i]), int(table.totals[j]), int(shared[i, j]))
    return Fitted("chapman", total, interval, {"lists": [table.names[i], table.names[j]], "shared": int(shared[i, j])})
