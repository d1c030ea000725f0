from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from tests.ledger.making import judgement

from cenotaph.errors import LedgerError, NotFound
from cenotaph.ledger import Ledger


def test_a_missing_ledger_is_said_to_be_missing(path: Path) -> None:
    """Opening a ledger that is not there makes none."""
    with pytest.raises(NotFound, match="there is no ledger here"):
        Ledger.open(path)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"id,name\n1,x\n", bytes(5000), b"SQLite format 2\x00" + bytes(100)])
def test_a_file_that_is_no_database_is_refused(path: Path, content: bytes) -> None:
    """A file of another kind is refused in clear words and left as it was."""
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=r"ledger\.sqlite: this is no ledger"):
        Ledger.open(path)
    assert path.read_bytes() == content


def test_a_truncated_database_is_refused(path: Path, ledger: Ledger) -> None:
    """A file cut off in the middle of its first page cannot be opened."""
    ledger.close()
    path.write_bytes(path.read_bytes()[:600])
    with pytest.raises(LedgerError, match=r"ledger\.sqlite: "):
        Ledger.open(path)


def test_the_database_of_another_program_is_refused(path: Path) -> None:
    """Another program's SQLite file is no ledger, and is not changed."""
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE entry (sequence INTEGER)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="no Cenotaph ledger"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_newer_format_is_refused(path: Path, ledger: Ledger) -> None:
    """A ledger of a newer format is refused with the way out."""
    ledger.close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(LedgerError, match="format 99, this Cenotaph reads format 1: use the version"):
        Ledger.open(path)


def test_commits_are_durable_and_deleted_words_overwritten(ledger: Ledger) -> None:
    """The connection uses the rollback journal, the strictest flushing, and overwrites what is deleted."""
    settings = [ledger._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert settings == ["delete", 3]
    assert ledger._connection.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_a_ledger_left_in_wal_mode_is_brought_back(path: Path, ledger: Ledger) -> None:
    """A file that another program put into write-ahead mode is used with the rollback journal again."""
    ledger.close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = WAL")
    other.close()
    with Ledger.open(path) as again:
        again.append_many([judgement(1)])
        assert again._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX")
def test_only_its_owner_can_read_a_ledger(path: Path, ledger: Ledger) -> None:
    """The file that holds the secret is made for its owner alone."""
    assert path.stat().st_mode & 0o777 == 0o600
    assert ledger.count == 0


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Making a ledger in a folder that does not exist fails as any file would."""
    with pytest.raises(FileNotFoundError, match="nowhere"):
        Ledger.create(tmp_path / "nowhere" / "ledger.sqlite")


def test_nothing_is_left_when_the_schema_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger is made whole or not at all: no half-made file has its name."""
    monkeypatch.setattr("cenotaph.ledger.database.schema", lambda: "CREATE nonsense;")
    with pytest.raises(LedgerError, match=r"ledger\.sqlite: .*syntax"):
        Ledger.create(tmp_path / "ledger.sqlite")
    assert list(tmp_path.iterdir()) == []
