"""The links of many parts are the links of one machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linkage.spark.here import Here
from tests.linkage.world import crowd, facts, judge, regional, table

from cenotaph.linkage import Links, LinkSettings, link
from cenotaph.linkage.spark.engine import link as link_in_parts
from cenotaph.model import Judgement, ListFacts

ROWS = crowd(60)
IDS = [str(row["record"]) for row in ROWS]
VERDICTS = st.builds(
    judge, st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from(["same", "different", "unsure"]),
    st.integers(1, 5), st.sampled_from(["r1", "r2"]),
)  # fmt: skip


def equal(one: Links, other: Links) -> bool:
    """Tell whether two links are the same in everything, to the last bit."""
    return (
        one.cluster.tolist() == other.cluster.tolist()
        and one.pairs.equals(other.pairs)
        and one.questions.equals(other.questions)
        and one.contested == other.contested
        and one.report == other.report
    )


def both(
    records: pa.Table, lists: Mapping[str, ListFacts], said: Sequence[Judgement] = (), parts: int = 3,
    **asked: LinkSettings,
) -> tuple[Links, Links]:  # fmt: skip
    """Link at once and in parts."""
    return link(records, lists, said, **asked), link_in_parts(Here(parts), records, lists, said, parts=parts, **asked)


@settings(max_examples=10)
@given(st.lists(VERDICTS, max_size=6), st.integers(1, 40), st.booleans())
def test_no_number_of_parts_changes_a_link(said: list[Judgement], parts: int, unique: bool) -> None:  # noqa: FBT001
    """Under any judgements, lists that hold nobody twice or not, any parts give what one gives."""
    assert equal(*both(table(ROWS), facts("a", "b", unique=unique), said, parts))


def test_names_tell_alike_in_the_lists_of_parts() -> None:
    """Where names tell something of their own in some lists and scripts, they tell the same in parts."""
    assert equal(*both(table(regional(300)), facts("a", "b", "c"), parts=4))


def test_blocks_that_are_too_large_are_split_alike() -> None:
    """Hundreds of records that share all they say go through rooms, and give the same pairs in parts."""
    alike = {"name": "Dorvan Akkarov", "death.date": "1984-05-06", "sex": "male"}
    rows = [*crowd(120), *({"record": f"c:{number}", "list": "c", **alike} for number in range(150))]
    one, other = both(table(rows), facts("a", "b", "c"), parts=5, settings=LinkSettings(block=8))
    assert one.report["candidates"]["windowed"] > 0
    assert equal(one, other)


def test_only_the_nearest_are_kept_alike() -> None:
    """Where more pairs share a key than a record may keep, parts keep the same."""
    one, other = both(table(crowd(900)), facts("a", "b"), parts=7, settings=LinkSettings(neighbours=3))
    assert one.report["candidates"]["kept"] < one.report["candidates"]["raw"]
    assert equal(one, other)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_next_to_nothing_is_linked_too(size: int) -> None:
    """No record, one and two are linked in more parts than there are records."""
    rows = ROWS[:size]
    records = table(rows) if rows else table(ROWS[:1]).slice(0, 0)
    assert equal(*both(records, facts("a", "b"), parts=4))
