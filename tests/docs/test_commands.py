"""What the documents show runs: each command of each page, in order, on the bundled case."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from unittest import mock

import pytest
from tests.ground import write_ground

from cenotaph.cli import main
from cenotaph.demo import write_case
from cenotaph.pipeline import build

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "guide").glob("*.md"))
LINKED = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the bundled case, small, built."""
    folder = tmp_path_factory.mktemp("docs") / "my-case"
    write_case(folder, size=240)
    write_ground(folder)  # the tables about sites and actors that the guide asks about
    build(folder)
    return folder


def commands(page: Path) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [
        line.removeprefix("$ cenotaph ") for block in blocks for line in block.splitlines() if line.startswith("$ ")
    ]


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "index"], ids=lambda page: page.stem)
def test_commands_of_the_guide_run(page, built, tmp_path, monkeypatch):
    """Every command of a page of the guide does what the page says, with no error."""
    shutil.copytree(built, tmp_path / "my-case")
    (tmp_path / "examples").mkdir()
    shutil.copytree(ROOT / "examples" / "kosovo", tmp_path / "examples" / "kosovo")
    text = (tmp_path / "my-case" / "lists" / "watch-2022.csv").read_text(encoding="utf-8")
    (tmp_path / "watch-2024.csv").write_text(text.rsplit("\n", 2)[0] + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for command in commands(page):
        with mock.patch("sys.argv", ["cenotaph", *shlex.split(command)]), pytest.raises(SystemExit) as stop:
            main()
        assert (stop.value.code or 0) in ((0, 3) if command.startswith("estimate") else (0,)), command


def test_every_page_of_the_guide_shows_a_command_or_a_table():
    """A page of the guide that shows nothing to type is a page nobody can follow."""
    assert all(commands(page) or "```toml" in page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda page: page.stem
)
def test_links_between_documents_lead_somewhere(page):
    """A link to a file of the project leads to a file."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target.strip()).exists(), target


def test_every_command_stands_in_the_documents():
    """Each command the program has is shown in the guide or the README."""
    from cenotaph.cli import app

    text = "\n".join(page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *PAGES])
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        assert f"cenotaph {name}" in text or f"`{name}`" in text
