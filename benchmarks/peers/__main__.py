"""Run one of the tools people use today on the records that `linkage.py` hands on.

    cd benchmarks; PYTHON -m peers TOOL CASE RECORDS.parquet FOUND.parquet --seconds 1800 --gigabytes 12 [--labels N]

PYTHON is an interpreter that has `splink`, `recordlinkage`, `nomenklatura` and `dedupe` (with ``BTrees==6.1``, with
which alone it runs); they live apart because their pins are not ours. `linkage.py --peers PYTHON` calls this for every
row and measures what comes out as it measures us: FOUND has a column ``cluster``, or the links ``left`` and ``right``
of a tool that leaves it to its user to make clusters. Last line: CPU seconds with children, peak memory, version.

Each tool is set up as its own examples do for data of that shape. Where none does, settings were tried a few times with
the truth in sight and the better kept, in the tool's favour (`docs/methods/linkage.md` says which).
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import sys
from importlib.metadata import version
from pathlib import Path

import pandas as pd

TOOLS = {  # module and package of each
    "splink": ("peers.with_splink", "splink"),
    "recordlinkage": ("peers.with_recordlinkage", "recordlinkage"),
    "recordlinkage-sum": ("peers.with_recordlinkage", "recordlinkage"),
    "recordlinkage-logistic": ("peers.with_recordlinkage", "recordlinkage"),
    "nomenklatura": ("peers.with_nomenklatura", "nomenklatura"),
    "dedupe": ("peers.with_dedupe", "dedupe"),
}


def bounded(seconds: int, gigabytes: float) -> None:
    """Bound what the tool may take: past its seconds the system ends it, past its memory it cannot get more."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    most = int(gigabytes * 1e9)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def told(package: str) -> str:
    """Return as JSON what the tool has taken so far."""
    spent = os.times()
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    row = {"cpu_seconds": sum(spent[:4]), "peak_gb": max(peaks) / (1e9 if sys.platform == "darwin" else 1e6)}
    return json.dumps({**row, "version": f"{package} {version(package)}"})


def parsed() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog="peers", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("tool", choices=TOOLS)
    parser.add_argument("case")
    parser.add_argument("records", type=Path)
    parser.add_argument("found", type=Path)
    parser.add_argument("--seconds", type=int, default=1800, help="CPU seconds that the tool may take")
    parser.add_argument("--gigabytes", type=float, default=12.0, help="address space that the tool may take")
    parser.add_argument("--labels", type=int, default=150, help="answers that a tool that learns may ask for")
    return parser.parse_args()


def main() -> None:
    """Run one tool on one case."""
    asked = parsed()
    bounded(asked.seconds, asked.gigabytes)
    module, package = TOOLS[asked.tool]
    table = pd.read_parquet(asked.records)
    found = importlib.import_module(module).run(table, case=asked.case, tool=asked.tool, labels=asked.labels)
    line = told(package)
    found.to_parquet(asked.found)
    print(line)


if __name__ == "__main__":
    main()
