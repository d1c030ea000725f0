"""Hands differ, slips happen, and nothing else changes a name."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cenotaph.demo.dice import Dice
from cenotaph.demo.people import the_dead
from cenotaph.demo.spelling import Hand, full_name, orthography, slip

EXACT = {"variant": 0.0, "slip": 0.0, "drops_sayyid": 0.0, "shortens": 0.0}


@given(st.text(max_size=30), st.integers())
def test_a_slip_changes_at_most_one_letter_more_or_less(text: str, seed: int) -> None:
    """A slip of the pen leaves first and last letter and makes a name at most one letter longer or shorter."""
    slipped = slip(text, Dice(seed))
    assert abs(len(slipped) - len(text)) <= 1
    assert slipped[:1] == text[:1]


def test_a_sure_hand_writes_the_house_style() -> None:
    """Without variants and slips a person is spelled the same every time, in the script of the hand."""
    for person in the_dead(1988, 40):
        plain = {full_name(person, Hand("press", **EXACT), Dice(seed)) for seed in range(3) if not person.sayyid}
        assert len(plain) <= 1
        assert re.fullmatch(r"[A-Za-z -]+", full_name(person, Hand("scholar", **EXACT), Dice(1)))
        assert re.fullmatch(r"[\u0600-\u06ff\u200c ]+", full_name(person, Hand("fa", **EXACT), Dice(1)))


def test_other_keyboards_change_code_points_only() -> None:
    """Persian written on other keyboards reads the same: Arabic yeh and kaf, or another joiner."""
    hand = Hand("fa", variant=1.0)
    written = {orthography("کبودسار\u200cزاده‌ی", hand, Dice(seed)) for seed in range(30)}
    back = {text.replace("ي", "ی").replace("ك", "ک").replace("\u200c", "").replace(" ", "") for text in written}
    assert len(written) > 1
    assert back == {"کبودسارزادهی"}


def test_slips_come_at_the_rate_that_is_documented() -> None:
    """Of many names about the stated share has a slip: two words a name, half the rate each."""
    people = the_dead(3, 1500)
    rate = 0.06
    sure = [full_name(each, Hand("press", **EXACT), Dice(each.id)) for each in people if not each.sayyid]
    loose = [
        full_name(each, Hand("press", **{**EXACT, "slip": rate}), Dice(each.id)) for each in people if not each.sayyid
    ]
    share = sum(a != b for a, b in zip(sure, loose, strict=True)) / len(sure)
    assert 0.03 < share < 0.09
