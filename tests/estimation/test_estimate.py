"""The door: a verdict first, numbers only with it, and the same bytes for the same question."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cenotaph.errors import InputError
from cenotaph.estimation import Estimate, Sampling, Table, Verdict, estimate, read_cells


@pytest.fixture(scope="module")
def kosovo(kosovo_cells: Path) -> Estimate:
    """Return the estimate of the bundled table with the defaults of the command."""
    return estimate(read_cells(kosovo_cells), methods=["lcmcr", "chao"])


def test_kosovo_agrees_with_the_reference_implementation(kosovo: Estimate) -> None:
    """Median, interval and diagnostics lie where 32 million iterations of LCMCR put them."""
    found = kosovo.to_json()["methods"]["lcmcr"]
    assert found["status"] == "converged"
    assert 10_250 <= found["median"] <= 10_650
    assert 8_900 <= found["interval"][0] <= 9_250
    assert 13_500 <= found["interval"][1] <= 14_200
    assert found["rhat"] < 1.01
    assert kosovo.documented == 4400


def test_the_result_is_json_with_the_promised_keys(kosovo: Estimate) -> None:
    """Everything other programs read is there."""
    found = json.loads(json.dumps(kosovo.to_json()))
    assert {"documented", "verdict", "reasons", "methods", "seed", "table_sha256", "version", "statement"} <= set(found)
    lcmcr = {"status", "mean", "sd", "median", "interval", "rhat", "ess_bulk", "ess_tail"}
    assert lcmcr <= set(found["methods"]["lcmcr"])
    assert found["methods"]["chao"]["lower_bound"] == pytest.approx(8591.2, abs=0.05)


def test_a_refused_table_gives_no_number_but_the_documented() -> None:
    """Disjoint lists get reasons, no method, and a statement that says so."""
    found = estimate((["a", "b", "c"], np.eye(3, dtype=np.uint8), [200, 150, 100]))
    assert found.verdict is Verdict.REFUSED
    assert found.methods == {}
    assert found.reasons
    assert "cannot be estimated" in found.statement
    assert "450" in found.statement


def _quick(sampling: Sampling, table: Table, turn: list[int], names: str, seed: int = 3) -> dict[str, Any]:
    methods = ["lcmcr", "chao", "loglinear"]
    cells = (list(names), table.patterns[::-1][:, turn], table.counts[::-1])
    found = estimate(cells, methods=methods, seed=seed, sampling=sampling, classes=3).to_json()["methods"]
    found["loglinear"].pop("terms")
    return dict(found)


def test_permuted_lists_and_rows_give_the_same_bytes(town: Callable[..., Table], quick: Sampling) -> None:
    """The order of lists and rows and the lists' names change no figure."""
    assert _quick(quick, town(), [0, 1, 2, 3], "abcd") == _quick(quick, town(), [2, 0, 3, 1], "wxyz")


def test_another_seed_gives_another_path_to_the_same_place(town: Callable[..., Table], quick: Sampling) -> None:
    """Seeds differ in the digits that chance decides, and in no other."""
    first, second = (_quick(quick, town(), [0, 1, 2, 3], "abcd", seed)["lcmcr"] for seed in (1, 2))
    assert first["mean"] != second["mean"]
    assert first["median"] == pytest.approx(second["median"], rel=0.02)


def test_the_truth_of_an_invented_town_is_found(town: Callable[..., Table], quick: Sampling) -> None:
    """Four independent lists of 3,000 people bring the estimate back to 3,000."""
    table = town()
    found = estimate((table.names, table.patterns, table.counts), sampling=quick, classes=5)
    assert found.posterior is not None
    low, high = found.posterior.interval
    assert low < 3000 < high


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"methods": ["guess"]}, "no method guess"),
        ({"classes": 0}, "0 latent classes"),
        ({"cap": -1.0}, "must be above 0"),
    ],
)
def test_choices_that_mean_nothing_are_refused(choice: dict[str, object], words: str, kosovo_cells: Path) -> None:
    """A wrong choice says what there is to choose."""
    with pytest.raises(InputError, match=words):
        estimate(read_cells(kosovo_cells), **choice)  # type: ignore[arg-type]


def test_patterns_must_have_one_column_a_list() -> None:
    """A table of another shape is refused."""
    with pytest.raises(InputError, match="one column for each of the 2 lists"):
        estimate((["a", "b"], [[1, 0, 1]], [3]))
