"""A case's estimate is checked against choices nobody can settle, and computed once."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
from PIL import Image

from cenotaph import estimation
from cenotaph.errors import InputError
from cenotaph.model import ListFacts, Panel
from cenotaph.pipeline import building, estimating


@pytest.fixture
def overlapping(monkeypatch):
    """Let the register answer with four independent lists of 600 invented people."""
    rows = (np.random.default_rng(5).random((600, 4)) < 0.35).astype(np.uint8)
    patterns, counts = np.unique(rows[rows.any(axis=1)], axis=0, return_counts=True)
    panel = Panel(
        lists=tuple(ListFacts(name=name) for name in "abcd"), patterns=patterns, counts=counts.astype(np.int64)
    )
    monkeypatch.setattr(estimating.registry, "panel", lambda _register: panel)


@pytest.mark.usefixtures("overlapping")
def test_estimate_of_a_case_is_checked_and_computed_once(case_folder, monkeypatch):
    """The first run holds the estimate without each list; the second computes nothing and says the same."""
    first = estimating.estimate_case(case_folder)
    monkeypatch.setitem(estimation.estimate.__globals__, "_run", None)  # whoever computes again fails here
    again = estimating.estimate_case(case_folder)

    assert {row["change"] for row in first["checks"]["sensitivity"]["without"]} == set("abcd")
    assert again == first


def log(case):
    return json.loads((case / "build" / "estimates" / "stratifications.json").read_text(encoding="utf-8"))


def test_every_stratification_tried_is_logged_once_and_counted_in_the_statement(case_folder):
    """The log names each with its groups and counts; asking again adds nothing, another adds one."""
    first = estimating.estimate_case(case_folder, by=("sex",))
    assert first["stratifications_tried"] == 1
    assert "One way of dividing the people into groups was tried" in first["statement"]
    assert estimating.estimate_case(case_folder, by=("sex",)) == first
    again = estimating.estimate_case(case_folder, by=("period",), periods=("1980/1985", "1986/1995"))

    assert again["stratifications_tried"] == 2
    assert "2 ways of dividing the people into groups were tried" in again["statement"]
    assert [one["stratification"] for one in log(case_folder)] == ["sex", "period"]
    assert sum(log(case_folder)[0]["strata"].values()) == first["documented"]
    assert "۲ شیوهٔ گروه‌بندی" in estimating.estimate_case(case_folder)["statements"]["fa"]


def test_a_stratification_is_in_the_log_before_anything_is_computed(case_folder, monkeypatch):
    """Whoever stops a run after seeing a number leaves a trace of it."""
    monkeypatch.setattr(estimating.estimation, "estimate", lambda *_a, **_k: sys.exit("stopped"))
    with pytest.raises(SystemExit, match="stopped"):
        estimating.estimate_case(case_folder, by=("sex",))
    assert [one["stratification"] for one in log(case_folder)] == ["sex"]


def test_strata_of_a_case_add_up_to_its_people(case_folder):
    """Each group has its verdict and the total counts everybody once."""
    found = estimating.estimate_case(case_folder, by=("sex", "period"), periods=("1980/1995",))
    groups = found["strata"]["estimates"]
    assert sum(one["documented"] for one in groups) == found["documented"] == found["strata"]["total"]["documented"]
    assert {one["verdict"] for one in groups} <= {"supported", "fragile", "refused"}
    assert found["strata"]["statements"]["fa"]


@pytest.mark.slow
def test_cenotaph_toml_may_ask_for_groups_linkages_and_a_prior(case_folder):
    """What a group decided once holds for every build; the command line may ask otherwise."""
    config = case_folder / "cenotaph.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text + '\n[estimation]\nby = ["sex"]\nexpansion = [1.01, 5]\nclasses = 4\n', encoding="utf-8")
    built = building.build(case_folder, until="estimate")["estimate"]
    assert built["strata"]["stratification"] == "sex"
    assert built["settings"]["prior"]["capture"] != [1.0, 1.0]
    assert built["settings"]["classes"] == 4


def test_doubt_about_links_of_a_case_is_in_result_and_statement(case_folder):
    """Draws of the clustering are estimated and pooled; thresholds stand beside them."""
    told = []
    found = estimating.estimate_case(case_folder, linkage=3, step=lambda *at: told.append(at))
    held = found["checks"]["linkage"]
    assert set(held["linkages"]) == {"draw 001", "draw 002", "draw 003"}
    assert set(held["thresholds"]) == {"0.3", "0.7", "0.9"}
    assert 0.0 <= held["share_from_linkage"] <= 1.0
    assert "Over 3 ways of linking them the interval is" in found["statement"]
    assert {what.split()[0] for what, _, _ in told} == {"estimate", "link"}


def test_one_linkage_is_not_doubt(case_folder):
    """A single draw would show nothing."""
    with pytest.raises(InputError, match="ask for two or more"):
        estimating.estimate_case(case_folder, linkage=1)


def test_pictures_are_written_in_each_language_as_svg_and_png(case_folder, tmp_path):
    """Four pictures, two languages, two formats; a PNG is one."""
    estimating.estimate_case(case_folder, pictures=tmp_path / "pictures")
    names = {path.name for path in (tmp_path / "pictures").iterdir()}
    kinds = ("density", "overlap", "left-out", "trace")
    assert names == {f"{kind}.{code}.{form}" for kind in kinds for code in ("en", "fa") for form in ("svg", "png")}
    for path in (tmp_path / "pictures").glob("*.png"):
        with Image.open(path) as picture:
            assert picture.format == "PNG"
            assert len(picture.convert("L").getcolors()) > 10  # something is drawn
