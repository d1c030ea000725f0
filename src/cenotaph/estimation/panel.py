"""The overlap table in the form the methods take, and how lists that are not independent leave it.

Invariant: a `Table` holds each non-empty pattern once, with a positive count, in an order that depends on the numbers
only; permuting lists, their names or the input rows gives the same bytes to every method, hence the same estimate.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cenotaph.errors import InputError
from cenotaph.model import ListFacts, Panel

Patterns = NDArray[np.uint8]
Counts = NDArray[np.int64]
_TRIES = 720  # orders of lists with equal figures that are compared; beyond it their given order stays


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Persons by pattern of presence: ``patterns`` (cells, lists) of 0 and 1, ``counts`` (cells,)."""

    names: tuple[str, ...]
    patterns: Patterns
    counts: Counts

    @property
    def people(self) -> int:
        """Persons on at least one list."""
        return int(self.counts.sum())

    @property
    def totals(self) -> Counts:
        """Persons on each list."""
        return self.counts @ self.patterns.astype(np.int64)

    @property
    def shared(self) -> NDArray[np.int64]:
        """Persons on both lists, shape (lists, lists); the diagonal holds the totals."""
        wide = self.patterns.astype(np.int64)
        return wide.T @ (wide * self.counts[:, None])

    @property
    def by_lists(self) -> Counts:
        """Persons on exactly 0, 1, 2 … lists, shape (lists + 1,)."""
        found = np.bincount(self.patterns.sum(axis=1), weights=self.counts, minlength=len(self.names) + 1)
        return found.astype(np.int64)

    @property
    def sha256(self) -> str:
        """The digest of the numbers alone, names of lists apart: equal tables have equal digests."""
        cells = [["".join(map(str, row)), int(count)] for row, count in zip(self.patterns, self.counts, strict=True)]
        text = json.dumps({"cells": cells, "lists": len(self.names)}, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()

    def select(self, columns: Sequence[int]) -> Table:
        """Return the table of some of the lists, without the people that none of them names."""
        return tabulate([self.names[j] for j in columns], self.patterns[:, list(columns)], self.counts)

    def merge(self, groups: Sequence[Sequence[int]]) -> Table:
        """Return the table in which each group of lists counts as one."""
        names = ["+".join(self.names[j] for j in group) for group in groups]
        joined = np.stack([self.patterns[:, list(group)].max(axis=1) for group in groups], axis=1)
        return tabulate(names, joined, self.counts)


def tabulate(names: Sequence[str], patterns: ArrayLike, counts: ArrayLike) -> Table:
    """Return a table in canonical order; the all-zero pattern and zero counts are left out."""
    rows = np.asarray(patterns, np.uint8).reshape(-1, len(names))
    persons = np.asarray(counts, np.int64)
    if rows.shape[0] != persons.shape[0]:
        raise InputError(f"{rows.shape[0]} patterns but {persons.shape[0]} counts; give one count a pattern")
    if rows.size and rows.max() > 1:
        raise InputError("a pattern holds something else than 0 and 1; write 1 where the list names the person, else 0")
    if persons.size and persons.min() < 0:
        raise InputError("a count is negative; counts are persons")
    keep = rows.any(axis=1) & (persons > 0)
    order = _order(rows[keep], persons[keep])
    rows, inverse = np.unique(rows[keep][:, order], axis=0, return_inverse=True)
    persons = np.bincount(inverse.ravel(), weights=persons[keep], minlength=len(rows)).astype(np.int64)
    return Table(tuple(names[j] for j in order), rows, persons)


def _order(rows: Patterns, counts: Counts) -> list[int]:
    """Return the lists in an order that depends on the figures only."""
    lists = rows.shape[1]
    sizes = rows.sum(axis=1)
    keys: list[tuple[tuple[int, ...], ...]] = [
        tuple(sorted(zip(sizes[rows[:, j] == 1].tolist(), counts[rows[:, j] == 1].tolist(), strict=True)))
        for j in range(lists)
    ]
    ranked = sorted(range(lists), key=lambda j: (-sum(count for _, count in keys[j]), keys[j]))
    tied = [list(group) for _, group in itertools.groupby(ranked, key=lambda j: keys[j])]
    return min(itertools.islice(_orders(tied), _TRIES), key=lambda order: _cells(rows, counts, order))


def _orders(tied: list[list[int]]) -> Iterator[list[int]]:
    for choice in itertools.product(*(itertools.permutations(group) for group in tied)):
        yield [j for group in choice for j in group]


def _cells(rows: Patterns, counts: Counts, order: list[int]) -> list[tuple[bytes, int]]:
    return sorted(zip((row.tobytes() for row in rows[:, order]), counts.tolist(), strict=True))


def incidence(names: Sequence[str], presence: ArrayLike) -> Table:
    """Return the table of an incidence matrix: one row a person, one 0/1 column a list."""
    rows = np.asarray(presence, np.uint8).reshape(-1, len(names))
    return tabulate(names, rows, np.ones(len(rows), np.int64))


@dataclass(frozen=True, slots=True)
class Independent:
    """A table of lists that may count as captures of their own, and what was done to get there.

    ``merged`` are groups of names that count as one list, ``dropped`` the citations, by name and compiler.
    """

    table: Table
    merged: tuple[tuple[str, ...], ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()


def independent(panel: Panel) -> Independent:
    """Drop citations of a compiler and merge lists that derive from each other or from one origin."""
    own = [j for j, facts in enumerate(panel.lists) if facts.citation_of is None]
    dropped = tuple((f.name, f.citation_of) for f in panel.lists if f.citation_of is not None)
    names = [panel.lists[j].name for j in own]
    if not own:
        return Independent(Table((), np.zeros((0, 0), np.uint8), np.zeros(0, np.int64)), (), dropped)
    groups = _families([panel.lists[j] for j in own])
    patterns = panel.patterns.reshape(-1, len(panel.lists))[:, own]
    joined = np.stack([patterns[:, group].max(axis=1) for group in groups], axis=1)
    table = tabulate(["+".join(names[j] for j in group) for group in groups], joined, panel.counts)
    return Independent(table, tuple(tuple(names[j] for j in group) for group in groups if len(group) > 1), dropped)


def _families(lists: Sequence[ListFacts]) -> list[list[int]]:
    """Group lists that share an origin, in order of their first member."""
    groups: list[tuple[set[str], list[int]]] = []
    for j, facts in enumerate(lists):
        origins, members = {facts.name, *facts.derived_from}, [j]
        for group in [g for g in groups if g[0] & origins]:
            origins, members = origins | group[0], group[1] + members
            groups.remove(group)
        groups.append((origins, members))
    return [sorted(members) for _, members in sorted(groups, key=lambda group: min(group[1]))]
