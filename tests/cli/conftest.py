"""The command line speaks English in these tests, whatever the computer speaks."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no locale of the machine decide what is printed."""
    monkeypatch.setenv("CENOTAPH_LANGUAGE", "en")
