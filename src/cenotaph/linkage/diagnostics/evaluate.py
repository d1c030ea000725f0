"""How good the clusters are where the truth is known: pairs, B-cubed, whole clusters, and what candidates missed.

Invariant: only records that the truth names are looked at; a share of nothing is 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Measures = dict[str, float]


def evaluate(
    records: Sequence[str],
    cluster: npt.NDArray[np.integer[Any]],
    truth: Mapping[str, str],
    candidates: tuple[npt.NDArray[np.integer[Any]], npt.NDArray[np.integer[Any]]] | None = None,
) -> dict[str, Measures]:
    """Measure clusters against the truth.

    Parameters
    ----------
    records : Sequence of str
        Record ids, in the order of ``cluster``.
    cluster : ndarray, shape (records,)
        Cluster label of each record.
    truth : Mapping of str to str
        Person of each record whose truth is known.
    candidates : pair of ndarray, optional
        Rows of the pairs that were compared; without them no recall of candidates is given.

    Returns
    -------
    dict
        ``pairwise``, ``bcubed``, ``cluster`` with precision, recall and f1; ``candidates`` with recall.
    """
    known = np.array([record in truth for record in records], dtype=bool)
    people = {person: number for number, person in enumerate(sorted(set(truth.values())))}
    person = np.array([people[truth[record]] if record in truth else -1 for record in records], dtype=np.int64)
    found = _renumber(np.asarray(cluster)[known])
    true = _renumber(person[known])
    measured = {
        "pairwise": pairwise(found, true),
        "bcubed": bcubed(found, true),
        "cluster": whole_clusters(found, true),
    }
    if candidates is not None:
        left, right = candidates
        hit = int(((person[left] == person[right]) & (person[left] >= 0)).sum())
        measured["candidates"] = {"recall": _share(hit, pairs_in(true))}
    return measured


def pairwise(found: Ints, true: Ints) -> Measures:
    """Return precision, recall and F1 over pairs of records."""
    both = pairs_in(_renumber(_joint(found, true)))
    return _measures(_share(both, pairs_in(found)), _share(both, pairs_in(true)))


def bcubed(found: Ints, true: Ints) -> Measures:
    """Return B-cubed precision, recall and F1: the mean over records of how pure and how whole their cluster is."""
    if not len(found):
        return _measures(1.0, 1.0)
    both = _sizes(_renumber(_joint(found, true)))
    return _measures(float((both / _sizes(found)).mean()), float((both / _sizes(true)).mean()))


def whole_clusters(found: Ints, true: Ints) -> Measures:
    """Return the share of found clusters that are a true person exactly, and of true persons found exactly."""
    both, at = np.unique(_joint(found, true), return_index=True)
    size = _sizes(_renumber(_joint(found, true)))[at]
    exact = int(((size == _sizes(found)[at]) & (size == _sizes(true)[at])).sum()) if len(both) else 0
    return _measures(_share(exact, len(np.unique(found))), _share(exact, len(np.unique(true))))


def pairs_in(labels: Ints) -> int:
    """Count the pairs within the groups."""
    sizes = np.bincount(labels).astype(np.int64) if len(labels) else np.empty(0, dtype=np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _renumber(labels: npt.NDArray[np.integer[Any]]) -> Ints:
    number: Ints = np.unique(labels, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return number


def _joint(found: Ints, true: Ints) -> Ints:
    return found * (int(true.max(initial=0)) + 1) + true


def _sizes(labels: Ints) -> Ints:
    """Return for each record the size of its group."""
    sizes: Ints = np.bincount(labels)[labels].astype(np.int64)
    return sizes


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _measures(precision: float, recall: float) -> Measures:
    total = precision + recall
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / total if total else 0.0}
