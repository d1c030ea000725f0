"""A revised register is the register: nothing stale is taken over."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registry.town import Links, case, town

from cenotaph.model import Choice
from cenotaph.registry import Register, register, revise

ROWS = [
    {"list": "committee", "name": "A", "death.date": "1988-07-30", "arrest.date": "1981"},
    {"list": "families", "name": "A", "death.date": "1988-08-02"},
    {"list": "committee", "name": "B", "death.date": "1988-09-01"},
    {"list": "families", "name": "B", "fate": "alive"},
]
STRICT = '[[criteria.status]]\nname = "reported"\ntitle = "R"\ntext = "R"\nhas = ["arrest.date"]\n'
ALL_FIRSTS = {"death.date": [f"{year}-01-01" for year in (1981, 1982, 1983, 1984)]}


def same(one: Register, other: Register) -> bool:
    """Compare two registers: the table, and every person with every claim."""
    return one.table.equals(other.table) and list(one.persons()) == list(other.persons())


def cells(before: Register, **changed: list[Any]) -> pa.Table:
    """Return the records of a register with some columns as given."""
    table = before.records
    for name, texts in changed.items():
        table = table.set_column(table.column_names.index(name), name, pa.array(texts, pa.string()))
    return table


@given(st.lists(st.integers(0, 2), min_size=4, max_size=4), st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_judgements_regroup_persons_as_anew(before: list[int], after: list[int]) -> None:
    """Whatever the clusters were and become, revising gives the register made from nothing."""
    old = town(ROWS, before)
    links = Links(np.asarray(after, np.int32), frozenset({after[0]}))
    revised = revise(old, old.records, links, case())
    assert same(revised, register(old.records, links, case()))


def test_a_choice_is_shown_at_once() -> None:
    """The chosen claim is shown, and the rest of the register is as it was."""
    old = town(ROWS, [0, 0, 1, 1])
    links = Links(np.asarray([0, 0, 1, 1], np.int32))
    choice = Choice(record="committee:0", property="death.date", chosen="families:1", reviewer="r1")
    revised = revise(old, old.records, links, case(choices=(choice,)))
    assert revised.person(0).value("death.date").shown == "1988-08-02"
    assert revised.table.equals(old.table)


@pytest.mark.parametrize("dates", [["1988-07-30", "1988", "1994", None], [*ALL_FIRSTS["death.date"]]])
def test_a_corrected_record_is_read_anew(dates: list[str | None]) -> None:
    """Another date in a record gives the register made from nothing, even where it makes a column look filled in."""
    old = town(ROWS, [0, 0, 1, 1])
    links = Links(np.asarray([0, 0, 1, 1], np.int32))
    changed = cells(old, **{"death.date": dates})
    assert same(revise(old, changed, links, case()), register(changed, links, case()))


def test_criteria_that_ask_for_more_are_measured() -> None:
    """Rules that ask for a property no rule asked for before are computed, not taken over."""
    old = town(ROWS, [0, 0, 1, 1])
    links = Links(np.asarray([0, 0, 1, 1], np.int32))
    revised = revise(old, old.records, links, case(toml=STRICT))
    assert revised.table.column("status").to_pylist() == ["reported", "unclassified"]


def test_another_period_is_measured() -> None:
    """A case whose period changed keeps nothing of who was inside the old one."""
    old = town(ROWS, [0, 0, 1, 1])
    links = Links(np.asarray([0, 0, 1, 1], np.int32))
    narrow = case(toml='period = "1990/1991"\n')
    revised = revise(old, old.records, links, narrow)
    assert revised.table.column("why").to_pylist() == ["outside-period", "outside-period"]


def test_another_calendar_of_a_list_reads_everything_anew() -> None:
    """What was read under the old declaration of a list is not used again."""
    old = town(ROWS, [0, 0, 1, 1])
    links = Links(np.asarray([0, 0, 1, 1], np.int32))
    lists = {"committee": {"calendars": {"death.date": "persian"}}, "families": {}, "copy": {}}
    revised = revise(old, old.records, links, case(lists))
    assert same(revised, register(old.records, links, case(lists)))
    assert revised.person(1).value("death.date").chosen.reading != old.person(1).value("death.date").chosen.reading
