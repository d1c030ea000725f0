"""`init`: a new case from nothing, or from the files a group has.

Invariant: a file that cannot be read harms only itself; a case that is there is never touched; and without somebody
to ask, what is doubtful is written as a question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cenotaph import sources
from cenotaph.case import Case
from cenotaph.config import FILENAME
from cenotaph.errors import CenotaphError, Conflict, InputError, NotFound
from cenotaph.messages import ENGLISH, Message, Speech
from cenotaph.pipeline.preview import preview, settled
from cenotaph.pipeline.proposal_text import config_text
from cenotaph.sources.proposing import Draft, Line, propose

Ask = Callable[[Draft, Line], Line | None]


def init_case(
    folder: Path,
    files: Sequence[Path] = (),
    *,
    author: str = "local",
    say: Speech = ENGLISH,
    ask: Ask | None = None,
) -> dict[str, Any]:
    """Make a case folder with a proposed ``cenotaph.toml`` and the files captured.

    Parameters
    ----------
    folder
        The case folder to make.
    files
        The lists, one a file.
    author
        The code that signs the captures.
    say
        The language of the remarks in the file.
    ask
        Asked about each line that is not sure; returns the line as it should be, None to leave the column internal.

    Returns
    -------
    dict
        ``case``, ``config``, ``lists`` (lines, doubts, unmapped columns, first rows) and ``refused`` files.

    Raises
    ------
    Conflict
        The folder holds a case, or another ``cenotaph.toml``.
    InputError
        Files were named and none of them can be read.
    """
    if (folder / FILENAME).exists():
        raise Conflict(Message("{folder}: there is a case here already; a case is never replaced", folder=folder))
    drafts, refused = _propose_all(files)
    if files and not drafts:
        raise InputError(refused[0]["error"] if len(refused) == 1 else _none_read(refused))
    if ask is not None:
        for _, draft in drafts:
            _settle(draft, ask)
    only = [draft for _, draft in drafts]
    case = Case.create(folder, config_text(folder.resolve().name or "case", _languages(only, say), only, say))
    for path, draft in drafts:
        if draft.name in case.config.lists:
            sources.capture(case, path, author=author, list_name=draft.name)
    return {
        "case": str(folder),
        "config": str(folder / FILENAME),
        "lists": [_report(draft) for draft in only],
        "refused": refused,
    }


def _propose_all(files: Sequence[Path]) -> tuple[list[tuple[Path, Draft]], list[dict[str, Any]]]:
    drafts: list[tuple[Path, Draft]] = []
    refused: list[dict[str, Any]] = []
    for path in files:
        try:
            drafts.append((path, _propose(path, frozenset(draft.name for _, draft in drafts))))
        except (CenotaphError, OSError) as error:
            refused.append({"file": str(path), "error": error.args[0] if _is_ours(error) else str(error)})
    return drafts, refused


def _propose(path: Path, taken: frozenset[str]) -> Draft:
    if not path.is_file():
        raise NotFound(Message("{file}: there is no such file; name the file to capture", file=path))
    return propose(path.read_bytes(), path.name, taken=taken)


def _is_ours(error: Exception) -> bool:
    return isinstance(error, CenotaphError) and bool(error.args)


def _none_read(refused: Sequence[dict[str, Any]]) -> str:
    return Message("none of the files can be read; no case was made") + "".join(
        f"\n  {row['error']}" for row in refused
    )


def _languages(drafts: Sequence[Draft], say: Speech) -> list[str]:
    """Return languages of the pages: those of the lists, else that of who asks; English beside them."""
    found = [draft.language for draft in drafts if draft.language] or [say.language]
    return list(dict.fromkeys([*found, "en"]))


def _settle(draft: Draft, ask: Ask) -> None:
    """Ask about every line that is not sure; the calendar of a column follows the column."""
    lines: list[Line] = []
    moved: dict[str, Line | None] = {}
    for line in draft.lines:
        answer = ask(draft, line) if line.why is not None and line.certainty != "sure" else line
        answer = _follow(line, answer, moved)
        if line.property and answer != line:
            moved[line.property] = answer
        if answer is not None and answer.key not in {each.key for each in lines}:
            lines.append(answer)
        elif line.property:
            draft.used.difference_update(_columns(draft, line))
    draft.lines[:] = lines


def _follow(line: Line, answer: Line | None, moved: dict[str, Line | None]) -> Line | None:
    about = line.key.removeprefix("calendar.").strip('"')
    if answer is None or not line.key.startswith("calendar.") or about not in moved:
        return answer
    to = moved[about]
    if to is None:
        return None
    surer = to.certainty if line.why is None else answer.certainty
    return Line(key=f'calendar."{to.property}"', value=answer.value, certainty=surer, why=answer.why)


def _columns(draft: Draft, line: Line) -> set[str]:
    text = str(line.value)
    return {name for name in draft.table.columns if line.value == name or f"{{{name}}}" in text or f"'{name}'" in text}


def _report(draft: Draft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "file": draft.file,
        "rows": draft.table.cells.num_rows,
        "lines": [
            {"key": line.key, "value": line.value, "certainty": line.certainty, "why": settled(line.why)}
            for line in draft.lines
        ],
        "cites": dict(draft.cites),
        "doubts": [{"kind": each.kind, "column": each.column, "what": each.what} for each in draft.doubts],
        "unmapped": list(draft.unmapped),
        "preview": preview(draft),
    }
