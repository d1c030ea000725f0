"""The invented million: as many rows as asked, the same bytes, and a truth for each."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from cenotaph.config import load_config

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "million.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """Load the benchmark's script, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("million", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_it_writes_as_many_rows_as_asked_and_their_truth(script: ModuleType, tmp_path: Path) -> None:
    """A list of n rows has n keys, n truths, and a fifth of its rows name somebody again."""
    folder = script.million(tmp_path / "million.csv", 2000)
    rows, truth = _rows(tmp_path / "million.csv"), _rows(tmp_path / "truth.csv")
    assert len({row["id"] for row in rows}) == 2000
    assert [row["record"] for row in truth] == [row["id"] for row in rows]
    assert len({row["person"] for row in truth}) == 1600
    assert load_config(folder).lists["million"].file == ("million.csv",)


def test_the_same_seed_gives_the_same_million(script: ModuleType, tmp_path: Path) -> None:
    """Two runs of one seed write the same bytes, another seed writes others."""
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        script.million(tmp_path / name / "million.csv", 500, seed)
    first, second, third = ((tmp_path / name / "million.csv").read_bytes() for name in "abc")
    assert first == second
    assert first != third
