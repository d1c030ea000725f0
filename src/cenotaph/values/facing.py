"""Which word of one name answers which word of the other, and by which reason, as data that any language can say.

Invariant: every word of both names stands in exactly one row, in a pair or left over with the kind of word it is;
nothing here changes a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cenotaph.values import alignment
from cenotaph.values.alignment import WORTH_SAYING, Reading, Step
from cenotaph.values.name_table import MOST_LETTERS, MOST_WORDS, known_numbers
from cenotaph.values.skeleton import word_key
from cenotaph.values.tokens import Form, Token, parse


class Answer(StrEnum):
    """Why two words answer each other, or why a word has no counterpart."""

    SAME = "same"
    CONSONANTS = "consonants"
    KNOWN = "known"
    SHORT = "short"
    INITIAL = "initial"
    JOINED = "joined"
    LETTERS = "letters"
    PARTICLE = "particle"
    TITLE = "title"
    ALIAS = "alias"
    SUFFIX = "suffix"
    LINKING = "linking"
    OTHER_NAME = "other-name"
    ALONE = "alone"


_RELATIONS = {"initial": Answer.INITIAL, "short form": Answer.SHORT}
_KINDS = {
    "title": Answer.TITLE, "honorific": Answer.TITLE, "particle": Answer.PARTICLE, "article": Answer.PARTICLE,
    "kunya": Answer.PARTICLE, "servant": Answer.PARTICLE, "alias": Answer.ALIAS, "suffix": Answer.SUFFIX,
    "link": Answer.LINKING, "also": Answer.LINKING, "filler": Answer.LINKING,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facing:
    """One row of an alignment: a word of each name, folded, or one word and nothing opposite.

    Attributes
    ----------
    left, right : str
        The words; empty where a word has no counterpart.
    answer : Answer
        The reason.
    likeness : float
        0 to 1; 0 for a word left over.
    letters : tuple of (str, str, int)
        The letters that had to be read as others, with their costs in hundredths of an edit.
    """

    left: str
    right: str
    answer: Answer
    likeness: float = 0.0
    letters: tuple[Step, ...] = ()


def face(a: str, b: str) -> tuple[Facing, ...]:
    """Set the words of two names beside each other, in the order of the first; then what is left of each.

    Examples
    --------
    >>> [(row.left, row.right, str(row.answer)) for row in face("Dr. Ali Kazemi", "علی کاظمی")]
    [('ali', 'علی', 'known'), ('kazemi', 'کاظمی', 'known'), ('dr', '', 'title')]
    """
    one, other = parse(a), parse(b)
    pairs = [(x, y) for x in _cut(one.forms) for y in _cut(other.forms)]
    if not pairs:
        return (*_left_over(one.tokens, (), (), at=0), *_left_over(other.tokens, (), (), at=1))
    left, right = max(pairs, key=lambda pair: alignment.likeness(*pair))
    readings, spare, theirs = alignment.paired(left, right)
    return (
        *(_faced(reading, left, right) for reading in readings),
        *_left_over(one.tokens, left, _crossed(spare, theirs), at=0),
        *_left_over(other.tokens, right, _crossed(theirs, spare), at=1),
    )


def _cut(forms: Sequence[Form]) -> list[Form]:
    return [tuple(word[:MOST_LETTERS] for word in form[:MOST_WORDS]) for form in forms]


def _faced(reading: Reading, left: Form, right: Form) -> Facing:
    letters = tuple(step for step in reading.steps if step[2] >= WORTH_SAYING)
    return Facing(reading.left, reading.right, _answer(reading, left, right), reading.likeness, letters)


def _answer(reading: Reading, left: Form, right: Form) -> Answer:
    x, y = reading.left, reading.right
    if reading.why:
        return _RELATIONS[reading.why]
    if x == y:
        return Answer.SAME
    if x not in left or y not in right:
        return Answer.JOINED
    if known_numbers(x) & known_numbers(y):
        return Answer.KNOWN
    return Answer.CONSONANTS if word_key(x) and word_key(x) == word_key(y) else Answer.LETTERS


def _crossed(spare: Sequence[str], theirs: Sequence[str]) -> tuple[tuple[str, Answer], ...]:
    """Return the words left over, each with why; another well known name opposite says more than nothing opposite."""
    return tuple(
        (word, Answer.OTHER_NAME if any(alignment.are_two_names(word, each) for each in theirs) else Answer.ALONE)
        for word in spare
    )


def _left_over(
    tokens: Sequence[Token], form: Form, spare: Sequence[tuple[str, Answer]], *, at: int
) -> tuple[Facing, ...]:
    """Return the words of one name that nothing answers: left over by the pairing, or never part of what was paired."""
    kinds = {token.text: _KINDS.get(token.kind, Answer.ALONE) for token in tokens}
    rows = [(word, why if why is Answer.OTHER_NAME else kinds.get(word, why)) for word, why in spare]
    said = [token for token in tokens if not any(token.text in word for word in form)]
    rows += [(token.text, _KINDS.get(token.kind, Answer.ALONE)) for token in said]
    return tuple(Facing(word, "", why) if at == 0 else Facing("", word, why) for word, why in rows)
