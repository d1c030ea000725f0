"""The review of a case outside the program: the workbook out and in, and the queue of doubtful pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cenotaph import registry, review
from cenotaph.case import Case
from cenotaph.errors import InputError, NotFound
from cenotaph.pipeline import keeping
from cenotaph.pipeline.deciding import known_records
from cenotaph.pipeline.stages import Step, silent
from cenotaph.review import Queue, queue, reviewer_code
from cenotaph.review.queue import LIMIT


def export_review(
    folder: Path, path: Path, *, author: str, limit: int = LIMIT, step: Step | None = None
) -> dict[str, Any]:
    """Write the whole review of a case to a workbook, with what one reviewer said before filled in.

    Returns
    -------
    dict
        ``file``, rows a sheet, and ``left_out``: open pairs beyond the limit.

    Raises
    ------
    InputError
        The file is no .xlsx, its folder is not there, or the author is no code.
    """
    reviewer_code(author)
    review.check_target(path)
    tell = step or silent
    case = Case.load(folder)
    records, report, case = keeping.read(case, author=author, tell=tell)
    links = keeping.link(case, records, tell=tell)
    tell("register", 0, 0)
    register = registry.register(records, links, case)
    with case.open_ledger() as ledger:
        mine = review.live(ledger.entries(), author)
    tell("workbook", 0, 0)
    material = review.Material(case, records, report, links, register, mine, limit)
    return {"file": str(path), **review.export_workbook(path, material)}


def import_review(folder: Path, path: Path, *, author: str) -> dict[str, Any]:
    """Take a workbook that was filled in into the ledger; importing it twice adds nothing.

    Raises
    ------
    NotFound
        There is no such file.
    InputError
        It is no review workbook, or one of another case; nothing was written.
    """
    _check(path, author)
    if not path.is_file():
        raise NotFound(f"{path}: there is no such file; name the workbook that was filled in")
    case = Case.load(folder)
    return review.import_workbook(path, case, author, known_records(case))


def _check(path: Path, author: str) -> None:
    reviewer_code(author)
    if path.suffix.lower() != ".xlsx":
        raise InputError(f"{path.name}: the review is an .xlsx workbook; give the file a name that ends in .xlsx")


def queue_of(folder: Path, *, limit: int = LIMIT, language: str = "en", step: Step | None = None) -> dict[str, Any]:
    """Return the doubtful pairs of a case, by record id, with reasons in the words of a language."""
    tell = step or silent
    case = Case.load(folder)
    records, _, case = keeping.read(case, author="local", tell=tell)
    links = keeping.link(case, records, tell=tell)
    found = queue(records, links, case.judgements, serving=review.serving(case), limit=limit)
    return {"questions": _plain(found, language), "left_out": found.left_out}


def _plain(found: Queue, language: str) -> list[dict[str, Any]]:
    words = review.words_for([language])
    return [
        {
            "left": each.left,
            "right": each.right,
            "probability": each.probability,
            "linked": each.linked,
            "moved": each.moved,
            "overlaps": each.overlaps,
            "expected": each.expected,
            "others": each.others,
            "why": review.reasons(each.weights, words, each.guards),
            "verdict": str(each.judgement.verdict) if each.judgement else None,
            "reviewer": each.judgement.reviewer if each.judgement else None,
        }
        for each in found.questions
    ]
