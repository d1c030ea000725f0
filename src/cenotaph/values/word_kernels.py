"""The inner loops over many folded texts at once: cut into words, hashed, keyed, spelt in letter units.

Invariant: a line of code points ends with `END` and its words are parted by one `SPACE`; hashes depend on the code
points alone. Import this module late (inside a function): numba takes longer to load than the rest of the room.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

SPACE, END = 32, 10
_FIRST, _LAST = 1, 2  # stand before and after a unit that is written at the start or the end of a word only
_FNV, _PRIME = 14695981039346656037, 1099511628211


@numba.njit(cache=True, inline="always")
def _mixed(value: np.uint64) -> np.uint64:
    """Spread the bits of a hash (the finalizer of SplitMix64)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@numba.njit(cache=True)
def hash_lines(points: Any, lines: int) -> Any:
    """Return the hash of each line, 0 for an empty one."""
    out = np.zeros(lines, dtype=np.uint64)
    value, line, empty = np.uint64(_FNV), 0, True
    for point in points:
        if point == END:
            out[line] = np.uint64(0) if empty else _mixed(value)
            value, line, empty = np.uint64(_FNV), line + 1, True
        else:
            value, empty = (value ^ np.uint64(point)) * np.uint64(_PRIME), False
    return out


@numba.njit(cache=True)
def split(points: Any, lines: int, words: int) -> Any:
    """Return for each line the number of its first word, and for each word its span and its hash."""
    texts = np.zeros(lines + 1, dtype=np.int64)
    first, last = np.empty(words, dtype=np.int64), np.empty(words, dtype=np.int64)
    hashes = np.empty(words, dtype=np.uint64)
    size, line, start, value = 0, 0, 0, np.uint64(_FNV)
    for at in range(len(points)):
        point = points[at]
        if point in (END, SPACE):
            if at > start:
                first[size], last[size], hashes[size] = start, at, _mixed(value)
                size += 1
            start, value = at + 1, np.uint64(_FNV)
            if point == END:
                line += 1
                texts[line] = size
        else:
            value = (value ^ np.uint64(point)) * np.uint64(_PRIME)
    return texts, first, last, hashes


@numba.njit(cache=True)
def count_words(points: Any) -> Any:
    """Count the lines and the words."""
    lines, words, inside = 0, 0, False
    for point in points:
        gap = point in (END, SPACE)
        words += not gap and not inside
        lines += point == END
        inside = not gap
    return lines, words


@numba.njit(cache=True)
def write_lines(points: Any, first: Any, last: Any) -> Any:
    """Return the given spans, each as a line."""
    out = np.empty((last - first).sum() + len(first), dtype=np.uint32)
    size = 0
    for span in range(len(first)):
        for at in range(first[span], last[span]):
            out[size] = points[at]
            size += 1
        out[size] = END
        size += 1
    return out


@numba.njit(cache=True)
def write_neighbours(points: Any, texts: Any, first: Any, last: Any) -> Any:
    """Return every two neighbouring words of a text, given by their spans, as one line each."""
    size = 0
    for text in range(len(texts) - 1):
        for word in range(texts[text], texts[text + 1] - 1):
            size += last[word] - first[word] + last[word + 1] - first[word + 1] + 1
    out = np.empty(size, dtype=np.uint32)
    size = 0
    for text in range(len(texts) - 1):
        for word in range(texts[text], texts[text + 1] - 1):
            for one in range(word, word + 2):
                for at in range(first[one], last[one]):
                    out[size] = points[at]
                    size += 1
            out[size] = END
            size += 1
    return out


@numba.njit(cache=True)
def without_final_h(points: Any, letters: Any) -> Any:
    """Return the lines without their last letter where it is a silent h and more than two letters stand there."""
    out = np.empty(len(points), dtype=np.uint32)
    size, start = 0, 0
    for at in range(len(points)):
        if points[at] == END:
            if at - start > 2 and (points[at - 1] == letters[0] or points[at - 1] == letters[1]):
                size -= 1
            start = at + 1
        out[size] = points[at]
        size += 1
    return out[:size]


@numba.njit(cache=True)
def keyed(points: Any, keys: Any) -> Any:
    """Return the lines with every letter written as its key; letters without one are dropped, doubles said once."""
    out = np.empty(len(points), dtype=np.uint32)
    size = 0
    for point in points:
        key = np.uint32(END) if point == END else (keys[point] if point < len(keys) else np.uint32(0))
        if key != 0 and (key == END or size == 0 or out[size - 1] != key):
            out[size] = key
            size += 1
    return out[:size]


