"""Who has another standing than before: what a change of the criteria, the lists or the decisions did to the register.

Invariant: a person is compared with itself, by its founding record; whoever was joined to another or split off is
counted as gone or new, never as moved.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

GONE, NEW = "gone", "new"


def moves(before: pa.Table, after: pa.Table) -> pa.Table:
    """Return the persons whose standing is another in two tables of the register.

    Returns
    -------
    pyarrow.Table
        ``person`` (founding record), ``before`` and ``after``: the verification status of who is included, else why
        they are not; `NEW` and `GONE` for who is in one of the two only. Sorted by person.
    """
    joined = _standing(before, "before").join(_standing(after, "after"), keys="person", join_type="full outer")
    filled = pa.table(
        {
            "person": joined.column("person"),
            "before": pc.fill_null(joined.column("before"), NEW),
            "after": pc.fill_null(joined.column("after"), GONE),
        }
    )
    return filled.filter(pc.not_equal(filled.column("before"), filled.column("after"))).sort_by("person")


def tally(moved: pa.Table) -> list[dict[str, object]]:
    """Count the moves of each kind, the most frequent first."""
    counts = moved.group_by(["before", "after"]).aggregate([("person", "count")])
    rows = [{"before": r["before"], "after": r["after"], "persons": r["person_count"]} for r in counts.to_pylist()]
    return sorted(rows, key=lambda row: (-row["persons"], row["before"], row["after"]))


def _standing(table: pa.Table, name: str) -> pa.Table:
    status, why = (table.column(column).cast(pa.string()) for column in ("status", "why"))
    standing = pc.if_else(table.column("included"), status, why)
    return pa.table({"person": table.column("person"), name: standing})
