"""The demo's chance: the same on every machine, and honest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cenotaph.demo.dice import Dice


def test_first_draws_of_a_stream_are_pinned() -> None:
    """A stream gives the very numbers it gave when the demo was made, whatever the machine or Python."""
    dice = Dice(1988, "pinned")
    assert [dice.bits() for _ in range(2)] == [16690495315555918052, 2416280424808261324]


def test_streams_of_other_names_are_others() -> None:
    """Two streams of one seed share no draws."""
    left, right = Dice(1, "a"), Dice(1, "b")
    assert not {left.bits() for _ in range(50)} & {right.bits() for _ in range(50)}


@given(st.integers(), st.integers(-50, 50), st.integers(0, 100))
def test_between_keeps_its_bounds(seed: int, low: int, span: int) -> None:
    """A number drawn between two bounds is within them."""
    assert low <= Dice(seed).between(low, low + span) <= low + span


@given(st.integers(), st.lists(st.integers()))
def test_shuffling_loses_nothing(seed: int, things: list[int]) -> None:
    """A shuffled list holds what the list held."""
    assert sorted(Dice(seed).shuffled(things)) == sorted(things)


def test_chance_comes_out_as_often_as_its_rate() -> None:
    """A rate of 30 % says yes in 30 % of many draws, within four standard errors."""
    dice = Dice(7)
    assert abs(sum(dice.chance(0.3) for _ in range(20_000)) - 6000) < 4 * 65


def test_weights_decide_how_often_a_thing_is_picked() -> None:
    """A thing of no weight is never picked, one of thrice the weight three times as often."""
    dice = Dice(8)
    picks = [dice.weighed(("a", "b", "c"), (1, 0, 3)) for _ in range(4000)]
    assert picks.count("b") == 0
    assert abs(picks.count("c") - 3000) < 4 * 28
