"""JSON and JSON Lines."""

from __future__ import annotations

import pytest

from cenotaph.errors import InputError
from cenotaph.sources.readers import RawTable, read_table
from cenotaph.sources.readers.media import JSON


def read(text: str) -> RawTable:
    return read_table(text.encode(), "people.json", JSON)


ROWS = [{"id": "1", "name": "a"}, {"id": "2", "name": ""}]


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": 1, "name": "a"}, {"id": 2}]',
        '{"records": [{"id": 1, "name": "a"}, {"id": 2, "name": null}]}',
        '{"id": 1, "name": "a"}\n\n{"id": 2}\n',
    ],
)
def test_lists_of_objects_are_tables(text: str) -> None:
    """A list of objects, an object that holds one, and one object a line give the same table."""
    assert read(text).cells.to_pylist() == ROWS


def test_one_object_is_one_row() -> None:
    """A single line of JSON Lines is a list of one."""
    assert read('{"id": 1, "name": "a"}').cells.to_pylist() == ROWS[:1]


def test_values_stay_as_written() -> None:
    """Numbers keep their digits, truth values are words, objects become dotted columns, lists stay JSON."""
    found = read('[{"age": 53.0, "n": 1e3, "dead": true, "at": {"place": "x", "day": 1}, "also": ["b", "ç"]}]')
    row = {"age": "53.0", "n": "1e3", "dead": "true", "at.place": "x", "at.day": "1", "also": '["b", "ç"]'}
    assert found.cells.to_pylist() == [row]


def test_a_name_given_twice_loses_nothing() -> None:
    """Both values of a name that an object gives twice are kept."""
    assert read('[{"a": "1", "a": "2"}]').cells.to_pylist() == [{"a": "1", "a (2)": "2"}]


def test_what_is_no_object_is_refused_by_its_row() -> None:
    """An item that is no object is refused, and the others keep their numbers."""
    found = read('[{"id": 1}, 7, "x", {"id": 2}]')
    assert found.rows.to_pylist() == [1, 4]
    assert [(each.row, each.reason[:9]) for each in found.refused] == [(2, "no object"), (3, "no object")]


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("{nothing", "people.json: line 1: no JSON"),
        ('{"id": 1}\n{"id": }\n', "people.json: line 2: no JSON .* correct that line"),
        ('{"people": [{"id": 1}]}', "people.json: no list of records in it"),
        ("7", "people.json: no list of records in it"),
        ("[" * 100_000, "people.json: its lists are nested too deep"),
        ('[{"id": "x"}, {"id": "\\ud800"}]', "people.json: row 2: half a character, or a null one"),
        ('[{"id": "\\u0000"}]', "people.json: row 1: half a character, or a null one"),
        ("[]", "people.json: no table found in it"),
    ],
)
def test_other_things_are_errors(text: str, match: str) -> None:
    """Anything else is refused with the line and what to do."""
    with pytest.raises(InputError, match=match):
        read(text)
