"""Parallel tempering, compiled: the same transition on tables of fewer and fewer of the people, down to none.

Invariant: each rung keeps the posterior given *its* table as it is, and swaps of neighbours keep their product; so the
first rung, which has everybody, samples the posterior. The last rung has nobody: it samples the prior, and forgets.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cenotaph.estimation.hamilton import hamiltonian
from cenotaph.estimation.kernel import (
    Data,
    Floats,
    Rng,
    State,
    Work,
    chances,
    draw_unseen,
    expansion,
    gibbs,
    patterns,
)

Ints = NDArray[np.int64]


class Ladder(NamedTuple):
    """Replicas, one a rung. ``holder`` says which replica stands on which rung."""

    counts: Ints  # people by rung and cell
    people: Ints  # people by rung
    caps: Floats
    steps: Floats  # path step by rung
    weight: Floats  # by replica
    odds: Floats
    unseen: Ints  # by replica, shape (rungs, 1)
    score: Floats  # log probability of each pattern given that one is seen, by replica and cell
    factor: Floats  # odds of being unseen, by replica
    holder: Ints
    heading: Ints  # by replica: 1 when it was last at the empty end, 0 at the full one, -1 at neither yet
    trips: Ints  # one number: journeys from the full end to the empty one and back
    tried: Floats  # by pair of neighbours: swaps' chances of acceptance, summed
    moved: Floats  # by rung: paths' chances of acceptance, summed


@njit(cache=True, nogil=True, error_model="numpy")
def _rescore(data: Data, ladder: Ladder, work: Work, replica: int) -> None:
    """Fill what swaps need to know of a replica."""
    weight = ladder.weight[replica]
    chances(ladder.odds[replica], work.lam, work.seen)
    scale = np.exp(weight)
    seen = (scale * work.seen).sum()
    patterns(data.present, work.lam, scale, work.joint)
    for c in range(data.counts.size):
        ladder.score[replica, c] = np.log(work.joint[:, c].sum() / seen)
    ladder.factor[replica] = expansion(weight, work.seen)


@njit(cache=True, nogil=True, error_model="numpy")
def _gain(ladder: Ladder, rung: int, above: int, below: int) -> float:
    """Return the log ratio of densities when two neighbours change places."""
    gain = 0.0
    for c in range(ladder.counts.shape[1]):
        people = ladder.counts[rung, c] - ladder.counts[rung + 1, c]
        if people != 0:
            gain += people * (ladder.score[below, c] - ladder.score[above, c])
    return float(gain)


@njit(cache=True, nogil=True, error_model="numpy")
def _swap(rng: Rng, ladder: Ladder, rung: int) -> None:
    """Let two neighbours change places, each with a fresh unseen count for its new table."""
    above, below = ladder.holder[rung], ladder.holder[rung + 1]
    gain = _gain(ladder, rung, above, below)
    ladder.tried[rung] += np.exp(min(gain, 0.0))
    if not np.log(1.0 - rng.random()) < gain:
        return
    up = draw_unseen(rng, ladder.people[rung], ladder.factor[below], ladder.caps[rung])
    down = draw_unseen(rng, ladder.people[rung + 1], ladder.factor[above], ladder.caps[rung + 1])
    if up >= 0 and down >= 0:
        ladder.holder[rung], ladder.holder[rung + 1] = below, above
        ladder.unseen[below, 0], ladder.unseen[above, 0] = up, down


@njit(cache=True, nogil=True, error_model="numpy")
def _journeys(ladder: Ladder) -> None:
    """Count a journey when a replica that was at the empty end reaches the full one."""
    first, last = ladder.holder[0], ladder.holder[-1]
    if ladder.heading[first] == 1:
        ladder.trips[0] += 1
    ladder.heading[first] = 0
    if ladder.heading[last] == 0:
        ladder.heading[last] = 1


@njit(cache=True, nogil=True, error_model="numpy")
def climb(  # noqa: PLR0913 - compiled code takes no keyword objects
    rng: Rng, data: Data, ladder: Ladder, work: Work, leaps: int, unseen: Ints, factor: Floats
) -> None:
    """Move every replica, then swap even and odd pairs of neighbours in turn; record the full table's draws."""
    rungs = ladder.people.size
    for i in range(unseen.size):
        for rung in range(rungs):
            r = ladder.holder[rung]
            here = Data(
                data.present, data.patterns, ladder.counts[rung], data.prior, ladder.caps[rung], ladder.people[rung]
            )
            state = State(ladder.weight[r], ladder.odds[r], ladder.unseen[r])
            gibbs(rng, here, state, work)
            step = ladder.steps[rung] * (0.8 + 0.4 * rng.random())
            ladder.moved[rung] += hamiltonian(rng, here, state, work, step, 1 + int(rng.random() * leaps))
            _rescore(data, ladder, work, r)
        for rung in range(i % 2, rungs - 1, 2):
            _swap(rng, ladder, rung)
        _journeys(ladder)
        full = ladder.holder[0]
        unseen[i] = ladder.unseen[full, 0]
        factor[i] = np.log1p(ladder.factor[full])
