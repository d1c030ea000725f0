"""Read a table of the package: the knowledge of this room is in ``data/``, not in code.

Invariant: a table is read once in a process and never changed.
"""

from __future__ import annotations

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of ``data/<name>.csv``; lines that begin with ``#`` are remarks."""
    text = (files("cenotaph.values") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
