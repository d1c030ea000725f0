"""Everything a labelled sample says, as plain data: for the command line, the benchmark and the methodology page.

Where links changed since the sample was drawn, a stratum falls into pairs that are linked and pairs that are apart;
the size of either is estimated by its share of the pairs drawn.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cenotaph.linkage.sampled.agreement import Agreement, agreement, consensus
from cenotaph.linkage.sampled.draw import FAR, STRATA, Drawn
from cenotaph.linkage.sampled.measure import Part, Share, accuracy
from cenotaph.model import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A drawn pair with what each coder said of it, and whether the links hold it for one person now.

    ``judged`` tells that a person decided the pair since: its link is no longer the program's.
    """

    pair: Drawn
    linked: bool
    said: Mapping[str, str] = field(default_factory=dict)  # coder -> verdict
    judged: bool = False


def summary(labels: Sequence[Label], *, seed: int = 1988) -> dict[str, Any]:
    """Return precision, recall, agreement of coders and the pairs they disagree about.

    Returns
    -------
    dict
        ``pairs`` drawn, ``labelled``, ``coders`` with how many each labelled, ``provisional`` (one coder only),
        ``precision``, ``recall`` and ``recall_near`` (``estimate``, ``low``, ``high``; None while nothing is labelled),
        ``strata``, ``kappa``, ``disagreements``, ``changed`` (pairs whose link is no longer as drawn), ``judged``.
    """
    coders = sorted({coder for each in labels for coder in each.said})
    told = [each for each in labels if each.said]
    found = accuracy(_parts(labels), seed=seed) if told else None
    return {
        "pairs": len(labels),
        "labelled": len(told),
        "coders": {coder: sum(coder in each.said for each in labels) for coder in coders},
        "provisional": sum(len(each.said) > 1 for each in labels) < len(labels),
        "precision": _plain(found.precision) if found else None,
        "recall": _plain(found.recall) if found else None,
        "recall_near": _plain(found.recall_near) if found else None,
        "strata": _strata(labels),
        "kappa": [_agreed(each) for each in _agreements(labels, coders, seed)],
        "disagreements": [[each.pair.left, each.pair.right] for each in labels if len(set(each.said.values())) > 1],
        "changed": sum(each.linked != STRATA[each.pair.stratum][0] for each in labels),
        "judged": sum(each.judged for each in labels),
    }


def _parts(labels: Iterable[Label]) -> list[Part]:
    return [part for stratum in STRATA for part in _parts_of([e for e in labels if e.pair.stratum == stratum])]


def _parts_of(labels: Sequence[Label]) -> list[Part]:
    """Return the linked and the other pairs of one stratum; pairs nobody labelled are as if they were not drawn."""
    if not labels:
        return []
    told = [each for each in labels if each.said]
    first, found = labels[0].pair, []
    for linked in (True, False):
        inside = [consensus(each.said) for each in told if each.linked is linked]
        share = len(inside) / len(told) if told else float(linked is STRATA[first.stratum][0])
        same, different, unsure = (inside.count(word) for word in (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE))
        size = max(round(first.of * share), len(inside))
        found.append(Part(size=size, linked=linked, same=same, different=different, unsure=unsure,
                          far=first.stratum == FAR))  # fmt: skip
    return [part for part in found if part.size]


def _strata(labels: Sequence[Label]) -> list[dict[str, Any]]:
    found = []
    for stratum in STRATA:
        inside = [each for each in labels if each.pair.stratum == stratum]
        said = [consensus(each.said) for each in inside if each.said]
        counts = {str(word): said.count(word) for word in Verdict}
        if inside:
            found.append({"stratum": stratum, "of": inside[0].pair.of, "drawn": len(inside), **counts})
    return found


def _agreements(labels: Sequence[Label], coders: Sequence[str], seed: int) -> list[Agreement]:
    return [
        agreement((one, two), [(e.said[one], e.said[two]) for e in labels if {one, two} <= e.said.keys()], seed=seed)
        for one, two in itertools.combinations(coders, 2)
    ]


def _agreed(found: Agreement) -> dict[str, Any]:
    return {"coders": list(found.coders), "both": found.both, "agreed": found.agreed, **_plain(found.kappa)}


def _plain(share: Share) -> dict[str, float | None]:
    return {"estimate": share.estimate, "low": share.low, "high": share.high}
