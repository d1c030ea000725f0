"""Ways to alter a ledger behind its back, as somebody could who can write to the file."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from cenotaph.ledger import canonical
from cenotaph.ledger.database import schema
from cenotaph.ledger.entries import Header

COLUMNS = ("version", "kind", "facts", "facts_digest", "words_digest", "author", "at", "previous", "hash")
_FAR = 1000
_KEEP_COUNT: tuple[str, tuple[object, ...]] = (
    "UPDATE sqlite_sequence SET seq = (SELECT max(sequence) FROM entry)",
    (),
)


class Tamperer:
    """Opens the file with its triggers dropped, and puts them back at the end, so that nothing shows but the change."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def run(self, *statements: tuple[str, tuple[object, ...]]) -> None:
        """Run statements on the bare tables."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF").fetchall()
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for statement, values in statements:
                connection.execute(statement, values)
            for _, sql in triggers:
                connection.execute(sql)

    def alter(self, column: str, sequence: int, value: object) -> None:
        """Put another value into a column of an entry."""
        self.run((f"UPDATE entry SET {column} = ? WHERE sequence = ?", (value, sequence)))  # noqa: S608

    def value(self, table: str, column: str, sequence: int) -> object:
        """Return what stands in a column."""
        with closing(sqlite3.connect(self.path)) as connection:
            query = f"SELECT {column} FROM {table} WHERE sequence = ?"  # noqa: S608 - names from this file
            return connection.execute(query, (sequence,)).fetchone()[0]

    def swap(self, left: int, right: int) -> None:
        """Let two entries change places, with their words."""
        self.run(*(step for table in ("entry", "words") for step in _swap(table, left, right)))

    def delete(self, sequence: int, *, close_gap: bool = False, forget: bool = False) -> None:
        """Delete an entry and its words; renumber those after it; make the database forget that it ever was."""
        steps: list[tuple[str, tuple[object, ...]]] = [
            ("DELETE FROM entry WHERE sequence = ?", (sequence,)),
            ("DELETE FROM words WHERE sequence = ?", (sequence,)),
        ]
        if close_gap:
            steps += [step for table in ("entry", "words") for step in _shift(table, sequence, -1)]
        if forget:
            steps.append(_KEEP_COUNT)
        self.run(*steps)

    def insert(self, sequence: int, *, sound: bool) -> None:
        """Insert a forged entry and move those after it; a sound one has the right link and the right hash."""
        previous = str(self.value("entry", "hash", sequence - 1))
        facts, words, salt = b'{"left":"f","right":"g","verdict":"same"}', b"{}", bytes(32)
        header = Header(
            at="2026-01-01T00:00:00Z",
            author="r1",
            facts=hashlib.sha256(facts).hexdigest(),
            kind="judgement",
            previous=previous,
            sequence=sequence,
            version=1,
            words=_hmac(salt, words),
        )
        row = (sequence, 1, "judgement", facts.decode(), header.facts, header.words, "r1", header.at, previous)
        self.run(
            *(step for table in ("entry", "words") for step in _shift(table, sequence - 1, 1)),
            ("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, header.hash() if sound else "0" * 64)),
            ("INSERT INTO words VALUES (?, ?, ?)", (sequence, salt, words.decode())),
            _KEEP_COUNT,
        )

    def rewrite(self, sequence: int, author: str) -> None:
        """Give an entry another author and the hash that goes with it."""
        values = {name: self.value("entry", name, sequence) for name in COLUMNS}
        header = {
            "at": values["at"],
            "author": author,
            "facts": values["facts_digest"],
            "kind": values["kind"],
            "previous": values["previous"],
            "sequence": sequence,
            "version": values["version"],
            "words": values["words_digest"],
        }
        digest = hashlib.sha256(canonical(header)).hexdigest()
        self.run(("UPDATE entry SET author = ?, hash = ? WHERE sequence = ?", (author, digest, sequence)))


def rules() -> list[str]:
    """Return the names of the triggers of a ledger."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema())
        return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]


def _hmac(salt: bytes, words: bytes) -> str:
    import hmac

    return hmac.digest(salt, words, "sha256").hex()


def _swap(table: str, left: int, right: int) -> list[tuple[str, tuple[object, ...]]]:
    move = f"UPDATE {table} SET sequence = ? WHERE sequence = ?"  # noqa: S608 - names from this file
    return [(move, (_FAR, left)), (move, (left, right)), (move, (right, _FAR))]


def _shift(table: str, after: int, by: int) -> list[tuple[str, tuple[object, ...]]]:
    away = f"UPDATE {table} SET sequence = sequence + ? WHERE sequence > ?"  # noqa: S608 - names from this file
    return [(away, (_FAR, after)), (away, (by - _FAR, _FAR))]
