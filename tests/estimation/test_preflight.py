"""What may not be estimated is refused, with reasons; what may be is not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from cenotaph.estimation.panel import Independent, Table, independent, tabulate
from cenotaph.estimation.preflight import inspect, refused
from cenotaph.estimation.result import Reason
from cenotaph.model import ListFacts, Panel


def _panel(table: Table, **facts: dict[str, object]) -> Panel:
    lists = tuple(ListFacts(name=name, **facts.get(name.replace(" ", "_"), {})) for name in table.names)
    return Panel(lists=lists, patterns=table.patterns, counts=table.counts)


def _reasons(panel: Panel) -> tuple[Reason, ...]:
    return inspect(panel, independent(panel))


def _codes(panel: Panel) -> set[str]:
    return {reason.code for reason in _reasons(panel)}


def test_independent_lists_with_overlap_pass(town: Callable[..., Table]) -> None:
    """Nothing speaks against four independent lists of one population."""
    assert _reasons(_panel(town())) == ()


def test_disjoint_lists_are_refused() -> None:
    """Lists without a common person say nothing about those they all missed."""
    table = tabulate("abc", np.eye(3, dtype=np.uint8), [200, 150, 100])
    reasons = _reasons(_panel(table))
    assert refused(reasons)
    assert {"few_overlapping_pairs", "few_shared_people"} <= {reason.code for reason in reasons}


def test_one_single_overlap_is_refused() -> None:
    """One shared person does not change that."""
    table = tabulate("abc", [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]], [199, 149, 100, 1])
    assert refused(_reasons(_panel(table)))


def test_two_lists_are_refused(town: Callable[..., Table]) -> None:
    """Two lists cannot show how they depend on each other."""
    assert "few_lists" in _codes(_panel(town(chances=(0.5, 0.5))))


def test_citations_of_one_compiler_are_refused(town: Callable[..., Table]) -> None:
    """Columns in which one compiler notes what earlier lists said are no captures."""
    table = town()
    panel = _panel(table, **{name.replace(" ", "_"): {"citation_of": "omid"} for name in table.names})
    reasons = _reasons(panel)
    assert refused(reasons)
    assert reasons[0].code == "citations_of_one_compiler"


def test_lists_derived_from_one_another_are_merged_and_then_too_few(town: Callable[..., Table]) -> None:
    """Three lists of which two copied the third are one list."""
    table = town(chances=(0.5, 0.5, 0.5))
    facts = {name.replace(" ", "_"): {"derived_from": ("list 0",)} for name in table.names if name != "list 0"}
    assert {"derived_lists_merged", "few_lists"} <= _codes(_panel(table, **facts))


@pytest.mark.parametrize(
    ("one", "other"),
    [({"period": "1981/1985"}, {"period": "1988/.."}), ({"manner": ["shot"]}, {"manner": ["beaten", "other"]})],
)
def test_lists_that_cannot_cover_the_same_people_are_refused(
    one: dict[str, object], other: dict[str, object], town: Callable[..., Table]
) -> None:
    """Absence from a list means nothing for people it never looked for."""
    reasons = _reasons(_panel(town(), list_0={"covers": one}, list_1={"covers": other}))
    assert refused(reasons)
    assert reasons[0].code == "different_coverage"


def test_overlapping_coverage_is_no_ground_to_refuse(town: Callable[..., Table]) -> None:
    """Lists that cover the same years in part are compared within them."""
    panel = _panel(town(), list_0={"covers": {"period": "2013/2016"}}, list_1={"covers": {"period": "2015/.."}})
    assert not refused(_reasons(panel))


def test_people_beyond_the_common_coverage_are_said(town: Callable[..., Table]) -> None:
    """A count left out never disappears silently."""
    table = town()
    lists = tuple(ListFacts(name=name) for name in table.names)
    panel = Panel(lists=lists, patterns=table.patterns, counts=table.counts, outside={"death.date": 17})
    assert _reasons(panel)[0].facts["outside"] == 17


def test_a_list_that_nobody_shares_is_named(town: Callable[..., Table]) -> None:
    """A list without a tie to the others weakens the claim and is named."""
    table = town(chances=(0.4, 0.4, 0.4))
    wide = np.vstack([np.pad(table.patterns, ((0, 0), (0, 1))), [[0, 0, 0, 1]]])
    apart = tabulate("abcz", wide, [*table.counts, 30])
    found = {reason.code: reason for reason in _reasons(_panel(apart))}
    assert found["disconnected_overlap"].facts["lists"] == ["z"]
    assert not refused(found.values())


@pytest.mark.parametrize(
    "name",
    ["kosovo", "NewOrl", "NewOrl_5", "Western", "PH_manila_police", "PH_manila_unidentified", "PH_quezon_police",
     "PH_quezon_unidentified", "PH_caloocan_police", "PH_caloocan_unidentified", "UKdat", "Australia"],
)  # fmt: skip
def test_tables_known_to_be_estimable_pass(published: Callable[[str], Table], name: str) -> None:
    """Real tables that were estimated in print are not refused, whatever is warned about."""
    table = published(name)
    assert not refused(inspect(_panel(table), Independent(table)))


def test_nearly_everybody_on_one_list_is_a_warning_only(published: Callable[[str], Table]) -> None:
    """A dominant list is said and does not forbid the estimate."""
    table = published("PH_quezon_police")
    assert "one_list_nearly_everybody" in {reason.code for reason in inspect(_panel(table), Independent(table))}


def test_the_artificial_table_with_one_overlap_is_refused(published: Callable[[str], Table]) -> None:
    """Three lists of which only one pair shares anybody carry no estimate."""
    assert "few_overlapping_pairs" in _codes(_panel(published("Artificial_3")))
