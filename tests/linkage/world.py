"""Invented people for the tests of linking: a crowd with ordinary names, and tables made from plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from cenotaph.linkage import Links, link
from cenotaph.model import Judgement, ListFacts, Verdict

GIVEN = ("Dorvan", "Mirell", "Sanno", "Tavik", "Oresha", "Belim", "Kuvar", "Zelda", "Ilgan", "Parvo", "Rustem", "Yelna")
FAMILY = ("Akkarov", "Belshan", "Cordova", "Dastani", "Erevin", "Falkor", "Gorani", "Hastun", "Ilvari", "Jomard")
SYLLABLES = ("ba", "der", "gol", "ish", "kam", "lo", "mer", "nu", "pos", "rad", "sen", "tor", "vel", "zim")
TOWNS = ("Arvand", "Belmar", "Corvin", "Dorud", "Eskar", "Fariman", "Gazur", "Haftan")


def table(rows: Sequence[Mapping[str, str | None]]) -> pa.Table:
    """Make a records table from rows with ``record``, ``list`` and claims."""
    keys = dict.fromkeys(key for row in rows for key in row)
    columns = {key: pa.array([row.get(key) for row in rows], pa.string()) for key in keys}
    return pa.table(columns | {"order": pa.array(np.arange(len(rows)))})


def facts(*names: str, unique: bool = False) -> dict[str, ListFacts]:
    """Describe lists in the order year, month, day."""
    return {name: ListFacts(name=name, unique=unique, date_order="ymd") for name in names}


def crowd(size: int = 300, seed: int = 3) -> list[dict[str, str | None]]:
    """Invent people who stand on lists a and b, one in three of them on both."""
    draw = np.random.default_rng(seed)
    rows: list[dict[str, str | None]] = []
    for number in range(size):
        person = _person(draw)
        rows.append({"record": f"a:{number}", "list": "a", **person})
        if number % 3 == 0:
            rows.append({"record": f"b:{number}", "list": "b", **person})
    return rows


def regional(size: int = 300, seed: int = 5) -> list[dict[str, str | None]]:
    """Invent people of two regions with family names of their own; a and c reach one, b the other, some in Persian."""
    draw = np.random.default_rng(seed)
    rows: list[dict[str, str | None]] = []
    for number in range(size):
        north = number % 3 < 2
        person = _person(draw)
        if draw.random() < 0.6:
            family = "Akkarov" if north else "Dastani"
            person["name"] = f"{str(person['name']).split()[0]} {family}"
        if number % 5 == 0:
            person["name"] = "رستم دستانی" if number % 10 else "زلدا گرانی"
        lists = ("a", "c") if north and number % 4 == 0 else ("a",) if north else ("b",)
        rows += [{"record": f"{name}:{number}", "list": name, **person} for name in lists]
    return rows


def _person(draw: np.random.Generator) -> dict[str, str | None]:
    stem = "".join(draw.choice(SYLLABLES, 3))
    family = str(draw.choice(FAMILY)) if draw.random() < 0.3 else stem.capitalize()
    return {
        "name": f"{draw.choice(GIVEN)} {family}",
        "death.date": f"{draw.integers(1980, 1990)}-{draw.integers(1, 13):02d}-{draw.integers(1, 28):02d}",
        "death.place": str(draw.choice(TOWNS)),
        "age": str(draw.integers(17, 70)),
        "sex": str(draw.choice(["male", "female"])),
    }


def run(rows: Sequence[Mapping[str, str | None]], *judgements: Judgement, unique: bool = False) -> Links:
    """Link rows of lists a, b and c."""
    return link(table(rows), facts("a", "b", "c", unique=unique), judgements)


def judge(left: str, right: str, verdict: str, sequence: int = 1, reviewer: str = "r1") -> Judgement:
    """Say what a reviewer decided."""
    return Judgement(left=left, right=right, verdict=Verdict(verdict), reviewer=reviewer, sequence=sequence)


def together(links: Links, rows: Sequence[Mapping[str, str | None]], one: str, other: str) -> bool:
    """Tell whether two records are one person."""
    at = {row["record"]: number for number, row in enumerate(rows)}
    return bool(links.cluster[at[one]] == links.cluster[at[other]])


def asked(links: Links, rows: Sequence[Mapping[str, str | None]], one: str, other: str) -> bool:
    """Tell whether two records are among the questions."""
    at = {row["record"]: number for number, row in enumerate(rows)}
    pair = {at[one], at[other]}
    return any({left, right} == pair for left, right in zip(
        links.questions["left"].to_pylist(), links.questions["right"].to_pylist(), strict=True))  # fmt: skip
