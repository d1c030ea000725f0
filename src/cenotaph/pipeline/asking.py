"""An estimate from a published overlap table alone, without a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cenotaph import estimation
from cenotaph.errors import NotFound
from cenotaph.pipeline.estimating import Asked, draw, prior_of


def estimate_cells(cells: Path | None, **options: Any) -> dict[str, Any]:
    """Estimate from a table with one 0/1 column a list and a column ``count``.

    ``options`` are those of `Asked` that need no case: classes, cap, seed, expansion, checks, pictures.

    Raises
    ------
    NotFound
        There is no such file.
    InputError
        The table cannot be read; the message names the row.
    """
    if cells is None or not cells.is_file():
        raise NotFound(f"{cells}: there is no such file; name a CSV with one 0/1 column a list, and count")
    asked, panel = Asked(**options), estimation.read_cells(cells)
    classes = asked.classes or 10
    found = estimation.estimate(
        panel,
        classes=classes,
        cap=asked.cap,
        seed=1988 if asked.seed is None else asked.seed,
        prior=prior_of(asked.expansion, panel, classes),
        checks=asked.checks or asked.pictures is not None,
    )
    if asked.pictures is not None:
        draw(asked.pictures, found, panel)
    return found.to_json()
