"""The guard over what a group writes: no text may name a person whose page consent keeps closed.

Invariant: a document, row or panel that holds the full name of such a person is not published, and the report says
which file and which public id, never the name. A name of one word proves nothing and is not looked for; the names of
an erased person are gone from the case, so nobody can look for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from cenotaph.campaign import Content, Problem
from cenotaph.publishing.guard import Withheld, refusal
from cenotaph.publishing.naming import named_in
from cenotaph.registry.persons import Person
from cenotaph.values import fold

_NAMES = ("name", "name.alias")
_ROWS = {"timeline": "timeline.toml", "figures": "figures.toml", "sites": "sites.toml", "books": "books.toml"}
_DOCUMENTS = ("articles", "events", "statements")


def without_hidden(content: Content, persons: Iterable[Person]) -> Content:
    """Return the content without everything that names a hidden person, a problem in its place.

    Parameters
    ----------
    content
        What the group wrote.
    persons
        The persons of the register.
    """
    return without_names(content, hidden_names(persons))


def hidden_names(persons: Iterable[Person]) -> Mapping[str, str]:
    """Return every full name, folded, of persons whose page consent keeps closed, with their public ids."""
    return {name: person.public_id for person in persons if refusal(person) is Withheld.HIDDEN
            for name in _full_names(person)}  # fmt: skip


def without_names(content: Content, names: Mapping[str, str]) -> Content:
    """Return the content without everything in which one of the names stands, a problem in its place."""
    if not names:
        return content
    problems: list[Problem] = []
    kept: dict[str, Any] = {}
    for kind in (*_DOCUMENTS, *_ROWS):
        rows = [(_file(kind, row, number), row) for number, row in enumerate(getattr(content, kind), 1)]
        kept[kind] = tuple(row for file, row in rows if not _names_one(file, row, names, problems))
    panels = {key: panel for key, panel in content.panels.items()
              if not _names_one(f"panels/{key}", panel, names, problems)}  # fmt: skip
    return replace(content, **kept, panels=panels, problems=(*content.problems, *problems))


def _full_names(person: Person) -> Iterator[str]:
    """Yield every name a source gives, folded, of two words or more; given and family name together too."""
    said = [claim.claim.raw for value in person.values if value.property in _NAMES for claim in value.claims]
    said += [value.chosen.claim.raw for value in person.names.values()]
    parts = {value.property: value.chosen.claim.raw for value in person.values}
    if {"name.given", "name.family"} <= set(parts):
        said.append(f"{parts['name.given']} {parts['name.family']}")
    yield from (name for name in map(fold, said) if " " in name)


def _file(kind: str, row: object, number: int) -> str:
    return f"{kind}/{getattr(row, 'id', '')}" if kind in _DOCUMENTS else f"{_ROWS[kind]} (row {number} as shown)"


def _names_one(file: str, item: object, names: Mapping[str, str], problems: list[Problem]) -> bool:
    found = named_in(item, names)
    if found:
        said = f"it names {', '.join(found)}, whom consent keeps off the pages; take the name out"
        problems.append(Problem(file=file, what=said))
    return bool(found)
