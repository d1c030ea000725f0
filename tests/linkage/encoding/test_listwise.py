"""What a name tells in two lists and in its script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linkage.world import facts, regional, table

from cenotaph.linkage import links
from cenotaph.linkage.comparison.compare import compare
from cenotaph.linkage.encoding import listwise, prepare
from cenotaph.linkage.encoding.columns import NameColumn, name_column
from cenotaph.linkage.encoding.encode import code_column

Rows = Sequence[Mapping[str, str | None]]
COMMON, RARE = "Dorvan Akkarov", "Mirell Akkarov"
NAMES = ("Dorvan", "Mirell", "Akkarov", "Belshan", "Rustem", "رستم", "احمد", "Ahmad", "Hamid", "Ali", "Dr")
names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(" ".join)
people = st.lists(st.tuples(st.sampled_from("abcd"), names, st.integers(1, 40)), min_size=2, max_size=12)


def rows_of(told: Sequence[tuple[str, str, int]]) -> list[dict[str, str | None]]:
    """Return records from lists, names, and how many bear them there."""
    each = [(name, text) for name, text, times in told for _ in range(times)]
    return [{"record": f"{name}:{n}", "list": name, "name": text} for n, (name, text) in enumerate(each)]


def bits_of(rows: Rows, pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Return what the names of two records tell, by their ids."""
    column, at = prepared(rows)
    left, right = (np.array([at[pair[side]] for pair in pairs], dtype=np.int32) for side in (0, 1))
    told: list[float] = compare([column], left, right).bits[:, 0].tolist()
    return told


def prepared(rows: Rows) -> tuple[NameColumn, dict[str, int]]:
    """Return the names of records, and the place of each record."""
    records = table(rows)
    world = links.gather(records, facts(*{str(row["list"]) for row in rows}), ())
    column = prepare.prepare(records, world.rows, world.lists, world.facts)[0]
    assert isinstance(column, NameColumn)
    return column, {str(rows[row]["record"]): place for place, row in enumerate(world.rows.tolist())}


def plain(rows: Rows) -> NameColumn:
    """Return the names of records as the whole collection tells them."""
    records = table(rows)
    world = links.gather(records, facts(*{str(row["list"]) for row in rows}), ())
    return name_column(code_column(records, "name", ["name"], world.rows))


