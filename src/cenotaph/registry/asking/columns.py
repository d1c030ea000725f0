"""Terms answered for all persons at once: by column, each distinct text of a list read once.

Invariant: where a person is not *open*, what is said here of them is what ``weighing`` says; a test walks a register
both ways. Open are those whom only the whole person decides: flags, reviewers' choices, acts of which sources differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cenotaph.model import split_key
from cenotaph.registry.acts import ONCE
from cenotaph.registry.asking.fitting import fit
from cenotaph.registry.asking.terms import DEATH, MISSING, Kind, Term
from cenotaph.registry.asking.weighing import weigh
from cenotaph.registry.persons import Person
from cenotaph.registry.register import Register
from cenotaph.registry.spans import Certainty
from cenotaph.values import PROPERTIES, property_of

NONE, CONTRADICTED, POSSIBLE, CERTAIN = -1, 0, 1, 2  # nothing said, then ever surer
CODE = {None: NONE, Certainty.CONTRADICTED: CONTRADICTED, Certainty.POSSIBLE: POSSIBLE, Certainty.CERTAIN: CERTAIN}
Marks = NDArray[np.int8]
# What a flag speaks of; one that is not here could rest on anything.
_SUBJECTS = {
    "after_term": ("sentence.",),
    "while_serving": ("sentence.",),
    "after_commission": ("commission.",),
    "tried_again": ("trial.",),
    "minor_at_arrest": ("birth.", "arrest."),
    "minor_at_death": ("birth.", "age"),
    "held_without_trial": ("trial.",),
    "arrested_with_relatives": ("arrest.",),
    "continuing_disappearance": ("whereabouts", "burial."),
}


_ACTS_OF_FLAGS = (
    "arrest",
    "birth",
    "burial",
    "commission",
    "death",
    "detention",
    "disappearance",
    "release",
    "sentence",
    "trial",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """How far each person answers a term, shape (persons,), and of whom only the whole person can say it."""

    marks: Marks
    open: NDArray[np.bool_]


def measure(register: Register, term: Term) -> Measured:
    """Return how far each person answers a term."""
    if term.kind is Kind.FLAG:
        marks = _may_have_flag(register, term)
        return Measured(marks, marks == POSSIBLE)
    if term.kind is Kind.FATE:
        return _sure(_fates(register, term))
    if term.kind is Kind.STATUS:
        return _sure(_where(np.isin(register.table.column("status").to_pylist(), term.codes)))
    if term.kind is Kind.LIST:
        return _sure(_where(_named(register, term)))
    return _by_claims(register, term)


def weigh_code(term: Term, person: Person) -> int:
    """Return what a person says about a term, as a code."""
    ground = weigh(term, person)
    return CODE[None if ground is None else ground.certainty]


def looked_at(register: Register, terms: Iterable[Term]) -> tuple[str, ...]:
    """Return the keys that decide some terms: all of an act, for acts are told apart by all that is said of them."""
    asked = list(terms)
    names = {name for term in asked for name in term.properties}
    if any(term.kind is Kind.FLAG for term in asked):
        names |= {name for name, each in PROPERTIES.items() if each.act in _ACTS_OF_FLAGS} | {
            "age",
            "fate",
            "whereabouts",
        }
    acts = {PROPERTIES[name].act for name in names} - {""}
    return tuple(
        key for key in register.assembly.columns.keys if property_of(key).act in acts or split_key(key)[0] in names
    )


def _sure(marks: Marks) -> Measured:
    return Measured(marks, np.zeros(len(marks), np.bool_))


def _where(holds: NDArray[np.bool_]) -> Marks:
    return np.where(holds, CERTAIN, CONTRADICTED).astype(np.int8)


def _fates(register: Register, term: Term) -> Marks:
    """Weigh each distinct union of stated fates once, on one person who has it."""
    bits = register.table.column("fate_bits").to_numpy()
    distinct, first, inverse = np.unique(bits, return_index=True, return_inverse=True)
    grounds = [weigh(term, register.person(int(at))) for at in first.tolist()]
    codes = [CODE[None if ground is None else ground.certainty] for ground in grounds]
    return np.asarray(codes, np.int8)[inverse.reshape(-1)] if len(distinct) else np.zeros(0, np.int8)


def _named(register: Register, term: Term) -> NDArray[np.bool_]:
    columns = register.assembly.columns
    names = columns["list"]
    marks = np.isin(names.codes, [code for code, name in enumerate(names.texts) if name in term.codes])
    for name in columns.cites:
        if name in term.codes:
            marks |= columns[f"cites.{name}"].codes >= 0
    return register.groups.any_bits(marks.astype(np.uint8)) > 0


def _may_have_flag(register: Register, term: Term) -> Marks:
    subjects = [_SUBJECTS.get(code.partition("_")[2] if _is_of_death(code) else code) for code in term.codes]
    if None in subjects:
        return np.full(len(register), POSSIBLE, np.int8)
    names = tuple(name for each in subjects if each is not None for name in each)
    return np.where(_has_any(register, names), POSSIBLE, NONE).astype(np.int8)


def _is_of_death(code: str) -> bool:
    return code.startswith(("killed_", "died_"))


def _has_any(register: Register, names: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return of whom some source says something under one of the properties; ``trial.`` is any of that act."""
    columns = register.assembly.columns
    said = np.zeros(columns.size, np.uint8)
    for key in columns.keys:
        if any(_is_of(split_key(key)[0], name) for name in names):
            said |= (columns[key].codes >= 0).astype(np.uint8)
    return register.groups.any_bits(said) > 0


