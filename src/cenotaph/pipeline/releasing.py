"""A release: what is published now, frozen with a number, its manifest's digest in the ledger."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from cenotaph.case import Case
from cenotaph.errors import Conflict, NotFound
from cenotaph.messages import Message
from cenotaph.pipeline.stages import file_digest
from cenotaph.review import Review

PARTS = ("site", "data", "exhibition")
MANIFEST = "manifest.json"


def release(folder: Path, *, author: str) -> dict[str, Any]:
    """Copy what was published into ``releases/NUMBER`` and record it.

    Raises
    ------
    NotFound
        Nothing was published yet.
    Conflict
        The folder of this number exists: an earlier release was interrupted and must be looked at.
    """
    case = Case.load(folder)
    site = case.build_folder / "site"
    if not (site / MANIFEST).is_file():
        raise NotFound(
            Message(
                "{folder}: nothing was published yet; run {command}",
                folder=folder,
                command=f"cenotaph publish {folder}",
            )
        )
    number = len(case.releases) + 1
    target = case.releases_folder / f"{number:04d}"
    if target.exists():
        raise Conflict(f"{target} exists, but the ledger has no release {number}: remove the folder and try again")
    _copy(case.build_folder, target)
    with case.open_ledger() as ledger:
        entry = Review(ledger, author).release(file_digest(target / "site" / MANIFEST))
    return {"number": number, "folder": str(target), "manifest": entry.facts["manifest"], "sequence": entry.sequence}


def _copy(build: Path, target: Path) -> None:
    """Copy beside the place first: a release is there whole or not at all."""
    temporary = target.with_name(f".{target.name}.new")
    shutil.rmtree(temporary, ignore_errors=True)
    for part in PARTS:
        if (build / part).is_dir():
            shutil.copytree(build / part, temporary / part)
    temporary.replace(target)
