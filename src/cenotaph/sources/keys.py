"""Which row has which key: rows without one, exact repeats, and different rows under one key.

Invariant: of rows with one key, the first keeps it, those that repeat an earlier one to the letter are refused, and the
others are kept as ``key#2``, ``key#3`` …, so no two records ever share an id and nothing said is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


@dataclass(slots=True)
class Keys:
    """Keys that differ, and what was done to make them so."""

    keys: pa.ChunkedArray
    repeats: dict[int, int] = field(default_factory=dict)  # place of a refused repeat -> place of what it repeats
    renamed: list[int] = field(default_factory=list)  # places that got a key with a number behind it


def distinct_keys(keys: pa.ChunkedArray, cells: pa.Table) -> Keys:
    """Make keys differ.

    Parameters
    ----------
    keys
        The key of each row; null keys are left alone.
    cells
        The rows themselves, to tell an exact repeat from another row under the same key.
    """
    groups = _groups(keys)
    if not groups:
        return Keys(keys)
    found = Keys(keys)
    texts = keys.to_pylist()
    taken = set(texts)
    for places in groups:
        _settle(found, places, texts, taken, cells)
    found.keys = pa.chunked_array([pa.array(texts, pa.string())])
    return found


def _groups(keys: pa.ChunkedArray) -> list[NDArray[np.int64]]:
    """Return the places of each key that stands more than once, in the order of the file."""
    if pc.count_distinct(keys).as_py() == len(keys) - keys.null_count:
        return []
    encoded = keys.combine_chunks().dictionary_encode()
    encoded = encoded.chunk(0) if isinstance(encoded, pa.ChunkedArray) else encoded
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    counts = np.bincount(codes[codes >= 0])
    repeated = np.flatnonzero((codes >= 0) & (counts[codes] > 1))
    by_key = repeated[np.argsort(codes[repeated], kind="stable")]
    starts = np.flatnonzero(np.diff(codes[by_key], prepend=-1))
    return [part.astype(np.int64) for part in np.split(by_key, starts[1:])]


def _settle(found: Keys, places: NDArray[np.int64], texts: list[str], taken: set[str], cells: pa.Table) -> None:
    seen: dict[tuple[object, ...], int] = {}
    number = 1
    for place, row in zip(places.tolist(), _rows(cells, places), strict=True):
        if row in seen:
            found.repeats[place] = seen[row]
            continue
        seen[row] = place
        if len(seen) == 1:
            continue
        base = texts[int(places[0])]
        while (text := f"{base}#{(number := number + 1)}") in taken:
            pass
        texts[place] = text
        taken.add(text)
        found.renamed.append(place)


def _rows(cells: pa.Table, places: NDArray[np.int64]) -> list[tuple[object, ...]]:
    few = cells.take(pa.array(places))
    return list(zip(*(column.to_pylist() for column in few.columns), strict=True))
