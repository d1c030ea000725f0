"""Cut a date expression into tokens: numbers, words that the table knows, and signs.

Invariant: every visible character of the text ends in a token or was dropped for a stated reason (bidi controls, vowel
marks, a time of day, a full stop behind a word). A word the table does not know stays, and makes the text unreadable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from cenotaph.values import tables

LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ۍ": "ی", "ێ": "ی", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "أ": "ا", "إ": "ا", "آ": "ا",
     "ٱ": "ا", "ؤ": "و", "ۆ": "و", "ڕ": "ر", "ڵ": "ل", "ك": "ک", "ئ": "ی", "ء": "", "ـ": "", "ß": "ss", "ø": "o",
     "æ": "ae", "đ": "d", "ı": "i", "\u200c": " ", "º": " ", "ª": " ", "°": " ", "\u00a0": " ", "،": ",", "؟": "?",
     "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "–", "—": "–", "―": "–", "−": "-", "‐": "-", "‑": "-",
     "⁄": "/", "∕": "/", "٫": ".", "۔": ".", "≈": "~", "∼": "~", "～": "~", "【": "[", "】": "]"}
)  # fmt: skip
_TIME = re.compile(
    r"(?:(?<=\d)t|[\s,]|\bkl\.?)\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\.?m\.?|z\b|utc|gmt|[+-]\d\d:?\d\d)?"
)
_PIECE = re.compile(r"\d+|[^\W\d_]+|\.{2,}|\S")
_ROMAN_MONTHS = dict(
    zip(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), range(1, 13), strict=True)
)
_ROMAN = re.compile(r"(?<=\d)([./]\s?)([ivx]{1,4})(?=[./]\s?\d)")
_ARTICLES = frozenset(("al", "ul", "ol", "el", "ath", "l"))  # Dhu al-Hijjah
_LONGEST = 5  # words in one form of the table
_TWO_DIGITS = 99
_DROPPED = frozenset((",", ";", '"', "«", "»", "†", "*", "“", "”", ":"))
_MARKS = frozenset(("Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"))


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a form: ``month 5 of the persian calendar, in fa``."""

    kind: str
    value: str
    calendar: str
    language: str


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a known word with all its senses, an unknown word (no senses), or a sign."""

    text: str
    number: int | None = None
    digits: int = 0
    senses: tuple[Sense, ...] = ()
    loose: bool = False  # a space stands before it
    follows: bool = False  # and one after it

    def sense(self, kind: str) -> Sense | None:
        """Return the first sense of a kind."""
        return next((each for each in self.senses if each.kind == kind), None)

    def has(self, kind: str) -> bool:
        """Say whether the word can be of this kind."""
        return self.sense(kind) is not None

    @property
    def is_word(self) -> bool:
        """Whether it is a word of the table or an unknown one."""
        return self.text[:1].isalpha()


class _Digits(dict[int, str]):
    """The digit of each decimal digit of any script; other letters are themselves."""

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        found = self[point] = str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        return found


class _Unmarked(dict[int, str]):
    """Each letter as it is, marks as nothing."""

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        found = self[point] = letter if unicodedata.category(letter) not in _MARKS or letter in "\t\n\r" else ""
        return found


_DIGITS, _UNMARKED = _Digits(), _Unmarked()


def fold(text: str) -> str:
    """Fold letters, case, marks and digits of all scripts so that one spelling stands for many."""
    if text.isascii() and text.isprintable():
        return text.casefold().replace("`", "'")
    parts = unicodedata.normalize("NFKD", text.translate(LETTERS).translate(_DIGITS)).casefold()
    kept = parts.translate(_UNMARKED)
    return unicodedata.normalize("NFKC", " ".join(kept.split())).translate(LETTERS)


def digit_script(text: str) -> str | None:
    """Return ``fa`` when the digits are Persian, ``ar`` when they are Arabic-Indic, None for others or none."""
    for each in text:
        if "۰" <= each <= "۹":
            return "fa"
        if "٠" <= each <= "٩":
            return "ar"
    return None


@cache
def _forms() -> dict[tuple[str, ...], tuple[Sense, ...]]:
    forms: dict[tuple[str, ...], list[Sense]] = {}
    for row in tables.rows("date_words"):
        sense = Sense(row["kind"], row["value"], row["calendar"], row["language"])
        for form in row["forms"].split("|"):
            senses = forms.setdefault(tuple(_PIECE.findall(fold(form))), [])
            if sense not in senses:
                senses.append(sense)
    return {form: tuple(senses) for form, senses in forms.items()}


def silent(text: str) -> bool:
    """Say whether the text itself states that no date is known, or is empty."""
    pieces = tuple(each for each in _PIECE.findall(fold(text)) if each[0].isalnum())
    if not pieces:
        return not any(unicodedata.category(each) == "So" for each in text)
    senses = _forms().get(pieces, ()) or _forms().get(("".join(pieces),), ())
    return any(each.kind == "silent" for each in senses)


def _pieces(text: str) -> list[Token]:
    found = []
    for match in _PIECE.finditer(text):
        piece = match.group()
        number = int(piece) if piece.isdigit() and len(piece) <= 9 else None
        loose = match.start() > 0 and text[match.start() - 1] == " "
        follows = match.end() < len(text) and text[match.end()] == " "
        found.append(Token(piece, number, len(piece) if number is not None else 0, (), loose, follows))
    return found


def _stripped(word: str) -> tuple[Sense, ...]:
    """Return the senses of a word with an ending taken off: ezafe and Kurdish -ی, مردادماه, the Arabic article."""
    forms = _forms()
    for ending in ("ماه", "ی", "یی", "دا", "ین"):
        if word.endswith(ending) and (found := forms.get((word.removesuffix(ending),))):
            return tuple(each for each in found if each.kind in {"month", "season", "part", "year"})
    for start in ("ال", "ل", "ب", "و"):
        if word.startswith(start) and (found := forms.get((word.removeprefix(start),))):
            return tuple(each for each in found if each.kind == "month" and start in {"ال", "ل"})
    return ()


def _word(pieces: list[Token], at: int) -> tuple[Token, int]:
    """Return the longest known form that begins here and the number of pieces it takes."""
    forms = _forms()
    for length in range(min(_LONGEST, len(pieces) - at), 0, -1):
        run = pieces[at : at + length]
        if found := forms.get(tuple(each.text for each in run)):
            text = " ".join(each.text for each in run)
            return replace(run[0], text=text, number=None, digits=0, senses=found, follows=run[-1].follows), length
    return replace(pieces[at], senses=_stripped(pieces[at].text)), 1


def _without_stops(pieces: list[Token]) -> list[Token]:
    """Drop full stops that only end a word or an ordinal, elisions and the hyphen of an Arabic article."""
    kept = []
    for at, piece in enumerate(pieces):
        before, after = pieces[at - 1] if at else None, pieces[at + 1] if at + 1 < len(pieces) else None
        between = before and after and before.number is not None and after.number is not None
        is_elision = piece.text == "'" and after is not None and after.is_word
        is_article = piece.text == "-" and before is not None and before.text in _ARTICLES
        if (piece.text != "." or between) and not is_elision and not is_article:
            kept.append(piece)
    return kept


def _with_conjunctions(pieces: list[Token]) -> Iterator[Token]:
    """Part the Arabic "and" from the word it is written with: وأيلول is "and September"."""
    first = {form[0] for form in _forms()}
    for piece in pieces:
        rest = piece.text[1:]
        if piece.text[0] == "و" and len(rest) > 1 and piece.text not in first and rest in first:
            yield replace(piece, text="و")
            yield replace(piece, text=rest)
        else:
            yield piece


def _is_list(found: list[Token], at: int) -> bool:
    """Say whether a comma parts two days of a month (28, 29 July), two months, seasons or years; else it is dropped."""
    if at == 0 or at + 1 >= len(found):
        return False
    before, after = found[at - 1], found[at + 1]
    if any(before.has(kind) and after.has(kind) for kind in ("month", "season")):
        return True
    behind = found[at + 2] if at + 2 < len(found) else None
    goes_on = behind is not None and (behind.text == "," or any(behind.has(kind) for kind in ("month", "and", "or")))
    are_days = all(each.digits in {1, 2} for each in (before, after))
    return (before.digits == after.digits == 4) or (are_days and goes_on)


def _known(pieces: list[Token]) -> Iterator[Token]:
    at = 0
    while at < len(pieces):
        if pieces[at].number is not None and not _forms_from(pieces, at):
            yield pieces[at]
            at += 1
            continue
        token, taken = _word(pieces, at)
        yield token
        at += taken


def _forms_from(pieces: list[Token], at: int) -> bool:
    """Say whether a form of the table begins with this number (``1 er``, ``2 nd half``)."""
    return any(tuple(each.text for each in pieces[at : at + n]) in _forms() for n in range(2, _LONGEST + 1))


def _composed(found: list[Token]) -> list[Token]:
    """Join Persian number words, شصت و هفت and هزار و سیصد و شصت و هفت, to the one number they say."""
    kept: list[Token] = []
    at = 0
    while at < len(found):
        size, number = 0, _said(found[at])
        while number is not None and at + size + 2 < len(found) and found[at + size + 1].text == "و":
            more = _said(found[at + size + 2])
            if more is None or not _fits_behind(_said(found[at + size]) or 0, more):
                break
            size, number = size + 2, number + more
        digits = 4 if (number or 0) > _TWO_DIGITS else 2
        kept.append(replace(found[at], number=number, digits=digits, senses=()) if size else found[at])
        at += size + 1
    return kept


def _said(token: Token) -> int | None:
    sense = token.sense("number")
    return int(sense.value) if sense and sense.language == "fa" else None


def _fits_behind(before: int, more: int) -> bool:
    """Say whether a number word goes on another: thousand, hundreds, tens, ones, each once."""
    floor = next((unit for unit in (1000, 100, 20) if before >= unit), 0)
    return {1000: more < 1000, 100: more < 100, 20: more < 10 and before % 10 == 0}.get(floor, False)  # fmt: skip


def tokens(text: str) -> list[Token]:
    """Return the tokens of an expression; commas and apostrophes before words are dropped."""
    folded = _ROMAN.sub(_arabic_month, _TIME.sub(" ", fold(text)))
    pieces = list(_with_conjunctions(_without_stops(_pieces(" ".join(folded.split())))))
    found = _composed(list(_known(pieces)))
    return [
        each for at, each in enumerate(found) if each.text not in _DROPPED or (each.text == "," and _is_list(found, at))
    ]


def _arabic_month(found: re.Match[str]) -> str:
    """Write a Roman month, 29.VII.1988, in digits."""
    month = _ROMAN_MONTHS.get(found[2])
    return found[0] if month is None else f"{found[1]}{month}"
