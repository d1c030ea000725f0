"""Fitting a mapping to a header."""

from __future__ import annotations

from typing import Any

import pytest

from cenotaph.config import ListTable
from cenotaph.errors import InputError
from cenotaph.sources.mapping import ListMapping, compile_mapping, mapping_digest, named_columns


def listed(**more: Any) -> ListTable:
    table: dict[str, Any] = {
        "file": "a.csv",
        "key": "{nr}-{name}",
        "columns": {"name": "name", "death.date": ["day", "year"]},
    }
    return ListTable.model_validate(table | more)


def fitted(table: ListTable, *columns: str, elsewhere: tuple[str, ...] = ()) -> ListMapping:
    return compile_mapping("one", table, columns, filename="a.csv", elsewhere=elsewhere)


def test_named_columns_are_all_that_a_mapping_looks_at() -> None:
    """Key, fallbacks, templates and citations are all looked at."""
    table = listed(cites={"book": "in book"}, columns={"death.place": "{city}, {state}", "name": ["a", "b"]})
    assert named_columns(table) == ("nr", "name", "city", "state", "a", "b", "in book")


def test_what_is_mapped_to_nothing_is_known() -> None:
    """Columns that no claim uses are listed."""
    assert fitted(listed(), "nr", "name", "day", "year", "phone").unmapped == ("phone",)


def test_a_wrong_column_is_an_error_that_helps() -> None:
    """A column that is not there is refused with its list, what uses it, what was meant and what is there."""
    with pytest.raises(InputError) as caught:
        fitted(listed(), "Nr", "name", "days", "year")
    assert str(caught.value) == (
        'cenotaph.toml: [lists.one] key names the column `nr` (did you mean `Nr`?); columns."death.date" names the '
        "column `day` (did you mean `days`?); a.csv has no such column. Its columns are `Nr`, `name`, `days`, `year`"
    )


def test_a_column_of_another_edition_is_empty_here() -> None:
    """A column that only another edition has is no error and is reported; the key's columns must be everywhere."""
    assert fitted(listed(), "nr", "name", "year", elsewhere=("day",)).absent == ("day",)
    with pytest.raises(InputError, match="key names the column `nr`"):
        fitted(listed(), "name", "day", "year", elsewhere=("nr",))


def test_the_digest_is_of_what_decides_records() -> None:
    """The digest changes with key, columns, codes and citations, and not with titles or calendars."""
    digests = {
        mapping_digest(table)
        for table in (
            listed(),
            listed(key="nr"),
            listed(cites={"book": "in book"}),
            listed(missing=["NA"]),
            listed(columns={"name": "name"}),
            listed(columns={"sex": {"column": "s", "codes": {"x": "male"}}}),
        )
    }
    assert len(digests) == 6
    assert mapping_digest(listed(title="Another", calendar={"death.date": "persian"})) == mapping_digest(listed())