def clans(here: int, there: int) -> list[dict[str, str | None]]:
    """Return four lists of a thousand: one family is common in two of them and rare in the others."""
    told = []
    for name, held in (("a", here), ("b", here), ("c", there), ("d", there)):
        others = [(name, f"Sanno {stem}", 50 - (held // 20)) for stem in ("Gorani", "Hastun", "Ilvari", "Jomard") * 5]
        told += [(name, COMMON, held), *others]
    return rows_of(told)


def first_two(rows: Rows, one: str, other: str, name: str = COMMON) -> tuple[str, str]:
    """Return two different records of lists that bear a name."""
    left = [str(row["record"]) for row in rows if row["list"] == one and row["name"] == name]
    right = [str(row["record"]) for row in rows if row["list"] == other and row["name"] == name]
    return left[0], right[-1]


def test_a_family_that_is_common_in_one_region_tells_more_in_another() -> None:
    """With 30 % of two lists and 0.1 % of the others, it tells in these nearly what they alone would say."""
    rows = clans(300, 1)
    pairs = [first_two(rows, *lists) for lists in (("a", "b"), ("a", "c"), ("c", "d"))]
    north, across, south = bits_of(rows, pairs)
    whole = plain(rows)
    of_collection = float(whole.information[whole.codes[prepared(rows)[1][pairs[0][0]], 0]])
    assert north == of_collection
    assert south > north + 4.0
    assert across == south  # those who are on both are no commoner than on the list where fewer are


def test_lists_alike_tell_what_the_collection_tells() -> None:
    """Where lists differ by chance only, nothing is looked up."""
    column, _ = prepared(clans(20, 22))
    assert column.listwise is None


@given(people)
def test_the_only_list_tells_what_the_collection_tells(told: list[tuple[str, str, int]]) -> None:
    """Whatever the names and scripts of one list, its bits are those of the collection, to the last bit."""
    rows = rows_of([("a", text, times) for _, text, times in told])
    column = prepared(rows)[0]
    assert column.listwise is None
    assert np.array_equal(column.information, plain(rows).information)


@given(people, st.randoms(use_true_random=False))
def test_no_order_of_lists_or_records_changes_a_bit(told: list[tuple[str, str, int]], lot: st.DataObject) -> None:
    """Lists under names that sort the other way, and rows in any order, tell the same."""
    rows = rows_of(told)
    ids = [str(row["record"]) for row in rows]
    pairs = list(zip(ids, [*ids[1:], ids[0]], strict=True))[:: max(1, len(ids) // 40)]
    other = dict(zip("abcd", "zyxw", strict=True))
    mixed = [{**row, "list": other[str(row["list"])]} for row in rows]
    lot.shuffle(mixed)  # type: ignore[attr-defined]
    assert bits_of(rows, pairs) == bits_of(mixed, pairs)
    assert bits_of(rows, pairs) == bits_of(rows, [(right, left) for left, right in pairs])


@given(people)
def test_no_list_makes_a_name_tell_less_and_no_script_makes_it_rarer(told: list[tuple[str, str, int]]) -> None:
    """In two lists a name tells at least what its script and sound say of it, and these never more than its letters."""
    rows = rows_of(told)
    column, at = prepared(rows)
    assert (column.word_bits <= plain(rows).word_bits).all()
    if column.listwise is not None:
        everybody = np.array(list(at.values()), dtype=np.int32)
        more = column.listwise.more(column.codes[everybody, 0], everybody, everybody[::-1].copy())
        assert (more >= 0.0).all()


def test_a_few_in_latin_letters_are_no_rare_name() -> None:
    """One in twenty is called so in Persian and in Latin letters: the few Latin spellings tell as little."""
    told = [("a", "احمد دستانی", 100), ("a", "رستم گرانی", 1900), ("b", "Ahmad Dastani", 5), ("b", "Rustem Gorani", 95)]
    rows = rows_of(told)
    bits = dict(zip(column_texts(rows), prepared(rows)[0].word_bits.tolist(), strict=True))
    assert bits["ahmad"] == pytest.approx(bits["احمد"], abs=0.3)
    before = dict(zip(column_texts(rows), plain(rows).word_bits.tolist(), strict=True))
    assert before["ahmad"] > bits["ahmad"] + 3.0


def column_texts(rows: Rows) -> list[str]:
    """Return the distinct words of the names of records."""
    from cenotaph.values.words import distinct_texts

    return distinct_texts(plain(rows).telling)


def test_how_a_list_spells_is_no_region() -> None:
    """Two lists of the same people that spell a name each in their way differ in no name."""
    told = [(name, f"{given} {family}", 30) for name, given in (("a", "Hossein"), ("b", "Husayn"))
            for family in ("Gorani", "Hastun", "Ilvari", "Jomard")]  # fmt: skip
    assert prepared(rows_of(told))[0].listwise is None


def test_a_title_is_no_name() -> None:
    """A list that calls everybody by a title does not make the title tell where others leave it out."""
    told = [("a", f"Dr Sanno {family}", 30) for family in ("Gorani", "Hastun", "Ilvari", "Jomard")]
    told += [("b", text.removeprefix("Dr "), times) for _, text, times in told]
    assert prepared(rows_of(told))[0].listwise is None


def test_a_list_that_was_not_counted_changes_nothing() -> None:
    """Under what was learnt before, records of a new list tell what the collection tells."""
    column, at = prepared(regional(300))
    assert column.listwise is not None
    later = listwise.bound(column.listwise.counts, column.telling, np.zeros(len(at), np.int32), ["new"])
    everybody = np.arange(len(at), dtype=np.int32)
    assert not later.more(column.codes[:, 0], everybody, everybody).any()
