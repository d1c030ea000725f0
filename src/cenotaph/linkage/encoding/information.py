"""How much an agreement tells: the bits of a value are minus the log2 of the share of records that hold it.

Invariant: a value nobody else holds tells no more than the number of records allows; nothing tells below zero.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
_FEWEST = 500  # records: in a smaller collection no share is believed to be rarer than one in so many
_DEPENDENCE = 0.85  # parts of a name go together (families, peoples, fashions): together they tell less than their sum


def of_counts(codes: Ints, values: int) -> Floats:
    """Return the bits of each distinct value from how often it is held."""
    held = codes[codes >= 0]
    return bits(np.bincount(held, minlength=values), len(held))


def bits(counts: npt.NDArray[Any], total: int) -> Floats:
    """Return minus log2 of smoothed shares; small collections borrow the doubt of larger ones."""
    short = max(0, _FEWEST - total)
    # the record itself is no evidence that others hold its value; in a small collection what is seen once may be common
    share = (np.maximum(counts - 1.0, 0.0) + 0.5 + 0.02 * short) / (total + 1.0 + short)
    told: Floats = np.maximum(0.0, -np.log2(np.minimum(1.0, share))).astype(np.float32)
    return told


def of_names(offsets: npt.NDArray[np.int64], words: Ints, word_bits: Floats, whole: Floats) -> Floats:
    """Return the bits of each name: what its words tell together, never less than half of what the whole tells.

    Parameters
    ----------
    offsets, words
        The words of each name as numbers: name n holds ``words[offsets[n]:offsets[n + 1]]``.
    word_bits
        Bits of each word, shape (words,).
    whole
        Bits of each whole name from its own frequency, shape (names,).
    """
    sums = np.concatenate(([0.0], np.cumsum(word_bits[words], dtype=np.float64)))
    joint = together(offsets) * (sums[offsets[1:]] - sums[offsets[:-1]])
    told: Floats = np.clip(joint, 0.0, whole + 8.0).astype(np.float32)
    return told


def together(offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return for each name which share of the sum of its words' bits they tell together."""
    found: npt.NDArray[np.float64] = np.where(np.diff(offsets) > 1, _DEPENDENCE, 1.0)  # a word alone depends on nothing
    return found
