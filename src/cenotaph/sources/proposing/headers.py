"""What a header means: its words to concepts, its concepts to a property. Both tables are data of the values room.

Invariant: a header is understood only when every concept in it is explained; ``father's occupation`` is no occupation.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from cenotaph.values import tables

_LETTERS = str.maketrans("يىكةأإآٱ", "ییکهاااا", "ـ")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_POSSESSIVE = re.compile(r"['’]s\b")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_LONGEST = 5  # words of a phrase
_ASIDE = frozenset(
    ("detail", "coarse", "start", "end", "gregorian", "persian", "islamic", "person")
)  # say how, not what
_PARTS = {"month": "m", "day": "d", "year": "y", "mm": "m", "dd": "d", "yyyy": "y", "yy": "y"}
_ORDER = re.compile(r"\(?\b([a-z]+)[/.\-]([a-z]+)[/.\-]([a-z]+)\b\)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a header says.

    Parameters
    ----------
    says
        A property, or one of ``date``, ``place``, ``region``, ``year``, ``month``, ``day``, ``key``; empty when the
        header is not understood.
    concepts
        All that was recognised.
    strange
        Words that no table knows.
    number
        The number behind it (``location_2``), 0 without one.
    order
        ``ymd``, ``dmy`` or ``mdy`` when the header states the order of a date.
    language
        The language most of its words are of, empty when they are of none.
    """

    says: str = ""
    concepts: frozenset[str] = frozenset()
    strange: tuple[str, ...] = ()
    number: int = 0
    order: str = ""
    language: str = ""

    @property
    def is_sure(self) -> bool:
        """Say whether the whole header was understood."""
        return bool(self.says) and not self.strange


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a header: lower case, Arabic and Persian letters alike, without marks and underscores."""
    plain = _CAMEL.sub(" ", _POSSESSIVE.sub("", text)).casefold().translate(_LETTERS)
    kept = "".join(each for each in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(each))
    return tuple(_WORD.findall(kept.translate(_LETTERS)))


@cache
def _phrases() -> dict[tuple[str, ...], tuple[frozenset[str], tuple[str, ...]]]:
    """Return concepts and languages by the words of a phrase; a word of two languages keeps the first meaning."""
    found: dict[tuple[str, ...], tuple[frozenset[str], tuple[str, ...]]] = {}
    for row in tables.rows("header_words"):
        concepts = frozenset(row["concepts"].split()) - {"-"}
        for phrase in row["words"].split("|"):
            words = fold_words(phrase)
            known = found.get(words)
            languages = (*known[1], row["language"]) if known else (row["language"],)
            found[words] = (known[0] if known else concepts, languages)
    return found


@cache
def _rules() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((row["property"], frozenset(row["needs"].split())) for row in tables.rows("header_rules"))


def meaning(header: str) -> Meaning:
    """Return what a header means.

    Examples
    --------
    >>> meaning("Place_of_death").says
    'death.place'
    >>> meaning("تاریخ دستگیری").says
    'arrest.date'
    """
    order, rest = _stated_order(header)
    both = [_read(part) for part in re.split(r"[/|\n\r()\[\]]+", rest) if fold_words(part)]
    if len(both) > 1 and (agreed := _bilingual(both)):
        return _with(agreed, order)
    return _with(_read(rest), order)


def _with(found: Meaning, order: str) -> Meaning:
    return Meaning(
        says=found.says, concepts=found.concepts, strange=found.strange, number=found.number,
        order=order, language=found.language,
    )  # fmt: skip


def _bilingual(parts: Sequence[Meaning]) -> Meaning | None:
    """Return the meaning that all parts of ``نام / Name`` share; None where they differ or say different things."""
    said = {each.says for each in parts}
    return parts[0] if len(said) == 1 and "" not in said else None


def _stated_order(header: str) -> tuple[str, str]:
    for found in _ORDER.finditer(header.casefold()):
        order = "".join(_PARTS.get(word, "") for word in found.groups())
        if order in ("ymd", "dmy", "mdy"):
            return order, header[: found.start()] + " " + header[found.end() :]
    return "", header


def _read(header: str) -> Meaning:
    words = fold_words(header)
    number = int(words[-1]) if len(words) > 1 and words[-1].isdecimal() and len(words[-1]) <= 2 else 0
    concepts, strange, languages = _concepts(words[:-1] if number else words)
    return Meaning(
        says=_property(concepts), concepts=concepts, strange=strange, number=number,
        language=languages.most_common(1)[0][0] if languages else "",
    )  # fmt: skip


def _concepts(words: Sequence[str]) -> tuple[frozenset[str], tuple[str, ...], Counter[str]]:
    found: set[str] = set()
    strange: list[str] = []
    languages: Counter[str] = Counter()
    place = 0
    while place < len(words):
        length, known = _longest(words, place)
        if known is None:
            strange.append(words[place])
        else:
            found |= known[0]
            languages.update(known[1])
        place += length
    return frozenset(found), tuple(strange), languages


def _longest(words: Sequence[str], place: int) -> tuple[int, tuple[frozenset[str], tuple[str, ...]] | None]:
    """Return the longest phrase that begins at a place; Arabic words also without and with their article."""
    for length in range(min(_LONGEST, len(words) - place), 0, -1):
        phrase = tuple(words[place : place + length])
        bare = tuple(each.removeprefix("ال") for each in phrase)
        for form in (phrase, bare, tuple("ال" + each for each in bare)):
            if form in _phrases():
                return length, _phrases()[form]
    return 1, None


def _property(concepts: Iterable[str]) -> str:
    all_of_it = frozenset(concepts)
    said = all_of_it - _ASIDE or all_of_it & {"person"}  # a column headed "victim" and nothing else holds names
    fits = [(len(said - needs), -len(needs), name) for name, needs in _rules() if needs <= said]
    best = min(fits, default=(1, 0, ""), key=lambda fit: fit[:2])
    return best[2] if best[0] == 0 else ""


def is_header(cell: str) -> bool:
    """Say whether a cell may be the header of a column: words that mean something, and nothing strange beside them."""
    return len(cell) <= 80 and meaning(cell).is_sure
