"""The register as it is left in ``build/``, and what moved since the one that lay there.

Invariant: the register itself follows from the head and the criteria alone; what moved is a report beside it, written
only when somebody moved, and nothing is computed from it.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from cenotaph.case import Case
from cenotaph.pipeline.stages import Stage, digest_of
from cenotaph.registry import Register, moves, tally

PERSONS, MOVED = "persons.parquet", "moved.csv"


def keep_register(case: Case, register: Register) -> dict[str, Any]:
    """Leave the register in its folder; return its counts, its notes, and who moved from which standing to which."""
    counts = register.counts()
    counts["notes"] = [f"{name}, {key}: {found.note}" for (name, key), found in register.flattened.items()]
    counts["criteria"] = digest_of(register.criteria.to_json())
    stage = Stage(case.build_folder / "register", {"head": case.head, "counts": digest_of(counts)})
    moved = _moved(stage, register.table)
    because = "criteria" if _criteria(stage) != counts["criteria"] else "sources"
    stage.write(counts, lambda at: pq.write_table(register.table, at / PERSONS, compression="zstd"))
    if not moved.num_rows:
        return counts
    found = {"moved": tally(moved), "because": because}
    report = Stage(case.build_folder / "moved", {"head": case.head, "criteria": counts["criteria"]})
    report.write(found, lambda at: pyarrow.csv.write_csv(moved, at / MOVED))
    return counts | found


def _moved(stage: Stage, table: pa.Table) -> pa.Table:
    """Compare with the register that lies there; nobody moved where there is none, or somebody touched it."""
    before = pq.read_table(stage.folder / PERSONS) if stage.whole else table
    return moves(before, table)


def _criteria(stage: Stage) -> object:
    found = stage.manifest
    return None if found is None else found.get("counts", {}).get("criteria")
