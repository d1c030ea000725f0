"""A small invented case, built once; tests that change it work on a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cenotaph.demo import write_case
from cenotaph.pipeline import build

SIZE = 240


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built case of a few hundred invented people; read only."""
    folder = tmp_path_factory.mktemp("case") / "case"
    write_case(folder, size=SIZE)
    build(folder)
    return folder


@pytest.fixture
def case_folder(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the built case that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "case"))
