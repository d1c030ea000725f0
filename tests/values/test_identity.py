"""Identity numbers: one number in any script, its check digit, its place of issue, and slips of the pen."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.values.identity import (
    Agreement,
    compare_identities,
    has_right_check_digit,
    identity,
    identity_levels,
    prepare_identities,
)


def code(nine: str) -> str:
    """Make an Iranian national code of nine digits: the last is worked out here by trying all ten."""
    right = [f"{nine}{last}" for last in range(10) if has_right_check_digit(f"{nine}{last}")]
    assert len(right) == 1
    return right[0]


nine_digits = st.from_regex(r"[0-9]{9}", fullmatch=True).filter(lambda text: len(set(text)) > 1)
numbers = st.one_of(nine_digits.map(code), st.from_regex(r"[A-Z]?[0-9]{1,12}", fullmatch=True), st.text(max_size=30))


def test_the_check_digit_is_that_of_a_published_example() -> None:
    """0499370899, the usual worked example of an Iranian national code, is right; its neighbour is not."""
    assert has_right_check_digit("0499370899")
    assert not has_right_check_digit("0499370898")


@pytest.mark.parametrize(
    "text",
    [
        "0012345679",
        "۰۰۱۲۳۴۵۶۷۹",
        "٠٠١٢٣٤٥٦٧٩",
        "001-234567-9",
        "001 234567 9",
        "کد ملی: ۰۰۱۲۳۴۵۶۷۹",
        "ID No. 0012345679",
    ],
)
def test_one_number_in_any_script_and_with_any_separators(text: str) -> None:
    """Scripts, separators and labels leave the same ten digits with a right check digit."""
    found = identity(text)
    assert (found.number, found.check, found.flags) == ("0012345679", "right", ())


def test_the_place_of_issue_stands_apart() -> None:
    """A certificate issued in Qom: the number, the document and the place, which two letters do not make a series."""
    found = identity("ش.ش ۱۲۳ صادره از قم")
    assert (found.number, found.document, found.issued_in) == ("123", "certificate", "قم")
    assert identity("4521 Shiraz").issued_in == "shiraz"
    assert identity("passport A 1234567").number == "A1234567"


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("0", "placeholder"), ("0000000000", "placeholder"), ("9999999999", "placeholder"), ("1.23E+09", "rounded"),
        ("1234567 / 7654321", "several numbers"), ("شیراز", "unreadable"), ("1" * 200, "unreadable"),
    ],
)  # fmt: skip
def test_what_says_nothing_is_no_number(text: str, flag: str) -> None:
    """Zeros, one digit over and over, rounded numbers and two numbers in a cell are flagged and match nothing."""
    assert (identity(text).number, identity(text).flags) == ("", (flag,))
    assert compare_identities(text, text).agreement is Agreement.UNKNOWN


@pytest.mark.parametrize(
    ("text", "flags"),
    [("کد ملی 0012345678", ("check digit",)), ("کد ملی 12345", ("length",)), ("کد ملی 12345679", ("zeros lost",))],
)
def test_a_number_called_a_national_code_is_checked(text: str, flags: tuple[str, ...]) -> None:
    """Length and check digit are reported where a word says what the number is; the rest is nobody's business."""
    assert identity(text).flags == flags
    assert identity("0012345678").flags == ()


@pytest.mark.parametrize(
    ("a", "b", "agreement"),
    [
        ("0012345679", "۱۲۳۴۵۶۷۹", Agreement.SAME),
        ("123456789.0", "123456789", Agreement.SAME),
        ("0012345679", "0019345679", Agreement.SLIP),
        ("4123567", "4132567", Agreement.SLIP),
        ("4123567", "412567", Agreement.SLIP),
        ("123", "124", Agreement.DIFFERENT),
        ("4123567", "4153267", Agreement.DIFFERENT),
        ("0012345679", "123", Agreement.OTHER_DOCUMENT),
        ("passport 4123567", "ش.ش ۴۱۲۳۵۶۷", Agreement.OTHER_DOCUMENT),
        ("", "0012345679", Agreement.UNKNOWN),
    ],
)
def test_levels(a: str, b: str, agreement: Agreement) -> None:
    """Same, one slip, different, of another document, nothing to compare: and the same both ways round."""
    assert compare_identities(a, b).agreement is agreement
    assert compare_identities(b, a).agreement is agreement


@given(nine_digits, st.integers(0, 8), st.integers(1, 9))
def test_two_right_codes_are_never_a_slip_apart(nine: str, at: int, step: int) -> None:
    """One digit and both check digits right: two people. One digit and the old check digit: a slip."""
    other = nine[:at] + str((int(nine[at]) + step) % 10) + nine[at + 1 :]
    if len(set(other)) > 1:
        assert compare_identities(code(nine), code(other)).agreement is Agreement.DIFFERENT
    slipped = other + code(nine)[-1]
    if len(set(slipped)) > 1 and not has_right_check_digit(slipped):
        assert compare_identities(code(nine), slipped).agreement is Agreement.SLIP


@given(numbers, numbers)
def test_comparing_is_symmetric_and_explains_itself(a: str, b: str) -> None:
    """No text raises, order changes nothing, and there is always a reason in words."""
    found = compare_identities(a, b)
    assert found.agreement is compare_identities(b, a).agreement
    assert found.words


@given(st.lists(numbers, min_size=2, max_size=8))
def test_many_at_once_is_as_one_by_one(texts: list[str]) -> None:
    """The vectorised form gives each pair the level it has alone."""
    table = prepare_identities(texts)
    left, right = np.arange(len(texts) - 1), np.arange(1, len(texts))
    expected = [compare_identities(a, b).agreement for a, b in pairwise(texts)]
    assert identity_levels(table, left.astype(np.int32), right.astype(np.int32)).tolist() == expected
