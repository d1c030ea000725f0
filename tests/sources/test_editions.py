"""Successive editions of a list."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.sources.editions import Changes, succeed

State = dict[str, tuple[str | None, str | None]]


def edition(rows: State, sequence: int) -> pa.Table:
    """Return a table of records: id to (name, age)."""
    return pa.table(
        {
            "record": pa.array(list(rows), pa.string()),
            "row": pa.array(range(1, len(rows) + 1), pa.int32()),
            "name": pa.array([name for name, _ in rows.values()], pa.string()),
            "age": pa.array([age for _, age in rows.values()], pa.string()),
            "order": pa.array([(sequence << 32) | row for row in range(1, len(rows) + 1)], pa.int64()),
        }
    )


def by_id(table: pa.Table) -> dict[str, dict[str, object]]:
    return {row["record"]: row for row in table.to_pylist()}


def test_new_changed_and_gone_are_told_by_key() -> None:
    """A later edition is compared by key: what is new, which claims changed, what is gone."""
    first = edition({"a": ("Ali", "20"), "b": ("Bita", None), "c": ("Caro", "30")}, 1)
    later = edition({"d": ("Dara", None), "b": ("Bita", "22"), "a": ("Ali", "20")}, 2)
    table, changes = succeed(first, later, 2)
    assert changes == Changes(edition=2, new=("d",), changed={"b": ("age",)}, gone=("c",))
    assert changes.note == "edition 2: 1 new, 1 changed, 1 gone; the gone are kept and marked"
    assert changes.to_json()["changed"] == {"b": ["age"]}
    found = by_id(table)
    assert [found[record]["order"] for record in "abcd"] == [(1 << 32) | 1, (1 << 32) | 2, (1 << 32) | 3, (2 << 32) | 1]
    assert (found["b"]["age"], found["c"]["gone"], found["a"]["gone"]) == ("22", "1", None)


def test_a_record_that_comes_back_is_no_longer_gone() -> None:
    """A record that a third edition names again is reported as returned, with the order of its first appearance."""
    people: State = {"a": ("Ali", None), "b": ("Bita", None)}
    table, _ = succeed(edition(people, 1), edition({"b": ("Bita", None)}, 2), 2)
    table, changes = succeed(table, edition({"a": ("Ali", None)}, 3), 3)
    assert (changes.new, changes.returned, changes.gone) == ((), ("a",), ("b",))
    assert (by_id(table)["a"]["order"], by_id(table)["a"].get("gone")) == ((1 << 32) | 1, None)
    assert by_id(table)["b"]["gone"] == "1"


def test_a_column_that_comes_or_goes_is_a_change_where_it_says_something() -> None:
    """A claim that only one edition has changed those records that say it."""
    first = edition({"a": ("Ali", "20"), "b": ("Bita", None)}, 1)
    _, changes = succeed(first, edition({"a": ("Ali", None), "b": ("Bita", None)}, 2).drop_columns(["age"]), 2)
    assert changes.changed == {"a": ("age",)}


states = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.sampled_from(["x", "y"]), st.sampled_from(["1", None]))
)


@given(editions=st.lists(states, min_size=1, max_size=4))
def test_nobody_is_lost(editions: list[State]) -> None:
    """After any editions every record that ever stood in one is there once, with its last values and first order."""
    table, seen, first = edition(editions[0], 1), dict(editions[0]), {}
    for record in editions[0]:
        first[record] = by_id(table)[record]["order"]
    for number, state in enumerate(editions[1:], start=2):
        later = edition(state, number)
        for record, row in by_id(later).items():
            first.setdefault(record, row["order"])
        seen |= state
        table, _ = succeed(table, later, number)
    found = by_id(table)
    assert len(found) == table.num_rows
    assert {record: (row["name"], row["age"]) for record, row in found.items()} == seen
    assert {record: row["order"] for record, row in found.items()} == first
    assert {record for record, row in found.items() if row.get("gone")} == set(seen) - set(editions[-1])
