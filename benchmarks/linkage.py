"""Link lists whose truth is known and say how well and at what cost: F1, CPU seconds of the process tree, peak memory.

    python benchmarks/linkage.py --data FILE.parquet --ours-only --json
    python benchmarks/linkage.py --cases FOLDER [--only rldata10000 historical-50k] [--peers PYTHON]

With ``--data`` one file is linked: columns unique_id, cluster (the truth), first_name, surname, dob, postcode, city,
occupation. With ``--cases`` every case that the folder holds is a row. Every row runs in a process of its own.
With ``--peers`` the tools of `linkage_peers.py` link the same records in the interpreter PYTHON, row by row beside us.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from cenotaph.linkage import link
from cenotaph.linkage.evaluate import bcubed, pairwise, whole_clusters
from cenotaph.model import ListFacts

PERSONS = {"first_name": "name.given", "surname": "name.family", "dob": "birth.date", "city": "birth.place",
           "postcode": "contact", "occupation": "occupation"}  # fmt: skip
HISTORICAL = {"full_name": "name", "first_name": "name.given", "surname": "name.family", "dob": "birth.date",
              "birth_place": "birth.place", "postcode_fake": "contact", "gender": "sex",
              "occupation": "occupation"}  # fmt: skip
Case = tuple[pa.Table, pa.ChunkedArray | list[str]]  # records of one list, and the true person of each


def records_of(table: pa.Table, ids: pa.Array | pa.ChunkedArray, claims: Mapping[str, str]) -> pa.Table:
    """Return the file's rows as a records table of one list."""
    size = len(table)
    names = pc.binary_join_element_wise(pa.scalar("p"), pc.cast(ids, pa.string()), ":")
    one_list = pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int32)), pa.array(["p"]))
    found = {key: table[column] for column, key in claims.items()}
    return pa.table({"record": names, "list": one_list, "order": np.arange(size), **found})


def persons(path: Path) -> Case:
    """Return invented persons."""
    table = pq.read_table(path)
    return records_of(table, table["unique_id"], PERSONS), table["cluster"]


def historical(folder: Path) -> Case:
    """Return the historical figures with errors."""
    table = pq.read_table(folder / "historical-50k" / "historical_figures_with_errors_50k.parquet")
    return records_of(table, table["unique_id"], HISTORICAL), table["cluster"].to_pylist()


def rldata(folder: Path) -> Case:
    """Return the German names of RLdata10000."""
    missing = pacsv.ConvertOptions(null_values=["NA"], strings_can_be_null=True)
    table = pacsv.read_csv(folder / "rldata" / "RLdata10000.csv", convert_options=missing)
    parts = [pc.utf8_lpad(pc.cast(table[part], pa.string()), 2, "0") for part in ("by", "bm", "bd")]
    table = table.append_column("born", pc.binary_join_element_wise(*parts, "-"))
    for key, (first, second) in {"given": ("fname_c1", "fname_c2"), "family": ("lname_c1", "lname_c2")}.items():
        both = (pc.fill_null(pc.cast(table[column], pa.string()), "") for column in (first, second))
        table = table.append_column(key, pc.utf8_trim_whitespace(pc.binary_join_element_wise(*both, " ")))
    claims = {"given": "name.given", "family": "name.family", "born": "birth.date"}
    return records_of(table, pa.array(range(len(table))), claims), list(map(str, table["truth"].to_pylist()))


PEERS = ("splink", "recordlinkage")
CASES: Mapping[str, Callable[[Path], Case]] = {
    "persons": persons,
    "rldata10000": rldata,
    "historical-50k": historical,
}


def cost() -> tuple[float, float]:
    """Return the CPU seconds of this process and its children so far, and the peak of its memory in gigabytes."""
    import resource  # not on Windows; the benchmark is for a Unix machine

    spent = os.times()
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return sum(spent[:4]), size / (1e9 if sys.platform == "darwin" else 1e6)


def run(case: Case) -> dict[str, Any]:
    """Link one case and measure it."""
    records, truth = case
    links = link(records, {"p": ListFacts(name="p", date_order="ymd")})
    seconds, memory = cost()
    true = np.unique(np.asarray(truth), return_inverse=True)[1].astype(np.int64)
    found = np.unique(links.cluster, return_inverse=True)[1].astype(np.int64)
    measures = {"pairwise": pairwise, "bcubed": bcubed, "cluster": whole_clusters}
    measured = {name: measure(found, true) for name, measure in measures.items()}
    return {"cpu_seconds": seconds, "peak_gb": memory, **measured}


def apart(name: str, path: Path) -> dict[str, Any]:
    """Run one row in a process of its own, so that neither its memory nor its seconds are another row's."""
    row = [sys.executable, __file__, "--row", name, str(path)]
    done = subprocess.run(row, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def beside(python: str, name: str, path: Path) -> dict[str, dict[str, Any]]:
    """Run every peer on the same row; one that fails says so and leaves its row out."""
    found: dict[str, dict[str, Any]] = {}
    for tool in PEERS:
        row = [python, str(Path(__file__).with_name("linkage_peers.py")), tool, name, str(path)]
        done = subprocess.run(row, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        if done.returncode:
            print(f"{tool} on {name}: failed with {done.returncode}", file=sys.stderr)
        else:
            found[f"  {tool}, {name}"] = json.loads(done.stdout.splitlines()[-1])
    return found


def shown(name: str, row: Mapping[str, Any]) -> str:
    """Return one line of the table; peers are measured by pairs only."""
    told = row["pairwise"]
    scores = " ".join(f"{told[key]:9.4f}" for key in ("precision", "recall", "f1"))
    whole = f"{row['bcubed']['f1']:9.4f}" if "bcubed" in row else " " * 9
    return f"{name:32} {scores} {whole} {row['cpu_seconds']:9.1f} {row['peak_gb']:8.2f}"


def parsed() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", type=Path, help="a Parquet file of invented persons")
    what.add_argument("--cases", type=Path, help="the folder of real cases")
    what.add_argument("--row", nargs=2, metavar=("CASE", "PATH"), help="one row as JSON, in this process")
    parser.add_argument("--only", nargs="+", choices=sorted(CASES.keys() - {"persons"}), default=None)
    parser.add_argument("--ours-only", action="store_true", help="run no peer, whatever --peers says")
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter that has splink and recordlinkage")
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    return parser.parse_args()


def main() -> None:
    """Run the benchmark."""
    asked = parsed()
    if asked.row:
        print(json.dumps(run(CASES[asked.row[0]](Path(asked.row[1])))))
        return
    if asked.data and asked.json:
        row = run(persons(asked.data))  # here: another process would cost what loading the libraries costs once more
        print(json.dumps({key: row[key] for key in ("cpu_seconds", "peak_gb", "pairwise")}))
        return
    names = ["persons"] if asked.data else asked.only or [name for name in CASES if name != "persons"]
    rows: dict[str, dict[str, Any]] = {}
    for name in names:
        rows[name] = apart(name, asked.data or asked.cases)
        if asked.peers and not asked.ours_only:
            rows |= beside(asked.peers, name, asked.data or asked.cases)
    if asked.json:
        print(json.dumps(rows))
        return
    print(f"{'case':32} precision    recall        F1     B3 F1 CPU seconds   GB")
    for name, row in rows.items():
        print(shown(name, row))


if __name__ == "__main__":
    main()
