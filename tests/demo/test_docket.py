"""In the bundled case everything that a register can say of a person is said of somebody, and the truth is known."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.demo import write_case
from cenotaph.demo.docket import STORIES
from cenotaph.demo.reviewed import decide
from cenotaph.pipeline import build
from cenotaph.pipeline.estimating import register_of
from cenotaph.pipeline.ground import around
from cenotaph.publishing.ground_guard import Held, Rules
from cenotaph.registry import Certainty, Fate, Register, Surroundings, flags_of
from cenotaph.registry.allegations import AllegationGrade
from cenotaph.registry.asking import words
from cenotaph.registry.whereabouts import Whereabouts
from cenotaph.values import PROPERTIES, tables, vocabularies

SIZE = 500
FLAGS = sorted({code for row in words.of("flag") for code in row.codes})
NEVER = {("continuing_disappearance", Certainty.CERTAIN)}  # only a court can find that it is one
ELSEWHERE = {"name", "event", "statement"}  # no acts; or told by an article, not of one person


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small demo, built as far as the register."""
    made = tmp_path_factory.mktemp("docket") / "case"
    write_case(made, size=SIZE)
    build(made, until="register")
    return made


@pytest.fixture(scope="module")
def register(folder: Path) -> Register:
    """Return its register."""
    return register_of(Case.load(folder))


@pytest.fixture(scope="module")
def raised(register: Register) -> Counter[tuple[str, Certainty]]:
    """Return how often each flag is raised, and how surely."""
    return Counter((flag.name, flag.certainty) for person in register.persons() for flag in flags_of(person))


@pytest.mark.parametrize("certainty", list(Certainty))
@pytest.mark.parametrize("flag", FLAGS)
def test_every_flag_occurs_in_every_certainty(
    flag: str, certainty: Certainty, raised: Counter[tuple[str, Certainty]]
) -> None:
    """Somebody in the bundled case has each flag certainly, possibly and contradicted."""
    assert (raised[flag, certainty] > 0) == ((flag, certainty) not in NEVER)


def test_no_flag_is_raised_that_cannot_be_asked_for(raised: Counter[tuple[str, Certainty]]) -> None:
    """A new flag needs words to ask for it and an example here."""
    assert {name for name, _ in raised} == set(FLAGS)


def test_every_kind_of_act_is_told_of_somebody(register: Register) -> None:
    """Each act of the property table is done to somebody, some of them twice."""
    told = Counter(act.kind for person in register.persons() for act in person.acts)
    second = {act.kind for person in register.persons() for act in person.acts if act.index > 1}
    assert set(told) == {each.act for each in PROPERTIES.values() if each.act} - ELSEWHERE
    assert second >= {"detention", "trial"}


@pytest.mark.parametrize("fate", [fate for fate in Fate if fate is not Fate.UNKNOWN])
def test_every_fate_is_stated_of_somebody(fate: Fate, register: Register) -> None:
    """Killed, died, disappeared and alive are each what some source states."""
    assert any(fate in person.fates for person in register.persons())


@pytest.mark.parametrize("state", list(Whereabouts))
def test_the_remains_are_in_every_state(state: Whereabouts, register: Register) -> None:
    """Returned, claimed and concealed are each stated of somebody's remains."""
    assert any(state in person.whereabouts for person in register.persons())


def test_every_status_is_somebodys(register: Register) -> None:
    """Each status that the criteria can give is that of a person of the register."""
    given = set(register.table.filter(register.table.column("included")).column("status").to_pylist())
    assert given == {row.name for row in register.criteria.status}


def test_sources_differ_about_values_and_about_acts(register: Register) -> None:
    """There are disputed values, and a person whom one list has alive and another killed."""
    assert any(value.disputed for person in register.persons() for value in person.values)
    assert any({Fate.KILLED, Fate.ALIVE} <= set(person.fates) for person in register.persons())


def test_affiliations_are_several_and_each_a_sources(register: Register) -> None:
    """Two groups and "no party" are given, each as one list writes it."""
    said = {value.shown for person in register.persons() for value in person.values if value.property == "affiliation"}
    assert len(said) >= 3


def test_violence_is_coded_as_told_or_not(register: Register) -> None:
    """Not asked, asked and not told, and told: each code of the restricted vocabulary stands with somebody."""
    said = {value.shown for person in register.persons() for value in person.values
            if value.property == "sexual.violence"}  # fmt: skip
    codes = {entry.code for text in said if (entry := vocabularies.entry("disclosure", text)) is not None}
    assert codes == {entry.code for entry in vocabularies.entries("disclosure")}


def test_the_docket_writes_days_in_two_calendars(folder: Path) -> None:
    """Its dates are some in the Solar Hijri calendar and some in the Gregorian."""
    with (folder / "lists" / "docket-2023.csv").open(encoding="utf-8") as lines:
        died = [row["died"] for row in csv.DictReader(lines)]
    assert any("137" in day for day in died)
    assert any(day.startswith("199") for day in died)


def test_the_docket_names_people_of_the_truth(folder: Path) -> None:
    """Each of its records is one of the invented dead, but for one found alive; no two are the same person."""
    with (folder / "truth" / "truth.csv").open(encoding="utf-8") as lines:
        told = [row["person"] for row in csv.DictReader(lines) if row["list"] == "docket"]
    assert len(told) == len(set(told)) > len(STORIES)
    assert [name[0] for name in told] == ["P"] * (len(told) - 1) + ["R"]  # the last was found alive


def test_the_docket_is_no_capture(register: Register) -> None:
    """It chose its people, so no estimate rests on it."""
    assert register.case.lists["docket"].capture is False


# Sites and actors ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reviewed(folder: Path) -> tuple[Case, Surroundings]:
    """Return the case and its surroundings after the invented group decided."""
    assert decide(folder) == 8
    assert decide(folder) == 0
    case = Case.load(folder)
    return case, around(case, register_of(case))[0]


def test_every_event_of_a_site_happens_to_one(reviewed: tuple[Case, Surroundings]) -> None:
    """Used, found, guarded, forbidden to mourners, bulldozed, built over, marked, exhumed, closed down: each occurs."""
    happened = {event.what for site in reviewed[1].sites.values() for event in site.history}
    assert happened == {row["code"] for row in tables.rows("table_words") if row["kind"] == "site.event"}


def test_every_grade_of_an_allegation_occurs(reviewed: tuple[Case, Surroundings]) -> None:
    """Court finding, official document, several independent sources, one source: each grades an allegation."""
    assert {allegation.grade for allegation in reviewed[1].allegations.values()} == set(AllegationGrade)


def test_allegations_are_let_out_and_kept_back_for_each_reason(reviewed: tuple[Case, Surroundings]) -> None:
    """Three leave; one lacks a review, one a chance to reply, one rests on a finding that was overturned."""
    case, found = reviewed
    rules = Rules(case)
    held = {name: rules.held_back(each, found.actors[each.actor]) for name, each in found.allegations.items()}
    assert held == {"transfers": None, "convicted": None, "sat": None, "keys": Held.NO_REPLY,
                    "letters": Held.NO_REVIEW, "overturned": Held.OVERTURNED}  # fmt: skip


def test_posts_are_held_and_a_chain_of_command_is_dated(reviewed: tuple[Case, Surroundings]) -> None:
    """There are posts of persons, one of them in a commission, and commands with a beginning and with an open end."""
    found = reviewed[1]
    assert len(found.posts) == 3
    assert sum(len(actor.over) for actor in found.actors.values()) == 2
