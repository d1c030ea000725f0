"""Names of a collection of several lists: how common they are in any script, and what they tell in two of its lists.

Invariant: columns of one list stay as they are, and cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cenotaph.linkage.encoding import listwise
from cenotaph.linkage.encoding.columns import Column, NameColumn, shared_information
from cenotaph.linkage.encoding.encode import Ints
from cenotaph.linkage.encoding.information import bits, of_names
from cenotaph.linkage.encoding.sounds import heard


def by_list(columns: Sequence[Column], lists: Ints, names: Sequence[str]) -> list[Column]:
    """Return columns whose names tell what they tell in their scripts and lists.

    Parameters
    ----------
    columns
        Columns of a whole collection.
    lists
        The number of the list of each record.
    names
        The names of the lists.
    """
    if not len(lists) or (lists == lists[0]).all():
        return list(columns)
    return [_by_list(_heard(own), lists, names) if isinstance(own, NameColumn) else own for own in columns]


def _heard(column: NameColumn) -> NameColumn:
    """Return names that are as common as they sound, where there are several scripts."""
    found = column.telling
    held = np.bincount(column.codes[column.codes >= 0], minlength=len(found.counts)).astype(np.int64)
    bearers = heard(found, held)
    if bearers is None:
        return column
    word_bits = bits(bearers, int(held.sum()))
    whole = shared_information(column.codes, found.lines)
    return replace(column, word_bits=word_bits, information=of_names(found.texts, found.number, word_bits, whole))


def _by_list(column: NameColumn, lists: Ints, names: Sequence[str]) -> NameColumn:
    counts = listwise.counted(column.telling, column.codes, lists, names)
    if counts is None:
        return column
    return replace(column, listwise=listwise.bound(counts, column.telling, lists, names))
