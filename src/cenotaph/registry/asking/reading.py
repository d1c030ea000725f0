"""A question in words to terms, in English or Persian, in any script, with dates of any calendar.

Invariant: a part of a question is read in one way or not at all. What is unknown, and what could mean two things, is
an error that names the part and says what it could be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from cenotaph import values
from cenotaph.errors import InputError
from cenotaph.messages import Message
from cenotaph.registry.asking import wording, words
from cenotaph.registry.asking.known import Known
from cenotaph.registry.asking.naming import named, under_prefix
from cenotaph.registry.asking.placing import places
from cenotaph.registry.asking.terms import Kind, Term
from cenotaph.registry.spans import FIRST, LAST, Span
from cenotaph.values.ages import OLDEST
from cenotaph.values.gazetteer import words as tokens
from cenotaph.values.tokens import script_of

_PARTS = re.compile(r"[,;،؛\n]+")
_MOST, _LONGEST = 12, 200  # parts of a question, characters of a part
_WORDED = {"flag": Kind.FLAG, "sex": Kind.SEX, "fate": Kind.FATE}
_NEAR = 3  # proposals for a part that is not known


def read(question: str, known: Known, *, language: str = "en") -> tuple[Term, ...]:
    """Return the terms of a question.

    Parameters
    ----------
    question
        Terms between commas or semicolons: ``killed after the term had ended, women, Gohardasht, 1988``.
    known
        What the register holds.
    language
        In which an error proposes words.

    Raises
    ------
    InputError
        The question is empty, or a part of it is unknown or could mean several things; the message says which.
    """
    parts = list(_parts(question))
    if not parts or len(parts) > _MOST or any(len(part) > _LONGEST for part in parts):
        raise InputError(
            Message(
                "the question has {n} parts; write 1 to {most} of at most {longest} characters, commas between them",
                n=len(parts),
                most=_MOST,
                longest=_LONGEST,
            )
        )
    return tuple(_term(part, act, known, language) for each in parts for part, act in _divided(each, known))


def _parts(question: str) -> Iterator[str]:
    """Yield the parts between commas; a wording that holds a comma itself stays whole."""
    parts = [part.strip() for part in _PARTS.split(question) if tokens(part)]
    while parts:
        length = next((n for n in (3, 2) if words.called("flag", " ".join(parts[:n])) and len(parts) >= n), 1)
        yield " ".join(parts[:length])
        parts = parts[length:]


def _divided(part: str, known: Known) -> list[tuple[str, str]]:
    """Divide ``killed in Evin`` into what happened and where or when; the act belongs to the second."""
    said = [] if any(words.called(kind, part) for kind in _WORDED) else part.split()
    for cut in range(len(said) - 1, 0, -1):
        head, rest = " ".join(said[:cut]), _after_between(said[cut:])
        for word in words.called("fate", head):
            act = "disappearance" if word.code == "disappeared" else "death"
            if [*places(rest, known), *periods(rest)]:
                return [(head, ""), (rest, act)]
    return [(part, "")]


def _term(part: str, act: str, known: Known, language: str) -> Term:
    found: list[Term] = []
    for each in [*places(part, known, act), *periods(part, act)] if act else _readings(part, known):
        if all((each.kind, each.codes, each.act) != (other.kind, other.codes, other.act) for other in found):
            found.append(each)
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(_unknown(part))
    could_be = [f"{number}) {each.said_in(language)}" for number, each in enumerate(found, 1)]
    raise InputError(Message("“{part}” could be: {could_be}; say which, in these words", part=part, could_be=could_be))


def _readings(part: str, known: Known) -> Iterator[Term]:
    """Yield what a part could mean: what it says it is, else what it is a word for, else where or when."""
    for first in (list(under_prefix(part, known)), [*_worded(part), *named(part, known), *_ages(part)]):
        if first:
            yield from first
            return
    yield from _acts(part, known) or [*places(part, known), *periods(part)]


def _worded(part: str) -> Iterator[Term]:
    for name, kind in _WORDED.items():
        for word in words.called(name, part):
            yield Term(said=part, kind=kind, codes=word.codes, wording=word.wording)
    for word in words.called("act", part):
        yield Term(said=part, kind=Kind.ACT, act=word.code, wording=wording.act(word))


def _acts(part: str, known: Known) -> list[Term]:
    """Return what an act and the place or day behind it ask for: ``buried in Khavaran``, ``arrested 1981``."""
    said = part.split()
    for cut in range(len(said) - 1, 0, -1):
        rest = _after_between(said[cut:])
        for word in words.called("act", " ".join(said[:cut])):
            found = [*places(rest, known, word.code), *periods(rest, word.code)]
            if found:
                return found
    return []


def _after_between(said: list[str]) -> str:
    """Join words without the "in", "at" or "در" that they begin with."""
    return " ".join(said[1:] if len(said) > 1 and words.called("between", said[0]) else said)


def periods(part: str, act: str = "") -> Iterator[Term]:
    """Yield the days of a text in any calendar; each calendar that a year could be of is a reading of its own."""
    language = "fa" if script_of(part) == "arabic" or not part.isascii() else None
    date = values.date(part, language=language)
    for earliest, latest in dict.fromkeys(
        [(date.earliest, date.latest), *((a.earliest, a.latest) for a in date.alternatives)]
    ):
        if earliest is None and latest is None:
            continue
        span = Span(earliest.toordinal() if earliest else FIRST, latest.toordinal() if latest else LAST)
        yield Term(
            said=part, kind=Kind.PERIOD, codes=(str(span),), act=act, span=span, wording=wording.period(span, act)
        )


def _ages(part: str) -> Iterator[Term]:
    """Yield an age, only where a word says that it is one."""
    age = values.age(part)
    if not words.has_any("age", tokens(part)) or (age.low is None and age.high is None):
        return
    low, high = age.low or 0, OLDEST if age.high is None else age.high
    yield Term(said=part, kind=Kind.AGE, codes=(f"{low}-{high}",), ages=(low, high), wording=wording.age(low, high))


def _unknown(part: str) -> Message:
    forms = [form for row in words.table() if row.kind in (*_WORDED, "act") for form in row.forms]
    near = get_close_matches(part.casefold(), forms, n=_NEAR, cutoff=0.6)
    if near:
        return Message("“{part}” is not understood; near to it are: {near}", part=part, near=near)
    return Message(
        "“{part}” is not understood; a part of a question is a flag, a sex, a place, a date, an age, an act, a fate, a "
        "manner of death, an affiliation, a status or a list (docs/guide/ask.md has the words)",
        part=part,
    )