@numba.njit(cache=True)
def key_sets(points: Any, lines: int) -> Any:
    """Return for each keyed line the set of its keys, one bit for each capital letter, and its length."""
    sets, lengths = np.zeros(lines, dtype=np.int32), np.zeros(lines, dtype=np.int32)
    line = 0
    for point in points:
        if point == END:
            line += 1
        else:
            sets[line] |= np.int32(1) << np.int32(point - 65)
            lengths[line] += 1
    return sets, lengths


@numba.njit(cache=True, inline="always")
def _code(points: Any, start: int, end: int, before: int, after: int) -> np.uint64:
    value = np.uint64(_FNV)
    if before:
        value = (value ^ np.uint64(before)) * np.uint64(_PRIME)
    for at in range(start, end):
        value = (value ^ np.uint64(points[at])) * np.uint64(_PRIME)
    if after:
        value = (value ^ np.uint64(after)) * np.uint64(_PRIME)
    return _mixed(value)


@numba.njit(cache=True, inline="always")
def _found(code: np.uint64, codes: Any, ids: Any) -> Any:
    """Look a code up in an open hash table; -1 when it is not there."""
    mask = np.uint64(len(codes) - 1)
    slot = code & mask
    while ids[slot] >= 0:
        if codes[slot] == code:
            return ids[slot]
        slot = (slot + np.uint64(1)) & mask
    return -1


@numba.njit(cache=True)
def hash_table(points: Any, first: Any, last: Any) -> Any:
    """Return an open hash table of the units given by their spans; ``^`` before and ``$`` after are edges of a word."""
    size = 16
    while size < 4 * len(first):
        size *= 2
    codes, ids = np.zeros(size, dtype=np.uint64), np.full(size, -1, dtype=np.int32)
    for unit in range(len(first)):
        start, end, before, after = first[unit], last[unit], 0, 0
        if points[start] == 94 and end - start > 1:
            start, before = start + 1, _FIRST
        if points[end - 1] == 36 and end - start > 1:
            end, after = end - 1, _LAST
        code = _code(points, start, end, before, after)
        slot = code & np.uint64(size - 1)
        while ids[slot] >= 0:
            slot = (slot + np.uint64(1)) & np.uint64(size - 1)
        codes[slot], ids[slot] = code, unit
    return codes, ids


@numba.njit(cache=True)
def spell(points: Any, first: Any, last: Any, table: Any, others: Any) -> Any:
    """Return for each letter of each word the units of one to four letters that end there, -1 where there is none.

    Parameters
    ----------
    others : pair of int
        The number of the first unit for letters of no known alphabet, and how many such units there are.
    """
    codes, ids = table
    size = (last - first).sum()
    units = np.full((4, size), -1, dtype=np.int16)
    place = 0
    for word in range(len(first)):
        start, stop = first[word], last[word]
        for end in range(start + 1, stop + 1):
            for length in range(1, min(4, end - start) + 1):
                found = -1
                if end - length == start:
                    found = _found(_code(points, end - length, end, _FIRST, 0), codes, ids)
                if found < 0 and end == stop:
                    found = _found(_code(points, end - length, end, 0, _LAST), codes, ids)
                if found < 0:
                    found = _found(_code(points, end - length, end, 0, 0), codes, ids)
                if found < 0 and length == 1:
                    found = others[0] + points[end - 1] % others[1]
                units[length - 1, place] = found
            place += 1
    return units


@numba.njit(cache=True)
def gather(units: Any, starts: Any, chosen: Any) -> Any:
    """Return the units of the chosen words side by side, and where each begins."""
    letters = np.zeros(len(chosen) + 1, dtype=np.int32)
    for at in range(len(chosen)):
        letters[at + 1] = letters[at] + starts[chosen[at] + 1] - starts[chosen[at]]
    out = np.empty((units.shape[0], letters[-1]), dtype=np.int16)
    for row in range(units.shape[0]):
        for at in range(len(chosen)):
            start = starts[chosen[at]]
            for place in range(letters[at + 1] - letters[at]):
                out[row, letters[at] + place] = units[row, start + place]
    return letters, out


@numba.njit(cache=True)
def any_of(texts: Any, number: Any, flags: Any) -> Any:
    """Tell for each text whether any of its words is flagged."""
    out = np.zeros(len(texts) - 1, dtype=np.bool_)
    for text in range(len(out)):
        for at in range(texts[text], texts[text + 1]):
            out[text] |= flags[number[at]]
    return out
