"""Records become numbers: every property is dictionary-encoded and each distinct value is parsed once.

Invariant: everything is in canonical order (by a hash of the record id, distinct values by a hash of their text), so no
result depends on the order in which lists or rows came in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cenotaph.errors import InputError
from cenotaph.linkage.encoding import hashing
from cenotaph.linkage.encoding.texts import Texts
from cenotaph.model import Judgement, ListFacts, split_key

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint64]
MISSING = -1


@dataclass(frozen=True, slots=True)
class Coded:
    """One property: for each record and slot the number of its distinct value, or -1; and the values' texts.

    ``hints`` says for each distinct value which list facts it was read with (see `contexts`): the same text in two
    calendars is two values.
    """

    key: str
    codes: Ints  # (records, slots)
    texts: Sequence[str]
    hints: Ints

    @property
    def counts(self) -> Longs:
        """Return how many records hold each distinct value."""
        held = self.codes[self.codes >= 0]
        return np.bincount(held, minlength=len(self.texts)).astype(np.int64)


def canonical_rows(records: pa.Table) -> Longs:
    """Return the rows in canonical order: by the hash of the record id, the id itself where two hashes are one."""
    return canonical(records)[0]


def canonical(records: pa.Table) -> tuple[Longs, Hashes]:
    """Return the rows in canonical order, and in that order the hashes of their ids."""
    hashes = hashing.texts(records["record"])
    rows: Longs = hashing.ordered(hashes)
    ordered = hashes[rows]
    for start in np.flatnonzero(ordered[1:] == ordered[:-1]):
        _settle_tie(records, rows, int(start))
    return rows, ordered


def _settle_tie(records: pa.Table, rows: Longs, start: int) -> None:
    first, second = (records["record"][int(rows[start + step])].as_py() for step in (0, 1))
    if first == second:
        raise InputError(f"records: the id {first!r} occurs twice; give the list a key that is unique")
    if first > second:
        rows[start], rows[start + 1] = rows[start + 1], rows[start]


def positions(records: pa.Table, rows: Longs, judgements: Sequence[Judgement]) -> dict[str, int]:
    """Return the canonical position of each record that somebody judged."""
    named = sorted({side for judgement in judgements for side in (judgement.left, judgement.right)})
    if not named:
        return {}
    found = pc.index_in(pa.array(named, pa.string()), value_set=records["record"].combine_chunks()).to_pylist()
    place = np.empty(len(rows), dtype=np.int64)
    place[rows] = np.arange(len(rows))
    return {record: int(place[row]) for record, row in zip(named, found, strict=True) if row is not None}


def properties(records: pa.Table) -> dict[str, list[str]]:
    """Return the claim columns of each property, in the order of their index: the slots of a property."""
    found: dict[str, list[tuple[int, str]]] = {}
    for column in records.column_names:
        if column in _FIXED or column[-1] in "@#%" or column.startswith(("other.", "cites.")):
            continue
        name, index = split_key(column)
        found.setdefault(name, []).append((index, column))
    return {name: [column for _, column in sorted(slots)] for name, slots in found.items()}


_FIXED = frozenset({"record", "list", "order", "row", "source", "passage", "person"})


def dictionary(column: pa.ChunkedArray) -> tuple[Ints, pa.Array]:
    """Return the codes (-1 for null) and the values of a text column; without a dictionary each row is its own.

    The dictionaries of several chunks stand behind each other, so a value may occur more than once.
    """
    if not pa.types.is_dictionary(column.type):
        values = column.cast(pa.string()).combine_chunks()
        whole = pa.concat_arrays(values.chunks) if isinstance(values, pa.ChunkedArray) else values
        return np.arange(len(whole), dtype=np.int32), whole
    codes, parts, base = [np.empty(0, np.int32)], [pa.array([], pa.string())], 0
    for chunk in column.chunks:
        own = chunk.dictionary.cast(pa.string())
        if not own.equals(parts[-1]):  # most chunks of a file share one
            base += len(parts[-1])
            parts.append(own)
        numbers = pc.fill_null(chunk.indices, MISSING).to_numpy(zero_copy_only=False)
        codes.append(np.where(numbers < 0, MISSING, numbers + base).astype(np.int32))
    return np.concatenate(codes), pa.concat_arrays(parts)


def code_column(records: pa.Table, key: str, slots: Sequence[str], rows: Longs, contexts: Ints | None = None) -> Coded:
    """Encode the slots of one property over one dictionary of distinct (context, text) pairs.

    Parameters
    ----------
    records
        The records table.
    key
        The property.
    slots
        Its columns; several names of one record are several slots.
    rows
        The canonical order.
    contexts
        For each canonical record, which reading its value needs (calendar, order of day and month, language).
    """
    columns = [dictionary(records[slot]) for slot in slots]
    merged, distinct = _merge(pa.concat_arrays([values for _, values in columns]))
    codes, base = np.empty((len(rows), len(slots)), dtype=np.int32), 0
    for slot, (own, values) in enumerate(columns):
        number = np.append(merged[base : base + len(values)], np.int32(MISSING))  # a null (-1) reads the last
        codes[:, slot] = number[own][rows]
        base += len(values)
    return _with_contexts(key, codes, distinct, contexts)


def _merge(texts: pa.Array) -> tuple[Ints, Texts]:
    """Return for each text the number of its distinct, non-blank value (-1 for blank), numbered by hash of the text.

    Only what is distinct as written is trimmed: in a column of a million places that is a few hundred.
    """
    written, once = hashing.numbered(hashing.texts(pa.chunked_array([texts])))
    words = pc.utf8_trim_whitespace(texts.take(pa.array(once)))
    number, first = hashing.ranked(hashing.texts(pa.chunked_array([words])))
    distinct = Texts(words).at(first)
    for at in distinct.blank():
        number[number == at] = MISSING
    return number[written], distinct


def _with_contexts(key: str, codes: Ints, texts: Texts, contexts: Ints | None) -> Coded:
    if contexts is None or not len(contexts) or (contexts == contexts[0]).all():
        hint = 0 if contexts is None or not len(contexts) else int(contexts[0])
        return Coded(key, codes, texts, np.full(len(texts), hint, dtype=np.int32))
    joint = codes.astype(np.int64) * (int(contexts.max()) + 1) + contexts[:, None]
    found, inverse = np.unique(joint[codes >= 0], return_inverse=True)
    split = np.full(codes.shape, MISSING, dtype=np.int32)
    split[codes >= 0] = inverse.reshape(-1)
    values, hints = np.divmod(found, int(contexts.max()) + 1)
    return Coded(key, split, texts.at(values), hints.astype(np.int32))


def whole_registers(lists: Sequence[ListFacts]) -> Ints:
    """Return for each list what holds nobody twice: its own number, or for all lists of an imported register one."""
    first: dict[str, int] = {}
    return np.array(
        [place if facts.register is None else first.setdefault(facts.register, place)
         for place, facts in enumerate(lists)],
        dtype=np.int32,
    )  # fmt: skip


def encode_lists(records: pa.Table, rows: Longs, lists: Mapping[str, ListFacts]) -> tuple[Ints, tuple[str, ...]]:
    """Return the number of each record's list and the lists' names in sorted order."""
    column = records["list"]
    codes, values = dictionary(column if pa.types.is_dictionary(column.type) else column.dictionary_encode())
    found = values.to_pylist()
    unknown = sorted({found[code] for code in np.unique(codes) if code >= 0} - set(lists))
    if (codes < 0).any() or unknown:
        raise InputError(
            f"records: no facts about the list {unknown[0]!r}; describe it under [lists]"
            if unknown
            else "records: a row without a list; every record belongs to one"
        )
    names = tuple(sorted(lists))
    number = np.array([names.index(name) if name in lists else MISSING for name in found], dtype=np.int32)
    return (number[codes][rows] if len(found) else codes), names
