"""Names: the doors of this room. Fold, key, search keys, tell unknown ones, compare two, compare millions.

Invariant: nothing is ever corrected; what is compared is a key and what is shown is what was written. Scores are
symmetric and a name is never more like another than like itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from cenotaph.values import alignment
from cenotaph.values.folding import fold, fold_all
from cenotaph.values.name_table import (
    MOST_LETTERS,
    MOST_WORDS,
    NameTable,
    contradictions,
    may_be_alike,
    prepare,
    similarity,
)
from cenotaph.values.skeleton import search_keys, skeleton, skeletons
from cenotaph.values.tables import rows
from cenotaph.values.tokens import Form, Name, Token, is_unknown_name, parse
from cenotaph.values.words import skeleton_all

__all__ = [
    "Comparison",
    "Name",
    "NameTable",
    "Token",
    "compare",
    "contradictions",
    "fold",
    "fold_all",
    "is_unknown_name",
    "may_be_alike",
    "parse",
    "prepare",
    "search_keys",
    "similarity",
    "skeleton",
    "skeleton_all",
    "skeletons",
    "weight_of",
]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are, what that is worth as evidence, and why.

    Attributes
    ----------
    a, b : str
        The names as written.
    score : float
        0 to 1; 1 only for the same sounds.
    weight : float
        Log2 odds of one person against two people with easily confused names. What the rarity of the name adds is for
        the linkage to say, which knows the lists.
    """

    a: str
    b: str
    score: float
    weight: float

    @property
    def alignment(self) -> str:
        """Say which words answer each other and which letters had to be read; worked out when asked."""
        forms = [(x, y) for x in _cut(parse(self.a).forms) for y in _cut(parse(self.b).forms)]
        if not forms:
            return "nothing to compare"
        return alignment.explain(*max(forms, key=lambda pair: alignment.likeness(*pair)))


@cache
def _knots() -> tuple[list[float], list[float]]:
    table = rows("name_weights")
    return [float(row["score"]) for row in table], [float(row["weight"]) for row in table]


def _cut(forms: tuple[Form, ...]) -> list[Form]:
    return [tuple(word[:MOST_LETTERS] for word in form[:MOST_WORDS]) for form in forms]


def weight_of(score: float) -> float:
    """Return the log2 odds that a score is worth, from the calibration in ``name_weights.csv``."""
    return float(np.interp(score, *_knots()))


def compare(a: str, b: str) -> Comparison:
    """Compare two names in any scripts; `prepare` and `similarity` do the same for millions.

    Examples
    --------
    >>> round(compare("محمدرضا حسینی", "Mohammad Reza Hoseyni").score, 1)
    1.0
    """
    score = float(similarity(prepare([a, b]), [0], [1])[0])
    said = all(skeletons(each) and parse(each).forms for each in (a, b))
    return Comparison(a, b, score, weight_of(score) if said else 0.0)  # a name that says nothing speaks against nobody
