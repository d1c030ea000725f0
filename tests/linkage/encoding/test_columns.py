"""Properties ready to be compared."""

from __future__ import annotations

import numpy as np
import pytest

from cenotaph.linkage.candidates.atoms import of_columns
from cenotaph.linkage.comparison import levels
from cenotaph.linkage.comparison.compare import compare
from cenotaph.linkage.encoding.columns import (
    DateColumn,
    date_column,
    father_column,
    identity_column,
    name_column,
    place_column,
)
from cenotaph.linkage.encoding.encode import Coded


def dates_of(*texts: str) -> DateColumn:
    """Return the column of a list that writes the year first."""
    codes = np.arange(len(texts), dtype=np.int32).reshape(-1, 1)
    coded = Coded("birth.date", codes, texts, np.zeros(len(texts), np.int32))
    return date_column(coded, ((None, "ymd", None),))


def level(one: str, other: str) -> int:
    """Return the level at which two dates agree."""
    column = dates_of(one, other)
    a, b = np.array([0], dtype=np.int32), np.array([1], dtype=np.int32)
    return int(levels.dates(a, b, column.low, column.high, column.parts)[0])


@pytest.mark.parametrize("slip", ["1967-13-10", "1967-19-10", "1967-11-90"])
def test_a_day_that_cannot_be_is_one_slip_from_the_day_that_was_meant(slip: str) -> None:
    """A month of 13 or a day of 90 is compared digit by digit, like any other slip of one digit."""
    assert level(slip, "1967-11-10") == level("1967-12-10", "1967-11-10") == 3


@pytest.mark.parametrize("swapped", ["1976-12-24", "1967-21-24", "1967-12-42"])
def test_two_swapped_digits_of_a_date_are_one_slip(swapped: str) -> None:
    """Two neighbouring digits of one part in the other order count as one digit, wherever in the date they stand."""
    assert level(swapped, "1967-12-24") == 3


def test_swapped_digits_beside_another_wrong_digit_are_two_slips() -> None:
    """1976 for 1967 and another day of the month is more than one slip: the dates are apart."""
    assert level("1976-12-25", "1967-12-24") == 8


def test_a_day_that_cannot_be_still_states_its_year() -> None:
    """An unreadable month leaves an interval of the whole year, so the record can be found by it."""
    column = dates_of("1973-19-14")
    assert (column.codes >= 0).all()
    assert int(column.high[0] - column.low[0]) == 364


def test_a_month_of_zero_is_unknown_and_no_slip() -> None:
    """1967-00-10 overlaps 1967 as a year does; it is not one digit away from October."""
    assert level("1967-00-10", "1967-10-10") == level("1967", "1967-10-10")


def test_spellings_of_one_identity_number_are_one_value() -> None:
    """Scripts and separators make no second number; a placeholder is missing, and the number alone finds the record."""
    texts = ("0012345679", "۰۰۱-۲۳۴۵۶۷-۹", "0000000000")
    coded = Coded("identity.number", np.arange(3, dtype=np.int32).reshape(-1, 1), texts, np.zeros(3, np.int32))
    column = identity_column(coded)
    assert column.codes[:, 0].tolist() == [0, 0, -1]
    atoms = of_columns([column], 3)
    assert np.diff(atoms.offsets).tolist() == [1, 1, 0]


def test_a_slip_in_an_identity_number_is_a_level_of_its_own() -> None:
    """The same, a slip, another number and a number of another document are the levels 1 to 4."""
    texts = ("کد ملی 0012345679", "0012345679", "0019345679", "4123567890", "ش.ش ۱۲")
    coded = Coded("identity.number", np.arange(5, dtype=np.int32).reshape(-1, 1), texts, np.zeros(5, np.int32))
    first = np.zeros(4, dtype=np.int32)
    found = compare([identity_column(coded)], first, np.arange(1, 5, dtype=np.int32))
    assert found.levels[:, 0].tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("slip", "expected"),
    [("Fizcher", 5), ("Fiscer", 5), ("Fischter", 5), ("Ficsher", 5), ("Hubert", 8)],
)
def test_a_name_one_letter_off_is_a_slip_whatever_it_sounds_like(slip: str, expected: int) -> None:
    """A letter changed, left out, put in or swapped leaves a name at the level of slips or better, other names not."""
    names = Coded("name.family", np.arange(2, dtype=np.int32).reshape(-1, 1), ("Fischer", slip), np.zeros(2, np.int32))
    one = np.zeros(1, dtype=np.int32)
    found = int(compare([name_column(names)], one, one + 1).levels[0, 0])
    assert found == 8 if expected == 8 else found <= expected


