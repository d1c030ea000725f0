"""Ledgers of invented decisions, in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.making import SECRET, Clock

from cenotaph.ledger import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a ledger may be made."""
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """Open an empty ledger."""
    with Ledger.create(path, secret=SECRET, clock=Clock()) as found:
        yield found
