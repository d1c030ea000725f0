"""Parcels of arrays on their way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.linkage.spark.machines import by_part, joined, packed, unpacked


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-9, 9))))
def test_addressing_loses_nothing_and_mixes_nothing(rows: list[tuple[int, int]]) -> None:
    """Each row comes to its part, once, in the order it had."""
    parts = np.array([part for part, _ in rows], dtype=np.int64)
    values = np.array([value for _, value in rows], dtype=np.int32)
    found = {part: parcel["value"].tolist() for part, parcel in by_part(parts, value=values)}
    assert found == {part: [value for one, value in rows if one == part] for part in set(parts.tolist())}


def test_a_parcel_arrives_as_it_was_sent() -> None:
    """Bytes give back each array with its type, its shape and its values."""
    sent = {"codes": np.array([[1, -1], [3, 4]], dtype=np.int32), "key": np.array([2**63], dtype=np.uint64)}
    arrived = unpacked(packed(sent))
    assert all((arrived[name] == array).all() and arrived[name].dtype == array.dtype for name, array in sent.items())
    assert arrived["codes"].shape == (2, 2)


def test_a_parcel_cannot_carry_what_runs() -> None:
    """Objects, which could run something when they are unpacked, are refused on arrival."""
    with pytest.raises(ValueError, match="allow_pickle"):
        unpacked(packed({"bad": np.array([object.__name__, None], dtype=object)}))


def test_arrays_of_one_name_are_joined_past_parcels_without_it() -> None:
    """Parcels that have no such array are passed over."""
    assert joined([{"a": np.array([1])}, {"b": np.array([9])}, {"a": np.array([2])}], "a").tolist() == [1, 2]
