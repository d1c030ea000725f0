"""The register as rows: every person, record, claim and list; for the group itself its decisions too.

Invariant: of the public rows each text is one that the guard made public; a record is named by its public id, never by
its own, which can hold a name. Rows come in the order in which reading them gives the same register.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cenotaph.case import Case
from cenotaph.model import ListFacts, split_key
from cenotaph.publishing.guard import Guard, refusal
from cenotaph.publishing.public import PublicClaim, PublicPerson
from cenotaph.publishing.safe import clean
from cenotaph.registry import Register
from cenotaph.registry.persons import Person
from cenotaph.sources.readers.register_row import Row

PUBLIC, INTERNAL = "public", "internal"
_FACTS = ("language", "states", "date_order", "citation_of")
_LOCATOR = 120  # as the guard cuts it


def public_rows(register: Register, guard: Guard) -> Iterator[Row]:
    """Yield what the public may have of a register."""
    case = register.case
    yield from _head(case, PUBLIC)
    for index, mark in enumerate(register.table.column("included").to_pylist()):
        if mark and refusal(person := register.person(index)) is None:
            yield from _Public(register, guard.person(person), person).rows(register.groups.members(index))


def rows(register: Register) -> Iterator[Row]:
    """Yield everything a register holds, internal properties and decisions too: for the group alone."""
    case = register.case
    yield from _head(case, INTERNAL)
    for index in range(len(register)):
        person = register.person(index)
        yield from _Whole(register, person).rows(register.groups.members(index))
    for judged in case.judgements:
        yield Row("judgement", record=judged.left, other=judged.right, value=str(judged.verdict), by=judged.reviewer,
                  reason=judged.reason)  # fmt: skip
    for choice in case.choices:
        yield Row("choice", record=choice.record, other=choice.chosen, property=choice.property, by=choice.reviewer,
                  reason=choice.reason)  # fmt: skip


def _head(case: Case, audience: str) -> Iterator[Row]:
    table = case.config.case
    said = {"audience": audience, "title": table.title, "languages": " ".join(table.languages),
            "period": table.period or "", "include": table.include, "country": table.country or "",
            "invented": "yes" if table.invented else ""}  # fmt: skip
    yield from (Row("case", property=name, value=text) for name, text in said.items() if text)
    for name, facts in case.lists.items():
        yield from (Row("list", list=name, property=key, value=text) for key, text in _facts(facts))
    for name in case.lists:
        for edition, digest in case.files_of(name):
            yield Row("source", record=str(edition), list=name, source=digest)


def _facts(facts: ListFacts) -> Iterator[tuple[str, str]]:
    yield "title", facts.title
    for name in _FACTS:
        if getattr(facts, name):
            yield name, getattr(facts, name)
    if facts.unique:
        yield "unique", "yes"
    if facts.capture is not None:
        yield "capture", "yes" if facts.capture else "no"
    yield from (("derived_from", name) for name in facts.derived_from)
    yield from (("cites", each.name) for each in facts.citations)
    yield from ((f"calendar.{key}", name) for key, name in facts.calendars.items())
    for key, wanted in facts.covers.items():
        yield from ((f"covers.{key}", text) for text in _many(wanted))


def _many(wanted: Any) -> list[str]:
    return [wanted] if isinstance(wanted, str) else [str(each) for each in wanted]


class _Whole:
    """The rows of one person as the register holds them."""

    def __init__(self, register: Register, person: Person) -> None:
        self._assembly = register.assembly
        self._columns = register.assembly.columns
        self._keys = sorted(self._columns.keys)
        self._shown = {(value.property, value.index): value.chosen.claim for value in person.values}
        self.id = person.id

    def name(self, row: int) -> str:
        """Return what the record is called."""
        return str(self._columns.record[row].as_py())

    def rows(self, members: list[int]) -> Iterator[Row]:
        """Yield the person's records, each followed by its claims."""
        for row in members:
            naming = self._assembly.namings([row])[0]
            yield self._record(row, naming.list, naming.locator, naming.source, withdrawn=naming.withdrawn)
            yield from self.claims(row)
            yield from self.cited(row)

    def _record(self, row: int, name: str, locator: str, source: str, *, withdrawn: bool) -> Row:
        return Row(
            "record",
            person=self.id,
            record=self.name(row),
            list=name,
            value=str(self._columns.row[row]),
            code="gone" if withdrawn else "",
            locator=locator,
            source=source,
        )

    def claims(self, row: int) -> Iterator[Row]:
        """Yield the claims of a record, by key."""
        for key in self._keys:
            claim = self._assembly.claim(row, key)
            if claim is not None:
                shown = self._shown.get(split_key(key)) == claim
                yield self._claim(row, key, claim.raw, claim.locator, shown=shown)

    def _claim(self, row: int, key: str, text: str, locator: str, *, shown: bool = False) -> Row:
        return Row(
            "claim",
            record=self.name(row),
            list=self._columns.text("list", row) or "",
            property=key,
            value=text,
            calendar=self._columns.text(f"{key}%", row) or "",
            code=self._columns.text(f"{key}#", row) or "",
            shown="yes" if shown else "",
            locator=locator,
        )

    def cited(self, row: int) -> Iterator[Row]:
        """Yield the earlier lists that the record says named the person."""
        for name in sorted(self._columns.cites):
            key = f"cites.{name}"
            if (text := self._columns.text(key, row)) is not None:
                yield self._claim(row, key, text, self._assembly.locator(row, key))


