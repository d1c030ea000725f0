"""Flags: certain, possible or contradicted as the sources allow, in two calendars, with their grounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registry.town import town

from cenotaph.model import Choice
from cenotaph.registry import Certainty, Flag, flags_of
from cenotaph.registry.spans import FIRST, LAST, Span, after, is_before

LISTS = {"committee": {"language": "en"}, "families": {"language": "fa"}}  # `town` makes both state a killing
WRITTEN = {  # the same days in two calendars
    "1967-05-10": "۲۰ اردیبهشت ۱۳۴۶",
    "1975-05-10": "۲۰ اردیبهشت ۱۳۵۴",
    "1981-06-20": "۳۰ خرداد ۱۳۶۰",
    "1981-09-10": "۱۹ شهریور ۱۳۶۰",
    "1985": "۱۳۶۴",
    "1986-07-01": "۱۰ تیر ۱۳۶۵",
    "1988": "۱۳۶۷",
    "1988-07-30": "۸ مرداد ۱۳۶۷",
    "1988-08-02": "۱۱ مرداد ۱۳۶۷",
    "1988-08-10": "۱۹ مرداد ۱۳۶۷",
    "1981": "۱۳۶۰",
    "1989-08-10": "۱۹ مرداد ۱۳۶۸",
}


def flags(
    claims: dict[str, str], *others: dict[str, str], calendar: str = "gregory", **more: object
) -> dict[str, Flag]:
    """Return the flags of one invented person, each dict being what one record says."""
    name = "families" if calendar == "persian" else "committee"
    said = [
        {
            key: WRITTEN[text] if calendar == "persian" and key.endswith(("date", "start")) else text
            for key, text in each.items()
        }
        for each in (claims, *others)
    ]
    rows = [{"list": name, "name": "Sina Varzin", **each} for each in said]
    person = town(rows, [0] * len(rows), **{"lists": LISTS, **more}).person(0)
    return {flag.name: flag for flag in flags_of(person)}


SENTENCED = {"sentence.start": "1981-06-20", "sentence.date": "1981-09-10", "death.date": "1988-07-30"}
COMMISSION = {"commission.date": "1988-07-30", "death.date": "1988-07-30"}
BORN = {"birth.date": "1967-05-10"}
TRIALS = {"trial.date": "1981-09-10", "trial[2].date": "1986-07-01", "trial.charge": "leaflets"}
CASES = [
    ("killed_after_term", {**SENTENCED, "sentence.length": "5 years"}, "certain"),
    ("killed_after_term", {**SENTENCED, "sentence.length": "5-10 years"}, "possible"),
    ("killed_after_term", {**SENTENCED, "sentence.length": "7 years", "death.date": "1988"}, "possible"),
    ("killed_after_term", {**SENTENCED, "sentence.length": "10 years"}, "contradicted"),
    ("killed_after_term", {**SENTENCED, "sentence.length": "life"}, "contradicted"),
    ("killed_while_serving", {**SENTENCED, "sentence.length": "10 years"}, "certain"),
    ("killed_while_serving", {**SENTENCED, "sentence.length": "life"}, "certain"),
    ("killed_while_serving", {**SENTENCED, "sentence.length": "5-10 years"}, "possible"),
    ("killed_while_serving", {**SENTENCED, "sentence.length": "5 years"}, "contradicted"),
    ("killed_after_commission", {**COMMISSION, "commission.new_trial": "no"}, "certain"),
    ("killed_after_commission", COMMISSION, "possible"),
    ("killed_after_commission", {**COMMISSION, "commission.new_trial": "yes"}, "contradicted"),
    (
        "killed_after_commission",
        {**COMMISSION, "trial.date": "1988-08-02", "death.date": "1988-08-10"},
        "contradicted",
    ),
    ("killed_after_commission", {"commission.date": "1989-08-10", "death.date": "1988-07-30"}, "contradicted"),
    ("tried_again", {**TRIALS, "trial[2].charge": "leaflets"}, "certain"),
    ("tried_again", {"trial.date": "1981-09-10", "trial.again": "yes"}, "possible"),
    ("tried_again", {**TRIALS, "trial[2].charge": "escape"}, "contradicted"),
    ("minor_at_arrest", {**BORN, "arrest.date": "1981-06-20"}, "certain"),
    ("minor_at_arrest", {"birth.date": "1981", "arrest.date": "1988-07-30"}, "certain"),
    ("minor_at_arrest", {**BORN, "arrest.date": "1985"}, "possible"),
    ("minor_at_arrest", {**BORN, "arrest.date": "1986-07-01", "arrest[2].date": "1981-06-20"}, "certain"),
    ("minor_at_arrest", {**BORN, "arrest.date": "1986-07-01"}, "contradicted"),
    ("minor_at_death", {"birth.date": "1975-05-10", "death.date": "1988-07-30"}, "certain"),
    ("minor_at_death", {**BORN, "death.date": "1988-07-30", "age": "16"}, "possible"),
    ("minor_at_death", {"death.date": "1988-07-30", "age": "18"}, "possible"),
    ("minor_at_death", {**BORN, "death.date": "1988-07-30"}, "contradicted"),
    ("held_without_trial", {"arrest.date": "1981-06-20", "trial.held": "no"}, "certain"),
    ("held_without_trial", {"trial.held": "no", "trial.date": "1981-09-10"}, "possible"),
    ("held_without_trial", {"trial.held": "yes"}, "contradicted"),
    ("arrested_with_relatives", {"arrest.date": "1981-06-20", "arrest.relatives": "yes"}, "certain"),
    ("arrested_with_relatives", {"arrest.date": "1981-06-20", "arrest.relatives": "perhaps"}, "possible"),
    ("arrested_with_relatives", {"arrest.date": "1981-06-20", "arrest.relatives": "no"}, "contradicted"),
    ("continuing_disappearance", {"arrest.date": "1981-06-20", "burial.manner": "mass grave"}, "possible"),
    ("continuing_disappearance", {"disappearance.date": "1988-07-30", "whereabouts": "concealed"}, "possible"),
    ("continuing_disappearance", {"arrest.date": "1981-06-20", "whereabouts": "returned"}, "contradicted"),
]
NEVER_CERTAIN = {"continuing_disappearance"}  # whether it is one is for a court to find


def test_every_flag_is_tried_in_every_certainty() -> None:
    """The cases below hold each flag certain, possible and contradicted, but the one that can never be certain."""
    tried = {(name, certainty) for name, _, certainty in CASES}
    names = {name for name, _ in tried}
    assert len(names) == 9
    assert tried == {
        (name, each) for name in names for each in Certainty if each != "certain" or name not in NEVER_CERTAIN
    }


@pytest.mark.parametrize("calendar", ["gregory", "persian"])
@pytest.mark.parametrize(("name", "claims", "certainty"), CASES)
def test_a_flag_goes_as_far_as_the_spans_allow(
    name: str, claims: dict[str, str], certainty: str, calendar: str
) -> None:
    """The same days written in either calendar give the same certainty."""
    assert flags(claims, calendar=calendar)[name].certainty == certainty


def test_two_lists_of_one_trial_are_not_two_trials_for_certain() -> None:
    """Where no one source tells two trials apart, being tried again is at most possible."""
    first, second = {"trial.charge": "leaflets"}, {"trial[2].charge": "leaflets"}
    assert flags(first, second)["tried_again"].certainty is Certainty.POSSIBLE


@pytest.mark.parametrize(
    ("served", "certainty"), [("yes", Certainty.CERTAIN), ("no", Certainty.CONTRADICTED), (None, Certainty.POSSIBLE)]
)
def test_time_before_the_sentence_counts_as_stated(served: str | None, certainty: Certainty) -> None:
    """A term from the arrest had ended, one from the sentence had not; unsaid, both are left open."""
    claims = {"arrest.date": "1981-06-20", "sentence.date": "1986-07-01", "sentence.length": "5 years"}
    more = {"death.date": "1988-07-30"} | ({"sentence.time_served": served} if served else {})
    assert flags({**claims, **more})["killed_after_term"].certainty is certainty


def test_disagreeing_sources_leave_it_open_until_somebody_chooses() -> None:
    """Two lengths from two records give *possible*; a reviewer's choice of one decides it."""
    five, ten = {**SENTENCED, "sentence.length": "5 years"}, {**SENTENCED, "sentence.length": "10 years"}
    choice = Choice(record="committee:0", property="sentence.length", chosen="committee:0", reviewer="r1")

    assert flags(five, ten)["killed_after_term"].certainty is Certainty.POSSIBLE
    assert flags(five, ten, choices=(choice,))["killed_after_term"].certainty is Certainty.CERTAIN


