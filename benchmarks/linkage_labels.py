"""What 1,000 verdicts of reviewers are worth: historical-50k, trained on one half of its people, measured on the other.

Each run splits the people in two by a seed and draws the pairs to judge at random from the candidates that lie wholly
in the training half; the truth answers as a reviewer would. All records are linked, with these verdicts. Only the
held-out half is measured: pairs of two of its records, and, more strictly (``touching``), all pairs that touch it, so
that a wrong link to somebody of the training half counts as wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from linkage_cases import Case

from cenotaph.linkage import Links, candidate_pairs, link
from cenotaph.linkage.diagnostics.evaluate import bcubed, pairs_in, pairwise
from cenotaph.model import Judgement, Verdict

Ints = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]
LABELS, HALVES, DRAWS = 1000, 3, 3


def judged(
    case: Case, pairs: tuple[Ints, Ints], training: npt.NDArray[np.bool_], draw: np.random.Generator, count: int
) -> list[Judgement]:
    """Return the truth's verdicts on random candidates of the training half.

    Parameters
    ----------
    case
        Records and truth.
    pairs
        The candidates.
    training
        Whether each record is of the training half.
    draw
        Where chance comes from.
    count
        How many.
    """
    left, right = pairs
    inside = np.flatnonzero(training[left] & training[right])
    chosen = np.sort(draw.choice(inside, min(count, len(inside)), replace=False))
    ids = case.records["record"].to_pylist()
    same = case.person[left] == case.person[right]
    return [
        Judgement(left=ids[left[at]], right=ids[right[at]], reviewer="truth", sequence=number,
                  verdict=Verdict.SAME if same[at] else Verdict.DIFFERENT)
        for number, at in enumerate(chosen.tolist())
    ]  # fmt: skip


def halves(person: Numbers, seed: int) -> npt.NDArray[np.bool_]:
    """Return for each record whether its person is of the training half."""
    drawn = np.random.default_rng([seed, 50]).permutation(int(person.max()) + 1)
    return np.asarray(drawn[person] < len(drawn) / 2, dtype=bool)


def held_out(links: Links, case: Case, training: npt.NDArray[np.bool_]) -> dict[str, Any]:
    """Measure the clusters on the records of the other half."""
    found = np.unique(links.cluster, return_inverse=True)[1].astype(np.int64)
    other = ~training
    renumbered = np.unique(found[other], return_inverse=True)[1].astype(np.int64)
    person = np.unique(case.person[other], return_inverse=True)[1].astype(np.int64)
    return {
        "pairwise": pairwise(renumbered, person),
        "bcubed": bcubed(renumbered, person),
        "touching": _touching(found, case.person, training),
    }


def _touching(found: Numbers, person: Numbers, training: npt.NDArray[np.bool_]) -> Mapping[str, float]:
    """Measure all pairs of which at least one record is of the other half."""
    both = np.unique(found * (int(person.max()) + 1) + person, return_inverse=True)[1].astype(np.int64)
    counts = [pairs_in(labels) - pairs_in(labels[training]) for labels in (both, found, person)]
    precision, recall = counts[0] / max(counts[1], 1), counts[0] / max(counts[2], 1)
    return {"precision": precision, "recall": recall, "f1": 2 * counts[0] / max(counts[1] + counts[2], 1)}


def runs(case: Case, *, labels: int = LABELS, splits: int = HALVES, draws: int = DRAWS) -> list[dict[str, Any]]:
    """Link once for every split and draw and measure the held-out half; without labels link once for all splits."""
    if not labels:
        links = link(case.records, case.lists)
        return [held_out(links, case, halves(case.person, split)) for split in range(splits)]
    pairs, found = candidate_pairs(case.records, case.lists), []
    for split in range(splits):
        training = halves(case.person, split)
        for number in range(draws):
            verdicts = judged(case, pairs, training, np.random.default_rng([split, number, 1000]), labels)
            links = link(case.records, case.lists, verdicts)
            found.append({**held_out(links, case, training), "training": links.report["training"]})
            print(split, number, found[-1]["pairwise"], found[-1]["touching"], found[-1]["training"], file=sys.stderr)
    return found


def mean(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the mean of each measure over runs, with the lowest and the highest F1 of pairs."""
    told: dict[str, Any] = {
        name: {key: float(np.mean([row[name][key] for row in rows])) for key in rows[0][name]}
        for name in ("pairwise", "bcubed", "touching")
    }
    f1 = [row["pairwise"]["f1"] for row in rows]
    return {**told, "runs": len(rows), "f1_range": [min(f1), max(f1)]}
