"""A case of some thousand records is linked step by step; what was kept is used only when it is whole and fits."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.linkage.world import crowd

from cenotaph.case import Case
from cenotaph.ledger import Ledger
from cenotaph.pipeline import build, decide, link_state
from cenotaph.pipeline.checking import verify

CONFIG = """[case]
title = "Invented"
languages = ["en"]
include = "everybody"

[publisher]
name = "Nobody"
affiliation = "none"
funding = "none"
contact = "nobody@example.org"
"""
LIST = """
[lists.{name}]
title = "List {name}"
file = "{name}.csv"
key = "id"
date_order = "ymd"
columns.name = "name"
columns."death.date" = "death.date"
columns."death.place" = "death.place"
columns.age = "age"
columns.sex = "sex"
"""
KEYS = ("name", "death.date", "death.place", "age", "sex")
Rows = list[dict[str, str | None]]


def write(path: Path, rows: Rows) -> None:
    """Write invented people as a list."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.DictWriter(handle, ["id", *KEYS], extrasaction="ignore")
        out.writeheader()
        for number, row in enumerate(rows):
            out.writerow({"id": row.get("id", str(number)), **row})


def add(folder: Path, rows: Rows) -> None:
    """Name another list in the case."""
    write(folder / "b.csv", rows)
    with (folder / "cenotaph.toml").open("a", encoding="utf-8") as handle:
        handle.write(LIST.format(name="b"))


def linked(folder: Path, **more: Any) -> dict[str, Any]:
    """Link the case and return how the run went."""
    found: dict[str, Any] = build(folder, until="link", **more)["link"]["report"]["run"]
    return found


def people(folder: Path) -> dict[str, int]:
    """Return the cluster of each record."""
    table = pq.read_table(folder / "build" / "link" / "clusters.parquet")
    return dict(zip(table["record"].to_pylist(), table["cluster"].to_pylist(), strict=True))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case of five thousand records that was linked once; read only."""
    folder = tmp_path_factory.mktemp("large") / "case"
    folder.mkdir()
    (folder / "cenotaph.toml").write_text(CONFIG + LIST.format(name="a"), encoding="utf-8")
    Ledger.create(folder / "ledger.sqlite").close()
    write(folder / "a.csv", crowd(3900, 5))
    assert linked(folder)["how"] == "full"
    return folder


@pytest.fixture
def case(first: Path, tmp_path: Path) -> Path:
    """Return a copy of the case that a test may change."""
    return Path(shutil.copytree(first, tmp_path / "case"))


def test_a_new_list_is_linked_on_top(case: Path) -> None:
    """A list added later is linked with the rest, and nothing else is read again."""
    add(case, crowd(3900, 5)[:60])
    run = linked(case)
    assert (run["how"], run["new"], run["changed"], run["gone"]) == ("kept", 60, 0, 0)
    found = people(case)
    assert sum(found[f"b:{n}"] == found[f"a:{n}"] for n in range(60)) > 50


def test_a_judgement_alone_reads_no_record_again(case: Path) -> None:
    """After a judgement the two records are one person, and no record counts as new."""
    decide(case, "judge", author="r1", left="a:3", right="a:9", verdict="same", reason="one grave")
    run = linked(case)
    assert (run["how"], run["new"], run["changed"], run["gone"]) == ("kept", 0, 0, 0)
    assert people(case)["a:3"] == people(case)["a:9"]


def test_asked_to_learn_anew_it_does(case: Path) -> None:
    """`relearn` links in full although nothing has changed."""
    assert linked(case)["why"] == "none"
    assert linked(case, relearn=True)["why"] == "asked"


def test_a_flipped_byte_is_noticed(case: Path) -> None:
    """One changed byte in what was kept: a full run that says why, and `verify` names the file until then."""
    path = case / "build" / "link-state" / "state.npz"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert [fault["where"] for fault in verify(case)["faults"]] == ["build/link-state/state.npz"]
    add(case, crowd(60, 6))
    assert linked(case)["why"] == "altered"
    assert verify(case)["ok"]


KILL = """
import os, signal, sys
from pathlib import Path
import numpy as np
from cenotaph.pipeline import build
def half(path, **arrays):
    Path(path).write_bytes(b"PK half of it")
    os.kill(os.getpid(), signal.SIGKILL)
np.savez = half
build(Path(sys.argv[1]), until="link")
"""


def test_killed_while_it_writes_nothing_is_lost(case: Path) -> None:
    """Killed in the middle of writing, the earlier state stands whole and the next run builds on it."""
    add(case, crowd(60, 6))
    killed = subprocess.run([sys.executable, "-c", KILL, str(case)], check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    run = linked(case)
    assert (run["how"], run["new"]) == ("kept", 60 + 20)
    assert verify(case)["ok"]


def test_an_older_format_is_not_used(case: Path) -> None:
    """A whole file that this program would not write is no state."""
    folder = case / "build" / "link-state"
    with np.load(folder / "state.npz") as found:
        arrays = {name: found[name] for name in found.files if name != "keys"}
    link_state._stage(Case.load(case)).write({}, lambda at: np.savez(at / "state.npz", **arrays))
    assert link_state.load(Case.load(case)) == "program"


def test_the_program_is_all_of_its_text(tmp_path: Path) -> None:
    """A module in any room of linkage decides about links; what Python compiled of it does not."""
    deep = tmp_path / "linkage" / "weights" / "model.py"
    compiled = tmp_path / "linkage" / "weights" / "__pycache__" / "model.pyc"
    for path in (deep, compiled, tmp_path / "values" / "data" / "months.csv"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one")
    before = link_state.program_digest(tmp_path)
    compiled.write_text("two")
    assert link_state.program_digest(tmp_path) == before
    deep.write_text("two")
    assert link_state.program_digest(tmp_path) != before
    renamed = link_state.program_digest(tmp_path)
    deep.rename(tmp_path / "linkage" / "model.py")
    assert link_state.program_digest(tmp_path) != renamed


def test_no_name_is_in_what_is_kept(case: Path) -> None:
    """No word of a name stands in the file, however it is searched."""
    data = (case / "build" / "link-state" / "state.npz").read_bytes()
    with np.load(case / "build" / "link-state" / "state.npz") as found:
        head = json.loads(found["head"].tobytes())
    assert b"Dorvan" not in data
    assert head["records"] == 5200
