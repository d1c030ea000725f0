"""Exposure: acts at the place of a post, as far as places and days allow."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registry.making import around, row
from tests.registry.town import town

from cenotaph.model import BY_RULE, Choice

SITES = (
    row("sites", 1, site="hill", name="Hill Prison", kind="prison", place="Nowhereton"),
    row("sites", 2, site="valley", name="Valley Prison", kind="prison", place="Nowhereton"),
)
W = row("actors", actor="w", name="Person W", kind="person")
DIRECTOR = row("posts", actor="w", post="Director", site="hill", since="1988-01-01", until="1988-12-31")
GOVERNOR = row("posts", 2, actor="w", post="Governor", place="Nowhereton", since="1988-01-01", until="1988-12-31")


def dead(**claims: str) -> dict[str, str]:
    return {"list": "committee", "name": "A", **{key.replace("_", "."): text for key, text in claims.items()}}


def counts(
    rows: list[dict[str, str]], *posts: object, clusters: list[int] | None = None, **more: object
) -> list[object]:
    register = town(rows, clusters or list(range(len(rows))), **more)
    return [each.counts() for each in around(register, *SITES, W, *posts).exposures()]


def one(certain: int = 0, possible: int = 0, no: int = 0, *, act: str = "death") -> dict[str, dict[str, int]]:
    return {act: {"certain": certain, "possible": possible, "no": no}}


def test_an_act_is_certain_possible_or_outside() -> None:
    """A day within both ends is certain, a year that reaches beyond them possible, a day before them outside."""
    rows = [
        dead(death_site="Hill Prison", death_date="1988-08-02"),
        dead(death_site="Hill Prison", death_date="1988"),
        dead(death_site="Hill Prison", death_date="after 1988-06-01"),
        dead(death_site="Hill Prison"),
        dead(death_site="Hill Prison", death_date="1987-12-31"),
        dead(death_site="Valley Prison", death_date="1988-08-02"),
    ]
    assert counts(rows, DIRECTOR) == [one(certain=2, possible=2, no=1)]


def test_who_says_only_the_town_puts_nobody_into_its_prison() -> None:
    """A record that names the town alone neither counts for a prison in it nor contradicts one that names it."""
    town_only = dead(death_place="Nowhereton", death_date="1988-08-02")
    prison = dead(death_site="Hill Prison", death_date="1988-08-02")
    assert counts([town_only], DIRECTOR) == [{}]
    assert counts([town_only, prison], DIRECTOR, clusters=[0, 0]) == [one(certain=1)]


def test_a_post_over_a_town_is_over_its_prisons() -> None:
    """An act in a prison of a town, or in the town, is at the place of a post over the town."""
    rows = [
        dead(death_site="Hill Prison", death_date="1988-08-02"),
        dead(death_place="Nowhereton", death_date="1988-08-02"),
        dead(death_place="Elsewhere", death_date="1988-08-02"),
    ]
    assert counts(rows, GOVERNOR) == [one(certain=2)]


def test_sources_that_disagree_about_the_place_make_it_possible() -> None:
    """Two prisons according to two sources, or words in doubt, leave the act possible at each of them."""
    rows = [
        dead(death_site="Hill Prison", death_date="1988-08-02"),
        {**dead(death_site="Valley Prison", death_date="1988-08-02"), "list": "families"},
    ]
    valley = row("posts", 3, actor="w", post="Director", site="valley", since="1988-01-01", until="1988-12-31")
    assert counts(rows, DIRECTOR, valley, clusters=[0, 0]) == [one(possible=1), one(possible=1)]
    assert counts([dead(death_site="perhaps Hill Prison", death_date="1988-08-02")], DIRECTOR) == [one(possible=1)]


def test_a_reviewers_choice_settles_place_and_day() -> None:
    """What a reviewer chose counts alone."""
    rows = [
        dead(death_site="Hill Prison", death_date="1988-08-02"),
        {**dead(death_site="Valley Prison", death_date="1990-01-01"), "list": "families"},
    ]
    chosen = [
        Choice(record="committee:0", property=key, chosen="committee:0", reviewer="r1", sequence=at)
        for at, key in enumerate(("death.site", "death.date"))
    ]
    assert counts(rows, DIRECTOR, clusters=[0, 0], choices=tuple(chosen)) == [one(certain=1)]


@pytest.mark.parametrize("chosen", [BY_RULE, "committee:99"])
def test_a_choice_that_was_taken_back_settles_nothing(chosen: str) -> None:
    """A choice that was taken back, or that names a record of somebody else, leaves both sources standing."""
    rows = [
        dead(death_site="Hill Prison", death_date="1988-08-02"),
        {**dead(death_site="Valley Prison", death_date="1988-08-02"), "list": "families"},
    ]
    choice = Choice(record="committee:0", property="death.site", chosen=chosen, reviewer="r1", sequence=3)
    assert counts(rows, DIRECTOR, clusters=[0, 0], choices=(choice,)) == [one(possible=1)]


def test_a_detention_needs_one_common_day() -> None:
    """Somebody held beyond both ends of a post was certainly held in its time; a detention without end, possibly."""
    held = dead(detention_place="Hill Prison", detention_date="1987-05-01", detention_end="1989-05-01")
    assert counts([held], DIRECTOR) == [one(certain=1, act="detention")]
    del held["detention.end"]
    assert counts([held], DIRECTOR) == [one(possible=1, act="detention")]


def test_only_included_and_kept_persons_and_open_properties_count() -> None:
    """Persons outside the register, persons not kept, and closed properties are not counted."""
    rows = [dead(death_site="Hill Prison", death_date=day) for day in ("1988-08-02", "1988-08-03", "1999-01-01")]
    register = town(rows, [0, 1, 2], toml='period = "1988/1989"\n')
    found = around(register, *SITES, W, DIRECTOR)
    assert found.exposures()[0].counts() == one(certain=2)
    assert found.exposures(keeps=lambda person: person == 0)[0].counts() == one(certain=1)
    assert found.exposures(opens=lambda key: key != "death.site")[0].counts() == {}
    assert found.exposures(opens=lambda key: key != "death.date")[0].counts() == one(possible=2)


DAYS = ["1987", "1988-08-02", "1988", "1988-12", "1989-02-01", "before 1989-06-01", ""]
PLACES = ["Hill Prison", "perhaps Hill Prison", "Valley Prison", "Nowhereton"]


@given(st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(PLACES)), max_size=6), st.integers(0, 99))
def test_counts_grow_with_persons_and_forget_their_order(said: list[tuple[str, str]], seed: int) -> None:
    """One more person lowers no count, and the order of persons changes none."""
    rows = [dead(death_site=place, **({"death_date": day} if day else {})) for day, place in said]
    more = [*rows, dead(death_site="Hill Prison", death_date="1988-08-02")]
    (before,), (after,) = counts(rows or [dead()], DIRECTOR), counts(more, DIRECTOR)
    shuffled = random.Random(seed).sample(more, len(more))
    assert counts(shuffled, DIRECTOR) == [after]
    for word in ("certain", "possible", "no"):
        grown = after["death"][word] - before.get("death", {}).get(word, 0)
        assert grown == (1 if word == "certain" else 0)
