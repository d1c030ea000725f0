"""Runs chains of the latent class sampler. A chain depends on its own seed only, not on the others."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cenotaph.estimation.hamilton import hamiltonian
from cenotaph.estimation.kernel import Data, Floats, Rng, State, Work, chances, expansion, gibbs, workspace
from cenotaph.estimation.panel import Table

LEAPS = 40  # the longest path; its length is drawn each time, so that no period resonates
EVERY = 2  # Hamiltonian paths for each Gibbs sweep
TARGET = 0.65  # acceptance the step size is tuned to
PAD = 16  # cells are padded to whole vector registers with empty ones


@dataclass(frozen=True, slots=True)
class Prior:
    """The prior of the latent class model.

    Parameters
    ----------
    shape, rate
        Of the gamma distribution of the concentration, which rules how many classes there are.
    capture
        Of the beta distribution of the chance to be on a list; (1, 1) is flat.
    """

    shape: float = 0.25
    rate: float = 0.25
    capture: tuple[float, float] = (1.0, 1.0)


def data_of(table: Table, prior: Prior, cap: float | None) -> Data:
    """Return a table as the compiled code wants it; ``cap`` is the largest unseen count by observed person."""
    short = -len(table.counts) % PAD
    patterns = np.vstack([table.patterns, np.zeros((short, len(table.names)), np.uint8)])
    counts = np.concatenate([table.counts, np.zeros(short, np.int64)])
    people = int(counts.sum())
    return Data(
        present=np.ascontiguousarray(patterns.T.astype(np.float64)),
        patterns=patterns,
        counts=counts,
        prior=np.array([prior.shape, prior.rate, *prior.capture]),
        cap=np.inf if cap is None else float(np.floor(cap * people)),
        people=people,
    )


@dataclass(slots=True)
class Chain:
    """One chain: where it is, its randomness, its step size, and what it has recorded."""

    rng: Rng
    data: Data
    state: State
    work: Work
    step: float = 0.05
    leaps: int = LEAPS

    def advance(self, draws: int) -> tuple[NDArray[np.int64], Floats]:
        """Return that many draws of the unseen count and of the log of the expansion factor."""
        unseen, factor = np.empty(draws, np.int64), np.empty(draws)
        _run(self.rng, self.data, self.state, self.work, (self.step, self.leaps, EVERY), unseen, factor)
        return unseen, factor

    def warm(self, draws: int) -> None:
        """Move away from the start while the step size is tuned to its target acceptance."""
        block, log_step, mean, unseen, factor = 25, np.log(self.step), 0.0, np.empty(25, np.int64), np.empty(25)
        rounds = max(draws // block, 1)
        for i in range(rounds):
            path = (float(np.exp(log_step)), self.leaps, EVERY)
            accepted = _run(self.rng, self.data, self.state, self.work, path, unseen, factor)
            log_step = min(log_step + (accepted - TARGET) / (1.0 + i) ** 0.5, 0.0)
            mean += log_step * (i >= rounds // 2)
        self.step = float(np.exp(mean / (rounds - rounds // 2)))


@njit(cache=True, nogil=True, error_model="numpy")
def _run(  # noqa: PLR0913 - compiled code takes no keyword objects
    rng: Rng,
    data: Data,
    state: State,
    work: Work,
    path: tuple[float, int, int],
    unseen: NDArray[np.int64],
    factor: Floats,
) -> float:
    """Fill the draws; return the mean acceptance."""
    step, leaps, every = path
    accepted = 0.0
    for i in range(unseen.size):
        if i % every == 0:
            gibbs(rng, data, state, work)
        jitter = step * (0.8 + 0.4 * rng.random())
        accepted += hamiltonian(rng, data, state, work, jitter, 1 + int(rng.random() * leaps))
        chances(state.odds, work.lam, work.seen)
        unseen[i] = state.unseen[0]
        factor[i] = np.log1p(expansion(state.weight, work.seen))
    return accepted / unseen.size


def start(data: Data, classes: int, seed: np.random.SeedSequence, spread: float) -> Chain:
    """Return a chain at a point drawn from the prior, with concentration ``spread``: few classes or many."""
    rng = np.random.default_rng(seed)
    lists = data.present.shape[0]
    rest = np.concatenate([[0.0], np.cumsum(-rng.exponential(1.0 / spread, classes - 1))])
    weight = rest.copy()
    weight[:-1] = rest[:-1] + np.log(-np.expm1(np.diff(rest)))
    captured = rng.beta(data.prior[2], data.prior[3], (classes, lists)).clip(1e-6, 1 - 1e-6)
    state = State(weight, np.log(captured / (1.0 - captured)), np.zeros(1, np.int64))
    return Chain(rng, data, state, workspace(classes, lists, data.counts.size))


def spawn(data: Data, classes: int, seeds: Sequence[np.random.SeedSequence]) -> list[Chain]:
    """Return chains whose starts are spread wider than the posterior: from one class to all of them."""
    spreads = (0.05, 0.3, 1.0, 5.0)
    return [start(data, classes, seed, spreads[i % len(spreads)]) for i, seed in enumerate(seeds)]


def together(chains: Sequence[Chain], draws: int, *, warm: bool, workers: int) -> tuple[NDArray[np.int64], Floats]:
    """Advance all chains, on threads; return unseen counts and log expansion factors, shape (chains, draws)."""

    def work(chain: Chain) -> tuple[NDArray[np.int64], Floats]:
        if warm:
            chain.warm(draws)
            return np.empty(0, np.int64), np.empty(0)
        return chain.advance(draws)

    with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        found = list(pool.map(work, chains))
    return np.stack([unseen for unseen, _ in found]), np.stack([factor for _, factor in found])
