"""Very many texts side by side, as they lie in Arrow: most of linking needs them all in one run, few of them alone.

Invariant: it is the sequence of the same Python strings in every respect but its cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


class Texts(Sequence[str]):
    """Texts, none of them missing.

    Parameters
    ----------
    array
        Of strings; a null is the empty text.
    """

    __slots__ = ("_array",)

    def __init__(self, array: pa.Array) -> None:
        self._array = array.fill_null("") if array.null_count else array

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._array)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Texts: ...
    def __getitem__(self, at: int | slice) -> str | Texts:
        """Return one text, or some."""
        if isinstance(at, slice):
            return Texts(self._array[at])
        said: str = self._array[at].as_py()
        return said

    def __iter__(self) -> Iterator[str]:
        """Yield the texts."""
        yield from self._array.to_pylist()

    def __eq__(self, other: object) -> bool:
        """Tell whether other texts are the same, in the same order."""
        if isinstance(other, Texts):
            return bool(self._array.equals(other._array))
        return isinstance(other, Sequence) and not isinstance(other, str) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Return how many there are; what they say is nobody's business in a log."""
        return f"Texts({len(self)})"

    def at(self, places: npt.NDArray[np.integer]) -> Texts:
        """Return the texts at some places."""
        return Texts(self._array.take(pa.array(places)))

    def blank(self) -> npt.NDArray[np.int64]:
        """Return where the empty texts are."""
        return np.flatnonzero(pc.equal(self._array, "").to_numpy(zero_copy_only=False))

    def lines(self) -> str:
        """Return the texts in one, each ended by a line end; a line end within one is a space."""
        array = pc.replace_substring(self._array, "\n", " ") if self._broken() else self._array
        pieces = (array[start : start + _PIECE] for start in range(0, len(array), _PIECE))
        end, nothing = pa.scalar("\n", array.type), pa.scalar("", array.type)
        return "".join(_said(pc.binary_join_element_wise(piece, end, nothing)) for piece in pieces)

    def _broken(self) -> bool:
        return bool(pc.any(pc.match_substring(self._array, "\n")).as_py())


_PIECE = 1 << 17  # texts whose bytes Arrow can count in 32 bits, were each ten thousand long


def _said(array: pa.Array) -> str:
    """Return what an array of strings says from end to end."""
    _, offsets, data = array.buffers()
    if not len(array) or data is None:
        return ""
    width = np.int64 if pa.types.is_large_string(array.type) else np.int32
    bounds = np.frombuffer(offsets, dtype=width)[array.offset : array.offset + len(array) + 1]
    return bytes(memoryview(data)[bounds[0] : bounds[-1]]).decode("utf-8")
