"""What a new list costs once a collection is linked, and how far the result is from linking all anew.

    python benchmarks/linkage_increment.py --data FILE.parquet [--new 1000] [--json]

The file is one of `linkage.py`. All but the last records, drawn at random, are linked in full; then come the new ones,
then one judgement, both on top of what was kept; then all is linked in full again. CPU seconds are of `relink` alone,
compiled caches warm: no file is read or written. Agreement is pairwise, of the people found step by step with those of
the last full run, and of both with the truth.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from linkage_cases import persons

from cenotaph.linkage import Kept, Policy, relink
from cenotaph.linkage.diagnostics.evaluate import pairwise
from cenotaph.model import Judgement, ListFacts, Verdict

FACTS = {"p": ListFacts(name="p", date_order="ymd")}
ALWAYS = Policy(least=0)
Groups = npt.NDArray[np.int64]


def step(records: pa.Table, kept: Kept | str, *said: Judgement) -> tuple[dict[str, Any], Kept, Groups]:
    """Link on top of what was kept; return the cost with how it went, what to keep now, and the people."""
    start = time.process_time()
    found = relink(records, FACTS, said, kept=kept, policy=ALWAYS)
    seconds = time.process_time() - start
    after = found.kept or kept
    if isinstance(after, str):
        raise TypeError("nothing was kept")
    groups = np.unique(found.links.cluster, return_inverse=True)[1].astype(np.int64)
    run = found.links.report["run"]
    return {"cpu_seconds": round(seconds, 2), "how": run["how"], "why": run["why"]}, after, groups


def measure(path: Path, new: int) -> dict[str, Any]:
    """Link a file in full, step by step, and in full again."""
    case = persons(path)
    records, true = case.records, case.person
    relink(records.slice(0, 5000), FACTS, kept="none", policy=ALWAYS)  # compiles
    order = np.random.default_rng(1988).permutation(len(records))
    first = records.take(np.sort(order[: len(records) - new]))
    found: dict[str, Any] = {"records": len(first), "new": new}
    found["full"], kept, _ = step(first, "none")
    found["kept_mb"] = round(sum(array.nbytes for array in kept.to_arrays()[1].values()) / 1e6)
    found["new list"], kept, grown = step(records, kept)
    one, two = (records["record"][place].as_py() for place in (0, 1))
    said = Judgement(left=one, right=two, verdict=Verdict.DIFFERENT, reviewer="r1", sequence=1)
    found["judgement"], _, _ = step(records, kept, said)
    found["full again"], _, anew = step(records, "asked")
    return {
        **found,
        "agreement": pairwise(grown, anew),
        "truth": pairwise(grown, true),
        "truth anew": pairwise(anew, true),
    }


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--new", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.data, asked.new)
    if asked.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:<12} {value}")


if __name__ == "__main__":
    main()
