"""dedupe as its examples run: it asks about pairs until its questions are spent, learns rules and weights, and links.

The questions are those of its own active loop, about records of the training half alone, and the truth answers as a
perfect reviewer would; then all records are linked with what was learnt, at its own cut of 0.5.
"""

from __future__ import annotations

from typing import Any

import dedupe
import numpy as np
import pandas as pd
from dedupe import variables

SHORT = ("born", "died", "number", "postcode")
TEXT = ("street", "place", "occupation")
CODES = ("sex", "region")
CUT = 0.5
Record = dict[str, Any]


def run(table: pd.DataFrame, *, labels: int, **_: object) -> pd.DataFrame:
    """Learn on the training half and link all records."""
    records, taught = prepared(table), table.taught.tolist()
    linker = dedupe.Dedupe(fields(table), num_cores=0, in_memory=True)
    linker.classifier.n_jobs = 1  # its processes would escape the bound on memory
    linker.prepare_training({row: record for row, record in records.items() if pd.notna(taught[row])})
    for _ in range(labels):
        linker.mark_pairs(answered(linker.uncertain_pairs(), taught))
    linker.train()
    cluster = np.zeros(len(table), dtype=np.int64)
    for number, (members, _) in enumerate(linker.partition(records, CUT)):
        cluster[list(members)] = number
    return pd.DataFrame({"cluster": cluster})


def fields(table: pd.DataFrame) -> list[Any]:
    """Return what is compared, and how."""
    named = [variables.String(name, has_missing=True) for name in ("first_name", "surname")]
    named += [variables.ShortString(column, has_missing=True) for column in SHORT if column in table]
    named += [variables.String(column, has_missing=True) for column in TEXT if column in table]
    return named + [variables.Exact(column, has_missing=True) for column in CODES if column in table]


def prepared(table: pd.DataFrame) -> dict[int, Record]:
    """Return the records as dedupe takes them: None for what is missing, and the row, by which answers are found."""
    kept = table.drop(columns=["record", "list", "taught", "age", "age_to"], errors="ignore").astype(object)
    rows = kept.where(kept.notna(), None).to_dict("records")
    return {number: {**record, "row": number} for number, record in enumerate(rows)}


def answered(pairs: list[tuple[Record, Record]], taught: list[str | None]) -> dict[str, list[tuple[Record, Record]]]:
    """Return the questions with the truth's answers."""
    answers: dict[str, list[tuple[Record, Record]]] = {"match": [], "distinct": []}
    for left, right in pairs:
        answers["match" if taught[left["row"]] == taught[right["row"]] else "distinct"].append((left, right))
    return answers
