"""The invented dead are as the documentation says."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.demo.people import identity_number, others, period, the_dead


def test_all_die_within_the_event_and_after_their_birth_and_arrest() -> None:
    """Each of the dead was born, then arrested, then killed within the period."""
    first, last = period()
    for person in the_dead(1988, 500):
        assert person.born < person.arrested < person.died
        assert first <= person.died <= last
        assert 10 <= person.age <= 100


def test_there_are_namesakes_who_are_two_people() -> None:
    """Some people share a full name and are far apart in age: a matcher that goes by names alone must fail."""
    people = the_dead(1988, 2000)
    names = Counter((person.given, person.stem, person.suffix) for person in people)
    assert 50 < sum(count * (count - 1) // 2 for count in names.values()) < 200


def test_the_latent_groups_are_both_large() -> None:
    """Known people and others each make two fifths of the dead or more, else capture would hardly vary."""
    known = sum(person.known for person in the_dead(1988, 2000))
    assert 800 < known < 1200


@settings(max_examples=10)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_a_larger_demo_begins_with_the_smaller(seed: int, size: int) -> None:
    """Who is made does not depend on how many are made after."""
    assert the_dead(seed, size + 5)[:size] == the_dead(seed, size)


def test_others_are_never_the_dead() -> None:
    """People who are named although they are none of the dead have ids and names of their own making."""
    dead = {person.id for person in the_dead(1988, 50)}
    made = others(1988, 50, "L-")
    assert not dead & {person.id for person in made}
    assert made != others(1988, 50, "A-")


def test_an_identity_number_belongs_to_the_person() -> None:
    """A person has one identity number, whichever list gives it."""
    person = the_dead(1988, 1)[0]
    assert identity_number(person) == identity_number(person)
    assert identity_number(person).startswith("SPN-77-")
