"""Link invented person records and say what it cost: CPU seconds of the whole process, peak memory, pairwise F1.

    python benchmarks/linkage.py --data FILE.parquet --ours-only --json

The file has columns unique_id, cluster (the truth), first_name, surname, dob, postcode, city, occupation.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cenotaph.linkage import evaluate, link
from cenotaph.model import ListFacts

CLAIMS = {"first_name": "name.given", "surname": "name.family", "dob": "birth.date", "city": "birth.place",
          "postcode": "contact", "occupation": "occupation"}  # fmt: skip


def records_of(table: pa.Table) -> pa.Table:
    """Return the file's rows as a records table of one list."""
    size = len(table)
    ids = pc.binary_join_element_wise(pa.scalar("p"), pc.cast(table["unique_id"], pa.string()), ":")
    one_list = pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int32)), pa.array(["p"]))
    claims = {key: table[column] for column, key in CLAIMS.items()}
    return pa.table({"record": ids, "list": one_list, "order": np.arange(size), **claims})


def peak_gb() -> float:
    """Return the peak memory of this process in gigabytes."""
    import resource  # not on Windows; the benchmark is for a Unix machine

    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1e9 if sys.platform == "darwin" else 1e6)


def run(path: Path) -> dict[str, object]:
    """Read, link and measure one file."""
    table = pq.read_table(path)
    records = records_of(table)
    links = link(records, {"p": ListFacts(name="p", date_order="ymd")})
    cost, memory = time.process_time(), peak_gb()
    ids = records["record"].to_pylist()
    truth = dict(zip(ids, map(str, table["cluster"].to_pylist()), strict=True))
    return {"cpu_seconds": cost, "peak_gb": memory, "pairwise": evaluate(ids, links.cluster, truth)["pairwise"]}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--ours-only", action="store_true", help="accepted for scripts: peers are not run here")
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    chosen = parser.parse_args()
    found = run(chosen.data)
    print(json.dumps(found) if chosen.json else "\n".join(f"{key}: {value}" for key, value in found.items()))


if __name__ == "__main__":
    main()
