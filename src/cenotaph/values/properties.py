"""What each claim key means: kind, act, audience, labels and standards. The table is ``data/properties.csv``.

Invariant: a key that the table does not name is internal. Nothing becomes public by being forgotten.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cenotaph.errors import NotFound
from cenotaph.values import tables

_INDEX = re.compile(r"\[\d+\]")
_LABEL = "label_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of a person or an act, and how the standards call it."""

    name: str
    kind: str  # name | date | place | age | code | text | number
    act: str = ""
    audience: str = "internal"
    labels: Mapping[str, str]
    huridocs: str = ""
    schema_org: str = ""
    ftm: str = ""
    vocabulary: str = ""  # whose words it takes, see `vocabularies`

    def label(self, language: str) -> str:
        """Return the label in a language, in English where the language has none, else the name itself."""
        return self.labels.get(language) or self.labels.get("en") or self.name


def _from_row(row: Mapping[str, str]) -> Property:
    labels = {key.removeprefix(_LABEL): text for key, text in row.items() if key.startswith(_LABEL) and text}
    return Property(
        name=row["property"],
        kind=row["kind"],
        act=row["act"],
        audience=row["audience"] or "internal",
        labels=MappingProxyType(labels),
        huridocs=row["huridocs"],
        schema_org=row["schema_org"],
        ftm=row["ftm"],
        vocabulary=row["vocabulary"] or "",
    )


def _load() -> Mapping[str, Property]:
    found = [_from_row(row) for row in tables.rows("properties")]
    return MappingProxyType({each.name: each for each in found})


PROPERTIES: Mapping[str, Property] = _load()


def _bare(key: str) -> str:
    return _INDEX.sub("", key)


def is_known(key: str) -> bool:
    """Say whether the table names this key; an index does not matter: ``trial[2].date`` is ``trial.date``."""
    return _bare(key) in PROPERTIES


def property_of(key: str) -> Property:
    """Return what a claim key means; ``other.*`` and ``cites.*`` are internal whatever they are called.

    Raises
    ------
    NotFound
        The key is in no table; the message proposes the nearest name.
    """
    name = _bare(key)
    if name in PROPERTIES:
        return PROPERTIES[name]
    if name.startswith("other."):
        return Property(name=name, kind="text", labels={})
    if name.startswith("cites."):
        return Property(name=name, kind="code", labels={})
    near = difflib.get_close_matches(name, PROPERTIES, n=1)
    hint = f"; did you mean `{near[0]}`?" if near else "; see values/data/properties.csv for the names"
    raise NotFound(f"property `{name}` does not exist{hint}")
