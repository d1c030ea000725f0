"""Pictures are well-formed, show the documented line, and no interval where there is none."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import numpy as np
import pytest

from cenotaph.estimation import Estimate, Posterior, Table, Verdict, pictures, tabulate
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


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_picture_of_an_estimate_says_what_it_shows(settled: Posterior, language: str) -> None:
    """Overlap, density, trace and left-out come with a visible sentence that runs in the direction of the language."""
    found = _estimate(settled, {"sensitivity": {"without": [{"change": "a", "interval": [9, 12], "median": 10}]}})
    drawn = pictures(found, _town(), language)
    assert set(drawn) == {"overlap", "density", "trace", "left-out"}
    for svg in drawn.values():
        said = _parse(svg).findtext("{http://www.w3.org/2000/svg}title")
        assert said
        assert said.startswith("\u2067") == (language == "fa")
        assert [node.text for node in _parse(svg).iter("{http://www.w3.org/2000/svg}text")][-1] == said


def test_an_unsettled_estimate_is_drawn_without_a_shaded_middle() -> None:
    """Its density says that the chains disagree."""
    unsettled = Posterior("lcmcr", DRAWS, settled=False, status="modes_disagree")
    drawn = pictures(_estimate(unsettled, {}), _town(), "en")
    assert "left-out" not in drawn
    assert "no interval is given" in drawn["density"]
    assert _marks(drawn["density"], "polygon") == 0


def test_a_refused_estimate_shows_its_overlap_alone() -> None:
    """Nothing was computed, so nothing else is drawn."""
    assert set(pictures(_estimate(None, {}), _town())) == {"overlap"}


def _town() -> Table:
    return tabulate("ab", [[1, 0], [0, 1], [1, 1]], [5, 6, 7])


def _estimate(lead: Posterior | None, checks: dict[str, object]) -> Estimate:
    return Estimate(
        documented=1500,
        verdict=Verdict.SUPPORTED if lead else Verdict.REFUSED,
        reasons=(),
        methods={"lcmcr": lead} if lead else {},
        seed=1,
        table_sha256="",
        version="",
        checks=checks,
        statements={"en": ""},
        explanations={"en": ()},
    )
