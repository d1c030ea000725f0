"""Errors that two lists have in common, held against what the other lists say, and how many chance would give.

For two lists, the *witnesses* are all others; those that derive from each other are one voice. A list departs from the
witnesses where it says something else than they all do: a word of a name otherwise and less usual than theirs, or
another day or age than a majority of voices (three or more). Where two departures are the same the two lists share
an error. Chance gives at most as many as people of whom both lists depart by the same number of days or years, or in a
word, when each departs as often as it does and neither knows of the other (within people whose names are equally
common): a sum of hypergeometric numbers, its tail exact. For names that is generous, for two slips are seldom the same;
a hard name is misspelt more often by everybody, and generosity pays for that.

Invariant: the order of records and lists changes nothing; a person counts once for a property.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.stats import hypergeom

from cenotaph.linkage.copying.saying import Said, Sayings, Value

Departure = tuple[str, ...]  # a word in the place of another, or how far off; empty: as the witnesses say
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
    by_distance: bool  # a date or an age: two slips over the same distance may be chance


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
    tables = _tables(seen)
    expected = sum(left * right / people for people, left, right in tables)
    departures = _departures(seen)
    return Common(len(seen), departures, shared, expected, _tail(tables, len(shared)))


def _tables(seen: Sequence[_Seen]) -> list[tuple[int, int, int]]:
    """Return of each stratum, and of dates and ages of each distance, the people and how many each list departs of."""
    strata: dict[tuple[str, int], list[_Seen]] = {}
    for each in seen:
        strata.setdefault(each.stratum, []).append(each)
    tables = []
    for inside in strata.values():
        sides = [Counter(each.departures[side] if each.by_distance else bool(each.departures[side])
                         for each in inside if each.departures[side]) for side in (0, 1)]  # fmt: skip
        tables += [(len(inside), sides[0][what], sides[1][what]) for what in sorted(sides[0].keys() & sides[1].keys())]
    return tables


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
            seen.append(_Seen((key, made[0]), made[1], Shared(one.record, two.record, key), kind != "name"))
    return seen


def _seen(
    found: Sayings, kind: str, sides: tuple[Said, Said], witness: tuple[Sequence[Value], int]
) -> tuple[int, tuple[Departure, Departure]] | None:
    """Return how usual what the witnesses say is, and how each side departs from it; None where nothing can be told."""
    others, voices = witness
    if kind == "name":
        return _names(found.words, (sides[0].value, sides[1].value), witness)
    if voices < _MAJORITY or len(set(others)) > 1:
        return None
    (agreed,) = others[0]
    departures = [_other(kind, said, agreed) for side in sides for said in side.value]
    return 0, (departures[0], departures[1])


def _other(kind: str, said: str, agreed: str) -> Departure:
    if kind == "age":
        far = int(said) - int(agreed)
        return (f"{far:+}",) if abs(far) > _AGE_YEARS else ()
    days = (date.fromisoformat(said) - date.fromisoformat(agreed)).days
    return (f"{days:+}",) if days else ()


def _names(
    words: Mapping[str, int], sides: tuple[Value, Value], witness: tuple[Sequence[Value], int]
) -> tuple[int, tuple[Departure, Departure]] | None:
    others, voices = witness
    agreed, any_of = frozenset.intersection(*others), frozenset.union(*others)
    if len(agreed) < 2:
        return None
    usual = min(words[word] for word in agreed)
    departures = []
    for said in sides:
        put, left_out = sorted(said - any_of), sorted(agreed - said)
        if len(put) > 1 or len(left_out) > 1:
            return None  # another name altogether: perhaps another person
        departs = len(put) == len(left_out) == 1 and _rarer(words, put[0], left_out[0], voices)
        departures.append((*put, *left_out) if departs else ())
    return int(np.log2(usual)), (departures[0], departures[1])


def _rarer(words: Mapping[str, int], put: str, left_out: str, voices: int) -> bool:
    """Say whether a word is the less usual one of two, both used of this person; a majority decides between equals."""
    return words[put] < words[left_out] or (words[put] == words[left_out] and voices >= _MAJORITY)


def _tail(tables: Sequence[tuple[int, int, int]], shared: int) -> float:
    """Return how likely chance gives so many people of whom both lists depart, or more."""
    mass = np.ones(1)
    for people, left, right in tables:
        if left and right:
            mass = np.convolve(mass, hypergeom(people, left, right).pmf(np.arange(min(left, right) + 1)))
    return float(min(1.0, mass[shared:].sum()))
