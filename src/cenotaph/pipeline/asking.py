"""Estimates asked for by themselves: from a case's register, or from a published overlap table alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cenotaph import estimation
from cenotaph.errors import NotFound


def estimate_cells(
    cells: Path | None, *, classes: int | None = None, cap: float | None = None, seed: int = 1988
) -> dict[str, Any]:
    """Estimate from a table with one 0/1 column a list and a column ``count``.

    Raises
    ------
    NotFound
        There is no such file.
    InputError
        The table cannot be read; the message names the row.
    """
    if cells is None or not cells.is_file():
        raise NotFound(f"{cells}: there is no such file; name a CSV with one 0/1 column a list, and count")
    found = estimation.estimate(estimation.read_cells(cells), classes=classes or 10, cap=cap, seed=seed)
    return found.to_json()