def test_a_death_sentence_beside_a_term_leaves_it_open() -> None:
    """Where another source gives a death sentence, neither flag of the term is certain."""
    found = flags({**SENTENCED, "sentence.length": "5 years"}, {"sentence.kind": "death sentence"})
    assert found["killed_after_term"].certainty is Certainty.POSSIBLE


def test_an_open_start_is_never_certain() -> None:
    """A term without any date it counts from cannot be said to have ended."""
    found = flags({"sentence.length": "5 years", "death.date": "1988-07-30"})
    assert found["killed_after_term"].certainty is Certainty.POSSIBLE


def test_silence_raises_no_flag() -> None:
    """A name and a date of arrest give no flag at all: nothing is presumed from what nobody said."""
    assert flags({"arrest.date": "1981-06-20", "death.date": "1988-07-30"}) == {}


def test_nobody_is_said_killed_whom_no_source_says_dead() -> None:
    """A person whom a list only calls disappeared gets no flag about a killing."""
    rows = [{"list": "committee", "sentence.start": "1981-06-20", "sentence.length": "5 years"}]
    person = town(rows, [0], lists={"committee": {"states": "disappeared"}}).person(0)
    assert flags_of(person) == ()


@pytest.mark.parametrize("fate", ["died", "disappeared", "released"])
def test_a_killing_another_source_does_not_state_is_never_certain(fate: str) -> None:
    """Where a second record says died, disappeared or released, the flag stays possible."""
    claims = {**SENTENCED, "sentence.length": "5 years"}
    assert flags(claims)["killed_after_term"].certainty is Certainty.CERTAIN
    assert flags(claims, {"fate": fate})["killed_after_term"].certainty is Certainty.POSSIBLE


