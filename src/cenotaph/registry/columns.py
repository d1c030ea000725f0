"""The records table seen by claim: which keys there are, and what a record says under each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

FIXED = ("record", "list", "order", "row", "source", "gone")
COMPANIONS = ("@", "#", "%")  # source column, code, calendar hint
CITES = "cites."


@dataclass(frozen=True, slots=True)
class Column:
    """A column by distinct value: ``codes`` has shape (records,), -1 where nothing is said."""

    codes: NDArray[np.int32]
    texts: tuple[str, ...]

    def text(self, row: int) -> str | None:
        """Return what is said in a row, or None."""
        code = self.codes[row]
        return self.texts[code] if code >= 0 else None


class Columns:
    """Dictionary-encoded access to the records table."""

    def __init__(self, records: pa.Table) -> None:
        names = records.column_names
        self.size = records.num_rows
        self.keys = tuple(
            name for name in names if name not in FIXED and not name.endswith(COMPANIONS) and not name.startswith(CITES)
        )
        self.cites = tuple(
            name.removeprefix(CITES) for name in names if name.startswith(CITES) and name[-1] not in COMPANIONS
        )
        self.record = records.column("record")
        self.order = records.column("order").to_numpy()
        self.row = records.column("row").to_numpy()
        self._columns = {name: encode(records.column(name)) for name in names if name not in ("record", "order", "row")}

    def get(self, name: str) -> Column | None:
        """Return a column by its name in the table, or None."""
        return self._columns.get(name)

    def __getitem__(self, name: str) -> Column:
        return self._columns[name]

    def text(self, name: str, row: int) -> str | None:
        """Return what a row says in a column; None also when there is no such column."""
        column = self._columns.get(name)
        return column.text(row) if column is not None else None


def encode(column: pa.ChunkedArray) -> Column:
    """Return a column of the table by distinct value."""
    if column.type == pa.bool_():
        column = column.cast(pa.string())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    merged = column.unify_dictionaries().combine_chunks()
    if isinstance(merged, pa.ChunkedArray):
        merged = merged.chunk(0) if merged.num_chunks else pa.array([], type=column.type)
    codes = merged.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return Column(codes, tuple(str(text) for text in merged.dictionary.to_pylist()))
