"""Capture: a file's bytes are kept under their digest, and the ledger says who took them, when and from where.

Invariant: what lies under ``sources/AB/ABCD…`` has that digest, whole or not at all; the same bytes are kept once; the
ledger names no file that is not there.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from cenotaph.case import Case
from cenotaph.case.fold import fold
from cenotaph.config import ListTable, NarrativeTable, RegisterTable, RowsTable
from cenotaph.errors import ChainBroken, InputError, NotFound
from cenotaph.messages import Message
from cenotaph.model import Source
from cenotaph.sources.mapping import hints_of, hints_of_rows
from cenotaph.sources.readers import media, read_table
from cenotaph.sources.readers.documents import read_document
from cenotaph.sources.readers.register_rows import read_rows

_Table = ListTable | NarrativeTable | RegisterTable | RowsTable
_PIECE = 1 << 20
_PREFIX = 2  # characters of the digest that name the folder


def capture(case: Case, path: Path, *, author: str, list_name: str | None = None, origin: str = "") -> Source:
    """Keep a file in the case and enter it in the ledger; bytes that a list has already add nothing.

    Parameters
    ----------
    case
        The case; load it again afterwards.
    path
        The file.
    author
        The code of who captures it.
    list_name
        The list or narrative of which the file is an edition, the newest so far; None for anything else (a letter).
    origin
        Where the file comes from: an address, an archive, a person's code. It can be erased.

    Raises
    ------
    InputError
        The file is empty, or is to be a list or a narrative and cannot be read as one. Nothing was written.
    NotFound
        There is no such file, or no such list or narrative.
    """
    data = _read(path)
    table = None if list_name is None else _table(case, list_name)
    digest = hashlib.sha256(data).hexdigest()
    with case.open_ledger() as ledger:
        sources = fold(ledger.entries("source")).sources
        known = [each for each in sources if each.list == list_name and each.table is None]
        same = next((each for each in known if each.digest == digest), None)
        kind = same.media_type if same is not None else _checked(data, path.name, table)
        _keep(place(case, digest), data)
        if same is not None:
            return same
        edition = 1 + max((each.edition for each in known), default=0)
        of_list = {} if list_name is None else {"list": list_name, "edition": edition}
        facts = {"digest": digest, "size": len(data), "media_type": kind, **of_list}
        words = {"filename": path.name, "origin": origin or (table.origin if table is not None else "")}
        entry = ledger.append("source", facts, words, author)
    return next(iter(fold([entry]).sources))


def capture_table(case: Case, name: str, path: Path, *, author: str) -> Source:
    """Keep the file of a table about sites or actors, a new edition whenever its bytes are not the last ones.

    Raises
    ------
    InputError
        The file is empty, or no table. Nothing was written.
    NotFound
        There is no such file.
    """
    data, table = _read(path), case.config.tables[name]
    digest = hashlib.sha256(data).hexdigest()
    with case.open_ledger() as ledger:
        known = [each for each in fold(ledger.entries("source")).sources if each.table == name]
        if known and known[-1].digest == digest:
            _keep(place(case, digest), data)
            return known[-1]
        kind = _checked(data, path.name, table)
        _keep(place(case, digest), data)
        facts = {"digest": digest, "size": len(data), "media_type": kind, "table": name, "edition": len(known) + 1}
        entry = ledger.append("source", facts, {"filename": path.name, "origin": table.origin}, author)
    return next(iter(fold([entry]).sources))


def _checked(data: bytes, filename: str, table: _Table | None) -> str:
    """Return the media type; a list, a table or a text must be readable before it may enter."""
    kind = media.media_type(data[: media.HEAD], filename)
    if isinstance(table, NarrativeTable):
        read_document(data, filename, kind, table.encoding)
    elif isinstance(table, RegisterTable):
        read_rows(data, filename, kind, table.form)
    elif table is not None:
        media.require_list(kind, filename)
        read_table(data, filename, kind, hints_of_rows(table) if isinstance(table, RowsTable) else hints_of(table))
    return kind


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise NotFound(Message("{file}: there is no such file; name the file to capture", file=path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            Message("{file}: cannot be read ({error}); nothing was captured", file=path, error=error.strerror)
        ) from error
    if not data.strip():
        raise InputError(Message("{file}: the file is empty; nothing was captured", file=path.name))
    return data


def _table(case: Case, name: str) -> _Table:
    tables: dict[str, _Table] = {**case.config.lists, **case.config.narratives, **case.config.registers}
    if name not in tables:
        there = ", ".join(f"`{each}`" for each in tables)
        raise NotFound(
            Message("cenotaph.toml has no list {name}; it has {lists}", name=f"`{name}`", lists=there or "none")
        )
    return tables[name]


def place(case: Case, digest: str) -> Path:
    """Return where the bytes with a digest lie in a case."""
    return case.sources_folder / digest[:_PREFIX] / digest


def source_bytes(case: Case, source: Source) -> bytes:
    """Return the bytes of a captured file, having checked them.

    Raises
    ------
    ChainBroken
        The file is gone or was altered since it was captured.
    """
    path = place(case, source.digest)
    where = path.relative_to(case.folder).as_posix()
    if not path.is_file():
        raise ChainBroken(f"{where}: the captured file of entry {source.sequence} is gone; bring it from a backup")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != source.digest:
        raise ChainBroken(f"{where}: altered since it was captured (entry {source.sequence}); bring it from a backup")
    return data


def _keep(path: Path, data: bytes) -> None:
    """Write the bytes beside their place, make them durable, and move them there."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with temporary.open("wb") as handle:
            _write(handle, data)
        temporary.replace(path)
        _settle(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _write(handle: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    for start in range(0, len(view), _PIECE):
        handle.write(view[start : start + _PIECE])
    handle.flush()
    os.fsync(handle.fileno())


def _settle(folder: Path) -> None:
    """Make the new name durable; only POSIX can flush a folder."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
