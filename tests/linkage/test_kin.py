"""People of one family killed in one town within days: two given names are two people, two spellings of one are one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.linkage.world import asked, crowd, facts, judge, run, table, together

from cenotaph.linkage import doubt
from cenotaph.linkage.clusters.guards import names_of

Row = dict[str, str | None]
EVENT = {"death.date": "1986-06-06", "death.place": "Eskar"}
DAYS_LATER = {"death.date": "1986-06-08", "death.place": "Eskar"}


def pair(one: str, other: str, more: Mapping[str, str] | None = None) -> list[Row]:
    """Put two names of one event on two lists, in a crowd."""
    return [*crowd(), {"record": "a:x", "list": "a", "name": one, **EVENT, **(more or {})},
            {"record": "b:y", "list": "b", "name": other, **DAYS_LATER, **(more or {})}]  # fmt: skip


BROTHERS = [
    ("Hassan Zolmander Bakhshandeh", "Hossein Zolmander Bakhshandeh"),
    ("Mahmoud Zolmander Bakhshandeh", "Mohammad Zolmander Bakhshandeh"),
    ("حسن زلماندر بخشنده", "حسین زلماندر بخشنده"),
    ("حسن زلماندر بخشنده", "Hossein Zolmander Bakhshandeh"),
    ("Zolmander Bakhshandeh, Hassan", "Hossein Zolmander Bakhshandeh"),
    ("Dorvik Zolmander Bakhshandeh", "Tavik Zolmander Bakhshandeh"),
    ("Tavik Zolmander", "Dorvan Akkarov (Zolman Der)"),
]
ONE_MAN = [
    ("Hossein Zolmander Bakhshandeh", "Husain Zolmander Bakhshandeh"),
    ("حسین زلماندر بخشنده", "Hossein Zolmander Bakhshandeh"),
    ("Mohammad Reza Zolmander Bakhshandeh", "Reza Zolmander Bakhshandeh"),
    ("محمدرضا زلماندر بخشنده", "رضا زلماندر بخشنده"),
    ("Dorvan Zolmander Bakhshandeh", "Dorman Zolmander Bakhshandeh"),
    ("Zolmander Bakhshandeh, Hossein", "Hussein Zolmander Bakhshandeh"),
    ("Dorvan Zolman Der", "Dorvan Akkarov (Zolmander)"),
]


@pytest.mark.parametrize(("one", "other"), BROTHERS)
@pytest.mark.parametrize("more", [{}, {"name.father": "Kambiz", "sex": "male"}], ids=["no more", "father"])
@pytest.mark.parametrize("ages", [(None, None), ("33", None), ("33", "16")], ids=["no age", "one age", "two ages"])
def test_two_of_a_family_are_never_linked_by_themselves(
    one: str, other: str, more: Mapping[str, str], ages: tuple[str | None, str | None]
) -> None:
    """What brothers share, their father among it, joins no two given names."""
    rows = pair(one, other, more)
    for row, age in zip(rows[-2:], ages, strict=True):
        row["age"] = age
    assert not together(run(rows), rows, "a:x", "b:y")


def test_an_age_is_no_relatives_and_left_to_the_evidence() -> None:
    """Lists that give one age for one surname, day and town mean one person, whom one of them misnames."""
    rows = pair("Kenneth Alan Zolmander", "Keith Alan Zolmander", {"age": "58"})
    assert not any("relatives" in names_of(said) for said in run(rows).pairs["guards"].to_pylist())


def test_what_speaks_for_one_person_becomes_a_question_with_its_reason() -> None:
    """Names that are alike as a whole are asked about, and the guard is named."""
    rows = pair(*BROTHERS[0])
    links = run(rows)
    assert asked(links, rows, "a:x", "b:y")
    assert any("relatives" in names_of(said) for said in links.questions["guards"].to_pylist())


@pytest.mark.parametrize(("one", "other"), ONE_MAN)
def test_one_name_in_two_spellings_is_linked(one: str, other: str) -> None:
    """Spellings, scripts, compounds, one slip of the pen and a family name in brackets keep nobody apart."""
    rows = pair(one, other, {"age": "31"})
    assert together(run(rows), rows, "a:x", "b:y")


def test_no_third_record_joins_two_of_a_family() -> None:
    """A record that could be either brother's is one's, or nobody's, and the two stay two."""
    rows = [*pair(*BROTHERS[0]), {"record": "c:z", "list": "c", "name": "Hosan Zolmander Bakhshandeh", **EVENT}]
    assert not together(run(rows), rows, "a:x", "b:y")


def test_a_person_may_say_that_they_are_one() -> None:
    """A judgement stands above the guard, also of a third record."""
    rows = pair(*BROTHERS[0])
    assert together(run(rows, judge("a:x", "b:y", "same")), rows, "a:x", "b:y")


def test_a_number_that_nobody_shares_outweighs_a_given_name() -> None:
    """One identity number is no brother's: the list misheard the given name."""
    rows = pair(*BROTHERS[0])
    for number, row in enumerate(rows):
        row["identity.number"] = f"{600_000_000 + 7_919 * number}"
    rows[-1]["identity.number"] = rows[-2]["identity.number"]
    assert together(run(rows), rows, "a:x", "b:y")


def test_other_events_are_left_to_the_evidence() -> None:
    """Two of one family who were killed years apart are not marked: nothing is held back that nothing spoke for."""
    rows = pair(*BROTHERS[0])
    rows[-1]["death.date"] = "1981-02-03"
    found = run(rows)
    assert not together(found, rows, "a:x", "b:y")
    assert not any("relatives" in names_of(said) for said in found.pairs["guards"].to_pylist())


def test_draws_of_the_doubt_know_the_family() -> None:
    """What links hand on says who is never joined by a third record, and the draws keep to it."""
    rows = [*pair(*BROTHERS[0]), {"record": "c:z", "list": "c", "name": "Hosan Zolmander Bakhshandeh", **EVENT}]
    links = run(rows)
    records = table(rows)
    at = {record: row for row, record in enumerate(records["record"].to_pylist())}
    assert {frozenset(row.values()) for row in links.kin.to_pylist()} >= {frozenset((at["a:x"], at["b:y"]))}
    for drawn in doubt(records, links, facts("a", "b", "c")).draws(50):
        assert drawn.cluster[at["a:x"]] != drawn.cluster[at["b:y"]]
