"""R-hat and effective sample sizes on chains whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from cenotaph.estimation.diagnose import converge


def test_independent_draws_are_worth_themselves() -> None:
    """Four chains of noise have an R-hat of 1 and as many effective draws as draws."""
    found = converge(np.random.default_rng(1).normal(size=(4, 2000)))
    assert found.rhat == pytest.approx(1.0, abs=0.005)
    assert found.ess_bulk == pytest.approx(8000, rel=0.15)
    assert found.settled()


def test_correlated_draws_are_worth_what_theory_says() -> None:
    """An autoregressive chain with coefficient 0.9 loses a factor of 19."""
    rng, chains = np.random.default_rng(2), np.zeros((4, 20_000))
    for i in range(1, 20_000):
        chains[:, i] = 0.9 * chains[:, i - 1] + rng.normal(size=4)
    assert converge(chains).ess_bulk == pytest.approx(80_000 / 19, rel=0.15)


@pytest.mark.parametrize("shift", [0.5, 3.0])
def test_chains_in_different_places_are_told(shift: float) -> None:
    """A chain that sits elsewhere raises R-hat, however good each looks alone."""
    chains = np.random.default_rng(3).normal(size=(4, 2000))
    chains[0] += shift
    assert not converge(chains).settled()


def test_chains_of_different_spread_are_told() -> None:
    """Equal means with unequal widths raise R-hat too."""
    chains = np.random.default_rng(4).normal(size=(4, 2000))
    chains[0] *= 3.0
    assert converge(chains).rhat > 1.01


def test_a_constant_is_settled() -> None:
    """Lists that leave nobody unseen are no numerical accident."""
    assert converge(np.ones((4, 100))).rhat == 1.0
