"""What the number of errors of a pair tells, beyond each of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.linkage.weights.slips import errors_of, learned

KINDS = ("code", "code")
SHARES = (np.array([0.0, 0.8, 0.2]), np.array([0.0, 0.6, 0.4]))
BY_CHANCE = np.array([0.48, 0.44, 0.08])  # none, one or two errors of two properties
MANY = 100_000.0


def found(shares: np.ndarray, pairs: float = MANY) -> np.ndarray:
    """Learn from pairs that state both properties; return what none, one and two errors tell."""
    erring, stated = np.zeros((3, 3)), np.zeros(4)
    erring[2], stated[3] = pairs * shares, pairs
    return learned(KINDS, SHARES, erring, stated)[2]


def test_errors_as_by_chance_tell_nothing() -> None:
    """Where the errors of two properties know nothing of each other, no number of them adds or takes away."""
    assert found(BY_CHANCE) == pytest.approx(0.0, abs=1e-9)


def test_where_no_two_errors_meet_a_second_one_speaks_against_a_person() -> None:
    """Lists copied with care: one error tells more than it does alone, two at once speak against one person."""
    none, one, two = found(np.array([0.4, 0.6, 0.0]))
    assert none == pytest.approx(np.log2(0.4 / 0.48), abs=0.01)
    assert one == pytest.approx(np.log2(0.6 / 0.44), abs=0.01)
    assert two < -5


def test_many_errors_at_once_never_speak_for_one_person() -> None:
    """Where errors come together one alone is rarer than by chance; two tell no more than each: so do relatives err."""
    none, one, two = found(np.array([0.6, 0.2, 0.2]))
    assert none > 0 > one
    assert two == 0.0


@given(st.floats(0.0, 10.0))
def test_a_handful_of_pairs_teaches_little(pairs: float) -> None:
    """Up to ten pairs move what is believed of a number of errors by less than a bit."""
    assert np.abs(found(np.array([0.4, 0.6, 0.0]), pairs)).max() < 1.0


def test_properties_that_a_pair_does_not_state_are_no_chance_to_err() -> None:
    """A pair that states the first property alone is compared with how often that one errs."""
    erring, stated = np.zeros((3, 3)), np.zeros(4)
    erring[1], stated[1] = (0.8 * MANY, 0.2 * MANY, 0.0), MANY
    assert learned(KINDS, SHARES, erring, stated) == pytest.approx(0.0, abs=1e-9)


def test_what_is_vague_is_no_error() -> None:
    """A year that holds the day, a band that holds the age and a region that holds the town are no errors."""
    date, age, place = errors_of(("date", "age", "place"))
    assert [bool(each) for each in (date[9], date[10], age[7], place[4])] == [False] * 4
    assert [bool(each) for each in (date[4], age[3], place[6])] == [True] * 3
