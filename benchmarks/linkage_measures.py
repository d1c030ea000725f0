"""The measures of `linkage.py`, the same for us and for every tool beside us."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from linkage_cases import Case, Numbers

from cenotaph.linkage.diagnostics.evaluate import bcubed, pairs_in, pairwise, whole_clusters

Mask = npt.NDArray[np.bool_]


def of_clusters(case: Case, cluster: npt.NDArray[np.integer[Any]], among: Mask | None = None) -> dict[str, Any]:
    """Measure clusters on the records whose person is known, or on those of them that ``among`` names."""
    known = case.person >= 0 if among is None else (case.person >= 0) & among
    true, found = _renumbered(case.person[known]), _renumbered(cluster[known])
    told: dict[str, Any] = {
        "pairwise": pairwise(found, true),
        "bcubed": bcubed(found, true),
        "cluster": whole_clusters(found, true),
    }
    if case.named is not None and among is None:
        import linkage_us  # takes the whole house, whose loading no other row should pay

        apart = linkage_us.measured(linkage_us.UsCase(case.records, case.lists, case.person, case.named), cluster)
        told |= {name: apart[name] for name in ("named", "withheld")}
    return told


def of_links(case: Case, left: Numbers, right: Numbers, among: Mask | None = None) -> dict[str, Any]:
    """Measure links of a tool that makes no clusters: pairs as they are, B-cubed of what they connect."""
    from scipy.sparse import coo_array  # not loaded for our own rows, which it would cost seconds
    from scipy.sparse.csgraph import connected_components

    size = len(case.person)
    joined = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size))
    cluster = connected_components(joined, directed=False)[1]
    counts = _counts(case, left, right, among)
    told = {"bcubed": of_clusters(case, cluster, among)["bcubed"], "pairwise": _shares(*counts)}
    if case.named is not None and among is None:
        named = _counts(case, left, right, case.named)
        rest = (whole - part for whole, part in zip(counts, named, strict=True))
        told |= {"named": _shares(*named), "withheld": _shares(*rest)}
    return told


def _counts(case: Case, left: Numbers, right: Numbers, among: Mask | None) -> tuple[int, int, int]:
    """Count the links that are right, all links, and all true pairs."""
    known = case.person >= 0 if among is None else (case.person >= 0) & among
    inside = known[left] & known[right]
    right_ones = inside & (case.person[left] == case.person[right])
    return int(right_ones.sum()), int(inside.sum()), pairs_in(_renumbered(case.person[known]))


def _shares(both: int, found: int, true: int) -> dict[str, float]:
    shares = {"precision": both / max(found, 1), "recall": both / max(true, 1)}
    return {**shares, "f1": 2 * both / max(found + true, 1)}


def _renumbered(labels: npt.NDArray[np.integer[Any]]) -> Numbers:
    return np.unique(labels, return_inverse=True)[1].reshape(-1).astype(np.int64)
