"""Inclusion and verification status by written criteria.

Invariant: one object computes the status of every person and prints the methodology page, so that the method
published and the method run cannot differ.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from cenotaph.errors import ConfigError

INCLUSION: Mapping[str, Mapping[str, str]] = {
    "included": {
        "en": "A source states the person killed, dead or disappeared, and not every date lies outside the period.",
        "fa": "دست‌کم یک منبع کشته شدن، مرگ یا ناپدید شدن این شخص را گفته و هیچ منبعی مرگ را بیرون از دوره نمی‌داند.",
    },
    "no-death-stated": {
        "en": "No source states the person dead or disappeared; the person is treated as living and is not published.",
        "fa": "هیچ منبعی مرگ یا ناپدید شدن این شخص را نگفته است؛ او زنده فرض می‌شود و منتشر نمی‌شود.",
    },
    "outside-period": {
        "en": "Every date of death that a source gives lies outside the period of this register.",
        "fa": "همه‌ی تاریخ‌های مرگی که منابع داده‌اند بیرون از دوره‌ی این سیاهه است.",
    },
}

_CONDITIONS = ("contested", "withdrawn", "fate_disputed", "independent", "has")
_FIELDS = (*_CONDITIONS, "name", "title", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a criterion may look at."""

    independent: int
    contested: bool = False
    withdrawn: bool = False
    fate_disputed: bool = False
    properties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A status and the conditions that give it; a condition left out is always met."""

    name: str
    contested: bool | None = None
    withdrawn: bool | None = None
    fate_disputed: bool | None = None
    independent: int = 0
    has: tuple[str, ...] = ()
    title: Mapping[str, str]
    text: Mapping[str, str]

    def holds(self, facts: Facts) -> bool:
        """Say whether all conditions hold."""
        flags = (
            (self.contested, facts.contested),
            (self.withdrawn, facts.withdrawn),
            (self.fate_disputed, facts.fate_disputed),
        )
        return (
            all(wanted is None or wanted == actual for wanted, actual in flags)
            and facts.independent >= self.independent
            and facts.properties.issuperset(self.has)
        )


@dataclass(frozen=True, slots=True)
class Criteria:
    """The ordered criteria of a case; the first that holds gives the status."""

    status: tuple[Criterion, ...]

    def status_of(self, facts: Facts) -> str:
        """Return the name of the first status whose conditions hold, or ``"unclassified"``."""
        return next((criterion.name for criterion in self.status if criterion.holds(facts)), "unclassified")

    def to_json(self) -> list[dict[str, Any]]:
        """Return the rules as plain data: the same data, the same statuses."""
        return [{name: getattr(rule, name) for name in ("name", *_CONDITIONS)} for rule in self.status]

    @property
    def properties(self) -> frozenset[str]:
        """Return the properties that some condition asks for."""
        return frozenset(name for criterion in self.status for name in criterion.has)


def load_criteria(rows: Iterable[Mapping[str, Any]] | None = None) -> Criteria:
    """Make the criteria of a case, or the shipped ones when the case has none of its own.

    Raises
    ------
    ConfigError
        A table has an unknown condition, or no name, title or text.
    """
    if not rows:
        text = files("cenotaph.registry").joinpath("data/criteria.toml").read_text(encoding="utf-8")
        rows = tomllib.loads(text)["status"]
    return Criteria(tuple(_criterion(row) for row in rows))


def _criterion(row: Mapping[str, Any]) -> Criterion:
    unknown = sorted(set(row) - set(_FIELDS))
    missing = [name for name in ("name", "title", "text") if not row.get(name)]
    if unknown or missing:
        problem = f"unknown {unknown}" if unknown else f"lacks {missing}"
        raise ConfigError(
            f"cenotaph.toml: [[criteria.status]] {row.get('name', '?')}: {problem}; it takes {', '.join(_FIELDS)}"
        )
    conditions = {name: row[name] for name in _CONDITIONS if name in row}
    if "has" in conditions:
        conditions["has"] = tuple(conditions["has"])
    return Criterion(name=row["name"], title=_texts(row["title"]), text=_texts(row["text"]), **conditions)


def _texts(value: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"en": value} if isinstance(value, str) else value
