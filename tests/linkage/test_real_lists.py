"""Real lists with their truth, where they lie beside this checkout; ids only, nothing of them is kept here."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pytest

from cenotaph.linkage import evaluate, link
from cenotaph.model import ListFacts


@pytest.mark.slow
def test_german_names_with_one_error_are_linked(cases: Path) -> None:
    """Ten thousand records with typing errors link at a pairwise F1 above nine in ten, without a label."""
    options = pyarrow.csv.ConvertOptions(null_values=["NA"], strings_can_be_null=True)
    rows = pyarrow.csv.read_csv(cases / "rldata" / "RLdata10000.csv", convert_options=options).to_pylist()
    records = [f"r:{number}" for number in range(len(rows))]
    table = pa.table(
        {
            "record": records,
            "list": ["r"] * len(rows),
            "order": list(range(len(rows))),
            "name.given": [row["fname_c1"] for row in rows],
            "name.family": [row["lname_c1"] for row in rows],
            "birth.date": [f"{row['by']:04d}-{row['bm']:02d}-{row['bd']:02d}" for row in rows],
        }
    )
    links = link(table, {"r": ListFacts(name="r", date_order="ymd")})
    truth = {record: str(row["truth"]) for record, row in zip(records, rows, strict=True)}
    assert evaluate(records, links.cluster, truth)["pairwise"]["f1"] >= 0.9
