from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from tests.ledger.making import SECRET, Clock, judgement

from cenotaph.errors import Conflict, InputError, LedgerError, NotFound
from cenotaph.ledger import Draft, Ledger, verify_chain


def _append(ledger: Ledger, number: int = 1) -> None:
    draft = judgement(number)
    ledger.append(draft.kind, draft.facts, draft.words, draft.author)


def test_an_entry_comes_back_as_it_was_appended(ledger: Ledger) -> None:
    """Facts, words, author and time are read back unchanged, in any script."""
    words = {"left": "فهرست:۱", "right": "b:\x00\u202e2", "reason": " پدر یکی است "}
    made = ledger.append("judgement", {"left": "x", "right": "y", "verdict": "same"}, words, "r1")
    assert list(ledger.entries()) == [made]
    assert (made.sequence, made.words, made.author, made.at) == (1, words, "r1", "2026-01-01T00:01:00Z")
    assert ledger.entry(1) == made


def test_each_entry_follows_the_one_before(ledger: Ledger) -> None:
    """Entries are numbered from 1, each gives the hash of the one before, and the head is the last hash."""
    beginning = ledger.head
    ledger.append_many(judgement(number) for number in range(5))
    entries = list(ledger.entries())
    assert [entry.sequence for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in entries] == [beginning, *(entry.hash for entry in entries[:-1])]
    assert (ledger.head, ledger.count) == (entries[-1].hash, 5)


def test_an_empty_ledger_has_a_head(ledger: Ledger) -> None:
    """The head of a new ledger is its beginning, which depends on the secret."""
    assert ledger.count == 0
    assert len(ledger.head) == 64


def test_entries_of_one_kind_can_be_asked_for(ledger: Ledger) -> None:
    """Asking for a kind leaves the others out."""
    _append(ledger)
    ledger.append("release", {"number": 1, "manifest": "m"}, {}, "r1")
    assert [entry.kind for entry in ledger.entries("release")] == ["release"]


def test_a_batch_is_appended_whole(ledger: Ledger) -> None:
    """A batch gives the range of its numbers."""
    _append(ledger)
    assert ledger.append_many(judgement(number) for number in range(3)) == range(2, 5)
    assert ledger.append_many([]) == range(5, 5)


def test_a_batch_that_fails_leaves_nothing(ledger: Ledger) -> None:
    """One wrong entry in a batch, even the last, keeps the whole batch out, and the ledger goes on working."""
    bad = Draft(kind="judgement", facts={}, words={}, author="r1")
    with pytest.raises(InputError, match="its facts need `left`"):
        ledger.append_many([judgement(1), judgement(2), bad])
    assert ledger.count == 0
    _append(ledger)
    assert verify_chain(ledger).ok


def test_what_has_no_canonical_text_is_refused(ledger: Ledger) -> None:
    """A fraction among the facts is refused before anything is written."""
    with pytest.raises(InputError, match="share: a float"):
        ledger.append("release", {"number": 1, "manifest": "m", "share": 0.5}, {}, "r1")
    assert ledger.count == 0


def test_the_secret_stays_with_the_ledger(path: Path) -> None:
    """The secret is random, the same each time the ledger is opened, and in no entry."""
    with Ledger.create(path) as ledger:
        _append(ledger)
        made, text = ledger.secret, repr(list(ledger.entries()))
    with Ledger.open(path) as ledger:
        assert ledger.secret == made
    assert len(made) == 32
    assert made.hex() not in text


def test_a_secret_of_another_length_is_refused(path: Path) -> None:
    """A short secret could be guessed."""
    with pytest.raises(InputError, match="32 bytes, not 3"):
        Ledger.create(path, secret=b"abc")
    assert not path.exists()


def test_a_ledger_is_never_replaced(path: Path, ledger: Ledger) -> None:
    """Making a ledger where there is one fails and leaves the old one as it was."""
    _append(ledger)
    with pytest.raises(Conflict, match="never replaced"):
        Ledger.create(path)
    assert ledger.count == 1
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET author = 'r9'",
        "DELETE FROM entry WHERE sequence = 2",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE sequence = 2",
        "INSERT INTO entry SELECT sequence + 7, version, kind, facts, facts_digest, words_digest, author, at, hash, ''"
        " FROM entry WHERE sequence = 2",
        "UPDATE words SET words = '{}'",
        "DELETE FROM words WHERE sequence = 2",
        "INSERT OR REPLACE INTO words VALUES (2, x'00', '{}')",
        "INSERT INTO words VALUES (9, x'00', '{}')",
        "UPDATE secret SET genesis = 'x'",
        "DELETE FROM secret",
        "INSERT OR REPLACE INTO secret SELECT * FROM secret",
    ],
)
def test_the_database_itself_refuses_changes(path: Path, ledger: Ledger, statement: str) -> None:
    """Whoever opens the file with another program is stopped by its triggers."""
    ledger.append_many([judgement(1), judgement(2)])
    refusal = r"never|only|follow|written|one"
    with sqlite3.connect(path) as other, pytest.raises(sqlite3.IntegrityError, match=refusal):
        other.execute(statement)
    other.close()
    assert verify_chain(ledger).ok


def test_erasing_removes_the_words_and_keeps_the_chain(ledger: Ledger) -> None:
    """Erased words are gone for every reader, facts stay, the chain verifies, and the erasure says who and why."""
    ledger.append_many(judgement(number) for number in range(3))
    made = ledger.erase(2, "the family", "they asked", author="r1")
    assert ledger.entry(2).words is None
    assert ledger.entry(2).facts["left"] == "left1"
    assert (made.facts, made.words) == ({"erases": [2]}, {"who": "the family", "why": "they asked"})
    assert verify_chain(ledger).ok


