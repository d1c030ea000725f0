"""HRDAG's rule for replicates on HRDAG's own: twenty imputations of one Colombian stratum, published with verdata."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from cenotaph.estimation import combine_replicates, pool_draws

OBSERVED = {  # documented people by replicate, in the order of HRDAG's own test (verdata, test-combine_estimates)
    "5743e343": 982, "a069cdd0": 1045, "1dc716c4": 1026, "c4a39d1c": 1125, "5e8aad5d": 1040, "b3d988f5": 1073,
    "e9843074": 1056, "1e924439": 1025, "558bc2e5": 1088, "6a2bf305": 1025, "8045fff8": 921, "a85d5512": 931,
    "2f8e9725": 934, "275a59d4": 937, "b3202d25": 942, "e741c656": 932, "1762abe4": 927, "6b80e485": 937,
    "9cf5a877": 936, "1122e371": 938,
}  # fmt: skip


@pytest.fixture(scope="module")
def replicates(reference: Path) -> list[tuple[np.ndarray, int]]:
    """Return draws and documented people of each replicate, or skip: the draws are not in this project."""
    folder = reference / "mse" / "verdata_estimates"
    files = {path.name[:8]: path for path in folder.rglob("*.json")}
    if not set(OBSERVED) <= set(files):
        pytest.skip(f"{folder} has not the twenty files of verdata's inst/extdata/estimates; put them there")
    return [(np.array(json.loads(files[name].read_text()), float), people) for name, people in OBSERVED.items()]


def test_the_rule_gives_hrdags_own_figures(replicates: list[tuple[np.ndarray, int]]) -> None:
    """1,266, 1,593 and 2,148 are the values HRDAG's own test asks for."""
    found = combine_replicates([draws for draws, _ in replicates], [people for _, people in replicates])
    assert (round(found.interval[0]), round(found.point), round(found.interval[1])) == (1266, 1593, 2148)


def test_mixing_all_draws_gives_another_interval(replicates: list[tuple[np.ndarray, int]]) -> None:
    """The pooled mixture has the same middle and the ends 1,309 and 2,308."""
    found = pool_draws([draws for draws, _ in replicates])
    assert (round(found.interval[0]), round(found.point), round(found.interval[1])) == (1309, 1593, 2308)
