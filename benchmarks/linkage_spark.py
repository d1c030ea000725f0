"""What linking on Spark costs beside linking in one process: seconds, and memory of the driver and of the executors.

Each file is linked twice, each time in processes of its own: on a small cluster on this machine (a driver and executors
that are processes of their own), and in one process. Prints one JSON object a file: whether people, pairs, questions
and report are the same, and what each cost from file to links. Memory is the peak of each kind of process, shared pages
divided among those who share them (PSS), looked at each second. Needs the extra `spark`, Java 17 and Linux.

    python benchmarks/linkage_spark.py persons-10k.parquet [--master local-cluster[2,1,2048]]
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
from linkage_cases import persons

from cenotaph.linkage import Links, link, spark

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: what its parent leaves behind is waited for here, and counted
_KB_IN_GB = 2**20
_EVERY = 1.0  # seconds between two looks at the memory
KINDS = ("driver", "driver_jvm", "executor_jvms", "executor_pythons")


def digest(links: Links) -> str:
    """Return a hash of everything that linking found."""
    found = hashlib.sha256(links.cluster.tobytes())
    for table in (links.pairs, links.questions):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table.combine_chunks())
        found.update(sink.getvalue())
    found.update(json.dumps(dict(links.report), sort_keys=True, default=str).encode())
    return found.hexdigest()


def linked(path: Path, master: str | None) -> dict[str, Any]:
    """Link a file, on Spark or here, and return what came of it; seconds on Spark are with and without its start."""
    case = persons(path)
    began = time.monotonic()
    if master is None:
        links, started = link(case.records, case.lists), began
    else:
        with spark.opened(master) as machines:
            started = time.monotonic()
            links = spark.link(machines, case.records, case.lists)
    return {
        "records": len(case.records), "persons": links.report["persons"], "pairs": links.report["candidates"]["kept"],
        "digest": digest(links), "linking_seconds": round(time.monotonic() - started, 1),
    }  # fmt: skip


def processes(root: int) -> Iterator[tuple[int, str]]:
    """Yield a process and all that came of it, with the words each was started with."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with _ended():
                parent = int((entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    waiting = [root]
    while waiting:
        one = waiting.pop()
        waiting += children.get(one, [])
        with _ended():
            yield one, (Path("/proc") / str(one) / "cmdline").read_text(encoding="utf-8", errors="replace")


@contextmanager
def _ended() -> Iterator[None]:
    """Look at a process that may end while we look."""
    try:
        yield
    except (FileNotFoundError, ProcessLookupError):
        return


def kind_of(process: int, root: int, words: str) -> str:
    """Tell what a process is to Spark: workers of a local cluster live in the Java of the driver."""
    if process == root:
        return "driver"
    if "java" in words.partition("\0")[0]:
        return "executor_jvms" if "ExecutorBackend" in words else "driver_jvm"
    return "executor_pythons"


def resident(root: int) -> dict[str, int]:
    """Return the kilobytes that each kind of process holds."""
    held = dict.fromkeys(KINDS, 0)
    for process, words in processes(root):
        with _ended():
            rollup = (Path("/proc") / str(process) / "smaps_rollup").read_text(encoding="utf-8")
            pss = next((line for line in rollup.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
            held[kind_of(process, root, words)] += int(pss.split()[1])
    return held


def measured(path: str, master: str | None) -> dict[str, Any]:
    """Link a file in processes of their own and return what they cost together."""
    inside = [] if master is None else ["--master", master]
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.posix_spawn(
        sys.executable, [sys.executable, __file__, path, "--inside", "one" if master is None else "spark", *inside],
        os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1), (os.POSIX_SPAWN_CLOSE, reading)],
    )  # fmt: skip
    os.close(writing)
    with watched(child) as peaks, os.fdopen(reading, encoding="utf-8") as out:
        said = out.read().splitlines()
    cpu = spent()
    if not said:
        raise SystemExit(f"{path}: linking failed; what it wrote stands above")
    held = {f"{kind}_gb": round(peaks[kind] / _KB_IN_GB, 2) for kind in KINDS if peaks[kind]}
    seconds = {"seconds": round(time.monotonic() - began, 1), "cpu_seconds": round(cpu, 1)}
    return {**json.loads(said[-1]), **seconds, **held, "together_gb": round(peaks["together"] / _KB_IN_GB, 2)}


@contextmanager
def watched(root: int) -> Iterator[dict[str, int]]:
    """Keep the peaks of what a process and its kin hold, for as long as the block runs."""
    peaks, over = dict.fromkeys((*KINDS, "together"), 0), threading.Event()

    def watch() -> None:
        while not over.wait(_EVERY):
            now = resident(root)
            for kind, size in (*now.items(), ("together", sum(now.values()))):
                peaks[kind] = max(peaks[kind], size)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield peaks
    finally:
        over.set()
        watching.join()


def spent() -> float:
    """Wait for all that was started here and return the CPU seconds it took."""
    cpu = 0.0
    while True:
        try:
            used = os.wait4(-1, 0)[2]
        except ChildProcessError:
            return cpu
        cpu += used.ru_utime + used.ru_stime


def compared(path: str, master: str) -> dict[str, Any]:
    """Link a file both ways and return both costs, and whether they gave the same."""
    found = {"spark": measured(path, master), "one": measured(path, None)}
    same = len({each.pop("digest") for each in found.values()}) == 1
    return {"file": Path(path).name, "master": master, "same": same, **found}


def main() -> int:
    """Print a line a file; exit code 1 when two engines disagree."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("files", nargs="+")
    asked.add_argument("--master", default="local-cluster[2,1,2048]")
    asked.add_argument("--inside", choices=["spark", "one"], help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.inside:
        print(json.dumps(linked(Path(said.files[0]), said.master if said.inside == "spark" else None)))
        return 0
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    same = True
    for path in said.files:
        found = compared(path, said.master)
        same &= found["same"]
        print(json.dumps(found), flush=True)
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