class _Public(_Whole):
    """The rows of one person as far as the guard let them through."""

    def __init__(self, register: Register, public: PublicPerson, person: Person) -> None:
        super().__init__(register, person)
        self._names = {record: public_name(register.case, record) for record in person.records}
        self.id = self._names[person.id].partition(":")[2]
        self._may: Mapping[tuple[str, int], set[PublicClaim]] = {
            (value.property, value.index): set(value.claims) for value in public.values
        }
        self._first = {(value.property, value.index): value.chosen for value in public.values}
        self._lists = {(naming.list, naming.cited_by) for naming in public.namings}

    def name(self, row: int) -> str:
        """Return the list and the record's public id."""
        return self._names[super().name(row)]

    def rows(self, members: list[int]) -> Iterator[Row]:
        """Yield the records of public lists with what may leave of them."""
        for row in members:
            naming = self._assembly.namings([row])[0]
            if (naming.list, None) in self._lists:
                place = clean(naming.locator)[:_LOCATOR]
                yield self._record(row, naming.list, place, naming.source, withdrawn=naming.withdrawn)
                yield from self.claims(row)
                yield from self.cited(row)

    def claims(self, row: int) -> Iterator[Row]:
        """Yield the public claims of a record, by key."""
        for key in self._keys:
            claim = self._assembly.claim(row, key)
            found = None if claim is None else self._public(split_key(key), claim.list, claim.raw, claim.locator)
            if found is not None:
                yield self._claim(row, key, found.text, found.locator, shown=self._first[split_key(key)] == found)

    def _public(self, slot: tuple[str, int], name: str, raw: str, locator: str) -> PublicClaim | None:
        wanted = (clean(raw), name, clean(locator)[:_LOCATOR])
        return next((each for each in self._may.get(slot, ()) if (each.text, each.list, each.locator) == wanted), None)

    def cited(self, row: int) -> Iterator[Row]:
        """Yield the public lists that the record says named the person."""
        own = self._columns.text("list", row) or ""
        for each in super().cited(row):
            if (each.property.partition(".")[2], own) in self._lists:
                yield each


def public_name(case: Case, record: str) -> str:
    """Return what a record is called outside: its list and its public id, or the name it was published under before."""
    name = record.partition(":")[0]
    facts = case.lists.get(name)
    if facts is not None and facts.register and case.config.registers[facts.register].published:
        return record
    return f"{name}:{case.public_id(record)}"
