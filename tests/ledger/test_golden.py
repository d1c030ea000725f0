"""A ledger of the first version, kept for ever: whatever changes, it must be read and must verify."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cenotaph.case.fold import fold
from cenotaph.ledger import KINDS, Head, Ledger, verify_chain

GOLDEN = Path(__file__).parent / "golden" / "v1.sqlite"
HEAD = "00d383ddc38378dba412b9ebe518d7560b8c9b98dcd79fd51c9773acd5e87a71"


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """Copy the golden ledger: opening it may write beside it."""
    return Path(shutil.copy(GOLDEN, tmp_path / "ledger.sqlite"))


def test_the_first_ledger_verifies(golden: Path) -> None:
    """The chain of the first version gives the head it always gave."""
    assert verify_chain(golden, known=[Head(HEAD, 8)]) == ((), 8, HEAD)


def test_the_first_ledger_is_understood(golden: Path) -> None:
    """Every kind of entry of the first version still folds into what it meant."""
    with Ledger.open(golden) as ledger:
        assert {entry.kind for entry in ledger.entries()} == set(KINDS)
        found = fold(ledger.entries())
    assert [(each.left, each.right, each.verdict) for each in found.judgements] == [("paper:1", "paper:2", "different")]
    assert [(each.record, each.property) for each in found.choices] == [("paper:1", "death.date")]
    assert [each.visibility for each in found.consents.values()] == ["name-only"]
    assert [(each.list, each.records, each.refused) for each in found.readings] == [("paper", 2, 1)]
    assert [each.filename for each in found.sources] == ["paper.csv"]
    assert (len(found.erased), len(found.releases)) == (1, 1)


def test_the_first_ledger_can_be_continued(golden: Path) -> None:
    """New entries follow the old ones."""
    with Ledger.open(golden) as ledger:
        ledger.append("release", {"number": 2, "manifest": "e" * 64}, {}, "r1")
        assert verify_chain(ledger).entries == 9
        assert verify_chain(ledger).ok


def test_a_verifier_written_from_the_reference_agrees(golden: Path) -> None:
    """The published description of the format is enough: plain SQL, JSON and hashes come to the same head."""
    with closing(sqlite3.connect(golden)) as connection:
        secret, genesis = connection.execute("SELECT secret, genesis FROM secret").fetchone()
        rows = connection.execute("SELECT * FROM entry ORDER BY sequence").fetchall()
        words = {row[0]: row[1:] for row in connection.execute("SELECT sequence, salt, words FROM words")}
    assert genesis == hmac.new(secret, b"cenotaph ledger genesis\x00", "sha256").hexdigest()
    head = genesis
    for number, version, kind, facts, facts_digest, words_digest, author, at, previous, given in rows:
        assert (previous, facts_digest) == (head, hashlib.sha256(facts.encode()).hexdigest())
        if number in words:
            salt, text = words[number]
            assert words_digest == hmac.new(salt, text.encode(), "sha256").hexdigest()
        header = {"at": at, "author": author, "facts": facts_digest, "kind": kind, "previous": previous}
        header |= {"sequence": number, "version": version, "words": words_digest}
        head = hashlib.sha256(json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
        assert given == head
    assert (head, sorted(words)) == (HEAD, [1, 2, 4, 5, 6, 7, 8])
