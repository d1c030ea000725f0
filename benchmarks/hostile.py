"""Link shapes that break linkers: one name for all, no values but one, clones, a massacre's one day, names of a page.

    python benchmarks/hostile.py [--size 100000] [--only SHAPE ...] [--limit-gb 6] [--json]

Every shape is linked in a process of its own that may use ``--limit-gb`` of address space and ``--limit-seconds`` of
processor. It must finish, compare no more than a few hundred pairs a record, ask no more than people can answer, keep
the records of a list that holds nobody twice apart, and keep the promise of its shape. Exit code 1 when one does not.
Everybody here is invented.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
from hostile_shapes import SHAPES, Case, Shape

from cenotaph.linkage import Links, LinkSettings
from cenotaph.linkage.diagnostics.evaluate import pairwise

MOST_PAIRS = 300  # compared for each record, whatever the shape
COUNTED = ("records", "kept", "windowed", "groups_split", "persons", "questions", "questions_left_out")
HEADING = " ".join((f"{'shape':22}", *(f"{one:>9}" for one in (
    "records", "compared", "windowed", "split", "persons", "questions", "left out", "precision", "recall")),
    "  CPU s     GB  promise"))  # fmt: skip


def broken(shape: Shape, case: Case, links: Links) -> list[str]:
    """Return which promises the links break, as sentences."""
    measured = measures(case, links)
    promised = {"precision": shape.precision, "recall": shape.recall}
    found = [
        f"{key} {measured[key]:.4f} where {least} was promised"
        for key, least in promised.items()
        if measured[key] < least
    ]
    compared = links.report["candidates"]["kept"]
    if compared > MOST_PAIRS * len(case.lists):
        found.append(f"{compared} pairs compared, more than {MOST_PAIRS} a record")
    if len(links.questions) > LinkSettings().questions:
        found.append(f"{len(links.questions)} questions, more than {LinkSettings().questions}")
    found += [f"{key} is not counted" for key in shape.counted if not counts(links)[key]]
    if case.unique and _met(case, links):
        found.append(f"{_met(case, links)} records of a list that holds nobody twice met another")
    return found


def _met(case: Case, links: Links) -> int:
    """Count the records that are one person with an earlier record of their own list."""
    number = np.unique(case.lists, return_inverse=True)[1]
    return len(number) - len(np.unique(np.stack((number, links.cluster)), axis=1).T)


def measures(case: Case, links: Links) -> dict[str, float]:
    """Return precision and recall of the pairs."""
    found, true = (np.unique(each, return_inverse=True)[1].astype(np.int64) for each in (links.cluster, case.person))
    return pairwise(found, true)


def counts(links: Links) -> dict[str, int]:
    """Return what the report counts, flat."""
    flat = {key: value for key, value in links.report.items() if isinstance(value, int)}
    return flat | {key: int(value) for key, value in links.report["candidates"].items()}


def run(name: str, size: int) -> dict[str, Any]:
    """Link one shape here and measure it."""
    import resource  # not on Windows; the benchmark is for a Unix machine

    shape = SHAPES[name]
    case = shape.make(size)
    links = case.link()
    spent = sum(os.times()[:4])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
    said = {"shape": name, "records": len(case.lists), "cpu_seconds": spent, "peak_gb": peak}
    return said | measures(case, links) | counts(links) | {"broken": broken(shape, case, links)}


def apart(name: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Run one shape in a process of its own, under limits; one that fails says how."""
    row = [sys.executable, __file__, "--row", name, "--size", str(asked.size),
           "--limit-gb", str(asked.limit_gb), "--limit-seconds", str(asked.limit_seconds)]  # fmt: skip
    done = subprocess.run(row, check=False, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"ended by signal {-done.returncode}"])[-1]
        return {"shape": name, "broken": [f"did not finish: {last}"]}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def limit(gigabytes: float, seconds: int) -> None:
    """Let this process have no more than that."""
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_AS, (int(gigabytes * 1e9),) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def shown(row: Mapping[str, Any]) -> str:
    """Return one line of the table."""
    if "records" not in row:
        return f"{row['shape']:22} {row['broken'][0]}"
    told = " ".join(f"{row[key]:>9}" for key in COUNTED)
    scores = " ".join(f"{row[key]:9.4f}" for key in ("precision", "recall"))
    said = "; ".join(row["broken"]) or "kept"
    return f"{row['shape']:22} {told} {scores} {row['cpu_seconds']:7.1f} {row['peak_gb']:6.2f}  {said}"


def parsed() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--size", type=int, default=100_000, help="records of each shape")
    parser.add_argument("--only", nargs="+", choices=list(SHAPES), metavar="SHAPE", help=", ".join(SHAPES))
    parser.add_argument("--row", choices=list(SHAPES), help="one shape as JSON, in this process")
    parser.add_argument("--limit-gb", type=float, default=6.0, help="address space of a shape")
    parser.add_argument("--limit-seconds", type=int, default=600, help="processor seconds of a shape")
    parser.add_argument("--json", action="store_true", help="one JSON array and nothing else")
    return parser.parse_args()


def main() -> int:
    """Run the shapes."""
    asked = parsed()
    if asked.row:
        limit(asked.limit_gb, asked.limit_seconds)
        print(json.dumps(run(asked.row, asked.size)))
        return 0
    if not asked.json:
        print(HEADING, flush=True)
    rows = []
    for name in asked.only or SHAPES:
        rows.append(apart(name, asked))
        if not asked.json:
            print(shown(rows[-1]), flush=True)
    if asked.json:
        print(json.dumps(rows))
    return int(any(row["broken"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
