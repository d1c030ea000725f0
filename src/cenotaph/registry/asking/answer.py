"""The answer to a question: how it was read, how many answer it, and who, each with their grounds.

Invariant: flags grade people, all other terms choose them. Somebody answers *certainly* when every term is certain,
*possibly* when none is contradicted; *contradicted* are those whom all other terms choose and a flag excludes. People
of whom no source says anything that bears on a term are counted as silent and are in none of the three.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cenotaph.registry.asking.columns import CODE, CONTRADICTED, NONE, Marks, Measured, looked_at, measure, weigh_code
from cenotaph.registry.asking.terms import Kind, Term
from cenotaph.registry.asking.weighing import Ground, weigh
from cenotaph.registry.persons import Person
from cenotaph.registry.register import Register
from cenotaph.registry.spans import Certainty, every

ORDER = (Certainty.CERTAIN, Certainty.POSSIBLE, Certainty.CONTRADICTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One person who answers a question, with a ground for each term."""

    person: Person
    certainty: Certainty
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a register answers.

    Attributes
    ----------
    terms : tuple of Term
        How the question was read.
    counts : Mapping
        How many answer certainly, possibly, and are contradicted.
    silent : tuple of int
        For each term, how many of the people whom the other terms choose no source says anything about it.
    population : int
        The included persons who were asked about.
    found : tuple of Found
        The first of each, at most as many as were asked for.
    """

    terms: tuple[Term, ...]
    counts: Mapping[Certainty, int]
    silent: tuple[int, ...]
    population: int
    found: tuple[Found, ...]


def ask(register: Register, terms: Sequence[Term], *, limit: int = 20) -> Answer:
    """Answer a question for the included persons of a register.

    Parameters
    ----------
    register
        All persons at one head.
    terms
        The question, as ``read`` makes it.
    limit
        How many persons to put together with their grounds, of those certain, possible and contradicted each.
    """
    included = register.table.column("included").to_numpy(zero_copy_only=False)
    measured = [measure(register, term) for term in terms]
    certainties = _certainties(register, terms, measured, included)
    found = [
        _found(register, terms, person, certainty)
        for certainty in ORDER
        for person in np.flatnonzero(certainties == CODE[certainty])[:limit].tolist()
    ]
    return Answer(
        terms=tuple(terms),
        counts={certainty: int(np.sum(certainties == CODE[certainty])) for certainty in ORDER},
        silent=tuple(_silent([each.marks for each in measured], at, included) for at in range(len(terms))),
        population=int(included.sum()),
        found=tuple(found),
    )


def judge(terms: Sequence[Term], person: Person) -> Found | None:
    """Return how far one person answers a question; None where they do not answer it."""
    grounds = [weigh(term, person) for term in terms]
    said = [ground for ground in grounds if ground is not None]
    if len(said) < len(grounds) or any(
        ground.certainty is Certainty.CONTRADICTED and ground.term.kind is not Kind.FLAG for ground in said
    ):
        return None
    return Found(person=person, certainty=every(ground.certainty for ground in said), grounds=tuple(said))


def _certainties(
    register: Register, terms: Sequence[Term], measured: Sequence[Measured], included: NDArray[np.bool_]
) -> Marks:
    """Return the certainty of each person; only whom every term may choose and one leaves open is put together."""
    marks = np.stack([each.marks for each in measured])
    chosen = included & (marks > CONTRADICTED).all(axis=0)
    out = np.where(chosen, marks.min(axis=0), NONE).astype(np.int8)
    is_open = np.stack([each.open for each in measured])
    keys = looked_at(register, [term for term, each in zip(terms, is_open, strict=True) if each.any()])
    for person in np.flatnonzero(chosen & is_open.any(axis=0)).tolist():
        brief = register.brief(person, keys)
        found = [
            weigh_code(term, brief) if one else int(mark)
            for term, one, mark in zip(terms, is_open[:, person], marks[:, person], strict=True)
        ]
        out[person] = _all(terms, found)
    return out


def _all(terms: Sequence[Term], found: Sequence[int]) -> int:
    """Return what all terms say together: nothing where one says nothing, or one that is no flag says no."""
    is_out = any(code == CONTRADICTED and term.kind is not Kind.FLAG for term, code in zip(terms, found, strict=True))
    return NONE if is_out else min(found)


def _silent(marks: Sequence[Marks], at: int, included: NDArray[np.bool_]) -> int:
    others = [mark > CONTRADICTED for number, mark in enumerate(marks) if number != at]
    return int(np.sum(np.logical_and.reduce([included, *others]) & (marks[at] == NONE)))


def _found(register: Register, terms: Sequence[Term], index: int, certainty: Certainty) -> Found:
    person = register.person(index)
    return Found(person=person, certainty=certainty, grounds=tuple(_grounds(terms, person)))


def _grounds(terms: Sequence[Term], person: Person) -> Iterator[Ground]:
    yield from (ground for term in terms if (ground := weigh(term, person)) is not None)
