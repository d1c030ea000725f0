"""nomenklatura as its `xref` runs: records as persons of FollowTheMoney, its own blocker, the matcher logic-v2 at 0.7.

It is a names-first matcher for lists of sanctions: what a FollowTheMoney person has no place for (a postcode apart from
an address) is part of the address, and what the matcher does not weigh (a day of death, a trade) only helps to find
pairs. Its links are scored pairs above the cut; its user decides what becomes of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from followthemoney import Dataset, StatementEntity
from nomenklatura.blocker import Index
from nomenklatura.matching import LogicV2, ScoringConfig
from nomenklatura.resolver import Linker
from nomenklatura.store.memory import MemoryStore

CUT = 0.7
PAIRS = 12  # candidates for each record at most, the likeliest of its blocker first
PROPERTIES = {"full_name": "name", "first_name": "firstName", "surname": "lastName", "born": "birthDate",
              "died": "deathDate", "sex": "gender", "number": "idNumber", "occupation": "position"}  # fmt: skip
ADDRESS = ("street", "place", "region", "postcode")


def run(table: pd.DataFrame, **_: object) -> pd.DataFrame:
    """Score what the blocker finds and link what reaches the cut."""
    entities = {entity.id: entity for entity in persons(table)}
    lists, config = table.list.tolist(), ScoringConfig.defaults()
    links = []
    for left, right in candidates(entities, PAIRS * len(table)):
        ends = int(left[2:]), int(right[2:])
        if lists[ends[0]] == lists[ends[1]] and len(set(lists)) > 1:
            continue
        if LogicV2.compare(entities[left], entities[right], config).score >= CUT:
            links.append(ends)
    return pd.DataFrame(links, columns=["left", "right"])


def persons(table: pd.DataFrame) -> Iterator[StatementEntity]:
    """Yield each record as a person; nomenklatura caches names by id, so no id may ever come twice."""
    dataset = Dataset.make({"name": "peers", "title": "Records"})
    whole = table.get("full_name", table.first_name.str.cat(table.surname, sep=" "))
    kept = [column for column in PROPERTIES if column in table and column != "full_name"]
    address = [column for column in ADDRESS if column in table]
    for number, record in enumerate(table.assign(full_name=whole).to_dict("records")):
        said = {PROPERTIES[column]: [record[column]] for column in ("full_name", *kept) if pd.notna(record[column])}
        where = ", ".join(record[column] for column in address if pd.notna(record[column]))
        data = {
            "id": f"r-{number}",
            "schema": "Person",
            "properties": {**said, **({"address": [where]} if where else {})},
        }
        yield StatementEntity.from_data(dataset, data, cleaned=False)


def candidates(entities: dict[str, StatementEntity], most: int) -> Iterator[tuple[str, str]]:
    """Yield the pairs that the blocker finds, the likeliest first."""
    store = MemoryStore(Dataset.make({"name": "peers", "title": "Records"}), Linker({}))
    with store.writer() as writer:
        for entity in entities.values():
            writer.add_entity(entity)
    with tempfile.TemporaryDirectory() as folder:
        index = Index(store.default_view(), Path(folder))
        index.build()
        for (left, right), _ in index.pairs(max_pairs=most):
            yield left.id, right.id
        index.close()
