"""What a labelled sample says of the links of iran-2022, where no truth is known: precision and recall with intervals.

    python benchmarks/sample.py --cases FOLDER [--json]

The labels are those of one coder who saw the records and nothing of the program: provisional, no gold. They name
records by the start of the SHA-256 of their ids, and are used for nothing but this. A second coder is invited:
`cenotaph sample` writes the same pairs of a case of your own in another order.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cenotaph.case import Case
from cenotaph.linkage import sampled
from cenotaph.linkage.copying import copying
from cenotaph.messages import ENGLISH
from cenotaph.pipeline import build, keeping
from cenotaph.pipeline.measured_text import sample_text
from cenotaph.pipeline.stages import silent

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "benchmarks" / "labels" / "iran-2022.csv"


def digest(record: str) -> str:
    """Return how the labels name a record: its id could hold a name."""
    return hashlib.sha256(record.encode()).hexdigest()[:16]


def labels(clusters: Mapping[str, int], path: Path = LABELS) -> list[sampled.Label]:
    """Return the labelled pairs whose records are there, with what the links make of them now."""
    named = {digest(record): record for record in clusters}
    found = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["left"] in named and row["right"] in named:
                left, right = named[row["left"]], named[row["right"]]
                pair = sampled.Drawn(left=left, right=right, stratum=row["stratum"], of=int(row["of"]),
                                     drawn=int(row["drawn"]))  # fmt: skip
                found.append(sampled.Label(pair=pair, linked=clusters[left] == clusters[right], said={"r1": row["r1"]}))
    return found


def linked(cases: Path, name: str, folder: Path) -> tuple[Any, Any, Case]:
    """Return records, links and case of an example, built from a folder of real cases."""
    build(ROOT / "examples" / name, data=cases / name, out=folder, until="link")
    case = Case.load(folder)
    records, _, case = keeping.read(case, author="local", tell=silent)
    return records, keeping.link(case, records, tell=silent), case


def measure(cases: Path) -> dict[str, Any]:
    """Link iran-2022 and measure the links by the labels."""
    with tempfile.TemporaryDirectory() as folder:
        records, links, case = linked(cases, "iran-2022", Path(folder) / "case")
        clusters = dict(zip(records.column("record").to_pylist(), links.cluster.tolist(), strict=True))
        found = {"sample": 1, **sampled.summary(labels(clusters))}
        return {**found, "disagreements": [], "copying": copying(records, links.cluster, case.lists)["pairs"]}


def main() -> None:
    """Print what the sample says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, required=True, help="folder that holds iran-2022")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.cases)
    found["copying"] = [{key: value for key, value in row.items() if key != "evidence"} for row in found["copying"]]
    print(json.dumps(found) if asked.json else sample_text(found, ENGLISH))


if __name__ == "__main__":
    main()
