"""Judgements that stand although a newer edition changed or dropped one of their records: their reviewers are told.

Invariant: a judgement holds for its records by key, whatever a later edition says of them; nothing here takes one
away. A reviewer who judges the pair again has seen the new values and is told no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cenotaph.case import Case
from cenotaph.model import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """A judgement and what an edition did to one of its records afterwards; ``keys`` are the claims that changed."""

    judgement: Judgement
    record: str
    edition: int
    kind: str  # changed | gone
    keys: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data: ids, codes and names of properties, no values."""
        said = self.judgement
        return {
            "left": said.left, "right": said.right, "verdict": str(said.verdict), "reviewer": said.reviewer,
            "sequence": said.sequence, "record": self.record, "edition": self.edition, "kind": self.kind,
            "keys": list(self.keys),
        }  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """The last word of each reviewer on each pair of a case."""

    case: Case

    def before(self, name: str, edition: int, record: str) -> tuple[Judgement, ...]:
        """Return what was decided about a record before an edition of its list was read."""
        read = self._read.get((name, edition), 0)
        return tuple(said for said in self._about.get(record, ()) if said.sequence < read)

    def since(self, report: Mapping[str, Any]) -> Iterator[Since]:
        """Yield the judgements whose records were changed or dropped since, from the report of the reading."""
        for name, table in report["lists"].items():
            for record, (edition, kind, keys) in sorted(_moved(table["changes"]).items()):
                for said in self.before(name, edition, record):
                    yield Since(judgement=said, record=record, edition=edition, kind=kind, keys=keys)

    @cached_property
    def _read(self) -> dict[tuple[str, int], int]:
        return {(each.list, each.edition): each.founded for each in self.case.readings}

    @cached_property
    def _about(self) -> dict[str, list[Judgement]]:
        last: dict[tuple[frozenset[str], str], Judgement] = {}
        for said in sorted(self.case.judgements, key=lambda one: one.sequence):
            last[frozenset((said.left, said.right)), said.reviewer] = said
        found: dict[str, list[Judgement]] = {}
        for said in sorted(last.values(), key=lambda one: one.sequence):
            for record in {said.left, said.right}:
                found.setdefault(record, []).append(said)
        return found


def _moved(changes: list[dict[str, Any]]) -> dict[str, tuple[int, str, tuple[str, ...]]]:
    """Return for each record the last edition that changed or dropped it; one that came back is gone no more."""
    found: dict[str, tuple[int, str, tuple[str, ...]]] = {}
    for change in changes:
        for record in change["returned"]:
            found.pop(record, None)
        found |= {record: (change["edition"], "changed", tuple(keys)) for record, keys in change["changed"].items()}
        found |= dict.fromkeys(change["gone"], (change["edition"], "gone", ()))
    return found
