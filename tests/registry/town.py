"""A small invented register to test with: rows in, persons out, no files and no ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa

from cenotaph.config import read_config
from cenotaph.model import Choice, ListFacts
from cenotaph.registry import Register, register

DEFAULT = {"committee": {}, "families": {}, "copy": {"derived_from": ("committee",)}}


@dataclass
class Links:
    """What registry needs of links."""

    cluster: Any
    contested: frozenset[int] = field(default=frozenset())


def facts(lists: dict[str, dict[str, Any]]) -> dict[str, ListFacts]:
    return {name: ListFacts(name=name, **{"states": "killed", **more}) for name, more in lists.items()}


def case(
    lists: dict[str, dict[str, Any]] | None = None,
    *,
    toml: str = "",
    choices: tuple[Choice, ...] = (),
    hidden: dict[str, str] | None = None,
) -> Any:
    config = read_config(f'[case]\ntitle = "Invented"\nlanguages = ["en"]\n{toml}')
    return SimpleNamespace(
        config=config,
        lists=facts(lists or DEFAULT),
        choices=choices,
        period=config.case.span,
        public_id=lambda record: f"id-{record}",
        visibility=lambda records: next((v for k, v in (hidden or {}).items() if k in records), "public"),
    )


def town(rows: list[dict[str, Any]], clusters: list[int], *, contested: tuple[int, ...] = (), **more: Any) -> Register:
    """Make a register of invented records; a row names its list, perhaps its record, and any claim."""
    names = sorted({name for row in rows for name in row} - {"list", "record"})
    table = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    records = pa.table(
        {
            "record": pa.array([row.get("record") or f"{row['list']}:{number}" for number, row in enumerate(rows)]),
            "list": pa.array([row["list"] for row in rows]).dictionary_encode(),
            "order": pa.array(range(len(rows)), pa.int64()),
            "row": pa.array(range(1, len(rows) + 1), pa.int32()),
            "source": pa.array(["0" * 64] * len(rows)).dictionary_encode(),
            **table,
        }
    )
    return register(records, Links(np.asarray(clusters, np.int32), frozenset(contested)), case(**more))
