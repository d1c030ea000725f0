"""What linking on Spark costs: CPU seconds and memory of all processes of a small cluster here, file to links.

Prints one JSON object a file: records, parts of the cost, and whether the links are those of the engine of one machine.
Needs the extra `spark` and Java 17.

    python benchmarks/linkage_spark.py persons-10k.parquet [--master local-cluster[2,1,2048]]
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from cenotaph.linkage import link, spark
from cenotaph.model import ListFacts
from linkage import persons

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: what its parent leaves behind is waited for here, and counted
_GB = 2**30
_LISTS = {"p": ListFacts(name="p", date_order="ymd")}


def linked(path: Path, master: str) -> dict[str, Any]:
    """Link a file on Spark and return what the driver's process says of it."""
    records, _ = persons(path)
    with spark.opened(master) as machines:
        links = spark.link(machines, records, _LISTS)
    digest = links.cluster.tobytes()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _GB
    alone = link(records, _LISTS)
    return {"records": len(records), "persons": links.report["persons"], "pairs": links.report["candidates"],
            "driver_gb": round(peak, 2), "same": alone.cluster.tobytes() == digest}  # fmt: skip


def resident(root: int) -> int:
    """Return the bytes that a process and all that came of it hold."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            except OSError:  # it ended while we looked
                continue
            children.setdefault(parent, []).append(int(entry.name))
    waiting, total = [root], 0
    while waiting:
        one = waiting.pop()
        waiting += children.get(one, [])
        try:
            total += int((Path("/proc") / str(one) / "statm").read_text(encoding="utf-8").split()[1])
        except OSError:
            continue
    return total * os.sysconf("SC_PAGE_SIZE")


def measured(path: str, master: str) -> dict[str, Any]:
    """Link a file in processes of their own and return what they cost together."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    reading, writing = os.pipe()
    child = os.posix_spawn(
        sys.executable, [sys.executable, __file__, path, "--master", master, "--inside"], os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1), (os.POSIX_SPAWN_CLOSE, reading)],
    )  # fmt: skip
    os.close(writing)
    peak, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(1.0):
            peak[0] = max(peak[0], resident(child))

    watching = threading.Thread(target=watch)
    watching.start()
    with os.fdopen(reading, encoding="utf-8") as out:
        said = out.read()
    over.set()
    watching.join()
    cpu = 0.0
    while True:
        try:
            used = os.wait4(-1, 0)[2]
        except ChildProcessError:
            break
        cpu += used.ru_utime + used.ru_stime
    return {**json.loads(said.splitlines()[-1]), "cpu_seconds": round(cpu, 1), "tree_gb": round(peak[0] / _GB, 2)}


def main() -> None:
    """Print a line a file."""
    asked = argparse.ArgumentParser()
    asked.add_argument("files", nargs="+")
    asked.add_argument("--master", default="local-cluster[2,1,2048]")
    asked.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    said = asked.parse_args()
    for path in said.files:
        found = linked(Path(path), said.master) if said.inside else measured(path, said.master)
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
