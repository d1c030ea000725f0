"""Run the tools of `peers` on the records that we link, and measure what they find as we are measured."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import linkage_labels as labels
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from linkage_cases import Case
from linkage_handed import hand_on, training_split
from linkage_measures import Mask, of_clusters, of_links

Row = dict[str, Any]
UNTAUGHT = ("splink", "recordlinkage", "recordlinkage-sum", "nomenklatura")
ANSWERS = 150  # that a tool that learns may ask for in a row without labels of our own
BUSY = 6  # wall-clock seconds for each CPU second, past which a tool hangs rather than works


@dataclass(frozen=True, slots=True)
class Peers:
    """The interpreter that has the tools, and what each may take for a row."""

    python: str
    seconds: int
    gigabytes: float


def beside(peers: Peers, name: str, case: Case, ours: Row, given: int | None) -> Iterator[tuple[str, Row]]:
    """Yield the row of every tool.

    Parameters
    ----------
    peers
        The tools.
    name
        The row.
    case
        Its records and truth.
    ours
        Our own row.
    given
        Labels that we were given in this row; None where it is measured on all records.
    """
    with tempfile.TemporaryDirectory() as folder:
        records = hand_on(case, Path(folder) / "records.parquet")
        for tool in UNTAUGHT if not given else ():
            told, found = _run(peers, [tool, name.split(",")[0], str(records)], 0)
            among = None if given is None else [~labels.halves(case.person, split) for split in range(labels.HALVES)]
            yield f"  {tool}, {name}", _row(told, found, case, among, ours)
        if given == 0:
            return
        for tool in ("dedupe", "recordlinkage-logistic") if given else ("dedupe",):
            told, found = _run(peers, [tool, name.split(",")[0], str(records)], given or ANSWERS)
            held = ours if given else {**ours, **ours["held_out"]}
            label = f"  {tool}, {name}" if given else f"  {tool}, {name}, held-out half"
            yield label, _row(told, found, case, [~training_split(case)], held)


def _run(peers: Peers, asked: list[str], answers: int) -> tuple[Row, pa.Table | None]:
    """Run one tool; one that fails tells why, and has found nothing."""
    found = Path(asked[2]).with_name("found.parquet")
    command = [peers.python, "-m", "peers", *asked, str(found), "--seconds", str(peers.seconds),
               "--gigabytes", str(peers.gigabytes), "--labels", str(answers)]  # fmt: skip
    longest = peers.seconds * BUSY
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=longest,
                              cwd=Path(__file__).parent)  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"failed": f"not done after {longest} seconds of wall-clock time"}, None
    if done.returncode:
        return {"failed": reason(done.returncode, done.stderr, peers)}, None
    told: Row = json.loads(done.stdout.splitlines()[-1])
    return told, pq.read_table(found)


def reason(code: int, said: str, peers: Peers) -> str:
    """Return in one line why a tool failed: what ended it, or the last line of what it said.

    Parameters
    ----------
    code
        What its process returned; negative for a signal.
    said
        Its standard error.
    peers
        What it was allowed.
    """
    if -code in (signal.SIGXCPU, signal.SIGKILL) and "MemoryError" not in said:
        return f"not done after {peers.seconds} CPU seconds" if -code == signal.SIGXCPU else "killed by the system"
    if any(word in said for word in ("MemoryError", "bad_alloc", "Cannot allocate", "Unable to allocate")):
        return f"out of memory at {peers.gigabytes:g} GB of address space"
    last = (said.strip().splitlines() or [""])[-1].strip()
    return f"{signal.Signals(-code).name} {last}".strip() if code < 0 else last or f"ended with {code}"


def _row(told: Row, found: pa.Table | None, case: Case, among: list[Mask] | None, ours: Row) -> Row:
    """Return a tool's row: what it took, what it found, and what we took and found as a multiple of that."""
    if found is None:
        return told
    measured = (
        _measured(found, case, None) if among is None else _mean([_measured(found, case, mask) for mask in among])
    )
    f1, seconds = measured["pairwise"]["f1"], told["cpu_seconds"]
    ratios = {"cpu_seconds": ours["cpu_seconds"] / seconds, "f1": ours["pairwise"]["f1"] / f1 if f1 else None}
    return {**told, **measured, "ours_to_theirs": ratios}


def _measured(found: pa.Table, case: Case, among: Mask | None) -> Row:
    columns = {name: found[name].to_numpy().astype(np.int64) for name in ("cluster", "left", "right")
               if name in found.column_names}  # fmt: skip
    if "cluster" in columns:
        return of_clusters(case, columns["cluster"], among)
    return of_links(case, columns["left"], columns["right"], among)


def _mean(rows: list[Row]) -> Row:
    return {name: {key: float(np.mean([row[name][key] for row in rows])) for key in rows[0][name]}
            for name in ("pairwise", "bcubed")}  # fmt: skip


def circumstances(rows: Mapping[str, Row]) -> str:
    """Return in one line when, where and with which versions the rows were measured."""
    tools = sorted({row["version"] for row in rows.values() if "version" in row})
    machine = f"{os.cpu_count()} cores of {platform.machine()}, Python {platform.python_version()}"
    versions = ", ".join([f"cenotaph {version('cenotaph')}", *tools])
    return f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {machine}; {versions}"
