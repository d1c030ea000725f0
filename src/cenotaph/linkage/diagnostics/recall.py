"""Which pairs were compared at all: a true pair that is no candidate can never be linked, so the share is reported."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from cenotaph.linkage.encoding import prepare
from cenotaph.linkage.encoding.encode import Ints
from cenotaph.linkage.links import find, gather
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
    world = gather(records, lists, ())
    columns = prepare.prepare(records, world.rows, world.lists, world.facts)
    found = find(columns, world, settings)
    return world.rows[found.left].astype("int32"), world.rows[found.right].astype("int32")
