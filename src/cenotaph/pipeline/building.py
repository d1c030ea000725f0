"""`build`: the whole way through the house, and the parts of it that other commands need."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cenotaph import estimation, linkage, publishing, registry
from cenotaph.campaign import load_content
from cenotaph.case import Case
from cenotaph.errors import InputError, NotFound
from cenotaph.messages import Message
from cenotaph.pipeline import engines, estimating, folders, keeping, narrating
from cenotaph.pipeline.estimating import Linked
from cenotaph.pipeline.ground import around
from cenotaph.pipeline.measures import measures_of
from cenotaph.pipeline.registering import keep_register
from cenotaph.pipeline.stages import Step, silent
from cenotaph.registry import Surroundings
from cenotaph.review import Standing

STAGES = ("read", "link", "register", "estimate", "publish")
PARTS = ("site", "data")  # without the exhibition, which is printed when somebody asks for it


def build(  # noqa: PLR0913 - the one door: a folder in, and keyword-only ways to ask
    folder: Path,
    *,
    data: Path | None = None,
    out: Path | None = None,
    until: str = "publish",
    parts: Sequence[str] = PARTS,
    author: str = "local",
    step: Step | None = None,
    relearn: bool = False,
    engine: str = "local",
    master: str | None = None,
) -> dict[str, Any]:
    """Build a case as far as a stage.

    Parameters
    ----------
    folder
        A case folder, or a template when ``out`` is given.
    data
        Where the files that ``cenotaph.toml`` names lie, when not in the case folder.
    out
        The case folder to make from a template.
    until
        The last stage: read, link, register, estimate or publish.
    parts
        What to publish.
    author
        The code that signs what is captured and read for the first time.
    step
        Told what is being done, how far, out of how much.
    relearn
        Link in full, whatever the last run kept.
    engine, master
        Which machines link: ``local``, or ``spark`` with the address of its cluster.

    Returns
    -------
    dict
        Counts and reports, one entry a stage.
    """
    if until not in STAGES:
        raise InputError(
            Message("there is no stage {stage}; the stages are {stages}", stage=repr(until), stages=list(STAGES))
        )
    last, linker = STAGES.index(until), engines.linker(engine, master)
    tell = step or silent
    case = folders.prepare(folder, data=data, out=out)
    case, captured, missing = folders.capture_named(case, data, author=author, tell=tell)
    case, tables = folders.capture_tables(case, data, author=author)
    captured = [*captured, *tables]
    case, entered = narrating.enter_named(case, data, author=author)
    report: dict[str, Any] = {"case": str(case.folder), "captured": captured, "missing": missing, "entered": entered}
    records, report["read"], case = keeping.read(case, author=author, tell=tell)
    if last >= 1:
        links = keeping.link(case, records, tell=tell, linker=linker, relearn=relearn)
        report["link"] = {**keeping.link_counts(links), "since_judged": since_judged(case, report["read"])}
    if last >= 2:
        tell("register", 0, 0)
        register = registry.register(records, links, case)
        report["register"] = keep_register(case, register)
        surroundings, ground = around(case, register)
        report |= {"ground": ground} if case.config.tables else {}
    if last >= 3:
        tell("estimate", 0, 0)
        estimated = estimating.estimate_register(case, Linked(records, links, register), tell=tell)
        report["estimate"] = estimating.keep(case, estimated)
    if last >= 4:
        measures = measures_of(case, Linked(records, links, register))
        report["publish"] = _publish(case, surroundings, (estimated.whole, measures), parts, tell)
    return report


def since_judged(case: Case, reading: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the judgements that stand although a newer edition changed or dropped one of their records."""
    return [each.to_json() for each in Standing(case).since(reading)]


def _publish(
    case: Case,
    surroundings: Surroundings,
    measured: tuple[estimation.Estimate, publishing.Measures],
    parts: Sequence[str],
    tell: Step,
) -> dict[str, Any]:
    register, (estimate, measures) = surroundings.register, measured
    made = publishing.publish(
        register,
        estimate if len(register) else None,  # nothing was looked at: no verdict to show
        case,
        out=case.build_folder,
        quality=keeping.quality(case),
        measures=measures,
        parts=tuple(parts),
        progress=lambda done, total: tell("publish", done, total),
        content=load_content(case.folder),
        surroundings=surroundings,
    )
    return made.to_json()


def evaluate_case(folder: Path, truth: Path) -> dict[str, Any]:
    """Measure the links of a case against a truth file with columns list, record, person.

    Raises
    ------
    InputError
        The truth has other columns, or none of its records is a record of the case.
    """
    case = Case.load(folder)
    records, _, case = keeping.read(case, author="local", tell=silent)
    links = keeping.link(case, records, tell=silent)
    known = read_truth(truth)
    ids = records.column("record").to_pylist()
    found = sum(record in known for record in ids)
    if not found:
        raise InputError(f"{truth}: none of its records is a record of this case; ids are list and record number")
    pairs = linkage.candidate_pairs(records, case.lists, settings=keeping.settings_of(case))
    measured: dict[str, Any] = dict(linkage.evaluate(ids, links.cluster, known, pairs))
    measured["reliability"] = linkage.reliability(ids, links.pairs, known)
    report = {**measured, "records": {"truth": len(known), "found": found}}
    keeping.keep_quality(case, report)
    return report


def read_truth(path: Path) -> Mapping[str, str]:
    """Return the person of each record id, ``list:record``.

    Raises
    ------
    NotFound, InputError
        There is no such file, or it lacks a column.
    """
    if not path.is_file():
        raise NotFound(f"{path}: there is no such file; name a CSV with the columns list, record and person")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = sorted({"list", "record", "person"} - set(rows.fieldnames or ()))
        if missing:
            raise InputError(
                f"{path.name}: it lacks the columns {', '.join(missing)}; a truth has list, record and person"
            )
        return {f"{row['list']}:{row['record']}": row["person"] for row in rows}
