"""Strata hold everybody once; what is not known is not guessed."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from tests.registry.town import town

from cenotaph.config.models import STRATA
from cenotaph.errors import InputError
from cenotaph.registry import STRATIFY, panel, panels

LISTS = {name: {"capture": True} for name in ("committee", "families", "press")}
ROWS = [
    {"list": "committee", "name": "A", "death.date": "1988-08-01", "death.place": "Tehran", "sex": "female"},
    {"list": "families", "name": "A", "death.date": "1988", "death.place": "Evin", "sex": "female"},
    {"list": "committee", "name": "B", "death.date": "1367", "death.place": "Shiraz", "death.manner": "Hanged"},
    {"list": "press", "name": "C", "death.date": "1989-01-02", "death.region": "Fars", "affiliation": "none"},
    {"list": "press", "name": "D"},
]
CLUSTERS = [0, 0, 2, 3, 4]


def strata(*by: str, **more: object) -> dict[str, int]:
    register = town(ROWS, CLUSTERS, lists=LISTS, toml='country = "IR"\n')
    return {one.stratum: one.documented for one in panels(register, by, **{"smallest": 1, **more})}


@pytest.mark.parametrize("by", STRATIFY)
def test_every_stratification_holds_everybody_once(by: str) -> None:
    """The patterns of the strata add up to those of the whole table."""
    register = town(ROWS, CLUSTERS, lists=LISTS, toml='country = "IR"\n')
    summed: Counter[bytes] = Counter()
    for one in panels(register, [by], smallest=1):
        summed.update({row.tobytes(): int(count) for row, count in zip(one.patterns, one.counts, strict=True)})
    whole = panel(register)
    assert summed == {row.tobytes(): int(count) for row, count in zip(whole.patterns, whole.counts, strict=True)}


def test_places_are_provinces_and_a_prison_lies_in_one() -> None:
    """Evin and Tehran are one province; who died nowhere known is not stated."""
    assert strata("place") == {"Fars": 2, "Tehran": 1, "not stated": 1}


def test_a_year_that_a_date_does_not_settle_is_not_stated() -> None:
    """A Persian year lies in two of ours."""
    assert strata("period") == {"1988": 1, "1989": 1, "not stated": 2}


def test_periods_may_be_named() -> None:
    """A span of one's own takes what lies in it for certain."""
    assert strata("period", periods=["1988-03-21/1989-03-20"]) == {"1988-03-21/1989-03-20": 3, "not stated": 1}


def test_what_a_source_says_is_a_stratum() -> None:
    """Sex, manner and affiliation group by what the value shown says."""
    assert strata("sex") == {"female": 1, "not stated": 3}
    assert strata("manner")["hanged"] == 1
    assert strata("affiliation")["none"] == 1


def test_strata_may_be_crossed_and_small_ones_stand_together() -> None:
    """Nobody is lost with a group too small to be estimated."""
    assert strata("place", "period")["Tehran · 1988"] == 1
    assert strata("place", smallest=2) == {"Fars": 2, "others": 2}


@pytest.mark.parametrize(
    ("by", "periods", "message"),
    [
        (["colour"], [], "at most once"),
        ([], [], "strata by nothing"),
        (["sex", "sex"], [], "at most once"),
        (["sex"], ["1988/1989"], "add period"),
        (["period"], ["soon"], "'soon' is no period"),
    ],
)
def test_a_stratification_that_means_nothing_is_refused(by: list[str], periods: list[str], message: str) -> None:
    """The message names what may be asked."""
    register = town(ROWS, CLUSTERS, lists=LISTS)
    with pytest.raises(InputError, match=message):
        panels(register, by, periods=periods)


def test_a_case_without_people_has_no_strata() -> None:
    """Nobody makes no group."""
    register = town([{"list": "press", "name": "A", "death.date": "2001"}], [0], lists=LISTS, toml='period = "1988"\n')
    assert panels(register, ["sex"]) == ()
    assert np.array_equal(panel(register).counts, [])


def test_cenotaph_toml_may_group_by_what_strata_know() -> None:
    """The configuration and the register name the same groups."""
    assert set(STRATA) == set(STRATIFY)
