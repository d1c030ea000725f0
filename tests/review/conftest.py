"""A small invented case, linked once, and a workbook of it; tests that change the case work on a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cenotaph.demo import write_case
from cenotaph.pipeline import build, export_review

SIZE = 90


@pytest.fixture(scope="session")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a linked case of invented people; read only."""
    folder = tmp_path_factory.mktemp("review") / "case"
    write_case(folder, size=SIZE)
    build(folder, until="link")
    return folder


@pytest.fixture(scope="session")
def exported(linked: Path) -> Path:
    """Return a workbook of that case as reviewer r1 gets it; read only."""
    path = linked.parent / "exported.xlsx"
    export_review(linked, path, author="r1")
    return path


@pytest.fixture
def folder(linked: Path, tmp_path: Path) -> Path:
    """Return a copy of the case that a test may change."""
    return Path(shutil.copytree(linked, tmp_path / "case"))
