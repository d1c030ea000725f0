"""Police killings in the United States, 2013-2017: five real lists, linked together, with the truth known for three.

`load` reads the lists as the template `examples/us-2013-2017` maps them; `measured` tells pairs of two named people and
pairs in which a name is withheld apart, for the unnamed are linked only where a case asks for it.

    python benchmarks/linkage_us.py CASES [--unnamed]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from cenotaph.case import Case
from cenotaph.linkage import LinkSettings, link
from cenotaph.linkage.diagnostics.evaluate import pairs_in
from cenotaph.model import ListFacts
from cenotaph.pipeline import build
from cenotaph.pipeline.building import read_truth
from cenotaph.values import words

TEMPLATE = Path(__file__).parent.parent / "examples" / "us-2013-2017"
Numbers = npt.NDArray[np.int64]
Measures = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class UsCase:
    """The records of all five lists, the facts of the lists, and what is known of each record."""

    records: pa.Table
    lists: Mapping[str, ListFacts]
    person: Numbers  # -1 where the truth does not list the record
    named: npt.NDArray[np.bool_]


def load(cases: Path) -> UsCase:
    """Read the lists as the template maps them.

    Parameters
    ----------
    cases
        The folder of real cases.
    """
    data = cases / "us-2013-2017"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "case"
        build(TEMPLATE, data=data, out=out, until="read")
        records = pq.read_table(out / "build" / "read" / "records.parquet")
        lists = Case.load(out).lists
    truth = read_truth(data / "truth.csv")
    numbers = {person: number for number, person in enumerate(sorted(set(truth.values())))}
    person = [numbers.get(truth.get(record, ""), -1) for record in records["record"].to_pylist()]
    texts = [text or "" for text in records["name"].to_pylist()]
    return UsCase(records, lists, np.array(person, dtype=np.int64), ~words.unknown_names(words.of_texts(texts)))


def measured(case: UsCase, cluster: npt.NDArray[np.integer[Any]]) -> Measures:
    """Return precision, recall and F1 over the pairs that the truth can tell of.

    ``pairwise`` is of all pairs, ``named`` of those of two named records, ``withheld`` of those with a nameless one.
    """
    known = case.person >= 0
    found, true, named = np.unique(cluster[known], return_inverse=True)[1], case.person[known], case.named[known]
    both = found.astype(np.int64) * (int(true.max(initial=0)) + 1) + true
    labels = [np.unique(one, return_inverse=True)[1].astype(np.int64) for one in (both, found, true)]
    everybody = np.array([pairs_in(one) for one in labels])
    of_named = np.array([pairs_in(one[named]) for one in labels])
    parts = {"pairwise": everybody, "named": of_named, "withheld": everybody - of_named}
    return {name: _shares(*counts.tolist()) for name, counts in parts.items()}


def _shares(both: int, found: int, true: int) -> dict[str, float]:
    shares = {"precision": both / max(found, 1), "recall": both / max(true, 1)}
    return {**shares, "f1": 2 * both / max(found + true, 1), "pairs": float(true)}


def main() -> None:
    """Link and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("cases", type=Path, help="the folder of real cases")
    parser.add_argument("--unnamed", action="store_true", help="link those without a name on a unique event")
    asked = parser.parse_args()
    case = load(asked.cases)
    links = link(case.records, case.lists, settings=LinkSettings(link_unnamed=asked.unnamed))
    print(json.dumps(measured(case, links.cluster), indent=1))


if __name__ == "__main__":
    main()
