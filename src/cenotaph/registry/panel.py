"""The overlap table: which lists named whom, restricted to the people all of them could have named.

Outside a list's coverage its silence means nothing, so persons beyond the common coverage are counted apart, with the
reason, and never enter the table. Which lists serve is the users' decision (``capture = true``), never assumed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cenotaph.errors import ConfigError
from cenotaph.model import ListFacts, Panel
from cenotaph.registry.persons import ReadClaim, Reading
from cenotaph.registry.register import Register
from cenotaph.values import PartialDate, date, fold

Test = Callable[[ReadClaim], bool]
_SHORT = {"period": "death.date", "manner": "death.manner", "place": "death.place"}


def panel(register: Register) -> Panel:
    """Count included persons in each pattern of presence on the lists that serve as captures.

    A compiler's citation columns stand in where no list is marked as a capture; the panel says so, and an honest
    estimator refuses them.
    """
    found = captured(register)
    everybody = np.flatnonzero(found.inside & found.presence.any(axis=1))
    return found.panel(everybody, outside=found.outside)


@dataclass(frozen=True, slots=True)
class Captured:
    """Who is on which serving list, shape (persons, lists), and who lies in the coverage of all of them."""

    lists: tuple[ListFacts, ...]
    notes: tuple[str, ...]
    presence: NDArray[np.uint8]
    inside: NDArray[np.bool_]
    outside: Mapping[str, int]

    def panel(
        self, persons: NDArray[np.int64], *, stratum: str = "", outside: Mapping[str, int] | None = None
    ) -> Panel:
        """Count some persons in each pattern."""
        kept = self.presence[persons]
        patterns, counts = (
            np.unique(kept, axis=0, return_counts=True)
            if len(kept)
            else (np.zeros((0, len(self.lists)), np.uint8), np.zeros(0))
        )
        return Panel(
            lists=self.lists,
            patterns=patterns.astype(np.uint8),
            counts=counts.astype(np.int64),
            stratum=stratum,
            outside=outside or {},
            notes=self.notes,
        )


def captured(register: Register) -> Captured:
    """Return the presence of all persons on the lists that serve, and which persons every list could have named."""
    lists, notes = _serving(register)
    inside, outside = _scope(register, lists)
    return Captured(tuple(lists), tuple(notes), _presence(register, lists), inside, outside)


def _serving(register: Register) -> tuple[list[ListFacts], list[str]]:
    """Return the lists that serve: those the case names, else those marked as captures, else what a compiler cites."""
    lists = register.case.lists
    named = register.case.config.estimation.lists
    if named is not None:
        return [lists[name] for name in named], []
    own = [facts for facts in lists.values() if facts.citation_of is None]
    unasked = [
        f"{facts.name}: not used; cenotaph.toml does not say whether it may serve (capture = true or false)"
        for facts in own
        if facts.capture is None
    ]
    captures = [facts for facts in own if facts.capture]
    cited = [facts for facts in lists.values() if facts.citation_of is not None]
    return (cited if len(captures) < 2 and cited else captures), unasked


def _presence(register: Register, lists: Sequence[ListFacts]) -> NDArray[np.uint8]:
    """Return who is on which list, shape (persons, lists)."""
    columns, groups = register.assembly.columns, register.groups
    names = columns["list"]
    marks = []
    for facts in lists:
        if facts.citation_of is None:
            code = names.texts.index(facts.name) if facts.name in names.texts else -2
            record = (names.codes == code).astype(np.uint8)
        else:
            column = columns.get(f"cites.{facts.name}")
            record = (column.codes >= 0).astype(np.uint8) if column is not None else np.zeros(columns.size, np.uint8)
        marks.append(groups.any_bits(record))
    return np.stack(marks, axis=1) if marks else np.zeros((len(register), 0), np.uint8)


def _scope(register: Register, lists: Sequence[ListFacts]) -> tuple[NDArray[np.bool_], dict[str, int]]:
    """Return who lies in the coverage of every list, and how many included persons do not, by reason."""
    included = register.table.column("included").to_numpy(zero_copy_only=False).astype(bool)
    inside = included.copy()
    outside: dict[str, int] = {}
    for key, tests in _common(lists).items():
        fits = _fits(register, key, tests, np.flatnonzero(inside))
        outside[key] = int(inside.sum() - fits.sum())
        inside = fits
    return inside, {reason: count for reason, count in outside.items() if count}


def _common(lists: Sequence[ListFacts]) -> Mapping[str, list[Test]]:
    """Return what a person must satisfy to be one that every list could have named, by property."""
    tests: dict[str, list[Test]] = {}
    for facts in lists:
        for short, wanted in facts.covers.items():
            tests.setdefault(_SHORT.get(short, short), []).append(_test(facts.name, short, wanted))
    return tests


def _fits(register: Register, key: str, tests: Sequence[Test], persons: NDArray[np.int64]) -> NDArray[np.bool_]:
    fits = np.zeros(len(register), np.bool_)
    for person in persons.tolist():
        found = register.assembly.values(register.groups.members(person), (key,))
        fits[person] = bool(found) and all(test(found[0].chosen) for test in tests)
    return fits


def _test(name: str, short: str, wanted: object) -> Test:
    if isinstance(wanted, str):
        span = date(wanted)
        if span.earliest is None and span.latest is None:
            raise ConfigError(
                f"cenotaph.toml: [lists.{name}] covers {short} = {wanted!r} is no period; write 2015/2017 or 2015/.."
            )
        return lambda claim: within(claim.reading, span.earliest, span.latest)
    if not isinstance(wanted, list | tuple):
        raise ConfigError(f"cenotaph.toml: [lists.{name}] covers {short}: write a period or a list of values")
    allowed = {fold(str(item)) for item in wanted}
    return lambda claim: fold(claim.claim.raw) in allowed or claim.reading in allowed


def within(reading: Reading, start: dt.date | None, end: dt.date | None) -> bool:
    """Certainly within: a date too vague to tell is outside what can be compared."""
    if not isinstance(reading, PartialDate) or reading.earliest is None or reading.latest is None:
        return False
    return (start is None or reading.earliest >= start) and (end is None or reading.latest <= end)
