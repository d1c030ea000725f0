"""The five traps of linking the dead, on invented people: alone, and in a crowd of invented lists.

Each trap has destroyed people in some register: two men of one common name made one, one man made two, a merge that
could not be taken back. Names are common or made up; nobody here is anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from cenotaph.demo.sheets import all_sheets
from cenotaph.linkage import Links, link
from cenotaph.model import Judgement, ListFacts, Verdict

Said = Mapping[str, str]
KEYS = ("name", "name.father", "sex", "age", "death.date", "death.place", "death.region")
LISTS = {
    "one": ListFacts(name="one", unique=True, language="en", date_order="dmy", calendars={"death.date": "gregory"}),
    "two": ListFacts(name="two", unique=True, language="en", date_order="dmy", calendars={"death.date": "gregory"}),
    "crowd": ListFacts(name="crowd", language="en", date_order="dmy", calendars={"death.date": "gregory"}),
    "other": ListFacts(name="other", language="fa", date_order="ymd", calendars={"death.date": "persian"}),
}
COMMON, RARE = "Ali Karimi", "Kioumars Barfkouhnejad"


def _table(rows: Sequence[tuple[str, str, Said]]) -> pa.Table:
    """Build a records table, one row a record: list, key, what it says."""
    names = pa.array([name for name, _, _ in rows]).dictionary_encode()
    columns: dict[str, pa.Array] = {
        "record": pa.array([f"{name}:{key}" for name, key, _ in rows]),
        "list": names,
        "order": pa.array(np.arange(len(rows), dtype=np.int64)),
        "row": pa.array(np.arange(1, len(rows) + 1, dtype=np.int32)),
        "source": pa.array(["0" * 64] * len(rows)).dictionary_encode(),
    }
    for key in KEYS:
        columns[key] = pa.array([said.get(key) or None for _, _, said in rows], pa.string())
    return pa.table(columns)


@cache
def _crowd() -> tuple[tuple[str, str, Said], ...]:
    """Return some hundred invented records of two lists, and eight men of the common name."""
    people, sheets = all_sheets(5, 700)
    files = {sheet.file: sheet for sheet in sheets}
    rows: list[tuple[str, str, Said]] = []
    for row in files["watch-2022.csv"].rows:
        said = {
            "name": row["name"],
            "name.father": row["father"],
            "age": row["age"],
            "death.date": row["date_of_death"],
        }
        said |= {"death.place": row["city"], "death.region": row["province"], "sex": row["sex"]}
        rows.append(("crowd", str(row["id"]), {key: str(value) for key, value in said.items()}))
    for row in files["graves.html"].rows:
        said = {"name": f"{row['نام']} {row['نام‌خانوادگی']}", "name.father": row["نام‌پدر"]}
        said |= {"death.date": row["تاریخ‌فوت"], "death.place": row["شهر"], "death.region": row["استان"]}
        rows.append(("other", f"{row['قطعه']}-{row['شماره']}", {key: str(value) for key, value in said.items()}))
    for number, person in enumerate(people[:8]):
        said = {"name": COMMON, "name.father": person.father.press, "age": str(18 + number), "death.place": "Varzgoun"}
        rows.append(("crowd", f"K{number}", said))
    return tuple(rows)


@pytest.fixture(params=["alone", "in a crowd"])
def around(request: pytest.FixtureRequest) -> tuple[tuple[str, str, Said], ...]:
    """Return what else is on the lists: nothing, or a crowd."""
    return () if request.param == "alone" else _crowd()


def _pair(left: Said, right: Said, around: Sequence[tuple[str, str, Said]], *judgements: Judgement) -> Links:
    """Link two records, rows 0 and 1, of two lists, among others."""
    return link(_table([("one", "1", left), ("two", "1", right), *around]), LISTS, judgements)


def _are_one(links: Links) -> bool:
    return bool(links.cluster[0] == links.cluster[1])


def _is_asked(links: Links) -> bool:
    asked = zip(links.questions["left"].to_pylist(), links.questions["right"].to_pylist(), strict=True)
    return {0, 1} in [set(pair) for pair in asked]


def test_two_men_of_one_common_name_stay_two(around: Sequence[tuple[str, str, Said]]) -> None:
    """One common name, one year, one city, aged 22 and 40: two men."""
    both = {"name": COMMON, "death.date": "1992", "death.place": "Kahrmand", "sex": "M"}
    links = _pair({**both, "age": "22"}, {**both, "age": "40"}, around)
    assert not _are_one(links)


def test_a_common_name_alone_is_a_question(around: Sequence[tuple[str, str, Said]]) -> None:
    """A common name with nothing else known is a question to a person, and no link."""
    links = _pair({"name": COMMON}, {"name": COMMON}, around)
    assert not _are_one(links)
    assert _is_asked(links)


def test_one_man_of_two_months_is_never_silently_two(around: Sequence[tuple[str, str, Said]]) -> None:
    """One name, one father, one city, but July here and December there: one man, or a question."""
    both = {"name": "Hossein Nilgahpour", "name.father": "Mousa", "death.place": "Kahrmand", "age": "27"}
    links = _pair({**both, "death.date": "29/07/1992"}, {**both, "death.date": "12/12/1992"}, around)
    assert _are_one(links) or _is_asked(links)


def test_a_rare_name_across_a_border_and_a_new_year_is_never_silently_two(
    around: Sequence[tuple[str, str, Said]],
) -> None:
    """A rare name in neighbouring years and provinces: one man, or a question."""
    left = {"name": RARE, "death.date": "1992", "death.region": "Kahravand"}
    right = {"name": RARE, "death.date": "1993", "death.region": "Nimehriz"}
    links = _pair(left, right, around)
    assert _are_one(links) or _is_asked(links)


def test_a_wrong_merge_is_undone_without_loss(around: Sequence[tuple[str, str, Said]]) -> None:
    """A judgement joins two, a later one parts them, and then all is as it was before: no record lost, none moved."""
    left, right = {"name": COMMON, "age": "22"}, {"name": COMMON, "age": "40"}
    same = Judgement(left="one:1", right="two:1", verdict=Verdict.SAME, reviewer="r1", sequence=1)
    different = Judgement(left="one:1", right="two:1", verdict=Verdict.DIFFERENT, reviewer="r1", sequence=2)
    before, merged = _pair(left, right, around), _pair(left, right, around, same)
    after = _pair(left, right, around, same, different)
    assert not _are_one(before)
    assert _are_one(merged)
    assert after.cluster.tolist() == before.cluster.tolist()
    assert len(merged.cluster) == len(around) + 2


def test_one_word_never_links(around: Sequence[tuple[str, str, Said]]) -> None:
    """A name of one word, however rare, does not make two records one."""
    said = {"name": "Barfkouhnejad", "sex": "M"}
    assert not _are_one(_pair(said, said, around))
