"""What a proposal is: lines for ``cenotaph.toml``, each with how sure it is, and the doubts a person should settle.

Invariant: nothing is silent. A line that rests on more than its header's words carries a reason; one that could state
something untrue is held back until a person says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cenotaph.messages import Message
from cenotaph.sources.readers import RawTable

Value = str | bool | list[str] | dict[str, object]
Certainty = Literal["sure", "doubtful", "held"]
QUESTIONS = ("capture", "covers", "derived_from", "states")  # never guessed: only people know


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list's table.

    Parameters
    ----------
    key
        As it stands in the file: ``date_order``, ``columns."death.date"``.
    value
        What is proposed.
    certainty
        ``sure``; ``doubtful``: used, with a question mark; ``held``: not used until a person says so.
    why
        What is doubtful, or where it comes from.
    """

    key: str
    value: Value
    certainty: Certainty = "sure"
    why: Message | None = None

    @property
    def property(self) -> str:
        """Return the property that a ``columns`` line is about, empty for other lines."""
        return self.key.removeprefix("columns.").strip('"') if self.key.startswith("columns.") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something a person should look at; ``kind`` is for programs."""

    kind: str
    what: Message
    column: str = ""


@dataclass(slots=True, kw_only=True)
class Draft:
    """The proposal for one list, while it is made and after."""

    name: str
    file: str
    table: RawTable
    title: str = ""
    language: str = ""
    lines: list[Line] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    cites: dict[str, str] = field(default_factory=dict)  # held: name of the earlier list -> column
    used: set[str] = field(default_factory=set)

    def propose(self, key: str, value: Value, certainty: Certainty = "sure", why: Message | None = None) -> None:
        """Add a line."""
        self.lines.append(Line(key=key, value=value, certainty=certainty, why=why))

    def doubt(self, kind: str, what: Message, column: str = "") -> None:
        """Add a doubt."""
        self.doubts.append(Doubt(kind=kind, what=what, column=column))

    def line(self, key: str) -> Line | None:
        """Return the line of a key."""
        return next((line for line in self.lines if line.key == key), None)

    @property
    def mapped(self) -> Mapping[str, Line]:
        """Return the lines that map a property, by property."""
        return {line.property: line for line in self.lines if line.property}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Return the columns that nothing uses: kept, internal."""
        return tuple(name for name in self.table.columns if name not in self.used)


def column_key(property: str) -> str:
    """Return the key of a property's line; a name with a dot or a bracket needs quotes."""
    return f"columns.{property}" if property.isalpha() else f'columns."{property}"'
