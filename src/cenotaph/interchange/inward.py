"""What a case file says of an imported register, and what has to be decided so that it shows what its file shows.

Invariant: nothing is said of a list that the file does not say of it. A value that the rules would not choose is chosen
by an entry that names the register, so that a later reader sees why it is shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cenotaph.model import split_key
from cenotaph.registry import Register
from cenotaph.sources.readers.register_row import Row

_MANY = ("derived_from", "cites")
_FLAGS = {"yes": True, "no": False}
_CASE = ("title", "period", "include", "country")


def config_text(rows: Sequence[Row], *, name: str, file: str, form: str, title: str, new: bool) -> str:
    """Return what has to stand in ``cenotaph.toml``: the register's table, before it the case's where it is new.

    Parameters
    ----------
    rows
        The register's rows.
    name, file, form, title
        What it is called, the name of its file, ``csv`` or ``ftm``, and what people call it.
    new
        Whether a case is to be made of it.
    """
    said = {row.property: row.value for row in rows if row.what == "case"}
    lines = [*_case(said, title), ""] if new else []
    lines += [f"[registers.{name}]", f"title = {_toml(said.get('title') or title)}", f"file = {_toml(file)}"]
    lines += [f"form = {_toml(form)}"] if form != "csv" else []
    lines += ["published = true"] if said.get("audience") == "public" else []
    return "\n".join([*lines, *_lists(rows), ""])


def _case(said: Mapping[str, str], title: str) -> Iterator[str]:
    yield "[case]"
    for key in _CASE:
        if text := said.get(key, title if key == "title" else ""):
            yield f"{key} = {_toml(text)}"
    yield f"languages = {_toml(said.get('languages', 'en').split())}"
    if said.get("invented") == "yes":
        yield "invented = true"


def _lists(rows: Iterable[Row]) -> Iterator[str]:
    tables: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.what == "list":
            _say(tables.setdefault(row.list, {}), row.property, row.value)
        elif row.what == "source":
            tables.setdefault(row.list, {}).setdefault("files", []).append([int(row.record), row.source])
        elif row.what == "record":
            tables.setdefault(row.list, {})
    yield from (f"lists.{name} = {_toml(table)}" for name, table in tables.items())


def _say(table: dict[str, Any], key: str, text: str) -> None:
    if key in _MANY:
        table.setdefault(key, []).append(text)
        return
    head, dot, rest = key.partition(".")
    if dot and head == "covers":
        table.setdefault("covers", {}).setdefault(rest, []).append(text)
    elif dot:
        table.setdefault(head, {})[rest] = text
    else:
        table[key] = _FLAGS[text] if key in ("unique", "capture") else text


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    pairs = (f"{_key(name)} = {_toml(_covers(name, each))}" for name, each in value.items())
    return "{ " + ", ".join(pairs) + " }"


def _covers(name: str, value: Any) -> Any:
    """Return a period as one text; anything else that a list covers is several."""
    dated = name == "period" or name.endswith(".date")
    return value[0] if dated and isinstance(value, list) and len(value) == 1 else value


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _toml(name)


def choices_to_make(rows: Iterable[Row], register: Register) -> Iterator[tuple[str, str, str]]:
    """Yield record, property and chosen record wherever the register would show another claim than its file does.

    The first of them names any record of the person; the choice of a property holds for all its acts.
    """
    shown = {(row.record, split_key(row.property)): row for row in rows if row.what == "claim" and row.shown}
    for person in register.persons():
        for value in person.values:
            slot = (value.property, value.index)
            wanted = [record for record in person.records if (record, slot) in shown]
            if wanted and value.chosen.claim.record != wanted[0]:
                yield wanted[0], value.property, wanted[0]
