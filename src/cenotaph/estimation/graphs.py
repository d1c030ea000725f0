"""Decomposable graphs of list dependence, in the form the averaging over them needs.

Invariant: the rows of `factors` multiply a table of subset scores into one score a graph; each graph stands once.
"""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
from scipy.sparse import csr_array

Edges = frozenset[tuple[int, int]]
MOST_LISTS = 6


@cache
def decomposable(lists: int) -> tuple[tuple[Edges, ...], csr_array]:
    """Return every decomposable graph on so many lists, and its factors.

    The density of a decomposable graph is the product over lists, in a perfect order, of the score of the list with
    its earlier neighbours over the score of those neighbours. ``factors`` holds +1 and -1 in the columns of these
    subsets, shape (graphs, 2 ** lists).
    """
    pairs = list(itertools.combinations(range(lists), 2))
    graphs: list[Edges] = []
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    for bits in range(2 ** len(pairs)):
        edges = frozenset(pair for k, pair in enumerate(pairs) if bits >> k & 1)
        earlier = _perfect(lists, edges)
        if earlier is None:
            continue
        for vertex, before in earlier:
            rows += [len(graphs)] * 2
            columns += [before | 1 << vertex, before]
            signs += [1.0, -1.0]
        graphs.append(edges)
    return tuple(graphs), csr_array((signs, (rows, columns)), shape=(len(graphs), 2**lists))


def _perfect(lists: int, edges: Edges) -> list[tuple[int, int]] | None:
    """Return each vertex with its earlier neighbours as bits, by maximum cardinality search; None if not chordal."""
    near = [0] * lists
    for i, j in edges:
        near[i] |= 1 << j
        near[j] |= 1 << i
    done, order = 0, []
    for _ in range(lists):
        vertex = max((v for v in range(lists) if not done >> v & 1), key=lambda v: ((near[v] & done).bit_count(), -v))
        before = near[vertex] & done
        if not _complete(before, near):
            return None
        order.append((vertex, before))
        done |= 1 << vertex
    return order


def _complete(members: int, near: list[int]) -> bool:
    return all(members & ~(near[v] | 1 << v) == 0 for v in range(len(near)) if members >> v & 1)


def cliques(lists: int, edges: Edges) -> list[tuple[int, ...]]:
    """Return the maximal sets of lists that all depend on each other."""
    order = _perfect(lists, edges) or []
    sets = [frozenset(v for v in range(lists) if (before | 1 << vertex) >> v & 1) for vertex, before in order]
    return sorted(tuple(sorted(one)) for one in set(sets) if not any(one < other for other in sets))


def scores_of(lists: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Return which list is in which subset, shape (2 ** lists, lists)."""
    codes = np.arange(2**lists)
    return (codes[:, None] >> np.arange(lists) & 1).astype(np.bool_)
