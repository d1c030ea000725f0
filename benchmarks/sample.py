"""What labelled samples say of the links of iran-2022, where no truth is known: precision and recall with intervals.

    python benchmarks/sample.py --cases FOLDER [--json]

Two samples, each labelled by one coder who saw the records and nothing of the program: provisional, no gold. By the
first (``iran-2022.csv``) a guard of the linkage was judged afterwards, so it is no blind check any more; the second
(``iran-2022-second.csv``, seed 2022) has judged nothing. Labels name records by the start of the SHA-256 of their
ids, and are used for nothing but this. A second coder is invited: `cenotaph sample CASE FILE.xlsx --pairs 200 --seed
2022` draws the pairs of the second sample from these lists, linked as they were then.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scipy.stats import binomtest

from cenotaph.case import Case
from cenotaph.linkage import sampled
from cenotaph.linkage.copying import copying
from cenotaph.messages import ENGLISH
from cenotaph.pipeline import build, keeping
from cenotaph.pipeline.measured_text import sample_text
from cenotaph.pipeline.stages import silent

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "benchmarks" / "labels"
SAMPLES = {1: "iran-2022.csv", 2: "iran-2022-second.csv"}


def digest(record: str) -> str:
    """Return how the labels name a record: its id could hold a name."""
    return hashlib.sha256(record.encode()).hexdigest()[:16]


def labels(clusters: Mapping[str, int], path: Path) -> list[sampled.Label]:
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
    """Link iran-2022 and measure the links by each sample."""
    with tempfile.TemporaryDirectory() as folder:
        records, links, case = linked(cases, "iran-2022", Path(folder) / "case")
        clusters = dict(zip(records.column("record").to_pylist(), links.cluster.tolist(), strict=True))
        read = {number: labels(clusters, LABELS / name) for number, name in SAMPLES.items()}
        samples = [{"sample": number, **sampled.summary(found), "disagreements": []} for number, found in read.items()]
        return {"samples": samples, "both": both(read[1], read[2]),
                "copying": copying(records, links.cluster, case.lists)["pairs"]}  # fmt: skip


def both(one: Sequence[sampled.Label], two: Sequence[sampled.Label]) -> dict[str, int]:
    """Return how many pairs are in two samples, and of how many the labels are the same."""
    said = {frozenset((each.pair.left, each.pair.right)): each.said for each in one}
    pairs = [(frozenset((each.pair.left, each.pair.right)), each.said) for each in two]
    again = [(said[pair], now) for pair, now in pairs if pair in said]
    return {"pairs": len(again), "agreed": sum(before == now for before, now in again)}


def text(found: Mapping[str, Any]) -> str:
    """Return each sample's figures, then its strata: how many pairs are one person, with the exact interval."""
    lines: list[str] = []
    for sample in found["samples"]:
        lines.append(sample_text(sample, ENGLISH))
        lines += ["  " + stratum(each) for each in sample["strata"]]
    lines.append("in both samples: {pairs} pairs, {agreed} labelled the same".format(**found["both"]))
    return "\n".join(lines)


def stratum(found: Mapping[str, Any]) -> str:
    """Return one stratum's line; its interval is Clopper's and Pearson's, without the unsure."""
    sure = found["same"] + found["different"]
    between = binomtest(found["same"], sure).proportion_ci(method="exact")
    return (f"{found['stratum']}: {found['drawn']} of {found['of']}, same {found['same']}, different "
            f"{found['different']}, unsure {found['unsure']}; share {found['same'] / sure:.3f} "
            f"({between.low:.3f}–{between.high:.3f})")  # fmt: skip


def main() -> None:
    """Print what the samples say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, required=True, help="folder that holds iran-2022")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.cases)
    found["copying"] = [{key: value for key, value in row.items() if key != "evidence"} for row in found["copying"]]
    print(json.dumps(found) if asked.json else text(found))


if __name__ == "__main__":
    main()
