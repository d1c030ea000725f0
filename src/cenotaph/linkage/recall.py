"""Which pairs were compared at all: a true pair that is no candidate can never be linked, so the share is reported."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from cenotaph.linkage import atoms, candidates, encode, prepare
from cenotaph.linkage.encode import Ints
from cenotaph.linkage.settings import LinkSettings
from cenotaph.model import ListFacts


def candidate_pairs(
    records: pa.Table, lists: Mapping[str, ListFacts], *, settings: LinkSettings | None = None
) -> tuple[Ints, Ints]:
    """Return the rows of the pairs that `link` compares, found anew.

    Returns
    -------
    tuple of ndarray of int32, shape (pairs,)
        Rows of the records table.
    """
    settings = settings or LinkSettings()
    rows = encode.canonical_rows(records)
    numbers, names = encode.encode_lists(records, rows, lists)
    unique = np.array([lists[name].unique for name in names], dtype=bool)
    columns = prepare.prepare(records, rows, numbers, [lists[name] for name in names])
    found = candidates.find(atoms.of_columns(columns, len(rows)), numbers, unique, settings)
    return rows[found.left].astype("int32"), rows[found.right].astype("int32")
