"""FollowTheMoney entities as rows of a register: every person a record, and what our own export notes of their acts.

Invariant: an entity's texts are taken as they stand. What an entity says of anybody who is no Person is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cenotaph.errors import InputError
from cenotaph.messages import Message
from cenotaph.sources.readers.register_row import Row
from cenotaph.values import properties

LIST = "ftm"
_OURS: Mapping[str, str] = {each.ftm: each.name for each in reversed(list(properties.PROPERTIES.values())) if each.ftm}


def rows_of_entities(data: bytes, filename: str, name: str = LIST) -> list[Row]:
    """Return the rows of a file of entities, one JSON object a line.

    Parameters
    ----------
    data, filename
        The file.
    name
        The list that its persons are records of.

    Raises
    ------
    InputError
        A line is no entity; or there is no person in the file.
    """
    entities = list(_entities(data, filename))
    acts: dict[str, list[str]] = {}
    for entity in entities:
        for person in _texts(entity, "involved"):
            acts.setdefault(person, []).extend(_texts(entity, "notes"))
    people = [(number, entity) for number, entity in enumerate(entities, 1) if entity["schema"] == "Person"]
    if not people:
        raise InputError(Message("{file}: no entity in it is a Person; nothing to import", file=filename))
    rows: list[Row] = []
    for number, entity in people:
        rows += _person(entity, number, acts.get(entity["id"], []), name)
    return rows


def _person(entity: Mapping[str, Any], number: int, notes: Sequence[str], name: str) -> Iterator[Row]:
    key, place = entity["id"], f"line {number}"
    record = f"{name}:{key}"
    yield Row("record", person=key, record=record, list=name, value=str(number), locator=place)
    said: dict[str, int] = {}
    stated = [
        (_OURS[ftm], text) for ftm in sorted(entity["properties"]) if ftm in _OURS for text in _texts(entity, ftm)
    ]
    for prop, text in [*stated, *_noted([*_texts(entity, "notes"), *notes])]:
        head, act, rest = _parted(prop)
        said[prop] = said.get(prop, 0) + 1
        key_ = prop if said[prop] == 1 else f"{head}[{act + said[prop] - 1}]{rest}"
        yield Row("claim", record=record, list=name, property=key_, value=text, locator=place)


def _parted(key: str) -> tuple[str, int, str]:
    """Return ``("trial", 2, ".date")`` for ``trial[2].date``: a further value gets the next number."""
    head, dot, rest = key.partition(".")
    base, _, number = head.partition("[")
    return base, int(number.rstrip("]") or 1), dot + rest


def _noted(notes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what our own export wrote down as ``death.date: text``."""
    for note in notes:
        key, colon, text = note.partition(": ")
        if colon and properties.is_known(key):
            yield key, text


def _entities(data: bytes, filename: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(data.decode("utf-8-sig", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(_no_entity(filename, number)) from error
        whole = isinstance(entity, dict) and isinstance(entity.get("id"), str) and isinstance(entity.get("schema"), str)
        if not whole or not isinstance(entity.get("properties"), dict):
            raise InputError(_no_entity(filename, number))
        yield entity


def _no_entity(filename: str, number: int) -> Message:
    return Message(
        "{file}, line {n}: this is no FollowTheMoney entity; a line is a JSON object with id, schema and properties",
        file=filename,
        n=str(number),
    )


def _texts(entity: Mapping[str, Any], name: str) -> list[str]:
    found = entity["properties"].get(name, [])
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []
