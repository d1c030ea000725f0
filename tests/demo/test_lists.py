"""The lists are as the documentation says: overlapping, copied, re-edited, and known."""

from __future__ import annotations

from collections import Counter

import pytest

from cenotaph.demo import lists
from cenotaph.demo.lists import CEMETERY, DOCKET, FAMILIES, PRISONERS, VOICE, WATCH, Sheet
from cenotaph.demo.people import Person, the_dead
from cenotaph.demo.sheets import all_sheets

SEED, SIZE = 1988, 2000


@pytest.fixture(scope="module")
def made() -> tuple[list[Person], dict[str, Sheet]]:
    """Return the dead and the lists by file name."""
    people, sheets = all_sheets(SEED, SIZE)
    return people, {sheet.file: sheet for sheet in sheets}


def test_about_three_quarters_of_the_dead_are_listed(made: tuple[list[Person], dict[str, Sheet]]) -> None:
    """Between 1,300 and 1,550 of 2,000 stand on a list: enough to estimate from, not enough to be done."""
    people, sheets = made
    listed = {person for sheet in sheets.values() for _, person in sheet.truth} & {person.id for person in people}
    assert 1300 < len(listed) < 1550


@pytest.mark.parametrize("name", sorted(lists.CAPTURE))
def test_capture_comes_at_the_rates_of_the_two_groups(name: str) -> None:
    """Each list finds known people and others at its documented rates, within four standard errors."""
    people = the_dead(SEED, SIZE)
    found = Counter(person.known for person in lists.captured(people, name, SEED))
    all_of = Counter(person.known for person in people)
    for known, rate in zip((True, False), lists.CAPTURE[name], strict=True):
        error = (rate * (1 - rate) / all_of[known]) ** 0.5
        assert abs(found[known] / all_of[known] - rate) < 4 * error


def test_keys_are_unique_and_truth_names_each_row(made: tuple[list[Person], dict[str, Sheet]]) -> None:
    """Every row of every list has its own key, and a true person."""
    for sheet in made[1].values():
        assert len({key for key, _ in sheet.truth}) == len(sheet.truth) == len(sheet.rows)


def test_cleaned_lists_name_nobody_twice(made: tuple[list[Person], dict[str, Sheet]]) -> None:
    """Where cenotaph.toml says that a list is unique it is; where it says that it is not, somebody stands twice."""
    for sheet in made[1].values():
        twice = len(sheet.truth) - len({person for _, person in sheet.truth})
        assert (twice == 0) == (sheet.list in {PRISONERS, CEMETERY, DOCKET}), sheet.file


def test_the_copy_keeps_the_misspellings_of_the_first_edition(made: tuple[list[Person], dict[str, Sheet]]) -> None:
    """Nearly all names of the copying list are letter for letter those of the monitor's first edition."""
    originals = {str(row["name"]) for row in made[1]["watch-2019.csv"].rows}
    copies = [str(row["victim"]) for row in made[1]["voice.csv"].rows]
    assert sum(name in originals for name in copies) > 0.85 * len(copies)


def test_the_copy_is_flattened_to_the_first_of_january(made: tuple[list[Person], dict[str, Sheet]]) -> None:
    """Most dates of the copying list are a first of January that nobody said."""
    dates = [str(row["date"]) for row in made[1]["voice.csv"].rows if row["date"]]
    assert sum(date.endswith("-01-01") for date in dates) > 0.8 * len(dates)


def test_the_second_edition_has_new_changed_and_gone_rows(made: tuple[list[Person], dict[str, Sheet]]) -> None:
    """Between the monitor's editions rows are added, written anew and dropped, and most stay as they were."""
    first = {str(row["id"]): row for row in made[1]["watch-2019.csv"].rows}
    second = {str(row["id"]): row for row in made[1]["watch-2022.csv"].rows}
    changed = [key for key in first.keys() & second.keys() if first[key] != second[key]]
    assert len(second.keys() - first.keys()) > 50
    assert len(first.keys() - second.keys()) == 8
    assert 10 < len(changed) < 0.12 * len(first)


def test_some_are_not_stated_dead_and_some_died_at_another_time(made: tuple[list[Person], dict[str, Sheet]]) -> None:
    """Lists name people who are not of the event's dead: not stated dead, found alive, or out of the period."""
    people, sheets = made
    dead = {person.id for person in people}
    strangers = Counter(who[0] for sheet in sheets.values() for _, who in sheet.truth if who not in dead)
    assert strangers["L"] == 14
    assert strangers["A"] >= 8
    assert strangers["X"] >= 20
    fates = Counter(str(row["fate"]) for row in sheets["families.json"].rows)
    assert fates.total() - fates["killed"] == 14


def test_every_list_has_internal_columns_with_canaries(made: tuple[list[Person], dict[str, Sheet]]) -> None:
    """Each row of each list carries a marked internal value, so that a leak can be found."""
    for sheet in made[1].values():
        assert all(any(lists.CANARY in str(value) for value in row.values()) for row in sheet.rows), sheet.file


def test_two_groups_make_lists_depend_on_each_other(made: tuple[list[Person], dict[str, Sheet]]) -> None:
    """Similar lists overlap more than chance and unlike lists less: two lists alone would mislead."""
    people, sheets = made
    on = {sheet.list: {person for _, person in sheet.truth} for sheet in sheets.values() if sheet.list != VOICE}

    def excess(left: str, right: str) -> float:
        return len(on[left] & on[right]) * len(people) / (len(on[left]) * len(on[right]))

    assert excess(PRISONERS, WATCH) > 1.15
    assert excess(FAMILIES, CEMETERY) > 0.95
    assert excess(WATCH, FAMILIES) < 1.0
