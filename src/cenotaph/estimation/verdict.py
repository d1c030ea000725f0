"""From reasons and results to what may be claimed: supported, fragile or refused.

*Converged* describes a sampler, *supported* describes a claim: a converged sampler may still carry a fragile claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cenotaph.estimation.lcmcr import CAP_SHARE
from cenotaph.estimation.preflight import refused
from cenotaph.estimation.result import Bound, Distribution, Fitted, Posterior, Reason, Result, Verdict, Weight

WIDE = 4.0  # upper end over lower end beyond which a claim is fragile


def judge(reasons: Sequence[Reason], results: Mapping[str, Result]) -> tuple[Verdict, tuple[Reason, ...]]:
    """Return the verdict with all its reasons, the results' own added."""
    lead = results.get("lcmcr")
    found = [*reasons]
    if isinstance(lead, Posterior):
        found += _unsettled(lead) or [*_against(lead, results), *_itself(lead)]
    order = list(Weight)
    found.sort(key=lambda reason: order.index(reason.weight))
    if refused(found):
        return Verdict.REFUSED, tuple(found)
    weak = any(reason.weight is Weight.WEAKEN for reason in found)
    return (Verdict.FRAGILE if weak else Verdict.SUPPORTED), tuple(found)


def _unsettled(lead: Posterior) -> list[Reason]:
    return [] if lead.settled else [Reason("modes_disagree", Weight.REFUSE)]


def _itself(lead: Posterior) -> Iterable[Reason]:
    """Say what the lead's own distribution speaks against it."""
    low, high = lead.interval
    if high > WIDE * low:
        yield Reason("wide", Weight.WEAKEN, {"times": int(high / low)})
    near = float(lead.diagnostics.get("near_cap", 0.0))
    if near > CAP_SHARE:
        yield Reason("near_cap", Weight.WEAKEN, {"percent": round(100 * near), "cap": lead.diagnostics["cap"]})


def _against(lead: Posterior, results: Mapping[str, Result]) -> Iterable[Reason]:
    """Say which other methods answer outside the lead's interval."""
    low, high = lead.interval
    outside = []
    for name, other in results.items():
        point = None if name in {lead.method, "chapman"} else middle(other)
        if point is not None and not low <= point <= high:
            outside.append({"part": "method", "method": name, "value": about(point)})
    if outside:
        yield Reason("methods_disagree", Weight.WEAKEN, {"methods": outside})
    floor = results.get("chao")
    if isinstance(floor, Bound) and lead.median < floor.lower_bound:
        weight = Weight.WEAKEN if lead.median < floor.interval[0] else Weight.WARN
        yield Reason("below_floor", weight, {"floor": round(floor.lower_bound)})


def middle(other: Result) -> float | None:
    """Return the middle of a method that gives one."""
    if isinstance(other, Fitted):
        return other.point
    if isinstance(other, Distribution):
        return other.median
    return other.median if isinstance(other, Posterior) and other.settled else None


def about(value: float) -> int:
    """Return a figure to three digits."""
    return round(float(f"{value:.3g}"))
