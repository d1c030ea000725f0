"""Linking on a real Spark: a driver and two executors, each a process of its own, on the loopback address."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cenotaph.demo import write_case
from cenotaph.errors import InputError
from cenotaph.linkage import spark
from cenotaph.pipeline import build

ASKED = "CENOTAPH_TEST_SPARK" in os.environ  # `make test` would start the same two executors once more
LACKING = spark.missing()
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
@pytest.mark.skipif(not ASKED, reason="a real Spark is started by `make test-spark`")
@pytest.mark.skipif(LACKING is not None, reason=f"{LACKING} is not installed: `make test-spark`, and Java 17")
def test_a_cluster_links_as_one_machine_does_and_talks_to_nobody(tmp_path: Path) -> None:
    """Executors of their own give the links of one machine, for invented people and for the Persian demonstration.

    No socket of theirs leaves the loopback address.
    """
    write_case(tmp_path / "case", size=240)
    build(tmp_path / "case", until="read")
    done = subprocess.run(
        [sys.executable, "-m", "tests.linkage.spark.run", str(tmp_path / "case")],
        cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(("src", "."))},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {"invented": True, "demo": True, "persons": told["persons"], "outside": []}
    assert told["persons"] > 100


def test_without_java_the_way_to_get_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A JAVA_HOME without a Java is refused before anything is linked, and the message says what to install."""
    monkeypatch.setattr("cenotaph.linkage.spark.session.find_spec", lambda _name: object())
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputError, match=r"needs Java 17.*apt install openjdk-17-jre-headless"):
        spark.require_parts()


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PySpark is not installed the message names the extra."""
    monkeypatch.setattr("cenotaph.linkage.spark.session.find_spec", lambda _name: None)
    with pytest.raises(InputError, match=r"pip install 'cenotaph\[spark\]'"):
        spark.require_parts()
