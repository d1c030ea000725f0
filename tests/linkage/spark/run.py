"""Link on a driver and two executors, each a process of its own, and print whether the links are those of one machine.

Run in a process of its own, ``python -m tests.linkage.spark.run CASE``: Spark leaves threads and sockets behind.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path

import pyarrow.parquet as pq
from tests.linkage.spark.test_engine import equal
from tests.linkage.world import crowd, facts, judge, table

from cenotaph.case import Case
from cenotaph.linkage import link, spark

_LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}


def processes() -> list[int]:
    """Return this process and all that came of it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (entry / "stat").exists():
            parent = int((entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.name))
    found = [os.getpid()]
    for one in found:
        found += children.get(one, [])
    return found


def files(process: int) -> list[str]:
    """Return what a process has open; nothing where it ended while we looked."""
    found: list[str] = []
    with contextlib.suppress(FileNotFoundError):
        found.extend(str(entry.readlink()) for entry in Path(f"/proc/{process}/fd").iterdir())
    return found


def outside() -> list[str]:
    """Return the sockets of these processes that listen to, or talk with, anything but the loopback address."""
    opened = [target for one in processes() for target in files(one)]
    sockets = {target.removeprefix("socket:[").rstrip("]") for target in opened if target.startswith("socket:")}
    rows = [
        line.split()
        for kind in ("tcp", "tcp6", "udp", "udp6")
        for line in Path(f"/proc/net/{kind}").read_text(encoding="ascii").splitlines()[1:]
    ]
    return [
        f"{row[1]} {row[2]}"
        for row in rows
        if row[9] in sockets
        and (row[1].split(":")[0] not in _LOOPBACK
             or (row[2].split(":")[1] != "0000" and row[2].split(":")[0] not in _LOOPBACK))
    ]  # fmt: skip


def main() -> None:
    """Link invented people under judgements, and the records of a case."""
    said = [judge("a:0", "b:0", "different"), judge("a:1", "a:2", "same"), judge("a:3", "b:3", "unsure")]
    people, lists = table(crowd(750)), facts("a", "b", unique=True)
    case = Case.load(Path(sys.argv[1]))
    records = pq.read_table(case.build_folder / "read" / "records.parquet")
    with spark.opened("local-cluster[2,1,1024]", tasks=2) as machines:
        invented = spark.link(machines, people, lists, said, parts=3)
        demo = spark.link(machines, records, case.lists, case.judgements, parts=2)
        found = outside()
    told = {
        "invented": equal(invented, link(people, lists, said)),
        "demo": equal(demo, link(records, case.lists, case.judgements)),
        "persons": len(set(demo.cluster.tolist())),
        "outside": found,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
