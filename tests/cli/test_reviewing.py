"""The review on the command line: JSON that is only JSON, text that says what to do, codes that are no names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cenotaph.cli import app
from cenotaph.demo import write_case
from cenotaph.pipeline import build


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small linked case."""
    found = tmp_path_factory.mktemp("cli") / "case"
    write_case(found, size=60)
    build(found, until="link")
    return found


def run(*words: object) -> str:
    found = CliRunner().invoke(app, ["review", *map(str, words)])
    assert found.exit_code == 0, found.output
    return found.stdout


def test_export_import_and_queue_speak_json(folder: Path, tmp_path: Path) -> None:
    """Each of the three prints JSON and nothing else, and an untouched workbook enters nothing."""
    path = tmp_path / "r1.xlsx"
    made = json.loads(run("export", folder, path, "--author", "r1", "--json"))
    back = json.loads(run("import", folder, path, "--author", "r1", "--json"))
    asked = json.loads(run("queue", folder, "--limit", 3, "--json"))
    assert path.stat().st_size > 0
    assert made["file"] == str(path)
    assert back == {"judgements": 0, "choices": 0, "already": 0, "entries": [], "report": []}
    assert len(asked["questions"]) == min(3, made["pairs"])
    assert {"left", "right", "probability", "why"} <= set(asked["questions"][0])


def test_text_says_what_was_made_and_warns(folder: Path, tmp_path: Path) -> None:
    """Without --json a person reads counts, and that the file holds everything."""
    said = run("export", folder, tmp_path / "r1.xlsx")
    assert "people" in said
    assert "as safe as the case" in said
    assert "0 judgements and 0 choices entered" in run("import", folder, tmp_path / "r1.xlsx")
    assert "now two persons" in run("queue", folder)


def test_why_speaks_json_and_persian(folder: Path) -> None:
    """A question is explained as JSON and nothing else, in Persian words as text; an unknown record is an error."""
    asked = json.loads(run("queue", folder, "--limit", 1, "--json"))["questions"][0]
    said = CliRunner().invoke(app, ["why", str(folder), asked["left"], asked["right"], "--json"])
    found = json.loads(said.stdout)
    assert (found["left"], found["right"], found["kept"]) == (asked["left"], asked["right"], True)
    assert found["probability"] == pytest.approx(asked["probability"])
    persian = CliRunner().invoke(app, ["--language", "fa", "why", str(folder), asked["left"], asked["right"]])
    assert "روی هم" in persian.stdout
    assert CliRunner().invoke(app, ["why", str(folder), asked["left"], "nobody:1"]).exit_code != 0


def test_the_review_speaks_persian_where_it_is_asked_to(folder: Path, tmp_path: Path) -> None:
    """Queue, export and import: beside ids, file names and commands no word of English is left."""
    book = tmp_path / "r1.xlsx"
    said = [
        run("queue", folder, "--limit", 3, "--language", "fa"),
        run("export", folder, book, "--author", "r1", "--language", "fa"),
        run("import", folder, book, "--author", "r1", "--language", "fa"),
    ]
    assert run("queue", folder, "--json", "--language", "fa") == run("queue", folder, "--json")
    for text in said:
        assert re.search("[آ-ی]", text)
        assert not re.search(r"\b(verdict|persons?|pairs|judgements|entered|keep|For|Against)\b", text)
