"""What was measured of a case, as the methodology page may print it: numbers, no record and no coder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cenotaph.case import Case
from cenotaph.pipeline import copied, sampling
from cenotaph.pipeline.estimating import Linked
from cenotaph.publishing import Measures, PublicCopying, PublicSample

Triple = tuple[float | None, float, float]


def measures_of(case: Case, one: Linked) -> Measures:
    """Return what a labelled sample says of the links, and which lists look copied."""
    found = copied.kept(case, one.records, one.links)
    return Measures(
        sample=_sample(sampling.measured(case, one.records, one.links)),
        copying=tuple(
            PublicCopying(lists=(row["lists"][0], row["lists"][1]), shared=row["shared"], expected=row["expected"],
                          declared=bool(row["declared"]))
            for row in found["pairs"] if row["looks_copied"]
        ),
        compared=len(found["pairs"]),
    )  # fmt: skip


def _sample(found: Mapping[str, Any] | None) -> PublicSample | None:
    """Return what may be printed of a sample; nothing before anybody labelled a pair."""
    if found is None or not found["labelled"]:
        return None
    most = max(found["kappa"], key=lambda each: each["both"], default=None)
    return PublicSample(
        labelled=found["labelled"],
        pairs=found["pairs"],
        coders=len(found["coders"]),
        provisional=found["provisional"],
        precision=_triple(found["precision"]),
        recall=_triple(found["recall"]),
        recall_near=_triple(found["recall_near"]),
        kappa=_triple(most) if most and most["both"] else None,
        both=most["both"] if most else 0,
    )


def _triple(share: Mapping[str, Any]) -> Triple:
    return share["estimate"], share["low"], share["high"]
