"""Does a log-linear model have an estimate at all on this table? Asked of a linear programme, not of a fit.

A fit that runs off to infinity looks like a large number; Fienberg and Rinaldo's condition tells it apart.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from cenotaph.estimation.glm import Floats

_TINY = 1e-7


def exists(design: Floats, counts: Floats) -> bool:
    """Say whether the maximum likelihood estimate exists.

    It does exactly when some strictly positive vector has the same sufficient statistics as the counts: maximise s
    subject to A'v = A'y, v >= s, and ask whether s > 0.

    References
    ----------
    .. [1] S. Fienberg, A. Rinaldo, "Maximum likelihood estimation in log-linear models", Annals of Statistics 40
       (2012).
    """
    cells = design.shape[0]
    equal = np.column_stack([design.T.sum(axis=1), design.T])  # v = s + w with w >= 0
    goal = np.zeros(cells + 1)
    goal[0] = -1.0
    found = linprog(goal, A_eq=equal, b_eq=design.T @ counts, bounds=(0.0, None), method="highs")
    return bool(found.x is not None and found.status == 0 and float(found.x[0]) > _TINY)


def identifiable(design: Floats) -> bool:
    """Say whether different coefficients always mean different expectations: full column rank."""
    return bool(np.linalg.matrix_rank(design) == design.shape[1])
