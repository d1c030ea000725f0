"""What is never linked on its own, however rare it looks: a name alone, one word, no name, a family on one day.

Invariant: a guard only takes evidence away from a pair; what it holds back becomes a question for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.clusters import unnamed
from cenotaph.linkage.clusters.facts import RecordFacts
from cenotaph.linkage.comparison.compare import Compared
from cenotaph.linkage.comparison.levels import FARTHEST_AGE
from cenotaph.linkage.encoding.encode import Ints
from cenotaph.linkage.weights.model import Weighed

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
OWN_NAMES = frozenset({"name", "name.given", "name.family", "name.alias"})
HELD_BACK = -0.5  # log2 odds of a pair that evidence favours but a guard does not let through
_SOME, _MUCH = 2.0, 6.0  # bits beside the name
_SAME_AGES = (1, 7)  # levels: the same, and one within the band of the other
_FEW = 3  # others of the same name: a rare name
GUARDS = ("one-word", "name-alone", "unnamed", "ages", "relatives")
_PART_SHARED = 5  # from this level on two names share at most a part, as relatives' do
_SURE = 3.3  # log2 odds that a name alone must reach, and then it is a rare one of several words


@dataclass(frozen=True, slots=True)
class Guarded:
    """Weights after the guards, and the pairs to ask about whatever their weight."""

    weight: Floats
    asked: Flags
    refused: npt.NDArray[np.uint8]  # by pair: which guards held it back, one bit each, in the order of `GUARDS`


def guard(
    facts: RecordFacts, pairs: tuple[Ints, Ints], compared: Compared, weighed: Weighed, *, lists: Ints | None
) -> Guarded:
    """Hold back the pairs whose evidence is of a kind that never suffices.

    ``lists`` is the list of each record where those without a name may be linked by a unique event, else None.
    """
    own = [number for number, kind in enumerate(facts.kinds) if kind.key in OWN_NAMES]
    beside = [number for number, kind in enumerate(facts.kinds) if number not in own and kind.kind != "code"]
    support = _supporting(weighed.parts, beside)
    words = _words(facts, own, pairs)
    nameless = (words == 0) & bool(own)
    short = np.where(words == 1, support < _MUCH, (support < _SOME) & (weighed.weight < _SURE)) & (words > 0)
    alone = _unique_event(facts, compared, pairs, lists) if lists is not None else np.zeros(len(words), dtype=bool)
    old = _ages_contradict(facts, compared, pairs[0])
    kin = (words > 1) & _of_relatives(facts, compared, weighed)
    refused = _bits(short & (words == 1), short & (words > 1), nameless & ~alone, old, kin)
    refused[weighed.weight <= HELD_BACK] = 0  # evidence alone was not for it: there was nothing to hold back
    capped = np.where(refused > 0, np.minimum(weighed.weight, HELD_BACK), weighed.weight).astype(np.float32)
    return Guarded(capped, _same_name(facts, compared, pairs, words), refused)


def _bits(*guards: Flags) -> npt.NDArray[np.uint8]:
    """Return marks as one number a pair."""
    found = np.zeros(len(guards[0]), dtype=np.uint8)
    for place, marked in enumerate(guards):
        found |= marked.astype(np.uint8) << np.uint8(place)
    return found


def _supporting(parts: Floats, numbers: Sequence[int]) -> Floats:
    """Return the sum of what some properties say for each pair; what speaks against it counts nothing."""
    found = np.zeros(len(parts), dtype=np.float32)
    for number in numbers:
        found += np.maximum(np.float32(0.0), parts[:, number])
    return found


def names_of(refused: int) -> tuple[str, ...]:
    """Return the guards that held a pair back, from the number of its marks."""
    return tuple(name for place, name in enumerate(GUARDS) if refused >> place & 1)


def _ages_contradict(facts: RecordFacts, compared: Compared, left: Ints) -> Flags:
    """Mark pairs whose ages are a generation apart and that no exact day holds together."""
    far, day = np.zeros(len(left), dtype=bool), np.zeros(len(left), dtype=bool)
    for number, kind in enumerate(facts.kinds):
        if kind.kind == "age":
            far |= compared.levels[:, number] == FARTHEST_AGE
        elif kind.kind == "date":
            day |= _exact(facts, number, compared, left)
    return far & ~day


def _of_relatives(facts: RecordFacts, compared: Compared, weighed: Weighed) -> Flags:
    """Mark pairs who share a part of their names, the event, and nothing else: so do relatives who died together."""
    names = [number for number, kind in enumerate(facts.kinds) if kind.key == "name"]
    events = [number for number, kind in enumerate(facts.kinds) if kind.of_event]
    if not names or not events:
        return np.zeros(len(weighed.weight), dtype=bool)
    beside = [number for number, kind in enumerate(facts.kinds)
              if number not in (*names, *events) and kind.key not in OWN_NAMES and kind.kind != "code"]  # fmt: skip
    own = _supporting(weighed.parts, beside)
    return np.asarray((compared.levels[:, names[0]] >= _PART_SHARED) & (own < _SOME), dtype=bool)


def _words(facts: RecordFacts, own: list[int], pairs: tuple[Ints, Ints]) -> Ints:
    """Return how many words the shorter name of each pair has, 0 where one has no name; parts of a name add up."""
    whole = np.zeros((2, len(pairs[0])), dtype=np.int32)
    parts = np.zeros((2, len(pairs[0])), dtype=np.int32)
    for number in own:
        sides = np.stack([facts.words[:, number][side] for side in pairs])
        if facts.kinds[number].key == "name":
            whole = sides
        else:
            parts += sides
    fewest: Ints = np.maximum(whole.min(axis=0), parts.min(axis=0))
    return fewest


def _unique_event(facts: RecordFacts, compared: Compared, pairs: tuple[Ints, Ints], lists: Ints) -> Flags:
    """Mark pairs of one day, place and age when no other record of either list could be meant."""
    day, place = (_any_exact(facts, compared, pairs[0], kind) for kind in ("date", "place"))
    numbers = [number for number, kind in enumerate(facts.kinds) if kind.kind == "age"]
    ages = compared.levels[:, numbers]
    close = np.isin(ages, _SAME_AGES)
    agree, possible = close.any(axis=1), (close | (ages == 0)).all(axis=1)
    return unnamed.alone(day & place & agree & possible, day & place & possible, pairs, lists)


def _any_exact(facts: RecordFacts, compared: Compared, left: Ints, kind: str) -> Flags:
    found = [number for number, one in enumerate(facts.kinds) if one.kind == kind]
    agree = [_exact(facts, number, compared, left) for number in found]
    return np.any(agree, axis=0) if agree else np.zeros(len(left), dtype=bool)


def _exact(facts: RecordFacts, number: int, compared: Compared, left: Ints) -> Flags:
    same = compared.levels[:, number] == 1
    return np.asarray(same & facts.full[:, number][left] if facts.kinds[number].kind == "date" else same, dtype=bool)


def _same_name(facts: RecordFacts, compared: Compared, pairs: tuple[Ints, Ints], words: Ints) -> Flags:
    """Mark pairs that bear one full name, when also the father's is the same or hardly anybody else bears it."""
    numbers = {kind.key: number for number, kind in enumerate(facts.kinds)}
    if "name" not in numbers:
        return np.zeros(len(words), dtype=bool)
    same = (compared.levels[:, numbers["name"]] == 1) & (words > 1)
    left, right = pairs
    size = int(max(left.max(initial=0), right.max(initial=0))) + 1
    times = np.bincount(left[same], minlength=size) + np.bincount(right[same], minlength=size)
    told = np.maximum(times[left], times[right]) <= _FEW
    father = numbers.get("name.father")
    return np.asarray(same & (told if father is None else told | (compared.levels[:, father] == 1)), dtype=bool)
