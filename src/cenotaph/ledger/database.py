"""Opening the SQLite file: the settings that make a commit durable, and errors a person can act on.

Invariant: a connection made here loses no acknowledged commit (rollback journal, ``synchronous=EXTRA``: the standard
library's SQLite on many machines has the WAL-reset fault) and overwrites deleted words (``secure_delete``).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from cenotaph.errors import Conflict, LedgerError, NotFound

APPLICATION = 0x43454E4F  # "CENO", in the file's header, where the `file` command can see it
SCHEMA_VERSION = 1
_MAGIC = b"SQLite format 3\x00"
_DAMAGED = "the file is damaged; run `cenotaph verify` to see where, and restore a backup"
_ADVICE = {
    0: _DAMAGED,  # Python's own complaint about a text: it would quote the text, which can be a name
    sqlite3.SQLITE_BUSY: "another program is writing to it; nothing was written, try again when it has finished",
    sqlite3.SQLITE_FULL: "the disk is full; nothing was written, make room and try again",
    sqlite3.SQLITE_READONLY: "it cannot be written to; give yourself the right to write to the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; give yourself the right to read and write the file and its folder",
    sqlite3.SQLITE_IOERR: "the disk failed or is full; nothing was written, make room or look after the disk",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: "the file is no SQLite database; restore a backup",
}


def schema() -> str:
    """Return the SQL that makes an empty ledger."""
    return files("cenotaph.ledger").joinpath("schema.sql").read_text(encoding="utf-8")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the database's errors into ones that say what to do.

    Raises
    ------
    Conflict
        Another program holds the ledger.
    LedgerError
        Anything else the database refuses.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        kind = Conflict if code == sqlite3.SQLITE_BUSY else LedgerError
        raise kind(f"{path.name}: {_ADVICE.get(code, str(error))}") from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Explain errors of reading too, where a damaged text can break even the database's own messages.

    Raises
    ------
    Conflict, LedgerError
        As ``explained``.
    """
    try:
        with explained(path):
            yield
    except UnicodeDecodeError as error:
        raise LedgerError(f"{path.name}: {_DAMAGED}") from error


def connect(path: Path, *, timeout: float) -> sqlite3.Connection:
    """Connect to an existing ledger.

    Raises
    ------
    NotFound
        There is no such file.
    LedgerError
        The file is something else, or a newer Cenotaph made it.
    """
    _check_file(path)
    connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
    try:
        with reading(path):
            _settle(connection)
            _check_version(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise NotFound(f"{path}: there is no ledger here")
    with path.open("rb") as handle:
        start = handle.read(len(_MAGIC))
    if start != _MAGIC:
        raise LedgerError(f"{path.name}: this is no ledger (no SQLite database); restore a backup")


def _settle(connection: sqlite3.Connection) -> None:
    for setting in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {setting}").fetchall()


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise LedgerError(f"{path.name}: this SQLite database is no Cenotaph ledger; give the case folder of a case")
    if version != SCHEMA_VERSION:
        raise LedgerError(
            f"{path.name}: the ledger has format {version}, this Cenotaph reads format {SCHEMA_VERSION}: "
            "use the version of Cenotaph that made it, or a newer one"
        )


def create(path: Path, secret: bytes, genesis: str) -> None:
    """Make an empty ledger, whole or not at all, readable by its owner only.

    Raises
    ------
    Conflict
        Something is already there: a ledger is never replaced.
    LedgerError
        The disk refuses.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    temporary.unlink(missing_ok=True)
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with explained(path):
            _fill(temporary, secret, genesis)
        _move(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _fill(path: Path, secret: bytes, genesis: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        _settle(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.executescript(f"BEGIN; {schema()} COMMIT;")
        connection.execute("INSERT INTO secret VALUES (1, ?, ?)", (secret, genesis))
    finally:
        connection.close()


def _move(temporary: Path, path: Path) -> None:
    """Give the file its name without replacing anything, and make the name durable."""
    if path.exists():
        raise Conflict(f"{path}: there is a ledger here already; it is never replaced")
    temporary.rename(path)
    if hasattr(os, "O_DIRECTORY"):  # a directory can be flushed on POSIX only
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
