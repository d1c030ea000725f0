"""What written letters may sound like, as one table of costs between any two of them in any script.

Invariant: the cost between two units is symmetric, 0 for a unit and itself, never above dropping both. The knowledge
is in `letters.csv` (unit, the sounds it may write with their cost, the cost of leaving it out against a script that
writes vowels and against one that does not) and `shapes.csv` (letters that print or scan alike); the rest is
arithmetic. Costs are in hundredths of one edit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from cenotaph.values.tables import rows

Costs = npt.NDArray[np.int16]

NEVER = 9999
OTHERS = 64
LONGEST_UNIT = 4
_VOWELS = frozenset("aeiouyαεηιουωаеёєиіїоуыэюяاآوۆێەᾀ")
_VOWEL_SOUNDS = frozenset("AaeoiuYWI")
_TWICE = 3  # a doubled letter for a single one
_TWICE_DROPPED = 30


@dataclass(frozen=True, slots=True)
class LetterTable:
    """The units and their costs; `cost` has shape (units, units), `drop` (2, units): other side vowelled, abjad."""

    ids: Mapping[str, int]
    names: tuple[str, ...]
    cost: Costs
    drop: Costs

    def units(self, token: str) -> list[list[int]]:
        """Return, for each length 1 to 4, the unit that ends at each letter of a folded word, or -1."""
        return [
            [self._unit(token, end, length) for end in range(1, len(token) + 1)]
            for length in range(1, LONGEST_UNIT + 1)
        ]

    def _unit(self, token: str, end: int, length: int) -> int:
        start = end - length
        if start < 0:
            return -1
        text = token[start:end]
        found = self.ids.get("^" + text, -1) if start == 0 else -1
        if found < 0 and end == len(token):
            found = self.ids.get(text + "$", -1)
        if found < 0:
            found = self.ids.get(text, -1)
        return len(self.names) + ord(text) % OTHERS if found < 0 and length == 1 else found


def _sounds(text: str) -> dict[str, int]:
    pairs = (part.partition(":") for part in text.split())
    return {sound: int(cost or 0) for sound, _, cost in pairs}


def _doubled(letters: list[dict[str, str]]) -> list[dict[str, str]]:
    """Add the doubled consonants: Hassan for Hasan, and shadda that Arabic script leaves unwritten."""
    known = {row["unit"] for row in letters}
    singles = [row for row in letters if len(row["unit"]) == 1 and row["unit"] not in _VOWELS and row["unit"] != "'"]
    return [_twice(row) for row in singles if row["unit"] * 2 not in known]


def _twice(row: dict[str, str]) -> dict[str, str]:
    return {
        "unit": row["unit"] * 2,
        "sounds": " ".join(f"{sound}:{cost + _TWICE}" for sound, cost in _sounds(row["sounds"]).items()),
        "drop": str(int(row["drop"]) + _TWICE_DROPPED),
        "drop_abjad": str(int(row["drop_abjad"]) + _TWICE_DROPPED),
    }


def _with_shapes(readings: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Let a letter also read as what looks like it, at the cost of the confusion."""
    widened = {unit: dict(sounds) for unit, sounds in readings.items()}
    for row in rows("shapes"):
        for letter in row["letters"]:
            for other in row["letters"]:
                _widen(widened, letter, readings.get(other, {}), int(row["cost"]))
    return widened


def _widen(widened: dict[str, dict[str, int]], letter: str, sounds: Mapping[str, int], extra: int) -> None:
    for unit in (letter, "^" + letter, letter + "$"):
        if unit in widened:
            for sound, cost in sounds.items():
                if cost <= 10:
                    widened[unit][sound] = min(widened[unit].get(sound, NEVER), cost + extra)


@cache
def letter_table() -> LetterTable:
    """Return the table, built once from the data files."""
    letters = rows("letters")
    letters += _doubled(letters)
    names = tuple(row["unit"] for row in letters)
    readings = _with_shapes({row["unit"]: _sounds(row["sounds"]) for row in letters})
    drop = np.full((2, len(names) + OTHERS), 100, dtype=np.int16)
    drop[:, : len(names)] = [[int(row["drop"]) for row in letters], [int(row["drop_abjad"]) for row in letters]]
    cost = _cost_matrix([(name, readings[name]) for name in names])
    return LetterTable({name: at for at, name in enumerate(names)}, names, cost, drop)


def _cost_matrix(units: list[tuple[str, dict[str, int]]]) -> Costs:
    known = len(units)
    cost = np.full((known + OTHERS, known + OTHERS), 100, dtype=np.int16)
    single = np.array([len(name.strip("^$")) == 1 for name, _ in units])
    vowels = np.array([bool(_VOWEL_SOUNDS & {s for s, c in sounds.items() if c <= 5}) for _, sounds in units])
    unrelated = np.where(vowels[:, None] & vowels, 60, 100)
    between = np.minimum(_shared_sounds([sounds for _, sounds in units]), NEVER)
    cost[:known, :known] = np.where(single[:, None] & single, np.minimum(between, unrelated), between)
    several = np.concatenate((~single, np.zeros(OTHERS, dtype=bool)))
    cost[several, known:] = cost[known:, several] = NEVER
    np.fill_diagonal(cost, 0)
    return cost


def _shared_sounds(readings: list[dict[str, int]]) -> npt.NDArray[np.int64]:
    """Return the least cost at which two units write one sound."""
    writers: dict[str, list[tuple[int, int]]] = {}
    for at, own in enumerate(readings):
        for sound, cost in own.items():
            writers.setdefault(sound, []).append((at, cost))
    best = np.full((len(readings), len(readings)), 2 * NEVER, dtype=np.int64)
    for pairs in writers.values():
        units, costs = np.array(pairs).T
        both = np.ix_(units, units)
        best[both] = np.minimum(best[both], costs[:, None] + costs)
    return best