def test_a_slip_in_a_short_name_tells_less_than_one_in_a_long_name() -> None:
    """Of three or four letters one is more: such a name is a level below a longer one with a slip."""
    texts = ("Fucjsen", "Fuchsen", "Uwbe", "Uwe")
    names = Coded("name.family", np.arange(4, dtype=np.int32).reshape(-1, 1), texts, np.zeros(4, np.int32))
    found = compare([name_column(names)], np.array([0, 2], np.int32), np.array([1, 3], np.int32)).levels[:, 0]
    assert found[0] < found[1] < 8


def test_a_father_is_compared_without_the_words_that_lead_to_him() -> None:
    """*Son of Ali* is Ali; Ali Namdar is a mention of Ali, one level lower; Karim is another man."""
    texts = ("فرزند علی", "Ali", "Ali Namdar", "s/o Karim")
    coded = Coded("name.father", np.arange(4, dtype=np.int32).reshape(-1, 1), texts, np.zeros(4, np.int32))
    found = compare([father_column(coded)], np.zeros(3, dtype=np.int32), np.arange(1, 4, dtype=np.int32))
    assert found.levels[:, 0].tolist() == [1, 2, 8]


def names_apart(one: str, other: str) -> tuple[int, float]:
    """Return the level of two names, and the bits of the agreement."""
    coded = Coded("name", np.arange(2, dtype=np.int32).reshape(-1, 1), (one, other), np.zeros(2, np.int32))
    found = compare([name_column(coded)], np.zeros(1, np.int32), np.ones(1, np.int32))
    return int(found.levels[0, 0]), float(found.bits[0, 0])


def test_two_of_one_clan_are_not_one_name() -> None:
    """A clan in brackets may stand for the family name of one of two records, and not for that of both."""
    assert names_apart("Dorvan Akkarov (Zelmani)", "Dorvan Zelmani")[0] == 1
    assert names_apart("Dorvan Akkarov (Zelmani)", "Dorvan Akkarov")[0] == 1
    assert names_apart("Dorvan Akkarov (Zelmani)", "Dorvan Belshan (Zelmani)")[0] > 3


def test_a_second_name_in_brackets_still_joins_two_ways_to_say_a_name() -> None:
    """Of two records that give both given names, each with the other in brackets, the name is one."""
    assert names_apart("Mirell (Sanno) Cordova", "Sanno (Mirell) Cordova")[0] == 1


def test_what_stands_in_brackets_adds_nothing_to_what_a_name_tells() -> None:
    """A name with its clan tells as many bits as the name alone."""
    with_clan = names_apart("Dorvan Akkarov (Zelmani)", "Dorvan Akkarov [Zelmani]")[1]
    assert with_clan == names_apart("Dorvan Akkarov", "Dorvan  Akkarov")[1] > 0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Tirkoushk, Kahravand", "تیرکوشک, کهراوند", 2),  # alike, in one region
        ("Sourgozar, Kahravand", "تیرکوشک, کهراوند", 5),  # elsewhere in one region
        (", Kahravand", "تیرکوشک, کهراوند", 4),  # only the region is said
        ("Tirkoushk, Badistaneh", "تیرکوشک, کهراوند", 6),  # another region, whatever the town is called
    ],
)
def test_a_region_is_the_same_in_any_script(one: str, other: str, expected: int) -> None:
    """Places that no gazetteer knows lie in one region when its names are one in two scripts, and not otherwise."""
    coded = Coded("death.place", np.arange(2, dtype=np.int32).reshape(-1, 1), (one, other), np.zeros(2, np.int32))
    found = compare([place_column(coded)], np.zeros(1, np.int32), np.ones(1, np.int32))
    assert found.levels[0, 0] == expected
