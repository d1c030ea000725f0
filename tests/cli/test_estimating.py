"""The command `estimate`: what may be asked, what is refused, a bar on terminals and none in pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.test_commands import KOSOVO, run

BAR = """
import sys
from cenotaph.cli.output import progress
with progress("estimate") as step:
    step("north", 1, 3)
"""


def table(folder: Path, *rows: str) -> Path:
    path = folder / "cells.csv"
    path.write_text("\n".join(["a,b,c,count", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("option", [["--by", "place"], ["--periods", "1988"], ["--linkage", "3"]])
def test_a_table_has_no_people_to_group_and_no_links_to_doubt(option):
    """What needs a case is a usage error with a table, and named."""
    assert option[0] in run("estimate", "--cells", KOSOVO, *option, code=2)


@pytest.mark.parametrize("factors", ["5", "1.01;5", "low,high", "1,2,3"])
def test_an_expansion_that_is_no_two_factors_is_a_usage_error(factors):
    """The message shows how it is written."""
    assert '"1.01,5"' in run("estimate", "--cells", KOSOVO, "--expansion", factors, code=2)


def test_an_expansion_below_one_is_refused():
    """Fewer than the documented cannot be meant."""
    assert "expected 1 < low < high" in run("estimate", "--cells", KOSOVO, "--expansion", "0.5,2", code=1)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["1,0,0,-4"], "cells.csv:2: count is '-4'; write a whole number of people"),
        (["1,0,0,3.5"], "cells.csv:2: count is '3.5'"),
        (["1,0,0,4", "1,2,0,1"], "cells.csv:3: b is '2'; write 1 when the list names these people, else 0"),
        (["1,0,0,4", "0,0,0,9"], "cells.csv:3: people on no list cannot have been counted"),
        (["1,0,4"], "cells.csv:2: 3 values where the header has 4"),
        (["1,0,0,4", "0,1,0,3", "1,0,0,5"], "cells.csv:4: the pattern 1,0,0 stands in line 2 already"),
    ],
)
def test_a_table_that_cannot_be_read_names_the_line(tmp_path, rows, message):
    """Negative and broken counts, marks that are none, the unseen, missing values and a pattern that stands twice."""
    assert message in " ".join(run("estimate", "--cells", table(tmp_path, *rows), code=1).split())


def test_a_row_of_zeros_without_people_may_stand(tmp_path):
    """Published tables often show the empty cell as 0."""
    rows = ["1,0,0,40", "0,1,0,30", "0,0,1,30", "1,1,0,9", "1,0,1,8", "0,1,1,7", "1,1,1,3"]
    read = [
        json.loads(run("estimate", "--cells", table(tmp_path, *more), "--json")) for more in (rows, ["0,0,0,0", *rows])
    ]
    assert read[0]["table_sha256"] == read[1]["table_sha256"]


def test_checks_and_the_prior_of_an_expansion_are_in_the_result():
    """One list left out is shown in words, and the prior is what was meant."""
    found = run("estimate", "--cells", KOSOVO, "--checks", "--expansion", "1.01,5", "--classes", "4")
    assert "  - without " in found
    assert "It says nothing about those who are on none." in found
    assert "The methods side by side" in found


def test_a_bar_moves_on_a_terminal_and_not_in_a_pipe():
    """A terminal sees what is being done and how far; a pipe sees nothing."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm", "COLUMNS": "80"}
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", BAR], stderr=theirs, env=environment, check=True)
    os.close(theirs)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)
    piped = subprocess.run([sys.executable, "-c", BAR], capture_output=True, env=environment, check=True)

    assert "north" in shown
    assert "1/3" in shown
    assert (piped.stdout, piped.stderr) == (b"", b"")
