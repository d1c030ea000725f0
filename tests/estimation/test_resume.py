"""A fault: the machine stops in the middle of many strata."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cenotaph.estimation import Sampling, estimate_strata
from cenotaph.model import ListFacts, Panel

SHORT = Sampling(warmup=100, block=400, most=400, ess=50.0, tempered=0, workers=1)
RUN = """
import sys
from pathlib import Path
from tests.estimation.test_resume import SHORT, panels
from cenotaph.estimation import estimate_strata
estimate_strata(panels(), cache=Path(sys.argv[1]), sampling=SHORT, methods=["lcmcr"], workers=1,
                progress=lambda *told: (print(*told, flush=True), sys.stdin.read(1)))
"""


def panels() -> list[Panel]:
    """Return four strata of 200 invented people on four lists."""
    rng, found = np.random.default_rng(9), []
    for name in ("north", "south", "east", "west"):
        rows = (rng.random((200, 4)) < 0.4).astype(np.uint8)
        patterns, counts = np.unique(rows[rows.any(axis=1)], axis=0, return_counts=True)
        lists = tuple(ListFacts(name=one) for one in "abcd")
        found.append(Panel(lists=lists, patterns=patterns, counts=counts.astype(np.int64), stratum=name))
    return found


def finished(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("[!.]*.npz")}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_run_goes_on_where_it_stood(tmp_path):
    """After kill -9 finished strata are not computed again, and the total is that of an undisturbed run."""
    root = Path(__file__).parents[2]
    paths = {"PYTHONPATH": os.pathsep.join([str(root), *sys.path])}
    command = [sys.executable, "-c", RUN, str(tmp_path / "killed")]
    with subprocess.Popen(command, stdin=-1, stdout=-1, cwd=root, env={**os.environ, **paths}) as run:
        assert run.stdout is not None
        run.stdout.readline()
        run.kill()
    before = finished(tmp_path / "killed")
    resumed = estimate_strata(panels(), cache=tmp_path / "killed", sampling=SHORT, methods=["lcmcr"], workers=1)
    whole = estimate_strata(panels(), sampling=SHORT, methods=["lcmcr"], workers=1)

    assert before
    assert before.items() <= finished(tmp_path / "killed").items()
    assert len(finished(tmp_path / "killed")) == 4
    assert resumed.to_json() == whole.to_json()
