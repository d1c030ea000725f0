"""The digest of a table."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.sources.fingerprint import fingerprint

texts = st.lists(st.one_of(st.none(), st.text(alphabet="abé\x00", max_size=3)), max_size=8)


@given(column=texts, cut=st.integers(0, 8))
def test_memory_layout_does_not_matter(column: list[str | None], cut: int) -> None:
    """Chunks, dictionaries and the order of the columns leave the digest as it is."""
    one = pa.table({"a": pa.array(column, pa.string()), "n": pa.array(range(len(column)), pa.int32())})
    parts = pa.chunked_array([pa.array(column[:cut], pa.string()), pa.array(column[cut:], pa.string())])
    other = pa.table({"n": pa.array(range(len(column)), pa.int32()), "a": parts.dictionary_encode()})
    assert fingerprint(one) == fingerprint(other)


@given(left=texts, right=texts)
def test_different_content_differs(left: list[str | None], right: list[str | None]) -> None:
    """Tables that differ in any cell, null and empty among them, have different digests."""
    prints = [fingerprint(pa.table({"a": pa.array(column, pa.string())})) for column in (left, right)]
    assert (prints[0] == prints[1]) == (left == right)


def test_the_name_of_a_column_counts() -> None:
    """A column under another name is another table."""
    assert fingerprint(pa.table({"a": ["x"]})) != fingerprint(pa.table({"b": ["x"]}))
