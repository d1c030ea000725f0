"""Given names that are two different names, and those that are one name written in two ways; all families invented."""

from __future__ import annotations

import pytest

from cenotaph.values import names

TWO = [
    ("Hassan Zolmanderi", "Hossein Zolmanderi"),
    ("Mohammad Zolmanderi", "Mahmoud Zolmanderi"),
    ("حسن زلماندری", "حسین زلماندری"),
    ("حسن زلماندری", "Hossein Zolmanderi"),
    ("Zolmanderi, Hassan", "Hossein Zolmanderi"),
    ("Zolmanderi Hassan", "Hossein Zolmanderi"),
    ("Zolmanderi Hassan", "Zolmanderi Hossein"),
    ("Dorvik Zolmanderi", "Tavik Zolmanderi"),
    ("Zolmanderi Dorvan", "Mirell Zolmanderi"),
    ("Nima Zolmanderi", "Nina Zolmanderi"),
    ("Amir Mohammad Zolmanderi", "Mohammad Ali Zolmanderi"),
    ("Mohammadreza Zolmanderi", "Mohammad Ali Zolmanderi"),
    ("Ahmad Zolmanderi", "Mohammad Zolmanderi"),
    ("Amir Zolmanderi", "Ali Zolman Deri"),
    ("Abdolmalek Zolmanderi", "Abdullah Zolmanderi"),
    ("Dorvan Zolman Deri", "Mirell Zolmanderi"),
    ("Dorvan Zolmander Bakhsh", "Mirell Zolmander Bakhsh"),
    ("Dorvan Zolmanderi", "Mirell Akkar Zehi (Zolman Deri)"),
    ("Dorvan Akkarov (Zolman Deri)", "Mirell Belshan (Zolman Deri)"),
    ("Dorvan Akkarov [Zolmanderi]", "Mirell Zolmanderi"),
    ("دوروان زلماندری", "میرل آکاروف (زلمان دری)"),
    ("Seyed Hassan Zolmanderi", "Hossein Zolmanderi"),
]
ONE = [
    ("Hossein Zolmanderi", "Hussain Zolmanderi"),
    ("Hossein Zolmanderi", "حسین زلماندری"),
    ("Zolmanderi Hossein", "Husein Zolmanderi"),
    ("Mohammad Reza Zolmanderi", "Reza Zolmanderi"),
    ("Mohammadreza Zolmanderi", "Reza Zolmanderi"),
    ("محمدرضا زلماندری", "رضا زلماندری"),
    ("Amirhossein Zolmanderi", "حسین زلماندری"),
    ("Abdolsamad Zolmanderi", "Samad Zolmanderi"),
    ("Dorvan Zolmanderi", "Dorman Zolmanderi"),
    ("Dorvan Zolmanderi", "Dovran Zolmanderi"),
    ("Dorvan Zolmanderi", "Dorvan Zolman Deri"),
    ("Dorvan Zolmanderi", "D. Zolmanderi"),
    ("William Zolmander", "Bill Zolmander"),
    ("Dorvan Zolmanderi", "Dorvan Akkarov (Zolmanderi)"),
    ("Dorvan Zolmanderi", "Dorvan Akkar Zehi (Zolman Deri)"),
    ("Dorvan Zolmanderi", "Mirell Zolmanderi (Dorvan)"),
    ("Dorvan Zolmanderi", "Mirell Akkarov (Dorvan Zolmanderi)"),
    ("Mostafa Barikeh", "Mustafa Berijan"),
    ("Barikeh Mostafa", "Berijan Mustafa"),
    ("Zolmanderi", "Dorvan Zolmanderi"),
    ("امد زلماندری", "احمد زلماندری"),
    ("Heydar Baghrizban", "حیدر باغ‌ریز‌بان"),
    ("Fatemeh Mahkoulkhah", "فاطمه ماه‌کول‌خواه"),
    ("Majid Sayehdashti", "سید مجید سایه‌دشتی"),
    ("Rahim Nakhlsayzadah", "رحیم نخل‌سای‌زاده"),
    ("Dor Van Zolmanderi", "Dorvan Zolman Deri"),
    ("Dorvan Zolmanderi", "Dorvan Mirell Zolmanderi"),
    ("Seyed Dorvan Zolmanderi", "Dorvan Zolmanderi"),
]


PART = [
    ("Mohammad Ali Zolman-Zehi", "Mohammad Ali Esmail Zehi (Akkar Bakhsh)"),
    ("Mohammad Ali Zolmanzehi", "Mohammad Ali Esmail Zehi"),
    ("Dorvan Zolmanderi", "Dorvan Akkarov"),
    ("دوروان زلماندری", "دوروان آکاروف"),
]


def contradict(one: str, other: str) -> int:
    """Return how two names contradict each other, asked both ways."""
    table = names.prepare([one, other])
    here, there = names.contradictions(table, [0, 1], [1, 0]).tolist()
    assert here == there
    return int(here)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_given_names_contradict(one: str, other: str) -> None:
    """However alike in letters, in any script and order, and whatever the brackets say of the family."""
    assert contradict(one, other) == 2


@pytest.mark.parametrize(("one", "other"), PART)
def test_names_with_a_part_in_common_are_told_from_both(one: str, other: str) -> None:
    """One given name and two families: no relatives, but no one name either."""
    assert contradict(one, other) == 1


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_name_in_two_spellings_does_not(one: str, other: str) -> None:
    """Spellings, slips, compounds, initials, short forms and second names are no contradiction."""
    assert contradict(one, other) == 0


@pytest.mark.parametrize("name", [*(name for pair in (*TWO, *ONE) for name in pair), "", "Unknown man"])
def test_a_name_never_contradicts_itself_nor_nothing(name: str) -> None:
    """A name against itself, or against a name that says nothing."""
    table = names.prepare([name, ""])
    assert not names.contradictions(table, [0, 0], [0, 1]).any()
