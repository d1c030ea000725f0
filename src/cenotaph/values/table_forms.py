"""What the tables about sites and actors may hold: their fields, the headings these are known by, the words of codes.

Invariant: what the two tables of the package do not say has no meaning here: a heading that is not known names no
field, a word that is not known has no code. Nothing is guessed from a beginning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from cenotaph.values import tables
from cenotaph.values.folding import fold

_LANGUAGE = re.compile(r"(.+?)\s*\(\s*([a-z]{2,3})\s*\)\s*")
_CODE = "code:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column that a table may have; ``kind`` is id, record, text, date, place, number or code."""

    name: str
    kind: str
    required: bool
    headings: tuple[str, ...]
    vocabulary: str = ""  # of a code


@cache
def fields(about: str) -> Mapping[str, Field]:
    """Return the fields of the tables about something by name; none for a subject there is no table about."""
    rows = [row for row in tables.rows("table_fields") if row["about"] == about]
    return MappingProxyType({row["field"]: _field(row) for row in rows})


def _field(row: Mapping[str, str]) -> Field:
    kind, vocabulary = row["kind"], ""
    if kind.startswith(_CODE):
        kind, vocabulary = "code", kind.removeprefix(_CODE)
    headings = tuple(row["headings"].split("|"))
    return Field(
        name=row["field"], kind=kind, required=row["required"] == "yes", headings=headings, vocabulary=vocabulary
    )


@cache
def subjects() -> tuple[str, ...]:
    """Return what there are tables about: sites, site_history, site_people, actors, posts, command, allegations."""
    return tuple(dict.fromkeys(row["about"] for row in tables.rows("table_fields")))


def field_of(about: str, heading: str) -> tuple[str, str] | None:
    """Return the field a heading names and the language it ends with ("" without one); None for any other heading."""
    found = _LANGUAGE.fullmatch(heading.strip().casefold())
    bare, language = (found.group(1), found.group(2)) if found else (heading, "")
    name = _headings(about).get(fold(bare.replace("_", " ")))
    return None if name is None else (name, language)


@cache
def _headings(about: str) -> Mapping[str, str]:
    return {fold(heading): each.name for each in fields(about).values() for heading in each.headings}


def word_code(vocabulary: str, raw: str) -> str | None:
    """Return the code of a word of a vocabulary, ``site.event``; None for a word it does not have."""
    return _words(vocabulary).get(fold(raw.replace("_", " ").replace("-", " ")))


def vocabulary(name: str) -> tuple[str, ...]:
    """Return the codes of a vocabulary, in the order of the table."""
    return tuple(dict.fromkeys(_words(name).values()))


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of a vocabulary, folded, in the order of the table."""
    return tuple(_words(name))


@cache
def _words(name: str) -> Mapping[str, str]:
    return {
        fold(word.replace("-", " ")): row["code"]
        for row in tables.rows("table_words")
        if row["kind"] == name
        for word in (row["code"], *row["words"].split("|"))
    }
