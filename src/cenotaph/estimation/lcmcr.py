"""Latent class estimate: classes of people who share their chances to be on each list, how many classes left open.

Invariant: draws are called *converged* only when at least four chains from wide starts agree (rank-normalised split
R-hat below 1.01 on log N) and hold enough independent draws in the middle and in the tails.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from cenotaph.errors import InputError
from cenotaph.estimation.chains import Chain, Prior, data_of, spawn, together
from cenotaph.estimation.diagnose import Convergence, converge
from cenotaph.estimation.panel import Table
from cenotaph.estimation.result import Posterior
from cenotaph.estimation.tempering import temper

Floats = NDArray[np.float64]
NEAR_CAP, CAP_SHARE = 0.8, 0.01
FEWEST, MANY_LISTS = 4, 11
FEWEST_TRIPS = 2  # journeys of replicas to the empty table and back, in each tempered run


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How long to sample. Lengths are counted in draws, not in time, so that a seed gives the same bytes anywhere.

    Parameters
    ----------
    chains
        At least four; None for four up to eleven lists and eight beyond, where answers more often differ.
    warmup
        Draws thrown away at the start of each chain.
    block
        Draws of each chain between two looks at the diagnostics.
    most
        Draws of each chain after which sampling stops whatever the diagnostics say.
    ess
        Effective draws wanted, in the middle and in the tails.
    tempered
        Sweeps of each tempered run, tried when plain chains disagree; 0 for none.
    workers
        Threads; the result does not depend on it.
    """

    chains: int | None = None
    warmup: int = 1500
    block: int = 2500
    most: int = 30_000
    ess: float = 4000.0
    tempered: int = 6000
    workers: int = field(default_factory=lambda: min(4, os.cpu_count() or 1))

    def __post_init__(self) -> None:
        """Refuse fewer chains than can disagree."""
        if self.chains is not None and self.chains < FEWEST:
            raise InputError(f"{self.chains} chains cannot show whether they agree; use {FEWEST} or more")

    def chains_for(self, table: Table) -> int:
        """Return how many chains a table gets."""
        return self.chains or (FEWEST if len(table.names) <= MANY_LISTS else 2 * FEWEST)


def lcmcr(
    table: Table,
    *,
    classes: int = 10,
    cap: float | None = None,
    prior: Prior | None = None,
    seed: np.random.SeedSequence | int = 1988,
    sampling: Sampling | None = None,
) -> Posterior:
    """Sample the total under the latent class model.

    Parameters
    ----------
    table
        Two or more lists; whether an estimate makes sense is asked in `preflight`.
    classes
        The most classes there may be; how many are used is learnt.
    cap
        The most unseen people by documented person (20 is what the R package LCMCR has built in); None for no limit.

    Notes
    -----
    ``P(x) = sum_k nu_k prod_j lam_jk^x_j (1 - lam_jk)^(1 - x_j)``, stick-breaking weights, ``p(N) ~ 1/N``. The sampler
    alternates Gibbs sweeps with Hamiltonian paths on the occupied classes, classes of people and N integrated out.

    References
    ----------
    .. [1] D. Manrique-Vallier, "Bayesian population size estimation using Dirichlet process mixtures", Biometrics 72
       (2016), doi:10.1111/biom.12502.
    """
    plan = sampling or Sampling()
    data = data_of(table, prior or Prior(), cap)
    root = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    chains = spawn(data, classes, root.spawn(plan.chains_for(table)))
    together(chains, plan.warmup, warm=True, workers=plan.workers)
    plain = posterior(table.people, *_until_settled(chains, plan), cap)
    if plain.settled or not plan.tempered:
        return plain
    unseen, factor, trips = temper(data, classes, root.spawn(FEWEST), plan.tempered, workers=plan.workers)
    return _chosen(plain, posterior(table.people, unseen, factor, cap), trips)


def _until_settled(chains: list[Chain], plan: Sampling) -> tuple[NDArray[np.int64], Floats]:
    """Sample in blocks until the diagnostics are good, or the most draws are made; the first half goes as warm-up."""
    people = chains[0].data.people
    unseen, factor = together(chains, plan.block, warm=False, workers=plan.workers)
    while unseen.shape[1] < plan.most:
        found = converge(np.log(people + unseen.astype(np.float64)))
        if found.settled(ess=plan.ess) or hopeless(found, unseen.shape[1], plan):
            break
        more = together(chains, plan.block, warm=False, workers=plan.workers)
        unseen, factor = np.concatenate([unseen, more[0]], axis=1), np.concatenate([factor, more[1]], axis=1)
    return unseen, factor


def _chosen(plain: Posterior, tempered: Posterior, trips: list[int]) -> Posterior:
    """Return the tempered draws when they settled and their replicas truly travelled, else what the chains showed."""
    if tempered.settled and min(trips) >= FEWEST_TRIPS:
        return replace(tempered, diagnostics={**tempered.diagnostics, "tempered": True, "round_trips": trips})
    tried = {"rhat": tempered.diagnostics["rhat"], "round_trips": trips, "needed": FEWEST_TRIPS}
    return replace(plain, diagnostics={**plain.diagnostics, "tempering": tried})


def hopeless(found: Convergence, draws: int, plan: Sampling) -> bool:
    """Say whether longer plain chains are a waste: a third of the draws made and the chains still apart."""
    return draws >= plan.most / 3 and found.rhat > 1.1


def posterior(people: int, unseen: NDArray[np.int64], factor: Floats, cap: float | None) -> Posterior:
    """Return the draws of the total with their diagnostics."""
    totals = people + unseen.astype(np.float64)
    found = converge(np.log(totals))
    settled = found.settled()
    diagnostics = {
        "rhat": round(found.rhat, 4),
        "ess_bulk": round(found.ess_bulk, 1),
        "ess_tail": round(found.ess_tail, 1),
        **({"chain_medians": np.median(totals, axis=1).round().tolist()} if settled else {}),
        "expansion": round(float(np.exp(np.median(factor))), 4),
        **_cap_facts(people, totals, cap),
    }
    return Posterior("lcmcr", totals, settled, "converged" if settled else "modes_disagree", diagnostics)


def _cap_facts(people: int, totals: Floats, cap: float | None) -> dict[str, float]:
    if cap is None:
        return {}
    near = float((totals > NEAR_CAP * (1.0 + cap) * people).mean())
    return {"cap": cap, "near_cap": round(near, 4)}
