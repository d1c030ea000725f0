"""Pictures are well-formed, show the documented line, and no interval where there is none."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import numpy as np
import pytest

from cenotaph.estimation import Posterior, Table
from cenotaph.estimation.plots import density, left_out, overlap, trace

DRAWS = np.random.default_rng(1).normal(2000, 100, (4, 500))


@pytest.fixture
def settled() -> Posterior:
    """Return draws that agree."""
    return Posterior("lcmcr", DRAWS, settled=True, status="converged")


def _parse(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own text


def _marks(text: str, kind: str) -> int:
    return len(_parse(text).findall(f".//{{http://www.w3.org/2000/svg}}{kind}"))


def test_a_settled_density_is_shaded_and_has_the_documented_line(settled: Posterior) -> None:
    """One line, one shaded middle, one mark."""
    drawn = density(settled, 1500, title="Total <b>", observed="documented")
    assert _marks(drawn, "polygon") == 1
    assert _marks(drawn, "polyline") == 1
    assert "documented 1,500" in drawn
    assert "<b>" not in drawn


def test_unsettled_chains_are_drawn_one_by_one_without_an_interval() -> None:
    """Nothing is shaded."""
    drawn = density(Posterior("lcmcr", DRAWS, settled=False, status="modes_disagree"), 1500, title="t", observed="seen")
    assert _marks(drawn, "polygon") == 0
    assert _marks(drawn, "polyline") == 4


def test_the_overlap_has_a_dot_for_every_list_and_pattern(town: Callable[..., Table]) -> None:
    """Bars and dots follow the table."""
    drawn = overlap(town(), title="Overlap")
    assert _marks(drawn, "rect") == 15
    assert _marks(drawn, "circle") == 15 * 4


def test_a_variant_that_has_not_settled_is_named_without_a_bar(settled: Posterior) -> None:
    """Its silence is shown."""
    rows = [{"change": "A", "interval": [1800, 2300], "median": 2050}, {"change": "B"}]
    drawn = left_out(rows, settled, title="Without one list")
    assert _marks(drawn, "circle") == 2
    assert "B: –" in drawn


def test_each_chain_has_its_trace(settled: Posterior) -> None:
    """Four chains, four lines."""
    assert _marks(trace(settled, title="Chains"), "polyline") == 4


def test_figures_are_in_the_digits_of_the_language_and_names_as_written(settled: Posterior) -> None:
    """A Persian picture has no Latin digit but in the name of a list."""
    rows = [{"change": "1988", "interval": [1800, 2300], "median": 2050}]
    pictures = [
        density(settled, 1500, title="t", observed="ثبت‌شده", language="fa"),
        left_out(rows, settled, title="t", everything="همه", language="fa"),
        trace(settled, title="t", language="fa"),
    ]
    words = [text for picture in pictures for text in _parse(picture).itertext()]

    assert any("۱٬۵۰۰" in text for text in words)
    assert [text for text in words if any(mark in "0123456789" for mark in text)] == ["1988"]
