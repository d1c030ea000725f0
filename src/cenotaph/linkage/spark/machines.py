"""What the engine asks of whatever carries it: parcels of arrays, each for one part, brought together and worked on.

Invariant: work sees all parcels of one part at once, in no order, so no result may depend on theirs; how many machines
or tasks there are is nobody's business here.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Parcel = Mapping[str, Array]
Addressed = tuple[int, Parcel]  # the part that a parcel is for
Work = Callable[[int, Sequence[Parcel]], Iterable[Addressed]]
T = TypeVar("T", covariant=True)


class Shared(Protocol[T]):
    """A value that every machine has."""

    @property
    def value(self) -> T:
        """Return it."""


class Shipment(Protocol):
    """Parcels spread over the machines."""

    def step(self, work: Work) -> Shipment:
        """Bring together the parcels of each part and return what the work makes of them."""

    def beside(self, other: Shipment) -> Shipment:
        """Return the parcels of both."""

    def held(self) -> Shipment:
        """Return the same parcels, made once and kept however often they are asked for."""

    def collected(self) -> list[Addressed]:
        """Return all parcels, by part."""


class Machines(Protocol):
    """Where the work is done."""

    def send(self, parcels: Iterable[Addressed]) -> Shipment:
        """Send parcels out."""

    def share(self, value: object) -> Shared[Any]:
        """Give every machine a value."""


def packed(parcel: Parcel) -> bytes:
    """Return a parcel as bytes, to be sent; nothing in it can be run."""
    out = io.BytesIO()
    np.savez(out, **parcel)  # type: ignore[arg-type]
    return out.getvalue()


def unpacked(content: bytes) -> dict[str, Array]:
    """Return the parcel in some bytes."""
    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


def joined(parcels: Sequence[Parcel], name: str) -> Array:
    """Return the arrays of one name of all parcels that have one, one after the other."""
    return np.concatenate([parcel[name] for parcel in parcels if name in parcel])


def by_part(part: npt.NDArray[np.integer[Any]], **arrays: Array) -> list[Addressed]:
    """Return arrays that stand side by side as parcels for the part that each of their rows is for."""
    order = np.argsort(part, kind="stable")
    parts, starts = np.unique(part[order], return_index=True)
    ends = np.append(starts[1:], len(part))
    return [
        (int(one), {name: array[order[start:end]] for name, array in arrays.items()})
        for one, start, end in zip(parts, starts, ends, strict=True)
    ]
