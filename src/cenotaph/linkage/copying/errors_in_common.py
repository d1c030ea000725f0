"""Errors that two lists have in common, held against what the other lists say, and how many chance would give.

For two lists, the *witnesses* are all others; those that derive from each other are one voice. A list departs from the
witnesses where it says something else than they all do: a word of a name otherwise and less usual than theirs, or
another day or age than a majority of voices (three or more). Where two departures are the same the two lists share an
error. Chance gives at most as many as people of whom both depart, when each departs as often as it does and neither
knows of the other (within people whose names are equally common): a sum of hypergeometric numbers, its tail exact.

Invariant: the order of records and lists changes nothing; a person counts once for a property.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import hypergeom

from cenotaph.linkage.copying.saying import Said, Sayings, Value

Departure = tuple[str, ...]  # what the list says in the place of what; empty: as the witnesses do
_AGE_YEARS = 1  # an age may be counted either way
_MAJORITY = 3  # voices that outweigh two lists


@dataclass(frozen=True, slots=True)
class Shared:
    """Two records of one person with the same departure from what others say."""

    left: str
    right: str
    property: str


@dataclass(frozen=True, slots=True)
class Common:
    """What two lists share: people compared, departures of either, the shared ones, and what chance would give."""

    compared: int
    departures: tuple[int, int]
    shared: tuple[Shared, ...]
    expected: float
    p: float


@dataclass(frozen=True, slots=True)
class _Seen:
    stratum: tuple[str, int]
    departures: tuple[Departure, Departure]
    shared: Shared


def in_common(found: Sayings, pair: tuple[str, str], witnesses: Mapping[str, str]) -> Common:
    """Compare two lists against the witnesses.

    Parameters
    ----------
    found
        What lists say of people.
    pair
        The two lists.
    witnesses
        The voice that each other list belongs to.
    """
    seen = [each for key in found.kinds for each in _of_property(found, key, pair, witnesses)]
    shared = tuple(each.shared for each in seen if each.departures[0] and each.departures[0] == each.departures[1])
    strata: dict[tuple[str, int], list[_Seen]] = {}
    for each in seen:
        strata.setdefault(each.stratum, []).append(each)
    tables = [(len(inside), *_departures(inside)) for inside in strata.values()]
    expected = sum(left * right / people for people, left, right in tables)
    departures = _departures(seen)
    return Common(len(seen), departures, shared, expected, _tail(tables, len(shared)))


def _departures(seen: Sequence[_Seen]) -> tuple[int, int]:
    return sum(bool(each.departures[0]) for each in seen), sum(bool(each.departures[1]) for each in seen)


def _of_property(found: Sayings, key: str, pair: tuple[str, str], witnesses: Mapping[str, str]) -> list[_Seen]:
    kind, seen = found.kinds[key], []
    for person in sorted(found.said[key]):
        told = found.said[key][person]
        others = {name: told[name].value for name in witnesses if name in told and told[name].value}
        sides = [told.get(name) for name in pair]
        if not others or any(side is None or not side.value for side in sides):
            continue
        one, two = (side for side in sides if side is not None)
        voices = len({witnesses[name] for name in others})
        made = _seen(found, kind, (one, two), (tuple(others.values()), voices))
        if made is not None:
            seen.append(_Seen((key, made[0]), made[1], Shared(one.record, two.record, key)))
    return seen


def _seen(
    found: Sayings, kind: str, sides: tuple[Said, Said], witness: tuple[Sequence[Value], int]
) -> tuple[int, tuple[Departure, Departure]] | None:
    """Return how usual what the witnesses say is, and how each side departs from it; None where nothing can be told."""
    others, voices = witness
    if kind == "name":
        return _names(found.words, (sides[0].value, sides[1].value), others)
    if voices < _MAJORITY or len(set(others)) > 1:
        return None
    (agreed,) = others[0]
    departures = [_other(kind, said, agreed) for side in sides for said in side.value]
    return 0, (departures[0], departures[1])


def _other(kind: str, said: str, agreed: str) -> Departure:
    near = kind == "age" and abs(int(said) - int(agreed)) <= _AGE_YEARS
    return () if said == agreed or near else (said,)


def _names(
    words: Mapping[str, int], sides: tuple[Value, Value], others: Sequence[Value]
) -> tuple[int, tuple[Departure, Departure]] | None:
    agreed, any_of = frozenset.intersection(*others), frozenset.union(*others)
    if len(agreed) < 2:
        return None
    usual = min(words[word] for word in agreed)
    departures = []
    for said in sides:
        put, left_out = sorted(said - any_of), sorted(agreed - said)
        if len(put) > 1 or len(left_out) > 1:
            return None  # another name altogether: perhaps another person
        departs = len(put) == len(left_out) == 1 and _rarer(words, put[0], left_out[0])
        departures.append((*put, *left_out) if departs else ())
    return int(np.log2(usual)), (departures[0], departures[1])


def _rarer(words: Mapping[str, int], put: str, left_out: str) -> bool:
    """Say whether a word is the less usual one of two; both are used of this person."""
    return words[put] < words[left_out]


def _tail(tables: Sequence[tuple[int, int, int]], shared: int) -> float:
    """Return how likely chance gives so many people of whom both lists depart, or more."""
    mass = np.ones(1)
    for people, left, right in tables:
        if left and right:
            mass = np.convolve(mass, hypergeom(people, left, right).pmf(np.arange(min(left, right) + 1)))
    return float(min(1.0, mass[shared:].sum()))
