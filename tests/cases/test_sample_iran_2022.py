"""The labels of iran-2022: they name nobody, they fit the case, and they measure."""

from __future__ import annotations

import csv
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """Return the benchmark that reads the labels."""
    spec = importlib.util.spec_from_file_location("bench_sample", ROOT / "benchmarks" / "sample.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("number", [1, 2, 3])
def test_labels_name_records_by_digest_alone(bench: ModuleType, number: int) -> None:
    """Every cell of the labels is a digest, a stratum, a number or a verdict: no name can stand there."""
    with (bench.LABELS / bench.SAMPLES[number]).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 200
    for row in rows:
        assert re.fullmatch(r"[0-9a-f]{16}", row["left"])
        assert re.fullmatch(r"[0-9a-f]{16}", row["right"])
        assert re.fullmatch(r"linked-[a-z]+|apart-[a-z]+", row["stratum"])
        assert row["r1"] in ("same", "different", "unsure")


@pytest.mark.slow
def test_the_labels_measure_the_links_of_iran_2022(bench: ModuleType, cases: Path) -> None:
    """All labelled pairs are records of the case, and precision and recall come out with intervals around them."""
    if not (cases / "iran-2022").is_dir():
        pytest.skip("the case iran-2022 is not beside this checkout")
    samples = bench.measure(cases)["samples"]
    assert [found["labelled"] for found in samples] == [200, 200, 200]
    for found in samples:
        assert found["provisional"]
        for name in ("precision", "recall", "recall_near"):
            share = found[name]
            assert 0.0 <= share["low"] <= share["estimate"] <= share["high"] <= 1.0
        assert found["precision"]["high"] > 0.8  # no floor to tune to: a fall below says that linking broke
