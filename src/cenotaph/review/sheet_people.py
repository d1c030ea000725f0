"""The sheet of people: every row of every list with its own columns as captured, a person's rows together."""

from __future__ import annotations

from collections.abc import Iterator

from cenotaph.review.layout import Column, Row, Sheet
from cenotaph.review.material import Material
from cenotaph.sources import Original, originals

_FIRST = {"person": 17, "record": 28, "list": 22, "row": 8}


def sheet(material: Material) -> Sheet:
    """Return the sheet; columns that several lists have under one name stand once."""
    words = material.words
    found = list(originals(material.case))
    used = set(material.records.column("source").unique().to_pylist())
    names = tuple(dict.fromkeys(name for each in found if each.digest in used for name in each.raw.columns))
    first = tuple(Column(name, words.say("columns", name), width) for name, width in _FIRST.items())
    own = tuple(Column(f"own{number}", name, 20) for number, name in enumerate(names))
    return Sheet("people", words.say("sheets", "people"), (*first, *own), _rows(material, found, names), 2)


def _rows(material: Material, found: list[Original], names: tuple[str, ...]) -> Iterator[Row]:
    case, groups, records = material.case, material.register.groups, material.records
    files = {each.digest: _Rows(each, names) for each in found}
    ids, lists = records.column("record").to_pylist(), records.column("list").to_pylist()
    places = list(zip(records.column("source").to_pylist(), records.column("row").to_pylist(), strict=True))
    for person in range(groups.size):
        members = groups.members(person)
        founder = case.public_id(ids[members[0]])
        for row in members:
            digest, number = places[row]
            # a marked passage has no row of its own in a table
            own = files[digest].row(number) if digest in files else [None] * len(names)
            cells = (founder, ids[row], material.title_of(lists[row]), str(number), *own)
            yield Row(case.public_id(ids[row]), cells)


class _Rows:
    """The rows of one file under the columns of all."""

    def __init__(self, original: Original, names: tuple[str, ...]) -> None:
        self._place = {number: place for place, number in enumerate(original.raw.rows.to_pylist())}
        cells = original.raw.cells
        own = set(cells.column_names)
        self._columns = [cells.column(name).combine_chunks() if name in own else None for name in names]

    def row(self, number: int) -> list[str | None]:
        """Return the cells of a row by its number in the file."""
        place = self._place[number]
        return [None if column is None else column[place].as_py() or None for column in self._columns]
