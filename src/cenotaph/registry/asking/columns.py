"""Terms answered for all persons at once: by column, each distinct text of a list read once.

Invariant: what is said here of a person is what ``weighing`` says of them; a test walks a register both ways. Flags
are not computed here: here is only known of whom some source says something that a flag could rest on.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from cenotaph.model import split_key
from cenotaph.registry.asking.fitting import fit
from cenotaph.registry.asking.terms import DEATH, MISSING, Kind, Term
from cenotaph.registry.asking.weighing import weigh
from cenotaph.registry.register import Register
from cenotaph.registry.spans import Certainty

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
}


def measure(register: Register, term: Term) -> Marks:
    """Return how far each person answers a term, shape (persons,); of a flag, POSSIBLE or NONE."""
    if term.kind is Kind.FLAG:
        return _may_have_flag(register, term)
    if term.kind is Kind.STATUS:
        return _where(np.isin(register.table.column("status").to_pylist(), term.codes))
    if term.kind is Kind.FATE:
        return _fates(register, term)
    if term.kind is Kind.LIST:
        return _where(_named(register, term))
    return _decided(register, term, _by_claims(register, term))


def _where(holds: NDArray[np.bool_]) -> Marks:
    return np.where(holds, CERTAIN, CONTRADICTED).astype(np.int8)


def _fates(register: Register, term: Term) -> Marks:
    """Weigh each distinct union of stated fates once, on one person who has it."""
    bits = register.table.column("fate_bits").to_numpy()
    distinct, first, inverse = np.unique(bits, return_index=True, return_inverse=True)
    grounds = [weigh(term, register.person(int(at))) for at in first.tolist()]
    certainties = [CODE[None if ground is None else ground.certainty] for ground in grounds]
    return np.asarray(certainties, np.int8)[inverse.reshape(-1)] if len(distinct) else np.zeros(0, np.int8)


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
    return np.where(has_any(register, names), POSSIBLE, NONE).astype(np.int8)


def _is_of_death(code: str) -> bool:
    return code.startswith(("killed_", "died_"))


def _by_claims(register: Register, term: Term) -> Marks:
    """Return the surest of what each property and act says; a disappearance only where no death is dated."""
    found = {name: _by_property(register, term, name) for name in term.properties}
    if term.kind is Kind.PERIOD and not term.act:
        return np.where(has_any(register, (DEATH,)), found[DEATH], found[MISSING]).astype(np.int8)
    return _surest(register, found.values())


def _by_property(register: Register, term: Term, name: str) -> Marks:
    keys = [key for key in register.assembly.columns.keys if split_key(key)[0] == name]
    found = [_by_key(register, term, key) for key in keys]
    return _surest(register, found)


def _surest(register: Register, found: Iterable[Marks]) -> Marks:
    best: Marks = np.full(len(register), NONE, np.int8)
    for each in found:
        best = np.maximum(best, each)
    return best


def has_any(register: Register, names: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return of whom some source says something under one of the properties; ``trial.`` is any of that act."""
    columns = register.assembly.columns
    said = np.zeros(columns.size, np.uint8)
    for key in columns.keys:
        if any(_is_of(split_key(key)[0], name) for name in names):
            said |= (columns[key].codes >= 0).astype(np.uint8)
    return register.groups.any_bits(said) > 0


def _is_of(key: str, name: str) -> bool:
    return key.startswith(name) if name.endswith(".") else key == name


def _by_key(register: Register, term: Term, key: str) -> Marks:
    """Return what the records of each person say under one key, all together."""
    groups = register.groups
    if not len(groups.rows):
        return np.zeros(0, np.int8)
    said = _measured(register, term, key)[groups.rows]
    high = np.maximum.reduceat(said, groups.starts[:-1])
    low = np.minimum.reduceat(np.where(said == NONE, CERTAIN, said), groups.starts[:-1])
    return np.where(high == NONE, NONE, np.where(high == low, high, POSSIBLE)).astype(np.int8)


def _measured(register: Register, term: Term, key: str) -> Marks:
    """Return how far each record answers a term under one key; what is written alike in a list is read once."""
    columns, reader = register.assembly.columns, register.assembly.reader
    beside = [columns.get(name) for name in ("list", f"{key}%", f"{key}#")]
    codes = [each.codes if each is not None else np.full(columns.size, -1, np.int32) for each in beside]
    said = np.flatnonzero(columns[key].codes >= 0)
    packed = np.stack([columns[key].codes[said], *(each[said] for each in codes)], axis=1)
    distinct, inverse = np.unique(packed, axis=0, return_inverse=True)
    certainties = []
    for text, *others in distinct.tolist():
        name, calendar, code = (
            each.texts[at] if each is not None and at >= 0 else None for each, at in zip(beside, others, strict=True)
        )
        raw = columns[key].texts[text]
        certainties.append(CODE[fit(term, key, raw, reader.read(name or "", key, code or raw, calendar=calendar))])
    out = np.full(columns.size, NONE, np.int8)
    out[said] = np.asarray(certainties, np.int8)[inverse.reshape(-1)] if len(said) else []
    return out


def _decided(register: Register, term: Term, found: Marks) -> Marks:
    """Weigh one by one the persons about whom a reviewer chose, for there one claim counts alone."""
    chosen = {record for record, choices in register.assembly.choices.items()
              if any(choice.property in term.properties for choice in choices)}  # fmt: skip
    if not chosen:
        return found
    rows = {record: row for row, record in enumerate(register.assembly.columns.record.to_pylist()) if record in chosen}
    owner = np.repeat(np.arange(len(register)), np.diff(register.groups.starts))
    persons = set(owner[np.isin(register.groups.rows, list(rows.values()))].tolist())
    for person in persons:
        ground = weigh(term, register.person(person))
        found[person] = CODE[None if ground is None else ground.certainty]
    return found
