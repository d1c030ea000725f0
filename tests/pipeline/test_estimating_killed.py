"""A fault: the machine stops in the middle of an estimate by groups, in the sampler or while a result is written."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = """
import io, sys, time
import numpy as np
from cenotaph.cli import main
from cenotaph.estimation import cache, estimate as _
from cenotaph.pipeline import estimating
from tests.estimation.test_resume import panels

where, case = sys.argv[1:]
door = sys.modules["cenotaph.estimation.estimate"]
sampler, writer, calls = door.lcmcr, np.savez_compressed, []

def sample(*arguments, **choices):
    calls.append("lcmcr")
    if where == "stratum" and calls.count("lcmcr") == 3:  # two at a time: one group is done
        print("in a stratum", flush=True)
    return sampler(*arguments, **choices)

def write(handle, **arrays):
    calls.append("write")
    if where != "write" or calls.count("write") < 2:
        return writer(handle, **arrays)
    whole = io.BytesIO()
    writer(whole, **arrays)
    handle.write(whole.getvalue()[: len(whole.getvalue()) // 2])
    handle.flush()
    print("in a write", flush=True)
    time.sleep(600)

door.lcmcr, np.savez_compressed = sample, write
estimating.registry.panels = lambda *_a, **_k: tuple(panels())
sys.argv = ["cenotaph", "estimate", case, "--by", "place", "--json"]
main()
"""


def command(where: str, case: Path) -> list[str]:
    return [sys.executable, "-c", RUN, where, str(case)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}


def whole(case: Path) -> dict[str, object]:
    run = subprocess.run(command("nowhere", case), cwd=ROOT, env=environment(), capture_output=True, check=True)
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def undisturbed(built, tmp_path_factory):
    """Return what a run that nobody stops says."""
    return whole(Path(shutil.copytree(built, tmp_path_factory.mktemp("whole") / "case")))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("where", ["stratum", "write"])
def test_a_killed_estimate_by_groups_goes_on_and_says_the_same(case_folder, undisturbed, where):
    """After kill -9 finished groups stay as they are, and the numbers are those of a run that nobody stopped."""
    with subprocess.Popen(command(where, case_folder), stdout=-1, cwd=ROOT, env=environment()) as run:
        assert run.stdout is not None
        assert run.stdout.readline().decode().startswith("in a ")
        run.kill()
    kept = {path: path.stat().st_mtime_ns for path in (case_folder / "build" / "estimates").glob("[!.]*.npz")}
    resumed = whole(case_folder)

    assert kept
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert resumed == undisturbed
    assert resumed["stratifications_tried"] == 1
