"""What the checks found, in lines a person reads: fit, one list left out, lists merged, classes, priors, links.

Invariant: a variant that has not settled is named without a figure; the fit never stands without what it does not say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cenotaph.estimation.sensitivity import told
from cenotaph.estimation.statement import word


def describe(checks: Mapping[str, Any], language: str = "en") -> tuple[str, ...]:
    """Return the checks of an estimate, as its JSON holds them, line by line."""
    return tuple(_lines(checks, language))


def _lines(checks: Mapping[str, Any], language: str) -> Iterator[str]:
    if "predictive" in checks:
        wrong = checks.get("misfits")
        fit = word("check", "fit_bad", language, what=wrong) if wrong else word("check", "fit_good", language)
        yield f"{fit} {word('check', 'fit_note', language)}"
    for kind, rows in checks.get("sensitivity", {}).items():
        yield from (_variant(row, {"change": told(kind, row["change"])}, "variant", "silent", language) for row in rows)
    for delta, row in checks.get("dga_delta", {}).items():
        if isinstance(row, Mapping):
            yield word("check", "delta", language, delta=_plain(delta), median=round(row["median"]))
    for threshold, row in checks.get("linkage", {}).get("thresholds", {}).items():
        yield _variant(row, {"threshold": _plain(threshold)}, "threshold", "threshold_silent", language)


def _plain(number: str) -> float | int:
    """Return a figure without a point that says nothing."""
    value = float(number)
    return int(value) if value.is_integer() else value


def _variant(row: Mapping[str, Any], facts: Mapping[str, Any], said: str, silent: str, language: str) -> str:
    if "interval" not in row:
        return word("check", silent, language, **facts)
    low, high = (round(edge) for edge in row["interval"])
    return word("check", said, language, median=round(row["median"]), low=low, high=high, **facts)
