"""Parallel tempering around the latent class sampler: for tables on which plain chains find several answers.

Journeys of replicas between the full table and the empty one show whether it mixes; without them an agreement of
chains would prove nothing, so they are part of the diagnosis.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from cenotaph.estimation.chains import spawn
from cenotaph.estimation.kernel import Data, Floats, Rng, Work, workspace
from cenotaph.estimation.ladder import Ints, Ladder, climb

RUNGS, LEAPS = 20, 16
ROUNDS = (100, 200, 400)  # sweeps of each tuning round
TARGET = 0.65
_GOLDEN = 0.6180339887498949


@dataclass(slots=True)
class Ensemble:
    """One tempered run: its randomness, its ladder, how much of the people each rung has."""

    rng: Rng
    data: Data
    ladder: Ladder
    work: Work
    shares: Floats
    barrier: float = 0.0

    def advance(self, sweeps: int) -> tuple[Ints, Floats]:
        """Return draws of the unseen count and of the log expansion factor under the full table."""
        unseen, factor = np.empty(sweeps, np.int64), np.empty(sweeps)
        climb(self.rng, self.data, self.ladder, self.work, LEAPS, unseen, factor)
        return unseen, factor

    def tune(self) -> None:
        """Set steps and rungs so that every path and every swap is accepted about equally often."""
        for sweeps in ROUNDS:
            self.ladder.tried[:], self.ladder.moved[:] = 0.0, 0.0
            self.advance(sweeps)
            rejected = np.clip(1.0 - self.ladder.tried / (sweeps / 2), 0.0, 1.0)
            self.ladder.steps[:] *= np.exp(1.5 * (self.ladder.moved / sweeps - TARGET))
            self._respace(rejected)
        self.ladder.trips[0], self.ladder.heading[:] = 0, -1

    def _respace(self, rejected: Floats) -> None:
        """Put the rungs where equal parts of the swaps' rejection lie between neighbours (Syed et al. 2021)."""
        climbed = np.concatenate([[0.0], np.cumsum(rejected + 1e-3)])
        self.barrier = float(rejected.sum())
        wanted = np.linspace(0.0, climbed[-1], len(self.shares))
        steps = np.interp(wanted, climbed, np.log(self.ladder.steps))
        root = np.interp(wanted, climbed, np.cbrt(self.shares))
        self.shares, self.ladder.steps[:] = root**3, np.exp(steps)
        counts = thin(self.data.counts, self.shares)
        self.ladder.counts[:], self.ladder.people[:] = counts, counts.sum(axis=1)
        self.ladder.caps[:] = self.shares * self.data.cap if np.isfinite(self.data.cap) else np.inf


def thin(counts: Ints, shares: Floats) -> Ints:
    """Return nested tables with those shares of the people, evenly taken from all cells, shape (shares, cells).

    Every person has a rank within the cell; the ranks of small cells are spread by the golden ratio, so that single
    people leave one after the other and not all at once.
    """
    cells = np.repeat(np.arange(counts.size), counts)
    place = np.concatenate([np.arange(count) for count in counts])
    shift = np.mod((cells + 1) * _GOLDEN, 1.0)
    order = np.argsort((place + shift) / np.maximum(counts[cells], 1), kind="stable")
    wanted = np.rint(shares * counts.sum()).astype(np.int64)
    return np.stack([np.bincount(cells[order[:some]], minlength=counts.size) for some in wanted]).astype(np.int64)


def ensemble(data: Data, classes: int, seed: np.random.SeedSequence) -> Ensemble:
    """Return a tempered run whose replicas start wide apart."""
    lists = data.present.shape[0]
    shares = np.append(np.geomspace(1.0, 2.0 / max(data.people, 4), RUNGS - 1), 0.0)
    replicas = [chain.state for chain in spawn(data, classes, seed.spawn(RUNGS))]
    counts = thin(data.counts, shares)
    ladder = Ladder(
        counts=counts,
        people=counts.sum(axis=1),
        caps=shares * data.cap if np.isfinite(data.cap) else np.full(RUNGS, np.inf),
        steps=np.minimum(0.05 / np.sqrt(np.maximum(shares, 0.01)), 0.4),
        weight=np.stack([one.weight for one in replicas]),
        odds=np.stack([one.odds for one in replicas]),
        unseen=np.zeros((RUNGS, 1), np.int64),
        score=np.zeros((RUNGS, data.counts.size)),
        factor=np.ones(RUNGS),
        holder=np.arange(RUNGS),
        heading=np.full(RUNGS, -1),
        trips=np.zeros(1, np.int64),
        tried=np.zeros(RUNGS - 1),
        moved=np.zeros(RUNGS),
    )
    return Ensemble(np.random.default_rng(seed), data, ladder, workspace(classes, lists, data.counts.size), shares)


def temper(
    data: Data, classes: int, seeds: list[np.random.SeedSequence], sweeps: int, *, workers: int
) -> tuple[Ints, Floats, list[int]]:
    """Run independent ensembles; return unseen counts, log factors (ensembles, sweeps) and each one's journeys.

    The first fifth of each run is thrown away.
    """

    def one(seed: np.random.SeedSequence) -> tuple[Ints, Floats, int]:
        run = ensemble(data, classes, seed)
        run.tune()
        run.advance(sweeps // 5)
        run.ladder.trips[0] = 0
        unseen, factor = run.advance(sweeps - sweeps // 5)
        return unseen, factor, int(run.ladder.trips[0])

    with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        found = list(pool.map(one, seeds))
    return np.stack([u for u, _, _ in found]), np.stack([f for _, f, _ in found]), [trips for _, _, trips in found]
