"""Acts: which records speak of one act, in which order acts happened, and what stays in doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registry.town import town

from cenotaph.registry import Act, Doubt, Person
from cenotaph.registry.acts import occasions, when

LISTS = {"committee": {}, "families": {"language": "fa"}, "bureau": {}}
PLACES = ("Tehran", "Shiraz", "")
DATES = ("1981", "1981-09-10", "1981-09-12", "1986-07", "۱۳۶۰", "")


def person(*rows: dict[str, str]) -> Person:
    """Return an invented person of whom each row is one record."""
    named = [{"name": "Sina Varzin", **row} for row in rows]
    return town(named, [0] * len(rows), lists=LISTS).person(0)


def acts(found: Person, kind: str) -> list[Act]:
    return [act for act in found.acts if act.kind == kind]


def shown(found: Person, kind: str, name: str) -> list[str]:
    """Return a property of each act of a kind, in the order of the acts."""
    return [value.shown if (value := act.value(f"{kind}.{name}")) else "" for act in acts(found, kind)]


def test_two_first_arrests_of_different_years_are_two_arrests_in_doubt() -> None:
    """Each list numbers its arrest 1; the dates exclude each other, so they are two, and nobody tells them apart."""
    found = person({"list": "committee", "arrest.date": "1986-07-01"}, {"list": "bureau", "arrest.date": "1981-09-10"})
    assert shown(found, "arrest", "date") == ["1981-09-10", "1986-07-01"]
    assert [act.doubt for act in acts(found, "arrest")] == [Doubt.APART, Doubt.APART]
    assert len(occasions(found, "arrest")) == 1


def test_a_record_that_tells_two_arrests_apart_leaves_no_doubt() -> None:
    """One list has both arrests, the other calls the later one its first: it is joined to the second."""
    found = person(
        {"list": "committee", "arrest.date": "1981-09-10", "arrest[2].date": "1986-07-01"},
        {"list": "families", "arrest.date": "۱۰ تیر ۱۳۶۵"},
    )
    first, second = acts(found, "arrest")
    assert (first.doubt, second.doubt) == (Doubt.NONE, Doubt.NONE)
    assert [len(act.values[0].claims) for act in (first, second)] == [1, 2]
    assert len(occasions(found, "arrest")) == 2


def test_dates_a_few_days_apart_are_one_act_in_dispute() -> None:
    """Two lists date the arrest two days apart: one arrest, and its date is disputed."""
    found = person({"list": "committee", "arrest.date": "1981-09-10"}, {"list": "bureau", "arrest.date": "1981-09-12"})
    (arrest,) = acts(found, "arrest")
    assert arrest.value("arrest.date").disputed
    assert arrest.doubt is Doubt.NONE


def test_an_account_that_fits_two_acts_says_so() -> None:
    """A list that only says 1981 may mean either of two arrests of that year."""
    found = person(
        {"list": "committee", "arrest.date": "1981-02-10", "arrest[2].date": "1981-09-10"},
        {"list": "bureau", "arrest.date": "1981"},
    )
    assert sorted(act.doubt for act in acts(found, "arrest")) == [Doubt.EITHER, Doubt.NONE]


def test_prisons_stand_in_the_order_of_detention() -> None:
    """An undated prison keeps the place its record numbers it in, between the dated ones."""
    found = person(
        {
            "list": "committee",
            "detention.place": "Khavar",
            "detention[2].place": "Bandar",
            "detention[2].date": "1985",
            "detention[3].place": "Sabz",
            "detention[4].place": "Talkh",
            "detention[4].date": "1983",
        }
    )
    assert shown(found, "detention", "place") == ["Talkh", "Khavar", "Bandar", "Sabz"]


def test_overlapping_years_in_two_cities_are_two_detentions() -> None:
    """Long spans that overlap do not make one detention of two cities."""
    found = person(
        {"list": "committee", "detention.date": "1981/1986", "detention.place": "Tehran"},
        {"list": "bureau", "detention.date": "1983/1988", "detention.place": "Shiraz"},
    )
    assert len(acts(found, "detention")) == 2


def test_only_a_number_joins_accounts_that_say_neither_when_nor_where() -> None:
    """Two lists give only a charge: one trial by its number, and the act says that nothing else joins them."""
    found = person({"list": "committee", "trial.charge": "leaflets"}, {"list": "bureau", "trial.charge": "leaflets"})
    assert [act.doubt for act in acts(found, "trial")] == [Doubt.UNTOLD]
    apart = person({"list": "committee", "trial.charge": "leaflets"}, {"list": "bureau", "trial[2].charge": "leaflets"})
    assert len(acts(apart, "trial")) == 2


def test_a_person_dies_once() -> None:
    """Two dates of death years apart are one death in dispute, never two deaths."""
    found = person({"list": "committee", "death.date": "1988"}, {"list": "bureau", "death.date": "1982"})
    (death,) = acts(found, "death")
    assert death.value("death.date").disputed


def test_acts_of_all_kinds_stand_in_time_order() -> None:
    """Dates order the acts; those without one stand where they come by course."""
    found = person(
        {
            "list": "committee",
            "burial.place": "Khavar",
            "death.date": "1988-07-30",
            "arrest.date": "1981",
            "trial.charge": "leaflets",
            "release.date": "1984",
            "arrest[2].date": "1985",
            "commission.date": "1988-07-30",
        }
    )
    assert [act.kind for act in found.acts] == ["arrest", "trial", "release", "arrest", "commission", "death", "burial"]


def test_each_value_of_an_act_keeps_its_sources() -> None:
    """Joining accounts loses no claim and changes none of their places in the source."""
    found = person(
        {"list": "committee", "trial.date": "1981", "trial.court": "Branch 3"},
        {"list": "bureau", "trial.date": "1981-09-10", "trial.court": "Branch 3"},
    )
    claims = [claim.claim for act in acts(found, "trial") for value in act.values for claim in value.claims]
    assert sorted((claim.record, claim.key, claim.locator) for claim in claims) == [
        ("bureau:1", "trial.court", "row 2"),
        ("bureau:1", "trial.date", "row 2"),
        ("committee:0", "trial.court", "row 1"),
        ("committee:0", "trial.date", "row 1"),
    ]


ARRESTS = st.lists(
    st.fixed_dictionaries({"date": st.sampled_from(DATES), "place": st.sampled_from(PLACES)}), min_size=1, max_size=3
)


def _row(name: str, arrests: list[dict[str, str]]) -> dict[str, str]:
    said = {f"arrest[{n}].{key}": text for n, one in enumerate(arrests, 1) for key, text in one.items() if text}
    return {"list": name, "record": f"{name}:x", **said}


@given(st.lists(ARRESTS, min_size=2, max_size=3), st.randoms())
def test_the_order_of_records_changes_no_act(said: list[list[dict[str, str]]], chance: object) -> None:
    """Whichever record is read first, the same claims make the same acts, with the same doubt.

    Acts of one first day stand in the order of the dates that are shown, which a rule chooses by who was read first.
    """
    rows = [_row(name, arrests) for name, arrests in zip(LISTS, said, strict=False)]
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert sorted(_signature(rows), key=repr) == sorted(_signature(mixed), key=repr)


@given(st.lists(ARRESTS, min_size=1, max_size=3))
def test_no_claim_is_lost_and_numbers_of_one_record_stay_apart(said: list[list[dict[str, str]]]) -> None:
    """Every arrest claim is in exactly one act, and no act holds two numbers of one record."""
    rows = [_row(name, arrests) for name, arrests in zip(LISTS, said, strict=False)]
    found = acts(person(*rows), "arrest")
    accounts = [{(c.claim.record, c.claim.key.split(".")[0]) for v in act.values for c in v.claims} for act in found]
    assert sum(len(v.claims) for act in found for v in act.values) == sum(len(row) - 2 for row in rows)
    for each in accounts:
        assert len({record for record, _ in each}) == len(each)


def _signature(rows: list[dict[str, str]]) -> list[tuple[object, ...]]:
    return [
        (act.doubt, sorted((c.claim.list, c.claim.key, c.claim.raw) for v in act.values for c in v.claims), when(act))
        for act in acts(person(*rows), "arrest")
    ]


@pytest.mark.parametrize("kind", ["arrest", "trial", "transfer"])
def test_a_person_without_such_an_act_has_no_occasion_of_it(kind: str) -> None:
    """Nothing said, nothing counted."""
    assert occasions(person({"list": "committee", "death.date": "1988"}), kind) == ()
