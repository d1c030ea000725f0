"""The sheet of weakest links: what each person of several records hangs on, and why; the most doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow.compute as pc

from cenotaph.linkage import guards_of, weakest
from cenotaph.review.layout import Column, Row, Sheet
from cenotaph.review.material import Material
from cenotaph.review.reasons import reasons
from cenotaph.review.telling import cell
from cenotaph.review.waterfall import said, waterfall

_COLUMNS = {
    "person": 17, "probability": 11, "hanging": 30, "a": 28, "b": 28, "why": 44, "waterfall": 60, "left_list": 20,
    "right_list": 20, "left_record": 24, "right_record": 24,
}  # fmt: skip


def sheet(material: Material) -> Sheet:
    """Return the sheet; nothing in it is for people to fill in: a doubtful link is a question among the pairs."""
    words = material.words
    titles = {name: words.say("columns", name) for name in _COLUMNS if name not in ("a", "b")}
    titles |= {side: words.say("columns", side, name=words.say("columns", "name")) for side in ("a", "b")}
    columns = tuple(Column(name, titles[name], width) for name, width in _COLUMNS.items())
    return Sheet("weakest", words.say("sheets", "weakest"), columns, _rows(material), 1, wrapped=True)


def _rows(material: Material) -> Iterator[Row]:
    table = weakest(material.links.pairs, material.links.cluster).table
    order = pc.sort_indices(table, [("weight", "ascending"), ("person", "ascending")])
    said_ = {frozenset((each.left, each.right)): each for each in material.case.judgements}
    for row in table.take(order[: material.limit]).to_pylist():
        yield _row(material, row, said_)


def _row(material: Material, row: Mapping[str, Any], judged: Mapping[frozenset[str], Any]) -> Row:
    words, records = material.words, material.records
    ids, lists = records.column("record"), records.column("list")
    rows = [row["left"], row["right"]]
    one, two = (ids[at].as_py() for at in rows)
    person = material.case.public_id(ids[row["person"]].as_py())
    weights = {name.removeprefix("w."): bits for name, bits in row.items() if name.startswith("w.")}
    steps = waterfall(records, row, words, linked=True, judgement=judged.get(frozenset((one, two))))
    cells = (
        person, round(row["probability"], 3), words.say("hanging", "sides", side=row["side"], records=row["records"]),
        *(said(records, "name", at) for at in rows), reasons(weights, words, guards_of(row["guards"])),
        cell(steps, words), *(material.title_of(lists[at].as_py()) for at in rows), one, two,
    )  # fmt: skip
    return Row(person, cells)
