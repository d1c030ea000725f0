"""Strata are added draw by draw; replicates are combined by the published rule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cenotaph.errors import InputError
from cenotaph.estimation import (
    Linkages,
    Sampling,
    Table,
    Verdict,
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


def test_linkage_doubt_is_resumed_computed_once_a_table_and_told_as_it_goes(
    town: Callable[..., Table], quick: Sampling, tmp_path: Path
) -> None:
    """Equal tables are estimated once, finished ones come from the folder, and thresholds are shown but not pooled."""
    tables = {"draw 1": town(people=700), "draw 2": town(people=700), "draw 3": town(3, people=700)}
    told: list[tuple[int, int, str]] = []
    choices = {"classes": 3, "sampling": quick, "cache": tmp_path, "thresholds": {"0.9": town(5, people=700)}}
    first = over_linkages(tables, progress=lambda *at: told.append(at), **choices)
    assert [name for _, _, name in told] == ["draw 1", "draw 2", "draw 3", "0.9"]
    assert {total for _, total, _ in told} == {4}
    assert len(list(tmp_path.glob("*.npz"))) == 3
    assert first.results["draw 1"] is first.results["draw 2"]
    assert set(first.to_json()["thresholds"]) == {"0.9"}
    assert first.draws.size == 3 * first.results["draw 1"].draws.size
    kept = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.npz")}
    assert over_linkages(tables, **choices).to_json() == first.to_json()
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.npz")} == kept


def test_an_estimate_over_linkages_says_what_linking_adds(town: Callable[..., Table], quick: Sampling) -> None:
    """The statement holds the pooled interval and its share; where linking causes most of the width it is fragile."""
    whole = _panel(town(people=1200), "")
    other = _panel(town(people=2400), "")
    ways = Linkages({"draw 1": whole, "draw 2": other}, {"0.9": other})
    found = estimate(whole, sampling=quick, classes=3, methods=["lcmcr"], linkages=ways)
    held = found.to_json()["checks"]["linkage"]
    assert held["share_from_linkage"] > 0.5
    assert found.verdict is Verdict.FRAGILE
    assert "linkage" in found.to_json()["reason_codes"]
    assert "Over 2 ways of linking them the interval is" in found.statements["en"]
    assert "۲ شیوهٔ پیوند" in found.statements["fa"]


def test_a_linkage_that_finds_no_single_answer_leaves_no_pooled_interval(town: Callable[..., Table]) -> None:
    """The sentence counts those that did not settle, and the claim is weakened."""
    short = Sampling(warmup=20, block=30, most=30, tempered=0, workers=1)
    found = over_linkages({"a": town(people=300), "b": town(9, people=300)}, classes=3, sampling=short)
    assert found.unsettled == 2
    assert "interval" not in found.to_json()
    assert "under 2 of 2 ways" in found.sentence(100, "en")
    assert [reason.code for reason in found.reasons()] == ["linkage_unsettled"]


def test_a_total_over_groups_is_said_or_only_counted(town: Callable[..., Table], quick: Sampling) -> None:
    """Groups that can be estimated give an interval, groups that cannot give their count and no interval."""
    plan = {"sampling": quick, "classes": 3, "methods": ["lcmcr"]}
    some = estimate_strata([_panel(town(), "north"), _disjoint("south")], **plan)
    assert some.statement("en").startswith("Added up over 2 groups, between ")
    assert some.statement("en").endswith("a lower bound.")
    none = estimate_strata([_disjoint("south")], **plan)
    assert none.statement("en") == "None of the 1 groups could be estimated; 24 people are documented in them."
    assert "۲۴" in none.statement("fa")


@pytest.mark.parametrize(("tried", "said"), [(1, "One way of dividing"), (4, "4 ways of dividing the people")])
def test_the_statement_counts_the_stratifications_tried(tried: int, said: str) -> None:
    """Also a refused estimate says how often it was tried."""
    found = estimate(_disjoint(""), tried=tried)
    assert said in found.statement
    assert "dividing" not in estimate(_disjoint("")).statement
