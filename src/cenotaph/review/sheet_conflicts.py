"""The sheet of conflicts: what sources say differently of one person, numbered, and a number to fill in."""

from __future__ import annotations

from collections.abc import Iterator

from cenotaph.registry import Person, ReadClaim, Value
from cenotaph.review.layout import Column, Row, Sheet, given
from cenotaph.review.material import Material
from cenotaph.review.reasons import label

MOST = 12  # values side by side; more are rare, and stand in the sheet of people


def sheet(material: Material) -> Sheet:
    """Return the sheet, persons in the order of the register."""
    words = material.words
    rows = tuple(_rows(material))
    widest = max((len(row.options.split()) for row in rows), default=2)
    numbers = range(1, widest + 1)
    offered = tuple(map(words.number, numbers))
    first = (
        Column("choice", words.say("columns", "choice"), 12, fill=True, options=offered),
        Column("reason", words.say("columns", "reason"), 34, fill=True),
        *(Column(name, words.say("columns", name), 22) for name in ("name", "property", "shown")),
    )
    values = tuple(Column(f"value{n}", words.say("columns", "value", number=n), 32) for n in numbers)
    columns = (*first, *values, Column("person", words.say("columns", "person"), 17))
    return Sheet("conflicts", words.say("sheets", "conflicts"), columns, tuple(_even(row, widest) for row in rows), 2)


def _even(row: Row, widest: int) -> Row:
    """Put the person's id behind as many values as the widest row has."""
    *cells, person = row.cells
    missing = widest - len(row.options.split())
    return Row(row.key, (*cells, *(None,) * missing, person), row.options, row.given)


def _rows(material: Material) -> Iterator[Row]:
    register = material.register
    for index in range(len(register)):
        if len(register.groups.members(index)) > 1:  # one record contradicts nobody
            person = register.person(index)
            seen: set[str] = set()
            for value in person.values:
                if value.disputed and value.property not in seen:  # a choice holds for all acts of a kind
                    seen.add(value.property)
                    yield _row(material, person, value)


def _row(material: Material, person: Person, value: Value) -> Row:
    words, case = material.words, material.case
    options = _distinct(value)
    records = [claims[0].claim.record for claims in options]
    mine = next(
        (
            material.live.choices[r, value.property]
            for r in person.records
            if (r, value.property) in material.live.choices
        ),
        None,
    )
    number = 1 + records.index(mine.chosen) if mine and mine.chosen in records else 0
    shown = next(
        n for n, claims in enumerate(options, 1) if value.chosen.claim.raw.strip() == claims[0].claim.raw.strip()
    )
    rule = words.say("rules", value.rule)
    texts = [_text(material, claims) for claims in options]
    reason = mine.reason if mine and number else ""
    name = next((each.shown for each in person.names.values()), "")
    cells = (
        words.number(number) if number else None,
        reason or None,
        name,
        label(value.property, words.language),
        f"{words.number(shown)}: {rule}",
        *texts,
        person.public_id,
    )
    return Row(
        key=f"{person.public_id} {value.property}",
        cells=cells,
        options=" ".join(case.public_id(record) for record in records),
        given=given(material.live.author, str(number or ""), reason),
    )


def _distinct(value: Value) -> list[list[ReadClaim]]:
    """Return the claims by what is written, in the order they were entered."""
    found: dict[str, list[ReadClaim]] = {}
    for claim in value.claims:
        found.setdefault(claim.claim.raw.strip(), []).append(claim)
    return list(found.values())[:MOST]


def _text(material: Material, claims: list[ReadClaim]) -> str:
    lists = "; ".join(dict.fromkeys(material.title_of(each.claim.list) for each in claims))
    return f"{claims[0].claim.raw.strip()}\n({lists})"
