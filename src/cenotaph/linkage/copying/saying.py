"""What each list says of each person, in a form in which two lists can err alike.

A name is its words; a date counts only where it names a day, an age only where it is a number. Of a list that says two
things of one person nothing is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.model import ListFacts
from cenotaph.values import date, fold, is_known, property_of

Value = frozenset[str]
_NUMBER = re.compile(r"\s*(\d{1,3})\s*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LISTS = 3  # two and a witness
KINDS = ("name", "date", "age")


@dataclass(frozen=True, slots=True)
class Said:
    """What one list says of one person, and which record says it."""

    value: Value
    record: str


@dataclass(frozen=True, slots=True)
class Sayings:
    """Of each property, of each person, what each list says; and how many people a word of a name is used of."""

    kinds: Mapping[str, str]
    said: Mapping[str, Mapping[int, Mapping[str, Said]]]
    words: Mapping[str, int]


def sayings(records: pa.Table, cluster: npt.NDArray[np.integer[Any]], lists: Mapping[str, ListFacts]) -> Sayings:
    """Read what lists say of the people whom three lists or more name: of others nobody can bear witness."""
    rows = _witnessed(records, cluster)
    records, cluster = records.take(pa.array(rows)), cluster[rows]
    keys = {key: property_of(key).kind for key in records.column_names if is_known(key)}
    keys = {key: kind for key, kind in keys.items() if kind in KINDS}
    names, ids = records.column("list").to_pylist(), records.column("record").to_pylist()
    said: dict[str, dict[int, dict[str, Said]]] = {}
    for key, kind in keys.items():
        read: dict[tuple[str, str], Value] = {}
        here: dict[int, dict[str, Said]] = {}
        for row, text in enumerate(records.column(key).to_pylist()):
            if not text:
                continue
            slot = (text, names[row])
            if slot not in read:
                read[slot] = _value(kind, text, lists.get(names[row]), key)
            if read[slot]:
                _add(here.setdefault(int(cluster[row]), {}), names[row], Said(read[slot], ids[row]))
        said[key] = {person: told for person, told in here.items() if len(told) > 1}
    return Sayings(keys, said, _words(said.get("name", {})))


def _witnessed(records: pa.Table, cluster: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.int64]:
    """Return the rows of people whom three lists or more name."""
    number = records.column("list").combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    of_list = np.unique((cluster.astype(np.int64) << 32) | number) >> 32
    person, lists = np.unique(of_list, return_counts=True)
    return np.flatnonzero(np.isin(cluster, person[lists >= _LISTS]))


def _add(told: dict[str, Said], name: str, said: Said) -> None:
    """Keep what a list says; where it says two things it says nothing."""
    held = told.get(name)
    told[name] = said if held is None or held.value == said.value else Said(frozenset(), held.record)


def _value(kind: str, text: str, facts: ListFacts | None, key: str) -> Value:
    if kind == "name":
        return frozenset(_WORD.findall(fold(text)))
    if kind == "age":
        found = _NUMBER.fullmatch(text)
        return frozenset({found[1]}) if found else frozenset()
    calendar = facts.calendars.get(key) if facts else None
    read = date(text, calendar, facts.language if facts else None)
    if read.earliest is None or read.earliest != read.latest or "ambiguous" in read.flags:
        return frozenset()
    return frozenset({read.earliest.isoformat()})


def _words(names: Mapping[int, Mapping[str, Said]]) -> Mapping[str, int]:
    return Counter(word for told in names.values() for word in frozenset().union(*(s.value for s in told.values())))
