"""Columns become numbers: the same whether and how their values stand in dictionaries."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.linkage.encoding import encode

_CELLS = st.lists(st.sampled_from(["a", " a", "b", "", "  ", "c", None]), max_size=6)


@given(st.lists(_CELLS, max_size=4), st.booleans())
def test_chunks_with_dictionaries_of_their_own_say_what_a_plain_column_says(
    chunks: list[list[str | None]], shared: bool
) -> None:
    """Every row has the number of its trimmed text; blank and missing have none; numbers do not depend on chunks."""
    cells = [cell for chunk in chunks for cell in chunk]
    coded = pa.chunked_array([pa.array(chunk, pa.string()) for chunk in chunks], pa.string()).dictionary_encode()
    if not shared:
        own = [pa.array(chunk, pa.string()).dictionary_encode() for chunk in chunks]
        coded = pa.chunked_array(own, pa.dictionary(pa.int32(), pa.string()))
    rows = np.arange(len(cells))
    plain = encode.code_column(pa.table({"k": pa.array(cells, pa.string())}), "k", ["k"], rows)
    found = encode.code_column(pa.table({"k": coded}), "k", ["k"], rows)
    assert found.codes.tolist() == plain.codes.tolist()
    assert list(found.texts) == list(plain.texts)
    said = [found.texts[code] if code >= 0 else "" for code in found.codes[:, 0]]
    assert said == [(cell or "").strip() for cell in cells]
