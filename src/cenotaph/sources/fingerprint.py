"""The digest of a records table: equal for equal records, however Arrow holds them in memory.

Invariant: it depends on the names of the columns, which cells are null and the text of the others, in the order of the
rows; not on chunks, dictionaries or the order of the columns.
"""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_ROWS = 1 << 18  # rows hashed at a time


def fingerprint(table: pa.Table) -> str:
    """Return the SHA-256 of a table's content, in hexadecimal."""
    total = hashlib.sha256()
    for name in sorted(table.column_names):
        total.update(len(name.encode()).to_bytes(8, "little") + name.encode())
        total.update(_column(table.column(name)))
    return total.hexdigest()


def _column(column: pa.ChunkedArray) -> bytes:
    lengths, texts, nulls = hashlib.sha256(), hashlib.sha256(), hashlib.sha256()
    for start in range(0, len(column), _ROWS):
        part = _plain(column.slice(start, _ROWS))
        nulls.update(part.is_null().to_numpy(zero_copy_only=False).astype(np.uint8).tobytes())
        filled = pc.fill_null(part, "")
        lengths.update(pc.binary_length(filled).to_numpy(zero_copy_only=False).astype("<i8").tobytes())
        texts.update(_bytes(filled))
    return lengths.digest() + texts.digest() + nulls.digest()


def _plain(column: pa.ChunkedArray) -> pa.LargeStringArray:
    """Return part of a column as one array of text."""
    chunks = [chunk.dictionary_decode() if pa.types.is_dictionary(chunk.type) else chunk for chunk in column.chunks]
    return pa.concat_arrays([chunk.cast(pa.large_string()) for chunk in chunks])


def _bytes(texts: pa.LargeStringArray) -> memoryview:
    """Return the texts behind one another, as they lie in memory."""
    _, offsets, data = texts.buffers()
    if data is None:
        return memoryview(b"")
    ends = np.frombuffer(offsets, "<i8")[texts.offset : texts.offset + len(texts) + 1]
    return memoryview(data)[ends[0] : ends[-1]]
