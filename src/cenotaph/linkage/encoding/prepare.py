"""From the records table to the properties that are compared, each with its distinct values parsed.

Invariant: only properties that say who a person is are compared; notes, informants, sources and what was never mapped
are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from cenotaph.linkage.encoding import columns, encode
from cenotaph.linkage.encoding.columns import Column
from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.linkage.encoding.flattened import Filled
from cenotaph.linkage.encoding.in_lists import by_list
from cenotaph.model import ListFacts

FilledIn = Mapping[str, Mapping[int, Filled]]
_OWN_PARTS = ("name.given", "name.family")
_NAMES = ("name", "name.given", "name.family", "name.father", "name.mother")
_IDENTITY, _FATHER = "identity.number", "name.father"
DATES = ("birth.date", "death.date", "disappearance.date", "arrest.date")
_PLACES = ("birth", "death", "disappearance", "arrest", "detention")
_TEXTS = ("occupation", "contact")
_CODES = ("sex",)


def prepare(
    records: pa.Table, rows: Longs, lists: Ints, facts: Sequence[ListFacts], filled: FilledIn = MappingProxyType({})
) -> list[Column]:
    """Return the compared properties that the records have, in a fixed order.

    Parameters
    ----------
    records
        The records table.
    rows
        The rows to prepare, in canonical order.
    lists
        The number of the list of each of them.
    facts
        About each list, by number.
    filled
        By property and number of list: how its days are known to be filled in, when these rows are not the whole list.
    """
    slots = encode.properties(records)
    records, slots = _one_name(records, slots)
    found: list[Column] = [_name(encode.code_column(records, key, slots[key], rows)) for key in _NAMES if key in slots]
    for key in DATES:
        if key in slots:
            coded = encode.code_column(records, key, slots[key], rows, lists)
            found.append(_dates(coded, slots[key][0], facts, filled.get(key, {})))
    found += _places(records, slots, rows)
    if "age" in slots:
        found.append(columns.age_column(encode.code_column(records, "age", slots["age"], rows)))
    for key in _CODES:
        if key in slots:
            found.append(columns.code_column(encode.code_column(*_coded(records, key, slots[key]), rows), key))
    if _IDENTITY in slots:
        found.append(columns.identity_column(encode.code_column(records, _IDENTITY, slots[_IDENTITY], rows)))
    found += [columns.text_column(encode.code_column(records, key, slots[key], rows)) for key in _TEXTS if key in slots]
    said = [column for column in found if (column.codes >= 0).any()]
    return by_list(said, lists, [one.name for one in facts])


def slots_of(records: pa.Table) -> dict[str, list[str]]:
    """Return the columns of the records table that are looked at, by property, with those that hold codes."""
    wheres = [f"{act}.{what}" for act in _PLACES for what in ("place", "region")]
    used = {*_NAMES, "name.alias", *DATES, *wheres, "place", "age", *_CODES, _IDENTITY, *_TEXTS}
    found = {key: own for key, own in encode.properties(records).items() if key in used}
    coded = {key: f"{found[key][0]}#" for key in _CODES if key in found}
    return found | {f"{key}#": [code] for key, code in coded.items() if code in records.column_names}


def shape_of(records: pa.Table) -> tuple[str, ...]:
    """Return what of the table's columns decides how every record is read, whatever it says itself."""
    slots = slots_of(records)
    whole = [key for key in ("name", "name.alias", *(f"{key}#" for key in _CODES)) if key in slots]
    return (*whole, *(slots[key][0] for key in DATES if key in slots))


def _name(coded: encode.Coded) -> Column:
    return columns.father_column(coded) if coded.key == _FATHER else columns.name_column(coded)


def _one_name(records: pa.Table, slots: dict[str, list[str]]) -> tuple[pa.Table, dict[str, list[str]]]:
    """Give every record a whole name when some have one; aliases are further names of the same person."""
    parts = [slots[key][0] for key in _OWN_PARTS if key in slots]
    slots = dict(slots)
    if "name" not in slots:
        if "name.alias" in slots and parts:
            slots["name"] = []
        else:
            return records, slots
    if parts:
        texts = [pc.fill_null(records[part].cast(pa.string()), "") for part in parts]  # Arrow's own "skip" drops rows
        whole = pc.binary_join_element_wise(*texts, " ")
        empty = pc.equal(pc.utf8_trim_whitespace(whole), "")
        records = records.append_column("name[parts]", pc.if_else(empty, pa.scalar(None, pa.string()), whole))
        slots["name"] = [*slots["name"], "name[parts]"]
    slots["name"] = [*slots["name"], *slots.pop("name.alias", [])]
    return records, {key: found for key, found in slots.items() if key not in _OWN_PARTS}


def _dates(coded: encode.Coded, slot: str, facts: Sequence[ListFacts], known: Mapping[int, Filled]) -> Column:
    """Read dates as their list writes them: the same text in two lists is two values."""
    return columns.date_column(coded, tuple(_context(one, slot) for one in facts), known)


def _context(facts: ListFacts, key: str) -> tuple[str | None, str | None, str | None]:
    return facts.calendars.get(key), facts.date_order, facts.language


def _places(records: pa.Table, slots: Mapping[str, list[str]], rows: Longs) -> list[Column]:
    found: list[Column] = []
    for act in _PLACES:
        place, region = slots.get(f"{act}.place", []), slots.get(f"{act}.region", [])
        if place or region:
            table, names = _with_region(records, place, region)
            found.append(columns.place_column(encode.code_column(table, f"{act}.place", names, rows)))
    if "place" in slots:
        found.append(columns.place_column(encode.code_column(records, "place", slots["place"], rows)))
    return found


def _with_region(records: pa.Table, place: Sequence[str], region: Sequence[str]) -> tuple[pa.Table, list[str]]:
    """Say the region after each place, and alone (after a comma) where a record names no place."""
    if not region:
        return records, list(place)
    wide = pc.utf8_trim_whitespace(records[region[0]].cast(pa.string()))
    wide = pc.if_else(pc.equal(wide, ""), pa.scalar(None, pa.string()), wide)
    near = [records[name].cast(pa.string()) for name in place] or [pa.nulls(len(records), pa.string())]
    joined = [_say(one, wide) for one in near]
    return pa.table({f"place[{number}]": one for number, one in enumerate(joined)}), [
        f"place[{number}]" for number in range(len(joined))
    ]


def _say(place: pa.ChunkedArray, region: pa.ChunkedArray) -> pa.ChunkedArray:
    both = pc.binary_join_element_wise(pc.fill_null(place, ""), region, ", ")
    return pc.if_else(pc.is_valid(region), both, place)


def _coded(records: pa.Table, key: str, slots: Sequence[str]) -> tuple[pa.Table, str, list[str]]:
    """Take the code where the mapping gives one, the raw text where not."""
    code = f"{slots[0]}#"
    if code not in records.column_names:
        return records, key, list(slots)
    read = pc.coalesce(records[code].cast(pa.string()), records[slots[0]].cast(pa.string()))
    return pa.table({key: read}), key, [key]
