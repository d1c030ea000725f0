"""The grammar of one date: the shapes in which day, month, season and year follow each other in nine languages.

Invariant: a sequence of tokens is read whole or not at all; a token that fits no shape makes it unread (None).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cenotaph.values.date_nodes import Field, Stated
from cenotaph.values.date_words import Sense, Token

_SIGNS = frozenset("/-.–_\\")
_BLANK = re.compile(r"[?x_]{1,4}|0+|-{2}")
_DAYS = 31


@dataclass(frozen=True, slots=True)
class _Atom:
    """A token as one letter of a shape: N number, T numeric date, M month, S season, or a sign."""

    letter: str
    number: Field | None = None
    sense: Sense | None = None
    triple: tuple[Field, Field, Field] | None = None
    sign: str = ""


def _number(token: Token) -> Field | None:
    if token.number is not None:
        return Field(token.number, token.digits)
    sense = token.sense("number")
    return Field(int(sense.value), 2) if sense else None


def _field(token: Token) -> Field | None:
    """Return a field of a numeric date; ``00``, ``??`` and ``xx`` state nothing."""
    if _BLANK.fullmatch(token.text):
        return Field(None, len(token.text))
    return Field(token.number, token.digits) if token.number is not None and token.digits <= 4 else None


def joined(tokens: Sequence[Token]) -> list[Token]:
    """Join the signs of one blank field, ``? ?`` to ``??``, so that a field is one token."""
    kept: list[Token] = []
    for each in tokens:
        if kept and each.text in {"?", "_"} and set(kept[-1].text) == {each.text} and not each.loose:
            kept[-1] = replace(kept[-1], text=kept[-1].text + each.text)
        else:
            kept.append(each)
    return kept


def _triple_at(tokens: Sequence[Token], at: int) -> tuple[tuple[Field, Field, Field], str] | None:
    """Return the numeric date that begins at a token: three fields with the same sign between."""
    if at + 5 > len(tokens) or tokens[at + 1].text not in _SIGNS or tokens[at + 1].text != tokens[at + 3].text:
        return None
    fields = [_field(tokens[at + step]) for step in (0, 2, 4)]
    first, second, third = fields
    if first is None or second is None or third is None or not any(each and each.value for each in fields):
        return None
    return (first, second, third), tokens[at + 1].text


def _month(token: Token, *, others: bool) -> Sense | None:
    """Return the month a token names; a word that may also be noise (``day``) is noise beside another month."""
    sense = token.sense("month")
    return None if sense is None or (others and token.has("noise")) else sense


def _basic(token: Token) -> tuple[Field, Field, Field] | None:
    """Read eight digits in a row, 19880729, as year, month and day."""
    if token.number is None or token.digits != 8:
        return None
    year, rest = divmod(token.number, 10_000)
    return Field(year, 4), Field(rest // 100, 2), Field(rest % 100, 2)


@dataclass(slots=True)
class _Facts:
    """What stands beside the shape: era, weekday, part, decade, languages."""

    era: Sense | None = None
    weekday: int | None = None
    part: str | None = None
    decade: bool = False
    year_word: bool = False
    tens: Field | None = None
    languages: set[str] | None = None


def _beside(token: Token, facts: _Facts) -> bool:
    """Take a token that is not part of the shape; say whether it was one."""
    for kind in ("weekday", "part", "era", "tens", "decade", "year", "noise"):
        if not (sense := token.sense(kind)):
            continue
        if kind == "weekday":
            facts.weekday = int(sense.value)
        elif kind == "part":
            if facts.part:
                return False
            facts.part = sense.value
        elif kind == "era":
            facts.era = sense if facts.era is None or facts.era.calendar == "ambiguous" else facts.era
        elif kind == "tens":
            facts.tens = Field(int(sense.value), 2)
        elif kind in {"decade", "year"}:
            facts.decade |= kind == "decade"
            facts.year_word |= kind == "year"
        return True
    return False


def _atoms(tokens: Sequence[Token], facts: _Facts) -> list[_Atom] | None:
    atoms: list[_Atom] = []
    named = sum(each.has("month") and not each.has("noise") for each in tokens)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if found := _triple_at(tokens, at):
            atoms.append(_Atom("T", triple=found[0], sign=found[1]))
            at += 5
            continue
        atom = _atom(token, facts, named=named > 0, after_year=bool(atoms) and _is_year(atoms[-1].number))
        if atom is None:
            return None
        if atom.letter:
            atoms.append(atom)
        at += 1
    return atoms


def _is_year(number: Field | None) -> bool:
    return number is not None and number.digits == 4


def _atom(token: Token, facts: _Facts, *, named: bool, after_year: bool) -> _Atom | None:
    """Return the atom of a token, an empty one when it stands beside the shape, None when it fits nowhere."""
    if triple := _basic(token):
        return _Atom("T", triple=triple, sign="-")
    if sense := _month(token, others=named):
        return _Atom("M", sense=sense)
    if (number := _number(token)) and not (facts.part and token.has("part")):
        return _Atom("N", number=number)
    if sense := token.sense("season") or token.sense("quarter"):
        return _Atom("S", sense=sense)
    if token.has("decade") and token.text in {"s", "er"} and after_year is False and not facts.decade:
        facts.decade = token.text != "er"
        return _Atom("")
    if token.text in _SIGNS:
        return _Atom("-", sign=token.text)
    if token.text == "'":
        facts.year_word = True
        return _Atom("")
    return _Atom("") if _beside(token, facts) else None


def _looks_like_year(number: Field) -> bool:
    return number.digits >= 3 or (number.value or 0) > _DAYS


def _dated(number: Field, other: Field, month: Sense) -> Stated | None:
    """Tell day and year apart around a month name: the year is the one that cannot be a day."""
    day, year = (other, number) if _looks_like_year(number) else (number, other)
    if (day.value or 0) > _DAYS or day.digits > 2:
        return None
    return Stated(day=day.value or None, month=int(month.value), year=year.value, digits=year.digits,
                  calendar=month.calendar)  # fmt: skip


def _month_number(number: Field, month: Sense, *, is_year: bool) -> Stated:
    if is_year or _looks_like_year(number):
        return Stated(month=int(month.value), year=number.value, digits=number.digits, calendar=month.calendar)
    return Stated(month=int(month.value), day=number.value or None, calendar=month.calendar)


def _pair(first: Field, second: Field, sign: str) -> Stated | None:
    """Read two numbers: year and month in either order, else day and month without a year."""
    a, b = first.value or 0, second.value or 0
    if first.digits == 4 and second.digits <= 2 and b <= 12:
        return Stated(year=a, digits=4, month=b or None)
    if second.digits == 4 and first.digits <= 2 and a <= 12:
        return Stated(year=b, digits=4, month=a or None)
    if first.digits == 2 and a > _DAYS and 1 <= b <= 12:
        return Stated(year=a, digits=2, month=b)
    if sign in {".", "/"} and 1 <= a <= _DAYS and 1 <= b <= 12:
        return Stated(day=a, month=b)
    return None


def _of_triple(atoms: Sequence[_Atom], _: _Facts) -> Stated | None:
    return Stated(triple=atoms[0].triple, sign=atoms[0].sign)


def _of_months(atoms: Sequence[_Atom], facts: _Facts) -> Stated | None:
    """Read a month name with up to two numbers; two names of one month count as one."""
    months = [each.sense for each in atoms if each.sense]
    numbers = [each.number for each in atoms if each.number]
    if len({(each.calendar, each.value) for each in months}) > 1 or len(numbers) > 2:
        return None
    month = months[0]
    if not numbers:
        return Stated(month=int(month.value), calendar=month.calendar)
    if len(numbers) == 1:
        return _month_number(numbers[0], month, is_year=facts.year_word)
    return _dated(numbers[0], numbers[1], month)


def _of_season(atoms: Sequence[_Atom], _: _Facts) -> Stated | None:
    seasons = [each.sense for each in atoms if each.sense]
    numbers = [each.number for each in atoms if each.number]
    if len({each.value for each in seasons}) > 1:
        return None
    season = int(seasons[0].value)
    if not numbers:
        return Stated(season=season)
    first = numbers[0]
    if len(numbers) == 2 and (season != 4 or ((first.value or 0) + 1 - (numbers[1].value or 0)) % 100):
        return None
    part = "spanning" if len(numbers) == 2 else None
    if seasons[0].kind == "quarter":
        return Stated(month=3 * season - 2, months=3, year=first.value, digits=first.digits)
    return Stated(season=season, year=first.value, digits=first.digits, part=part)


def _of_number(atoms: Sequence[_Atom], facts: _Facts) -> Stated | None:
    number = atoms[0].number
    if number is None:
        return None
    if facts.decade:
        return _decade(number)
    if number.digits == 4 or (facts.year_word and number.digits == 2) or (number.digits <= 4 and facts.era):
        return Stated(year=number.value, digits=number.digits)
    return Stated(bare=number) if number.digits <= 2 and number.value else None


def _decade(number: Field) -> Stated | None:
    value = number.value or 0
    return None if value % 10 or number.digits not in {2, 4} else Stated(year=value, digits=number.digits, span=10)


def _of_decade(atoms: Sequence[_Atom], facts: _Facts) -> Stated | None:
    """Read ``1980-tallet``: a number, a hyphen and a decade word."""
    return _of_number(atoms, facts) if facts.decade else None


def _of_pair(atoms: Sequence[_Atom], facts: _Facts) -> Stated | None:
    first, second = atoms[0].number, atoms[-1].number
    if first is None or second is None or facts.decade:
        return None
    return _pair(first, second, atoms[1].sign)


def _of_loose_pair(atoms: Sequence[_Atom], _: _Facts) -> Stated | None:
    """Read ``30 1988``, the right end of ``July 28-30 1988``: a day and a year, the month comes from the left end."""
    first, second = atoms[0].number, atoms[1].number
    if first is None or second is None or second.digits != 4 or first.digits > 2:
        return None
    return Stated(day=first.value, year=second.value, digits=4)


def _of_spaced(atoms: Sequence[_Atom], _: _Facts) -> Stated | None:
    """Read ``29 07 1988`` and ``1988 07 29``: a numeric date with spaces for signs."""
    fields = [each.number for each in atoms]
    first, second, third = fields
    if first is None or second is None or third is None:
        return None
    if tuple(each.digits for each in (first, second, third)) not in {(2, 2, 4), (4, 2, 2)}:
        return None
    return Stated(triple=(first, second, third), sign=" ")


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[Sequence[_Atom], _Facts], Stated | None]], ...] = (
    (re.compile("T"), _of_triple),
    (re.compile("(N-?){0,2}M(-?M)?(-?N){0,2}"), _of_months),
    (re.compile("(N-?)?S(S|-S)?(N(-?N)?)?"), _of_season),
    (re.compile("N"), _of_number),
    (re.compile("N-"), _of_decade),
    (re.compile("N-N"), _of_pair),
    (re.compile("NN"), _of_loose_pair),
    (re.compile("NNN"), _of_spaced),
)


def single(tokens: Sequence[Token]) -> Stated | None:
    """Read tokens as one date, or return None."""
    facts = _Facts()
    atoms = _atoms(joined(tokens), facts)
    if atoms is None:
        return None
    if facts.tens and not atoms:
        return _finished(Stated(year=facts.tens.value, digits=2, span=10), facts, tokens)
    shape = "".join(each.letter for each in atoms)
    for pattern, build in _SHAPES:
        if pattern.fullmatch(shape) and (stated := build(atoms, facts)):
            return _finished(stated, facts, tokens)
    return None


def _languages(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the languages in which every telling word of the expression exists."""
    told: frozenset[str] | None = None
    for token in tokens:
        if token.is_word and len(token.text) > 1 and token.senses:
            spoken = frozenset(each.language for each in token.senses)
            told = spoken if told is None else (told & spoken or told | spoken)
    return told or frozenset()


def _finished(stated: Stated, facts: _Facts, tokens: Sequence[Token]) -> Stated:
    era = facts.era.calendar if facts.era else None
    return replace(
        stated, era="kurdish" if facts.era and facts.era.value == "kurdish" else era, weekday=facts.weekday,
        part=facts.part or stated.part, languages=_languages(tokens),
    )  # fmt: skip
