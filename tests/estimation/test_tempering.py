"""Tempering: nested tables, agreement with plain chains, journeys that are truly counted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.estimation import Posterior, Sampling, Table, elicit
from cenotaph.estimation.chains import Prior, data_of
from cenotaph.estimation.elicit import expansions
from cenotaph.estimation.lcmcr import _chosen, lcmcr
from cenotaph.estimation.predictive import SAID, predict
from cenotaph.estimation.sensitivity import variants
from cenotaph.estimation.tempering import temper, thin


@given(st.lists(st.integers(0, 60), min_size=1, max_size=30), st.integers(2, 8))
def test_thinned_tables_are_nested(counts: list[int], rungs: int) -> None:
    """From one rung to the next people only leave, and the first rung has everybody."""
    shares = np.linspace(1.0, 0.0, rungs)
    found = thin(np.array(counts, np.int64), shares)
    assert found[0].tolist() == counts
    assert found[-1].sum() == 0
    assert (np.diff(found, axis=0) <= 0).all()


@pytest.mark.slow
def test_tempered_and_plain_chains_agree_where_both_can(published: Callable[[str], Table]) -> None:
    """On an easy table the two give the same distribution, and replicas travel."""
    table = published("Rcapture_HIV")
    plain = lcmcr(table, sampling=Sampling(ess=2000.0, workers=1))
    unseen, _, trips = temper(data_of(table, Prior(), None), 10, np.random.SeedSequence(4).spawn(4), 1500, workers=1)
    totals = table.people + unseen
    assert np.median(totals) == pytest.approx(plain.median, rel=0.02)
    assert np.quantile(totals, 0.975) == pytest.approx(plain.interval[1], rel=0.05)
    assert min(trips) >= 1


def test_replicas_travel_where_modes_lie_apart(published: Callable[[str], Table]) -> None:
    """On a table whose plain chains stay apart, replicas reach the empty table and come back in every run."""
    table = published("UKdat_5")
    plain = lcmcr(table, cap=20, sampling=Sampling(warmup=100, block=300, most=300, tempered=0, workers=1))
    _, _, trips = temper(data_of(table, Prior(), 20.0), 10, np.random.SeedSequence(3).spawn(2), 2500, workers=1)
    assert plain.diagnostics["rhat"] > 1.05
    assert min(trips) >= 1


@pytest.mark.slow
def test_runs_that_agree_without_a_journey_do_not_converge(published: Callable[[str], Table]) -> None:
    """On the Dutch table tempered runs agree and no replica travels: the status stays that modes disagree."""
    plan = Sampling(warmup=300, block=1000, most=2000, tempered=1000, workers=2)
    found = lcmcr(published("Ned"), cap=20, sampling=plan)
    assert found.status == "modes_disagree"
    assert max(found.diagnostics["tempering"]["round_trips"]) < 2
    assert "interval" not in found.to_json()


def test_tempering_without_journeys_settles_nothing() -> None:
    """Agreement of runs whose replicas never travelled is not taken for convergence."""
    draws = np.random.default_rng(1).normal(1000, 10, (4, 500))
    plain = Posterior("lcmcr", draws, settled=False, status="modes_disagree", diagnostics={"rhat": 1.5})
    tempered = Posterior("lcmcr", draws, settled=True, status="converged", diagnostics={"rhat": 1.0})
    kept = _chosen(plain, tempered, [5, 0, 3, 4])
    assert not kept.settled
    assert kept.diagnostics["tempering"]["round_trips"] == [5, 0, 3, 4]
    taken = _chosen(plain, tempered, [5, 2, 3, 4])
    assert taken.settled
    assert taken.diagnostics["tempered"]
    assert "interval" not in kept.to_json()
    assert len(kept.to_json()["chains"]) == 4


@pytest.mark.slow
def test_the_colombian_stratum_gets_no_interval(published: Callable[[str], Table]) -> None:
    """Twenty thin lists have several answers; a short run must not pick one."""
    plan = Sampling(warmup=600, block=1500, most=3000, tempered=0, workers=2)
    found = lcmcr(published("verdata_reclut_H1999_R1"), classes=15, cap=20, sampling=plan)
    assert not found.settled
    assert found.status == "modes_disagree"


def test_an_elicited_prior_says_what_was_meant() -> None:
    """Under the prior of '1.1 to 5 times' the expansion lies there nineteen times in twenty, about."""
    prior = elicit(1.1, 5.0, lists=4)
    rng = np.random.default_rng(2)
    alpha = np.maximum(rng.gamma(prior.shape, 1 / prior.rate, 4000), 1e-6)
    sticks = rng.beta(1.0, alpha[:, None], (4000, 10))
    sticks[:, -1] = 1.0
    left = np.concatenate([np.ones((4000, 1)), np.cumprod(1 - sticks[:, :-1], axis=1)], axis=1)
    factors = expansions(sticks * left, rng.random((4000, 10, 4)), prior.capture)
    low, high = np.quantile(factors, [0.025, 0.975])
    assert 1.02 < low < 1.35
    assert 3.5 < high < 8.0


@pytest.mark.parametrize(("low", "high"), [(0.5, 2.0), (3.0, 2.0), (1.0, 2.0)])
def test_an_expansion_below_one_is_no_answer(low: float, high: float) -> None:
    """Fewer people than documented cannot be meant."""
    with pytest.raises(ValueError, match="expected 1 < low < high"):
        elicit(low, high, lists=4)


def test_a_model_that_fits_reproduces_the_lists(town: Callable[..., Table]) -> None:
    """Nothing is reported missing, and the sentence about the unseen stands beside it."""
    found = predict(town(), classes=4, draws=200)
    assert found.misfits == []
    assert found.to_json()["note"] == SAID


def test_every_list_is_left_out_once(town: Callable[..., Table], monkeypatch: pytest.MonkeyPatch) -> None:
    """Variants name each list, merges, classes and priors; leaving a list out leaves out those only it names."""
    short = Sampling(warmup=50, block=60, most=60, tempered=0, workers=1)
    monkeypatch.setattr("cenotaph.estimation.sensitivity.SHORT", short)
    table = town(people=500)
    found = variants(table, classes=4, prior=Prior(), cap=None, seed=1)
    kinds = {kind: [one for one in found if one.kind == kind] for kind in ("without", "merged", "classes", "prior")}
    assert sorted(one.change for one in kinds["without"]) == sorted(table.names)
    assert all(one.documented < table.people for one in kinds["without"])
    assert all(one.documented == table.people for one in kinds["merged"])
    assert len(kinds["merged"]) == 6
    assert [one.change for one in kinds["classes"]] == ["2", "8"]
    assert len(kinds["prior"]) == 2
