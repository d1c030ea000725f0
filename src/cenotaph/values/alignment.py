"""Why two names are alike: the words of one beside the words of the other, and the letters that had to be read.

Invariant: an explanation is made from the same table of sounds as the score and decides nothing. It quotes folded text
only, and a letter that is read at no cost is not worth a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cenotaph.values.letter_table import LONGEST_UNIT, LetterTable, letter_table
from cenotaph.values.name_table import is_abjad, known_numbers, nickname_groups
from cenotaph.values.tokens import Form

_ALIKE = 0.6
_KNOWN = 0.97  # as in name_words: two spellings of one well known name
WORTH_SAYING = 7
_SWAP = 70
_TURNED = 40
_LAM_ALEF = frozenset({"ال", "لا"})

Step = tuple[str, str, int]
Grid = dict[tuple[int, int], tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One stretch of letters read as another: the steps with their costs in hundredths of an edit, and the likeness."""

    left: str
    right: str
    steps: tuple[Step, ...]
    likeness: float
    why: str = ""


@lru_cache(maxsize=1 << 16)  # a page of pairs has few different words, and each is asked about many times
def read(left: str, right: str) -> Reading:
    """Read one folded word as another at the least cost."""
    table = letter_table()
    sides = (int(is_abjad(right)), int(is_abjad(left)))
    steps = _steps(left, right, _grid(left, right, table, sides))
    size = sum(_size(word, table) for word in (left, right))
    spent = sum(cost for _, _, cost in steps)
    return Reading(left, right, tuple(steps), max(0.0, 1 - 2 * spent / size) if size else 0.0)


def _size(word: str, table: LetterTable) -> int:
    return sum(int(table.drop[0][unit]) for unit in table.units(word)[0])


def _grid(left: str, right: str, table: LetterTable, sides: tuple[int, int]) -> Grid:
    """Return for each cell the least cost to reach it and how many letters of each side the last step took."""
    rows, columns = table.units(left), table.units(right)
    best = {(0, 0): (0, 0, 0)}
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            if i or j:
                best[i, j] = min(_arrivals(best, (i, j), (rows, columns), table, sides))
    return best


def _arrivals(
    best: Grid,
    cell: tuple[int, int],
    units: tuple[list[list[int]], list[list[int]]],
    table: LetterTable,
    sides: tuple[int, int],
) -> list[tuple[int, int, int]]:
    """List the ways to reach a cell: (cost, letters of the left, letters of the right)."""
    i, j = cell
    xs = [(k, units[0][k - 1][i - 1]) for k in range(1, min(i, LONGEST_UNIT) + 1) if units[0][k - 1][i - 1] >= 0]
    ys = [(k, units[1][k - 1][j - 1]) for k in range(1, min(j, LONGEST_UNIT) + 1) if units[1][k - 1][j - 1] >= 0]
    ways = [(best[i - k, j - m][0] + int(table.cost[x, y]), k, m) for k, x in xs for m, y in ys]
    ways += [(best[i - k, j][0] + int(table.drop[sides[0]][x]), k, 0) for k, x in xs]
    ways += [(best[i, j - m][0] + int(table.drop[sides[1]][y]), 0, m) for m, y in ys]
    if i > 1 and j > 1:
        left, right = units[0][0], units[1][0]
        crossed = table.cost[left[i - 1], right[j - 2]] + table.cost[left[i - 2], right[j - 1]]
        ways.append((best[i - 2, j - 2][0] + int(crossed) + _SWAP, 2, 2))
    return ways


def _steps(left: str, right: str, best: Grid) -> list[Step]:
    steps: list[Step] = []
    i, j = len(left), len(right)
    while i or j:
        cost, k, m = best[i, j]
        steps.append((left[i - k : i], right[j - m : j], cost - best[i - k, j - m][0]))
        i, j = i - k, j - m
    return steps[::-1]


def explain(left: Form, right: Form) -> str:
    """Say how the words of two forms answer each other, the costly letters of each, and what is left over.

    Examples
    --------
    >>> explain(("علی", "کاظمی"), ("ali", "kazemi"))
    'علی = ali; کاظمی = kazemi (ظ→z 0.08)'
    """
    readings, *sides = paired(left, right)
    said = [_say(reading) for reading in readings]
    spare = [word for side in sides for word in side]
    if spare:
        said.append("without a counterpart: " + ", ".join(spare))
    return "; ".join(said) or "nothing to compare"


