from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.ledger.ids import ALPHABET, LENGTH, is_public_id, public_id

SECRET = bytes(range(32))
RECORDS = st.text(st.characters(codec="utf-8"), min_size=1)


@given(RECORDS)
def test_an_id_is_stable_and_well_formed(record: str) -> None:
    """The same secret and record always give the same id, without vowels and with a right check character."""
    found = public_id(SECRET, record)
    assert found == public_id(SECRET, record)
    assert is_public_id(found)
    assert len(found) == LENGTH + 1
    assert not set(found) & set("aeiouyl")


@given(RECORDS)
def test_another_secret_gives_another_id(record: str) -> None:
    """Who knows every record id but not the secret cannot find the page of a record."""
    assert public_id(SECRET, record) != public_id(bytes(32), record)


def test_ids_are_no_plain_digest_of_the_record() -> None:
    """No unkeyed digest of the record id gives the public id."""
    plain = hashlib.sha256(b"wapo:1").digest()
    assert public_id(SECRET, "wapo:1") not in {public_id(plain, "wapo:1"), plain.hex()[:13]}


def test_neighbouring_records_have_unlike_ids() -> None:
    """A hundred thousand consecutive records give as many ids, spread over the whole alphabet."""
    found = {public_id(SECRET, f"list:{number}") for number in range(100_000)}
    assert len(found) == 100_000
    assert {text[0] for text in found} == set(ALPHABET)


@given(RECORDS, st.integers(0, LENGTH), st.sampled_from(ALPHABET))
def test_one_mistyped_character_is_noticed(record: str, place: int, other: str) -> None:
    """Any single wrong character makes the check character wrong."""
    right = public_id(SECRET, record)
    wrong = right[:place] + other + right[place + 1 :]
    assert is_public_id(wrong) == (wrong == right)


@given(RECORDS, st.integers(0, LENGTH - 2))
def test_two_swapped_characters_are_noticed(record: str, place: int) -> None:
    """Swapping two unlike neighbours makes the check character wrong."""
    right = public_id(SECRET, record)
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert is_public_id(wrong) == (wrong == right)


@pytest.mark.parametrize("text", ["", "0", "097sdmcvsf32", "097sdmcvsf32f0", "O97sdmcvsf32f", "097SDMCVSF32F"])
def test_other_texts_are_no_ids(text: str) -> None:
    """Texts of another length or alphabet are told apart."""
    assert not is_public_id(text)


def test_a_known_id_never_changes() -> None:
    """Addresses that were printed must go on working: this id was made by the first version."""
    assert public_id(bytes(32), "list:1") == "097sdmcvsf32f"
