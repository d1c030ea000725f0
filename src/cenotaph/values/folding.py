"""Folding: one spelling for what a keyboard, a font or an alphabet writes in several ways.

Invariant: folding is idempotent and works letter by letter, so a fold never depends on its neighbours; it is a key for
comparing and is never shown or stored in place of what was written. The result holds letters, digits, single inner
apostrophes and single spaces only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from cenotaph.values.tables import rows

Codepoints = npt.NDArray[np.uint32]

_JOINING = "\u200d\u00ad\ufeff\u2060\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FEW = 500  # texts; below, loading numba costs more than it saves
_UNSEEN = 0  # in the lookup array; no letter folds to NUL
_NOTHING = 0xFFFFFFFE
_SEVERAL = 0xFFFFFFFF


@runtime_checkable
class Lined(Protocol):
    """Texts that can say themselves as lines, faster than one by one."""

    def lines(self) -> str:
        """Return the texts in one, each ended by a line end; a line end within one is a space."""
        ...


@cache
def _spellings() -> dict[str, str]:
    return {row["from"]: row["to"] for row in rows("folding")}


@cache
def _fold_letter(letter: str) -> str:
    """Fold one character to the letters it stands for, a space, or nothing."""
    if letter in _spellings():
        return _spellings()[letter]
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", letter).casefold())
    if plain != letter:
        return "".join(_fold_letter(part) for part in plain)
    return _plain_letter(letter)


def _plain_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter == "'" or category in ("Lo", "Ll", "Lu", "Lt"):
        return letter
    if category in ("Mn", "Me", "Lm", "Sk") or letter in _JOINING:
        return ""
    if category in ("Nd", "No", "Nl"):
        digit = unicodedata.digit(letter, None)
        return " " if digit is None else str(digit)
    return letter if category == "Mc" else " "


class _Letters(dict[int, str]):
    """What each code point folds to, worked out when first met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_letter(chr(point))
        return folded


_LETTERS = _Letters({ord("\n"): "\n"})


@cache
def _lookup() -> Codepoints:
    """Return the array from code point to folded code point, filled as letters are met."""
    table = np.zeros(0x110000, dtype=np.uint32)
    table[ord("\n")] = ord("\n")
    return table


def _learn(points: Codepoints) -> None:
    for point in np.unique(points).tolist():
        folded = _LETTERS[point]
        _lookup()[point] = ord(folded) if len(folded) == 1 else _SEVERAL if folded else _NOTHING


def encode(text: str) -> Codepoints:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def decode(points: Codepoints) -> str:
    """Return the text of code points."""
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def _look_up(text: str) -> tuple[Codepoints, Codepoints]:
    points = encode(text)
    folded = _lookup()[points]
    if (unseen := folded == _UNSEEN).any():
        _learn(points[unseen])
        folded = _lookup()[points]
    return points, folded


def _translate(text: str) -> Codepoints:
    """Fold every letter of a long text by array lookup; letters that become several are replaced one by one first."""
    points, folded = _look_up(text)
    if (several := folded == _SEVERAL).any():
        for point in np.unique(points[several]).tolist():
            text = text.replace(chr(point), _LETTERS[point])
        points, folded = _look_up(text)
    kept: Codepoints = folded[folded != _NOTHING]
    return kept


def _tidy(text: str) -> str:
    """Leave single spaces between words and single apostrophes inside them."""
    for loose, kept in (("''", "'"), (" '", " "), ("' ", " "), ("  ", " ")):
        while loose in text:
            text = text.replace(loose, kept)
    return text.strip(" '")


def fold(text: str) -> str:
    """Fold a name to the letters that matter for comparing it.

    Examples
    --------
    >>> fold("  Sa\u2018id  AL-Ḥusaynī ")
    "sa'id al husayni"
    """
    return _tidy(text.replace("\n", " ").translate(_LETTERS))


def fold_all(texts: Sequence[str]) -> list[str]:
    """Fold many names at once; the same as `fold` on each, some ten times faster."""
    if len(texts) < _FEW:
        return [fold(text) for text in texts]
    return decode(fold_points(texts)).split("\n")[:-1]


def fold_points(texts: Sequence[str]) -> Codepoints:
    """Fold many texts to lines of code points, each ended by a line end."""
    from cenotaph.values import name_kernels  # late: numba loads slowly and few texts need none

    found: Codepoints = name_kernels.tidy(_translate(as_lines(texts)))
    return found


def as_lines(texts: Sequence[str]) -> str:
    """Return texts in one, each ended by a line end; a line end within one is a space."""
    if isinstance(texts, Lined):
        return texts.lines()
    joined = "".join([f"{text}\n" for text in texts])
    if joined.count("\n") > len(texts):
        joined = "".join([text.replace("\n", " ") + "\n" for text in texts])
    return joined