def test_erased_words_are_not_left_in_the_file(path: Path, ledger: Ledger) -> None:
    """No byte of the file holds the erased words or their salt any more."""
    canary, neighbour = "KANARI" * 400, "stays" * 400  # long enough to spill over to pages of its own
    for number, reason in enumerate((neighbour, canary, neighbour)):
        draft = judgement(number)
        ledger.append(draft.kind, draft.facts, {**draft.words, "reason": reason}, "r1")
    salt = _salt(path, 2)
    assert canary.encode() in path.read_bytes()
    ledger.erase(2, "the family", "they asked", author="r1")
    data = path.read_bytes()
    assert b"KANARI" not in data
    assert salt not in data
    assert b"stays" in data


def _salt(path: Path, sequence: int) -> bytes:
    connection = sqlite3.connect(path)
    (salt,) = connection.execute("SELECT salt FROM words WHERE sequence = ?", (sequence,)).fetchone()
    connection.close()
    return bytes(salt)


def test_erasing_takes_several_entries_and_more_facts(ledger: Ledger) -> None:
    """One erasure can name several entries, and say which records are not to be read again."""
    ledger.append_many(judgement(number) for number in range(3))
    made = ledger.erase([3, 1, 3], "w", "y", author="r1", facts={"records": ["opaque"]})
    assert made.facts == {"erases": [1, 3], "records": ["opaque"]}
    assert [entry.words is None for entry in ledger.entries()] == [True, False, True, False]
    assert verify_chain(ledger).ok


def test_the_words_of_an_erasure_can_be_erased(ledger: Ledger) -> None:
    """Who asked may be a name that must go as well; what was erased stays erased."""
    _append(ledger)
    ledger.erase(1, "somebody", "because", author="r1")
    ledger.erase(2, "somebody", "because", author="r1")
    assert [entry.words is None for entry in ledger.entries()] == [True, True, False]
    assert verify_chain(ledger).ok


@pytest.mark.parametrize("sequence", [0, -1, 2, 99])
def test_only_entries_that_exist_can_be_erased(ledger: Ledger, sequence: int) -> None:
    """An erasure of nothing is refused and leaves no entry."""
    _append(ledger)
    with pytest.raises(NotFound, match="the ledger has entries 1 to 1"):
        ledger.erase(sequence, "w", "y", author="r1")
    assert ledger.count == 1


def test_an_entry_that_is_not_there_is_said_to_be_missing(ledger: Ledger) -> None:
    """Asking for a number beyond the end names the numbers there are."""
    with pytest.raises(NotFound, match="entry 1 does not exist"):
        ledger.entry(1)


def test_a_second_writer_is_told_to_wait(path: Path, ledger: Ledger) -> None:
    """While somebody else writes, an append fails with words one can act on, and writes nothing."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        Ledger.open(path, timeout=0.05) as late,
        pytest.raises(Conflict, match=r"another program .* try again"),
    ):
        _append(late)
    other.execute("ROLLBACK")
    other.close()
    _append(ledger)
    assert ledger.count == 1


def _write_many(path: Path, count: int) -> None:
    with Ledger.open(path, timeout=60) as ledger:
        for number in range(count):
            _append(ledger, number)


def test_writers_at_the_same_time_lose_nothing(path: Path, ledger: Ledger) -> None:
    """Four threads that append at once, each with its own connection, leave one whole chain with all their entries."""
    threads = [threading.Thread(target=_write_many, args=(path, 10)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ledger.count == 40
    assert verify_chain(ledger).ok


def test_a_full_database_refuses_and_goes_on_later(path: Path, ledger: Ledger) -> None:
    """When there is no room the append fails in clear words, nothing is half-written, and it works again with room."""
    _append(ledger)
    ledger._connection.execute("PRAGMA max_page_count = 12")
    with pytest.raises(LedgerError, match="the disk is full; nothing was written"):
        ledger.append_many(judgement(number) for number in range(1000))
    assert ledger.count == 1
    assert verify_chain(path).ok
    ledger._connection.execute("PRAGMA max_page_count = 10000")
    ledger.append_many(judgement(number) for number in range(1000))
    assert verify_chain(path).ok


def test_an_entry_that_cannot_be_read_is_named(path: Path, ledger: Ledger) -> None:
    """Reading an entry whose facts are no JSON any more says which one it is, and what to do."""
    ledger.append_many([judgement(1), judgement(2)])
    other = sqlite3.connect(path)
    other.execute("DROP TRIGGER entry_stays")
    other.execute("UPDATE entry SET facts = '{' WHERE sequence = 2")
    other.commit()
    other.close()
    with pytest.raises(LedgerError, match="entry 2 cannot be read; run `cenotaph verify`"):
        list(ledger.entries())


def test_salts_differ_for_equal_words(path: Path) -> None:
    """Two entries with the same words have different digests, so nobody sees that they say the same."""
    with Ledger.create(path, secret=SECRET, clock=Clock()) as ledger:
        ledger.append_many([judgement(1), judgement(1)])
    connection = sqlite3.connect(path)
    digests = connection.execute("SELECT DISTINCT words_digest FROM entry").fetchall()
    connection.close()
    assert len(digests) == 2