def _is_of(key: str, name: str) -> bool:
    return key.startswith(name) if name.endswith(".") else key == name


def _by_claims(register: Register, term: Term) -> Measured:
    """Return the surest of what each property says; a disappearance only where no death is dated."""
    found = {name: _by_property(register, term, name) for name in term.properties}
    if term.kind is Kind.PERIOD and not term.act:
        dated, death, missing = _has_any(register, (DEATH,)), found[DEATH], found[MISSING]
        marks = np.where(dated, death.marks, missing.marks)
        is_open = np.where(dated, death.open, missing.open)
    else:
        marks = _surest(register, (one.marks for one in found.values()))
        is_open = np.any([np.zeros(len(register), np.bool_), *(one.open for one in found.values())], axis=0)
    is_open = is_open | ((marks != NONE) & _chosen(register, term))
    return Measured(np.where(is_open, POSSIBLE, marks).astype(np.int8), is_open)


def _by_property(register: Register, term: Term, name: str) -> Measured:
    """Return what is said under a property: all of it together, or for each number where nothing tells acts apart."""
    keys = [key for key in register.assembly.columns.keys if split_key(key)[0] == name]
    act = property_of(name).act
    if not act or act in ONCE:
        return _sure(_surest(register, (_together(register, [_measured(register, term, key)]) for key in keys)))
    marks = _together(register, [_measured(register, term, key) for key in keys])
    return Measured(marks, marks == POSSIBLE)


def _surest(register: Register, found: Iterable[Marks]) -> Marks:
    best: Marks = np.full(len(register), NONE, np.int8)
    for each in found:
        best = np.maximum(best, each)
    return best


def _together(register: Register, columns: Iterable[Marks]) -> Marks:
    """Return what all claims of each person say: one thing, or POSSIBLE where they differ."""
    groups = register.groups
    high: Marks = np.full(len(groups.rows), NONE, np.int8)
    low: Marks = np.full(len(groups.rows), CERTAIN, np.int8)
    for said in (each[groups.rows] for each in columns):
        high, low = np.maximum(high, said), np.minimum(low, np.where(said == NONE, CERTAIN, said))
    if not len(groups.rows):
        return high
    top = np.maximum.reduceat(high, groups.starts[:-1])
    bottom = np.minimum.reduceat(low, groups.starts[:-1])
    return np.where(top == NONE, NONE, np.where(top == bottom, top, POSSIBLE)).astype(np.int8)


def _measured(register: Register, term: Term, key: str) -> Marks:
    """Return how far each record answers a term under one key; what is written alike in a list is read once."""
    columns, reader = register.assembly.columns, register.assembly.reader
    beside = [columns.get(name) for name in ("list", f"{key}%", f"{key}#")]
    codes = [each.codes if each is not None else np.full(columns.size, -1, np.int32) for each in beside]
    said = np.flatnonzero(columns[key].codes >= 0)
    packed = np.stack([columns[key].codes[said], *(each[said] for each in codes)], axis=1)
    distinct, inverse = np.unique(packed, axis=0, return_inverse=True)
    fits = []
    for text, *others in distinct.tolist():
        name, calendar, code = (
            each.texts[at] if each is not None and at >= 0 else None for each, at in zip(beside, others, strict=True)
        )
        raw = columns[key].texts[text]
        fits.append(CODE[fit(term, key, raw, reader.read(name or "", key, code or raw, calendar=calendar))])
    out = np.full(columns.size, NONE, np.int8)
    out[said] = np.asarray(fits, np.int8)[inverse.reshape(-1)] if len(said) else []
    return out


def _chosen(register: Register, term: Term) -> NDArray[np.bool_]:
    """Return about whom a reviewer chose, for there one claim counts alone."""
    assembly, groups = register.assembly, register.groups
    chosen = [record for record, choices in assembly.choices.items()
              if any(choice.property in term.properties for choice in choices)]  # fmt: skip
    if not chosen:
        return np.zeros(len(register), np.bool_)
    marks = np.isin(assembly.columns.record.to_pylist(), chosen)
    return groups.any_bits(marks.astype(np.uint8)) > 0
