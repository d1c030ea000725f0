"""Which machines link."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cenotaph.errors import InputError
from cenotaph.pipeline.engines import linker


def test_one_machine_links_by_default() -> None:
    """The local engine needs no other linker: it builds on what this machine linked before."""
    assert linker("local") is None


def test_an_unknown_engine_is_refused_with_the_names_of_those_there_are() -> None:
    """A misspelt engine is an error that names the engines."""
    with pytest.raises(InputError, match="no engine flink; the engines are local, spark"):
        linker("flink")


def test_a_cluster_without_its_engine_is_refused() -> None:
    """A cluster's address means nothing to the engine of one machine, and that is said."""
    with pytest.raises(InputError, match="use it with --engine spark"):
        linker("local", "spark://host:7077")


def test_nobody_meets_spark_who_did_not_ask_for_it() -> None:
    """The program and its command line are imported without PySpark."""
    said = "import cenotaph, cenotaph.cli, cenotaph.pipeline, sys; print('pyspark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
