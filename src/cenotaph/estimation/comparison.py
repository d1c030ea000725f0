"""The methods side by side in one sentence, and in another whether they agree.

Invariant: nothing is compared where no interval may be shown; no figure stands without its interval but a floor.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from cenotaph.estimation.result import Bound, Posterior, Result, Withheld
from cenotaph.estimation.statement import say
from cenotaph.estimation.verdict import about, middle

LOOKED_AT = "chapman"  # shown, never held against the others: it uses two lists


def compare(results: Mapping[str, Result], language: str = "en") -> str:
    """Return what each method answers and whether they agree; nothing for a lead that has not settled."""
    lead = results.get("lcmcr")
    if not isinstance(lead, Posterior) or not lead.settled or len(results) < 2:
        return ""
    told = say("compared", language, methods=[_told(name, one) for name, one in results.items()])
    points = {name: point for name, one in results.items() if name != LOOKED_AT and (point := middle(one)) is not None}
    low, high = lead.interval
    outside = [name for name, point in points.items() if not low <= point <= high]
    if not outside:
        return f"{told} {say('agree', language)}"
    times = round(max(points.values()) / min(points.values()), 1)
    named = [{"part": "method", "method": name, "value": about(points[name])} for name in outside]
    return f"{told} {say('disagree', language, methods=named, times=times)}"


def _told(name: str, one: Result) -> dict[str, Any]:
    if isinstance(one, Bound):
        return {"part": "floor", "method": name, "value": about(one.lower_bound)}
    point = middle(one)
    if point is None or isinstance(one, Withheld) or not math.isfinite(one.interval[1]):
        return {"part": "withheld", "method": name}
    low, high = one.interval
    return {"part": "interval", "method": name, "value": about(point), "low": about(low), "high": about(high)}
