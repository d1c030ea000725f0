"""Narratives outside the program: a text with its offsets, and files of marked passages that enter a case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cenotaph.case import Case
from cenotaph.errors import NotFound
from cenotaph.messages import Message
from cenotaph.model import Source
from cenotaph.pipeline.folders import find_file
from cenotaph.review import Entering, read_rows
from cenotaph.sources.narrative import document_of, latest_source


def text_of(folder: Path, name: str) -> dict[str, Any]:
    """Return the text of a captured file, line by line with the offset at which each begins.

    Parameters
    ----------
    folder
        The case.
    name
        A narrative, the name of a captured file, or the first characters of its digest.

    Raises
    ------
    NotFound
        No captured file is called so.
    """
    case = Case.load(folder)
    source = _source(case, name)
    document = document_of(case, source)
    return {
        "source": source.digest, "file": source.filename, "reader": document.reader, "digest": document.digest,
        "characters": len(document.text),
        "lines": [
            {"page": page if document.paged else None, "start": start, "text": line}
            for page, start, line in _lines(document.pages)
        ],
    }  # fmt: skip


def _lines(pages: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    offset = 0
    for number, page in enumerate(pages, 1):
        for line in page.split("\n"):
            yield number, offset, line
            offset += len(line) + 1  # the line's end, or the page's


def _source(case: Case, name: str) -> Source:
    if name in case.config.narratives and (latest := latest_source(case, name)) is not None:
        return latest
    named = [each for each in case.sources if name and (each.filename == name or each.digest.startswith(name.lower()))]
    if not named:
        there = ", ".join(f"`{each}`" for each in case.config.narratives) or "none"
        raise NotFound(
            Message(
                "no captured file is called {name}; the narratives of this case are {names}",
                name=f"`{name}`",
                names=there,
            )
        )
    return named[-1]


def import_passages(folder: Path, path: Path, *, author: str, source: str = "") -> dict[str, Any]:
    """Enter a file of marked passages; importing it twice adds nothing.

    Parameters
    ----------
    folder, path
        The case, and a ``.csv``, ``.xlsx`` or ``.toml`` file.
    author
        The code that signs rows that name none.
    source
        The narrative of rows that name none; the only one of the case when left out.
    """
    case = Case.load(folder)
    only = next(iter(case.config.narratives)) if len(case.config.narratives) == 1 else ""
    return Entering(case, author).enter(read_rows(path, source=source or only))


def list_passages(folder: Path) -> list[dict[str, Any]]:
    """Return every entered record with its passages and claims; internal."""
    return [
        {
            "record": each.record, "kind": each.kind, "narrative": each.list, "entry": each.sequence,
            "passages": [{"place": passage.locator, "claims": dict(passage.claims)} for passage in each.passages],
        }
        for each in Case.load(folder).entered
    ]  # fmt: skip


def enter_named(case: Case, data: Path | None, *, author: str) -> tuple[Case, list[str]]:
    """Enter the files of passages that ``cenotaph.toml`` names, of captured texts; a second time adds nothing.

    Returns
    -------
    tuple
        The case as it is now, and the ids of the records that were entered or superseded.
    """
    done: list[str] = []
    for name, table in case.config.narratives.items():
        for file in table.passages if latest_source(case, name) is not None else ():
            path = find_file(file, case, data)
            if path is None:
                raise NotFound(
                    Message("{table} passages {file} are not in {folder}; put the file there, or take its name out",
                            table=f"[narratives.{name}]", file=file, folder=case.folder)
                )  # fmt: skip
            found = Entering(case, author).enter(read_rows(path, source=name), once=True)
            done += [*found["entered"], *found["superseded"]]
            case = Case.load(case.folder)
    return case, done
