"""The overlap table: what counts as one list, and that order and names change nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.errors import InputError
from cenotaph.estimation.panel import incidence, independent, tabulate
from cenotaph.model import ListFacts, Panel

cells = st.lists(
    st.tuples(st.lists(st.integers(0, 1), min_size=4, max_size=4), st.integers(0, 40)), min_size=1, max_size=15
)


def _panel(*lists: ListFacts) -> Panel:
    patterns = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1]], np.uint8)[
        :, : len(lists)
    ]
    return Panel(lists=lists, patterns=patterns, counts=np.array([5, 4, 3, 2, 1], np.int64))


@given(cells, st.permutations(range(4)))
def test_order_and_names_change_nothing(rows: list[tuple[list[int], int]], order: list[int]) -> None:
    """A table's digest is the same whatever the order of its lists and rows and whatever the lists are called."""
    patterns, counts = np.array([row for row, _ in rows]), np.array([count for _, count in rows])
    turn = np.random.default_rng(len(rows)).permutation(len(rows))
    first = tabulate("abcd", patterns, counts)
    second = tabulate("wxyz", patterns[turn][:, order], counts[turn])
    assert first.sha256 == second.sha256
    assert np.array_equal(first.patterns, second.patterns)


@given(cells)
def test_people_are_neither_lost_nor_doubled(rows: list[tuple[list[int], int]]) -> None:
    """The table holds exactly the people who are on a list."""
    table = tabulate("abcd", [row for row, _ in rows], [count for _, count in rows])
    assert table.people == sum(count for row, count in rows if any(row))
    assert int(table.by_lists.sum()) == table.people


def test_an_incidence_matrix_gives_the_same_table_as_its_cells() -> None:
    """One row a person and one row a pattern say the same."""
    people = [[1, 0], [1, 0], [1, 1], [0, 0]]
    assert incidence(["a", "b"], people).sha256 == tabulate(["a", "b"], [[1, 0], [1, 1]], [2, 1]).sha256


def test_a_list_that_copied_another_counts_with_it_as_one() -> None:
    """Merging keeps everybody and says which lists were merged."""
    found = independent(_panel(ListFacts(name="a"), ListFacts(name="b"), ListFacts(name="c", derived_from=("a",))))
    assert found.merged == (("a", "c"),)
    assert sorted(found.table.names) == ["a+c", "b"]
    assert found.table.people == 14


def test_two_copies_of_an_origin_outside_the_case_count_as_one() -> None:
    """Lists that share a source nobody holds are one list too."""
    found = independent(
        _panel(
            ListFacts(name="a", derived_from=("radio",)),
            ListFacts(name="b"),
            ListFacts(name="c", derived_from=("radio",)),
        )
    )
    assert found.merged == (("a", "c"),)


def test_citations_are_dropped_with_their_compiler() -> None:
    """A compiler's note that an earlier list named somebody is no list."""
    found = independent(_panel(ListFacts(name="a"), ListFacts(name="b", citation_of="a"), ListFacts(name="c")))
    assert found.dropped == (("b", "a"),)
    assert sorted(found.table.names) == ["a", "c"]


@pytest.mark.parametrize(
    ("patterns", "counts", "words"),
    [
        ([[2, 0]], [1], "something else than 0 and 1"),
        ([[1, 0]], [-1], "negative"),
        ([[1, 0]], [1, 2], "1 patterns but 2"),
    ],
)
def test_tables_that_mean_nothing_are_refused(patterns: list[list[int]], counts: list[int], words: str) -> None:
    """A wrong pattern or count says what is wrong."""
    with pytest.raises(InputError, match=words):
        tabulate(["a", "b"], patterns, counts)
