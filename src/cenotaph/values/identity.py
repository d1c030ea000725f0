"""Identity numbers: digits of any script to one number, with what is beside it and what its check digit says.

Invariant: a number is compared, never corrected; one that says nothing (zeros, one digit over and over, a number that
a spreadsheet rounded) is no number, so it never makes two people one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from cenotaph.values.folding import fold
from cenotaph.values.tables import rows
from cenotaph.values.tokens import is_unknown_name

Numbers = npt.NDArray[np.int32]
Levels = npt.NDArray[np.uint8]

NATIONAL_DIGITS = 10  # of an Iranian national code
MOST_LOST = 2  # zeros at its front that spreadsheets drop
LONG_ENOUGH = 6  # digits: in shorter numbers one digit makes another person
_LIMIT = 120  # characters: nothing longer is an identity number
_PLACEHOLDER = 7  # times the same digit
_SCIENTIFIC = re.compile(r"^\W*\d([.,]\d+)?e\+?\d+\W*$", re.IGNORECASE)
_FLOAT = re.compile(r"(?<=\d)[.,]0+\s*$")
_LONGEST = 3  # words of the longest form in the table
_CODE_LETTERS = 2  # letters of a series or a passport: longer words are words


class Agreement(IntEnum):
    """How two identity numbers agree; `SAME` to `OTHER_DOCUMENT` are levels, `UNKNOWN` says that one is missing."""

    UNKNOWN = 0
    SAME = 1
    SLIP = 2
    DIFFERENT = 3
    OTHER_DOCUMENT = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity number as written.

    Attributes
    ----------
    raw : str
        The text, unchanged.
    number : str
        Digits and letters of the number in ASCII, zeros in front kept; empty where the text states none.
    document : str
        ``national``, ``certificate``, ``passport``, ``card``, or empty where no word says it.
    issued_in : str
        Words that stand beside the number, folded: where it was issued.
    check : str
        ``right`` where ten digits end in the check digit of an Iranian national code (chance: one in eleven), ``wrong``
        where a word calls the number such a code and they do not, else empty.
    flags : tuple of str
        ``placeholder``, ``rounded`` (digits lost in a spreadsheet), ``several numbers``, ``zeros lost``, ``length`` (a
        national code of another length), ``check digit``, ``unreadable``.
    """

    raw: str
    number: str = ""
    document: str = ""
    issued_in: str = ""
    check: str = ""
    flags: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The number without zeros in front: what is compared."""
        return self.number.lstrip("0")


@dataclass(frozen=True, slots=True)
class IdentityComparison:
    """How two identity numbers agree, and why, in words."""

    a: Identity
    b: Identity
    agreement: Agreement

    @property
    def words(self) -> str:
        """Say how the numbers agree and what was known of each."""
        said = _SAID[self.agreement]
        if self.agreement is Agreement.SAME and self.a.number != self.b.number:
            said += ", zeros in front apart"
        if self.agreement is Agreement.DIFFERENT and self.a.check == self.b.check == "right":
            said += ", and the check digits of both are right"
        sides = (("first", self.a), ("second", self.b))
        return "; ".join([said, *(f"{side}: {', '.join(each.flags)}" for side, each in sides if each.flags)])


_SAID = {
    Agreement.UNKNOWN: "nothing to compare", Agreement.SAME: "the same number",
    Agreement.SLIP: "one slip of the pen apart (one digit, or two neighbours swapped)",
    Agreement.DIFFERENT: "different numbers", Agreement.OTHER_DOCUMENT: "numbers of two kinds of document",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class IdentityTable:
    """Distinct identity numbers made ready for comparing by the million."""

    identities: tuple[Identity, ...]
    letters: npt.NDArray[np.uint8]  # (values, width), filled up with zeros in front
    lengths: Numbers  # as written
    documents: Numbers
    right: npt.NDArray[np.bool_]


def has_right_check_digit(code: str) -> bool:
    """Say whether ten digits end in the check digit of an Iranian national code.

    The first nine are weighed 10 to 2; the sum modulo 11 is the tenth, or 11 less it where it is 2 or more.
    """
    if len(code) != NATIONAL_DIGITS or not (code.isascii() and code.isdigit()):
        return False
    rest = sum(int(digit) * (NATIONAL_DIGITS - at) for at, digit in enumerate(code[:-1])) % 11
    return int(code[-1]) == (rest if rest < 2 else 11 - rest)


@cache
def _forms() -> dict[tuple[str, ...], tuple[str, str]]:
    return {
        tuple(fold(form).split()): (row["kind"], row["value"])
        for row in rows("identity_words")
        for form in row["forms"].split("|")
    }


@dataclass(slots=True)
class _Parts:
    """The words of a text sorted: pieces of the number, words of the place, the document."""

    number: list[str]
    place: list[str]
    document: str = ""
    issued: bool = False


def _sorted(words: Sequence[str]) -> _Parts:
    found, at = _Parts([], []), 0
    while at < len(words):
        size = next((n for n in range(_LONGEST, 0, -1) if tuple(words[at : at + n]) in _forms()), 0)
        if size:
            kind, value = _forms()[tuple(words[at : at + size])]
            found.document = value if kind == "document" else found.document
            found.issued |= kind == "issued"
        else:
            _place_or_number(words[at], found)
        at += size or 1
    return found


def _place_or_number(word: str, found: _Parts) -> None:
    """Put a word where it belongs: letters of a series or a passport are few, and Qom is no letter of either."""
    is_code = len(word) == 1 or (len(word) == _CODE_LETTERS and word.isascii())
    if any(letter.isdigit() for letter in word) or (is_code and not found.issued):
        found.number.append(word)
    else:
        found.place.append(word)


def _is_placeholder(number: str) -> bool:
    return set(number) == {"0"} or (len(set(number)) == 1 and len(number) >= _PLACEHOLDER)


def _checked(number: str, document: str) -> tuple[str, str, tuple[str, ...]]:
    """Return number, check and flags; a national code that lost its zeros gets them back where the digit proves it."""
    if not number.isdigit() or document not in {"", "national"}:
        return number, "", ()
    lost = NATIONAL_DIGITS - len(number)
    if has_right_check_digit(number):
        return number, "right", ()
    if document != "national":
        return number, "", ()
    if 0 < lost <= MOST_LOST and has_right_check_digit(number.zfill(NATIONAL_DIGITS)):
        return number.zfill(NATIONAL_DIGITS), "right", ("zeros lost",)
    return number, "wrong", ("length",) if lost else ("check digit",)


@lru_cache(maxsize=65_536)
def identity(text: str) -> Identity:
    """Read an identity number as written; never raises, whatever the text.

    Examples
    --------
    >>> identity("۱۲۳-۴۵ صادره از شیراز").issued_in
    'شیراز'
    """
    if len(text) > _LIMIT:
        return Identity(text, flags=("unreadable",))
    if is_unknown_name(text) and not any(each.isdigit() for each in text):
        return Identity(text)
    western = text.translate(_DIGITS)
    if _SCIENTIFIC.match(western):
        return Identity(text, flags=("rounded",))
    parts = _sorted(fold(_FLOAT.sub("", western)).split())
    number, place = "".join(parts.number).upper(), " ".join(parts.place)
    if flag := _fault(parts.number, number):
        return Identity(text, "", parts.document, place, flags=(flag,))
    number, check, flags = _checked(number, parts.document)
    return Identity(text, number, parts.document, place, check, flags)


def _fault(pieces: Sequence[str], number: str) -> str:
    """Say why what was written is no number to compare, or nothing."""
    if not any(each.isdigit() for each in number):
        return "unreadable"
    if sum(sum(letter.isdigit() for letter in piece) >= LONG_ENOUGH for piece in pieces) > 1:
        return "several numbers"
    return "placeholder" if _is_placeholder(number) else ""


_DIGITS = {ord(each): str(at % 10) for at, each in enumerate("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")}
_DOCUMENTS = {"": 0, "national": 1, "certificate": 2, "passport": 3, "card": 4}


def prepare_identities(texts: Sequence[str]) -> IdentityTable:
    """Make distinct identity numbers ready for `identity_levels`."""
    read = tuple(identity(text) for text in texts)
    keys = [each.key.encode() for each in read]
    width = max(map(len, keys), default=0) + 1
    letters = np.full((len(keys), width), ord("0"), dtype=np.uint8)
    for at, key in enumerate(keys):
        letters[at, width - len(key) :] = np.frombuffer(key, dtype=np.uint8)
    lengths = np.array([len(each.number) for each in read], dtype=np.int32)
    documents = np.array([_DOCUMENTS[each.document] for each in read], dtype=np.int32)
    return IdentityTable(read, letters, lengths, documents, np.array([each.check == "right" for each in read], bool))


def identity_levels(table: IdentityTable, a: Sequence[int] | Numbers, b: Sequence[int] | Numbers) -> Levels:
    """Return how pairs of identity numbers agree: the values of `Agreement`."""
    left, right = np.asarray(a, dtype=np.int32), np.asarray(b, dtype=np.int32)
    one, two = table.documents[left], table.documents[right]
    same = np.all(table.letters[left] == table.letters[right], axis=1)
    both_right = table.right[left] & table.right[right]  # hardly any slip of one digit leaves a check digit right
    return np.select(
        [(table.lengths[left] == 0) | (table.lengths[right] == 0), same & ((one == two) | (one == 0) | (two == 0)),
         (one != two) & (one > 0) & (two > 0), ~both_right & _slips(table, left, right),
         _of_two_kinds(table, left, right)],
        [Agreement.UNKNOWN, Agreement.SAME, Agreement.OTHER_DOCUMENT, Agreement.SLIP, Agreement.OTHER_DOCUMENT],
        Agreement.DIFFERENT,
    ).astype(np.uint8)  # fmt: skip


def _of_two_kinds(table: IdentityTable, left: Numbers, right: Numbers) -> npt.NDArray[np.bool_]:
    """Mark a national code beside a number too short to be one: the number of a birth certificate."""
    short = table.lengths <= LONG_ENOUGH
    national = table.right | (table.documents == _DOCUMENTS["national"])
    found = (national[left] & short[right] & ~national[right]) | (national[right] & short[left] & ~national[left])
    return np.asarray(found, dtype=bool)


def _slips(table: IdentityTable, left: Numbers, right: Numbers) -> npt.NDArray[np.bool_]:
    """Mark numbers that one digit, one digit more or less, or two swapped neighbours part."""
    x, y = table.letters[left], table.letters[right]
    differ = x != y
    first, last = np.argmax(differ, axis=1), x.shape[1] - 1 - np.argmax(differ[:, ::-1], axis=1)
    row, apart = np.arange(len(left)), differ.sum(axis=1)
    swapped = (last - first == 1) & (x[row, first] == y[row, last]) & (x[row, last] == y[row, first])
    found = (apart == 1) | swapped
    for at in np.flatnonzero(~found & (np.abs(table.lengths[left] - table.lengths[right]) == 1)):
        found[at] = _is_one_more(x[at], y[at], int(last[at]))
    enough = np.minimum(table.lengths[left], table.lengths[right]) >= LONG_ENOUGH
    return np.asarray(found & enough, dtype=bool)


def _is_one_more(x: Levels, y: Levels, last: int) -> bool:
    """Say whether one number is the other with a digit put in where they last differ."""
    return bool(np.array_equal(x[:last], y[1 : last + 1]) or np.array_equal(y[:last], x[1 : last + 1]))


def compare_identities(a: str, b: str) -> IdentityComparison:
    """Compare two identity numbers; `prepare_identities` and `identity_levels` do the same for millions.

    Examples
    --------
    >>> compare_identities("۰۸۴۵۷۳۲۱۹", "84573219").words
    'the same number, zeros in front apart'
    """
    level = identity_levels(prepare_identities([a, b]), [0], [1])[0]
    return IdentityComparison(identity(a), identity(b), Agreement(int(level)))
