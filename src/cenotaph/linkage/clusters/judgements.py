"""What people decided about pairs of records, settled into one verdict a pair.

Invariant: the order in which judgements are given never matters; a reviewer's later judgement (by sequence) replaces
their earlier one; reviewers who disagree settle to *unsure*; no two records that are `different` are ever held
together, however many `same` lead from one to the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cenotaph.model import Judgement, Verdict

Pair = tuple[int, int]
_CAUTION = {Verdict.DIFFERENT: 0, Verdict.UNSURE: 1, Verdict.SAME: 2}


@dataclass(frozen=True, slots=True)
class Settled:
    """Verdicts on pairs of canonical positions, with the groups that `same` holds together.

    ``refused`` are the `same` verdicts that would have brought two different people together: their clusters are
    contested. ``unknown`` counts judgements about records that are not in the table.
    """

    same: tuple[Pair, ...]
    different: tuple[Pair, ...]
    unsure: tuple[Pair, ...]
    group: Mapping[int, int]
    refused: tuple[Pair, ...]
    unknown: int


def settle(judgements: Sequence[Judgement], position: Mapping[str, int]) -> Settled:
    """Settle all judgements on the records at the given canonical positions."""
    live, unknown = _live(judgements, position)
    verdicts = {pair: _agreed(list(said.values())) for pair, said in live.items()}
    by = {verdict: tuple(sorted(pair for pair, found in verdicts.items() if found is verdict)) for verdict in Verdict}
    group, refused = _join(by[Verdict.SAME], by[Verdict.DIFFERENT])
    return Settled(by[Verdict.SAME], by[Verdict.DIFFERENT], by[Verdict.UNSURE], group, refused, unknown)


def _live(judgements: Sequence[Judgement], position: Mapping[str, int]) -> tuple[dict[Pair, dict[str, Verdict]], int]:
    """Return the last word of each reviewer on each pair; of two at one sequence the more cautious."""
    live: dict[Pair, dict[str, Verdict]] = {}
    unknown = 0
    for judgement in sorted(judgements, key=lambda j: (j.sequence, -_CAUTION[Verdict(j.verdict)])):
        if judgement.left not in position or judgement.right not in position:
            unknown += 1
            continue
        left, right = sorted((position[judgement.left], position[judgement.right]))
        if left != right:
            live.setdefault((left, right), {})[judgement.reviewer] = Verdict(judgement.verdict)
    return live, unknown


def _agreed(verdicts: list[Verdict]) -> Verdict:
    return verdicts[0] if len(set(verdicts)) == 1 else Verdict.UNSURE


def _join(same: Sequence[Pair], different: Sequence[Pair]) -> tuple[dict[int, int], tuple[Pair, ...]]:
    """Join what is the same, in canonical order, but never two that are different."""
    group: dict[int, int] = {}
    members: dict[int, set[int]] = {}
    for one in {record for pair in (*same, *different) for record in pair}:
        group[one], members[one] = one, {one}
    against: dict[int, set[int]] = {one: set() for one in group}
    for left, right in different:
        against[left].add(right)
        against[right].add(left)
    refused = []
    for left, right in same:
        keep, gone = sorted((group[left], group[right]))
        if keep == gone:
            continue
        if any(against[one] & members[gone] for one in members[keep]):
            refused.append((left, right))
            continue
        for one in members[gone]:
            group[one] = keep
        members[keep] |= members.pop(gone)
    return group, tuple(refused)
