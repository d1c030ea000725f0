"""Few fixtures: where the real cases and the published reference figures lie, when they are there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)  # a busy machine is no failure
settings.load_profile("house")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def _folder(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the folder ../shared/{name} is not beside this checkout: real data is never part of the project")
    return folder


@pytest.fixture(scope="session")
def cases() -> Path:
    """Return the folder of real cases, or skip."""
    return _folder("cases")


@pytest.fixture(scope="session")
def reference() -> Path:
    """Return the folder of published and measured reference figures, or skip."""
    return _folder("reference")
