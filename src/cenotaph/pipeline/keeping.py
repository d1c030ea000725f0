"""Reading and linking, taken from ``build/`` when nothing they rest on has changed."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cenotaph import linkage, sources
from cenotaph.campaign import load_content
from cenotaph.case import Case
from cenotaph.linkage import Links, LinkSettings
from cenotaph.model import Judgement, Verdict
from cenotaph.pipeline import link_state
from cenotaph.pipeline.engines import Linker
from cenotaph.pipeline.stages import Stage, Step, file_digest, write_json

SEED = 1988
_TABLES = 3  # of the link stage: one more when they hold more


def read(case: Case, *, author: str, tell: Step) -> tuple[pa.Table, dict[str, Any], Case]:
    """Return the records, how they were read, and the case as it is after the reading was entered."""
    stage = Stage(case.build_folder / "read", _read_inputs(case))
    if case.readings and stage.fresh:
        records = pq.read_table(stage.folder / "records.parquet")
        return records, json.loads((stage.folder / "report.json").read_text(encoding="utf-8")), case
    tell("read", 0, 0)
    found = (
        sources.read(case, author=author) if case.sources or not load_content(case.folder) else sources.nothing(case)
    )
    case = Case.load(case.folder) if found.appended else case
    stage = Stage(stage.folder, _read_inputs(case))
    report = json.loads(json.dumps(found.report, default=str))

    def fill(folder: Path) -> None:
        pq.write_table(found.records, folder / "records.parquet", compression="zstd")
        write_json(folder / "report.json", report)

    stage.write({"records": report["records"], "refused": report["refused"]}, fill)
    return found.records, report, case


def _read_inputs(case: Case) -> Mapping[str, Any]:
    return {
        "lists": {name: table.model_dump(mode="json") for name, table in case.config.lists.items()},
        "sources": [(source.digest, source.list, source.edition) for source in case.sources],
        "readings": sorted((r.list, r.edition, r.founded, r.digest) for r in case.readings),
        "registers": {name: table.model_dump(mode="json") for name, table in case.config.registers.items()},
        "narratives": {name: table.model_dump(mode="json") for name, table in case.config.narratives.items()},
        "entered": [(each.record, each.sequence) for each in case.entered],
        "erased": sorted(case.erased),
    }


def settings_of(case: Case) -> LinkSettings:
    """Return how a case wants its records linked."""
    own = case.config.linkage
    return LinkSettings(link_unnamed=own.unnamed == "unique-event", questions=own.questions)


def link(case: Case, records: pa.Table, *, tell: Step, linker: Linker | None = None, relearn: bool = False) -> Links:
    """Return the links of the records under what people decided; every linker gives the same.

    Without a linker only what came, went or changed since the last run is read and compared, unless that run no longer
    tells what a full one would, or ``relearn`` asks for a full one.
    """
    settings = settings_of(case)
    stage = Stage(case.build_folder / "link", _link_inputs(case, settings))
    if stage.fresh and not relearn:
        return _load(stage.folder)
    tell("link", 0, 0)
    judgements = judgements_on(case, records)
    links = (
        _relinked(case, records, judgements, settings, relearn=relearn)
        if linker is None
        else linker(records, case.lists, judgements, settings=settings, seed=SEED)
    )
    stage.write(link_counts(links), lambda folder: _store(folder, links, records))
    return links


def _relinked(
    case: Case, records: pa.Table, judgements: Sequence[Judgement], settings: LinkSettings, *, relearn: bool
) -> Links:
    """Link on this machine, building on what the last run kept, and keep what is new."""
    found = linkage.relink(
        records, case.lists, judgements, settings=settings, seed=SEED,
        kept="asked" if relearn else link_state.load(case), origin=link_state.origin(case),
    )  # fmt: skip
    if found.kept is not None:
        link_state.store(case, found.kept)
    return found.links


def judgements_on(case: Case, records: pa.Table) -> list[Judgement]:
    """Return what is decided about pairs of records: by imported registers, and by people."""
    given = list(sources.given_persons(records))
    pairs = {(each.left, each.right) for each in given}
    # of a pair that a register gives as one person, somebody's doubt takes nothing away: only `different` does
    said = [each for each in case.judgements if each.verdict != Verdict.UNSURE or _sides(each).isdisjoint(pairs)]
    return [*given, *said]


def _sides(judgement: Judgement) -> set[tuple[str, str]]:
    return {(judgement.left, judgement.right), (judgement.right, judgement.left)}


def _link_inputs(case: Case, settings: LinkSettings) -> Mapping[str, Any]:
    return {
        "records": file_digest(case.build_folder / "read" / "records.parquet"),
        "lists": {name: _plain(facts) for name, facts in case.lists.items()},
        "judgements": [(j.left, j.right, str(j.verdict)) for j in case.judgements],
        "settings": dataclasses.asdict(settings),
        "seed": SEED,
        "tables": _TABLES,
    }


def _plain(facts: Any) -> dict[str, Any]:
    """Return a frozen fact as plain data; its read-only mappings cannot be copied deep."""
    return {
        field.name: dict(value) if isinstance(value := getattr(facts, field.name), Mapping) else value
        for field in dataclasses.fields(facts)
    }


def link_counts(links: Links) -> dict[str, Any]:
    """Return what the link stage did, in numbers and notes."""
    return {
        "clusters": int((links.cluster == np.arange(len(links.cluster))).sum()),  # a label is a founding row
        "pairs": links.pairs.num_rows,
        "questions": links.questions.num_rows,
        "contested": len(links.contested),
        "notes": list(links.report.get("notes", ())),
        "report": json.loads(json.dumps(links.report, default=str)),
    }


def _store(folder: Path, links: Links, records: pa.Table) -> None:
    ids = records.column("record")
    for name, table in (("pairs", links.pairs), ("questions", links.questions), ("kin", links.kin)):
        pq.write_table(_with_ids(table, ids), folder / f"{name}.parquet", compression="zstd")
    hanging = linkage.weakest(links.pairs, links.cluster).table
    hanging = _with_ids(hanging, ids).add_column(0, "person_record", ids.take(hanging.column("person")))
    pq.write_table(hanging, folder / "weakest.parquet", compression="zstd")
    clusters = pa.table({"record": ids, "cluster": pa.array(links.cluster)})
    pq.write_table(clusters, folder / "clusters.parquet", compression="zstd")
    write_json(folder / "report.json", {"contested": sorted(links.contested), "report": links.report})


def _with_ids(table: pa.Table, ids: pa.ChunkedArray) -> pa.Table:
    """Add the record ids: rows mean nothing to who opens the file."""
    for side in ("right", "left"):
        table = table.add_column(0, f"{side}_record", ids.take(table.column(side)))
    return table


def _load(folder: Path) -> Links:
    said = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    pairs, questions, kin = (
        pq.read_table(folder / f"{name}.parquet").drop_columns(["left_record", "right_record"])
        for name in ("pairs", "questions", "kin")
    )
    return Links(
        pairs=pairs,
        cluster=pq.read_table(folder / "clusters.parquet").column("cluster").to_numpy(),
        questions=questions,
        contested=frozenset(said["contested"]),
        report=said["report"],
        kin=kin,
    )


def _quality_stage(case: Case) -> Stage:
    links = case.build_folder / "link" / "clusters.parquet"
    return Stage(case.build_folder / "evaluate", {"links": file_digest(links) if links.is_file() else None})


def keep_quality(case: Case, report: Mapping[str, Any]) -> None:
    """Keep what was measured of these links: the methodology page prints it for as long as they stand."""
    counts = {"pairwise": report["pairwise"]}

    def fill(at: Path) -> None:
        write_json(at / "evaluate.json", report)
        (at / "reliability.svg").write_text(linkage.reliability_plot(report["reliability"]), encoding="utf-8")

    _quality_stage(case).write(counts, fill)


def quality(case: Case) -> dict[str, float] | None:
    """Return the measured precision, recall and F1 of the links as they are, or None when nobody measured them."""
    stage = _quality_stage(case)
    if not stage.fresh:
        return None
    found: dict[str, Any] = json.loads((stage.folder / "evaluate.json").read_text(encoding="utf-8"))
    return dict(found["pairwise"])
