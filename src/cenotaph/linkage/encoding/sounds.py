"""How many bear a name however it is written: words of all scripts and spellings by their consonants.

Invariant: where all words are in one script, a word is borne by those who write it so; nothing is changed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding import hashing
from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.values import tokens, word_kernels, words
from cenotaph.values.words import Words

Hashes = npt.NDArray[np.uint64]
Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
SCRIPTS = 11
_EDGES = (0x370, 0x400, 0x530, 0x590, 0x600, 0x780, 0x1100, 0x1E00, 0x1F00, 0x2E80)  # code points between scripts


@dataclass(frozen=True, slots=True)
class Sounds:
    """What distinct words sound like.

    Attributes
    ----------
    hashes : ndarray of uint64, shape (sounds,)
        Hashes of the consonants of words in a script, sorted.
    script : ndarray of int32, shape (sounds,)
        The script of each.
    key : ndarray of int64, shape (words,)
        The number of each word's sound.
    across : ndarray of int64, shape (words,)
        The same for all scripts as one.
    silent : ndarray of bool, shape (words,)
        Which words have vowels only, or are no names (titles, particles): nothing to know anybody by.
    """

    hashes: Hashes
    script: Ints
    key: Longs
    across: Longs
    silent: Flags


def sounds_of(found: Words) -> Sounds:
    """Return the sounds of words."""
    lines, size = words.keys(found), len(found.hashes)
    plain, script = np.asarray(word_kernels.hash_lines(lines, size)), scripts_of(found)
    across = np.unique(plain, return_inverse=True)[1].astype(np.int64)
    hashes, first, key = np.unique(
        hashing.mixed(plain + script.astype(np.uint64)), return_index=True, return_inverse=True
    )
    silent = word_kernels.key_sets(lines, size)[1] == 0
    silent |= found.look_up(dict.fromkeys(tokens.words(), 1), 0).astype(bool)
    return Sounds(hashes, script[first], key.astype(np.int64), across, np.asarray(silent, dtype=bool))


def scripts_of(found: Words) -> Ints:
    """Return the script of each distinct word, by its first letter."""
    first = found.points[found.first] if len(found.first) else np.empty(0, np.uint32)
    return np.searchsorted(np.array(_EDGES), first, side="right").astype(np.int32)


def bearers_of(found: Words, held: Longs) -> Longs:
    """Return how often each distinct word is held, where each name is held so often."""
    said = np.bincount(found.number, weights=np.repeat(held, found.counts), minlength=len(found.hashes))
    return said.astype(np.int64)


def heard(found: Words, held: Longs) -> Doubles | None:
    """Return how many bear each distinct word, counting those who write it in other scripts.

    If all names were in the word's script, its bearers would be those whose name has the same consonants in any
    script, times the share of this spelling among those of its script. A chance of agreeing in spelling that was
    learnt from all pairs is already as much smaller as two records of one person seldom share a script: by the sum of
    the squared shares of scripts. So the bearers are made as much fewer, yet never fewer than write the word.

    Parameters
    ----------
    found
        The words of each distinct name.
    held
        How many records hold each distinct name.

    Returns
    -------
    ndarray of float64, shape (words,), or None where all words are in one script.
    """
    script = scripts_of(found)
    if not len(script) or (script == script[0]).all():
        return None
    said, sounds = bearers_of(found, held), sounds_of(found)
    everywhere = np.bincount(sounds.across, weights=said)[sounds.across]
    written = np.bincount(sounds.key, weights=said)[sounds.key]
    share = np.bincount(script, weights=said) / max(1, int(said.sum()))
    more = np.where(sounds.silent, 1.0, everywhere / np.maximum(1.0, written))
    known: Doubles = np.maximum(1.0, more * (share**2).sum()) * said
    return known
