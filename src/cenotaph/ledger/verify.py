"""Verify a ledger: re-hash every fact and every word, and name each thing that was altered, deleted, moved or added.

Invariant: nothing is believed because the database says so, and the walk goes on after a fault. A chain proves only
agreement with its own head; that the head itself was replaced is seen only against a head that somebody else holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cenotaph.errors import LedgerError
from cenotaph.ledger import database
from cenotaph.ledger.entries import genesis
from cenotaph.ledger.rows import READ, Row, words_digest
from cenotaph.ledger.store import TIMEOUT, Ledger
from cenotaph.ledger.walk import Fault, Walk
from cenotaph.messages import Message


@dataclass(frozen=True, slots=True)
class Head:
    """A head that somebody holds outside the ledger: printed, published or time-stamped."""

    hash: str
    sequence: int | None = None


class Verification(NamedTuple):
    """What was found: faults in the order of entries, how many entries there are, and the head."""

    faults: tuple[Fault, ...]
    entries: int
    head: str

    @property
    def ok(self) -> bool:
        """Say whether there is no fault."""
        return not self.faults


def verify_chain(ledger: Ledger | Path, *, known: Iterable[Head] = ()) -> Verification:
    """Walk the whole chain.

    Parameters
    ----------
    ledger
        The ledger, or its file.
    known
        Heads that are held elsewhere; without one a cut tail can be hidden by who can write to the file.

    Returns
    -------
    Verification
        Every fault, the first one first. A file that is damaged beyond reading is a fault, not an exception.

    Raises
    ------
    NotFound
        There is no such file.
    Conflict
        Another program is writing to it.
    """
    path = ledger.path if isinstance(ledger, Ledger) else ledger
    try:
        with closing(database.connect(path, timeout=TIMEOUT)) as connection, database.reading(path):
            connection.text_factory = bytes
            connection.execute("BEGIN")  # one state of the file, whoever appends meanwhile
            return _verify(connection, path.name, tuple(known))
    except LedgerError as error:
        return Verification((Fault(path.name, str(error)),), 0, "")


def _verify(connection: sqlite3.Connection, file: str, known: Sequence[Head]) -> Verification:
    first, about_secret = _beginnings(connection)
    walk = Walk(first, _Words(connection), {head.hash.encode() for head in known})
    try:
        faults = _walked(connection, walk, known)
        about_file = [*about_secret, *_counter(connection)[1], *_rules(connection)]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise
        faults = walk.so_far
        about_file = [f"the file is damaged and cannot be read beyond entry {walk.rows}; restore a backup"]
    faults += [Fault(file, what) for what in about_file]
    faults += _unknown_heads(walk, known, first, file, {fault.where for fault in faults})
    head = walk.head if walk.rows else b"".join(first[:1])
    return Verification(tuple(faults), walk.rows, head.decode("utf-8", errors="replace"))


def _walked(connection: sqlite3.Connection, walk: Walk, known: Sequence[Head]) -> list[Fault]:
    for row in connection.execute(f"{READ} ORDER BY entry.sequence"):
        walk.step(Row._make(row))
    faults = walk.finish(_counter(connection)[0], max((head.sequence or 0 for head in known), default=0))
    return sorted([*faults, *_orphans(connection, {fault.where for fault in faults})])


@dataclass(frozen=True, slots=True)
class _Words:
    """Looks up the salted digest of an entry's words."""

    connection: sqlite3.Connection

    def __call__(self, sequence: int) -> bytes | None:
        query = "SELECT salt, words, typeof(salt) || typeof(words) FROM words WHERE sequence = ?"
        row = self.connection.execute(query, (sequence,)).fetchone()
        return None if row is None else words_digest(*row)


def _beginnings(connection: sqlite3.Connection) -> tuple[list[bytes], list[str]]:
    """Return what may stand before the first entry, and what is wrong with the secret that says so."""
    row = connection.execute("SELECT secret, genesis FROM secret").fetchone()
    if row is None or not isinstance(row[0], bytes):
        return [], ["the case's secret is gone: restore it from a backup, public ids hang on it"]
    own = genesis(row[0]).encode()
    if own == row[1]:
        return [own], []
    return [own, row[1]], ["the case's secret, or the beginning it gives the chain, was altered"]


def _counter(connection: sqlite3.Connection) -> tuple[int, list[str]]:
    """Return the highest number the database ever gave, which it remembers by itself."""
    found = connection.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'entry'").fetchone()[0]
    (last,) = connection.execute("SELECT coalesce(max(sequence), 0) FROM entry").fetchone()
    counter = found if isinstance(found, int) else 0
    if counter < last:
        return 0, [f"the database's own count of entries was altered: it says {counter}, the last entry is {last}"]
    return counter, []


def _orphans(connection: sqlite3.Connection, said: Container[int | str]) -> list[Fault]:
    """Find words whose entry is not there; where that was said already, once is enough."""
    query = "SELECT sequence FROM words WHERE sequence NOT IN (SELECT sequence FROM entry)"
    gone = (sequence for (sequence,) in connection.execute(query) if sequence not in said)
    return [Fault(sequence, Message("there are words here and no entry")) for sequence in gone]


def _unknown_heads(
    walk: Walk, known: Sequence[Head], first: Container[bytes], file: str, said: Container[int | str]
) -> Iterator[Fault]:
    for head in known:
        wanted = head.hash.encode()
        found = walk.found.get(wanted, 0 if wanted in first else None)
        short = f"{head.hash[:16]}…"
        if head.sequence is None and found is None:
            yield Fault(
                file, Message("no entry has the known head {head}: the end was cut off or rewritten", head=short)
            )
        elif head.sequence is not None and found != head.sequence and head.sequence not in said:
            yield Fault(
                head.sequence,
                Message("its hash is not the known head {head}: it, or one before it, was rewritten", head=short),
            )


def _rules(connection: sqlite3.Connection) -> Iterator[str]:
    """Compare tables and triggers with those of an empty ledger."""
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.text_factory = bytes
        empty.executescript(database.schema())
        right, present = _objects(empty), _objects(connection)
    for name in sorted(right.keys() | present.keys()):
        if right.get(name) != present.get(name):
            yield f"the database's own rule `{name.decode(errors='replace')}` was altered, dropped or added"


def _objects(connection: sqlite3.Connection) -> dict[bytes, bytes]:
    return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'"))