def likeness(left: Form, right: Form) -> float:
    """Return how much of two forms is paired, to choose which forms to explain."""
    readings, spare, theirs = paired(left, right)
    return sum(reading.likeness for reading in readings) / max(1, len(readings) + len(spare) + len(theirs))


def paired(one: Form, other: Form) -> tuple[list[Reading], list[str], list[str]]:
    """Pair the most alike words first, neighbours that the other writes as one joined; then what is left of each."""
    left, right = list(one), list(other)
    readings: list[Reading] = []
    while left and right:
        found = max(_candidates(left, right), key=lambda item: (item[0].likeness, -item[1], -item[3]))
        reading, i, i_end, j, j_end = found
        if reading.likeness < _ALIKE:
            break
        readings.append(reading)
        del left[i:i_end], right[j:j_end]
    return sorted(readings, key=lambda reading: _place(reading, one)), left, right


def _place(reading: Reading, order: Sequence[str]) -> int:
    return next(at for at, word in enumerate(order) if reading.left.startswith(word))


def _candidates(left: Sequence[str], right: Sequence[str]) -> list[tuple[Reading, int, int, int, int]]:
    pairs = [(_known(read(x, y)), i, i + 1, j, j + 1) for i, x in enumerate(left) for j, y in enumerate(right)]
    pairs += [
        (read(left[i] + left[i + 1], y), i, i + 2, j, j + 1) for i in range(len(left) - 1) for j, y in enumerate(right)
    ]
    pairs += [
        (read(x, right[j] + right[j + 1]), i, i + 1, j, j + 2)
        for i, x in enumerate(left)
        for j in range(len(right) - 1)
    ]
    both = [(x, i, y, j) for i, x in enumerate(left) for j, y in enumerate(right)]
    other = [(Reading(x, y, (), *_relation(x, y)), i, i + 1, j, j + 1) for x, i, y, j in both]
    return [item for item in pairs if _may_answer(item[0])] + other


def _known(reading: Reading) -> Reading:
    """Count two spellings of one well known name as alike, whatever their letters."""
    known = known_numbers(reading.left) & known_numbers(reading.right)
    return replace(reading, likeness=max(_KNOWN, reading.likeness)) if known else reading


def _may_answer(reading: Reading) -> bool:
    """Tell whether letters alone may pair two words: not a single letter, not two different well known names."""
    if reading.likeness == 1:
        return True
    return min(len(reading.left), len(reading.right)) > 1 and not are_two_names(reading.left, reading.right)


def are_two_names(x: str, y: str) -> bool:
    """Tell whether two words are spellings of two different well known names, which likeness of letters never joins."""
    one, other = known_numbers(x), known_numbers(y)
    return bool(one and other and not one & other)


def _relation(x: str, y: str) -> tuple[float, str]:
    """Tell whether one word is the initial or the short form of the other."""
    if (len(x) == 1) != (len(y) == 1) and _begins(x, y):
        return 1.0, "initial"
    groups = nickname_groups()
    return (0.9, "short form") if x != y and set(groups.get(x, ())) & set(groups.get(y, ())) else (0.0, "")


def _begins(x: str, y: str) -> bool:
    table = letter_table()
    return int(table.cost[table.units(x)[0][0], table.units(y)[0][0]]) <= 12


def _say(reading: Reading) -> str:
    if reading.why:
        return f"{reading.left} = {reading.right} ({reading.why})"
    notes = [_note(*step) for step in reading.steps if step[2] >= WORTH_SAYING]
    sign = "=" if reading.likeness >= 1 - (1 - _ALIKE) / 2 else "~"
    return f"{reading.left} {sign} {reading.right}" + (f" ({', '.join(notes)})" if notes else "")


def _note(left: str, right: str, cost: int) -> str:
    amount = f"{cost / 100:.2f}"
    if left and right:
        turned = {left, right} == _LAM_ALEF or (left in _LAM_ALEF and cost == _TURNED)
        return f"{left}→{right} {amount}" + (" lam-alef reversed, as in text from a PDF" if turned else "")
    return f"{left or right} left out {amount}"
