"""Which lists look copied from each other, or from one source: errors that they share, with the records that show it.

References
----------
W. W. Greg, *The Calculus of Variants* (1927): errors in common, not agreement, show descent. W. G. Cochran, "Some
Methods for Strengthening the Common χ² Tests", *Biometrics* 10 (1954), 417–451, for tables in strata. S. Holm, "A
Simple Sequentially Rejective Multiple Test Procedure", *Scandinavian Journal of Statistics* 6 (1979), 65–70.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.linkage.copying.errors_in_common import Common, in_common
from cenotaph.linkage.copying.saying import sayings
from cenotaph.model import ListFacts

ALARM = 0.01  # adjusted for the number of pairs of lists
FEWEST = 3  # shared errors; fewer are never called copying

__all__ = ["ALARM", "FEWEST", "copying"]


def copying(records: pa.Table, cluster: npt.NDArray[np.integer[Any]], lists: Mapping[str, ListFacts]) -> dict[str, Any]:
    """Compare every two lists that name people in common.

    Parameters
    ----------
    records
        One row a record.
    cluster
        The person of each row.
    lists
        Facts about the lists.

    Returns
    -------
    dict
        ``pairs``: for every two lists ``lists``, ``witnesses``, ``compared`` (values of people that a witness names
        too), ``departures`` of either, ``shared`` errors, ``expected`` by chance at most, ``likelihood_ratio`` (natural
        logarithm), ``p`` and ``p_adjusted`` (Holm), ``declared`` (which list says that it derives from which),
        ``looks_copied`` and ``evidence`` (record ids and property). ``untested``: pairs that no third list can witness.
    """
    names = sorted(set(records.column("list").to_pylist()))
    found = sayings(records, cluster, lists)
    rows, untested = [], []
    for pair in itertools.combinations(names, 2):
        witnesses = _voices([name for name in names if name not in pair], lists)
        common = in_common(found, pair, witnesses)
        if common.compared:
            rows.append(_row(pair, list(witnesses), common, lists))
        else:
            untested.append(list(pair))
    return {"pairs": _adjusted(rows), "untested": untested}


def _voices(names: list[str], lists: Mapping[str, ListFacts]) -> dict[str, str]:
    """Return for each list the first of those it speaks with: lists that derive from each other are one voice."""
    voice = {name: name for name in names}
    for one, two in itertools.combinations(names, 2):
        if one in _sources(two, lists) or two in _sources(one, lists):
            keep, gone = sorted((voice[one], voice[two]))
            voice = {name: keep if held == gone else held for name, held in voice.items()}
    return voice


def _sources(name: str, lists: Mapping[str, ListFacts]) -> set[str]:
    """Return all lists that a list says it derives from, directly or through others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        facts = lists.get(waiting.pop())
        new = set(facts.derived_from) - found if facts else set()
        found |= new
        waiting += sorted(new)
    return found


def _row(pair: tuple[str, str], witnesses: list[str], common: Common, lists: Mapping[str, ListFacts]) -> dict[str, Any]:
    declared = [[one, two] for one, two in (pair, pair[::-1]) if two in _sources(one, lists)]
    return {
        "lists": list(pair),
        "witnesses": witnesses,
        "compared": common.compared,
        "departures": list(common.departures),
        "shared": len(common.shared),
        "expected": round(common.expected, 3),
        "likelihood_ratio": round(_ratio(len(common.shared), common.expected), 2),
        "p": common.p,
        "declared": declared,
        "evidence": [[each.left, each.right, each.property] for each in common.shared],
    }


def _ratio(shared: int, expected: float) -> float:
    """Return the logarithm of how much likelier so many are at their own rate than at that of chance (Poisson)."""
    if not shared or shared <= expected:
        return 0.0
    expected = max(expected, 1e-9)
    return float(shared * np.log(shared / expected) - (shared - expected))


def _adjusted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the pairs, the least likely first, with Holm's p for as many as were tested."""
    rows = sorted(rows, key=lambda row: (row["p"], row["lists"]))
    worst = 0.0
    for at, row in enumerate(rows):
        worst = max(worst, min(1.0, row["p"] * (len(rows) - at)))
        row["p_adjusted"] = worst
        row["looks_copied"] = worst < ALARM and row["shared"] >= FEWEST
    return rows
