"""What guards must know of each record beyond what pairs say: the words of its names, and which days are sure.

Invariant: a record's facts follow from the record alone, so they can be kept and put together with those of others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding.columns import Column, DateColumn, NameColumn
from cenotaph.linkage.encoding.encode import Ints
from cenotaph.linkage.weights.model import Kind

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """By record and property: words of the longest name (0 for others), and whether the very day is stated."""

    kinds: tuple[Kind, ...]
    words: Ints
    full: Flags


def facts_of(columns: Sequence[Column], records: int) -> RecordFacts:
    """Return the facts of all records."""
    words = np.zeros((records, len(columns)), dtype=np.int32)
    full = np.zeros((records, len(columns)), dtype=bool)
    for number, column in enumerate(columns):
        if isinstance(column, NameColumn):
            words[:, number] = np.append(column.word_counts, 0)[column.codes].max(axis=1)
        elif isinstance(column, DateColumn):
            full[:, number] = np.append(column.full, False)[column.codes.max(axis=1)]
    return RecordFacts(tuple(Kind(column.key, column.kind) for column in columns), words, full)
