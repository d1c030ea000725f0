"""What a date expression states, before any calendar is decided: the nodes that the grammars build.

Invariant: a node holds only what was written; ``None`` is "not stated", never a default.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Field:
    """One number of a numeric date: its value (None where ``??`` or ``00`` is written) and how many digits it has."""

    value: int | None
    digits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One date as stated, in the calendar that the words name if they name one."""

    year: int | None = None
    digits: int = 0  # of the year as written
    month: int | None = None
    day: int | None = None
    season: int | None = None
    part: str | None = None
    span: int = 1  # years that the year stands for: 10 for a decade, 100 for a century
    months: int = 1  # months that the month stands for (a quarter: 3)
    bare: Field | None = None  # a lone number: a year, or the day of a range
    triple: tuple[Field, Field, Field] | None = None  # day, month and year in an order still to be decided
    sign: str = ""  # between the numbers of the triple
    calendar: str | None = None
    era: str | None = None
    weekday: int | None = None
    languages: frozenset[str] = field(default_factory=frozenset)
    is_edtf: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """Two dates and what joins them.

    ``range`` (a – b), ``set`` (between a and b), ``either`` (a or b, nothing between them), ``slash`` (either, or one
    date in two calendars) or ``equal`` (a in b's calendar). ``wide`` is the right side without what the left lent it.
    """

    left: Node
    right: Node
    how: str
    wide: Node | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Before, until, since or after a date; ``as_set`` when one unknown day is meant, not a stretch of time."""

    inner: Node
    side: str
    as_set: bool = True


Node = Stated | Between | Open


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A whole expression: its node and the qualifiers that were written anywhere in it."""

    node: Node
    flags: frozenset[str] = field(default_factory=frozenset)
