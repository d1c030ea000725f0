"""Which lists of a case look copied: kept in ``build/copying``, told by a command, the estimate and the site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cenotaph.case import Case
from cenotaph.linkage import Links
from cenotaph.linkage.copying import copying
from cenotaph.messages import ENGLISH, Speech
from cenotaph.pipeline import keeping
from cenotaph.pipeline.stages import Stage, Step, file_digest, silent, write_json

FOLDER = "copying"
_EVIDENCE = ("left_record", "right_record", "property")


def copying_of(folder: Path, *, step: Step | None = None) -> dict[str, Any]:
    """Return which lists of a case share errors, and the records that show it."""
    tell = step or silent
    case = Case.load(folder)
    records, _, case = keeping.read(case, author="local", tell=tell)
    return kept(case, records, keeping.link(case, records, tell=tell))


def kept(case: Case, records: pa.Table, links: Links) -> dict[str, Any]:
    """Return what lists share under these links, from ``build/copying`` where the links have not changed."""
    inputs = {"links": file_digest(case.build_folder / "link" / "clusters.parquet"),
              "derived": {name: facts.derived_from for name, facts in case.lists.items()}}  # fmt: skip
    stage = Stage(case.build_folder / FOLDER, inputs)
    if not stage.fresh:
        found = copying(records, links.cluster, case.lists)
        stage.write({"pairs": len(found["pairs"]), "looks_copied": len(suspected(found))}, lambda at: _store(at, found))
    read: dict[str, Any] = json.loads((stage.folder / "copying.json").read_text(encoding="utf-8"))
    return read


def _store(folder: Path, found: Mapping[str, Any]) -> None:
    """Write the comparison of lists, and the records that share an error as a table to open beside the lists."""
    write_json(folder / "copying.json", found)
    rows = [(*row["lists"], *each) for row in found["pairs"] for each in row["evidence"]]
    names = ("left_list", "right_list", *_EVIDENCE)
    table = {name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(names)}
    pq.write_table(pa.table(table), folder / "shared_errors.parquet", compression="zstd")


def suspected(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the pairs of lists that look copied and do not say so."""
    return [row for row in found["pairs"] if row["looks_copied"] and not row["declared"]]


def warnings(found: Mapping[str, Any], names: Iterable[str]) -> list[dict[str, Any]]:
    """Return the suspected pairs among lists that an estimate takes for independent, without their records."""
    used = set(names)
    return [
        {key: row[key] for key in ("lists", "shared", "expected", "p_adjusted")}
        for row in suspected(found)
        if used.issuperset(row["lists"])
    ]


def warning_text(row: Mapping[str, Any], say: Speech = ENGLISH) -> str:
    """Say why two lists may not be independent."""
    return say(
        "{one} and {other} share {shared} errors where chance gives {expected} at most: copied, or from one source",
        one=row["lists"][0], other=row["lists"][1], shared=row["shared"], expected=round(row["expected"], 1),
    )  # fmt: skip


def copying_text(found: Mapping[str, Any], say: Speech = ENGLISH) -> str:
    """Say of every two lists what they share, and show the records of those that look copied."""
    lines = []
    for row in found["pairs"]:
        lines.append(warning_text(row, say) if row["looks_copied"] else _nothing(row, say))
        lines.append(say("  {compared} values compared; p {p} adjusted for the number of pairs",
                         compared=row["compared"], p=f"{row['p_adjusted']:.2g}"))  # fmt: skip
        lines += [say("  {one} says that it derives from {other}", one=one, other=other)
                  for one, other in row["declared"]]  # fmt: skip
        lines += [f"    {left}  {right}  {name}" for left, right, name in row["evidence"] if row["looks_copied"]]
    if found["untested"]:
        pairs = ["-".join(pair) for pair in found["untested"]]
        lines.append(say("not tested, for no third list names enough of the same people: {pairs}", pairs=pairs))
    return "\n".join(lines) or say("this case has no two lists with records of their own to compare")


def _nothing(row: Mapping[str, Any], say: Speech) -> str:
    return say(
        "{one} and {other} share {shared} errors where chance gives {expected} at most: nothing to see",
        one=row["lists"][0], other=row["lists"][1], shared=row["shared"], expected=round(row["expected"], 1),
    )  # fmt: skip
