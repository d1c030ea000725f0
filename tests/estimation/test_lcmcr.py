"""The latent class estimate against the R package, and its moves between classes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from cenotaph.errors import InputError
from cenotaph.estimation import Posterior, Sampling, Table
from cenotaph.estimation.chains import Prior, data_of, start
from cenotaph.estimation.kernel import relabel
from cenotaph.estimation.lcmcr import lcmcr

PLAN = Sampling(warmup=1500, block=5000, most=20_000, ess=4000.0, workers=1, tempered=0)


@pytest.mark.parametrize(
    ("name", "median", "low", "high"),
    [
        ("UKdat", (22812, 147), (16909, 129), (34109, 318)),
        ("NewOrl", (715, 1), (510, 1), (1067, 5)),
        ("Rcapture_HIV", (10931, 6), (9372, 11), (13064, 33)),
        ("MadiganYork_spina5", (628, 1), (590, 1), (716, 1)),
    ],
)
def test_published_tables_agree_with_the_reference_implementation(
    published: Callable[[str], Table], name: str, median: tuple[int, int], low: tuple[int, int], high: tuple[int, int]
) -> None:
    """With its cap of 20, median and both ends lie within four standard errors of both computations."""
    found = lcmcr(published(name), cap=20, sampling=PLAN)
    assert found.settled
    for share, (wanted, error) in zip((0.5, 0.025, 0.975), (median, low, high), strict=True):
        ours = np.array([np.quantile(part, share) for chain in found.draws for part in np.array_split(chain, 4)])
        spread = np.hypot(ours.std(ddof=1) / np.sqrt(ours.size), max(error, 0.5))
        assert abs(np.quantile(found.draws, share) - wanted) < 4 * spread


def test_an_exchange_of_labels_changes_no_probability(town: Callable[..., Table]) -> None:
    """Classes trade places with all they have: the set of weights and chances stays."""
    chain = start(data_of(town(people=200), Prior(), None), 6, np.random.SeedSequence(2), 1.0)
    before = {
        (weight, *odds) for weight, odds in zip(chain.state.weight.tolist(), chain.state.odds.tolist(), strict=True)
    }
    order = chain.state.weight.copy()
    for _ in range(50):
        relabel(chain.rng, chain.state, chain.data.prior)
    after = {
        (weight, *odds) for weight, odds in zip(chain.state.weight.tolist(), chain.state.odds.tolist(), strict=True)
    }
    assert after == before
    assert not np.array_equal(order, chain.state.weight)


def test_the_number_of_threads_changes_nothing(town: Callable[..., Table]) -> None:
    """Each chain depends on its own seed only."""
    one, two = (
        lcmcr(
            town(people=500), classes=3, sampling=Sampling(warmup=100, block=200, most=200, tempered=0, workers=workers)
        )
        for workers in (1, 3)
    )
    assert np.array_equal(one.draws, two.draws)


def test_draws_that_have_not_settled_show_no_figure(town: Callable[..., Table]) -> None:
    """Too short a run says so, and its JSON holds the chains' densities and no interval."""
    plan = Sampling(warmup=25, block=30, most=30, tempered=0, workers=1)
    found: Posterior = lcmcr(town(), classes=4, sampling=plan)
    shown = found.to_json()
    assert shown["status"] == "modes_disagree"
    assert {"mean", "median", "interval", "sd"}.isdisjoint(shown)
    assert len(shown["chains"]) == 4


def test_fewer_than_four_chains_are_refused() -> None:
    """Three chains cannot show enough."""
    with pytest.raises(InputError, match="use 4 or more"):
        Sampling(chains=3)
