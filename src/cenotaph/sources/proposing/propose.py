"""From the bytes of a file to the draft of its table in ``cenotaph.toml``. Reads; writes nothing."""

from __future__ import annotations

import re
from pathlib import PurePath

from cenotaph.messages import Message
from cenotaph.sources.proposing.acts import propose_acts
from cenotaph.sources.proposing.cites import propose_cites
from cenotaph.sources.proposing.dating import propose_dating
from cenotaph.sources.proposing.draft import Draft
from cenotaph.sources.proposing.headers import is_header, meaning
from cenotaph.sources.proposing.keys import propose_key
from cenotaph.sources.proposing.languages import propose_language
from cenotaph.sources.proposing.people import Columns, propose_by_values, propose_names, propose_simple
from cenotaph.sources.proposing.profile import missing_words, profiles
from cenotaph.sources.readers import Hints, RawTable, media, read_table
from cenotaph.sources.readers.peek import first_rows

_NAME = re.compile(r"[^A-Za-z0-9_-]+")
_BRACES = frozenset("{}")


def propose(data: bytes, filename: str, *, taken: frozenset[str] = frozenset()) -> Draft:
    """Propose how a file is read as a list.

    Parameters
    ----------
    data
        The bytes of the file.
    filename
        Its name.
    taken
        Names that other lists of the case have.

    Raises
    ------
    InputError
        The file is empty or cannot be read as a list.
    """
    table, wanted = read_unknown(data, filename)
    draft = Draft(name=_free_name(filename, taken), file=filename, table=table, title=PurePath(filename).stem)
    missing = _missing(draft)
    columns = _columns(draft, missing)
    propose_names(draft, columns)
    propose_by_values(draft, columns)
    propose_simple(draft, columns)
    propose_language(draft, columns)
    propose_acts(draft, columns)
    propose_dating(draft, columns, missing)
    propose_cites(draft, columns)
    propose_key(draft, columns)
    _about_the_file(draft, wanted)
    return draft


def read_unknown(data: bytes, filename: str) -> tuple[RawTable, tuple[str, ...]]:
    """Read a file whose columns nobody has named; return its table and the header cells that were recognised."""
    kind = media.media_type(data[: media.HEAD], filename)
    media.require_list(kind, filename)
    cells = [cell.strip() for row in first_rows(data, filename, kind) for cell in row] if data.strip() else []
    wanted = tuple(dict.fromkeys(cell for cell in cells if cell and is_header(cell)))
    return read_table(data, filename, kind, Hints(columns=wanted)), wanted


def _free_name(filename: str, taken: frozenset[str]) -> str:
    base = _NAME.sub("-", PurePath(filename).stem).strip("-_").lower() or "list"
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _missing(draft: Draft) -> list[str]:
    """Propose the words that say nothing, such as ``NA``, when they stand in several columns."""
    words, found = missing_words(), dict[str, int]()
    for name in draft.table.columns:
        for word in words.intersection(draft.table.cells.column(name).unique().to_pylist()):
            found[word] = found.get(word, 0) + 1
    said = sorted(word for word, columns in found.items() if columns > 1)
    if said:
        draft.propose("missing", list(said), "doubtful", Message("cells that say only this are taken as empty"))
    return said


def _columns(draft: Draft, missing: list[str]) -> Columns:
    found = profiles(draft.table, missing)
    odd = [name for name in draft.table.columns if _BRACES & set(name)]
    for name in odd:
        what = Message("column {column} has a brace in its name and cannot be mapped; rename it", column=name)
        draft.doubt("name", what, name)
    return {name: (meaning(name), found[name]) for name in draft.table.columns if name not in odd}


def _about_the_file(draft: Draft, wanted: tuple[str, ...]) -> None:
    """Say what the reader noticed, and name the sheet of a workbook with several."""
    for note in draft.table.notes:
        draft.doubt("reading", Message("{note}", note=note))
        if note.startswith("sheets not read"):
            draft.propose("sheet", draft.table.facts["sheet"], "doubtful", Message("the workbook has other sheets"))
    if not wanted:
        draft.doubt(
            "header",
            Message(
                "no column header was recognised in {file}; if its first row is a person, put headers above it",
                file=draft.file,
            ),
        )
    if draft.table.refused:
        n = len(draft.table.refused)
        draft.doubt("ragged", Message("{n} rows have another number of cells than the header and are refused", n=n))
