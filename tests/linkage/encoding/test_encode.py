"""Columns become numbers: the same whether and how their values stand in dictionaries."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.linkage.encoding import encode

_CELLS = st.lists(st.sampled_from(["a", " a", "b", "", "  ", "c", None]), max_size=6)


@given(st.lists(_CELLS, max_size=4))
def test_every_row_has_the_number_of_its_trimmed_text_however_a_column_is_kept(
    chunks: list[list[str | None]],
) -> None:
    """Plain, with one dictionary for all chunks, or one for each: blank and missing have no number, equal texts one."""
    plain = pa.chunked_array([pa.array(chunk, pa.string()) for chunk in chunks], pa.string())
    own = [chunk.dictionary_encode() for chunk in plain.chunks]
    parted = pa.chunked_array(own, pa.dictionary(pa.int32(), pa.string()))
    cells = [(cell or "").strip() for cell in plain.to_pylist()]
    for column in (plain, plain.dictionary_encode(), parted):
        found = encode.code_column(pa.table({"k": column}), "k", ["k"], np.arange(len(cells)))
        assert [found.texts[code] if code >= 0 else "" for code in found.codes[:, 0]] == cells
        assert len(set(found.codes[found.codes >= 0].tolist())) == len(set(cells) - {""})
