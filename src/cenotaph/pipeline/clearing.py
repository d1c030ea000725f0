"""Decisions about allegations: the legal review of one, and which persons it concerns. Both name who decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cenotaph import sources
from cenotaph.case import Case
from cenotaph.errors import InputError, NotFound
from cenotaph.messages import Message
from cenotaph.pipeline.deciding import known_records
from cenotaph.pipeline.estimating import register_of
from cenotaph.pipeline.ground import around
from cenotaph.review import Review


def clear(folder: Path, allegation: str, verdict: str, *, reason: str, author: str) -> dict[str, Any]:
    """Record a legal review of an allegation as it stands: it may be published, or not.

    Raises
    ------
    NotFound
        No table has this allegation.
    InputError
        The verdict, the reason or the author cannot be taken.
    """
    _named(author)
    case = Case.load(folder)
    found, _ = around(case, register_of(case))
    if allegation not in found.allegations:
        raise _no_allegation(allegation)
    key = found.allegations[allegation].review_key
    with case.open_ledger() as ledger:
        entry = Review(ledger, author).clear(key, verdict, reason=reason)
    return {"sequence": entry.sequence, "hash": entry.hash, "kind": entry.kind}


def connect(folder: Path, record: str, allegation: str, verdict: str, *, reason: str, author: str) -> dict[str, Any]:
    """Record a reviewer's judgement that an allegation concerns the person of a record, or does not.

    Raises
    ------
    NotFound
        There is no such record, or no table has this allegation.
    InputError
        The verdict, the reason or the author cannot be taken.
    """
    _named(author)
    case = Case.load(folder)
    rows = [row for table in sources.read_rows(case) for row in table.rows if row.about == "allegations"]
    if allegation not in {row.cells["allegation"].strip().casefold() for row in rows}:
        raise _no_allegation(allegation)
    with case.open_ledger() as ledger:
        entry = Review(ledger, author, known_records(case)).connect(record, allegation, verdict, reason=reason)
    return {"sequence": entry.sequence, "hash": entry.hash, "kind": entry.kind}


def _named(author: str) -> None:
    if author == "local":
        raise InputError(Message("say who decides: give your code with --author, such as r1"))


def _no_allegation(name: str) -> NotFound:
    return NotFound(
        Message(
            "allegation {name} does not exist; the ids stand in your table about allegations, in the column allegation",
            name=f"`{name}`",
        )
    )
