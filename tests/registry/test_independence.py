"""Copies never count beside their originals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cenotaph.model import ListFacts
from cenotaph.registry.independence import Independence

LISTS = {
    name: ListFacts(name=name, derived_from=parents)
    for name, parents in {
        "committee": (),
        "families": (),
        "copy": ("committee",),
        "copy_of_copy": ("copy",),
        "site_a": ("lost_book",),
        "site_b": ("lost_book",),
        "compiler": ("committee", "families"),
    }.items()
}


def count(*names: str) -> int:
    return Independence(LISTS).count(names)


def test_two_lists_of_their_own_count_twice():
    """Two lists that derive from nothing are two sources."""
    assert count("committee", "families") == 2


def test_copy_adds_nothing():
    """A copy, and a copy of the copy, add nothing to their original."""
    assert count("committee", "copy", "copy_of_copy") == 1


def test_copy_of_copy_without_the_middle():
    """A copy of a copy counts with the first original even where the list between is silent."""
    assert count("committee", "copy_of_copy") == 1


def test_two_copies_of_a_lost_book():
    """Two copies of a list nobody has are one source."""
    assert count("site_a", "site_b") == 1


def test_compiler_adds_nothing_to_what_it_compiled():
    """A compilation adds nothing to the lists it was made from and does not join them into one."""
    assert count("compiler", "committee", "families") == 2


@given(st.lists(st.sampled_from(sorted(LISTS)), min_size=1))
def test_more_lists_never_mean_fewer_sources_than_one(names):
    """Any naming counts at least once, never more than its distinct lists, and in no order."""
    found = count(*names)

    assert 1 <= found <= len(set(names))
    assert found == count(*reversed(names))