def test_grounds_are_the_values_with_their_sources() -> None:
    """A flag names every property it rests on, and each of them has claims with a place in a source."""
    flag = flags({**SENTENCED, "sentence.length": "5 years"})["killed_after_term"]

    assert {value.property for value in flag.grounds} == {*SENTENCED, "sentence.length"}
    assert all(claim.claim.locator for value in flag.grounds for claim in value.claims)
    assert str(flag.spans["death"]) == "1988-07-30"


DAYS = st.integers(700_000, 730_000)


@given(DAYS, st.integers(0, 900), DAYS, st.integers(0, 900), st.integers(0, 900))
def test_knowing_less_never_makes_anything_certain(a: int, wide: int, b: int, broad: int, more: int) -> None:
    """A certainty that is open or turned stays so when a span is widened; only certain things may become possible."""
    narrow = is_before(Span(a, a + wide), Span(b, b + broad))
    wider = is_before(Span(a - more, a + wide + more), Span(b, b + broad))
    assert wider in (narrow, Certainty.POSSIBLE)


@given(DAYS, st.integers(1, 480), st.integers(0, 480))
def test_a_lunar_reading_only_widens(first: int, low: int, more: int) -> None:
    """The end of a term with lunar months allowed holds the end without, and open ends stay open."""
    start = Span(first, first + 30)
    solar, both = after(start, low, low + more), after(start, low, low + more, lunar=True)
    assert both.first <= solar.first
    assert both.last == solar.last
    assert after(Span(FIRST, LAST), low, low + more) == Span(FIRST, LAST)


def test_a_death_no_source_calls_a_killing_is_said_as_a_death() -> None:
    """Of somebody who is merely stated dead the flags say *died*, and none says *killed*."""
    unsaid = {name: {"states": None} for name in LISTS}
    found = flags({**SENTENCED, **COMMISSION, "sentence.length": "5 years"}, lists=unsaid)
    assert {"died_after_term", "died_while_serving", "died_after_commission"} <= set(found)
    assert not any(name.startswith("killed") for name in found)
    assert found["died_after_term"].certainty is Certainty.CERTAIN


def test_a_source_that_only_dates_the_death_contradicts_no_killing() -> None:
    """One list states the killing, another only dates it: the flag is as certain as from the first alone."""
    lists = {"committee": {}, "families": {"states": None, "language": "en"}}
    rows = [{"list": "committee", **SENTENCED, "sentence.length": "5 years"}, {"list": "families", **SENTENCED}]
    found = {flag.name: flag for flag in flags_of(town(rows, [0, 0], lists=lists).person(0))}
    assert found["killed_after_term"].certainty is Certainty.CERTAIN


def test_two_arrests_that_may_be_one_leave_it_open() -> None:
    """Two lists date the only arrest they know before and after the eighteenth birthday: possible, not certain."""
    found = flags({**BORN, "arrest.date": "1981-06-20"}, {"arrest.date": "1986-07-01"})
    assert found["minor_at_arrest"].certainty is Certainty.POSSIBLE


def test_a_later_session_counts_too() -> None:
    """A first session long before leaves the second, on the day of death and without a trial, certain."""
    sessions = {"commission.date": "1986-07-01", "commission[2].date": "1988-07-30", "commission[2].new_trial": "no"}
    found = flags({**sessions, "death.date": "1988-07-30"})
    assert found["killed_after_commission"].certainty is Certainty.CERTAIN
    assert {"session 1", "session 2"} <= set(found["killed_after_commission"].spans)


def test_an_arrest_after_the_sentence_starts_no_term() -> None:
    """Somebody arrested again after the sentence served it from the first arrest."""
    claims = {"arrest.date": "1981-06-20", "arrest[2].date": "1988-07-30", "sentence.date": "1981-09-10"}
    found = flags({**claims, "sentence.length": "5 years", "death.date": "1989-08-10"})
    assert found["killed_after_term"].certainty is Certainty.CERTAIN


def test_a_secret_grave_of_somebody_never_held_is_no_disappearance() -> None:
    """Concealment alone, without any arrest, detention or disappearance, gives no occasion."""
    assert "continuing_disappearance" not in flags({"burial.manner": "mass grave"})
