"""The whole review as one workbook: what a case knows laid out for people who work in spreadsheets.

Invariant: only the cells of ``Column.fill`` are a person's; everything else is made from the sources, the links and
the ledger, and comes out the same for the same case and reviewer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cenotaph.case import Case
from cenotaph.review import sheet_conflicts, sheet_pairs, sheet_people, sheet_weakest
from cenotaph.review.layout import Column, Row, Sheet, Stamp
from cenotaph.review.material import Material
from cenotaph.review.standing import Standing
from cenotaph.review.wording import LANGUAGES, words_for
from cenotaph.review.writing import Page, write
from cenotaph.sources import RowChange, latest_changes
from cenotaph.values import is_known, property_of


def stamp_of(case: Case) -> Stamp:
    """Return the mark that ties a workbook to a case and to how far its ledger had come."""
    return Stamp(case.public_id("the case itself"), case.decided.entries)


def export_workbook(path: Path, material: Material) -> dict[str, int]:
    """Write the workbook of a case and return how many rows each sheet has, and how many open pairs were left out."""
    words = material.words
    pairs, conflicts, report = sheet_pairs.sheet(material), sheet_conflicts.sheet(material), _report(material)
    sheets = (
        pairs,
        conflicts,
        sheet_weakest.sheet(material),
        sheet_people.sheet(material),
        _editions(material),
        report,
    )
    found = {"people": material.records.num_rows, "pairs": len(material.queue.questions),
             "conflicts": len(tuple(conflicts.rows)), "refused": len(tuple(report.rows))}  # fmt: skip
    counts = write(
        path, _read_me(material, found), sheets,
        stamp_of(material.case), right_to_left=words.right_to_left,
    )  # fmt: skip
    return {**counts, "left_out": material.queue.left_out}


def _read_me(material: Material, found: Mapping[str, int]) -> Page:
    """Return the first sheet: how to fill in the others, in every language of the case that we have words for."""
    case = material.case.config.case
    spoken = [name for name in case.languages if name in LANGUAGES] or ["en"]
    lines: list[tuple[str, str, bool]] = []
    for words in (words_for([name]) for name in spoken):
        title = words.say("readme", "title", title=case.titles.get(words.language) or case.title)
        left = material.queue.left_out
        said = [words.say("readme", "counts", **found), *words.table["readme"]["lines"]]
        said += [words.say("readme", "left_out", count=left)] if left else []
        lines += [(title, "title", words.right_to_left), *((text, "text", words.right_to_left) for text in said)]
    return Page(material.words.say("sheets", "readme"), tuple(lines))


def _editions(material: Material) -> Sheet:
    words = material.words
    names = {"list": 24, "edition": 10, "kind": 24, "record": 28, "which": 24, "before": 36, "after": 36,
             "judged": 40}  # fmt: skip
    columns = tuple(Column(name, words.say("columns", name), width) for name, width in names.items())
    return Sheet("editions", words.say("sheets", "editions"), columns, _edition_rows(material))


def _edition_rows(material: Material) -> Iterator[Row]:
    words, case = material.words, material.case
    standing = Standing(case)
    for each in latest_changes(case):
        key = property_of(each.key).label(words.language) if is_known(each.key) else each.key.removeprefix("other.")
        cells = (material.title_of(each.list), str(each.edition), words.say("kinds", each.kind), each.record, key,
                 each.before, each.after, _judged(material, standing, each))  # fmt: skip
        yield Row(f"{case.public_id(each.record)} {each.edition} {each.key}".strip(), cells)


def _judged(material: Material, standing: Standing, change: RowChange) -> str:
    """Return what was decided about a record before it changed: it stands, and may be looked at again."""
    said = standing.before(change.list, change.edition, change.record)
    words = material.words
    pairs = (
        (each, each.right if each.left == change.record else each.left, words.say("verdicts", str(each.verdict)))
        for each in said
    )
    return "; ".join(f"{other}: {verdict} ({each.reviewer})" for each, other, verdict in pairs)


def _report(material: Material) -> Sheet:
    words = material.words
    names = {"kind": 20, "list": 24, "file": 28, "row": 10, "reason_refused": 90}
    columns = tuple(Column(name, words.say("columns", name), width) for name, width in names.items())
    return Sheet("report", words.say("sheets", "report"), columns, tuple(_report_rows(material)))


def _report_rows(material: Material) -> Iterator[Row]:
    words = material.words
    for name, found in material.report["lists"].items():
        title = material.title_of(name)
        for edition in found["editions"]:
            for refusal in edition["refusals"]:
                cells = (words.say("kinds", "refused"), title, edition["file"], str(refusal["row"]), refusal["reason"])
                yield Row(f"{name} {edition['edition']} {refusal['row']}", cells)
        for number, note in enumerate(found["notes"]):
            yield Row(f"{name} note {number}", (words.say("kinds", "note"), title, "", "", note))
