"""Those without a name: apart by default; linked, where a case asks for it, on a day, place and age of theirs alone."""

from __future__ import annotations

from collections.abc import Mapping

from tests.linkage.world import crowd, facts, table, together

from cenotaph.linkage import Links, LinkSettings, link

NOBODY = {"name": "Name withheld", "death.date": "1985-05-05", "death.place": "Eskar", "sex": "male"}
LISTS = facts("a", "b", "c", unique=True)


def rows_of(**records: str | None) -> list[Mapping[str, str | None]]:
    """Return a crowd and nameless records: of ``b_x="33"`` the record is b:x and the age 33."""
    nameless = [
        {"record": name.replace("_", ":"), "list": name[0], **NOBODY, "age": age} for name, age in records.items()
    ]
    return [*crowd(), *nameless]


def linked(rows: list[Mapping[str, str | None]], *, unnamed: bool = True) -> Links:
    """Link, by a unique event where that is asked for."""
    return link(table(rows), LISTS, settings=LinkSettings(link_unnamed=unnamed))


def test_by_default_nobody_without_a_name_is_linked() -> None:
    """A day, a place and an age that only two records have join them only where the case asks for it."""
    rows = rows_of(a_x="33", b_x="33")
    assert not together(linked(rows, unnamed=False), rows, "a:x", "b:x")
    assert together(linked(rows), rows, "a:x", "b:x")


def test_three_lists_may_know_of_one_person_without_a_name() -> None:
    """What is unique is so on each list: a record on a third list takes nothing away."""
    rows = rows_of(a_x="33", b_x="33", c_x="33")
    links = linked(rows)
    assert together(links, rows, "a:x", "b:x")
    assert together(links, rows, "b:x", "c:x")


def test_a_band_that_holds_the_age_agrees_and_another_age_does_not() -> None:
    """From thirty to forty holds 33; 35 is another person, however unique the day and the place."""
    rows = rows_of(a_x="33", b_x="30-40")
    assert together(linked(rows), rows, "a:x", "b:x")
    rows = rows_of(a_x="33", b_x="35")
    assert not together(linked(rows), rows, "a:x", "b:x")


def test_a_second_one_on_a_list_who_could_be_meant_keeps_all_apart() -> None:
    """Two of one day, place and age on a list, or one of an age not said: nobody knows which of them is meant."""
    for age in ("33", None):
        rows = rows_of(a_x="33", b_x="33", b_y=age)
        links = linked(rows)
        assert not together(links, rows, "a:x", "b:x")
        assert not together(links, rows, "a:x", "b:y")


def test_without_an_age_a_day_and_a_place_are_not_enough() -> None:
    """Two who share day and place, and say no age, stay two."""
    rows = rows_of(a_x=None, b_x=None)
    assert not together(linked(rows), rows, "a:x", "b:x")
