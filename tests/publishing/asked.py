"""The invented register of ``tests.registry.asking``, as people who may be published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.registry.asking.people import LISTS, people

from cenotaph.publishing.asked import Askable
from cenotaph.publishing.guard import Guard
from cenotaph.publishing.policy import Policy
from cenotaph.publishing.public import PublicList
from cenotaph.registry import Person
from cenotaph.registry.asking import known

PUBLIC = {
    name: PublicList(name=name, title=more.get("title", name), language=more.get("language", "en"))
    for name, more in LISTS.items()
}


def persons(**changes: Any) -> Iterator[Person]:
    """Yield the people, with ids fit for an address."""
    for number, person in enumerate(people().persons(included=True)):
        yield replace(person, public_id=f"p{number:07d}x", aliases=(), **changes)


def door(**overrides: str) -> Guard:
    """Return a guard that lets questions be asked; ``overrides`` are audiences of properties, ``_`` for a dot."""
    policy = Policy({name.replace("_", "."): audience for name, audience in overrides.items()})
    askable = Askable(known(people(), policy.is_public))
    return Guard(policy, {name: row.language for name, row in PUBLIC.items()}, askable=askable)
