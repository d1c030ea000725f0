"""Decisions of people, checked against the records that were read, written to the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from cenotaph.case import Case
from cenotaph.errors import InputError, NotFound
from cenotaph.messages import Message
from cenotaph.review import Review


def decide(folder: Path, act: str, *, author: str, **said: str) -> dict[str, Any]:
    """Append one decision to the ledger of a case.

    Parameters
    ----------
    act
        ``judge``, ``choose``, ``unchoose`` or ``consent``.
    said
        What `Review` of that name takes.

    Returns
    -------
    dict
        ``sequence`` and ``hash`` of the new entry.
    """
    case = Case.load(folder)
    with case.open_ledger() as ledger:
        entry = getattr(Review(ledger, author, known_records(case)), act)(*_places(act, said), **_words(act, said))
    return {"sequence": entry.sequence, "hash": entry.hash, "kind": entry.kind}


_POSITIONS = {
    "judge": ("left", "right", "verdict"),
    "choose": ("record", "key"),
    "unchoose": ("record", "key"),
    "consent": ("record", "visibility"),
}


def _places(act: str, said: dict[str, str]) -> list[str]:
    if act not in _POSITIONS:
        raise InputError(f"{act!r} is no decision; there are {', '.join(_POSITIONS)}")
    return [said[name] for name in _POSITIONS[act]]


def _words(act: str, said: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in said.items() if name not in _POSITIONS[act]}


def known_records(case: Case) -> frozenset[str]:
    """Return the ids of all records that were read.

    Raises
    ------
    NotFound
        Nothing was read yet.
    """
    path = case.build_folder / "read" / "records.parquet"
    if not path.is_file():
        raise NotFound(
            Message(
                "{folder}: no records were read yet; run {command}",
                folder=case.folder,
                command=f"cenotaph read {case.folder}",
            )
        )
    return frozenset(pq.read_table(path, columns=["record"]).column("record").to_pylist())
