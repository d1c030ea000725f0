"""The ledger itself: append, read, erase. The only writer of the case's memory.

Invariant: an append is durable when it returns and absent when it raises; a batch is appended whole or not at all.
Nothing is updated or deleted but the words (and salt) of entries that an erasure entry names, in its own transaction.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cenotaph.errors import InputError, LedgerError, NotFound
from cenotaph.ledger import canon, database
from cenotaph.ledger.entries import VERSION, Draft, Entry, Facts, Header, checked, genesis, upgraded

TIMEOUT = 10.0  # seconds to wait for another writer
SECRET_BYTES = 32
SALT_BYTES = 32
Clock = Callable[[], dt.datetime]
_READ = """SELECT entry.sequence, version, kind, facts, words.words, author, at, previous, hash
           FROM entry LEFT JOIN words ON words.sequence = entry.sequence"""


def utc_now() -> dt.datetime:
    """Return the present moment in UTC."""
    return dt.datetime.now(dt.UTC)


class Ledger:
    """An open ledger; a context manager that closes it. Make one with ``create`` or ``open``."""

    def __init__(self, path: Path, *, timeout: float = TIMEOUT, clock: Clock = utc_now) -> None:
        self.path = path
        self._clock = clock
        self._connection = database.connect(path, timeout=timeout)

    @classmethod
    def create(cls, path: Path, *, secret: bytes | None = None, clock: Clock = utc_now) -> Self:
        """Make a new ledger and open it.

        Parameters
        ----------
        path
            Where; nothing may be there yet.
        secret
            32 bytes that public ids hang on; random when left out, given only by tests and the bundled demonstration.
        clock
            What says the time of entries.

        Raises
        ------
        Conflict
            Something is already there.
        """
        secret = secrets.token_bytes(SECRET_BYTES) if secret is None else secret
        if len(secret) != SECRET_BYTES:
            raise InputError(f"the secret of a ledger has {SECRET_BYTES} bytes, not {len(secret)}")
        database.create(path, secret, genesis(secret))
        return cls(path, clock=clock)

    @classmethod
    def open(cls, path: Path, *, timeout: float = TIMEOUT, clock: Clock = utc_now) -> Self:
        """Open an existing ledger.

        Raises
        ------
        NotFound
            There is no such file.
        LedgerError
            The file is no ledger, is damaged, or a newer Cenotaph made it.
        """
        return cls(path, timeout=timeout, clock=clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a closed ledger can be closed again."""
        self._connection.close()

    @property
    def secret(self) -> bytes:
        """The case's secret. It stays in this file, is in no entry, and no export may carry it."""
        return bytes(self._one("SELECT secret FROM secret")[0])

    @property
    def head(self) -> str:
        """Hash of the last entry; of the beginning when there is none."""
        return self._last()[1]

    @property
    def count(self) -> int:
        """How many entries there are."""
        return self._last()[0]

    def append(self, kind: str, facts: Facts, words: Facts, author: str) -> Entry:
        """Append one entry; it is on the disk when this returns.

        Parameters
        ----------
        kind
            One of the eight kinds.
        facts
            Opaque ids, digests, counts, codes: kept for ever.
        words
            Names, texts, reasons, record ids: erasable.
        author
            The code of who did it, never a name.

        Raises
        ------
        InputError
            The entry says too little, or something that has no canonical text.
        Conflict
            Another program is writing; nothing was written.
        LedgerError
            The disk refuses; nothing was written.
        """
        draft = checked(Draft(kind=kind, facts=facts, words=words, author=author))
        with self._writing():
            return self._insert(draft, *self._last())

    def append_many(self, drafts: Iterable[Draft]) -> range:
        """Append entries in one transaction, all or none, and return their sequence numbers."""
        with self._writing():
            sequence, head = first, _ = self._last()
            for draft in drafts:
                entry = self._insert(checked(draft), sequence, head)
                sequence, head = entry.sequence, entry.hash
        return range(first + 1, sequence + 1)

    def erase(
        self, sequence: int | Iterable[int], who: str, why: str, *, author: str, facts: Mapping[str, Any] | None = None
    ) -> Entry:
        """Delete the words and salts of entries for ever, through an erasure entry that says who asked and why.

        Parameters
        ----------
        sequence
            The entry, or entries, whose words go.
        who, why
            Who asked for it, and why: the words of the erasure entry.
        author
            The code of who does it.
        facts
            More facts of the erasure entry, such as the opaque ids of records that must not be read again.

        Raises
        ------
        NotFound
            An entry does not exist.
        """
        targets = sorted({sequence} if isinstance(sequence, int) else set(sequence))
        draft = Draft(
            kind="erasure",
            facts={**(facts or {}), "erases": targets},
            words={"who": who, "why": why},
            author=author,
        )
        with self._writing():
            count, head = self._last()
            unknown = [target for target in targets if not 1 <= target <= count]
            if unknown:
                raise NotFound(f"entry {unknown[0]} does not exist; the ledger has entries 1 to {count}")
            entry = self._insert(checked(draft), count, head)
            self._connection.executemany("DELETE FROM words WHERE sequence = ?", [(target,) for target in targets])
        return entry

    def entries(self, kind: str | None = None) -> Iterator[Entry]:
        """Iterate over the entries in their order, of one kind on request, as the current version writes them."""
        where, values = ("", ()) if kind is None else (" WHERE kind = ?", (kind,))
        with database.reading(self.path):
            for row in self._connection.execute(f"{_READ}{where} ORDER BY entry.sequence", values):
                yield _entry(row)

    def entry(self, sequence: int) -> Entry:
        """Return one entry.

        Raises
        ------
        NotFound
            The ledger has no entry of this number.
        """
        with database.reading(self.path):
            row = self._connection.execute(f"{_READ} WHERE entry.sequence = ?", (sequence,)).fetchone()
        if row is None:
            raise NotFound(f"entry {sequence} does not exist; the ledger has entries 1 to {self.count}")
        return _entry(row)

    def _last(self) -> tuple[int, str]:
        row = self._one(
            """SELECT coalesce((SELECT max(sequence) FROM entry), 0),
                      coalesce((SELECT hash FROM entry ORDER BY sequence DESC LIMIT 1), (SELECT genesis FROM secret))"""
        )
        return int(row[0]), str(row[1])

    def _one(self, sql: str) -> tuple[Any, ...]:
        with database.reading(self.path):
            row: tuple[Any, ...] | None = self._connection.execute(sql).fetchone()
        if row is None:
            raise LedgerError(f"{self.path.name}: its secret is gone; run `cenotaph verify` and restore a backup")
        return row

    def _insert(self, draft: Draft, sequence: int, head: str) -> Entry:
        facts, words, salt = canon.canonical(draft.facts), canon.canonical(draft.words), secrets.token_bytes(SALT_BYTES)
        header = Header(
            at=self._clock().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            author=draft.author,
            facts=hashlib.sha256(facts).hexdigest(),
            kind=draft.kind,
            previous=head,
            sequence=sequence + 1,
            version=VERSION,
            words=canon.salted_digest(words, salt),
        )
        digest = header.hash()
        self._connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (header.sequence, header.version, header.kind, facts.decode(), header.facts, header.words, header.author,
             header.at, head, digest),
        )  # fmt: skip
        self._connection.execute("INSERT INTO words VALUES (?, ?, ?)", (header.sequence, salt, words.decode()))
        return Entry(
            sequence=header.sequence,
            kind=draft.kind,
            facts=json.loads(facts),
            words=json.loads(words),
            author=draft.author,
            at=header.at,
            previous=head,
            hash=digest,
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the only right to write; commit at the end, undo everything on any error."""
        with database.explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                _undo(self._connection)
                raise


def _undo(connection: sqlite3.Connection) -> None:
    """Roll back, unless the database already did so by itself, as it does when the disk is full."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _entry(row: tuple[Any, ...]) -> Entry:
    sequence, version, kind, facts, words, author, at, previous, digest = row
    try:
        said = upgraded(kind, version, json.loads(facts))
        hidden = None if words is None else json.loads(words)
    except (ValueError, TypeError) as error:
        raise LedgerError(f"entry {sequence} cannot be read; run `cenotaph verify` and restore a backup") from error
    return Entry(
        sequence=sequence, kind=kind, facts=said, words=hidden, author=author, at=at, previous=previous, hash=digest,
        version=version,
    )  # fmt: skip


def head_of(path: Path) -> str:
    """Return the head of the ledger in a file."""
    with closing(Ledger.open(path)) as ledger:
        return ledger.head
