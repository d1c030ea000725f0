"""Sites and actors on the way through the house: their tables read and joined with the register."""

from __future__ import annotations

from typing import Any

from cenotaph import registry, sources
from cenotaph.case import Case
from cenotaph.registry import Register, Surroundings


def around(case: Case, register: Register) -> tuple[Surroundings, dict[str, Any]]:
    """Return the sites and actors of a case, and the report: what was read and what is wrong with rows."""
    tables = sources.read_rows(case)
    found = registry.surroundings([row for table in tables for row in table.rows], register, case)
    return found, {"tables": {table.name: table.to_json() for table in tables}, **found.counts()}
