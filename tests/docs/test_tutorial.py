"""The tutorial, done as it is written: its commands in order, its lines of configuration where it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from unittest import mock

import pytest

from cenotaph.cli import main
from cenotaph.demo import write_case

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
_STEP = re.compile(r"```(console|toml)\n(.*?)```", re.DOTALL)


def _run(command: str) -> None:
    if command.startswith("demo "):  # the same lists, of fewer people
        write_case(Path(command.split()[1]), size=240)
        return
    with mock.patch("sys.argv", ["cenotaph", *shlex.split(command)]), pytest.raises(SystemExit) as stop:
        main()
    assert (stop.value.code or 0) == 0, command


def _fill_in(config: Path, lines: str) -> None:
    """Put each line into its table, in the place of the line that is there, with or without a question mark."""
    text = config.read_text(encoding="utf-8")
    table = ""
    for line in filter(None, lines.splitlines()):
        if line.startswith("["):
            table = line
            continue
        start = text.index(table)
        end = text.find("\n[", start + 1)
        own = text[start : end if end > 0 else len(text)]
        key = line.partition(" =")[0]
        filled, found = re.subn(rf"(?m)^(# \? )?{re.escape(key)} = .*$", lambda _, said=line: said, own, count=1)
        assert found, f"{table} has no line for {key}"
        text = text.replace(own, filled, 1)
    config.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_the_tutorial_ends_with_a_memorial_and_panels(tmp_path, monkeypatch):
    """Two spreadsheets in; a memorial, panels, a release and a clean verification out."""
    monkeypatch.chdir(tmp_path)
    for kind, text in _STEP.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "toml":
            _fill_in(Path("my-case/cenotaph.toml"), text)
            continue
        for line in text.splitlines():
            _run(line.removeprefix("$ cenotaph "))

    assert Path("review.xlsx").is_file()
    assert Path("my-case/build/site/fa/index.html").is_file()
    assert Path("my-case/build/exhibition/panels.pdf").read_bytes().startswith(b"%PDF")
    assert Path("my-case/releases/0001/exhibition/panels.pdf").is_file()
