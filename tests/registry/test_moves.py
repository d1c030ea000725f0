"""What moved between two registers."""

from __future__ import annotations

from typing import Any

from tests.registry.town import town

from cenotaph.registry import Register, moves, tally

ROWS = [
    {"list": "committee", "name": "A"},
    {"list": "families", "name": "A"},
    {"list": "committee", "name": "B"},
    {"list": "committee", "name": "C", "source.document": "file 7"},
    {"list": "families", "name": "C"},
]
STRICT = """
[[criteria.status]]
name = "corroborated"
independent = 3
title = "Corroborated"
text = "Three."
[[criteria.status]]
name = "reported"
title = "Reported"
text = "Named."
"""


def register(
    rows: list[dict[str, Any]] = ROWS, clusters: tuple[int, ...] = (0, 0, 1, 2, 2), toml: str = ""
) -> Register:
    return town(rows, list(clusters), toml=toml)


def test_a_stricter_rule_moves_those_it_no_longer_holds_of() -> None:
    """Asking for three independent lists moves everybody whom two named, and nobody else."""
    moved = moves(register().table, register(toml=STRICT).table)
    assert moved.to_pylist() == [
        {"person": "committee:0", "before": "corroborated", "after": "reported"},
        {"person": "committee:3", "before": "attested", "after": "reported"},
    ]


def test_nothing_moves_between_equal_registers() -> None:
    """A register against itself has no moves."""
    assert moves(register().table, register().table).num_rows == 0


def test_joined_and_split_persons_are_gone_and_new() -> None:
    """A link joins the second person to the first: one is gone, the other moves by what it gained."""
    joined = register(clusters=(0, 0, 0, 2, 2))
    assert tally(moves(register().table, joined.table)) == [{"before": "reported", "after": "gone", "persons": 1}]
    assert tally(moves(joined.table, register().table)) == [{"before": "new", "after": "reported", "persons": 1}]


def test_kinds_of_moves_are_counted_the_most_frequent_first() -> None:
    """Two persons move one way and one another."""
    rows = [{"list": "committee", "name": name} for name in "ABC"] + [
        {"list": "families", "name": name} for name in "AB"
    ]
    apart = register(rows, (0, 1, 2, 3, 4))
    found = tally(moves(apart.table, register(rows, (0, 1, 2, 0, 1)).table))
    assert found == [
        {"before": "reported", "after": "corroborated", "persons": 2},
        {"before": "reported", "after": "gone", "persons": 2},
    ]


def test_standing_of_the_left_out_is_why() -> None:
    """Somebody whose death a source now states moves from the reason they were left out to a status."""
    lists = {"committee": {"states": None}}
    rows = [{"list": "committee", "name": "A"}]
    before = town(rows, [0], lists=lists)
    after = town([{**rows[0], "death.date": "1988"}], [0], lists=lists)
    assert tally(moves(before.table, after.table)) == [{"before": "no-death-stated", "after": "reported", "persons": 1}]
