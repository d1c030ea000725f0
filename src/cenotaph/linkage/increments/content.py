"""What each record says, as one number: whether it still says what it said when it was last compared.

Invariant: the number follows from the texts that are looked at, the facts about the record's list and how that list
fills in its days; neither the order of rows nor what other records say changes it.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.linkage.encoding import encode, hashing, prepare
from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.linkage.encoding.flattened import Filled
from cenotaph.model import ListFacts
from cenotaph.values import words

Hashes = npt.NDArray[np.uint64]


def content_of(records: pa.Table, rows: Longs, lists: Ints, about: Sequence[str]) -> Hashes:
    """Return a hash of what each record says, in canonical order.

    Parameters
    ----------
    records
        The records table.
    rows
        Its rows in canonical order.
    lists
        The number of the list of each of them.
    about
        By number of list: what else decides how its records are read (see `about_list`).
    """
    found = hashing.mixed(words.hashes(list(about)))[lists] if len(about) else np.zeros(len(rows), np.uint64)
    for slots in prepare.slots_of(records).values():
        for slot in slots:
            found = found + _column(records[slot], words.hashes([slot])[0])[rows]
    return hashing.mixed(found)


def _column(column: pa.ChunkedArray, name: np.uint64) -> Hashes:
    """Return a hash of each text of a column, 0 where there is none."""
    codes, values = encode.dictionary(column)
    held = hashing.mixed(hashing.texts(pa.chunked_array([values])) ^ name)
    held[values.is_null().to_numpy(zero_copy_only=False)] = 0
    found: Hashes = np.append(held, np.uint64(0))[codes]  # a null (-1) reads the last
    return found


def about_list(facts: ListFacts, filled: Mapping[str, Filled]) -> str:
    """Return what besides its own texts decides how a record of a list is read and linked."""
    said = {each.name: _plain(getattr(facts, each.name)) for each in dataclasses.fields(facts)}
    kept = {key: said[key] for key in ("name", "unique", "register", "date_order", "language", "calendars")}
    return json.dumps([kept, {key: how for key, how in filled.items() if how}], sort_keys=True)


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
