"""Rows of invented tables about sites and actors, and what the registry makes of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.registry.town import facts

from cenotaph.model import Row
from cenotaph.registry import Register, Surroundings, surroundings
from cenotaph.registry.said import Lineage, Reader, cited

READER = Reader()


def row(about: str, number: int = 1, *, table: str = "t", public: bool = True, **cells: str) -> Row:
    """Return a row; ``since`` and ``source`` may be left out, ``name_fa`` is the cell under ``name (fa)``."""
    said = {key.replace("_fa", "@fa").replace("_en", "@en"): text for key, text in cells.items()}
    said = {(key == "since" and "from") or key: text for key, text in said.items()}
    return Row(
        table=table, about=about, number=number, source="0" * 64, cells={"source": "A letter", **said},
        columns={}, is_public=public, date_order="ymd", calendar="gregory",
    )  # fmt: skip


def lineage(*rows: Row) -> Lineage:
    """Return the lineage of the sources of rows, beside the lists of the invented town."""
    return Lineage(facts({"committee": {}, "copy": {"derived_from": ("committee",)}}), map(cited, rows))


def around(register: Register, *rows: Row, attributions: tuple[Any, ...] = ()) -> Surroundings:
    """Return sites and actors of an invented register."""
    case = SimpleNamespace(**{**vars(register.case), "attributions": attributions})
    object.__setattr__(register, "case", case)
    return surroundings(rows, register, case)
