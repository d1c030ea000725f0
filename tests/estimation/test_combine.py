"""Strata are added draw by draw; replicates are combined by the published rule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cenotaph.errors import InputError
from cenotaph.estimation import (
    Sampling,
    Table,
    add_strata,
    combine_replicates,
    estimate,
    estimate_strata,
    over_linkages,
    pool_draws,
)
from cenotaph.estimation.combine import stratification
from cenotaph.model import ListFacts, Panel


def _panel(table: Table, stratum: str) -> Panel:
    lists = tuple(ListFacts(name=name) for name in table.names)
    return Panel(lists=lists, patterns=table.patterns, counts=table.counts, stratum=stratum)


def _disjoint(stratum: str) -> Panel:
    lists = tuple(ListFacts(name=name) for name in "abc")
    return Panel(lists=lists, patterns=np.eye(3, dtype=np.uint8), counts=np.array([9, 8, 7]), stratum=stratum)


def test_ends_of_intervals_are_not_added(town: Callable[..., Table], quick: Sampling) -> None:
    """The sum of two independent strata is narrower than the sum of their intervals."""
    strata = [estimate(_panel(town(seed), f"s{seed}"), sampling=quick, classes=3, methods=["lcmcr"]) for seed in (1, 2)]
    total = add_strata(strata)
    low, high = total.interval
    parts = [one.posterior.interval for one in strata if one.posterior]
    assert high - low < 0.85 * sum(b - a for a, b in parts)
    assert low < sum(one.posterior.median for one in strata if one.posterior) < high
    assert not total.lower_bound


def test_a_stratum_that_cannot_be_estimated_adds_its_count(town: Callable[..., Table], quick: Sampling) -> None:
    """The total is then called a lower bound and names the stratum."""
    found = estimate_strata(
        [_panel(town(), "north"), _disjoint("south")], name="region", sampling=quick, classes=3, methods=["lcmcr"]
    )
    assert found.total.lower_bound
    assert found.total.counted_only == ("south",)
    assert found.total.documented == town().people + 24
    assert "lower bound" in found.notes()["en"]
    assert found.to_json()["total"]["interval"][0] > town().people


def test_nothing_but_refused_strata_gives_the_count_alone() -> None:
    """There is no interval to show."""
    assert "interval" not in add_strata([estimate(_disjoint("a"))]).to_json()


def test_a_killed_run_goes_on_where_it_stood(town: Callable[..., Table], quick: Sampling, tmp_path: Path) -> None:
    """Finished strata come from the cache, unchanged to the last byte; a broken file is computed again."""
    panels = [_panel(town(seed, people=800), f"s{seed}") for seed in (1, 2)]
    choices = {"sampling": quick, "classes": 3, "methods": ["lcmcr", "dga", "chao", "stepwise"], "cache": tmp_path}
    done: list[str] = []
    first = estimate_strata(panels, progress=lambda *at: done.append(at[2]), **choices)
    assert done == ["s1", "s2"]
    kept = sorted(tmp_path.glob("*.npz"))
    assert len(kept) == 2
    kept[0].write_bytes(b"cut off")
    assert estimate_strata(panels, **choices).to_json() == first.to_json()


def test_strata_have_names_of_their_own(town: Callable[..., Table]) -> None:
    """Two strata of one name are a mistake."""
    with pytest.raises(InputError, match="same name"):
        estimate_strata([_panel(town(), "a"), _panel(town(), "a")])


def test_a_stratification_tried_is_logged() -> None:
    """The entry holds every stratum with its count."""
    assert stratification("region", {"b": 2, "a": 1}) == {
        "stratification": "region",
        "strata": {"a": 1, "b": 2},
        "documented": 3,
    }


def test_replicates_are_combined_by_the_published_formula() -> None:
    """Point and interval follow the rule on figures worked out by hand."""
    draws = [np.array([110.0, 120.0, 130.0]), np.array([120.0, 130.0, 140.0])]
    found = combine_replicates(draws, [100, 100])
    logs = [np.log(one - 100) for one in draws]
    within, between = np.mean([x.var(ddof=1) for x in logs]), np.var([x.mean() for x in logs], ddof=1)
    freedom = (1 + within / (3 * between)) ** 2
    assert found.point == 125
    assert freedom > 1
    assert found.interval[0] < 100 + np.exp(np.mean([x.mean() for x in logs])) < found.interval[1]


def test_equal_replicates_do_not_divide_by_zero() -> None:
    """Without variance between replicates the normal quantile serves."""
    draws = [np.array([110.0, 120.0, 130.0])] * 2
    low, high = combine_replicates(draws, [100, 100]).interval
    assert np.isfinite([low, high]).all()


def test_pooling_weighs_each_replicate_the_same() -> None:
    """A long replicate counts no more than a short one."""
    found = pool_draws([np.full(1000, 10.0), np.full(10, 20.0)])
    assert found.point == pytest.approx(15.0)


def test_replicates_need_company() -> None:
    """One replicate shows no variance between them."""
    with pytest.raises(InputError, match="two or more"):
        combine_replicates([np.array([1.0, 2.0])], [1])


def test_linkage_doubt_widens_the_interval_and_is_said(town: Callable[..., Table], quick: Sampling) -> None:
    """Pooled over linkages that find fewer links, the share of the width that linkage causes is given."""
    whole = town(people=1500)
    missed = town(people=1500, chances=(0.2, 0.18, 0.25, 0.15))
    found = over_linkages({"strict": missed, "loose": whole}, classes=3, sampling=quick)
    assert found.settled
    assert 0.0 <= found.share <= 1.0
    assert found.interval[0] <= min(one.interval[0] for one in found.results.values()) * 1.05
    assert set(found.to_json()["linkages"]) == {"strict", "loose"}


def test_one_linkage_shows_no_doubt(town: Callable[..., Table]) -> None:
    """Pooling asks for at least two tables."""
    with pytest.raises(InputError, match="two or more"):
        over_linkages({"only": town()})
