"""Published overlap tables are read, or refused with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.errors import InputError
from cenotaph.estimation import read_cells


def test_the_kosovo_table_has_its_fifteen_counts(kosovo_cells: Path) -> None:
    """The bundled table sums to the 4,400 documented killings."""
    panel = read_cells(kosovo_cells)
    assert panel.documented == 4400
    assert [facts.name for facts in panel.lists] == ["EXH", "ABA", "OSCE", "HRW"]


def test_a_pattern_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """A row pasted twice would count people twice; comments and empty lines are nothing."""
    path = tmp_path / "cells.csv"
    path.write_text("# invented\na,b,count\n1,0,2\n\n0,1,1\n", encoding="utf-8")
    assert sorted(read_cells(path).counts.tolist()) == [1, 2]
    path.write_text("# invented\na,b,count\n1,0,2\n\n1,0,3\n0,1,1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"cells\.csv:5: the pattern 1,0 stands in line 3 already"):
        read_cells(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("a,b\n1,0\n", "no single column `count`"),
        ("a,a,count\n1,0,1\n", "name of its own"),
        ("a,b,count\n1,0,x\n", r"cells.csv:2: count is 'x'"),
        ("a,b,count\n1,0,1.5\n", r"cells.csv:2: count is '1.5'"),
        ("a,b,count\n1,yes,1\n", r"cells.csv:2: b is 'yes'"),
        ("a,b,count\n1,0\n", r"cells.csv:2: 2 values where the header has 3"),
        ("a,b,count\n0,0,4\n", r"cells.csv:2: people on no list"),
    ],
)
def test_bad_tables_are_refused_with_the_line(tmp_path: Path, text: str, words: str) -> None:
    """A table that cannot be used says where and what to do."""
    path = tmp_path / "cells.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_cells(path)


def test_a_missing_or_binary_file_is_an_input_error(tmp_path: Path) -> None:
    """Neither surprises with a traceback."""
    with pytest.raises(InputError, match="no such file"):
        read_cells(tmp_path / "none.csv")
    (tmp_path / "cells.csv").write_bytes(b"\xff\xfe\x00\x01\x9f")
    with pytest.raises(InputError, match="not a CSV text in UTF-8"):
        read_cells(tmp_path / "cells.csv")
