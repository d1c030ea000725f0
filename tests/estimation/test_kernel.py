"""The compiled sampler: its gradient, its joint distribution, and a case with a closed form."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from cenotaph.estimation import Sampling, Table, tabulate
from cenotaph.estimation.chains import Prior, data_of, start
from cenotaph.estimation.diagnose import converge
from cenotaph.estimation.hamilton import hamiltonian, log_density, slopes, unpack
from cenotaph.estimation.kernel import Data, gibbs
from cenotaph.estimation.lcmcr import lcmcr


@pytest.mark.parametrize("prior", [Prior(), Prior(shape=1.0, rate=2.0, capture=(0.7, 1.6))])
def test_the_gradient_is_the_slope_of_the_density(town: Callable[..., Table], prior: Prior) -> None:
    """Every partial derivative agrees with a finite difference."""
    chain = start(data_of(town(people=400), prior, None), 5, np.random.SeedSequence(3), 1.0)
    chain.advance(50)
    moving, still, _, _ = unpack(chain.data, chain.state, chain.work, 0.3)
    slopes(chain.data, chain.work, moving, still)
    told = np.concatenate([chain.work.grad_eta[:moving], chain.work.grad_u[:moving].ravel()])
    coordinates = [chain.work.eta[k : k + 1] for k in range(moving)]
    coordinates += [chain.work.u[k, j : j + 1] for k in range(moving) for j in range(4)]
    measured = [_slope(chain.data, chain.work, (moving, still), place) for place in coordinates]
    assert np.allclose(told, measured, rtol=1e-5, atol=1e-4)


def _slope(data: Data, work: object, size: tuple[int, float], place: np.ndarray, reach: float = 1e-5) -> float:
    values = []
    for move in (reach, -2 * reach):
        place += move
        values.append(log_density(data, work, size[0], slopes(data, work, *size)))
    place += reach
    return (values[0] - values[1]) / (2 * reach)


@pytest.mark.slow
def test_parameters_and_tables_drawn_in_turn_keep_their_joint_distribution() -> None:
    """Geweke's test: drawing data given parameters and parameters given data leaves the prior as it was."""
    people, lists, classes, rounds = 30, 3, 3, 30_000
    prior = Prior(shape=2.0, rate=2.0, capture=(2.0, 2.0))
    rng = np.random.default_rng(5)
    everything = np.array([[c >> j & 1 for j in range(lists)] for c in range(1, 2**lists)], np.uint8)
    chain = start(
        data_of(tabulate("abc", everything, np.full(7, 4)), prior, None), classes, np.random.SeedSequence(8), 1.0
    )
    present, seen = np.ascontiguousarray(everything.T.astype(np.float64)), []
    for _ in range(rounds):
        counts = _draw_table(rng, chain.state.weight, chain.state.odds, everything, people)
        data = Data(present, everything, counts, chain.data.prior, np.inf, people)
        gibbs(chain.rng, data, chain.state, chain.work)
        hamiltonian(chain.rng, data, chain.state, chain.work, 0.15, 5)
        seen.append([chain.state.odds[0, 0], chain.state.odds[2, 1], chain.state.weight[0], _factor(chain.state)])
    told = _from_prior(np.random.default_rng(6), classes, lists, rounds)
    for walked, direct in zip(np.array(seen)[1000:].T, told.T, strict=True):
        for power in (1, 2):
            ess = converge((walked**power).reshape(4, -1)).ess_bulk
            error = np.sqrt((walked**power).var() / ess + (direct**power).var() / len(direct))
            assert abs((walked**power).mean() - (direct**power).mean()) < 4.5 * error


def _draw_table(
    rng: np.random.Generator, weight: np.ndarray, odds: np.ndarray, everything: np.ndarray, people: int
) -> np.ndarray:
    """Draw the table of that many observed people."""
    chances = 1 / (1 + np.exp(-odds))
    cells = np.exp(weight) @ np.prod(np.where(everything[None], chances[:, None], 1 - chances[:, None]), axis=2)
    return rng.multinomial(people, cells / cells.sum()).astype(np.int64)


def _factor(state: object) -> float:
    chances = 1 / (1 + np.exp(-state.odds))  # type: ignore[attr-defined]
    return float(np.log(1 - np.exp(state.weight) @ np.prod(1 - chances, axis=1)))  # type: ignore[attr-defined]


def _from_prior(rng: np.random.Generator, classes: int, lists: int, rounds: int) -> np.ndarray:
    """Draw the same figures straight from the prior."""
    alpha = rng.gamma(2.0, 0.5, rounds)
    sticks = rng.beta(1.0, alpha[:, None], (rounds, classes))
    sticks[:, -1] = 1.0
    left = np.concatenate([np.ones((rounds, 1)), np.cumprod(1 - sticks[:, :-1], axis=1)], axis=1)
    chances = rng.beta(2.0, 2.0, (rounds, classes, lists))
    odds = np.log(chances / (1 - chances))
    seen = 1 - ((sticks * left) * np.prod(1 - chances, axis=2)).sum(axis=1)
    return np.stack([odds[:, 0, 0], odds[:, 2, 1], np.log(sticks[:, 0]), np.log(seen)], axis=1)


def test_one_class_agrees_with_its_closed_form(published: Callable[[str], Table]) -> None:
    """With one class the posterior is known exactly: Kosovo's mean is 7,389.8 and its standard deviation 129.4."""
    plan = Sampling(warmup=500, block=4000, most=4000, workers=1)
    found = lcmcr(published("kosovo"), classes=1, sampling=plan)
    assert found.settled
    assert found.mean == pytest.approx(7389.803, abs=8)
    assert found.draws.std() == pytest.approx(129.426, abs=6)
    assert np.allclose(np.quantile(found.draws, [0.025, 0.5, 0.975]), [7143, 7387, 7650], atol=15)


def test_a_cap_is_never_exceeded(published: Callable[[str], Table]) -> None:
    """No draw lies beyond the limit, and mass near it is reported."""
    plan = Sampling(warmup=300, block=1000, most=1000, workers=1, tempered=0)
    found = lcmcr(published("Australia"), cap=5, sampling=plan)
    assert found.draws.max() <= 6 * 414
    assert found.diagnostics["near_cap"] > 0.01
